//! The articles, numbered: title, outlet, carrier, date, how much could be read, whose copy it is, and its address.

use super::layout::plain;
use super::page::{Ink, Page};
use super::told::{Told, mark, when};
use parallax_core::almanac::Almanac;
use parallax_core::model::{Access, Article, ArticleId, ArticleKind, Derivation};
use std::collections::BTreeSet;

/// One entry an article.
pub fn section(told: Told<'_>, almanac: &Almanac, page: &mut Page) {
    page.heading("The articles", "");
    let shown = if page.style.all { told.story.takes.len() } else { 25 };
    for (n, take) in told.story.takes.iter().enumerate().take(shown) {
        let label = page.style.ink(Ink::Accent, &mark(n));
        page.labelled(2, &label, 5, Ink::Plain, &told.title(n));
        let mut notes = vec![outlet(told, n, almanac)];
        notes.extend(take.article.published.map(|m| when(&m.day().to_string())));
        notes.extend(language(take.annotations.language.as_deref().or(take.article.language.as_deref())));
        notes.extend(kind(take.article.kind).map(str::to_owned));
        notes.push(access(take.article.access).to_owned());
        notes.extend(derivation(told, take.derivation));
        page.text(7, Ink::Faint, &notes.join(" · "));
        if let Some(url) = &take.article.url {
            page.text(7, Ink::Faint, &plain(url));
        }
    }
    super::more(told.story.takes.len(), shown, 2, page);
    let languages: BTreeSet<_> = told.story.takes.iter().filter_map(|t| t.annotations.language.as_deref()).collect();
    let unmeasured: Vec<_> = languages.into_iter().filter_map(|l| unmeasured(l, almanac)).collect();
    if !unmeasured.is_empty() {
        let all = unmeasured.join("; ");
        page.blank();
        page.text(2, Ink::Faint, &format!("How well the desk does here is not measured yet: {all}."));
    }
}

/// "names, dates in Spanish": the tasks that too few gold items measure in a language.
pub fn unmeasured(code: &str, almanac: &Almanac) -> Option<String> {
    let primary = code.split('-').next().unwrap_or(code);
    let tasks = almanac.measured.unmeasured(primary);
    (!tasks.is_empty()).then(|| format!("{} in {}", tasks.join(", "), language(Some(code)).unwrap_or_default()))
}

fn outlet(told: Told<'_>, article: usize, almanac: &Almanac) -> String {
    let Article { outlet, carrier, agencies, .. } = told.take(article).article;
    let mut name = told.outlet(article);
    if let Some(country) = outlet.as_ref().and_then(|o| o.country.as_deref()) {
        let known = almanac.outlets.country_of_code(country).and_then(|facts| facts.names.first());
        name += &format!(" ({})", known.map_or(country, String::as_str));
    }
    if !agencies.is_empty() {
        name += &format!(", with {}", plain(&agencies.join(", ")));
    }
    if let Some(carrier) = carrier.as_ref().and_then(|c| c.name.as_deref().or(c.domain.as_deref())) {
        name += &format!(", carried by {}", plain(carrier));
    }
    name
}

/// What sort of text it is, where it is no plain report.
pub fn kind(kind: ArticleKind) -> Option<&'static str> {
    match kind {
        ArticleKind::Report | ArticleKind::Other => None,
        ArticleKind::Opinion => Some("opinion, has no vote"),
        other => Some(other.word()),
    }
}

/// How much of it could be read.
pub fn access(access: Access) -> &'static str {
    match access {
        Access::Full => "read in full",
        Access::Excerpt => "only its beginning could be read",
        Access::Headline => "only its headline could be read",
        Access::Refused => "the outlet refused to show it",
        Access::Notice => "no article: a notice or a sign-up form",
    }
}

fn derivation(told: Told<'_>, derivation: &Derivation) -> Option<String> {
    let of = |id: &ArticleId| {
        let known = told.story.takes.iter().position(|t| t.article.id == *id);
        known.map_or_else(|| plain(&id.0), mark)
    };
    match derivation {
        Derivation::Original => None,
        Derivation::Rewritten(id) => Some(format!("made from {}", of(id))),
        Derivation::Verbatim(id) => Some(format!("the same text as {}", of(id))),
    }
}

/// A language's English name, for the languages the desk has data for; else its code.
pub fn language(code: Option<&str>) -> Option<String> {
    const NAMES: [(&str, &str); 18] = [
        ("en", "English"),
        ("es", "Spanish"),
        ("fr", "French"),
        ("de", "German"),
        ("pt", "Portuguese"),
        ("it", "Italian"),
        ("ru", "Russian"),
        ("uk", "Ukrainian"),
        ("pl", "Polish"),
        ("el", "Greek"),
        ("tr", "Turkish"),
        ("ar", "Arabic"),
        ("fa", "Persian"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("zh", "Chinese"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
    ];
    let code = code?;
    let primary = code.split('-').next().unwrap_or(code);
    Some(NAMES.iter().find(|(c, _)| *c == primary).map_or(code, |(_, name)| name).to_owned())
}
