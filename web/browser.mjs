// A built parallax and a browser of this machine → the demonstration's pages, open.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The looks that pages are tried in. */
export const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** Ends with what to do about it. */
export function stop(message) {
  console.error(message);
  process.exit(1);
}

/** The browser: what CHROMIUM names, or Debian's; with further words for its command line. */
export async function browser(...words) {
  const path = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((p) => p && existsSync(p));
  if (!path) stop("No Chromium here: install it (apt install chromium) or name it in CHROMIUM.");
  return chromium.launch({ executablePath: path, args: ["--no-sandbox", ...words] });
}

/** The program that was built last, or what PARALLAX names. */
function program() {
  const built = ["release", "measured", "debug"].map((profile) => `${root}target/${profile}/parallax`).filter((p) => existsSync(p));
  const newest = built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  return process.env.PARALLAX ?? newest ?? stop("No parallax was built: cargo build --release, or name one in PARALLAX.");
}

/** Runs a command of the program to its end: what it said. */
export function parallax(words, input = "") {
  const { status, stdout, stderr } = spawnSync(program(), words, { input, encoding: "utf8" });
  if (status !== 0) stop(`parallax ${words.join(" ")}:\n${stderr}`);
  return stdout;
}

/** Starts a command that serves pages. Gives their address once `ready` holds of all it has said, and how to end it. */
async function start(words, ready) {
  const child = spawn(program(), words, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
  const end = () => child.kill("SIGINT");
  process.on("exit", end);
  for (const begun = Date.now(); Date.now() - begun < 180_000; ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (child.exitCode !== null) stop(`parallax ${words.join(" ")} ended:\n${said}`);
    const address = said.match(/http:\/\/[^/\s]+/)?.[0];
    if (address && ready(said)) return { address, end };
  }
  return stop(`parallax ${words.join(" ")} took longer than three minutes:\n${said}`);
}

/** The demonstration, all of the sample press read; or the pages at DESK, where that names a desk that has read it. */
export async function demo() {
  if (process.env.DESK) return { address: process.env.DESK, end: () => {} };
  return start(["demo", "--live"], (said) => said.includes("the four days are over"));
}

/** The pages of a desk that is there. */
export function serve(folder, ...words) {
  return start(["serve", "--desk", folder, ...words], () => true);
}

/** JSON of the desk. */
export async function ask(address, path) {
  const answer = await fetch(address + path);
  if (!answer.ok) stop(`${path}: ${answer.status}`);
  return answer.json();
}

/** A page of each sort: name → path. Of stories the weightiest, of articles one written from right to left. */
export async function pages(address) {
  const { stories } = await ask(address, "/api/v1/stories");
  const { outlets } = await ask(address, "/api/v1/outlets");
  const articles = await Promise.all(
    outlets.slice(0, 5).map(async (o) => (await ask(address, `/api/v1/outlets/${encodeURIComponent(o.id)}`)).articles[0]),
  );
  const arabic = outlets.find((o) => o.languages.includes("ar"));
  const rtl = (await ask(address, `/api/v1/outlets/${encodeURIComponent(arabic.id)}`)).articles[0];
  return {
    front: "/",
    "shelf-opinion": "/shelf/opinion",
    ...Object.fromEntries(stories.slice(0, 6).map((s, n) => [`story-${n + 1}`, `/story/${s.key}`])),
    ...Object.fromEntries(articles.map((a, n) => [`article-${n + 1}`, `/article/${a.key}`])),
    "article-rtl": `/article/${rtl.key}`,
    "article-at": `/article/${rtl.key}?at=10-40#at`,
    globe: "/globe",
    "globe-story": `/globe?story=${stories[0].key}`,
    country: `/country/${outlets.find((o) => o.country).country}`,
    "country-rtl": `/country/${arabic.country}`,
    "country-unread": "/country/TV",
    outlets: "/outlets",
    outlet: `/outlet/${outlets[0].id}`,
    "outlet-rtl": `/outlet/${arabic.id}`,
    "outlet-listed": "/outlet/tass.com",
    start: "/start",
    settings: "/settings",
    status: "/status",
    help: "/help",
    missing: "/story/nothing",
  };
}
