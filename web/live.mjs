// A desk that another program writes to → its pages tell that they changed, and move nothing that one reads; shown anew, one reads on where one was.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, browser, parallax, serve } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "parallax-live-"));
const desk = join(folder, "desk");
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
parallax(["demo", "--keep", desk]);
const { address, end } = await serve(desk, "--only-pages", "--listen", "127.0.0.1:0");
const chrome = await browser();
const context = await chrome.newContext({ viewport: { width: 1280, height: 700 } });
const steps = [];
const step = (what, holds) => {
  steps.push(holds);
  console.log(`${holds ? "yes" : "NO "}  ${what}`);
};

/** What one reads: where the page stands, what has the focus, and where that is on the screen. */
const reading = (page) => page.evaluate(() => {
  const e = document.activeElement;
  return { at: scrollY, focus: `${e.localName} ${e.getAttribute("href")}`, top: Math.round(e.getBoundingClientRect().top) };
});
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What is told through a live region, as assistive technology is given it; the globe's own, which says what is picked on it, left aside. */
async function announced(page) {
  const line = await page.context().newCDPSession(page);
  const { nodes } = await line.send("Accessibility.getFullAXTree");
  const globe = await page.locator(".picked").allInnerTexts();
  const within = (id) => nodes.filter((n) => n.nodeId === id).flatMap((n) => [n.name?.value ?? "", ...(n.childIds ?? []).flatMap(within)]);
  const isOfGlobe = (n) => within(n.nodeId).some((said) => globe.includes(said));
  const regions = nodes.filter((n) => n.role?.value === "status" && !n.ignored && !isOfGlobe(n));
  return { regions: regions.length, polite: regions.every((r) => r.properties.some((p) => p.name === "live" && p.value.value === "polite")), said: regions.flatMap((r) => within(r.nodeId)).join("") };
}

/** Opens a page and reads in the middle of it, the focus on a link there. */
async function read(path) {
  const page = await context.newPage();
  await page.goto(address + path);
  await page.evaluate(() => {
    const links = [...document.querySelectorAll("main a[href]")].filter((e) => e.offsetParent);
    links[Math.floor(links.length / 2)].focus({ preventScroll: true });
    document.activeElement.scrollIntoView({ block: "center" });
    window.moved = [];
    new PerformanceObserver((list) => window.moved.push(...list.getEntries().map((e) => e.value))).observe({ type: "layout-shift" });
  });
  return page;
}

// A story told by several outlets, one that has nothing to do with it, the front page.
const { stories } = await ask(address, "/api/v1/stories");
const story = stories.find((s) => s.outlets > 2);
const other = stories.find((s) => s.key !== story.key);
const { articles } = await ask(address, `/api/v1/stories/${story.key}`);
const one = articles.find((a) => a.language === "en") ?? articles[0];
const pages = { story: await read(`/story/${story.key}`), front: await read("/"), other: await read(`/story/${other.key}`) };
const before = {};
for (const [name, page] of Object.entries(pages)) {
  before[name] = await reading(page);
  before[`${name} said`] = await announced(page);
}
step("each page has one polite live region, and nothing in it", ["story", "front", "other"].every((n) => same(before[`${n} said`], { regions: 1, polite: true, said: "" })));
step("one reads in the middle of the story and of the front page", before.story.at > 300 && before.front.at > 300);

// Another outlet tells the story: it goes in beside whoever serves the pages.
const more = (n) => parallax(["import", "--desk", desk, "-"], `${JSON.stringify({ id: `later-${n}`, title: one.title, text: one.text, date: one.published, source: `later-${n}.example`, lang: one.language })}\n`);
more(1);
for (const name of ["story", "front"]) {
  const page = pages[name];
  await page.waitForFunction(() => document.querySelector(".changed a"), null, { timeout: 15_000 }).catch(() => {});
  step(`${name}: it is told that it changed`, (await page.locator(".changed a").count()) === 1);
  step(`${name}: and announced`, /has changed/.test((await announced(page)).said));
  step(`${name}: the word is on the screen`, await page.locator(".changed a").isVisible() && (await page.locator(".changed a").boundingBox()).y < 120);
  step(`${name}: what one reads has not moved, the focus neither`, same(await reading(page), before[name]) && (await page.evaluate(() => window.moved.length)) === 0);
}
step("a story that nothing happened to says nothing", (await pages.other.locator(".changed a").count()) === 0);

// Shown anew.
const outlets = (page) => page.locator(".countries .outlet").allInnerTexts();
const told = (await outlets(pages.story)).length;
await Promise.all([pages.story.waitForEvent("load"), pages.story.keyboard.press("r")]);
step("r shows the story with the further report", (await outlets(pages.story)).length === told + 1);
await pages.story.waitForTimeout(500);
const after = await reading(pages.story);
step("and one reads on at the same words, in the same place", after.focus === before.story.focus && Math.abs(after.top - before.story.top) <= 2);
step("it says no more that it changed", (await pages.story.locator(".changed a").count()) === 0);

// A page that was left for a while and is taken out again as it was: what changed meanwhile is told too.
const gone = pages.story;
await gone.goto(`${address}/help`);
more(2);
await gone.waitForTimeout(1_000);
await gone.goBack();
await gone.waitForTimeout(1_500);
const stale = (await outlets(gone)).length === told + 1;
step("who comes back to a page sees it as it stands, or is told", !stale || (await gone.locator(".changed a").count()) === 1);

// A line that broke: what changed meanwhile is told when it is there again.
const cut = await read(`/story/${story.key}`);
await cut.waitForTimeout(700);
await context.setOffline(true);
await cut.waitForTimeout(300);
more(3);
await context.setOffline(false);
await cut.waitForFunction(() => document.querySelector(".changed a"), null, { timeout: 20_000 }).catch(() => {});
step("who was offline meanwhile is told", (await cut.locator(".changed a").count()) === 1);

await chrome.close();
end();
process.exit(steps.every(Boolean) ? 0 : 1);
