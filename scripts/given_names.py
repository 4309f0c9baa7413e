#!/usr/bin/env python3
"""Writes the almanac's people.tsv from PyPI's Faker (MIT).   given_names.py FAKER_DIR > crates/parallax-almanac/data/naming/people.tsv

FAKER_DIR is the unpacked wheel. A line: m (masculine), f (feminine), e (either) or s (surname: only for scripts without capitals), and the name.
"""
import glob, importlib, os, re, sys

CASELESS_SURNAMES = ("zh_CN", "zh_TW", "ja_JP", "ko_KR", "he_IL", "fa_IR", "ar_SA", "hi_IN")
SKIP = ("th_TH", "en_TH", "or_IN", "gu_IN", "ta_IN", "ne_NP", "bn_BD", "si_LK", "mr_IN", "ka_GE", "hy_AM")


def main(root):
    sys.path.insert(0, root)
    genders, surnames = {}, set()
    for path in sorted(glob.glob(f"{root}/faker/providers/person/*/__init__.py")):
        locale = os.path.basename(os.path.dirname(path))
        if locale in SKIP:
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for gender, word in (("m", "male"), ("f", "female")):
            for field in (f"first_names_{word}", f"first_romanized_names_{word}", f"first_kana_names_{word}"):
                for name in getattr(provider, field, None) or ():
                    if re.fullmatch(r"[^\W\d_][\w'’\u200c-]*", name) and len(name) > (1 if name.isascii() else 0):
                        genders.setdefault(name, set()).add(gender)
        if locale in CASELESS_SURNAMES:
            surnames |= {n for n in provider.last_names if re.fullmatch(r"[^\W\d_][\w-]*", n)}
    rows = [("e" if len(g) > 1 else min(g), n) for n, g in genders.items()] + [("s", n) for n in surnames]
    for mark, name in sorted(rows, key=lambda r: (r[0], r[1])):
        print(mark, name, sep="\t")


main(sys.argv[1])
