//! The shell of Parallax as a library: what the program is made of, for the program itself and for whoever measures it.

mod cli;
pub mod desk;
pub mod fetch;
mod in_order;
pub mod input;
pub mod limits;
pub mod log;
pub mod missed;
pub mod pipeline;
mod press_server;
mod rank;
mod report;
mod sample;
pub mod settings;
pub mod store;
pub mod web;

pub use cli::run;
