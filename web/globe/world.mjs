// The countries → countries.tsv (where each lies) and flat.tsv (its outline on a flat map), which the repository keeps, so that the flat map
// and the list are there without npm. Run by hand when a country, the policy or Natural Earth changes: npm ci && node world.mjs
import { writeFileSync } from "node:fs";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { countries, known } from "./borders.mjs";

const assets = new URL("../../crates/parallax/src/web/assets/", import.meta.url);
const place = new URL("../../crates/parallax-almanac/data/world/countries.tsv", import.meta.url).pathname;
const rows = known(place);
const [coarse, fine] = [countries("110m", rows), countries("50m", rows)];
const of = (features, code) => features.find(({ id }) => id === code);

/** The middle of a country's largest part: that of all of it may lie in the sea. */
function middle(code) {
  const country = of(fine, code) ?? of(coarse, code);
  if (!country) return BY_HAND[code];
  const parts = country.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  const largest = parts.reduce((a, b) => (geoArea(b) > geoArea(a) ? b : a));
  return geoCentroid(largest).map((degrees) => Number(degrees.toFixed(1)));
}

// What Natural Earth has at neither scale, or as a part of another country: longitude, latitude.
const BY_HAND = {
  BQ: [-68.3, 12.2], CC: [96.8, -12.2], CX: [105.6, -10.5], GF: [-53.1, 3.9], GI: [-5.3, 36.1], GP: [-61.5, 16.2],
  MQ: [-61, 14.7], RE: [55.5, -21.1], SJ: [16, 78.6], TK: [-171.8, -9.2], TV: [179.2, -8.5], YT: [45.2, -12.8],
};

const head = "# Countries and where they lie: ISO 3166-1 alpha-2, numeric, region (UN M49), longitude and latitude of the middle of the\n"
  + "# largest part (Natural Earth, public domain), outlined or only a point at 1:110 million. The last three columns: web/globe/world.mjs.\n";
const lines = rows.map(({ code, numeric, region }) => {
  const [x, y] = middle(code) ?? [];
  if (x === undefined) throw new Error(`where is ${code}?`);
  return [code, numeric, region, x, y, of(coarse, code) ? "outline" : "point"].join("\t");
});
writeFileSync(place, `${head}${lines.join("\n")}\n`);

const [width, height] = [960, 468];
const projection = geoEqualEarth().fitSize([width, height], { type: "Sphere" });
const path = geoPath(projection).digits(1);
const drawn = rows.flatMap(({ code }) => (of(coarse, code) ? [`${code}\t${path(of(coarse, code))}`] : []));
const points = rows.flatMap(({ code }) => (of(coarse, code) ? [] : [`${code}\t@${projection(middle(code)).map((v) => v.toFixed(1)).join(" ")}`]));
const flat = `# Outlines of countries on a flat map of ${width} × ${height} (Equal Earth; Natural Earth, public domain; borders by web/globe/borders.mjs): code, SVG path; @: a point.\n`;
writeFileSync(new URL("flat.tsv", assets), `${flat}\t${path({ type: "Sphere" })}\n${[...drawn, ...points].join("\n")}\n`);
console.log(`${drawn.length} outlines, ${points.length} points`);
