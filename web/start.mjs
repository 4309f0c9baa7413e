// A new desk → its first page in a browser, in every look, by keyboard, without script; its settings, and a slip on them.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser, looks, serve } from "./browser.mjs";
import { look as lookAt, open, slowly } from "./look.mjs";

const folder = mkdtempSync(join(tmpdir(), "parallax-new-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const desk = join(folder, "desk");
// Nothing is followed in here: no outlet is asked.
const { address, end } = await serve(desk, "--listen", "127.0.0.1:0", "--pages", "7");
const chrome = await browser();
const wrong = [];
let held = 0;
/** Sends the form, and waits for what it leads to. */
const keep = (page) => Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Keep" }).click()]);
const must = (what, holds) => {
  held += 1;
  if (!holds) wrong.push(what);
};

for (const [name, settings] of Object.entries(looks)) {
  const context = await chrome.newContext({ ...settings, bypassCSP: true, locale: "sw-KE" });
  const page = await context.newPage();
  const see = async (what) => (await lookAt(page)).forEach((found) => wrong.push(`${what}, ${name}: ${found}`));
  await slowly(page);
  (await open(page, `${address}/`)).forEach((moved) => wrong.push(`first page, ${name}: ${moved}`));
  must(`${name}: a new desk opens its first page`, new URL(page.url()).pathname === "/start");
  must(`${name}: the browser's language is chosen`, (await page.locator("#reads-1").inputValue()) === "sw");
  must(`${name}: nothing leads away from it but the desk's name`, (await page.locator("nav a").count()) === 0);
  await see("first page");
  (await open(page, `${address}/settings`)).forEach((moved) => wrong.push(`settings, ${name}: ${moved}`));
  await see("settings");
  must(`${name}: what the command line gives is told`, (await page.locator("#about-pages").innerText()).includes("The command line says 7"));
  await page.locator("#contact").fill("two words");
  await keep(page);
  must(`${name}: a slip is told where it was made`, (await page.locator("#contact[aria-invalid]").count()) === 1 && (await page.locator("#contact").inputValue()) === "two words");
  await see("a slip");
  await page.locator("#contact").fill("mailto:desk@example.org");
  await page.locator("#reads-1").selectOption("sw");
  await keep(page);
  must(`${name}: what is kept is said`, (await page.getByText("Kept.").count()) === 1);
  must(`${name}: and stands in the file`, /contact = "mailto:desk@example.org"/.test(readFileSync(join(desk, "settings.toml"), "utf8")));
  await see("kept");
  await context.close();
}

// By keyboard and without script: country, languages, and on.
const context = await chrome.newContext({ javaScriptEnabled: false, locale: "fr-FR" });
const page = await context.newPage();
page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && wrong.push(`policy: ${message.text()}`));
await page.goto(address);
await page.locator("#country").focus();
await page.keyboard.type("Keny");
must("a country is chosen by its letters", (await page.locator("#country").inputValue()) === "KE");
await page.locator("button[value=look]").focus();
await page.keyboard.press("Enter");
await page.waitForURL(`${address}/`);
must("who looks around first sees the empty desk, and where to begin", /Nothing here yet/.test(await page.locator("main").innerText()));
await page.goto(`${address}/start`);
must("and what is to come is said", /No feed is followed yet/.test(await page.locator("main").innerText()));
await context.close();
await chrome.close();
end();
wrong.forEach((line) => console.log(line));
console.log(`${held} things tried, ${wrong.length} wrong`);
process.exit(wrong.length ? 1 : 0);
