//! The lines that a page shows around its headline → what its markup does not say: the site's name, when, by whom.

use super::credits;
use super::dateline::dateline;
use super::title::parted;
use crate::almanac::{Furniture, Role};
use crate::model::Moment;
use crate::text::fold;

/// Lines above the headline in which its date may stand…
const ABOVE: usize = 2;
/// …and below it.
const BELOW: usize = 6;
/// No line of a page's frame is longer.
const LINE_BYTES: usize = 300;
/// The headline is among the first so many lines.
const LINES: usize = 400;

/// What the lines around a headline tell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frame {
    /// The headline as shown, and the site's name, where its title has both.
    pub titles: Option<(String, String)>,
    /// A date beside the headline.
    pub published: Option<Moment>,
    /// Names beside that date or after "By".
    pub authors: Vec<String>,
}

/// Reads a page's lines (`markup::lines`) around its title.
#[must_use]
pub fn frame(text: &str, title: &str, furniture: &Furniture) -> Frame {
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && line.len() <= LINE_BYTES).take(LINES).collect();
    let titles = parted(title, &lines).map(|(headline, site)| (headline.to_owned(), site.to_owned()));
    let headline = fold(titles.as_ref().map_or(title, |(headline, _)| headline));
    let Some(at) = lines.iter().position(|line| fold(line) == headline) else {
        return Frame { titles, ..Frame::default() };
    };
    let beside = &lines[at.saturating_sub(ABOVE)..lines.len().min(at + BELOW)];
    let mut found = Frame { titles, ..Frame::default() };
    for line in beside {
        let dates = dateline(line, furniture).and_then(|dates| dates.moments.first().map(|(_, moment)| *moment));
        if let Some(moment) = dates.filter(|_| found.published.is_none()) {
            found.published = Some(moment);
            found.authors.extend(after_date(line, furniture));
        } else if found.authors.is_empty() {
            found.authors = credits::byline(line, furniture);
        }
    }
    found
}

/// The name that follows a line's date: "2 March, 10:30 Ann Lee".
fn after_date(line: &str, furniture: &Furniture) -> Option<String> {
    let end = line.rfind(char::is_numeric)?;
    let rest = line[end..].trim_start_matches(char::is_numeric);
    let words: Vec<&str> = rest
        .split(|c: char| c.is_whitespace() || ",|·•()/".contains(c))
        .filter(|word| word.contains(char::is_alphabetic) && !furniture.is_date_word(word))
        .collect();
    let name = words.join(" ");
    let bare = furniture.after(Role::Byline, &name).map_or(&*name, str::trim);
    (credits::looks_like_person(bare) && credits::is_short_name(bare)).then(|| bare.to_owned())
}
