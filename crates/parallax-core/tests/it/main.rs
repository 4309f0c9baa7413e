//! The core's tests, a module a stage.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read golden files; the core itself does no I/O"
)]

mod compare;
mod extract;
mod feed;
mod figures;
mod group;
mod language;
mod limits;
mod missed;
mod names;
mod quotes;
mod sitemap;
mod text;
