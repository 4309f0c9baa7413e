//! The `parallax` program: command line in, reports and JSON out.

use std::process::ExitCode;

/// The C library of a static program takes turns where threads want memory at once.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    parallax::run()
}
