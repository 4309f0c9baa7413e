// A desk full of hostile articles (crates/parallax/tests/injections.txt) → every page of it in a real browser, with the policy and without: nothing of
// theirs runs, opens, navigates or is loaded.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browser, serve, stop } from "./browser.mjs";

const HANDS = 5;
const root = fileURLToPath(new URL("..", import.meta.url));
const list = readFileSync(`${root}crates/parallax/tests/injections.txt`, "utf8").split("\n").filter((l) => l && !l.startsWith("#"));
const texts = list.map((line) => JSON.parse(line.slice(line.indexOf(" ") + 1)));

/** The desk that the Rust test makes of them. */
function desk() {
  if (process.argv[2]) return { folder: process.argv[2], remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), "parallax-injections-"));
  const made = spawnSync("cargo", ["test", "-q", "--profile", "measured", "-p", "parallax", "--test", "it", "injections::nothing"], {
    cwd: root,
    env: { ...process.env, INJECTIONS_DESK: folder },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (made.status !== 0 || !existsSync(join(folder, "paths.json"))) stop("The desk was not made: see what cargo test said.");
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Every page of the desk, as the Rust test lists them beside it; and addresses that are hostile themselves. */
function everywhere(folder) {
  const paths = JSON.parse(readFileSync(join(folder, "paths.json"), "utf8"));
  // Of the maps of where one story is told, which show its headline alone, as its page does: one in twenty.
  const maps = paths.filter((path) => path.startsWith("/globe?story="));
  const isSpared = new Set(maps.filter((_, n) => n % 20 !== 0));
  const desk = paths.filter((path) => !isSpared.has(path)).map((path) => (path.startsWith("/article/") ? `${path}?at=5-60#at` : path));
  // What each leads to is seen without a browser; here each is tried in one of the ways, and where one may be led after the password.
  const ways = ["/outlet/X", "/country/X", "/globe?story=X", "/story/X"];
  const hostile = texts.flatMap((text, n) => [ways[n % ways.length], "/login?to=X"].map((way) => way.replace("X", encodeURIComponent(text.toWellFormed()))));
  return [...new Set([...desk, ...hostile])];
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
      e.focus?.({ preventScroll: true });
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

/** Shares work among several hands, and waits for all. */
const shared = (work, hand) => Promise.all([...Array(HANDS).keys()].map((which) => hand(work.filter((_, n) => n % HANDS === which))));

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
  const tried = async (n) => {
    const said = new Set();
    const say = (what) => said.add(what.split(":")[0].replace(/^asked for .*/s, "asked for").replace(/^led to .*/s, "led away"));
    const page = await watched(context, say);
    // What leads away while it is looked at breaks the look off: that is noticed as well.
    await look(page, `/control/${n}`, say).catch(() => say("broke off"));
    await page.close();
    noticed += Number(said.size > 0);
    for (const way of said) ways.set(way, (ways.get(way) ?? 0) + 1);
  };
  await shared([...texts.keys()], async (mine) => {
    for (const n of mine) await tried(n);
  });
  await context.close();
  return { noticed, ways };
}

const { folder, remove } = desk();
const { address, end } = await serve(folder, "--only-pages", "--listen", "127.0.0.1:0");
const paths = everywhere(folder);
const chrome = await browser();
const wrong = [];
const shown = new Set();
const policy = (await fetch(address)).headers.get("content-security-policy");
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
  await shared(paths, (mine) => visit(context, mine, how));
  await context.close();
}
await chrome.close();
end();
remove();
wrong.slice(0, 40).forEach((line) => console.error(line));
console.log(
  `${list.length} injections, shown in ${shown.size} places (injection and field), and each asked for in two addresses; ${seen} pages looked at, ${wrong.length} wrong`,
);
// Most texts are HTML, and those do something where they are let; the rest are of template languages and the like. What ran must have been seen to run.
const sharp = Object.values(controls).every(({ noticed }) => noticed * 2 > texts.length) && controls["without it"].ways.get("a script of theirs ran") > 50;
if (!sharp) console.error("The control noticed too little: what is looked for would not be found.");
process.exit(wrong.length || !sharp || shown.size < list.length * 5 ? 1 : 0);
