// The demonstration's pages → docs/screenshots.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { browser, demo, looks, pages } from "./browser.mjs";

const folder = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));
mkdirSync(folder, { recursive: true });
const { address, end } = await demo();
const chrome = await browser();
const paths = await pages(address);
const wanted = [
  ["front", "light"],
  ["front", "dark"],
  ["front", "phone"],
  ["story-1", "light"],
  ["story-1", "phone"],
  ["article-rtl", "light"],
];
for (const [name, look] of wanted) {
  const page = await (await chrome.newContext(looks[look])).newPage();
  await page.goto(address + paths[name]);
  await page.screenshot({ path: `${folder}${name}-${look}.png` });
  console.log(`docs/screenshots/${name}-${look}.png`);
}
await chrome.close();
end();
process.exit(0);
