// Natural Earth's countries at 1:110 million → the countries that the desk draws, by ISO 3166-1 alpha-2, under one policy.
//
// The policy, which the page states: what can be picked is what ISO 3166-1 has a code for, with Kosovo (XK) besides. Where the
// United Nations' General Assembly or Security Council has spoken of a border that Natural Earth draws otherwise, theirs is drawn: Crimea
// with Ukraine (A/RES/68/262), Western Sahara apart (the list of Non-Self-Governing Territories), the north of Cyprus with Cyprus
// (S/RES/541), Somaliland with Somalia (no member recognises it as a state). All other lines are Natural Earth's, who holds the ground.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoContains } from "d3-geo";
import { feature, merge } from "topojson-client";
import { topology } from "topojson-server";

const require = createRequire(import.meta.url);
const atlas = (scale) => JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));

/** Rows of `countries.tsv`: code, ISO 3166-1 numeric. */
export function known(path) {
  const rows = readFileSync(path, "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  return rows.map((row) => row.split("\t")).map(([code, numeric, region]) => ({ code, numeric, region }));
}

/** Countries of a scale as features whose id is the ISO 3166-1 alpha-2 code. */
export function countries(scale, rows) {
  const world = atlas(scale);
  const byNumeric = new Map(rows.map(({ code, numeric }) => [numeric, code]));
  const unnumbered = { Kosovo: "XK", "N. Cyprus": "CY", Somaliland: "SO" };
  const polygons = new Map();
  for (const { id, properties, geometry } of feature(world, world.objects.countries).features) {
    const code = byNumeric.get(id) ?? unnumbered[properties.name];
    if (!code || !geometry) continue;
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    polygons.set(code, [...(polygons.get(code) ?? []), ...parts]);
  }
  if (scale === "110m") {
    give(polygons, "RU", "UA", [34.3, 45.2]);
    split(polygons, "MA", "EH", 27 + 40 / 60);
  }
  return dissolved(polygons);
}

/** Each country without the lines that its parts have in common. */
function dissolved(polygons) {
  const outlines = [...polygons].map(([id, coordinates]) => ({
    type: "Feature", id, properties: {}, geometry: { type: "MultiPolygon", coordinates },
  }));
  const world = topology({ countries: { type: "FeatureCollection", features: outlines } });
  return world.objects.countries.geometries.map((part) => ({
    type: "Feature", id: part.id, properties: {}, geometry: merge(world, [part]),
  }));
}

/** Gives the polygon that holds a place to another country. */
function give(polygons, from, to, place) {
  const holds = (coordinates) => geoContains({ type: "Polygon", coordinates }, place);
  const given = polygons.get(from).filter(holds);
  if (given.length !== 1) throw new Error(`${given.length} polygons of ${from} hold ${place}`);
  polygons.set(from, polygons.get(from).filter((part) => !given.includes(part)));
  polygons.get(to).push(...given);
}

/** Gives what lies south of a parallel to another country (Sutherland and Hodgman 1974, for one edge). */
function split(polygons, from, to, latitude) {
  const side = (ring, inside) => {
    const kept = [];
    for (let i = 0; i + 1 < ring.length; i++) {
      const [a, b] = [ring[i], ring[i + 1]];
      if (inside(a[1])) kept.push(a);
      if (inside(a[1]) !== inside(b[1])) {
        kept.push([a[0] + ((b[0] - a[0]) * (latitude - a[1])) / (b[1] - a[1]), latitude]);
      }
    }
    return kept.length > 2 ? [...kept, kept[0]] : [];
  };
  const cut = (inside) => polygons.get(from).map((part) => [side(part[0], inside)]).filter((part) => part[0].length);
  const south = cut((y) => y < latitude);
  if (!south.length) throw new Error(`nothing of ${from} lies south of ${latitude}`);
  polygons.set(to, [...(polygons.get(to) ?? []), ...south]);
  polygons.set(from, cut((y) => y >= latitude));
}
