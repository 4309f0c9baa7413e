//! Takes → by country, outlet beside outlet: what each is, rests on, alone has, words its own way; and what a country's press leaves out.

use crate::web::shape::{Article, Evidence, Take};
use crate::web::sheet::{Quote, Sheet, home, outlet};
use crate::web::words::{access, count, kind, language, link, plain, series, when};

/// Sentences of "only here", and wordings, before the rest is folded.
const ONLY_HERE: usize = 2;
/// Voices named of one take.
const VOICES: usize = 3;
/// A smaller share of a take, in hundredths, is not named.
const LEAST_SHARE: f64 = 5.0;

/// A country's press.
pub struct Country {
    /// ISO 3166-1 alpha-2; empty where no outlet says.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its outlets' takes.
    pub takes: Vec<Told>,
    /// Sentences of the current take that none of its reports read in full has.
    pub leaves_out: Vec<usize>,
    /// Of how many reports read in full that is said.
    pub read: usize,
}

/// One outlet's take.
pub struct Told {
    /// Whose.
    pub outlet: String,
    /// That outlet's page.
    pub outlet_href: Option<String>,
    /// The article's title.
    pub title: String,
    /// BCP 47.
    pub lang: String,
    /// The article's page here.
    pub href: String,
    /// The original.
    pub original: Option<String>,
    /// When it was published.
    pub published: String,
    /// Language, kind and access, where there is something to say.
    pub labels: Vec<String>,
    /// Whose report it is, where it is not its own.
    pub carries: Option<String>,
    /// On whose words how much of it rests, in hundredths.
    pub voices: Vec<(String, u32)>,
    /// What it alone has.
    pub only_here: Vec<Quote>,
    /// What more of that there is.
    pub more_only_here: Vec<Quote>,
    /// Its own wording of what others word otherwise: about what, in what words.
    pub wording: Vec<(String, Quote)>,
    /// What more of that there is.
    pub more_wording: Vec<(String, Quote)>,
    /// What it leaves out, or why that can't be said.
    pub leaves_out: String,
}

/// Countries with most takes first; those without a country last.
pub fn countries(sheet: &Sheet<'_>) -> Vec<Country> {
    let mut countries: Vec<Country> = Vec::new();
    for take in &sheet.story.takes {
        let Some(article) = sheet.article(&take.article) else { continue };
        let (code, name) = home(article).unwrap_or_else(|| (String::new(), "Country not known".to_owned()));
        let told = told(sheet, article, take);
        let n = countries.iter().position(|c| c.code == code).unwrap_or_else(|| {
            let all = (0..sheet.story.current_take.len()).collect();
            countries.push(Country { code, name, takes: Vec::new(), leaves_out: all, read: 0 });
            countries.len() - 1
        });
        let country = &mut countries[n];
        if let Some(out) = take.leaves_out.as_ref().filter(|_| article.kind != "opinion") {
            country.read += 1;
            country.leaves_out.retain(|n| out.contains(n));
        }
        country.takes.push(told);
    }
    for country in &mut countries {
        if country.read == 0 || country.code.is_empty() {
            country.leaves_out.clear();
        }
        country.leaves_out.iter_mut().for_each(|n| *n += 1);
    }
    countries.sort_by_key(|c| (c.code.is_empty(), std::cmp::Reverse(c.takes.len())));
    countries
}

/// Where of several takes, for one and the same reason, it cannot be said what they leave out, it is said once, here, and not of each.
pub fn unsaid(countries: &mut [Country]) -> Option<String> {
    let takes = || countries.iter().flat_map(|country| &country.takes);
    let why = takes().next()?.leaves_out.clone();
    if !why.starts_with(UNSAID) || takes().count() == 1 || takes().any(|take| take.leaves_out != why) {
        return None;
    }
    countries.iter_mut().flat_map(|country| &mut country.takes).for_each(|take| take.leaves_out.clear());
    Some(why)
}

/// How a reason begins why something cannot be said.
const UNSAID: &str = "can’t be said";

fn told(sheet: &Sheet<'_>, article: &Article, take: &Take) -> Told {
    let lang = article.language.clone().unwrap_or_else(|| "und".to_owned());
    let labels = [
        Some(language(&lang)),
        (article.kind != "report").then(|| kind(&article.kind).to_owned()),
        access(&article.access).map(str::to_owned),
    ];
    let words = |start: usize, end: usize| sheet.quote(&Evidence { article: article.id.clone(), start, end });
    let only = take.only_here.iter().flatten().filter_map(|w| words(w.start, w.end));
    let mut only: Vec<_> = only.collect();
    let more_only_here = only.split_off(only.len().min(ONLY_HERE));
    let wording = take.wording.iter().filter_map(|w| Some((sheet.named(&w.about), words(w.start, w.end)?)));
    let mut wording: Vec<_> = wording.collect();
    let more_wording = wording.split_off(wording.len().min(ONLY_HERE));
    Told {
        outlet: outlet(article),
        outlet_href: article
            .outlet
            .as_ref()
            .and_then(|o| o.domain.as_ref().or(o.name.as_ref()))
            .map(|o| outlet_page(o)),
        title: plain(article.title.as_deref().unwrap_or("(untitled)")),
        href: super::article_page(&article.id),
        original: article.url.as_deref().and_then(link),
        published: article.published.as_deref().map(when).unwrap_or_default(),
        labels: labels.into_iter().flatten().collect(),
        carries: carries(sheet, article),
        voices: voices(sheet, take),
        only_here: only,
        more_only_here,
        wording,
        more_wording,
        leaves_out: leaves_out(sheet, article, take),
        lang,
    }
}

/// The page of an outlet.
pub fn outlet_page(name: &str) -> String {
    let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string();
    format!("/outlet/{}", encoded.replace("%2E", ".").replace("%2D", "-"))
}

fn carries(sheet: &Sheet<'_>, article: &Article) -> Option<String> {
    let of = article.of.as_deref().and_then(|of| sheet.article(of)).map(outlet);
    let how = match article.derivation.as_str() {
        "verbatim" => "carries, word for word,",
        "rewritten" => "rewrites",
        _ => "",
    };
    let agencies = series(&article.agencies.iter().map(|a| plain(a)).collect::<Vec<_>>());
    match (of, how) {
        (Some(of), how) if !how.is_empty() => Some(format!("{how} the report of {of}")),
        _ if !agencies.is_empty() => Some(format!("credits {agencies}")),
        _ => {
            let carrier = article.carrier.as_ref()?;
            let name = carrier.name.as_deref().or(carrier.domain.as_deref())?;
            Some(format!("seen at {}", plain(name)))
        }
    }
}

fn voices(sheet: &Sheet<'_>, take: &Take) -> Vec<(String, u32)> {
    let named = take.voices.iter().filter_map(|v| {
        let name = v.entity.as_deref().and_then(|e| sheet.name(e)).or_else(|| v.party.as_deref().map(plain))?;
        let share = v.share * 100.0;
        (share >= LEAST_SHARE).then_some((name, share.round() as u32))
    });
    named.take(VOICES).collect()
}

fn leaves_out(sheet: &Sheet<'_>, article: &Article, take: &Take) -> String {
    let all = sheet.story.current_take.len();
    match &take.leaves_out {
        _ if all == 0 => String::new(),
        None if article.access != "full" => format!("{UNSAID}: it was not read in full"),
        None => format!("{UNSAID} across these languages"),
        Some(out) if out.is_empty() => "nothing of what they agree on".to_owned(),
        Some(out) if out.len() == all => "all of what the others agree on".to_owned(),
        Some(out) => {
            let numbers: Vec<_> = out.iter().map(|n| (n + 1).to_string()).collect();
            format!("{} of {}: {}", out.len(), count(all, "point", "points"), series(&numbers))
        }
    }
}
