//! What the derived state was made by: one fingerprint a stage, of its code and data, taken when the program is built.

/// Code and data that made an article's derived state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fingerprint {
    /// Of everything up to the extracted article.
    pub extract: &'static str,
    /// Of everything up to the annotations.
    pub understand: &'static str,
    /// Of everything.
    pub whole: &'static str,
}

/// Of this very program.
pub const OURS: Fingerprint = Fingerprint {
    extract: env!("PARALLAX_EXTRACT"),
    understand: env!("PARALLAX_UNDERSTAND"),
    whole: env!("PARALLAX_WHOLE"),
};
