// The list of countries that a page has → the same as a globe to turn. What is not in the list is not on the globe: without this script
// nothing is lost.
import { geoDistance, geoGraticule10, geoOrthographic, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const AT_REST = 1; // of the radius that fits
const CLOSEST = 8;
const STEP = 8; // degrees that an arrow key turns it
const REACH = 14; // CSS pixels around a point that count as on it: small states can be hit with a finger
const graticule = geoGraticule10();
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

/** Countries of a list on the page, or of the desk's answer: code → { name, shade, told, href, place, isPoint }. */
async function listed(from) {
  if (from.startsWith("/")) {
    const { countries } = await got(from);
    const items = countries.map(({ code, name, shade, told, page, at, outlined }) => ({
      code, name, shade, told, href: page ?? `/country/${code}`, place: at, isPoint: !outlined,
    }));
    return new Map(items.map((item) => [item.code, item]));
  }
  const items = [...document.querySelector(from).querySelectorAll("[data-code]")].map((item) => {
    const { code, shade, told, at, outline } = item.dataset;
    const place = at.split(" ").map(Number);
    return [code, { code, shade: Number(shade), told, name: item.textContent.trim(), href: item.getAttribute("href"), place, isPoint: outline === undefined }];
  });
  return new Map(items);
}

async function got(from) {
  const answer = await fetch(from);
  if (!answer.ok) throw new Error(`${from}: ${answer.status}`);
  return answer.json();
}

class Globe {
  constructor(figure, world, countries) {
    this.figure = figure;
    this.canvas = figure.querySelector("canvas");
    this.word = figure.querySelector("[data-picked]");
    this.countries = countries;
    this.features = feature(world, world.objects.countries).features;
    this.projection = geoOrthographic().clipAngle(90).precision(0.6);
    const first = (figure.dataset.facing || "10 20").split(" ").map(Number);
    this.projection.rotate([-first[0], -first[1]]);
    this.zoom = AT_REST;
    this.picked = null;
    this.touches = new Map();
    this.listen();
    this.resize();
  }

  listen() {
    const { canvas } = this;
    new ResizeObserver(() => this.resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.resize());
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => this.release(event));
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => this.draw());
    canvas.addEventListener("blur", () => this.draw());
    // With a key held: a page is scrolled over it as over anything else.
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.scale(this.zoom * Math.exp(-event.deltaY / 200));
    }, { passive: false });
    for (const button of this.figure.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", () => this.act(button.dataset.turn));
    }
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    const dots = Math.min(devicePixelRatio || 1, 2);
    Object.assign(this, { width, height, dots });
    Object.assign(this.canvas, { width: width * dots, height: height * dots });
    const style = getComputedStyle(this.figure);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.colours = {
      sea: colour("--sea"), line: colour("--border"), grid: colour("--grid"), none: colour("--unread"), ink: colour("--ink"), soft: colour("--point"),
      accent: colour("--accent"), paper: colour("--paper"), shades: [1, 2, 3, 4, 5].map((n) => colour(`--shade-${n}`)),
    };
    this.projection.translate([width / 2, height / 2]);
    this.scale(this.zoom);
  }

  scale(zoom) {
    this.zoom = Math.min(Math.max(zoom, AT_REST), CLOSEST);
    this.projection.scale((Math.min(this.width, this.height) / 2 - 4) * this.zoom);
    this.later();
  }

  /** Draws with the next frame, however often it is asked to. */
  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const context = this.canvas.getContext("2d");
    const { colours, projection } = this;
    const path = geoPath(projection, context);
    context.setTransform(this.dots, 0, 0, this.dots, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    const area = (object, fill) => {
      context.beginPath();
      path(object);
      context.fillStyle = fill;
      context.fill();
    };
    area({ type: "Sphere" }, colours.sea);
    context.beginPath();
    path(graticule);
    context.strokeStyle = colours.grid;
    context.lineWidth = 0.5;
    context.stroke();
    for (const land of this.features) area(land, this.fill(land.id));
    context.beginPath();
    for (const land of this.features) path(land);
    context.strokeStyle = colours.line;
    context.lineWidth = 0.6;
    context.stroke();
    for (const country of this.countries.values()) if (country.isPoint) this.dot(context, country);
    if (this.picked) this.ring(context, this.picked);
    if (document.activeElement === this.canvas) this.cross(context);
  }

  fill(code) {
    const shade = this.countries.get(code)?.shade;
    return shade ? this.colours.shades[shade - 1] : this.colours.none;
  }

  /** A country too small for an outline. */
  dot(context, { code, place }) {
    const spot = this.visible(place);
    if (!spot) return;
    context.beginPath();
    context.arc(...spot, 3.5, 0, 2 * Math.PI);
    context.fillStyle = this.fill(code);
    context.fill();
    context.strokeStyle = this.countries.get(code).shade ? this.colours.ink : this.colours.soft;
    context.lineWidth = 0.8;
    context.stroke();
  }

  ring(context, { code, place, isPoint }) {
    context.beginPath();
    if (isPoint) {
      const spot = this.visible(place);
      if (!spot) return;
      context.arc(...spot, 7, 0, 2 * Math.PI);
    } else {
      geoPath(this.projection, context)(this.features.find(({ id }) => id === code));
    }
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 2;
    context.stroke();
  }

  /** Where the keys would pick. */
  cross(context) {
    const [x, y] = [this.width / 2, this.height / 2];
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 4 * dx, y + 4 * dy);
      context.lineTo(x + 12 * dx, y + 12 * dy);
    }
    context.strokeStyle = this.colours.ink;
    context.lineWidth = 1.5;
    context.stroke();
  }

  /** A place on the screen; null where it is on the far side. */
  visible(place) {
    const [x, y] = this.projection.rotate();
    return geoDistance(place, [-x, -y]) < Math.PI / 2 ? this.projection(place) : null;
  }

  /** The country at a point of the canvas: a small one near it before the large one below it. */
  at(x, y) {
    let nearest = null;
    let least = REACH;
    for (const country of this.countries.values()) {
      const spot = country.isPoint && this.visible(country.place);
      const far = spot ? Math.hypot(spot[0] - x, spot[1] - y) : Infinity;
      if (far < least) [least, nearest] = [far, country];
    }
    if (nearest) return nearest;
    const context = this.canvas.getContext("2d");
    const path = geoPath(this.projection, context);
    const inside = this.features.find((land) => {
      context.beginPath();
      path(land);
      return context.isPointInPath(x * this.dots, y * this.dots);
    });
    return (inside && this.countries.get(inside.id)) || null;
  }

  press(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.touches.set(event.pointerId, [event.offsetX, event.offsetY]);
    this.start = { x: event.offsetX, y: event.offsetY, hasMoved: false };
    this.motion = null;
  }

  drag(event) {
    const before = this.touches.get(event.pointerId);
    if (!before) return;
    const now = [event.offsetX, event.offsetY];
    const other = [...this.touches].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]) || 1;
      this.start.hasMoved = true;
      this.scale((this.zoom * apart(now)) / apart(before));
    } else {
      if (Math.hypot(now[0] - this.start.x, now[1] - this.start.y) > 4) this.start.hasMoved = true;
      const degrees = 57.3 / this.projection.scale();
      this.turn((now[0] - before[0]) * degrees, (before[1] - now[1]) * degrees);
    }
    this.touches.set(event.pointerId, now);
  }

  release(event) {
    const was = this.touches.delete(event.pointerId);
    if (was && event.type === "pointerup" && !this.start.hasMoved) this.pick(this.at(event.offsetX, event.offsetY));
  }

  turn(x, y) {
    const [a, b] = this.projection.rotate();
    this.look([-(a + x), -(b + y)]);
  }

  /** Faces a place at once: whatever turned it until now leaves off. */
  look([x, y]) {
    this.motion = null;
    this.rotate(x, y);
    this.later();
  }

  rotate(x, y) {
    this.projection.rotate([((((-x + 180) % 360) + 360) % 360) - 180, Math.min(Math.max(-y, -85), 85)]);
  }

  key(event) {
    const turns = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "in", "=": "in", "-": "out", Enter: "pick", " ": "pick" };
    const act = turns[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.act(act);
  }

  act(what) {
    const step = STEP / this.zoom;
    const turns = { left: [step, 0], right: [-step, 0], up: [0, -step], down: [0, step] };
    if (turns[what]) this.turn(...turns[what]);
    else if (what === "in") this.scale(this.zoom * 1.4);
    else if (what === "out") this.scale(this.zoom / 1.4);
    else this.pick(this.at(this.width / 2, this.height / 2));
  }

  /** Turns to a country, says what the list says of it, and offers its press. */
  pick(country) {
    this.picked = country;
    this.word.replaceChildren();
    if (!country) {
      this.word.textContent = this.word.dataset.picked;
      return this.later();
    }
    const name = document.createElement("a");
    name.href = country.href;
    name.textContent = country.name;
    this.word.append(name, `: ${country.told}`);
    this.face(country.place);
  }

  /** Turns to a place within half a second, or at once for who wants no motion. */
  face([x, y]) {
    if (isCalm.matches) return this.look([x, y]);
    const [a, b] = this.projection.rotate();
    const [around, up] = [((((x + a) % 360) + 540) % 360) - 180, y + b];
    const begin = performance.now();
    const motion = (this.motion = {});
    const step = (time) => {
      if (this.motion !== motion) return;
      const share = Math.min(Math.max((time - begin) / 450, 0), 1);
      const left = (1 - share) ** 2;
      this.rotate(x - around * left, y - up * left);
      this.draw();
      if (share < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}

/** The globe in the flat map's place, for whoever does not prefer that. */
function looks(figure, world, countries) {
  const button = figure.querySelector("[data-look]");
  const show = (isFlat) => {
    figure.classList.toggle("is-flat", isFlat);
    button?.setAttribute("aria-pressed", isFlat);
    if (!isFlat) figure.globe ??= new Globe(figure, world, countries);
  };
  button?.addEventListener("click", () => {
    const isFlat = !figure.classList.contains("is-flat");
    localStorage.setItem("world", isFlat ? "flat" : "globe");
    show(isFlat);
  });
  show(Boolean(button) && localStorage.getItem("world") === "flat");
}

/** Not before it is looked at: nobody waits for what stands below the page's end. */
function when(figure, act) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    act();
  }, { rootMargin: "100px" });
  watch.observe(figure);
}

for (const figure of document.querySelectorAll("[data-globe]")) {
  when(figure, async () => {
    try {
      looks(figure, ...(await Promise.all([got("/assets/globe.json"), listed(figure.dataset.globe)])));
    } catch (error) {
      // The flat map is there, and the list.
      figure.classList.add("is-flat");
      console.warn("the globe could not be drawn", error);
    }
  });
}
