//! What every page has: its title, which of the desk's parts it is of, and which change makes it stale.

/// A page's frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What the page is about.
    pub title: String,
    /// `front`, `story`, …: for its layout, and for the way back.
    pub part: &'static str,
    /// Keys of the stories and articles it shows: a change of one of them is told, `*` stands for any.
    pub watched: String,
}

impl Frame {
    /// A page that no change makes stale.
    pub fn new(title: &str, part: &'static str) -> Self {
        Frame { title: title.to_owned(), part, watched: String::new() }
    }

    /// A page that a change of these makes stale.
    pub fn watching(self, watched: &str) -> Self {
        Frame { watched: watched.to_owned(), ..self }
    }
}
