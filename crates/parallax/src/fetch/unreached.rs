//! Why nothing came from an address: in a word that programs can count by, and as a problem with its remedy.

use super::address::PRIVATE;
use crate::limits::FETCH_SECONDS;
use parallax_core::model::{Problem, Stage};
use std::error::Error;
use std::iter::successors;

/// Why nothing came.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// It is no address of the open web.
    Address,
    /// It leads into a private network.
    Private,
    /// No host of this name is known.
    Dns,
    /// The connection cannot be made secure.
    Tls,
    /// Nobody is there, or it hangs up.
    Connection,
    /// It does not answer in time.
    Timeout,
    /// It leads on, and on, or nowhere.
    Redirects,
    /// What comes cannot be unpacked.
    Broken,
}

impl Why {
    /// For programs and tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Why::Address => "address",
            Why::Private => "private network",
            Why::Dns => "dns",
            Why::Tls => "tls",
            Why::Connection => "connection",
            Why::Timeout => "timeout",
            Why::Redirects => "redirects",
            Why::Broken => "broken",
        }
    }
}

/// Nothing came from an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unreached {
    /// In a word.
    pub why: Why,
    /// In a sentence, with what to do.
    pub problem: Problem,
}

impl Unreached {
    pub(super) fn new(why: Why, url: &str, message: &str, remedy: &str) -> Self {
        let problem = Problem {
            stage: Stage::Fetch,
            document: Some(url.to_owned()),
            message: message.to_owned(),
            remedy: remedy.to_owned(),
        };
        Unreached { why, problem }
    }

    /// What kept a request from being answered.
    pub(super) fn of(url: &str, error: &reqwest::Error) -> Self {
        let causes = || causes(error);
        let last = causes().last().map_or_else(|| error.to_string(), ToString::to_string);
        let is_dns = causes().any(|cause| cause.to_string() == "dns error");
        let is_tls = causes().any(is_of_tls);
        let (why, message, remedy) = match error {
            e if e.is_timeout() => {
                (Why::Timeout, format!("no answer within {FETCH_SECONDS} seconds"), "it is tried again later")
            }
            _ if last.contains(PRIVATE) => {
                let remedy = "allow its host with --allow HOST, if you trust it";
                (Why::Private, "it leads into a private network".to_owned(), remedy)
            }
            _ if is_dns => {
                let remedy = "check the address, and whether this machine is online; it is tried again later";
                (Why::Dns, format!("no host of this name is found: {last}"), remedy)
            }
            _ if is_tls => {
                (Why::Tls, format!("no secure connection: {last}"), "try http://, if you trust the way there")
            }
            e if e.is_connect() => {
                (Why::Connection, format!("no connection: {last}"), "check the address; it is tried again later")
            }
            e if e.is_decode() || e.is_body() => {
                (Why::Broken, format!("what came is broken: {last}"), "it is tried again later")
            }
            _ => (Why::Connection, last, "it is tried again later"),
        };
        Unreached::new(why, url, &message, remedy)
    }
}

impl From<Unreached> for Problem {
    fn from(unreached: Unreached) -> Self {
        unreached.problem
    }
}

/// What lies beneath an error, down to the ground.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source())
}

/// Errors of TLS travel inside those of reading and writing.
fn is_of_tls(cause: &(dyn Error + 'static)) -> bool {
    let inside = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    let hangs_up = cause.to_string() == "tls handshake eof";
    hangs_up || cause.is::<rustls::Error>() || inside.is_some_and(|inside| inside.is::<rustls::Error>())
}
