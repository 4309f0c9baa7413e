//! What a form of the desk's own pages sends → its fields; and what a form offers to choose from.

use super::words::{country, languages};
use super::world::PLACES;
use crate::limits::FORM_BYTES;
use axum::body::to_bytes;
use axum::extract::{Form, FromRequest, Request};

/// The fields of a form, in their order; one name may come more than once.
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a form; `None` where it is none, or too long.
    pub async fn of(request: Request) -> Option<Self> {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, FORM_BYTES).await.ok()?;
        let request = Request::from_parts(head, body.into());
        Form::<Vec<(String, String)>>::from_request(request, &()).await.ok().map(|form| Fields(form.0))
    }

    /// What was given under a name, first; without what surrounds it.
    pub fn get<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// All that was given under a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(named, _)| named == name).map(|(_, said)| said.trim())
    }

    /// The languages that were chosen, in a line, the best first; `None` where none was.
    pub fn reads(&self) -> Option<String> {
        let chosen: Vec<&str> = self.all("reads").filter(|said| !said.is_empty()).collect();
        (!chosen.is_empty()).then(|| chosen.join(","))
    }
}

/// Something to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub name: String,
    /// Is it the one?
    pub is_chosen: bool,
}

fn choices(all: impl Iterator<Item = (String, String)>, chosen: &str, none: &str) -> Vec<Choice> {
    let mut all: Vec<(String, String)> = all.collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    // One that the list does not have, but its owner has written.
    if !chosen.is_empty() && all.iter().all(|(value, _)| value != chosen) {
        all.insert(0, (chosen.to_owned(), chosen.to_owned()));
    }
    all.insert(0, (String::new(), none.to_owned()));
    let choice = |(value, name): (String, String)| Choice { is_chosen: value == chosen, value, name };
    all.into_iter().map(choice).collect()
}

/// The countries of the world.
pub fn countries(chosen: Option<&str>) -> Vec<Choice> {
    let all = PLACES.iter().map(|place| (place.code.to_owned(), country(place.code)));
    choices(all, chosen.unwrap_or(""), "Not said")
}

/// A choice among languages, the first, second, … that is read.
pub struct Reads {
    /// What it is called by.
    pub id: String,
    /// Which.
    pub label: String,
    /// Among what.
    pub choices: Vec<Choice>,
}

/// So many choices among languages: what is read, then some more.
pub fn reads(chosen: &[String], most: usize) -> Vec<Reads> {
    let all = || languages().map(|(code, name)| (code.to_owned(), name.to_owned()));
    let chosen = chosen.iter().map(String::as_str).chain(std::iter::repeat(""));
    let reads = |(n, chosen): (usize, &str)| Reads {
        id: format!("reads-{n}"),
        label: format!("Language {n}"),
        choices: choices(all(), chosen, "None"),
    };
    (1..).zip(chosen.take(most)).map(reads).collect()
}

/// The languages that a browser asks for, the dearest first, as far as they have a name here.
pub fn asked_for(accept: &str) -> Vec<String> {
    let weighed = |part: &str| {
        let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
        let known = languages().any(|(code, _)| code == primary);
        let weight: f64 = weight.trim().parse().ok()?;
        (known && weight > 0.0).then_some((primary, weight))
    };
    let mut all: Vec<(String, f64)> = accept.split(',').filter_map(weighed).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut tags: Vec<String> = Vec::new();
    for (tag, _) in all {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_says_what_its_reader_reads() {
        assert_eq!(asked_for("de-AT,de;q=0.9,en;q=0.7, fr ;q=0.8"), ["de", "fr", "en"]);
        assert!(asked_for("*, x-klingon, en;q=0, 3").is_empty() && asked_for("").is_empty());
    }

    #[test]
    fn what_is_offered_has_what_was_chosen() {
        let of = |chosen: Option<&str>| countries(chosen).into_iter().find(|c| c.is_chosen).expect("one").name;
        assert_eq!((of(Some("DE")), of(None)), ("Germany".to_owned(), "Not said".to_owned()));
        let reads = reads(&["pt-BR".to_owned(), "en".to_owned()], 3);
        let chosen: Vec<_> =
            reads.iter().map(|r| r.choices.iter().find(|c| c.is_chosen).expect("one").name.clone()).collect();
        assert_eq!(chosen, ["pt-BR", "English", "None"]);
    }
}
