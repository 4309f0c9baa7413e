//! A seed → the press of a world that never was: as many articles as one wants, in forty languages, in bursts, in order of time.
//!
//! What is measured on it is speed, size and memory; whether stories are told apart well is for the real sets to say. Its words are
//! Zipf's, its happenings are of all sizes (twice as large, half as likely), its reports are own work, copies, edited copies and
//! corrections, and people and towns come up again and again. The same seed gives the same press; a longer one begins as a shorter.

pub mod dice;
mod file;
mod happening;
mod page;
mod tongue;
mod writing;

pub use file::{Args, run};
pub use page::feed;
pub use writing::Text;

use dice::Dice;
use happening::{Happening, Outlet};
use parallax_core::almanac::Almanac;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use tongue::{LANGUAGES, Tongue};

/// Minutes from 1970 to the first of January 2026, when the generated press begins.
const BEGINS: u64 = 29_453_760;

/// How the press is.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Other seeds, other presses.
    pub seed: u64,
    /// Articles a day.
    pub a_day: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { seed: 1, a_day: 2_000 }
    }
}

/// An article of the generated press.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its address.
    pub url: String,
    /// Its outlet's name.
    pub outlet: String,
    /// Its outlet's host.
    pub host: String,
    /// Its outlet's country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// BCP 47 primary subtag.
    pub language: &'static str,
    /// Minutes since 1970.
    pub minute: u64,
    /// The happening it tells: the gold.
    pub happening: u64,
    /// What it says.
    pub text: Text,
}

impl Report {
    /// When it was published, ISO 8601.
    #[must_use]
    pub fn when(&self) -> String {
        // The civil date of a day counted from 1970: Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
        let days = self.minute / 1440 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let (day, shown) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
        let year = era * 400 + year + u64::from(shown <= 2);
        format!("{year}-{shown:02}-{day:02}T{:02}:{:02}:00+00:00", self.minute / 60 % 24, self.minute % 60)
    }

    /// As a line of JSON lines that `import` takes.
    #[must_use]
    pub fn as_json(&self) -> serde_json::Value {
        serde_json::json!({
            "id": self.url,
            "url": self.url,
            "title": self.text.title,
            "text": self.text.paragraphs.join("\n\n"),
            "date": self.when(),
            "source": self.outlet,
            "lang": self.language,
            "country": self.country,
        })
    }
}

/// The press, article after article, without end.
pub struct Press {
    settings: Settings,
    almanac: &'static Almanac,
    /// Of each language, once somebody writes in it.
    tongues: Vec<OnceCell<Tongue>>,
    outlets: Vec<Outlet>,
    /// Minutes since the beginning, in a hundredth: when the next happening becomes known.
    clock: u64,
    happenings: u64,
    /// (minute, happening, report): what is to be told.
    coming: BinaryHeap<Reverse<(u64, u64, usize)>>,
    open: BTreeMap<u64, Open>,
}

/// A happening that is still being told, with what was written of it.
struct Open {
    of: Happening,
    dice: Dice,
    written: Vec<(usize, usize, Text)>,
}

impl Press {
    /// A press that has told nothing yet.
    #[must_use]
    pub fn new(settings: Settings, almanac: &'static Almanac) -> Self {
        Press {
            almanac,
            tongues: LANGUAGES.iter().map(|_| OnceCell::new()).collect(),
            outlets: (0..happening::OUTLETS).map(|number| happening::outlet(settings.seed, number)).collect(),
            settings,
            clock: 0,
            happenings: 0,
            coming: BinaryHeap::new(),
            open: BTreeMap::new(),
        }
    }

    /// The page on which a report stands.
    #[must_use]
    pub fn page(&self, report: &Report) -> String {
        let language = LANGUAGES.iter().position(|code| *code == report.language).unwrap_or(0);
        page::page(report, self.tongue(language))
    }

    fn tongue(&self, language: usize) -> &Tongue {
        self.tongues[language].get_or_init(|| Tongue::learn(LANGUAGES[language], self.settings.seed, self.almanac))
    }

    /// Lets happenings come about until the next thing to be told is of one that has.
    fn come_about(&mut self) {
        while self.coming.peek().is_none_or(|Reverse((minute, ..))| *minute > BEGINS + self.clock / 100) {
            let of = Happening::new(self.settings.seed, self.happenings, BEGINS + self.clock / 100);
            let told = of.reports.len() as u64;
            self.coming.extend((0..).zip(&of.reports).map(|(n, (minute, _))| Reverse((*minute, of.number, n))));
            let dice = Dice::of(self.settings.seed, "telling", of.number);
            self.open.insert(of.number, Open { of, dice, written: Vec::new() });
            self.happenings += 1;
            self.clock += told * 144_000 / self.settings.a_day.max(1);
        }
    }

    /// Writes the report of a happening: its own work, or another's, or its own once more.
    fn write(&mut self, minute: u64, number: u64, report: usize) -> Option<Report> {
        let mut open = self.open.remove(&number)?;
        let outlet = open.of.reports.get(report)?.1;
        let tongue = self.tongue(outlet / 10 % LANGUAGES.len());
        let dice = &mut open.dice;
        let mine = open.written.iter().rfind(|(of, ..)| *of == outlet).cloned();
        let same: Vec<&Text> =
            open.written.iter().filter(|(of, ..)| of / 10 == outlet / 10).map(|(_, _, text)| text).collect();
        let (at, text) = match (mine, dice.below(10)) {
            (Some((_, at, text)), 0..4) => (at, writing::corrected(&text, &open.of, tongue, dice)),
            (None, 0..2) if !same.is_empty() => (report, (*dice.one(&same)).clone()),
            (None, 2..4) if !same.is_empty() => {
                (report, writing::edited(same[dice.below(same.len())], &open.of, tongue, dice))
            }
            _ => (report, writing::report(&open.of, tongue, dice)),
        };
        open.written.push((outlet, at, text.clone()));
        let Outlet { name, host, country } = self.outlets[outlet].clone();
        let url = format!("https://{host}/2026/{number}-{at}");
        let language = tongue.code;
        if open.written.len() < open.of.reports.len() {
            self.open.insert(number, open);
        }
        Some(Report { url, outlet: name, host, country, language, minute, happening: number, text })
    }
}

impl Iterator for Press {
    type Item = Report;

    fn next(&mut self) -> Option<Report> {
        self.come_about();
        let Reverse((minute, number, report)) = self.coming.pop()?;
        self.write(minute, number, report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_is_the_same_every_time_in_order_and_of_all_sorts() {
        let almanac = parallax_almanac::almanac();
        let told: Vec<Report> = Press::new(Settings::default(), almanac).take(1_500).collect();
        let again = Press::new(Settings::default(), almanac).take(300);
        assert!(told.iter().zip(again).all(|(a, b)| a.as_json() == b.as_json()));
        assert!(told.windows(2).all(|pair| pair[0].minute <= pair[1].minute));
        let days = (told[1_499].minute - told[0].minute) / 1440;
        assert!((0..=3).contains(&days), "{days}: some happenings are told for days");
        let count = |key: fn(&Report) -> String| told.iter().map(key).collect::<std::collections::BTreeSet<_>>().len();
        let (addresses, texts) = (count(|r| r.url.clone()), count(|r| r.text.paragraphs.join("\n")));
        assert!(addresses < 1_500 && texts < 1_450, "{addresses} addresses, {texts} texts: corrections and copies");
        assert!(count(|r| r.language.to_owned()) > 30 && count(|r| r.happening.to_string()) > 150);
        assert!(count(|r| r.country.clone().unwrap_or_default()) > 40, "a press of many countries");
    }

    #[test]
    fn a_page_is_read_as_the_report_that_it_shows() {
        let almanac = parallax_almanac::almanac();
        let mut press = Press::new(Settings::default(), almanac);
        let report = press.by_ref().find(|r| r.language == "en" && r.text.paragraphs.len() > 3).expect("there is one");
        let page = parallax_core::model::Page {
            id: parallax_core::model::ArticleId(report.url.clone()),
            url: None,
            format: parallax_core::model::Format::Html,
            charset: None,
            bytes: press.page(&report).into_bytes(),
        };
        let article = parallax_core::extract::article(&page, almanac);
        assert_eq!(article.title.as_deref(), Some(report.text.title.as_str()));
        assert!(report.text.paragraphs.iter().all(|p| article.text.contains(p.as_str())));
        assert_eq!(article.published.map(|m| m.minutes()), i64::try_from(report.minute).ok());
        let feed = parallax_core::feed::parse(feed(&[report]).as_bytes()).expect("a feed");
        assert_eq!(feed.entries.len(), 1);
    }
}
