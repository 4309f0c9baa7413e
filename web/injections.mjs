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
  const paths = new Set(["/", "/globe", "/outlets", "/status", "/help", "/nothing"]);
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
  for (const { page } of (await ask(address, "/api/v1/countries")).countries) if (page) paths.add(page);
  // Where a story is told, for one story in ten: of the story its map shows the headline alone, as its page does.
  [...paths].filter((path) => path.startsWith("/story/")).forEach((path, n) => n % 10 === 0 && paths.add(path.replace("/story/", "/globe?story=")));
  // What is asked for is hostile too.
  for (const text of texts) {
    const x = encodeURIComponent(text.toWellFormed());
    for (const way of ["/outlet/X", "/country/X", "/globe?story=X", "/login?to=X"]) paths.add(way.replace("X", x));
  }
  return [...paths];
}

/** A page of a context that tells everything that a hostile text could bring about there, as long as it is open. */
async function watched(context, say) {
  const page = await context.newPage();
  page.on("dialog", (dialog) => {
    say("a dialog");
    dialog.dismiss().catch(() => {});
  });
  page.on("popup", () => say("a window opened"));
  page.on("pageerror", (error) => say(`script: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(`${address}/`) || say(`asked for ${request.url()}`));
  page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && say(`policy: ${message.text()}`));
  return page;
}

/** Opens a page, does what a reader may do by chance, and tells what of it is not the desk's. Gives the marks of the texts shown. */
async function look(page, path, say) {
  await page.goto(address + path, { waitUntil: "load", timeout: 20_000 });
  const found = await page.evaluate(() => {
    document.querySelectorAll("details").forEach((d) => (d.open = true));
    for (const e of document.querySelectorAll("main a, main p, main summary, main input")) {
      e.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
      e.focus?.();
    }
    const all = [...document.querySelectorAll("*")];
    const odd = /^(iframe|frame|frameset|object|embed|svg|math|base|style|img|video|audio|template|dialog)$/i;
    return {
      hit: window.__hit !== undefined,
      events: all.filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name) || a.name === "style")).length,
      // One drawing is the desk's: the flat map, on its page.
      odd: all.filter((e) => odd.test(e.localName) && !(location.pathname === "/globe" && e === document.querySelector("figure > svg.flat"))).length,
      // The desk's own are files of its own.
      scripts: [...document.scripts].filter((e) => !/^\/assets\/(desk|globe)\.js$/.test(e.getAttribute("src") ?? "") || e.text).length,
      schemes: [...document.links].map((l) => l.protocol).filter((p) => p !== "http:" && p !== "https:"),
      marks: document.body?.textContent.match(/zq\d+[a-zA-Z]/g) ?? [],
    };
  });
  if (found.hit) say("a script of theirs ran");
  if (found.events) say(`attributes of theirs: ${found.events}`);
  if (found.odd) say(`elements of theirs: ${found.odd}`);
  if (found.scripts) say(`scripts of theirs: ${found.scripts}`);
  if (found.schemes.length) say(`links of theirs: ${found.schemes}`);
  if (page.url() !== address + path && !page.url().startsWith(`${address}/`)) say(`led to ${page.url()}`);
  return found.marks;
}

/** The control: the same texts in a page that does not escape them. Would it be noticed if one did something? Gives how many were, and by what. */
async function control(chrome, policy) {
  const context = await chrome.newContext({ bypassCSP: !policy });
  await context.route(/\/control\/\d+$/, (route) => {
    const text = texts[Number(route.request().url().split("/").pop())].toWellFormed();
    const body = `<!doctype html><html lang="en"><head><title>${text}</title><script src="/assets/desk.js" defer></script></head><body><main><p>${text}</p><p><a href="${text}">x</a></p></main></body></html>`;
    return route.fulfill({ contentType: "text/html; charset=utf-8", body, headers: policy ? { "content-security-policy": policy } : {} });
  });
  await context.route((url) => !url.href.startsWith(`${address}/`), (route) => route.abort());
  const ways = new Map();
  let noticed = 0;
  for (const n of texts.keys()) {
    const said = new Set();
    const say = (what) => said.add(what.split(":")[0].replace(/^asked for .*/s, "asked for").replace(/^led to .*/s, "led away"));
    const page = await watched(context, say);
    // What leads away while it is looked at breaks the look off: that is noticed as well.
    await look(page, `/control/${n}`, say).catch(() => say("broke off"));
    await page.close();
    noticed += Number(said.size > 0);
    for (const way of said) ways.set(way, (ways.get(way) ?? 0) + 1);
  }
  await context.close();
  return { noticed, ways };
}

const { folder, remove } = desk();
const { address, end } = await serve(folder, "--only-pages", "--listen", "127.0.0.1:0");
const paths = await everywhere(address);
const chrome = await browser();
const wrong = [];
const shown = new Set();
const policy = (await fetch(address)).headers.get("content-security-policy");
const HANDS = 4;
let seen = 0;

const controls = { "with the policy": await control(chrome, policy), "without it": await control(chrome, "") };
for (const [how, { noticed, ways }] of Object.entries(controls)) {
  console.log(`control, ${how}: ${noticed} of ${texts.length} noticed where nothing is escaped (${[...ways].map(([way, times]) => `${way} ${times}`).join(", ")})`);
}

/** Visits a share of the pages; several do so beside one another. */
async function visit(context, mine, how) {
  let path = "";
  const say = (what) => wrong.push(`${path} (${how}): ${what}`);
  const page = await watched(context, say);
  for (path of mine) {
    const marks = await look(page, path, say).catch((error) => (say(`broke off: ${error.message}`), []));
    marks.forEach((mark) => shown.add(mark));
    seen += 1;
    if (seen % 250 === 0) console.log(`${seen} of ${2 * paths.length} pages, ${wrong.length} wrong`);
  }
  await page.close();
}

for (const [how, settings] of Object.entries({ "with the policy": {}, "without it": { bypassCSP: true } })) {
  const context = await chrome.newContext(settings);
  await Promise.all([...Array(HANDS).keys()].map((hand) => visit(context, paths.filter((_, n) => n % HANDS === hand), how)));
  await context.close();
}
await chrome.close();
end();
remove();
wrong.slice(0, 40).forEach((line) => console.error(line));
console.log(
  `${list.length} injections, shown in ${shown.size} places (injection and field), and each asked for in 2 addresses; ${seen} pages looked at, ${wrong.length} wrong`,
);
// Most texts are HTML, and those do something where they are let; the rest are of template languages and the like. What ran must have been seen to run.
const sharp = Object.values(controls).every(({ noticed }) => noticed * 2 > texts.length) && controls["without it"].ways.get("a script of theirs ran") > 50;
if (!sharp) console.error("The control noticed too little: what is looked for would not be found.");
process.exit(wrong.length || !sharp || shown.size < list.length * 5 ? 1 : 0);
