//! The core's tests, a module a stage.

mod text;
