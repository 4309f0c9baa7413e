//! `cargo eval`: scores every stage on the public sets that are there.

fn main() {}
