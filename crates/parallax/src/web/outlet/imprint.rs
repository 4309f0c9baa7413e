//! What the catalogue says of an outlet → who owns it, what its state has to do with it, its editions: with source, date, and what nobody looked up.

use super::known::Known;
use crate::web::sheet::primary;
use crate::web::words::{count, language, link, plain};
use parallax_core::almanac::{CatalogueOutlet, Edition, State};

/// A fact with what it rests on.
pub struct Fact {
    /// What it is.
    pub words: String,
    /// Has nobody looked it up?
    pub is_asked: bool,
    /// Who says so, and when.
    pub source: String,
}

/// One of its editions, or a language in which there are articles of it.
pub struct InLanguage {
    pub language: String,
    pub told: String,
    /// Its front page.
    pub site: Option<String>,
}

/// What stands in an imprint.
pub struct Imprint {
    /// Its kind, where the catalogue says.
    pub kind: Option<&'static str>,
    /// Its name in its own script, and what that is written in.
    pub native: Option<(String, String)>,
    pub owner: Option<Fact>,
    pub state: Option<Fact>,
    /// Why no label stands there.
    pub no_label: Option<&'static str>,
    pub editions: Vec<InLanguage>,
    /// Is a question mark among it, that must be explained?
    pub is_asked: bool,
    /// Does the catalogue have it?
    pub is_listed: bool,
}

impl Imprint {
    /// Of an outlet.
    pub fn of(known: &Known) -> Self {
        let listed = known.listed;
        let owner = listed.and_then(|outlet| outlet.owner.as_ref()).map(|owner| Fact {
            words: plain(&owner.name),
            is_asked: owner.checked.is_none(),
            source: sourced(&owner.source, &owner.as_of, owner.checked.as_deref()),
        });
        let state = listed.and_then(|outlet| outlet.state.as_ref());
        let label = state.and_then(State::label);
        let labelled = state.zip(label).map(|(state, label)| Fact {
            words: capital(label.word()),
            is_asked: state.checked.is_none(),
            source: format!("{} {}", answers(state), sourced(&state.source, &state.as_of, state.checked.as_deref())),
        });
        let no_label = match (listed, label) {
            (None, _) | (_, Some(_)) => None,
            _ if state.is_some() => Some("No label: what is known of it does not make one."),
            _ => Some("No label: nobody has answered the rule’s three questions here, which is no certificate."),
        };
        Imprint {
            kind: listed.map(|outlet| outlet.kind.word()),
            native: listed.and_then(native),
            is_asked: owner.iter().chain(&labelled).any(|fact| fact.is_asked),
            owner,
            state: labelled,
            no_label,
            editions: editions(known),
            is_listed: listed.is_some(),
        }
    }
}

fn native(outlet: &CatalogueOutlet) -> Option<(String, String)> {
    Some((plain(outlet.native.as_deref()?), outlet.home().language.as_str().to_owned()))
}

/// "Source: Form 10-K, 2023."; where no source is given, that.
fn sourced(source: &str, as_of: &str, checked: Option<&str>) -> String {
    if source.trim().is_empty() {
        return "No public source is given.".to_owned();
    }
    let looked = checked.map(|day| format!(", looked up on {}", plain(day))).unwrap_or_default();
    format!("Source: {}, {}{looked}.", plain(source).trim_end_matches('.'), plain(as_of))
}

/// "State-controlled".
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The rule's three questions with their answers.
fn answers(state: &State) -> String {
    let said = |answer: Option<bool>| match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "open",
    };
    format!(
        "Mostly paid for by the state: {}; owned or governed by it: {}; steered by it in what it reports: {}.",
        said(state.funding),
        said(state.governance),
        said(state.editorial)
    )
}

/// The editions that the catalogue has, with how much of each is here; then what else it was seen to write.
fn editions(known: &Known) -> Vec<InLanguage> {
    let here = |tongue: &str| known.tongues.iter().find(|t| t.language == tongue).map_or(0, |t| t.articles);
    let articles = |n: u64| match n {
        0 => "no article here yet".to_owned(),
        n => format!("{} here", count(usize::try_from(n).unwrap_or(0), "article", "articles")),
    };
    let listed: &[Edition] = known.listed.map_or(&[], |outlet| &outlet.editions);
    let mut all: Vec<InLanguage> = Vec::new();
    for edition in listed {
        let tag = edition.language.as_str();
        let public = if edition.abroad { "addressed abroad" } else { "for its own public" };
        let site = known.listed.map(|outlet| outlet.site(edition)).and_then(|site| link(&site));
        all.push(InLanguage {
            language: language(tag),
            told: format!("{public} · {}", articles(here(primary(tag)))),
            site,
        });
    }
    let is_listed = |tongue: &str| listed.iter().any(|edition| primary(edition.language.as_str()) == tongue);
    for tongue in known.tongues.iter().filter(|tongue| !is_listed(&tongue.language)) {
        all.push(InLanguage {
            language: plain(&language(&tongue.language)),
            told: articles(tongue.articles),
            site: None,
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_names_its_source_its_date_and_the_day_on_which_it_was_looked_up() {
        assert_eq!(sourced("Form 10-K.", "2023", None), "Source: Form 10-K, 2023.");
        assert_eq!(
            sourced("Form 10-K", "2023", Some("2026-11-28")),
            "Source: Form 10-K, 2023, looked up on 2026-11-28."
        );
        assert_eq!(sourced(" ", "2023", None), "No public source is given.");
    }
}
