//! What the core tells of every page and of whose work it is, held against the headers that the page was made from.

use super::reading::page;
use super::{PRESS, revisions};
use crate::input::{Input, Item};
use crate::pipeline::{self, Folder};
use parallax_core::model::{Article, Derivation, Moment};
use std::collections::BTreeMap;

/// Of a hundred facts, so many are told as they are. It only rises.
const FLOOR: usize = 98;

/// How often a fact is told as it is, and which are not.
#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
    wrong: String,
}

impl Tally {
    fn count(&mut self, of: &str, expected: &str, told: &str) {
        self.all += 1;
        if expected == told {
            self.right += 1;
        } else {
            self.wrong += &format!("  {of}: {expected:?}, told {told:?}\n");
        }
    }

    /// Of a hundred, at least `floor` are right.
    fn check(&self, what: &str, floor: usize) {
        println!("{what}: {} of {}\n{}", self.right, self.all, self.wrong);
        assert!(self.right * 100 >= self.all * floor, "{what}: {} of {}\n{}", self.right, self.all, self.wrong);
    }
}

fn day(moment: Option<Moment>) -> String {
    moment.map_or_else(String::new, |moment| moment.minutes().div_euclid(1440).to_string())
}

#[test]
fn every_page_is_told_for_what_it_is() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for (desk, article, revision) in revisions().filter(|(_, article, _)| !article.is_entry_only()) {
        let Article { title, authors, agencies, published, access, kind, .. } =
            super::reading::read(desk, article, revision);
        let of = format!("{}{}", desk.outlet.id, article.path);
        let mut told = |what, expected: &str, told: &str| tallies.entry(what).or_default().count(&of, expected, told);
        told("kind", article.header("gold-kind"), kind.word());
        told("access", article.header("gold-access"), access.word());
        if article.garble.is_none() {
            told("title", revision.title, title.as_deref().unwrap_or_default());
        }
        told("authors", &article.authors.join(", "), &authors.join(", "));
        told("agencies", article.header("agency"), &agencies.join(", "));
        let written = article.published().instant().as_second().div_euclid(86_400).to_string();
        told("day", &written, &day(published));
    }
    for what in ["access", "agencies", "authors", "day", "kind", "title"] {
        tallies[what].check(what, FLOOR);
    }
}

#[test]
fn copies_are_told_from_work_of_ones_own() {
    let mut all: Vec<_> =
        PRESS.desks.iter().flat_map(|desk| desk.articles.iter().map(move |article| (desk, article))).collect();
    all.retain(|(_, article)| !article.is_entry_only());
    all.sort_by_key(|(_, article)| article.published().instant());
    let almanac = parallax_almanac::almanac();
    let mut folder = Folder::default();
    let (mut tally, mut missed, mut wrong) = (Tally::default(), 0, 0);
    for (desk, article) in all {
        let input = Input { item: Item::Page(page(desk, article, &article.revisions[0])), problems: Vec::new() };
        let understood = pipeline::understand(Ok(input), almanac).expect("it is read");
        let placement = folder.place(&understood, almanac).expect("each address once");
        let told = match &placement.derivation {
            Derivation::Original => String::new(),
            other => {
                let of = other.of().expect("a copy is of something").0.trim_start_matches("http://");
                format!("{} of {}", other.word(), of.replace(".example/", "/"))
            }
        };
        let gold = article.header("gold-derivation");
        missed += usize::from(!gold.is_empty() && told.is_empty());
        wrong += usize::from(gold.is_empty() && !told.is_empty());
        tally.count(&format!("{}{}", desk.outlet.id, article.path), gold, &told);
    }
    println!("copies taken for work of their own: {missed}; the other way round: {wrong}");
    tally.check("derivation", FLOOR);
}
