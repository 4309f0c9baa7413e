//! Paragraphs, labels and rules → the page of a report, as wide as the terminal and coloured where it can be.

use super::layout::{width, wrap};
use std::fmt::Write as _;

/// Columns a report takes at most: longer lines are hard to read.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;
/// A space at which no line is broken: what is shown of articles has none (see `layout::plain`).
pub const GLUE: char = '\u{A0}';

/// How a report is to look.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// With colour?
    pub colour: bool,
    /// Everything, or the weightiest of each section?
    pub all: bool,
}

impl Style {
    /// For so many columns, within what can be read.
    pub fn new(columns: usize, colour: bool, all: bool) -> Self {
        Style { width: columns.clamp(NARROWEST, WIDEST), colour, all }
    }

    /// The text in this ink.
    pub fn ink(&self, ink: Ink, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Plain => return text.to_owned(),
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Accent => "36",
            Ink::Alarm => "1;31",
            Ink::Warning => "33",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// What words look like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// As they are.
    Plain,
    /// Headlines.
    Strong,
    /// Notes on where something comes from.
    Faint,
    /// Labels.
    Accent,
    /// What cannot all be true.
    Alarm,
    /// What was announced and did not happen.
    Warning,
}

/// A page being set.
pub struct Page {
    out: String,
    /// How it looks.
    pub style: Style,
}

impl Page {
    /// An empty one.
    pub fn new(style: Style) -> Self {
        Page { out: String::new(), style }
    }

    /// What was set.
    pub fn finish(self) -> String {
        self.out
    }

    /// An empty line; never two.
    pub fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A line across the page.
    pub fn rule(&mut self, of: char) {
        let line = of.to_string().repeat(self.style.width);
        let line = self.style.ink(Ink::Faint, &line);
        let _ = writeln!(self.out, "{line}");
    }

    /// A section's name, with a note at the right or below.
    pub fn heading(&mut self, name: &str, note: &str) {
        self.blank();
        let heading = self.style.ink(Ink::Strong, &name.to_uppercase());
        let gap = self.style.width.saturating_sub(width(name) + width(note));
        if note.is_empty() {
            let _ = writeln!(self.out, "{heading}");
        } else if gap >= 2 {
            let _ = writeln!(self.out, "{heading}{}{}", " ".repeat(gap), self.style.ink(Ink::Faint, note));
        } else {
            let _ = writeln!(self.out, "{heading}");
            self.text(2, Ink::Faint, note);
        }
    }

    /// A paragraph.
    pub fn text(&mut self, indent: usize, ink: Ink, text: &str) {
        self.labelled(indent, "", 0, ink, text);
    }

    /// A paragraph that hangs beside its label, which has so many columns.
    pub fn labelled(&mut self, indent: usize, label: &str, columns: usize, ink: Ink, text: &str) {
        let room = self.style.width.saturating_sub(indent + columns).max(NARROWEST / 2);
        for (n, line) in wrap(text, room).iter().enumerate() {
            let shown = if n == 0 { label } else { "" };
            let gap = columns.saturating_sub(width(shown));
            let line = self.style.ink(ink, line);
            let line = format!("{}{shown}{}{line}", " ".repeat(indent), " ".repeat(gap));
            let _ = writeln!(self.out, "{}", line.trim_end().replace(GLUE, " "));
        }
    }
}
