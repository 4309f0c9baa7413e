// A page that a browser has open → what is wrong with it: for assistive technology (axe-core), on its screen, in its languages.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** How a page comes in where it is looked for what moves: over a slow line its parts come one by one. */
export async function slowly(page) {
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", { offline: false, latency: 20, downloadThroughput: 60_000, uploadThroughput: 60_000 });
}

/** Goes there, and gives what moved while it loaded (the browser's layout shifts): one line each. */
export async function open(page, address) {
  await page.goto(address);
  return page.evaluate(
    () => new Promise((done) => {
      const moved = [];
      const what = ({ node }) => `${node?.nodeName} ${node?.className ?? ""} ${node?.textContent?.slice(0, 40) ?? ""}`;
      const note = (e) => moved.push(`moved while it loaded (${e.value.toFixed(4)}): ${e.sources.map(what).join("; ")}`);
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(moved), 60);
    }),
  );
}

/** What is wrong with what is open, all that is folded unfolded. The page's context bypasses its policy, for axe's sake. */
export async function look(page) {
  const wrong = [];
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) wrong.push(`wider than the screen by ${over} px`);
  const unsaid = await page.evaluate(() => [...document.querySelectorAll("h1,h2,h3,h4,blockquote,.sentence,.value,.text p")].filter((e) => e.textContent.trim() && !(e.closest("[lang]") && (e.closest("[dir]") || getComputedStyle(e).direction === "ltr"))).length);
  if (unsaid > 0) wrong.push(`${unsaid} blocks without language or direction`);
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate((only) => window.axe.run(document, { runOnly: only }), rules);
  for (const v of violations) wrong.push(`${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 120)}`);
  return wrong;
}
