//! A derived state → a digest of each of its tables, so that two can be told to hold the same, or where they do not.

use super::sqlite::{open_to_read, said};
use anyhow::Result;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// Table, how its rows are ordered. The grouper's state and the changes told are no content: they depend on when one looked.
const TABLES: &[(&str, &str)] =
    &[("article", "id"), ("revision", "article, number"), ("story", "id"), ("problem", "seq, number"), ("meta", "key")];

/// Of each table: what a row is called → what it holds, hashed.
pub type Digest = BTreeMap<&'static str, BTreeMap<String, [u8; 32]>>;

/// The digest of a derived state.
pub fn digest(path: &Path) -> Result<Digest> {
    let connection = open_to_read(path)?;
    let mut digest = Digest::new();
    for (table, key) in TABLES {
        let rows = || {
            // How far the log was read is no content either: its last records may be gone by now.
            let of = if *table == "meta" { "WHERE key <> 'applied'" } else { "" };
            let get = format!("SELECT * FROM {table} {of} ORDER BY {key}");
            let mut statement = connection.prepare(&get)?;
            let columns = statement.column_count();
            let named = key.split(", ").count();
            let mut rows = statement.query([])?;
            let mut hashed = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let mut name = Vec::new();
                let mut hasher = Sha256::new();
                for column in 0..columns {
                    let value = row.get_ref(column)?;
                    feed(&mut hasher, value);
                    if column < named {
                        name.push(shown(value));
                    }
                }
                hashed.insert(name.join(" "), hasher.finalize().into());
            }
            Ok(hashed)
        };
        digest.insert(table, rows().map_err(|e| said(e, path))?);
    }
    Ok(digest)
}

/// A value with its type and length, so that no two rows give the same bytes.
fn feed(hasher: &mut Sha256, value: ValueRef<'_>) {
    let (sort, bytes): (u8, Vec<u8>) = match value {
        ValueRef::Null => (0, Vec::new()),
        ValueRef::Integer(number) => (1, number.to_le_bytes().to_vec()),
        ValueRef::Real(number) => (2, number.to_le_bytes().to_vec()),
        ValueRef::Text(text) => (3, text.to_vec()),
        ValueRef::Blob(blob) => (4, blob.to_vec()),
    };
    hasher.update([sort]);
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(&bytes);
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        _ => String::new(),
    }
}
