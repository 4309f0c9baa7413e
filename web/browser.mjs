// A built parallax and a browser of this machine → the demonstration's pages, open.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
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

/** The browser: what CHROMIUM names, or Debian's. */
export async function browser() {
  const path = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((p) => p && existsSync(p));
  if (!path) stop("No Chromium here: install it (apt install chromium) or name it in CHROMIUM.");
  return chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
}

/** Starts the demonstration and waits until all of the sample press has been read. Gives its address, and how to end it. */
export async function demo() {
  const program = [process.env.PARALLAX, `${root}target/release/parallax`, `${root}target/debug/parallax`].find((p) => p && existsSync(p));
  if (!program) stop("No parallax was built: cargo build --release, or name one in PARALLAX.");
  const child = spawn(program, ["demo", "--live"], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  const end = () => child.kill("SIGINT");
  process.on("exit", end);
  const begun = Date.now();
  while (Date.now() - begun < 180_000) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (child.exitCode !== null) stop(`parallax demo ended:\n${said}`);
    const address = said.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
    if (address && said.includes("the four days are over")) return { address, end, child };
  }
  stop("The demonstration took longer than three minutes.");
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
    outlets: "/outlets",
    outlet: `/outlet/${outlets[0].id}`,
    status: "/status",
    help: "/help",
    missing: "/story/nothing",
  };
}
