//! The house held to its own rules, and what must hold on any input.

mod desk_bench;
mod general;
mod measured;
mod spans;
mod tidy;
