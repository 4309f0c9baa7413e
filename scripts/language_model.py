#!/usr/bin/env python3
"""Turns the letter statistics of py3langid 0.4.0 (BSD-3) into crates/parallax-almanac/data/identify/letters.bin.zst.

    pip download --no-deps py3langid==0.4.0
    scripts/language_model.py py3langid-0.4.0-py3-none-any.whl          needs numpy and zstd

The model is multinomial naive Bayes over byte n-grams; a text's score for a language is
    prior + sum over its n-grams of ln(1 + count in the text) * ln P(n-gram | language).
Kept: for each language the floor of its probabilities (an n-gram never seen in training), and what an n-gram lies above the floor,
in half nats, where that is more than two (a handful of sightings in training is noise; measured: no answer gets worse).
Languages with hardly any press, whose only effect was to attract short texts of their neighbours, are left out.

Layout, little endian:
    u32 languages, u32 n-grams
    for each language: u8 length, its code, i32 prior, i32 floor          in 1/64 nat
    for each n-gram, sorted by its bytes from the last to the first:
        u8 bytes shared with the one before, u8 bytes that follow, those bytes       (reversed n-grams)
    for each n-gram: u8 number of languages
    for each of these, by n-gram: u8 step from the language before
    the same order: u8 half nats above the floor
"""
import io, lzma, struct, subprocess, sys, zipfile
from pathlib import Path

import numpy as np

LEFT_OUT = set("ace an ary arz bcl crh ext fuv gcf gcr gom grc gug guw hbo kab kik lij ltg pcm sa sdh uzs vec vo wa wuu zxx".split())
NOISE = 2.0


def main(wheel):
    archive = zipfile.ZipFile(wheel)
    model = np.load(io.BytesIO(lzma.decompress(archive.read("py3langid/data/model.npz.xz"))), allow_pickle=False)
    classes = [str(c) for c in model["classes"]]
    kept = [i for i, c in enumerate(classes) if c not in LEFT_OUT]
    table = model["ptc"].astype(np.float64)[:, kept]
    floor = table.min(axis=0)
    above = table - floor
    levels = np.where(above > NOISE, np.rint(above * 2), 0).astype(np.uint8)
    grams = ngrams(model)
    order = [f for f in sorted(grams, key=lambda f: grams[f][::-1]) if levels[f].any()]

    out = bytearray(struct.pack("<II", len(kept), len(order)))
    for column, i in enumerate(kept):
        code = classes[i].encode()
        out += struct.pack("<B", len(code)) + code
        out += struct.pack("<ii", round(float(model["pc"][i]) * 64), round(float(floor[column]) * 64))
    before = b""
    for f in order:
        gram = grams[f][::-1]
        shared = next((k for k in range(min(len(gram), len(before))) if gram[k] != before[k]), min(len(gram), len(before)))
        out += bytes([shared, len(gram) - shared]) + gram[shared:]
        before = gram
    rows = levels[order]
    out += bytes(int(n) for n in (rows > 0).sum(axis=1))
    for row in rows:
        columns = np.flatnonzero(row)
        out += bytes(int(step) for step in np.diff(columns, prepend=0))
    out += rows[rows > 0].tobytes()

    folder = Path(__file__).resolve().parent.parent / "crates/parallax-almanac/data/identify"
    packed = subprocess.run(["zstd", "-19", "--no-check", "-c"], input=bytes(out), stdout=subprocess.PIPE, check=True).stdout
    (folder / "letters.bin.zst").write_bytes(packed)
    (folder / "LICENSE.py3langid").write_bytes(archive.read("py3langid-0.4.0.dist-info/licenses/LICENSE"))
    print(f"{len(kept)} languages, {len(order)} n-grams, {int((rows > 0).sum())} weights, {len(out)} bytes, {len(packed)} packed")


def ngrams(model):
    """Feature -> its bytes: the shortest string that leads the automaton to a state which puts it out."""
    rows, row_of, output = model["nextmove"].reshape(-1, 256), model["nextmove_row"], model["out_feat"]
    string, queue, grams = {0: b""}, [0], {}
    for state in queue:
        for byte, target in enumerate(rows[row_of[state]].tolist()):
            if target not in string:
                string[target] = string[state] + bytes([byte])
                queue.append(target)
        feature = int(output[state])
        if feature >= 0 and feature not in grams:
            grams[feature] = string[state]
    return grams


if __name__ == "__main__":
    main(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
