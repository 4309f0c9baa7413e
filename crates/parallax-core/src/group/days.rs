//! The days of the last reports → what day it is, as far as the stream tells: no clock is asked.

use crate::limits::GROUP_DAYS;
use serde::{Deserialize, Serialize};

/// Of the last reports so many in a hundred may be older: pages found late, archives, dates that are wrong.
const OLDER: usize = 10;
/// The day is looked for anew after so many reports.
const EVERY: u32 = 64;

/// The days of the last dated reports, in the order in which they came, the next one's place marked.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Days {
    last: Vec<i32>,
    next: u32,
    present: Option<i32>,
}

impl Days {
    /// Notes the day of a report.
    pub fn came(&mut self, day: Option<i32>) {
        let Some(day) = day else { return };
        let place = self.next as usize % GROUP_DAYS;
        if place < self.last.len() {
            self.last[place] = day;
        } else {
            self.last.push(day);
        }
        self.next = self.next.wrapping_add(1);
        if self.last.len() == GROUP_DAYS && self.next.is_multiple_of(EVERY) {
            let mut sorted = self.last.clone();
            sorted.sort_unstable();
            self.present = Some(sorted[GROUP_DAYS * OLDER / 100]);
        }
    }

    /// A day that hardly any report is older than. Where reports come in no order of time it lies far back; nothing where few came.
    pub fn present(&self) -> Option<i32> {
        self.present
    }
}
