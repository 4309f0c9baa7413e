//! The core's tests, a module a stage.

mod feed;
mod language;
mod quotes;
mod text;
