//! Model values → the JSON shapes of the contract: offsets in code points, nothing guessed, the same input the same bytes.

mod compare;
mod feed;
mod read;

pub use compare::{ComparedStory, story};
pub use feed::feed;
pub use read::{article, placement, problem, read};
