//! `backup` and `restore`: a verified copy of a desk that may be at work, and a desk made of it.

use super::desk::{Place, there};
use super::out::Out;
use crate::store;
use anyhow::Result;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax backup /backups/desk-friday             the desk may go on working meanwhile
  parallax restore /backups/desk-friday --desk /srv/desk

Everything is copied as it stands at one moment, then every file is checked from end to end and every content against its hash. The
copy holds the readers' file too, with the password (hashed) and who is signed in: keep it as you keep the desk.")]
pub struct BackupArgs {
    #[command(flatten)]
    place: Place,
    /// Folder to copy to; not there yet, or empty.
    #[arg(value_name = "FOLDER")]
    to: PathBuf,
}

pub fn backup(args: BackupArgs) -> Result<ExitCode> {
    let home = there(args.place)?;
    let mut out = Out::new(false);
    let copied = store::backup(&home, &args.to, &mut |what, done, of| out.at(what, done, of))?;
    out.finish();
    let bytes: u64 = copied.files.values().map(|file| file.bytes).sum();
    out.line(format!(
        "{} records and {} articles are in {}, checked: {:.1} MB.",
        copied.records,
        copied.articles,
        args.to.display(),
        bytes as f64 / 1e6
    ))?;
    if copied.damaged > 0 {
        eprintln!(
            "parallax: {} contents are damaged in the desk itself, and so in the copy: an older copy may still have them",
            copied.damaged
        );
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(clap::Args)]
#[command(after_help = "\
Example:
  parallax restore /backups/desk-friday --desk /srv/desk

The folder must hold no desk. A copy that is not what it was when it was made is refused, and nothing is put.")]
pub struct RestoreArgs {
    #[command(flatten)]
    place: Place,
    /// Folder that `parallax backup` made.
    #[arg(value_name = "FOLDER")]
    from: PathBuf,
}

pub fn restore(args: RestoreArgs) -> Result<ExitCode> {
    let home = args.place.home()?;
    let mut out = Out::new(false);
    let copied = store::restore(&args.from, &home, &mut |what, done, of| out.at(what, done, of))?;
    out.finish();
    out.line(format!(
        "{} holds the desk again: {} records, {} articles, as parallax {} copied it.",
        home.folder().display(),
        copied.records,
        copied.articles,
        copied.program
    ))?;
    Ok(ExitCode::SUCCESS)
}
