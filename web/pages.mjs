// Every sort of page in every look → what axe finds, what is wider than the screen, what moves, what is loaded, what needs script.

import { browser, demo, looks, pages } from "./browser.mjs";
import { look as lookAt, open, slowly } from "./look.mjs";

const { address, end } = await demo();
const chrome = await browser();
const paths = await pages(address);
const wrong = [];
let tried = 0;

for (const [look, settings] of Object.entries(looks)) {
  const context = await chrome.newContext({ ...settings, bypassCSP: true });
  const page = await context.newPage();
  await slowly(page);
  page.on("pageerror", (error) => wrong.push(`${look}: script: ${error.message}`));
  for (const [name, path] of Object.entries(paths)) {
    tried += 1;
    const say = (what) => wrong.push(`${name} (${path}), ${look}: ${what}`);
    (await open(page, address + path)).forEach(say);
    (await lookAt(page)).forEach(say);
  }
  await context.close();
}

// Without script, and with the policy in force: everything is there, and nothing is asked of another host.
const context = await chrome.newContext({ javaScriptEnabled: false });
const page = await context.newPage();
page.on("request", (request) => request.url().startsWith(address) || wrong.push(`asked of another host: ${request.url()}`));
page.on("console", (message) => /Content Security Policy/.test(message.text()) && wrong.push(`policy: ${message.text()}`));
let largest = 0;
for (const [name, path] of Object.entries(paths)) {
  tried += 1;
  await page.goto(address + path);
  if ((await page.locator("main h1").count()) !== 1) wrong.push(`${name} (${path}), without script: not one heading`);
  if (await page.locator("#at").count()) {
    const box = await page.locator("#at").first().boundingBox();
    const height = page.viewportSize().height;
    if (!box || box.y < 0 || box.y > height) wrong.push(`${name} (${path}): the words asked for are not on the screen`);
  }
  largest = Math.max(largest, Number((await fetch(address + path)).headers.get("content-length") ?? 0));
}
await chrome.close();

// The first page with all that it loads, as it goes over the wire; and what its globe loads once one comes to it.
const wire = async (paths) => {
  let bytes = 0;
  for (const path of paths) {
    const answer = await fetch(address + path, { headers: { "accept-encoding": "gzip" } });
    bytes += Number(answer.headers.get("content-length") ?? (await answer.arrayBuffer()).byteLength);
  }
  return bytes;
};
const first = await wire(["/", "/assets/desk.css", "/assets/desk.js", "/assets/globe.js", "/assets/parallax.svg"]);
const later = await wire(["/assets/globe.json", "/api/v1/countries"]);
if (first > 60_000) wrong.push(`the first page takes ${first} bytes`);
end();
wrong.forEach((line) => console.log(line));
console.log(`${tried} pages tried, ${wrong.length} things wrong; the first page takes ${(first / 1000).toFixed(1)} kB, its globe ${(later / 1000).toFixed(1)} more once it is looked at, the largest ${(largest / 1000).toFixed(1)} kB`);
process.exit(wrong.length ? 1 : 0);
