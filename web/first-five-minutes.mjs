// A stranger's first five minutes, by keyboard alone: find the story with a conflict, who said it, the words themselves, and come back.

import { browser, demo } from "./browser.mjs";

const { address, end } = await demo();
const chrome = await browser();
const page = await (await chrome.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
const steps = [];
const step = (what, holds) => {
  steps.push(holds);
  console.log(`${holds ? "yes" : "NO "}  ${what}`);
};
const focused = (read) => page.evaluate(read);

await page.goto(address);
const first = await page.locator("main").innerText();
step("the first screen says how much was read, and of how many", /articles from \d+ outlets in \d+ countries/.test(first));

let found = false;
for (let n = 0; n < 40 && !found; n += 1) {
  await page.keyboard.press("j");
  found = await focused(() => Boolean(document.activeElement.closest(".card")?.querySelector(".gap")));
}
step("j leads to a story whose reports differ on lives", found);
const headline = await focused(() => document.activeElement.textContent);
const before = await focused(() => document.activeElement.closest(".card").querySelector(".gap .value").textContent);

await page.keyboard.press("o");
await page.waitForURL(/\/story\//);
step("o opens it", (await page.locator("h1").innerText()) === headline);

let seen = "";
for (let n = 0; n < 400; n += 1) {
  await page.keyboard.press("Tab");
  seen = await focused(() => (document.activeElement.closest(".difference.conflict .values") ? document.activeElement.closest("li").querySelector(".value").textContent : ""));
  if (seen) break;
}
step("Tab leads to the values that cannot all be true", Boolean(seen));
const source = await focused(() => {
  const source = document.activeElement.parentElement.querySelector(".source");
  return getComputedStyle(source).display !== "none" ? source.querySelector("mark").textContent : "";
});
step("its source sentence appears, with the value marked in it", source.trim() === seen.trim());

await page.keyboard.press("Enter");
await page.waitForURL(/\/article\/.*at=/);
const landed = await page.evaluate(() => {
  const marks = [...document.querySelectorAll(".text mark")];
  const box = document.getElementById("at")?.getBoundingClientRect();
  return { text: marks.map((m) => m.textContent).join(""), shown: Boolean(box) && box.top >= 0 && box.bottom <= innerHeight };
});
step("Enter leads to the very words in the article, on the screen", landed.shown && landed.text.trim() === seen.trim());
const original = page.locator("a.out").first();
step("the link to the original stands first and safe", /noopener/.test(await original.getAttribute("rel")) && (await original.boundingBox()).y < (await page.locator("h1").boundingBox()).y);

await page.keyboard.press("b");
await page.waitForURL(/\/story\//);
step("b leads back to the story", (await page.locator("h1").innerText()) === headline);

let speaker = "";
for (let n = 0; n < 900 && !speaker; n += 1) {
  await page.keyboard.press("Tab");
  speaker = await focused(() => document.activeElement.closest(".speaker")?.querySelector("h3").textContent ?? "");
}
step(`Tab leads to who said what (${speaker})`, Boolean(speaker));

await page.keyboard.press("?");
await page.waitForURL(/\/help/);
step("? explains every mark and key", /Cannot all be true/.test(await page.locator("main").innerText()));
await page.keyboard.press("g");
await page.waitForURL(`${address}/`);
step("g leads to the front page", (await page.locator(".card").count()) > 10);
console.log(`the difference named on the front page: ${before}`);
await chrome.close();
end();
process.exit(steps.every(Boolean) ? 0 : 1);
