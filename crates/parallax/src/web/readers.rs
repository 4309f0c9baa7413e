//! A desk's folder → connections for those who read, opened as they are needed and kept.

use crate::store::{Home, Reader};
use anyhow::Result;
use std::sync::{Mutex, PoisonError};

/// Connections that are kept open while nobody uses them.
const IDLE: usize = 4;

/// Connections for reading.
pub struct Readers {
    home: Home,
    idle: Mutex<Vec<Reader>>,
}

impl Readers {
    /// Of a desk.
    pub fn new(home: Home) -> Self {
        Readers { home, idle: Mutex::new(Vec::new()) }
    }

    /// Asks the desk something; blocks while it answers.
    ///
    /// # Errors
    /// The desk cannot be read; or what was asked failed.
    pub fn with<R>(&self, ask: impl FnOnce(&Reader) -> Result<R>) -> Result<R> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => Reader::open(&self.home)?,
        };
        let answer = ask(&reader)?;
        // One whose question failed is not used again.
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(reader);
        }
        Ok(answer)
    }
}
