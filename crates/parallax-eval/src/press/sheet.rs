//! Verdicts on single items → shares, overall and by language, and the cases to read.

use std::collections::BTreeMap;
use std::fmt::Write;

/// So many of so many.
#[derive(Clone, Copy, Default, Debug)]
pub struct Share {
    /// Of them right.
    pub right: f64,
    /// All.
    pub of: f64,
}

impl Share {
    /// From 0 to 1; nothing asked is nothing wrong.
    pub fn value(self) -> f64 {
        if self.of == 0.0 { 1.0 } else { self.right / self.of }
    }

    fn add(&mut self, right: f64, of: f64) {
        self.right += right;
        self.of += of;
    }
}

/// What is written down while scoring.
#[derive(Default)]
pub struct Sheet {
    shares: BTreeMap<&'static str, Share>,
    languages: BTreeMap<String, BTreeMap<&'static str, Share>>,
    counts: BTreeMap<&'static str, u32>,
    /// Area and words: what to read.
    pub cases: Vec<(&'static str, String)>,
}

/// The columns of a language's row that make up what was read of its articles…
const READ: [&str; 6] = ["title", "time", "kind", "access", "text_r", "text_p"];
/// …and what was found in them.
const TOLD: [&str; 5] = ["quote_found", "quote_pair_r", "value_found", "ledger_pair_r", "only_r"];

impl Sheet {
    /// One item.
    pub fn count(&mut self, what: &'static str, language: &str, right: bool) {
        self.weigh(what, language, f64::from(u8::from(right)), 1.0);
    }

    /// So much of so much. No language: overall alone.
    pub fn weigh(&mut self, what: &'static str, language: &str, right: f64, of: f64) {
        self.shares.entry(what).or_default().add(right, of);
        if !language.is_empty() {
            self.languages.entry(language.to_owned()).or_default().entry(what).or_default().add(right, of);
        }
    }

    /// Something of which there should be none.
    pub fn wrong(&mut self, what: &'static str, times: u32) {
        *self.counts.entry(what).or_default() += times;
    }

    /// Something to read.
    pub fn case(&mut self, area: &'static str, words: String) {
        self.cases.push((area, words));
    }

    /// Every figure by name: shares, their F1 where there are both sides, counts (`false_…`: less is better), languages (`read:xx`, `told:xx`).
    pub fn figures(&self) -> BTreeMap<String, f64> {
        let mut figures: BTreeMap<String, f64> = BTreeMap::new();
        for (name, share) in &self.shares {
            figures.insert((*name).to_owned(), share.value());
            let Some(whole) = name.strip_suffix("_r") else { continue };
            if let Some(p) = self.shares.get(format!("{whole}_p").as_str()) {
                let (p, r) = (p.value(), share.value());
                figures.insert(format!("{whole}_f1"), if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) });
            }
        }
        figures.extend(self.counts.iter().map(|(name, count)| ((*name).to_owned(), f64::from(*count))));
        for (language, row) in &self.languages {
            for (name, parts) in [("read", &READ[..]), ("told", &TOLD[..])] {
                figures.insert(format!("{name}:{language}"), together(row, parts).value());
            }
        }
        figures
    }

    /// The table: what is right of what, then a row a language.
    pub fn report(&self) -> String {
        let mut report = String::new();
        for (name, share) in &self.shares {
            let _ = writeln!(report, "  {name:16} {:.3}  {:.0} of {:.0}", share.value(), share.right, share.of);
        }
        for (name, count) in &self.counts {
            let _ = writeln!(report, "  {name:16} {count}");
        }
        let columns = [&READ[..], &TOLD[..], &["b3_r", "b3_p"]].concat();
        let _ = writeln!(report, "by language{}", columns.iter().map(|c| format!(" {c:>13}")).collect::<String>());
        for (language, row) in &self.languages {
            let cell = |column: &&str| match row.get(column) {
                Some(share) => format!(" {:>6.3} ({:>4.0})", share.value(), share.of),
                None => format!(" {:>13}", "–"),
            };
            let _ = writeln!(report, "         {language}{}", columns.iter().map(cell).collect::<String>());
        }
        report
    }
}

/// Each part weighs alike, however many items it has.
fn together(row: &BTreeMap<&'static str, Share>, parts: &[&str]) -> Share {
    let mut whole = Share::default();
    for share in parts.iter().filter_map(|part| row.get(part)).filter(|share| share.of > 0.0) {
        whole.add(share.value(), 1.0);
    }
    whole
}
