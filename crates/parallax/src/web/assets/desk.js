// A page of the desk → keys to move through it, and a word when it has changed. Everything works without this.
"use strict";

const stops = () => [...document.querySelectorAll(".card .to, .on-story h2, .on-story h3")].filter((e) => e.offsetParent !== null);

function move(step) {
  const all = stops();
  if (all.length === 0) return;
  const here = all.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
  const target = all[next];
  if (!target.matches("a")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  o: () => document.activeElement?.matches(".to") && document.activeElement.click(),
  v: () => document.querySelector("a.out")?.click(),
  b: () => history.back(),
  g: () => location.assign("/"),
  r: () => again(),
  "?": () => location.assign("/help"),
};

// Who speaks to the machine, or strikes keys by chance, turns them off (WCAG 2.1.4).
const areOff = () => localStorage.getItem("keys") === "off";
const wanted = document.getElementById("keys");
if (wanted) {
  wanted.closest("[hidden]").hidden = false;
  wanted.checked = !areOff();
  wanted.addEventListener("change", () => localStorage.setItem("keys", wanted.checked ? "on" : "off"));
}

document.addEventListener("keydown", (event) => {
  if (areOff() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// A link that led to words in a text: whoever came by keyboard goes on from there.
if (location.hash === "#at") document.getElementById("at")?.focus({ preventScroll: true });

// Shown as it stands now, with what one reads where it stands: the link that has the focus, or the first on the screen, stays in its place.
const links = () => [...document.querySelectorAll("main a[href]")];

function again() {
  const seen = (e) => e.offsetParent !== null && e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight;
  const all = links();
  const focused = all.includes(document.activeElement);
  const at = focused ? document.activeElement : all.find(seen);
  if (at && scrollY > 0) {
    const href = at.getAttribute("href");
    const same = all.filter((e) => e.getAttribute("href") === href);
    const place = { page: location.href, href, nth: same.indexOf(at), top: at.getBoundingClientRect().top, focused };
    sessionStorage.setItem("place", JSON.stringify(place));
    history.scrollRestoration = "manual";
  }
  location.reload();
}

const place = JSON.parse(sessionStorage.getItem("place"));
if (place) {
  sessionStorage.removeItem("place");
  // Not before the browser has left alone where it would have scrolled to, which is after the load.
  addEventListener("load", () => setTimeout(() => (history.scrollRestoration = "auto"), 200));
  const same = links().filter((e) => e.getAttribute("href") === place.href);
  const at = same[Math.min(place.nth, same.length - 1)];
  if (at && place.page === location.href) {
    scrollBy(0, at.getBoundingClientRect().top - place.top);
    if (place.focused) at.focus({ preventScroll: true });
  }
}

const { watched, since } = document.body.dataset;
const word = document.querySelector(".changed");
if (watched && word && "EventSource" in window) {
  const keysHere = new Set(watched.split(" "));
  const follow = new EventSource(`/live?since=${since}`);
  const told = (event) => {
    const changed = event.data.split(" ").filter(Boolean);
    // What this page was read after is told to others.
    const isNew = changed.includes("*") || Number(event.lastEventId) > Number(since);
    if (!isNew || !changed.some((key) => key === "*" || keysHere.has("*") || keysHere.has(key)) || word.firstChild) return;
    const link = document.createElement("a");
    link.href = "";
    link.textContent = "This page has changed: show it as it stands now";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      again();
    });
    word.append(link);
  };
  follow.addEventListener("here", told);
  follow.addEventListener("changed", told);
}

// What comes in at first is shown as it comes, but for what one stands in.
if (document.querySelector("[data-again]")) {
  const looking = setInterval(async () => {
    const answer = document.hidden ? null : await fetch(location.pathname).catch(() => null);
    if (!answer?.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-again]")) {
      const there = now.getElementById(part.id);
      if (there && !part.contains(document.activeElement) && there.innerHTML !== part.innerHTML) part.replaceChildren(...there.childNodes);
    }
    if (!now.querySelector("[data-again]")) clearInterval(looking);
  }, 2_000);
}
