//! An outlet's feeds → how each fares, with its age, and what its owner may do about it.

use super::known::Known;
use crate::desk::sources::{Source, State, now};
use crate::store::Seconds;
use crate::web::story::outlet_page;
use crate::web::words::{age, count, language, link, plain};

/// A feed as the page has it.
pub struct Feed {
    /// Its address, as a form sends it.
    pub url: String,
    /// The same to be read.
    pub shown: String,
    pub href: Option<String>,
    /// In a word.
    pub word: &'static str,
    /// Does it fail?
    pub is_ill: bool,
    /// Since when, how much, why.
    pub told: String,
    pub rests: bool,
    /// Where a form leads back to; and where when it was removed.
    pub back: String,
    pub gone: String,
}

/// The feeds of an outlet.
pub fn feeds(known: &Known) -> Vec<Feed> {
    let all: &[Source] = known.feeds.as_deref().unwrap_or(&[]);
    let back = outlet_page(&known.id);
    // Without articles and feeds it has no page any more, unless the catalogue has it.
    let stays = known.line.is_some() || known.listed.is_some() || all.len() > 1;
    let gone = if stays { back.clone() } else { "/outlets".to_owned() };
    let feed = |source: &Source| {
        let (word, told) = state(source, now());
        Feed {
            shown: plain(&source.url),
            href: link(&source.url),
            url: source.url.clone(),
            word,
            is_ill: matches!(source.state, State::Failing { .. }),
            told: [source.language.as_deref().map(|tag| plain(&language(tag))), Some(told), waits(source)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            rests: matches!(source.state, State::Resting { .. }),
            back: back.clone(),
            gone: gone.clone(),
        }
    };
    all.iter().map(feed).collect()
}

fn waits(source: &Source) -> Option<String> {
    source.waits.then(|| "waits to be taken up by the desk".to_owned())
}

/// In a word, and with what there is to say.
fn state(source: &Source, now: Seconds) -> (&'static str, String) {
    let ago = |at: Seconds| format!("{} ago", age(now.saturating_sub(at)));
    let why = |why: &str| match plain(why) {
        why if why.is_empty() => String::new(),
        why => format!(": {why}"),
    };
    match &source.state {
        State::Unverified => {
            let since = source.followed_at.map(|at| format!("followed for {}", age(now.saturating_sub(at))));
            ("never read", since.unwrap_or_else(|| "not asked so far".to_owned()))
        }
        State::Read { at, brought, .. } => {
            let entries = count(usize::try_from(*brought).unwrap_or(0), "entry", "entries");
            ("answered", format!("{}, {entries} so far", ago(*at)))
        }
        State::Failing { at, times: 1, why: said } => ("failed", format!("{}{}", ago(*at), why(said))),
        State::Failing { at, times, why: said } => {
            ("failed", format!("{times} times, the last {}{}", ago(*at), why(said)))
        }
        State::Resting { since, why: said, by_hand } => {
            let told = if *by_hand { ", by its owner’s word".to_owned() } else { why(said) };
            ("rests", format!("for {}, asked once a day{told}", age(now.saturating_sub(*since))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_word_and_its_age() {
        let of = |state: State| Source { state, followed_at: Some(40), ..Source::default() };
        let said = |source: Source| {
            let (word, told) = state(&source, 7_300);
            format!("{word} {told}")
        };
        assert_eq!(said(of(State::Unverified)), "never read followed for 2 hours");
        assert_eq!(
            said(of(State::Read { at: 7_290, shows: Some(3), brought: 1 })),
            "answered 10 seconds ago, 1 entry so far"
        );
        let failing = |times| of(State::Failing { at: 7_000, times, why: "no \n answer".into() });
        assert_eq!(said(failing(1)), "failed 5 minutes ago: no answer");
        assert_eq!(said(failing(3)), "failed 3 times, the last 5 minutes ago: no answer");
        let rests = |by_hand| of(State::Resting { since: 100, why: "it is gone".into(), by_hand });
        assert_eq!(said(rests(true)), "rests for 2 hours, asked once a day, by its owner’s word");
        assert_eq!(said(rests(false)), "rests for 2 hours, asked once a day: it is gone");
    }
}
