//! Tools on strings that every stage needs: encodings and their repair, sentences, words, stems, folded forms, script.

mod boundary;
mod encoding;
mod fold;
mod pieces;
mod repair;
mod sentences;
mod stems;
mod tokens;
mod words;

pub use encoding::{Decoded, decode};
pub use fold::{fold, key};
pub use pieces::{Piece, pieces};
pub use repair::mend;
pub use sentences::sentences;
pub use stems::stem;
pub use tokens::{Token, TokenKind, tokens};
pub use words::{Word, words};
