//! The core's tests, a module a stage.

mod language;
mod text;
