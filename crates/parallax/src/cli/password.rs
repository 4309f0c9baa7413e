//! `password`: sets, changes or removes the password that a desk served to others asks for.

use super::Common;
use super::desk::Place;
use crate::limits::PASSWORD_BYTES;
use crate::store::Owner;
use crate::web::password::hashed;
use anyhow::{Context, Result, ensure};
use console::Term;
use std::fs::create_dir_all;
use std::io::{BufRead, IsTerminal, Read, stdin};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax password                         asks for it twice, without showing it
  parallax password < secret.txt            takes the first line
  parallax password --remove

Kept is a hash alone (Argon2id). Whoever is logged in is asked anew; a desk that is being served need not be started again.")]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// Take the password away: the desk is then served on this machine alone.
    #[arg(long)]
    remove: bool,
}

pub fn run(args: Args, _common: &Common) -> Result<ExitCode> {
    let home = args.place.home()?;
    let at = home.folder().display().to_string();
    if args.remove {
        ensure!(home.reader().exists(), "no password is set for the desk in {at}: there is nothing to remove");
        let mut owner = Owner::open(&home.reader())?;
        ensure!(owner.password()?.is_some(), "no password is set for the desk in {at}: there is nothing to remove");
        owner.set_password(None)?;
        eprintln!(
            "parallax: the password is removed, and every session ended; the desk in {at} is served on this machine alone"
        );
        return Ok(ExitCode::SUCCESS);
    }
    let phc = hashed(&asked()?)?;
    create_dir_all(home.folder()).with_context(|| format!("{at} cannot be made: name another folder with --desk"))?;
    let mut owner = Owner::open(&home.reader())?;
    let was = owner.password()?.is_some();
    owner.set_password(Some(&phc))?;
    let done = if was { "changed, and every session ended" } else { "set" };
    eprintln!(
        "parallax: the password of the desk in {at} is {done}. `parallax serve --listen ADDRESS:PORT` asks for it"
    );
    Ok(ExitCode::SUCCESS)
}

/// Typed twice on a terminal; else the first line of what comes in.
fn asked() -> Result<String> {
    if !stdin().is_terminal() {
        let mut line = Vec::new();
        // One byte more than may be, and the line's end: what is too long is told so.
        let most = PASSWORD_BYTES as u64 + 3;
        stdin().lock().take(most).read_until(b'\n', &mut line).context("standard input cannot be read")?;
        let line = String::from_utf8(line).context("the password is no UTF-8: type it on a terminal")?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let terminal = Term::stderr();
    let read = |prompt: &str| -> Result<String> {
        terminal.write_str(prompt)?;
        terminal.read_secure_line().context("the terminal cannot be read: give the password on standard input")
    };
    let typed = read("New password: ")?;
    // One that will not do is told of before it is typed again.
    hashed(&typed)?;
    ensure!(typed == read("Again: ")?, "the two are not the same: nothing was changed. Give the command again");
    Ok(typed)
}
