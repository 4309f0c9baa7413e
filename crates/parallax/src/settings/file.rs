//! A desk's folder → its `settings.toml`, read and written: what somebody wrote there by hand stays, and what cannot be read is left alone.

use super::{ENTRIES, Entry, Settings, Sort};
use crate::limits::SETTINGS_BYTES;
use crate::store::Home;
use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use toml_edit::{Array, Document, DocumentMut, Item, Value};

/// What a new file begins with.
const HEAD: &str = "# What this desk is set to: by the page /settings, by `parallax settings`, or by hand; remarks stay. The command line goes before it.\n\n";

/// Where a desk's settings stand.
pub fn path(home: &Home) -> PathBuf {
    home.folder().join("settings.toml")
}

/// The file's text; `None` where there is none.
pub(super) fn text(path: &Path) -> Result<Option<String>> {
    let file = match File::open(path) {
        // What stands where the folder should be is told by who needs the folder, with what to do.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        file => file.with_context(|| format!("{} cannot be read", path.display()))?,
    };
    let mut bytes = Vec::new();
    file.take(SETTINGS_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    ensure!(
        bytes.len() <= SETTINGS_BYTES,
        "{} has more than {SETTINGS_BYTES} bytes: make it shorter, or move it away",
        path.display()
    );
    let text = String::from_utf8(bytes);
    text.map(Some).with_context(|| format!("{} is no UTF-8: write it anew, or move it away", path.display()))
}

/// What a desk's file says; nothing where there is none.
///
/// # Errors
/// It cannot be read, or says what is no setting: in which line, and what to do.
pub fn read(home: &Home) -> Result<Settings> {
    let path = path(home);
    let text = text(&path)?;
    text.map_or_else(|| Ok(Settings::default()), |text| parsed(&text, &path))
}

/// What a file says.
pub(super) fn parsed(text: &str, path: &Path) -> Result<Settings> {
    let told = |at: Option<usize>, what: &str| {
        let line = at.map_or(1, |at| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count());
        format!(
            "{}, line {line}: {what}. Mend that line or take it out; `parallax settings --help` names what may stand there",
            path.display()
        )
    };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => bail!(told(error.span().map(|span| span.start), &error.message().trim().replace('\n', ", "))),
    };
    let mut settings = Settings::default();
    for (key, item) in document.as_table().iter() {
        let at = document.as_table().key(key).and_then(|key| key.span()).or_else(|| item.span());
        let said = said(item).with_context(|| format!("“{key}” is neither text, a whole number nor a list of texts"));
        if let Err(error) = said.and_then(|said| settings.set(key, &said)) {
            bail!(told(at.map(|span| span.start), &error.to_string()));
        }
    }
    Ok(settings)
}

/// A value as it is written in a form.
fn said(item: &Item) -> Option<String> {
    match item.as_value()? {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Array(list) => list.iter().map(Value::as_str).collect::<Option<Vec<_>>>().map(|list| list.join(",")),
        _ => None,
    }
}

/// Says something of some settings, or nothing any more, and writes that down; what else the file holds stays as it is. Gives what it now
/// says.
///
/// # Errors
/// It may not be that; or the file cannot be read or written: then it is left as it was.
pub fn change(home: &Home, changes: &[(&str, Option<String>)]) -> Result<Settings> {
    let path = path(home);
    let before = text(&path)?.unwrap_or_default();
    let mut settings = parsed(&before, &path)?;
    let mut document: DocumentMut = before.parse().with_context(|| format!("{} cannot be read", path.display()))?;
    for (key, change) in changes {
        match change {
            Some(said) => {
                settings.set(key, said)?;
                let entry = ENTRIES.iter().find(|entry| entry.key == *key).context("it was set")?;
                put(&mut document, entry, settings.get(key).unwrap_or_default());
            }
            None => take_out(&mut document, key),
        }
    }
    let after = document.to_string();
    ensure!(after.len() <= SETTINGS_BYTES, "{} would have more than {SETTINGS_BYTES} bytes", path.display());
    // What is written can be read again.
    let settings = parsed(&after, &path)?;
    if after != before {
        write(&path, &after)?;
    }
    Ok(settings)
}

fn put(document: &mut DocumentMut, entry: &Entry, said: &str) {
    let mut value = match entry.sort {
        Sort::Languages => Value::Array(said.split(',').collect::<Array>()),
        Sort::Number(_) => Value::from(said.parse::<i64>().unwrap_or_default()),
        Sort::Country | Sort::Contact => Value::from(said),
    };
    if let Some(Item::Value(there)) = document.get_mut(entry.key) {
        // A remark behind it stays.
        *value.decor_mut() = there.decor().clone();
        *there = value;
        return;
    }
    let head = if document.is_empty() && document.trailing().as_str().unwrap_or_default().trim().is_empty() {
        HEAD.to_owned()
    } else {
        // What stands at the end of a file without settings stood there before.
        let end = document.trailing().as_str().unwrap_or_default().to_owned();
        document.set_trailing("");
        if end.is_empty() || end.ends_with('\n') { end } else { end + "\n" }
    };
    document.insert(entry.key, Item::Value(value));
    if let Some(mut key) = document.key_mut(entry.key) {
        key.leaf_decor_mut().set_prefix(format!("{head}# {}.\n", entry.says));
    }
}

/// Takes a setting out, and leaves the remarks that stand above it.
fn take_out(document: &mut DocumentMut, key: &str) {
    let keys: Vec<String> = document.iter().map(|(key, _)| key.to_owned()).collect();
    let Some(at) = keys.iter().position(|there| there == key) else { return };
    let Some((gone, _)) = document.remove_entry(key) else { return };
    let above = gone.leaf_decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
    let ours: Vec<String> = ENTRIES.iter().map(|entry| format!("# {}.", entry.says)).collect();
    let left: String = above.split_inclusive('\n').filter(|line| !ours.contains(&line.trim_end().to_owned())).collect();
    match keys.get(at + 1).and_then(|next| document.key_mut(next)) {
        Some(mut next) => {
            let own = next.leaf_decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
            next.leaf_decor_mut().set_prefix(left + &own);
        }
        None => {
            let own = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(left + &own);
        }
    }
}

/// Puts a text in the file's place, whole or not at all.
fn write(path: &Path, text: &str) -> Result<()> {
    // Where it only leads to a file elsewhere, that is the one.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let part = path.with_extension("part");
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = File::create(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, &path)
    };
    write().with_context(|| {
        format!("{} cannot be written: give yourself the right to, or look whether the disk is full", path.display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> (tempfile::TempDir, Home) {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::at(folder.path());
        (folder, home)
    }

    fn set(home: &Home, changes: &[(&str, &str)]) -> String {
        let changes: Vec<_> =
            changes.iter().map(|(key, said)| (*key, (!said.is_empty()).then(|| (*said).to_owned()))).collect();
        let told = change(home, &changes).expect("changed");
        assert_eq!(told, read(home).expect("read"));
        fs::read_to_string(path(home)).unwrap_or_default()
    }

    #[test]
    fn what_is_set_is_written_with_what_it_means_and_taken_out_again() {
        let (_folder, home) = desk();
        assert_eq!(read(&home).expect("none yet"), Settings::default());
        let text = set(&home, &[("country", "ke"), ("reads", "sw,en"), ("pages", "500")]);
        assert!(text.starts_with("# What this desk is set to"), "{text}");
        for line in ["country = \"KE\"", "reads = [\"sw\", \"en\"]", "pages = 500", "# Where you live"] {
            assert!(text.lines().any(|there| there.starts_with(line)), "{line}: {text}");
        }
        let text = set(&home, &[("country", ""), ("pages", ""), ("keep-gb", "")]);
        assert!(!text.contains("KE") && !text.contains("Where you live") && !text.contains("pages ="), "{text}");
        assert!(text.starts_with("# What this desk is set to") && text.contains("reads = [\"sw\", \"en\"]"), "{text}");
        let text = set(&home, &[("reads", "")]);
        assert!(text.starts_with("# What this desk is set to"), "{text}");
        assert_eq!(set(&home, &[("pages", "7")]).matches("# What this desk").count(), 1);
    }

    #[test]
    fn what_was_written_by_hand_stays() {
        let (_folder, home) = desk();
        let by_hand = "# Ours.\nreads = [ \"de\",\n  \"en\" ] # mine first\n\n# The line is slow.\npages=300   # was 2000\n# end\n";
        fs::write(path(&home), by_hand).expect("written");
        let text = set(&home, &[("pages", "400")]);
        assert_eq!(text, by_hand.replace("300", "400"));
        let text = set(&home, &[("pages", ""), ("country", "DE")]);
        for stays in ["# Ours.", "# mine first", "# The line is slow.", "# end"] {
            assert!(text.contains(stays), "{stays}: {text}");
        }
        fs::write(path(&home), "# nothing yet").expect("written");
        let text = set(&home, &[("pages", "400")]);
        assert!(text.starts_with("# nothing yet\n") && text.ends_with("pages = 400\n"), "{text}");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line_and_left_alone() {
        let (_folder, home) = desk();
        for (text, line, what) in [
            ("reads = ['en']\npages = \"many\"\n", 2, "is no number"),
            ("\n\ncountry = 'Germania'", 3, "is no country code"),
            ("reads = ['en'", 1, "array"),
            ("pages = 1\npages = 2", 2, "duplicate"),
            ("pages = 1.5", 1, "neither text"),
            ("reads = [1]", 1, "neither text"),
            ("[reads]\nfirst = 'en'", 1, "neither text"),
            ("# a\nlanguage = 'en'", 2, "there is no setting “language”"),
        ] {
            fs::write(path(&home), text).expect("written");
            let told = read(&home).expect_err(text).to_string();
            assert!(told.contains(&format!("settings.toml, line {line}: ")), "{told}");
            assert!(told.contains(what) && told.contains("Mend that line"), "{told}");
            assert!(change(&home, &[("pages", Some("9".to_owned()))]).is_err());
            assert_eq!(fs::read_to_string(path(&home)).expect("read"), text, "never written over");
        }
        fs::write(path(&home), b"reads = ['\xff']").expect("written");
        assert!(read(&home).expect_err("no UTF-8").to_string().contains("UTF-8"));
    }

    #[test]
    fn a_file_has_an_end() {
        // SETTINGS_BYTES
        let (_folder, home) = desk();
        fs::write(path(&home), "#".repeat(SETTINGS_BYTES)).expect("written");
        assert!(read(&home).is_ok());
        assert!(change(&home, &[("pages", Some("9".to_owned()))]).is_err(), "no room for more");
        fs::write(path(&home), "#".repeat(SETTINGS_BYTES + 1)).expect("written");
        assert!(read(&home).expect_err("too long").to_string().contains("shorter"));
    }
}
