//! Tools on strings that every stage needs: sentences, words, stems, folded forms, script.

mod boundary;
mod fold;
mod pieces;
mod sentences;
mod stems;
mod tokens;
mod words;

pub use fold::{fold, key};
pub use pieces::{Piece, pieces};
pub use sentences::sentences;
pub use stems::stem;
pub use tokens::{Token, TokenKind, tokens};
pub use words::{Word, words};
