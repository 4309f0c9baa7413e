#!/usr/bin/env python3
"""Facts on outlets -> crates/parallax-almanac/data/outlets/outlets.tsv.   scripts/outlets.py FACTS_DIR

FACTS_DIR holds `abyz_outlets.csv` (country, name, language, site; from ABYZ by way of social-info-lab/global_news_synchrony, no
licence stated) and `feeds-by-country.json` (yavuz/news-feed-list-of-countries). Only facts are taken: a name, a site, a country, a
language, put into our own form and selection. An outlet is taken if both lists have its site, or if the first calls it a national
newspaper or agency of general interest and its site is its own; at most PER_COUNTRY a country, those in both lists first.
Outlets that the catalogue has are left out. None of this was checked against the sites themselves.
"""
import csv, glob, json, os, re, sys, tomllib

PER_COUNTRY = 12
OUT = os.path.join(os.path.dirname(__file__), "..", "crates", "parallax-almanac", "data", "outlets")
LANGUAGES = {"English": "en", "Spanish": "es", "Portuguese": "pt", "French": "fr", "Russian": "ru", "German": "de", "Arabic": "ar",
             "Chinese": "zh", "Bengali": "bn", "Swedish": "sv", "Norwegian": "no", "Dutch": "nl", "Italian": "it", "Romanian": "ro",
             "Finnish": "fi", "Vietnamese": "vi", "Albanian": "sq", "Serbian": "sr", "Turkish": "tr", "Czech": "cs", "Japanese": "ja",
             "Greek": "el", "Danish": "da", "Korean": "ko", "Ukrainian": "uk", "Polish": "pl", "Bulgarian": "bg", "Indonesian": "id",
             "Urdu": "ur", "Hindi": "hi", "Hebrew": "he", "Persian": "fa", "Farsi": "fa", "Hungarian": "hu", "Slovak": "sk",
             "Slovene": "sl", "Slovenian": "sl", "Croatian": "hr", "Lithuanian": "lt", "Latvian": "lv", "Estonian": "et", "Thai": "th",
             "Georgian": "ka", "Armenian": "hy", "Macedonian": "mk", "Bosnian": "bs", "Icelandic": "is", "Mongolian": "mn", "Malay": "ms",
             "Nepali": "ne", "Khmer": "km", "Burmese": "my", "Kazakh": "kk", "Azerbaijani": "az", "Uzbek": "uz", "Swahili": "sw"}
SHARED = re.compile(r"(google|msn|yahoo|facebook|twitter|blogspot|wordpress|voanews|bbc|cnn|wikipedia|aol|allafrica|onlinenewspapers)\.")


def host(url):
    found = re.match(r"https?://([^/:?#]+)", url.strip().lower())
    return re.sub(r"^www\d?\.", "", found.group(1)) if found else ""


def main(facts):
    countries, taken = {}, set()
    with open(os.path.join(OUT, "countries.tsv"), encoding="utf-8") as rows:
        for row in rows:
            if not row.startswith("#"):
                code, _, names = row.rstrip("\n").split("\t")
                countries.update({name: code for name in names.split(";")})
    for path in glob.glob(os.path.join(OUT, "..", "catalogue", "*.toml")):
        with open(path, "rb") as file:
            for outlet in tomllib.load(file)["outlet"]:
                taken.update(outlet["domains"], [name.lower() for name in [outlet["name"], *outlet.get("also", [])]])
    with open(os.path.join(facts, "feeds-by-country.json"), encoding="utf-8") as file:
        fed = {host(entry["publication_website_uri"]) for entries in json.load(file).values() for entry in entries}
    found = {}
    with open(os.path.join(facts, "abyz_outlets.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            site, name = host(row["url"]), re.sub(r"\s+", " ", row["name"]).strip()
            code = countries.get(row["sub-region"]) or countries.get(row["greater region"])
            own = re.match(r"https?://[^/]+/?$", row["url"].strip())
            national = row["local, national or foreign"] == "national" and row["media focus"] == "General Interest"
            fit = site in fed or (national and row["media type"] in ("Newspaper", "Press Agency") and own)
            if not (code and site and fit) or SHARED.search(site + ".") or len(name) < 4 or name.lower() in taken or site in taken:
                continue
            taken.update((site, name.lower()))
            found.setdefault(code, []).append((site not in fed, name, site, LANGUAGES.get(row["language"], "")))
    with open(os.path.join(OUT, "outlets.tsv"), "w", encoding="utf-8") as out:
        out.write("# Written by scripts/outlets.py from lists of facts; unverified. Name, domain, country, main language.\n")
        for code in sorted(found):
            for _, name, site, language in sorted(found[code])[:PER_COUNTRY]:
                out.write(f"{name}\t{site}\t{code}\t{language}\n")


main(sys.argv[1])
