#!/usr/bin/env python3
"""Checks the bundled sample press: crates/parallax/sample/press (its README.md describes the files).

    check_press.py                 counts, references, gold against the texts, dates, templates, planted traps; exits 1 where something is wrong
    check_press.py --write DIR     also writes every page as it would be served: DIR/OUTLET/PATH.html, a revision as PATH.1.html …

Only the standard library (Python 3.11 or later).
"""
import codecs
import html
import json
import pathlib
import re
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import datetime, timezone

PRESS = pathlib.Path(__file__).resolve().parent.parent / "crates/parallax/sample/press"
FIRST, END = datetime(2026, 3, 2, tzinfo=timezone.utc), datetime(2026, 3, 6, tzinfo=timezone.utc)
KINDS = "report analysis opinion interview explainer live results weather markets gallery listing".split()
ONCE = "published section title summary agency original gold-story gold-kind gold-access gold-derivation entry-only garble trap".split()
NEEDED = "published section title summary gold-story gold-kind gold-access".split()
CONSEQUENCE = range(4)
wrong = []


def check(holds, message):
    if not holds:
        wrong.append(message)
    return holds


def paragraphs(text):
    return [p.strip() for p in re.split(r"\n\s*\n", text.strip()) if p.strip()]


def shown(paragraph):
    """A paragraph's words, without the mark that says what it is."""
    if paragraph.startswith("* "):
        return paragraph[2:].split(" | ", 1)[1]
    return re.sub(r"^(## |!! )", "", paragraph)


class Article:
    def __init__(self, outlet, block):
        head, body = block.split("\n\n", 1)
        first, *lines = head.split("\n")
        self.outlet, self.path = outlet, first.strip()
        self.ref = outlet["id"] + self.path
        self.authors, self.head = [], {}
        for line in lines:
            key, _, value = line.partition(":")
            if key == "author":
                self.authors.append(value.strip())
            else:
                check(key in ONCE, f"{self.ref}: unknown header {key!r}")
                check(key not in self.head, f"{self.ref}: {key} stands twice")
                self.head[key] = value.strip()
        for key in NEEDED:
            check(self.head.get(key), f"{self.ref}: no {key}")
        self.published = self.time(self.head["published"])
        parts = re.split(r"(?m)^--- (\S+)\s*$", body)
        self.revisions = [(self.published, self.head["title"], paragraphs(parts[0]))]
        for when, text in zip(parts[1::2], parts[2::2]):
            title = self.revisions[-1][1]
            found = paragraphs(text)
            if found[0].startswith("title:"):
                title = found.pop(0)[6:].strip()
            self.revisions.append((self.time(when), title, found))

    def time(self, text):
        when = datetime.fromisoformat(text)
        check(when.tzinfo, f"{self.ref}: {text} has no offset")
        return when

    def text(self, revision=-1):
        """What the article says in a revision (the last by default): notices of the page are not of it."""
        return "\n".join(shown(p) for p in self.revisions[revision][2] if not p.startswith("!! "))

    @property
    def url(self):
        return f"https://{self.outlet['domain']}{self.path}"

    @property
    def language(self):
        return self.outlet["language"].split("-")[0]

    def __getattr__(self, name):
        return self.head.get("gold-" + name) if name in ("story", "kind", "access", "derivation") else object.__getattribute__(self, name)


def garbled(text, encoding):
    """UTF-8 read as a single-byte encoding, as browsers read it: bytes it has no letter for are control characters."""
    out = []
    for byte in text.encode():
        try:
            out.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            out.append(chr(byte) if byte < 0xA0 else "\ufffd")
    return "".join(out)


def body(article, revision):
    out = []
    for p in article.revisions[revision][2]:
        if p.startswith("## "):
            out.append(f"<h2>{html.escape(p[3:], False)}</h2>")
        elif p.startswith("!! "):
            out.append(f'<div class="paywall"><p>{html.escape(p[3:], False)}</p></div>')
        elif p.startswith("* "):
            path, _, text = p[2:].partition(" | ")
            out.append(f'<h3><a href="{path}">{html.escape(text, False)}</a></h3>')
        else:
            p = html.escape(p, False)
            p = re.sub(r"https://\S+", lambda m: f'<a href="{m[0]}">{m[0]}</a>', p)
            out.append(f"<p>{p}</p>")
    return "\n".join(out)


def page(article, revision, template, words, all_articles):
    """The page as served, in bytes."""
    at, title, _ = article.revisions[revision]
    others = [a for a in all_articles if a.outlet is article.outlet and a is not article and a.published <= at][-4:]
    plain = {
        "title": title, "summary": article.head["summary"], "author": ", ".join(article.authors), "published": article.head["published"],
        "updated": at.isoformat(), "outlet": article.outlet["name"], "url": article.url, "language": article.outlet["language"],
        "section": article.head["section"], "agency": article.head.get("agency", ""), "charset": article.outlet["encoding"],
        "dir": "rtl" if article.language in ("ar", "fa", "he") else "ltr",
    }
    w, when = words[article.language], article.published
    plain["date"] = w["date"].format(day=when.day, month=w["months"][when.month - 1], year=when.year, time=f"{when:%H:%M}")
    garble = (lambda s: garbled(s, article.head["garble"])) if "garble" in article.head else (lambda s: s)

    def fill(match):
        name = match[1]
        if name == "body":
            return garble(body(article, revision))
        if name == "related":
            return "<ul>" + "".join(f'<li><a href="{a.path}">{html.escape(a.head["title"], False)}</a></li>' for a in others) + "</ul>"
        if name == "json:author":
            return json.dumps([{"@type": "Person", "name": a} for a in article.authors], ensure_ascii=False)
        if name.startswith("json:"):
            return json.dumps(garble(plain[name[5:]]), ensure_ascii=False).replace("</", "<\\/")
        if name.startswith("w."):
            return html.escape(w[name[2:]])
        return html.escape(garble(plain[name]) if name in ("title", "summary") else plain[name])

    text = re.sub(r"\{\{([a-z_:.]+)\}\}", fill, template)
    check("{{" not in text, f"{article.ref}: a placeholder is left in the page")
    return text.encode(article.outlet["encoding"], "as_pages_do")


def as_pages_do(error):
    """Control characters of a garbled text go out as the bytes they came from, letters that the encoding lacks as numeric references."""
    out = [bytes([ord(c)]) if 0x80 <= ord(c) < 0xA0 else f"&#{ord(c)};".encode() for c in error.object[error.start:error.end]]
    return b"".join(out), error.end


codecs.register_error("as_pages_do", as_pages_do)


outlets = tomllib.loads((PRESS / "outlets.toml").read_text("utf-8"))["outlet"]
words = tomllib.loads((PRESS / "templates/words.toml").read_text("utf-8"))
templates = {p.name: p.read_text("utf-8") for p in (PRESS / "templates").glob("*.html")}
articles = []
for outlet in outlets:
    for key in "id name country language domain feed encoding template kind".split():
        check(outlet.get(key), f"outlet {outlet.get('id')}: no {key}")
    check(outlet["feed"] in ("rss", "atom", "json"), f"{outlet['id']}: feed {outlet['feed']}")
    check(outlet["kind"] in ("newspaper", "agency", "broadcaster", "blog"), f"{outlet['id']}: kind {outlet['kind']}")
    check(outlet["domain"].endswith(".example"), f"{outlet['id']}: the domain could be somebody's")
    check(outlet["template"] in templates, f"{outlet['id']}: no template {outlet['template']}")
    "".encode(outlet["encoding"])
    text = (PRESS / "articles" / f"{outlet['id']}.txt").read_text("utf-8")
    own = [Article(outlet, block) for block in re.split(r"(?m)^=== ", text)[1:]]
    for before, after in zip(own, own[1:]):
        check(before.published <= after.published, f"{after.ref}: not in order of publication")
    articles += own
check({p.stem for p in (PRESS / "articles").glob("*.txt")} == {o["id"] for o in outlets}, "articles/ and outlets.toml name different outlets")
check(len({o["id"] for o in outlets}) == len(outlets), "an outlet stands twice")
by_ref = {a.ref: a for a in articles}
check(len(by_ref) == len(articles), "an address stands twice")
country = {o["id"]: o["country"] for o in outlets}
urls = {a.url: a for a in articles}

# Every article.
stories = defaultdict(list)
for a in articles:
    times = [when for when, _, _ in a.revisions]
    check(all(FIRST <= t < END for t in times), f"{a.ref}: outside the four days")
    check(times == sorted(times), f"{a.ref}: its revisions are out of order")
    check(len({(t, tuple(p)) for _, t, p in a.revisions}) == len(a.revisions), f"{a.ref}: a revision changes nothing")
    check(a.kind in KINDS, f"{a.ref}: kind {a.kind}")
    check(a.access in ("full", "excerpt", "headline"), f"{a.ref}: access {a.access}")
    check((a.access == "headline") == (a.head.get("entry-only") == "yes"), f"{a.ref}: headline and entry-only go together")
    check((a.access == "excerpt") == any(p.startswith("!! ") for p in a.revisions[-1][2]), f"{a.ref}: an excerpt has a notice")
    for p in a.revisions[-1][2]:
        if p.startswith("* "):
            check(" | " in p, f"{a.ref}: a link without a title: {p}")
    if a.derivation:
        how, _, of = a.derivation.partition(" of ")
        check(how in ("verbatim", "rewritten"), f"{a.ref}: derivation {how}")
        if check(of in by_ref, f"{a.ref}: derived from {of}, which is not there"):
            check(by_ref[of].published < a.published, f"{a.ref}: older than what it derives from")
            check(by_ref[of].story == a.story, f"{a.ref}: derived from another story")
            ours, theirs = ({s for s in re.split(r"(?<=[.!?”»])\s+|\n", by_ref[r].text()) if len(s) > 30} for r in (a.ref, of))
            kept = len(ours & theirs) / max(1, len(ours))
            check((kept > 0.8) == (how == "verbatim"), f"{a.ref}: {how}, but {kept:.0%} of its sentences are those of {of}")
    if "original" in a.head:
        check(a.head["original"] in urls, f"{a.ref}: its original is not there")
        check(a.head["original"] in a.text(), f"{a.ref}: its original is not shown in the text")
    size = len(a.text()) if a.language in ("zh", "ja") else len(a.text().split())
    low = 180 if a.language in ("zh", "ja") else 95
    if a.access == "full" and a.kind in ("report", "opinion", "analysis", "interview", "explainer"):
        check(low <= size <= 420, f"{a.ref}: {size} words")
    if a.story != "alone":
        stories[a.story].append(a)

# Gold.
gold = {p.stem: tomllib.loads(p.read_text("utf-8")) for p in sorted((PRESS / "gold").glob("*.toml"))}
check(set(gold) == set(stories), f"stories and gold differ: {set(gold) ^ set(stories)}")
tally = Counter()
for story, g in gold.items():
    check(set(g) <= {"happening", "apart", "blind", "utterance", "figure", "plan", "only"}, f"gold/{story}: unknown key in {sorted(g)}")
    check(g.get("happening"), f"gold/{story}: no happening")

    def points(entries, what):
        for e in entries:
            a = by_ref.get(e["article"])
            if not check(a, f"gold/{story}: no article {e['article']}"):
                continue
            check(a.story == story, f"gold/{story}: {a.ref} belongs to {a.story}")
            check(a.access != "headline", f"gold/{story}: {a.ref} has no text that could be read")
            check(e["text"] in a.text(), f"gold/{story}: {what}: {a.ref} does not say {e['text']!r}")
            tally["places"] += 1
        return {e["article"].split("/")[0] for e in entries}

    for u in g.get("utterance", []):
        tally["utterances"] += 1
        check(u["wording"] in ("same", "differs", "conflict"), f"gold/{story}: wording {u['wording']}")
        check(len(points(u["renderings"], u["speaker"])) >= 2, f"gold/{story}: {u['speaker']}: fewer than two outlets")
    for f in g.get("figure", []):
        tally["figures"] += 1
        check(f["verdict"] in ("same", "compatible", "changed", "conflict"), f"gold/{story}: verdict {f['verdict']}")
        check(f["consequence"] in CONSEQUENCE, f"gold/{story}: consequence {f['consequence']}")
        points(f["values"], f["about"])
        check(len(f["values"]) >= 2, f"gold/{story}: {f['about']}: fewer than two values")
    for p in g.get("plan", []):
        tally["plans"] += 1
        check(p["outcome"] in ("happened", "did_not_happen", "open"), f"gold/{story}: outcome {p['outcome']}")
        points(p["announced"], p["what"])
        points(p["settled"], p["what"])
        check(bool(p["settled"]) == (p["outcome"] != "open"), f"gold/{story}: {p['what']}: settled or open?")
        for e in p["settled"]:
            check(all(by_ref[e["article"]].published > by_ref[b["article"]].published for b in p["announced"]), f"gold/{story}: {p['what']}: settled before it was announced")
    for o in g.get("only", []):
        tally["only"] += 1
        points([o], "only")
        check(by_ref[o["article"]].access == "full", f"gold/{story}: only here needs a full report")
        others = [a for a in stories[story] if a.ref != o["article"] and (a.derivation or "").split(" of ")[-1] != o["article"]]
        check(not any(o["text"] in a.text() for a in others), f"gold/{story}: not only in {o['article']}: {o['text']!r}")
    for other in g.get("apart", []):
        check(other in gold, f"gold/{story}: apart from {other}, which is not there")

# Pages.
for a in articles:
    for n in range(len(a.revisions)):
        bytes_ = page(a, n, templates[a.outlet["template"]], words, articles)
        if "--write" in sys.argv:
            place = pathlib.Path(sys.argv[sys.argv.index("--write") + 1]) / a.outlet["id"]
            place = place / (a.path.strip("/") + (f".{n}" if n else "") + ".html")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(bytes_)
for name, t in templates.items():
    check("Sample press of Parallax" in t, f"{name} does not say that it is sample press")

# Every planted trap.
languages = {a.language for a in articles}
days = Counter(a.published.astimezone(timezone.utc).date().isoformat() for a in articles)
figures = [(s, f) for s, g in gold.items() for f in g.get("figure", [])]
plans = [(s, p) for s, g in gold.items() for p in g.get("plan", [])]
carriers = defaultdict(list)
for a in articles:
    if a.derivation:
        carriers[a.derivation.split(" of ")[1]].append(a)


def silent(story, code):
    """The outlets of that country have nothing on the story, and at least three other articles on its main day."""
    day = Counter(a.published.date() for a in stories[story]).most_common(1)[0][0]
    there = [a for a in articles if a.outlet["country"] == code and a.published.date() == day]
    return not any(a.outlet["country"] == code for a in stories[story]) and len(there) >= 3 and {a.outlet["id"] for a in there} == {o for o in country if country[o] == code}


def unclosed(t):
    return sum(t.count(f"<{x}>") + t.count(f"<{x} ") - t.count(f"</{x}>") for x in ("div", "td", "table", "span", "b", "a")) > 5


def depth(t):
    """How deep tables lie within tables."""
    deep = most = 0
    for close in re.findall(r"(?i)<(/?)table\b", t):
        deep += -1 if close else 1
        most = max(most, deep)
    return most


def languages_of(u):
    return {by_ref[r["article"]].language for r in u["renderings"]}


kinds = Counter(a.kind for a in articles)
traps = {
    "wire copy carried by four outlets, one with edits, one translated": any(
        by_ref[of].outlet["kind"] == "agency" and len({a.outlet["id"] for a in c}) >= 4
        and any(a.derivation.startswith("rewritten") and a.language == by_ref[of].language for a in c)
        and any(a.language != by_ref[of].language for a in c) and all(a.head.get("agency") for a in c)
        for of, c in carriers.items()),
    "an article corrected twice": any(len(a.revisions) >= 3 for a in articles),
    "a toll that rises over days": any(
        f["verdict"] == "changed" and f["consequence"] == 3 and len({by_ref[v["article"]].published.date() for v in f["values"]}) >= 4 for _, f in figures),
    "figures that conflict": sum(f["verdict"] == "conflict" for _, f in figures) >= 3,
    "one quote in four renderings and three languages": any(
        len(u["renderings"]) >= 4 and len(languages_of(u)) >= 3 for g in gold.values() for u in g.get("utterance", [])),
    "renderings that say different things": any(u["wording"] == "conflict" for g in gold.values() for u in g.get("utterance", [])),
    "an event announced that does not happen": any(p["outcome"] == "did_not_happen" for _, p in plans),
    "events announced that do happen": sum(p["outcome"] == "happened" for _, p in plans) >= 3,
    "a story that one country's press ignores": any(silent(s, c) for s, g in gold.items() for c in g.get("blind", [])),
    "look-alike stories that must stay apart": sum(s in gold[o].get("apart", []) for s, g in gold.items() for o in g.get("apart", [])) >= 6,
    "a repost with its original's link": any(a.outlet["kind"] == "blog" and a.head.get("original") for a in articles),
    "a column within a story": any(a.kind == "opinion" and a.story != "alone" for a in articles),
    "results, weather, markets, gallery, listing, opinion": all(kinds[k] for k in "results weather markets gallery listing opinion".split()),
    "a paywalled item": any(a.access == "excerpt" for a in articles),
    "a headline-only item": any(a.access == "headline" for a in articles),
    "a listing page": any(a.kind == "listing" and any(p.startswith("* ") for p in a.revisions[0][2]) for a in articles),
    "broken HTML: unclosed tags": any(unclosed(templates[o["template"]]) for o in outlets),
    "broken HTML: nested tables": any(depth(templates[o["template"]]) >= 3 for o in outlets),
    "mojibake in a Greek or Russian article": any(a.head.get("garble") and a.language in ("el", "ru") for a in articles),
    "two legacy encodings or more": len({o["encoding"] for o in outlets} - {"utf-8"}) >= 2,
    "three kinds of feed, RSS most": Counter(o["feed"] for o in outlets).most_common(1)[0][0] == "rss" and len({o["feed"] for o in outlets}) == 3,
    "two outlets of one owner": max(Counter(o["owner"] for o in outlets if "owner" in o).values(), default=0) >= 2,
}
for trap, there in traps.items():
    check(there, f"not planted: {trap}")
for what, have, want in (
    ("articles", len(articles), 90), ("outlets", len({a.outlet["id"] for a in articles}), 12), ("countries", len({a.outlet["country"] for a in articles}), 9),
    ("languages", len(languages), 8), ("stories", len(stories), 16), ("days", len(days), 4), ("templates", len(templates), 6),
):
    check(have >= want, f"{have} {what}, wanted {want}")
check({"en", "es", "de", "fr", "ru", "ar", "zh", "el"} <= languages, "a wanted language is missing")
for s, of_story in stories.items():
    check(2 <= len(of_story) <= 9, f"{s} has {len(of_story)} articles")
    check(len({a.outlet["id"] for a in of_story}) >= 2, f"{s} is told by one outlet")

print(f"{len(articles)} articles ({sum(len(a.revisions) - 1 for a in articles)} later revisions) of {len(outlets)} outlets in {len({o['country'] for o in outlets})} "
      f"countries and {len(languages)} languages: {' '.join(f'{l} {n}' for l, n in Counter(a.language for a in articles).most_common())}")
print("days:", ", ".join(f"{d} {n}" for d, n in sorted(days.items())))
print("kinds:", ", ".join(f"{k} {n}" for k, n in kinds.most_common()), "· feeds:", dict(Counter(o["feed"] for o in outlets)), "· encodings:", ", ".join(sorted({o["encoding"] for o in outlets})))
print(f"{len(stories)} stories, {sum(a.story == 'alone' for a in articles)} single articles; gold:", ", ".join(f"{n} {k}" for k, n in tally.items()))
for s in sorted(stories, key=lambda s: -len(stories[s])):
    print(f"  {s:18} {len(stories[s])} articles, {len({a.outlet['country'] for a in stories[s]})} countries, {len({a.language for a in stories[s]})} languages")
print(f"{sum(traps.values())} of {len(traps)} traps planted")
for message in wrong:
    print("WRONG", message)
sys.exit(bool(wrong))
