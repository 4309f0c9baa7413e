// A desk that others can reach → its door in a browser: in every look, by keyboard alone, with a wrong password and too many, by each way in.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { browser, looks, parallax, serve } from "./browser.mjs";
import { look as lookAt, open, slowly } from "./look.mjs";

const PASSWORD = "a slow green tram";
const NAME = "desk.example";
const folder = mkdtempSync(join(tmpdir(), "parallax-door-"));
const desk = join(folder, "desk");
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const article = { id: "n-1", text: "Seven people died when the ferry ran aground off Skarvik on Monday, the coast guard said.", date: "2026-03-02", source: "paper.example", lang: "en" };
parallax(["import", "--desk", desk, "-"], `${JSON.stringify(article)}\n`);
parallax(["password", "--desk", desk], PASSWORD);

const chrome = await browser(`--host-resolver-rules=MAP ${NAME} 127.0.0.1`);
const wrong = [];
let held = 0;
const must = (what, holds) => {
  held += 1;
  if (!holds) wrong.push(what);
};

/** What has the focus, and what it is said to be described by. */
const focused = (page) => page.evaluate(() => {
  const e = document.activeElement;
  return { id: e.id, said: document.getElementById(e.getAttribute("aria-describedby"))?.textContent ?? "" };
});

/** Types a password where the focus is, as whoever has only a keyboard does, and waits for the answer. */
async function give(page, password) {
  const answered = Promise.all([page.waitForResponse((r) => r.request().method() === "POST"), page.waitForEvent("load")]);
  // A page is loaded before its field has the focus: what is typed between goes nowhere.
  await page.locator("input[type=password]:focus").waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  const [answer] = await answered;
  return answer.status();
}

/** The door in one look: closed, with a wrong password, with too many. Each look is a peer of its own. */
async function door(base, look, settings, peer) {
  const context = await chrome.newContext({ ...settings, bypassCSP: true, extraHTTPHeaders: { "x-forwarded-for": peer } });
  const page = await context.newPage();
  const see = async (what) => (await lookAt(page)).forEach((found) => wrong.push(`${what}, ${look}: ${found}`));
  await slowly(page);
  (await open(page, `${base}/outlets?x=1`)).forEach((moved) => wrong.push(`login, ${look}: ${moved}`));
  must(`${look}: who comes without a session is asked for the password`, new URL(page.url()).pathname === "/login");
  must(`${look}: the password can be typed at once`, (await focused(page)).id === "password");
  await see("login");
  await page.reload();
  must(`${look}: a wrong password is refused`, (await give(page, "not the password")) === 403);
  const after = await focused(page);
  must(`${look}: what was wrong is said at the field, which has the focus`, after.id === "password" && /not the password/.test(after.said));
  must(`${look}: it is announced`, (await page.locator("[role=alert]").count()) === 1);
  await see("wrong password");
  await page.goto(`${base}/login`);
  for (let n = 0; n < 4; n += 1) await give(page, "not the password");
  must(`${look}: after five, even the right one waits`, (await give(page, PASSWORD)) === 429);
  must(`${look}: for how long is said`, /Wait .+, then try again/.test((await focused(page)).said));
  await see("too many passwords");
  await context.close();
}

/** In by one way, by keyboard alone: where one wanted to go, with a session's cookie as it should be, live, and out again. */
async function through(way, base, cookie) {
  const context = await chrome.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && wrong.push(`${way}: ${message.text()}`));
  await page.goto(`${base}/status`);
  must(`${way}: it asks for the password`, page.url().startsWith(`${base}/login`));
  must(`${way}: the right one opens`, (await give(page, PASSWORD)) === 303);
  must(`${way}: and leads to where one wanted to go`, page.url() === `${base}/status`);
  const [kept] = await context.cookies();
  must(`${way}: its cookie is ${JSON.stringify(kept)}`, kept.httpOnly && kept.sameSite === "Strict" && kept.name === cookie.name && kept.secure === cookie.secure);
  must(`${way}: no script sees it`, (await page.evaluate(() => document.cookie)) === "");
  const live = await page.evaluate(() => new Promise((done) => {
    // An event without a key, of a desk where nothing changed since, is not given out by browsers: that the line stands says enough.
    new EventSource("/live").addEventListener("open", () => done(true));
    setTimeout(() => done(false), 5_000);
  }));
  must(`${way}: the page follows the desk`, live);
  for (let n = 0; n < 60 && !(await page.evaluate(() => document.activeElement.localName === "button")); n += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${base}/login`);
  await page.goto(`${base}/outlets`);
  must(`${way}: who left is asked again`, page.url().startsWith(`${base}/login`));
  await context.close();
}

/** A server with https in front of a desk, as one would put it there; its certificate is made for this. */
async function inFront(port) {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = spawnSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${NAME}`, "-days", "1", "-keyout", key, "-out", cert]);
  if (made.status !== 0) return undefined;
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (asked, answer) => {
    const headers = { ...asked.headers, "x-forwarded-for": asked.socket.remoteAddress, "x-forwarded-proto": "https" };
    const on = request({ port, path: asked.url, method: asked.method, headers }, (said) => {
      answer.writeHead(said.statusCode, said.headers);
      said.pipe(answer);
    });
    on.on("error", () => answer.destroy());
    asked.pipe(on);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { base: `https://${NAME}:${server.address().port}`, end: () => server.closeAllConnections() };
}

const PLAIN = { name: "parallax", secure: false };
const named = await serve(desk, "--only-pages", "--listen", "127.0.0.1:0", "--host", NAME);
const port = new URL(named.address).port;
let peer = 0;
for (const [look, settings] of Object.entries(looks)) await door(`http://${NAME}:${port}`, look, settings, `192.0.2.${(peer += 1)}`);
named.end();

const behind = await serve(desk, "--only-pages", "--listen", "127.0.0.1:0", "--host", NAME);
await through("by its name", behind.address.replace("127.0.0.1", NAME), PLAIN);
await through("on the machine itself, since others come by a name", behind.address, PLAIN);
await through("the same as localhost", behind.address.replace("127.0.0.1", "localhost"), PLAIN);
const front = await inFront(new URL(behind.address).port);
if (front) {
  await through("by https", front.base, { name: "__Host-parallax", secure: true });
  front.end();
} else console.log("No openssl here: not tried by https.");
behind.end();

const others = Object.values(networkInterfaces()).flat().find((at) => at.family === "IPv4" && !at.internal)?.address ?? "127.0.0.2";
const open4 = await serve(desk, "--only-pages", "--listen", "0.0.0.0:0");
await through("by another address", `http://${others}:${new URL(open4.address).port}`, PLAIN);
open4.end();

await chrome.close();
wrong.forEach((line) => console.log(line));
console.log(`${held} things tried at the door, ${wrong.length} wrong`);
process.exit(wrong.length ? 1 : 0);
