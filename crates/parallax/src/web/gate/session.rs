//! A browser's cookie → whose session it is: the token stays with the browser, its hash here.

use super::{Clock, Peer};
use crate::limits::SESSION_DAYS;
use crate::store::{Owner, Seconds, TokenHash};
use anyhow::Result;
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError, RwLock};
use tokio::sync::watch;

/// How long a session lasts.
pub const LASTS: Seconds = SESSION_DAYS as Seconds * 86_400;

/// The sessions of a desk.
pub struct Sessions {
    owner: Mutex<Owner>,
    open: RwLock<BTreeMap<TokenHash, Seconds>>,
    ended: watch::Sender<()>,
}

impl Sessions {
    /// Those that a file holds.
    pub fn of(file: &Path, now: Seconds) -> Result<Self> {
        let owner = Owner::open(file)?;
        let open = RwLock::new(owner.sessions(now)?);
        Ok(Sessions { owner: Mutex::new(owner), open, ended: watch::Sender::new(()) })
    }

    fn owner<R>(&self, ask: impl FnOnce(&mut Owner) -> Result<R>) -> Result<R> {
        ask(&mut self.owner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The PHC string of the password as it now stands.
    pub fn password(&self) -> Result<Option<String>> {
        self.owner(|owner| owner.password())
    }

    /// Does a request come of an open session? Looked up by the token's hash, so that how long it takes says nothing of the token.
    pub fn knows(&self, headers: &HeaderMap, peer: Peer, now: Seconds) -> bool {
        let Some(token) = token(headers, peer) else { return false };
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.get(&hash(token)).is_some_and(|ends| now < *ends)
    }

    /// Begins a session with the password of this PHC string → its cookie; `None` where that is the password no more.
    pub fn begin(&self, phc: &str, peer: Peer, now: Seconds) -> Result<Option<HeaderValue>> {
        let mut random = [0; 32];
        getrandom::fill(&mut random)?;
        let token = random.iter().fold(String::new(), |mut token, byte| {
            // Writing to a string does not fail.
            let _ = write!(token, "{byte:02x}");
            token
        });
        let (hash, ends) = (hash(&token), now + LASTS);
        self.owner(|owner| {
            if !owner.begin(&hash, ends, now, phc)? {
                return Ok(None);
            }
            // While the file is held: what is open and what is kept stay the same.
            self.open.write().unwrap_or_else(PoisonError::into_inner).insert(hash, ends);
            Ok(Some(cookie(&token, peer, LASTS)?))
        })
    }

    /// Ends the session of a request → the cookie that takes its own away.
    pub fn end(&self, headers: &HeaderMap, peer: Peer) -> Result<HeaderValue> {
        if let Some(token) = token(headers, peer) {
            let hash = hash(token);
            self.owner(|owner| {
                self.open.write().unwrap_or_else(PoisonError::into_inner).remove(&hash);
                self.ended.send_replace(());
                owner.end(&hash)
            })?;
        }
        cookie("", peer, 0)
    }

    /// Looks what the file now holds: a password changed by another process ends sessions here too.
    pub fn refresh(&self, clock: &Clock) -> Result<()> {
        self.owner(|owner| {
            let now = owner.sessions(clock())?;
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            if open.keys().any(|token| !now.contains_key(token)) {
                self.ended.send_replace(());
            }
            *open = now;
            Ok(())
        })
    }

    /// Tells whenever a session ended.
    pub fn ended(&self) -> watch::Receiver<()> {
        self.ended.subscribe()
    }
}

fn hash(token: &str) -> TokenHash {
    Sha256::digest(token).into()
}

/// A name with `__Host-` is taken from https alone, and never from a neighbouring domain (RFC 6265bis, 4.1.3.2).
fn name(peer: Peer) -> &'static str {
    if peer.is_secure { "__Host-parallax" } else { "parallax" }
}

fn cookie(token: &str, peer: Peer, lasts: Seconds) -> Result<HeaderValue> {
    let secure = if peer.is_secure { "; Secure" } else { "" };
    let line = format!("{}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={lasts}{secure}", name(peer));
    Ok(HeaderValue::from_str(&line)?)
}

fn token(headers: &HeaderMap, peer: Peer) -> Option<&str> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(called, _)| *called == name(peer)).map(|(_, token)| token)
}
