//! What a page gives as its titles → the headline without the site's name, the site's name, and labels beside the headline.

use super::markup::decode;
use crate::text::fold;
use std::collections::BTreeSet;

/// What parts a headline from a site's name or a label.
const BARS: [&str; 10] = [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", "_", "｜", "|"];
/// A site's name or a label has no more words…
const NAME_WORDS: usize = 6;
/// …and no more letters.
const NAME_CHARS: usize = 48;

/// A title in single spaces, entities decoded.
#[must_use]
pub fn clean(title: &str) -> String {
    decode(title).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The best of several titles, in the order of trust, without the site's name after a dash or bar.
#[must_use]
pub fn title(candidates: &[Option<String>; 4], site: Option<&str>) -> Option<String> {
    let heading = candidates[2].as_deref().map(clean);
    let all: Vec<String> =
        candidates.iter().flatten().map(|title| clean(title)).filter(|title| !title.is_empty()).collect();
    let best = all.first()?;
    // What a page shows as its heading and also has in its title is the headline, exactly as set.
    if let Some(heading) = heading
        .filter(|heading| heading.chars().count() >= 15 && all.iter().any(|other| other.contains(heading.as_str())))
    {
        let shared = all.iter().filter(|other| other.contains(heading.as_str())).count();
        if shared >= 2 {
            return Some(heading);
        }
    }
    Some(without_site(best, site).to_owned())
}

fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let cut = title.rfind([' ', '\u{A0}']).and_then(|_| {
        [" | ", " - ", " – ", " — ", " · ", " » ", " :: "]
            .iter()
            .filter_map(|bar| title.rfind(bar).map(|at| (at, bar.len())))
            .max()
    });
    let Some((at, length)) = cut else { return title };
    let (head, last) = (&title[..at], &title[at + length..]);
    let plain = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let named = site.is_some_and(|site| {
        let (site, last) = (plain(site), plain(last));
        !last.is_empty() && (site.contains(&last) || last.contains(&site))
    });
    let bar = title[at..].trim_start().starts_with(['|', '»', '·']) || title[at..].starts_with(" :: ");
    let short = last.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 3;
    if named || (bar && short) { without_site(head, site) } else { title }
}

/// Of a page that names its site nowhere: the headline and the site's name, where the page shows both as lines of their own.
/// "The Name: The headline" and "The headline_The name" are read alike.
#[must_use]
pub fn parted<'a>(title: &'a str, lines: &[&str]) -> Option<(&'a str, &'a str)> {
    let lines: BTreeSet<String> = lines.iter().map(|line| fold(line)).collect();
    let shown = |part: &str| lines.contains(&fold(part));
    let halves = |bar: &str| {
        let cuts = [title.find(bar), title.rfind(bar)];
        cuts.into_iter().flatten().map(|at| (title[..at].trim(), title[at + bar.len()..].trim())).collect::<Vec<_>>()
    };
    for (first, last) in BARS.iter().chain(&[": ", "："]).flat_map(|bar| halves(bar)) {
        for (name, headline) in [(first, last), (last, first)] {
            let longer = headline.chars().count() > name.chars().count();
            if longer && is_short(name) && shown(name) && shown(headline) {
                return Some((headline, name));
            }
        }
    }
    None
}

fn is_short(name: &str) -> bool {
    !name.is_empty() && name.chars().count() <= NAME_CHARS && name.split_whitespace().count() <= NAME_WORDS
}

/// What stands before a colon or beside a bar in a title, or in brackets at its end: "Opinion: …", "… | Comment", "… (Video)".
#[must_use]
pub fn labels(title: &str) -> Vec<String> {
    let title = clean(title);
    let mut parts: Vec<&str> = vec![&title];
    for bar in BARS {
        parts = parts.into_iter().flat_map(|part| part.split(bar)).collect();
    }
    let whole = parts.len() == 1;
    let mut labels: Vec<&str> = parts.iter().copied().filter(|part| !whole && is_short(part)).collect();
    for part in &parts {
        labels.extend(part.split_once([':', '：', '.', '。']).map(|(label, _)| label).filter(|label| is_short(label)));
        let bracketed = part.trim_end().strip_suffix([')', ']', '）', '】']);
        labels.extend(bracketed.and_then(|part| part.rsplit_once(['(', '[', '（', '【'])).map(|(_, label)| label));
        let opening = part.trim_start().strip_prefix(['[', '【', '(', '（', '「']);
        labels.extend(opening.and_then(|part| part.split_once([']', '】', ')', '）', '」'])).map(|(label, _)| label));
    }
    labels.into_iter().map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()).collect()
}
