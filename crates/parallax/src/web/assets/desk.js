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
  r: () => location.reload(),
  "?": () => location.assign("/help"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// A link that led to words in a text: whoever came by keyboard goes on from there.
if (location.hash === "#at") document.getElementById("at")?.focus({ preventScroll: true });

const watched = document.body.dataset.watched;
const word = document.querySelector(".changed");
if (watched && word && "EventSource" in window) {
  const keysHere = new Set(watched.split(" "));
  const follow = new EventSource("/live");
  let version = null;
  const stale = () => {
    word.hidden = false;
  };
  follow.addEventListener("here", (event) => {
    // After a broken line: did anything change meanwhile?
    if (version !== null && version !== event.data) stale();
    version = event.data;
  });
  follow.addEventListener("changed", (event) => {
    version = event.lastEventId || version;
    const changed = event.data.split(" ");
    if (keysHere.has("*") || changed.includes("*") || changed.some((key) => keysHere.has(key))) stale();
  });
  word.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
}
