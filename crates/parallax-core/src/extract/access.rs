//! What a page's frame says of the article → how much of it could be read, and what sort of text it is.

use super::furniture::Piece;
use super::paragraphs::{ends_sentence, weight};
use crate::almanac::Role;
use crate::model::{Access, ArticleKind};

/// Above a wall, this much is taken for a whole article if it ends as one: many pages show their wall below the full text.
const WHOLE: usize = 1_500;
/// A page with less than this beside a consent or error text is nothing but that.
const NOTHING: usize = 300;

/// How much could be read.
#[must_use]
pub fn of(pieces: &[Piece], text: &str) -> Access {
    let has = |wanted: &[Role]| pieces.iter().any(|piece| piece.role.is_some_and(|role| wanted.contains(&role)));
    judge(text, has(&[Role::Wall]), has(&[Role::Consent, Role::Error]))
}

/// The rule for text and markup alike.
#[must_use]
pub fn judge(text: &str, wall: bool, notice: bool) -> Access {
    let said = weight(text);
    if notice && said < NOTHING {
        return Access::Notice;
    }
    if !wall {
        return Access::Full;
    }
    let cut = text.ends_with('…') || text.ends_with("...") || !ends_sentence(text);
    match said {
        0 => Access::Headline,
        _ if said < WHOLE || cut => Access::Excerpt,
        _ => Access::Full,
    }
}

/// What the labels above the article call it.
#[must_use]
pub fn kind(head: &[Piece]) -> ArticleKind {
    let labels = head.iter().filter(|piece| piece.weight <= 40).flat_map(|piece| &piece.marks);
    labels.filter_map(|mark| of_role(mark.role)).next().unwrap_or_default()
}

/// The sort that a label of this role names.
#[must_use]
pub fn of_role(role: Role) -> Option<ArticleKind> {
    match role {
        Role::Opinion => Some(ArticleKind::Opinion),
        Role::Analysis => Some(ArticleKind::Analysis),
        Role::Interview => Some(ArticleKind::Interview),
        Role::Explainer => Some(ArticleKind::Explainer),
        Role::Live => Some(ArticleKind::Live),
        Role::Gallery => Some(ArticleKind::Gallery),
        _ => None,
    }
}
