//! Lines of a page saved as text → its paragraphs: hard-wrapped lines joined again, list marks off, spaces single.

/// A paragraph as it will stand in the article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// Its text: one line, no surrounding space, never empty.
    pub text: String,
    /// Was there an empty line (or the page's start) before it?
    pub apart: bool,
    /// Did it begin with a list mark?
    pub item: bool,
}

/// Marks that begin an item of a list. A dash is no such mark: in many languages it begins direct speech.
const LIST_MARKS: [char; 10] = ['•', '▪', '‣', '◦', '●', '■', '∙', '○', '◉', '*'];

/// Columns of what pages wrapped by programs are: mail and plain text at 72–80, some editors at 100.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 40..=132;

/// A paragraph's first words that markup pushed onto a line of their own (`<p …><span>The⏎negotiators discussed…`) are no longer.
const RUNT_COLUMNS: usize = 16;

/// Cuts a text into paragraphs.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let wrapping = Wrapping::measure(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = wrapping.as_ref().map_or(at + 1, |wrapping| wrapping.end(&lines, at));
        let text = lines[at..end].iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
        push(&mut paragraphs, &lines[at], &text);
        at = end;
    }
    mend_torn(paragraphs)
}

fn push(paragraphs: &mut Vec<Paragraph>, first: &Line<'_>, text: &str) {
    let body = text.trim_start_matches(|c: char| LIST_MARKS.contains(&c) || c.is_whitespace());
    let item = text.starts_with(LIST_MARKS) && body.len() < text.len();
    let text = single_spaced(body);
    if !text.is_empty() {
        paragraphs.push(Paragraph { text, apart: first.apart, item });
    }
}

/// A link or a picture that stood inside a sentence leaves an empty line in it: what goes on in lower case is joined again.
fn mend_torn(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut mended: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let goes_on =
            paragraph.text.starts_with(char::is_lowercase) && !paragraph.item && weight(&paragraph.text) >= 40;
        match mended.last_mut() {
            Some(before)
                if goes_on
                    && weight(&before.text) >= 80
                    && before.text.ends_with(|c: char| c.is_alphanumeric() || c == ',') =>
            {
                before.text.push(' ');
                before.text.push_str(&paragraph.text);
            }
            _ => mended.push(paragraph),
        }
    }
    mended
}

/// One line that is not empty.
struct Line<'a> {
    text: &'a str,
    /// Columns, roughly.
    width: usize,
    apart: bool,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut apart = true;
    let mut lines = Vec::new();
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0b}', '\u{0c}']) {
        let line = line.trim();
        if line.is_empty() {
            apart = true;
        } else {
            lines.push(Line { text: line, width: line.chars().count(), apart });
            apart = false;
        }
    }
    lines
}

/// How the page's lines were broken by a program.
struct Wrapping {
    /// No line of words is longer.
    columns: usize,
    /// Do paragraphs begin with a line of one or two words?
    runts: bool,
}

impl Wrapping {
    /// `None` where each line is a paragraph. Lines were wrapped if enough of them stop in mid-sentence where the next word
    /// would not have fitted.
    fn measure(lines: &[Line<'_>]) -> Option<Self> {
        let mut widths: Vec<usize> =
            lines.iter().filter(|line| line.text.contains(' ')).map(|line| line.width).collect();
        widths.sort_unstable();
        // The longest line may be an unwrapped stray: the 98th percentile.
        let columns = *widths.get((widths.len() * 98 / 100).min(widths.len().checked_sub(1)?))?;
        if !WRAP_COLUMNS.contains(&columns) {
            return None;
        }
        let mut wrapped = Wrapping { columns, runts: false };
        let inside = lines.windows(2).filter(|pair| !pair[1].apart);
        let (mut full, mut runts, mut fresh) = (0, 0, 0);
        for pair in inside {
            let goes_on = !ends_sentence(pair[0].text) && !pair[1].text.starts_with(char::is_uppercase);
            if wrapped.is_full(&pair[0], &pair[1]) {
                full += usize::from(goes_on);
            } else {
                let runt = pair[0].width <= RUNT_COLUMNS && !ends_sentence(pair[0].text);
                runts += usize::from(runt && goes_on);
                fresh += usize::from(!runt);
            }
        }
        if full < 3 || full * 6 < lines.len() {
            return None;
        }
        // Nearly every break that is no wrap then either follows a runt or precedes one.
        wrapped.runts = runts >= 3 && runts * 3 >= fresh;
        Some(wrapped)
    }

    /// Would the next line's first word not have fitted here?
    fn is_full(&self, line: &Line<'_>, next: &Line<'_>) -> bool {
        let word = next.text.split(' ').next().unwrap_or_default().chars().count();
        line.width + 1 + word > self.columns
    }

    fn is_runt(&self, line: &Line<'_>) -> bool {
        self.runts && line.width <= RUNT_COLUMNS
    }

    /// The line after the paragraph that begins at `start`.
    fn end(&self, lines: &[Line<'_>], start: usize) -> usize {
        let mut at = start;
        loop {
            let Some(next) = lines.get(at + 1) else { return at + 1 };
            let line = &lines[at];
            if next.apart || is_alone(line.text) || is_alone(next.text) || next.text.starts_with(LIST_MARKS) {
                return at + 1;
            }
            let ends = if at == start && self.is_runt(line) {
                false
            } else if self.is_full(line, next) {
                // The last line of a paragraph may be full as well; a runt then shows that another begins.
                ends_sentence(line.text)
                    && self.is_runt(next)
                    && lines.get(at + 2).is_some_and(|after| !self.is_full(next, after))
            } else {
                ends_sentence(line.text) || self.runts || !next.text.starts_with(char::is_lowercase)
            };
            if ends {
                return at + 1;
            }
            at += 1;
        }
    }
}

/// A link is never part of a wrapped sentence.
fn is_alone(line: &str) -> bool {
    !line.contains(' ') && (line.starts_with("http://") || line.starts_with("https://"))
}

/// Does the text end as a sentence does, closing marks aside?
#[must_use]
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| "\"”’»'“)]」』›".contains(c) || c.is_whitespace())
        .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '؟', '।', '۔', '״'])
}

/// How much is said, comparable across scripts: letters and digits, those of Han, kana and Hangul counted thrice.
#[must_use]
pub fn weight(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => 3,
            _ => 1,
        })
        .sum()
}

fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A no-break space stays inside "10 000", not beside another space.
    let words = text.split([' ', '\t', '\u{3000}']).map(|word| word.trim_matches('\u{A0}'));
    for word in words.filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
