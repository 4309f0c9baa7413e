//! A story as it is kept → its page: what its reports agree on, where they differ, who said what, what each alone has or leaves out.

mod agreed;
mod differences;
mod speakers;
mod takes;
mod timeline;

pub use differences::first_rank;
pub use takes::outlet_page;

use super::frame::Frame;
use super::shape::Story;
use super::sheet::{Sheet, outlet, primary};
use super::words::{count, country, language, link, plain, when};
use crate::store::{StoryLine, key};
use agreed::{Agreed, Coverage};
use askama::Template;
use differences::{Difference, Plan};
use speakers::Speaker;
use takes::Country;
use timeline::Day;

/// A headline in its own language, and one that the reader reads.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Headline {
    /// As its outlet wrote it.
    pub text: String,
    /// BCP 47.
    pub lang: String,
    /// That language's name, where it is none that the reader reads.
    pub language: Option<String>,
    /// Another report's headline in a language that the reader reads, with its outlet: never a translation.
    pub beside: Option<Beside>,
}

impl Headline {
    /// An article's own, alone; its language is named where the reader does not read it.
    pub fn of(title: Option<&str>, lang: Option<&str>, reads: &[String]) -> Self {
        let lang = lang.unwrap_or("und");
        let is_read = reads.iter().any(|reads| primary(reads) == primary(lang));
        Headline {
            text: plain(title.unwrap_or("(untitled)")),
            lang: lang.to_owned(),
            language: (!is_read).then(|| language(lang)),
            beside: None,
        }
    }
}

/// A headline of another report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beside {
    /// As its outlet wrote it.
    pub text: String,
    /// BCP 47.
    pub lang: String,
    /// Whose.
    pub outlet: String,
}

#[derive(Template)]
#[template(path = "story.html")]
pub struct StoryPage {
    frame: Frame,
    headline: Headline,
    /// How many tell it, of where.
    told: Vec<String>,
    period: String,
    agreed: Vec<Agreed>,
    more_agreed: Vec<Agreed>,
    coverage: Option<Coverage>,
    grave: Vec<Difference>,
    slight: Vec<Difference>,
    rounding: Vec<Difference>,
    plans: Vec<Plan>,
    speakers: Vec<Speaker>,
    quoted_once: Vec<Speaker>,
    countries: Vec<Country>,
    /// Why of no take it can be said what it leaves out, where that is so for one reason.
    unsaid: Option<String>,
    timeline: Vec<Day>,
    problems: Vec<(String, String)>,
    api: String,
    /// Where it is told, on the map.
    map: String,
    original: Option<(String, String)>,
}

impl StoryPage {
    /// Lays a story out.
    pub fn new(line: &StoryLine, story: &Story, reads: &[String], since: i64) -> Self {
        let sheet = Sheet::new(story, reads);
        let headline = headline(&sheet);
        let differences = differences::differences(&sheet);
        let (speakers, quoted_once) = speakers::speakers(&sheet);
        let [grave, slight, rounding] = differences;
        let coverage = agreed::coverage(&sheet);
        let (agreed, more_agreed) = agreed::agreed(&sheet);
        let mut countries = takes::countries(&sheet);
        let unsaid = takes::unsaid(&mut countries);
        let founder = sheet.article(&story.id).or(story.articles.first());
        StoryPage {
            frame: Frame::new(&headline.text, "story").watching(&line.key, since),
            told: told(line, story),
            period: period(story),
            agreed,
            more_agreed,
            coverage,
            grave,
            slight,
            rounding,
            plans: differences::plans(&sheet),
            speakers,
            quoted_once,
            countries,
            unsaid,
            timeline: timeline::timeline(&sheet),
            problems: story.problems.iter().map(|p| (plain(&p.message), plain(&p.remedy))).collect(),
            api: format!("/api/v1/stories/{}", line.key),
            map: format!("/globe?story={}", line.key),
            original: founder.and_then(|a| Some((link(a.url.as_deref()?)?, outlet(a)))),
            headline,
        }
    }

    fn has_differences(&self) -> bool {
        !(self.grave.is_empty() && self.slight.is_empty() && self.rounding.is_empty() && self.plans.is_empty())
    }
}

/// "8 outlets in 6 countries", "7 languages", "9 articles, 6 of them separately worded".
fn told(line: &StoryLine, story: &Story) -> Vec<String> {
    let outlets = count(usize::try_from(line.outlets).unwrap_or(0), "outlet", "outlets");
    let countries = match line.countries.len() {
        0 => String::new(),
        n => format!(" in {}", count(n, "country", "countries")),
    };
    let languages: Vec<_> = line.languages.iter().map(|l| language(l)).collect();
    let mut told = vec![
        format!("{outlets}{countries}"),
        format!(
            "{}, {} separately worded",
            count(usize::try_from(line.articles).unwrap_or(0), "article", "articles"),
            line.separate
        ),
        languages.join(", "),
    ];
    let unread = story.articles.iter().filter(|a| a.access != "full").count();
    if unread > 0 {
        told.push(format!("{unread} of {} not read in full", story.articles.len()));
    }
    told.retain(|part| !part.is_empty());
    told
}

fn period(story: &Story) -> String {
    match (&story.first_published, &story.last_published) {
        (Some(first), Some(last)) if when(first) != when(last) => {
            format!("first report {} · last {}", when(first), when(last))
        }
        (Some(first), _) => when(first),
        _ => String::new(),
    }
}

/// The story's headline; where that is in a language the reader doesn't read, beside it that of a report which the reader can.
pub fn headline(sheet: &Sheet<'_>) -> Headline {
    let own = sheet.story.headline.as_deref();
    let titled = |a: &&super::shape::Article| a.title.is_some();
    let of = sheet
        .story
        .articles
        .iter()
        .find(|a| a.title.as_deref() == own && own.is_some())
        .or_else(|| sheet.story.articles.iter().find(titled));
    let Some(article) = of else {
        return Headline { text: "(untitled)".into(), lang: "en".into(), ..Headline::default() };
    };
    let own = Headline::of(article.title.as_deref(), article.language.as_deref(), sheet.reads);
    let candidates = sheet.story.articles.iter().filter(titled).filter(|a| a.kind != "opinion");
    let beside = candidates.filter(|a| sheet.preference(a) < sheet.reads.len()).min_by_key(|a| sheet.preference(a));
    Headline {
        beside: beside.filter(|_| own.language.is_some()).map(|a| Beside {
            text: plain(a.title.as_deref().unwrap_or_default()),
            lang: a.language.clone().unwrap_or_else(|| "und".into()),
            outlet: outlet(a),
        }),
        ..own
    }
}

/// The names of countries by their codes.
fn countries(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| country(code)).collect()
}

/// The page of an article.
pub fn article_page(id: &str) -> String {
    format!("/article/{}", key(id))
}
