//! A time as the press writes it, with its offset → the same for machines, for HTTP, for RSS.

use jiff::fmt::{rfc2822, temporal::Pieces};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// A time with the offset that the outlet lives by.
#[derive(Clone, Debug)]
pub(super) struct Time {
    /// ISO 8601, as in the file.
    pub(super) written: &'static str,
    zoned: ZonedDateTime,
}

impl Time {
    /// Reads ISO 8601 with an offset: `2026-03-02T07:40:00+01:00`.
    pub(super) fn parse(written: &'static str) -> Result<Self, String> {
        let wrong = || format!("{written:?} is no time like 2026-03-02T07:40:00+01:00");
        let pieces = Pieces::parse(written).map_err(|_| wrong())?;
        let (Some(time), Some(offset)) = (pieces.time(), pieces.to_numeric_offset()) else { return Err(wrong()) };
        let zoned = pieces.date().to_datetime(time).to_zoned_datetime(TimeZone::fixed(offset)).map_err(|_| wrong())?;
        Ok(Time { written, zoned })
    }

    /// The moment, whatever the offset.
    pub(super) fn instant(&self) -> Timestamp {
        self.zoned.timestamp()
    }

    /// As RSS wants it: `Mon, 2 Mar 2026 07:40:00 +0100`.
    pub(super) fn for_rss(&self) -> String {
        rfc2822::to_string(&self.zoned).unwrap_or_default()
    }

    /// As readers see it: the words' pattern with day, month, year and time of day where the outlet is.
    pub(super) fn for_readers(&self, pattern: &str, months: &[String]) -> String {
        let month = months.get(usize::from(self.zoned.month().unsigned_abs()) - 1).map_or("", String::as_str);
        pattern
            .replace("{day}", &self.zoned.day().to_string())
            .replace("{month}", month)
            .replace("{year}", &self.zoned.year().to_string())
            .replace("{time}", &format!("{:02}:{:02}", self.zoned.hour(), self.zoned.minute()))
    }
}

/// A moment as HTTP dates it: `Mon, 02 Mar 2026 06:40:00 GMT`.
pub(super) fn for_http(moment: Timestamp) -> String {
    rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&moment).unwrap_or_default()
}

/// The moment of a date of HTTP, where it is one.
pub(super) fn from_http(date: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(date).ok()
}
