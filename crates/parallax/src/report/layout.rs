//! Text of any script → lines of a terminal: cleaned of what steers it, measured in columns, wrapped.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text as it may be shown: white space made one space, and without characters that move the cursor, colour the screen, turn the
/// direction of what follows, or can't be seen. Right-to-left text itself is left to the terminal.
pub fn plain(text: &str) -> String {
    shown(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As [`plain`], with its white space.
pub fn shown(text: &str) -> String {
    let is_shown = |c: &char| {
        let unseen = matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}');
        let turning = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        !unseen && !turning && (!c.is_control() || c.is_whitespace())
    };
    text.chars().filter(is_shown).collect()
}

/// Columns a text takes; escape sequences that colour it (our own) take none. Terminals give each letter its own, where Unicode joins some
/// (lam and alef to one); where it spreads one (an emoji's variant), some terminals do: the wider of the two always fits.
pub fn width(text: &str) -> usize {
    let of = |part: &str| part.width().max(part.chars().map(|c| c.width().unwrap_or(0)).sum());
    text.split('\u{1b}').enumerate().map(|(n, part)| of(visible(n, part))).sum()
}

/// What is seen of the n-th part between escapes.
fn visible(n: usize, part: &str) -> &str {
    if n == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) }
}

/// The beginning of a text, in so many columns, broken off between words and marked as broken off.
pub fn clip(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(4);
    let mut taken = 0;
    let mut beyond = |c: char| {
        taken += c.width().unwrap_or(0);
        taken > room
    };
    let end = text.char_indices().find_map(|(at, c)| beyond(c).then_some(at));
    let cut = &text[..end.unwrap_or(text.len())];
    let cut = cut.rfind(' ').filter(|space| *space * 2 > cut.len()).map_or(cut, |space| &cut[..space]);
    format!("{} […]", cut.trim_end())
}

/// The lines of a text, each within so many columns where its words allow.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        for (n, piece) in pieces(word, columns).into_iter().enumerate() {
            let space = usize::from(n == 0 && used > 0);
            let piece_width = width(piece);
            let line = match lines.last_mut() {
                Some(line) if used == 0 || used + space + piece_width <= columns => line,
                _ => {
                    used = 0;
                    lines.push(String::new());
                    lines.last_mut().expect("just pushed")
                }
            };
            if space == 1 && used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(piece);
            used += piece_width;
        }
    }
    lines
}

/// A word's unbreakable parts: scripts written without spaces break between characters (but not before closing marks or after
/// opening ones); a word too long for a line breaks anywhere, an address nowhere, so that it can be followed.
fn pieces(word: &str, columns: usize) -> Vec<&str> {
    let too_long = width(word) > columns && !word.contains("://") && !word.contains('\u{1b}');
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut piece_width = 0;
    let mut before: Option<char> = None;
    for (at, c) in word.char_indices() {
        let this = c.width().unwrap_or(0);
        let wide = before.is_some_and(|b| b.width() == Some(2)) || this == 2;
        let held = this == 0 || CLOSING.contains(c) || before.is_some_and(|b| OPENING.contains(b));
        let full = too_long && this > 0 && piece_width + this > columns;
        if at > start && before.is_some() && ((wide && !held) || full) {
            pieces.push(&word[start..at]);
            (start, piece_width) = (at, 0);
        }
        piece_width += this;
        before = Some(c);
    }
    pieces.push(&word[start..]);
    pieces
}

const CLOSING: &str = "，。、；：？！）】」』》〉”’…)]}.,;:!?%—";
const OPENING: &str = "（【「『《〈“‘([{";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, columns: usize, expected: &[&str]) {
        let lines = wrap(text, columns);
        assert_eq!(lines, expected);
        assert!(lines.iter().all(|line| width(line) <= columns), "{lines:?}");
    }

    #[test]
    fn words_wrap_at_spaces_and_wide_scripts_between_characters() {
        check("one two three", 8, &["one two", "three"]);
        check("", 8, &[""]);
        check("救援人员说，桥断了。", 8, &["救援人员", "说，桥断", "了。"]);
        check("他说“桥断了”", 8, &["他说“桥", "断了”"]);
        check("incomprehensibilities", 8, &["incompre", "hensibil", "ities"]);
        check("الإقليم والأرض", 7, &["الإقليم", "والأرض"]);
        check("الإقليم", 6, &["الإقلي", "م"]);
        check("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn an_address_is_never_broken() {
        assert_eq!(wrap("see https://harbour-gazette.example/a", 10), ["see", "https://harbour-gazette.example/a"]);
    }

    #[test]
    fn colour_takes_no_room() {
        assert_eq!(width("\u{1b}[1mred\u{1b}[0m"), 3);
        check("\u{1b}[2m[1]\u{1b}[0m and", 7, &["\u{1b}[2m[1]\u{1b}[0m and"]);
    }

    #[test]
    fn what_steers_a_terminal_is_not_shown() {
        assert_eq!(plain("a\u{202E}b\u{1b}[31mc\n\td\u{200B}\u{7}"), "ab[31mc d");
        assert_eq!(plain("می\u{200C}خواهم שלום"), "می\u{200C}خواهم שלום", "joiners and right-to-left text stay");
    }

    #[test]
    fn what_is_broken_off_says_so() {
        assert_eq!(clip("one two three four", 14), "one two […]");
        assert_eq!(clip("one two", 7), "one two");
        assert!(width(&clip("救援人员说桥断了很多人受伤", 12)) <= 12);
    }
}
