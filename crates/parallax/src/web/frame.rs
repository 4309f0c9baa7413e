//! What every page has: its title, which of the desk's parts it is of, and which change makes it stale.

/// A page's frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What the page is about.
    pub title: String,
    /// `front`, `story`, …: for its layout, and for the way back.
    pub part: &'static str,
    /// Keys of the stories, articles and outlets it shows: a change of one of them is told, `*` stands for any.
    pub watched: String,
    /// The last change told before it was read: a later one may be missing from it.
    pub since: i64,
}

impl Frame {
    /// A page that no change makes stale.
    pub fn new(title: &str, part: &'static str) -> Self {
        Frame { title: title.to_owned(), part, watched: String::new(), since: 0 }
    }

    /// A page that a change of these after that one makes stale.
    pub fn watching(self, watched: &str, since: i64) -> Self {
        Frame { watched: watched.to_owned(), since, ..self }
    }
}
