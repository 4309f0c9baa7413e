#!/usr/bin/env python3
"""Learns how scripts are written in Latin letters.   transliteration.py NETRANSLIT_PREFIX PACKAGES_DIR [SCRIPT…] > data/naming/transliteration.tsv

NETRANSLIT_PREFIX: path without .jsonl/.gold.jsonl of pairs of Wikidata name words (COLING 2018, data CC0).
PACKAGES_DIR: unpacked npm cldr-localenames-full and cldr-dates-full (Unicode-3.0), whose names of territories and cities add pairs.
Needs PyPI's anyascii (ISC) for the sounds of Han characters, as the program has them.

An alignment model, trained by expectation maximisation (m2m-aligner, Jiampojamarn et al. 2007): one or two native units -> zero to three
Latin letters, or a Latin letter out of nothing. A line: script, native unit(s), Latin letters, cost in hundredths of a nat.
The cut of a script ("=") is set on a quarter of the pairs that the first training did not see; how well it tells them is printed.
"""
import collections, glob, json, math, random, sys, unicodedata
from anyascii import anyascii

INITIALS = ("zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w")
LONGEST, FLOOR = 3, 1e-5


def script(text):
    for c in text:
        if c.isalpha():
            n = unicodedata.name(c, "?")
            for key, name in (("CYRILLIC", "cyrillic"), ("GREEK", "greek"), ("ARABIC", "arabic"), ("HEBREW", "hebrew"), ("DEVANAGARI", "devanagari"),
                              ("CJK", "han"), ("KATAKANA", "kana"), ("HIRAGANA", "kana"), ("HANGUL", "hangul"), ("LATIN", "latin")):
                if n.startswith(key):
                    return key.lower() if name is None else name
    return "?"


def units(text):
    """Native units, the same as likeness::names::transliteration makes them."""
    kind = script(text)
    text = unicodedata.normalize("NFKC", text).lower()
    if kind == "han":
        out = []
        for c in text:
            sound = anyascii(c).lower()
            first = next((i for i in INITIALS if sound.startswith(i)), "")
            out += [u for u in (first, "-" + sound[len(first):]) if u not in ("", "-")]
        return kind, out
    if kind == "hangul":
        return kind, [c for c in unicodedata.normalize("NFD", text) if c.isalpha() and c != "\u110b"]
    if kind == "kana":
        text = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)
        return kind, [c for c in text if c.isalpha() or c == "ー"]
    if kind == "arabic":
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = text.translate(str.maketrans("یىکەہۀ", "يي\u0643ههه"))
    return kind, [c for c in text if c.isalpha() or unicodedata.category(c) in ("Mc", "Mn") or c in "'׳"]


def latin(text):
    return "".join(c for c in anyascii(text).lower() if "a" <= c <= "z")


def pairs(prefix, root):
    gold = {}
    for line in open(prefix + ".gold.jsonl", encoding="utf-8"):
        g = json.loads(line)
        gold[g["id"]] = g
    for line in open(prefix + ".jsonl", encoding="utf-8"):
        row = json.loads(line)
        a, b = latin(row["a"]), units(row["b"])
        if a and b[1] and b[0] not in ("?", "latin"):
            yield b[0], tuple(b[1]), a, gold[row["id"]]["match"], gold[row["id"]]["langs"]
    for folder, pick in (("localenames", territories), ("dates", cities)):
        data = {}
        for path in glob.glob(f"{root}/cldr-{folder}-full*/package/main/*/{'territories' if folder == 'localenames' else 'timeZoneNames'}.json"):
            language = path.split("/")[-2]
            if language in ("en", "ru", "uk", "bg", "sr", "el", "ar", "fa", "he", "hi", "zh", "ja", "ko", "mr", "ne", "mk"):
                data[language] = pick(json.load(open(path, encoding="utf-8"))["main"][language])
        for language in sorted(data):
            for key, name in sorted(data[language].items()):
                english = data["en"].get(key, key.split("/")[-1].replace("_", " "))
                a, b = latin(english), units(name)
                if a and b[1] and b[0] not in ("?", "latin") and " " not in english.strip() and " " not in name.strip():
                    yield b[0], tuple(b[1]), a, True, "cldr"


def territories(data):
    return {k: v for k, v in data["localeDisplayNames"]["territories"].items() if len(k) == 2}


def cities(data):
    found = {}
    for area, members in data["dates"]["timeZoneNames"].get("zone", {}).items():
        for zone, value in members.items():
            if isinstance(value, dict) and "exemplarCity" in value:
                found[f"{area}/{zone}"] = value["exemplarCity"]
    return found


def steps(native, word, doubles):
    """(i, j, width, length, native segment, latin segment)"""
    n, m = len(native), len(word)
    for i in range(n + 1):
        for j in range(m + 1):
            if j < m:
                yield i, j, 0, 1, "", word[j]
            for width in (1, 2):
                if i + width > n:
                    break
                segment = "".join(native[i:i + width])
                if width == 2 and segment not in doubles:
                    continue
                for length in range(0, LONGEST + 1):
                    if j + length <= m:
                        yield i, j, width, length, segment, word[j:j + length]


def train(data, rounds=9):
    count = collections.Counter(s for native, word in data for s in map("".join, zip(native, native[1:])))
    doubles = {s for s, c in count.items() if c >= 10}
    probability = collections.defaultdict(dict)
    for turn in range(rounds):
        expected = collections.defaultdict(lambda: collections.defaultdict(float))
        weights = []
        for native, word in data:
            n, m = len(native), len(word)
            arcs = list(steps(native, word, doubles))
            p = []
            for i, j, width, length, s, t in arcs:
                if turn == 0:
                    p.append(0.01 if width == 0 else 0.25 * 0.12 ** max(length, 0) * (0.15 if length == 0 else 1))
                else:
                    p.append(probability[s].get(t, 0.0))
            forward = [[0.0] * (m + 1) for _ in range(n + 1)]
            forward[0][0] = 1.0
            for (i, j, width, length, s, t), q in zip(arcs, p):
                if forward[i][j] and q:
                    forward[i + width][j + length] += forward[i][j] * q
            total = forward[n][m]
            if total <= 0:
                continue
            weights.append((math.log(total) / (m + 1)))
            if turn > 3 and weights[-1] < -2.6:      # not a transliteration: another name
                continue
            backward = [[0.0] * (m + 1) for _ in range(n + 1)]
            backward[n][m] = 1.0
            for (i, j, width, length, s, t), q in zip(reversed(arcs), reversed(p)):
                share = q * backward[i + width][j + length]
                if share:
                    backward[i][j] += share
                    if forward[i][j]:
                        expected[s][t] += forward[i][j] * share / total
        probability = collections.defaultdict(dict)
        letters = sum(len(w) for _, w in data)
        for s, row in expected.items():
            # A letter out of nothing is one choice beside all of a unit's; a pair of units pays for being one.
            whole = letters * 1.0 if s == "" else sum(row.values()) + 1.0
            factor = 0.6 if len(s) > 1 and s in doubles else 1.0
            for t, x in row.items():
                if x > 0.02:
                    probability[s][t] = factor * max(x - 0.01, 1e-9) / whole
    return {s: {t: x for t, x in row.items() if x > 0.001} for s, row in probability.items()}, doubles


def cost(native, word, table, doubles):
    """The cheapest way from native units to the word, in nats."""
    n, m = len(native), len(word)
    best = [[1e9] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i, j, width, length, s, t in steps(native, word, doubles):
        if best[i][j] >= 1e9:
            continue
        q = table.get(s, {}).get(t)
        c = -math.log(q) if q else (6.0 if width == 0 else 5.5 if length == 0 and width == 1 else 1e9 if length != 1 or width != 1 else 7.0)
        if best[i][j] + c < best[i + width][j + length]:
            best[i + width][j + length] = best[i][j] + c
    return best[n][m]


def main():
    prefix, root, only = sys.argv[1], sys.argv[2], sys.argv[3:]
    by = collections.defaultdict(list)
    for kind, native, word, match, origin in pairs(prefix, root):
        if not only or kind in only:
            by[kind].append((native, word, match, origin))
    for kind in sorted(by):
        rows = sorted(set(by[kind]))
        random.Random(7).shuffle(rows)
        held = [r for i, r in enumerate(rows) if i % 4 == 0 and r[3] != "cldr"]
        away = set(held)
        table, doubles = train([(n, w) for n, w, match, _ in rows if match and (n, w, match, _) not in away])
        scores = sorted((cost(n, w, table, doubles) / (len(w) + 1), m) for n, w, m, _ in held)
        # The cut that tells most held-out pairs from non-pairs; without any, a middling one.
        good, cut = max([(sum(m for _, m in scores[:i]) + sum(not m for _, m in scores[i:]), scores[i - 1][0]) for i in range(5, len(scores), 5)] or [(0, 1.25)])
        print(kind, "held out", len(held), "right at the best cut", round(good / max(1, len(held)), 3), "cut", round(cut, 3), file=sys.stderr, flush=True)
        table, doubles = train([(n, w) for n, w, match, _ in rows if match])
        print(kind, "=", "", round(100 * cut), sep="\t")
        for s in sorted(table):
            for t, q in sorted(table[s].items(), key=lambda x: -x[1])[:16]:
                print(kind, s, t, round(-100 * math.log(q)), sep="\t")
        sys.stdout.flush()


main()
