//! From the bytes of a page to knowledge about a happening: every stage a pure function, in the order of an article's journey.
//!
//! `model` holds the nouns; `text` the tools that cut and fold strings; `almanac` the types of what is known beforehand;
//! `likeness` judges how alike two names, figures, sentences or passages are. The stages stand on these and never import one another.
//! Nothing in this crate reads a file, a clock, the environment or a source of randomness.

pub mod almanac;
pub mod compare;
pub mod contract;
pub mod extract;
pub mod feed;
pub mod group;
pub mod likeness;
pub mod limits;
pub mod missed;
pub mod model;
pub mod resolve;
pub mod text;
pub mod understand;
