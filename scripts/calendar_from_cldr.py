#!/usr/bin/env python3
"""Unicode CLDR's names of months, weekdays and relative dates → crates/parallax-almanac/data/calendar/cldr/LANG.toml.

  npm pack cldr-dates-full@48.2.0 && tar xzf cldr-dates-full-48.2.0.tgz
  scripts/calendar_from_cldr.py package crates/parallax-almanac/data/calendar/cldr

The data are under the Unicode License v3 (see README.md beside them).
"""
import json
import pathlib
import re
import sys

LANGUAGES = "de es fr it pt ru uk pl el tr ar fa he hi zh ja ko".split()
DAYS = dict(mon=1, tue=2, wed=3, thu=4, fri=5, sat=6, sun=7)
UNITS = dict(second="second", minute="minute", hour="hour", day="day", week="week", month="month", quarter="quarter", year="year")


def load(package, language, name):
    path = package / "main" / language / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))["main"][language]["dates"]


def clean(word):
    word = re.sub(r"[\u200e\u200f\u061c]", "", word).strip()
    return word if len(word) > 1 or ord(word[:1] or "a") > 0x2000 else ""


def affixes(patterns):
    """Words before and after number and unit that all patterns share."""
    befores = [p.split("{0}")[0] for p in patterns]
    afters = [p.split("{0}")[1] for p in patterns]
    before = befores[0].strip() if len(set(b.strip() for b in befores)) == 1 else None
    tail = afters[0]
    for other in afters[1:]:
        while not other.endswith(tail):
            tail = tail[1:]
    if " " in afters[0].strip():
        tail = tail[tail.index(" "):] if " " in tail else ""
    return before, tail.strip()


def main(package, out):
    out.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        gregorian = load(package, language, "ca-gregorian")["calendars"]["gregorian"]
        fields = load(package, language, "dateFields")["fields"]
        months, weekdays, days, relative, units, short = {}, {}, {}, {}, {}, {}
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                # A short form without a dot is often another word ("mar", "set"): good only beside a day's number.
                bare = lambda name: width == "abbreviated" and not name.endswith(".") and name.isascii()
                for number, name in gregorian["months"][form][width].items():
                    (short if bare(name) else months).setdefault(clean(name), int(number))
                for day, name in gregorian["days"][form][width].items():
                    if width == "wide" or name.endswith("."):
                        weekdays.setdefault(clean(name), DAYS[day])
        for key, phrase in fields["day"].items():
            if key.startswith("relative-type-"):
                days.setdefault(clean(phrase), int(key[len("relative-type-"):]))
        for unit in ("week", "month", "quarter", "year"):
            for key, phrase in fields[unit].items():
                if key.startswith("relative-type-"):
                    relative.setdefault(clean(phrase), f"{int(key[len('relative-type-'):])} {unit}")
        forms = []
        for sense, kind in (("past", "ago"), ("future", "ahead")):
            table = {u: [p for p in fields[u][f"relativeTime-type-{sense}"].values() if "{0}" in p] for u in UNITS}
            before, after = affixes([p for patterns in table.values() for p in patterns])
            if before is None or not (before or after):
                continue
            for unit, patterns in table.items():
                for pattern in patterns:
                    word = pattern.split("{0}")[1].strip()
                    word = word[: len(word) - len(after)].strip() if after else word
                    if word:
                        units.setdefault(unit, {})[word] = None
            piece = lambda words: " ".join(words.split()) if words else ""
            forms.append((kind, " ".join(filter(None, [piece(before), "<n> <unit>", piece(after)]))))
        lines = ["# Made by scripts/calendar_from_cldr.py from Unicode CLDR 48.2.0 (Unicode License v3). Do not edit."]
        for name, table in (("month", months), ("short_month", {w: v for w, v in short.items() if w not in months}), ("weekday", weekdays), ("day", days), ("relative", relative)):
            lines.append(f"\n[{name}]")
            lines += [f"{json.dumps(w, ensure_ascii=False)} = {json.dumps(v)}" for w, v in table.items() if w]
        lines.append("\n[unit]")
        lines += [f"{u} = {json.dumps(list(words), ensure_ascii=False)}" for u, words in units.items()]
        for kind, spelling in forms:
            lines.append(f'\n[[form]]\nis = "{kind}"\nof = [{json.dumps(spelling, ensure_ascii=False)}]')
        (out / f"{language}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
