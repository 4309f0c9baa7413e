#!/usr/bin/env python3
"""Builds crates/parallax-almanac/data/concepts/LANG.lex.zst: how rare words are, and what they mean across words and languages.

    build_concepts.py LEXICON WORDFREQ        LEXICON  a folder of LANG.tsv.xz, headword<tab>meaning|meaning (English)
                                              WORDFREQ the data folder of the Python package wordfreq 3.1.1
Needs: pip install msgpack; the zstd program; target/debug/examples/stem (cargo build -p parallax-core --example stem).

A meaning is an English stem; its number is its index in the English table, ordered by hash. The synonyms of an English stem are those that
share many foreign headwords with it, in several languages (pivoting: Bannard and Callison-Burch 2005).
"""
import gzip, lzma, math, os, re, subprocess, sys
from collections import Counter, defaultdict
import msgpack

LANGUAGES = 'en es fr de pt it ru uk pl el tr ar fa he hi zh ja ko'.split()
OUT = os.path.join(os.path.dirname(__file__), '../crates/parallax-almanac/data/concepts')
STEM = os.path.join(os.path.dirname(__file__), '../target/debug/examples/stem')
ENGLISH_STEMS = 60000      # a meaning's number fits 16 bits
MEANINGS = 6               # a foreign stem's, nearest first
SYNONYMS = 6               # an English stem's
COMMON_BITS = 9.0          # meanings as common as this (be, have, one) say nothing


def stems(pairs):
    """(language, word) -> folded stem, by the program's own stemmer."""
    pairs = sorted(set(pairs))
    text = ''.join('%s\t%s\n' % p for p in pairs)
    out = subprocess.run([STEM], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().split('\n')
    return dict(zip(pairs, out))


def frequencies(folder, language):
    """word -> bits of rarity. The list's index is the frequency in centibels below one."""
    path = os.path.join(folder, 'large_%s.msgpack.gz' % language)
    if not os.path.exists(path):
        path = os.path.join(folder, 'small_%s.msgpack.gz' % language)
    with gzip.open(path) as f:
        data = msgpack.unpack(f, raw=False)[1:]
    return {w: i / 100 * math.log2(10) for i, words in enumerate(data) for w in words}


def headwords(folder, language):
    for line in lzma.open(os.path.join(folder, language + '.tsv.xz'), 'rt', encoding='utf-8'):
        word, _, meanings = line.rstrip('\n').partition('\t')
        word = re.sub(r'<[^>]*>|[\\{}\[\]()]', ' ', word).strip().lower()
        if word and ' ' not in word and not word.startswith('-') and not word.endswith('-') and '<' not in word:
            yield word, [m for m in meanings.lower().split('|') if m]


def fnv(stem):
    h = 0x811c9dc5
    for b in stem.encode():
        h = ((h ^ b) * 0x01000193) & 0xffffffff
    return h


def stem_bits(freq, stem_of, language):
    total = Counter()
    for word, bits in freq.items():
        s = stem_of[language, word]
        if s:
            total[s] += 2 ** -bits
    return {s: -math.log2(p) for s, p in total.items()}


def write(language, table):
    """table: stem -> (bits of rarity or None, [meaning])"""
    by = {}
    for s, v in table.items():
        by.setdefault(fnv(s), v)
    keys = sorted(by)
    out = bytearray(len(keys).to_bytes(4, 'little'))
    last = 0
    planes = [bytearray() for _ in range(4)]
    for k in keys:
        for plane, byte in zip(planes, (k - last).to_bytes(4, 'little')):
            plane.append(byte)
        last = k
    for p in planes:
        out += p
    out += bytes(0 if by[k][0] is None else max(1, min(255, round(by[k][0] * 8))) for k in keys)
    out += bytes(len(by[k][1]) for k in keys)
    flat = [m for k in keys for m in by[k][1]]
    out += bytes(m & 255 for m in flat) + bytes(m >> 8 for m in flat)
    path = os.path.join(OUT, language + '.lex')
    with open(path, 'wb') as f:
        f.write(out)
    subprocess.run(['zstd', '-19', '-q', '-f', '--rm', path], check=True)
    print(language, len(keys), 'stems', len(flat), 'meanings', os.path.getsize(path + '.zst'), 'bytes', flush=True)


def main(lexicon, wordfreq):
    os.makedirs(OUT, exist_ok=True)
    freq = {l: frequencies(wordfreq, l) for l in LANGUAGES}
    heads = {l: list(headwords(lexicon, l)) for l in LANGUAGES if l != 'en'}
    split = re.compile(r"[^\W_]+")
    pairs = {(l, w) for l in LANGUAGES for w in freq[l]}
    pairs |= {(l, w) for l in heads for w, _ in heads[l]}
    pairs |= {('en', t) for l in heads for _, ms in heads[l] for m in ms for t in split.findall(m)}
    stem_of = stems(pairs)
    bits = {l: stem_bits(freq[l], stem_of, l) for l in LANGUAGES}
    english = bits['en']

    def meaning_stems(meaning):
        return [s for s in (stem_of['en', t] for t in split.findall(meaning)) if english.get(s, 0) > COMMON_BITS]

    # Foreign stem -> its meanings with their support.
    sense = {}
    used = Counter()
    for l in heads:
        table = defaultdict(Counter)
        for word, ms in heads[l]:
            if word not in freq[l] and len(freq[l]) > 100000:
                continue
            for m in ms:
                parts = meaning_stems(m)
                if 0 < len(parts) <= 2:
                    for p in parts:
                        table[stem_of[l, word]][p] += 1.0 if len(parts) == 1 else 0.4
        sense[l] = table
        for s, c in table.items():
            used.update(c.keys())
    keep = sorted((s for s in english if english[s] < 24), key=lambda s: (-min(used[s], 1), english[s]))[:ENGLISH_STEMS]
    ids = {}
    by_hash = {}
    for s in keep:
        by_hash.setdefault(fnv(s), s)
    for i, h in enumerate(sorted(by_hash)):
        ids[by_hash[h]] = i

    synonyms = pivot(sense, english, ids)
    en = {}
    for s in ids:
        en[s] = (english[s], [ids[s]] + [ids[o] for o in synonyms.get(s, [])])
    write('en', en)

    for l in heads:
        table = {}
        small = {s for s, b in bits[l].items() if b < 20}
        for s in set(sense[l]) | small:
            if not s:
                continue
            own = bits[l].get(s, 22.0)
            # Translations are about as frequent as each other; support by several headwords of one stem counts too.
            near = sorted(sense[l].get(s, {}).items(), key=lambda m: (abs(english[m[0]] - own) - 2 * m[1], m[0]))
            table[s] = (bits[l].get(s), [ids[m] for m, _ in near if m in ids][:MEANINGS])
        table = {s: v for s, v in table.items() if v[1] or v[0] is not None}
        write(l, table)


def pivot(sense, english, ids):
    together, alone, langs = Counter(), Counter(), defaultdict(set)
    for l, table in sense.items():
        for s, c in table.items():
            ms = sorted(m for m in c if m in ids and c[m] >= 1)
            if len(ms) > 8:
                continue
            w = 1 / max(1, len(ms) - 1)
            for i, a in enumerate(ms):
                alone[a] += 1
                for b in ms[i + 1:]:
                    together[a, b] += w
                    langs[a, b].add(l)
    near = defaultdict(list)
    for (a, b), n in together.items():
        if len(langs[a, b]) < 3:
            continue
        score = n / math.sqrt(alone[a] * alone[b])
        if score < 0.06:
            continue
        near[a].append((-score, b))
        near[b].append((-score, a))
    return {a: [b for _, b in sorted(bs)[:SYNONYMS]] for a, bs in near.items()}


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
