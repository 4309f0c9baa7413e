// A desk full of hostile articles (crates/parallax/tests/injections.txt) → every page of it in a real browser, with the policy and without: nothing of
// theirs runs, opens, navigates or is loaded.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask, browser, serve, stop } from "./browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const list = readFileSync(`${root}crates/parallax/tests/injections.txt`, "utf8").split("\n").filter((l) => l && !l.startsWith("#"));
const texts = list.map((line) => JSON.parse(line.slice(line.indexOf(" ") + 1)));

/** The desk that the Rust test makes of them. */
function desk() {
  if (process.argv[2]) return { folder: process.argv[2], remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), "parallax-injections-"));
  const made = spawnSync("cargo", ["test", "-q", "-p", "parallax", "--test", "it", "injections::nothing"], {
    cwd: root,
    env: { ...process.env, INJECTIONS_DESK: folder },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (made.status !== 0 || !existsSync(join(folder, "desk.db"))) stop("The desk was not made: see what cargo test said.");
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Every page that the desk leads to. */
async function everywhere(address) {
  const paths = new Set(["/", "/outlets", "/status", "/help", "/nothing"]);
  const { shelves } = await ask(address, "/api/v1/stories");
  for (const shelf of Object.keys(shelves)) {
    paths.add(`/shelf/${shelf}`);
    for (const story of (await ask(address, `/api/v1/stories?shelf=${shelf}`)).stories) paths.add(`/story/${story.key}`);
  }
  for (const outlet of (await ask(address, "/api/v1/outlets")).outlets) {
    const name = encodeURIComponent(outlet.id);
    paths.add(`/outlet/${name}`);
    for (const article of (await ask(address, `/api/v1/outlets/${name}`)).articles) {
      paths.add(`/article/${article.key}?at=5-60#at`).add(`/story/${article.story}`);
    }
  }
  // What is asked for is hostile too.
  for (const text of texts) {
    const x = encodeURIComponent(text.toWellFormed?.() ?? text);
    for (const way of ["/outlet/X", "/login?to=X"]) paths.add(way.replace("X", x));
  }
  return [...paths];
}

const { folder, remove } = desk();
const { address, end } = await serve(folder, "--only-pages", "--listen", "127.0.0.1:0");
const paths = await everywhere(address);
const chrome = await browser();
const wrong = [];
let seen = 0;
const shown = new Set();

/** Visits a share of the pages; several do so beside one another. */
async function visit(context, mine, how) {
  const page = await context.newPage();
  let path = "";
  const say = (what) => wrong.push(`${path} (${how}): ${what}`);
  page.on("dialog", (dialog) => {
    say(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("popup", () => say("a window opened"));
  page.on("pageerror", (error) => say(`script: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(`${address}/`) || say(`asked for ${request.url()}`));
  page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && say(`policy: ${message.text()}`));
  for (path of mine) {
    await page.goto(address + path, { waitUntil: "load" });
    seen += 1;
    if (seen % 250 === 0) console.log(`${seen} of ${2 * paths.length} pages, ${wrong.length} wrong`);
    const found = await page.evaluate(() => {
      document.querySelectorAll("details").forEach((d) => (d.open = true));
      for (const e of document.querySelectorAll("main a, main p, main summary, main input")) {
        e.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        e.focus?.();
      }
      const all = [...document.querySelectorAll("*")];
      return {
        hit: window.__hit !== undefined,
        events: all.filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name) || a.name === "style")).length,
        odd: all.filter((e) => /^(iframe|frame|object|embed|svg|math|base|style|img|video|audio|template|dialog)$/i.test(e.localName)).length,
        scripts: document.scripts.length,
        schemes: [...document.links].map((l) => l.protocol).filter((p) => p !== "http:" && p !== "https:"),
        marks: document.body.textContent.match(/zq\d+[a-zA-Z]/g) ?? [],
      };
    });
    if (found.hit) say("a script of theirs ran");
    if (found.events || found.odd || found.scripts !== 1) say(`elements or attributes of theirs: ${JSON.stringify(found)}`);
    if (found.schemes.length) say(`links: ${found.schemes}`);
    if (!page.url().startsWith(`${address}/`)) say(`it led to ${page.url()}`);
    found.marks.forEach((mark) => shown.add(mark));
  }
  await page.close();
}

for (const [how, settings] of Object.entries({ "with the policy": {}, "without it": { bypassCSP: true } })) {
  const context = await chrome.newContext(settings);
  const hands = 3;
  await Promise.all([...Array(hands).keys()].map((hand) => visit(context, paths.filter((_, n) => n % hands === hand), how)));
  await context.close();
}
await chrome.close();
end();
remove();
wrong.slice(0, 40).forEach((line) => console.error(line));
console.log(
  `${list.length} injections, shown in ${shown.size} places (injection and field), and each asked for in 2 addresses; ${seen} pages looked at, ${wrong.length} wrong`,
);
process.exit(wrong.length || shown.size < list.length * 5 ? 1 : 0);
