//! The core's tests, a module a stage.

mod compare;
mod extract;
mod feed;
mod figures;
mod group;
mod language;
mod limits;
mod names;
mod quotes;
mod text;
