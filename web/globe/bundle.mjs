// globe.mjs and the borders → globe.js and globe.json, for the build: node bundle.mjs OUT_DIR [COUNTRIES_TSV]
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { topology } from "topojson-server";
import { countries, known } from "./borders.mjs";

const out = process.argv[2];
if (!out) throw new Error("say where to: node bundle.mjs OUT_DIR");
const rows = known(process.argv[3] ?? new URL("../../crates/parallax-almanac/data/world/countries.tsv", import.meta.url).pathname);
// A ten-thousandth of the globe's girth is less than the outlines are coarse.
const world = topology({ countries: { type: "FeatureCollection", features: countries("110m", rows) } }, 1e4);
writeFileSync(join(out, "globe.json"), JSON.stringify(world));
await build({
  entryPoints: [new URL("globe.mjs", import.meta.url).pathname],
  bundle: true, minify: true, format: "iife", target: "es2020", legalComments: "inline", outfile: join(out, "globe.js"),
});
