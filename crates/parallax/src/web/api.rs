//! What the pages show, as JSON for programs: the contract's shapes.

use super::front::{SHELVES, why};
use super::status::{Status, now};
use super::words::plain;
use crate::rank::rank;
use crate::store::{Home, Reader, StoryLine};
use anyhow::Result;
use parallax_core::contract;
use serde_json::{Value, json};

/// Stories and articles in a list.
const LISTED: usize = 200;

fn line(story: &StoryLine) -> Result<Value> {
    let mut value = serde_json::to_value(story)?;
    value["why"] = json!(why(story));
    Ok(value)
}

/// The stories of a shelf, in the order of the page.
pub fn stories(reader: &Reader, shelf: &str) -> Result<Value> {
    let newest = reader.newest()?.unwrap_or(0);
    let mut stories = reader.shelf(shelf, i64::MIN, LISTED)?;
    if shelf == SHELVES[0] {
        rank(&mut stories, newest);
    }
    let shelves = reader.shelves()?;
    Ok(json!({
        "shelf": shelf,
        "of": shelves.get(shelf).copied().unwrap_or(0),
        "stories": stories.iter().map(line).collect::<Result<Vec<_>>>()?,
        "shelves": shelves,
    }))
}

/// A story as `compare --json` prints it, with its line.
pub fn story(reader: &Reader, key: &str) -> Result<Option<Value>> {
    let Some(id) = reader.story_of(key)? else { return Ok(None) };
    let Some(found) = reader.story_line(&id)? else { return Ok(None) };
    let mut story = reader.comparison(&id)?.unwrap_or_else(|| json!({"id": id}));
    story["desk"] = line(&found)?;
    Ok(Some(story))
}

/// An article as `read` prints it, with its place.
pub fn article(reader: &Reader, key: &str) -> Result<Option<Value>> {
    let Some(standing) = reader.article(key)? else { return Ok(None) };
    let placed = &standing.placed;
    let mut article = contract::read(&placed.article, &placed.annotations, None);
    article["key"] = json!(standing.key);
    article["revision"] = json!(standing.revision);
    article["only_entry"] = json!(standing.is_entry);
    article["placement"] = contract::placement(&placed.article.id, &placed.placement, true);
    Ok(Some(article))
}

/// All outlets.
pub fn outlets(reader: &Reader) -> Result<Value> {
    Ok(json!({"outlets": reader.outlets()?}))
}

/// How the desk is.
pub fn status(home: &Home, reader: &Reader) -> Result<Value> {
    let status = Status::read(home, reader, now())?;
    let mut value = serde_json::to_value(&status)?;
    value["problems"] = serde_json::to_value(reader.ills(LISTED)?)?;
    Ok(value)
}

/// What went wrong, as JSON.
pub fn problem(message: &str, remedy: &str) -> Value {
    json!({"error": plain(message), "remedy": remedy})
}
