// The globe in a browser: turned by mouse, finger, keys and buttons; a country picked and its press read; calm for who wants calm; the flat
// map for who prefers it; the list for everybody.

import { browser, demo, looks } from "./browser.mjs";

const { address, end } = await demo();
const chrome = await browser();
const wrong = [];
let tried = 0;
const must = (holds, what) => {
  tried += 1;
  if (!holds) wrong.push(what);
};

/** A page with its globe drawn. */
async function opened(settings, path = "/globe") {
  const context = await chrome.newContext(settings);
  const page = await context.newPage();
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  await page.goto(address + path);
  await page.locator("[data-globe]").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("[data-globe]").globe);
  return page;
}
const facing = (page) => page.evaluate(() => document.querySelector("[data-globe]").globe.projection.rotate());
const zoom = (page) => page.evaluate(() => document.querySelector("[data-globe]").globe.zoom);
const picked = (page) => page.locator(".picked").innerText();
const still = (page) => page.waitForTimeout(700);
/** Where a place is on the screen, turned to first. */
async function show(page, place) {
  return page.evaluate((at) => {
    const { globe } = document.querySelector("[data-globe]");
    globe.look(at);
    globe.draw();
    const box = globe.canvas.getBoundingClientRect();
    const [x, y] = globe.projection(at);
    return [box.x + x, box.y + y];
  }, place);
}

for (const [look, settings] of Object.entries(looks)) {
  const page = await opened(settings);
  const canvas = page.locator("canvas");

  const before = await facing(page);
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  must((await facing(page))[0] < before[0], `${look}: the right arrow does not turn it east`);
  await page.keyboard.press("+");
  must((await zoom(page)) > 1, `${look}: plus does not bring it nearer`);
  await page.keyboard.press("-");

  // Japan, by mouse or finger; Singapore, which has no outline; the sea, which is nobody's.
  for (const [place, name] of [[[138, 36.5], "Japan"], [[103.8, 1.4], "Singapore"]]) {
    const [x, y] = await show(page, place);
    if (settings.hasTouch) await page.touchscreen.tap(x, y);
    else await page.mouse.click(x, y);
    await still(page);
    must((await picked(page)).startsWith(name), `${look}: ${name} cannot be picked: ${await picked(page)}`);
    await page.keyboard.press("Enter");
    must((await picked(page)).startsWith(name), `${look}: Enter does not pick ${name}, which it faces: ${await picked(page)}`);
  }
  const [x, y] = await show(page, [-140, -30]);
  if (settings.hasTouch) await page.touchscreen.tap(x, y);
  else await page.mouse.click(x, y);
  must((await picked(page)) === "Pick a country", `${look}: something is picked in the Pacific: ${await picked(page)}`);

  // Every country that the list has is on the globe, where the list says that it is read.
  const all = await page.evaluate(() => {
    const { globe } = document.querySelector("[data-globe]");
    const list = [...document.querySelectorAll("#countries [data-code]")];
    return list.filter((item) => globe.countries.get(item.dataset.code)?.shade !== Number(item.dataset.shade)).length + (list.length < 240 ? 1 : 0);
  });
  must(all === 0, `${look}: ${all} countries of the list are not on the globe as the list has them`);

  // A country of which something is read: from the globe to its press.
  const read = await page.locator('#countries [data-shade="5"]').first().getAttribute("data-code");
  const place = await page.evaluate((code) => document.querySelector("[data-globe]").globe.countries.get(code).place, read);
  await show(page, place);
  await canvas.focus();
  await page.keyboard.press("Enter");
  await page.locator(".picked a").click();
  must(page.url().endsWith(`/country/${read}`), `${look}: ${read} leads to ${page.url()}`);
  must((await page.locator(".own > li").count()) > 0, `${look}: ${read} has no stories`);
  await page.context().close();
}

// By mouse, dragged; drawn sixty times, that it is smooth is measured.
const page = await opened(looks.light);
const box = await page.locator("canvas").boundingBox();
const before = await facing(page);
await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
await page.mouse.down();
await page.mouse.move(box.x + box.width / 2 + 120, box.y + box.height / 2 + 40, { steps: 12 });
await page.mouse.up();
const after = await facing(page);
must(after[0] > before[0] + 5 && after[1] < before[1], `a drag turns it from ${before} to ${after}`);
const frame = await page.evaluate(() => {
  const { globe } = document.querySelector("[data-globe]");
  const begin = performance.now();
  for (let n = 0; n < 60; n++) {
    globe.projection.rotate([n * 6, -20]);
    globe.draw();
  }
  return (performance.now() - begin) / 60;
});

// Buttons, for who can neither drag nor type; and the flat map, which is remembered.
await page.getByRole("button", { name: "Turn west" }).click();
await page.getByRole("button", { name: "Nearer" }).click();
must((await zoom(page)) > 1, "the button does not bring it nearer");
await page.getByRole("button", { name: "Flat map" }).click();
must(await page.locator("svg.flat").isVisible(), "the flat map is not shown");
await page.reload();
await page.waitForTimeout(300);
must(await page.locator("svg.flat").isVisible(), "that the flat map is preferred is forgotten");
must(!(await page.locator("canvas").isVisible()), "the globe is beside the flat map");
await page.context().close();

// Who wants no motion gets none: it faces the country at once.
const calm = await opened({ ...looks.light, reducedMotion: "reduce" });
await show(calm, [138, 36.5]);
await calm.evaluate(() => {
  const { globe } = document.querySelector("[data-globe]");
  globe.pick(globe.countries.get("BR"));
});
await calm.waitForTimeout(60);
must(Math.abs((await facing(calm))[0] - 53) < 15, `with reduced motion it does not face Brazil at once: ${await facing(calm)}`);
await calm.context().close();

// On the front page it is drawn when one comes to it.
const front = await opened(looks.light, "/");
await show(front, [138, 36.5]);
await front.locator("canvas").focus();
await front.keyboard.press("Enter");
await still(front);
must((await picked(front)).startsWith("Japan"), `on the front page Enter picks ${await picked(front)}`);
await front.context().close();

// Without script: the flat map and the whole list.
const plain = await (await chrome.newContext({ javaScriptEnabled: false })).newPage();
await plain.goto(`${address}/globe`);
must(await plain.locator("svg.flat").isVisible(), "without script there is no flat map");
must((await plain.locator("#countries [data-code]").count()) > 240, "without script the list is not whole");
must(!(await plain.locator("canvas").isVisible()), "without script an empty globe is shown");
await chrome.close();
end();
wrong.forEach((line) => console.log(line));
console.log(`${tried} things tried of the globe, ${wrong.length} wrong; it is drawn in ${frame.toFixed(1)} ms`);
process.exit(wrong.length ? 1 : 0);
