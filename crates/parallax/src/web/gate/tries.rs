//! Who tries a password when → whether they may (token buckets, a peer's own and one of all).

use crate::limits::{LOGIN_IN_ALL_SECONDS, LOGIN_OF_A_PEER_SECONDS, LOGINS_IN_ALL, LOGINS_OF_A_PEER, PEERS_REMEMBERED};
use crate::store::Seconds;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// So many at once, and then one more each so many seconds.
struct Rate {
    at_once: i64,
    seconds: i64,
}

const A_PEER: Rate = Rate { at_once: LOGINS_OF_A_PEER as i64, seconds: LOGIN_OF_A_PEER_SECONDS as i64 };
const ALL: Rate = Rate { at_once: LOGINS_IN_ALL as i64, seconds: LOGIN_IN_ALL_SECONDS as i64 };

/// When a bucket is full again: it holds what would have to be waited for.
#[derive(Clone, Copy, Default)]
struct Bucket {
    full: Seconds,
}

impl Bucket {
    /// Seconds until one may be taken; 0 for now.
    fn wait(self, rate: &Rate, now: Seconds) -> i64 {
        let owed = self.full.max(now) - now;
        (owed - (rate.at_once - 1) * rate.seconds).max(0)
    }

    fn take(&mut self, rate: &Rate, now: Seconds) {
        self.full = self.full.max(now) + rate.seconds;
    }
}

/// What was tried lately.
#[derive(Default)]
pub struct Tries {
    all: Bucket,
    peers: BTreeMap<IpAddr, Bucket>,
}

impl Tries {
    /// Takes a try.
    ///
    /// # Errors
    /// The seconds to wait before the next.
    pub fn take(&mut self, peer: IpAddr, now: Seconds) -> Result<(), i64> {
        let peer = network(peer);
        let mut own = self.peers.get(&peer).copied().unwrap_or_default();
        let wait = own.wait(&A_PEER, now).max(self.all.wait(&ALL, now));
        if wait > 0 {
            return Err(wait);
        }
        own.take(&A_PEER, now);
        self.all.take(&ALL, now);
        self.peers.insert(peer, own);
        // Whose bucket is full again is as one who never tried; of too many, who is nearest to that goes.
        self.peers.retain(|_, bucket| bucket.full > now);
        if self.peers.len() > PEERS_REMEMBERED
            && let Some(first) = self.peers.iter().min_by_key(|(_, bucket)| bucket.full).map(|(peer, _)| *peer)
        {
            self.peers.remove(&first);
        }
        Ok(())
    }
}

/// One customer has a whole /64 of IPv6 (RFC 6177): its addresses are one peer.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(n: usize) -> IpAddr {
        IpAddr::from(u32::try_from(n).expect("small").to_be_bytes())
    }

    #[test]
    fn a_peer_has_some_tries_at_once_and_then_one_a_minute() {
        let mut tries = Tries::default();
        let minute = LOGIN_OF_A_PEER_SECONDS as i64;
        assert!((0..LOGINS_OF_A_PEER).all(|_| tries.take(peer(1), 1_000).is_ok()));
        assert_eq!(tries.take(peer(1), 1_000), Err(minute));
        assert_eq!(tries.take(peer(1), 1_000 + minute - 1), Err(1), "a refused try costs nothing");
        assert_eq!(tries.take(peer(2), 1_000), Ok(()), "another peer has its own");
        assert_eq!(tries.take(peer(1), 1_000 + minute), Ok(()));
        assert_eq!(tries.take(peer(1), 1_000 + minute), Err(minute));
        let later = 1_000 + 100 * minute;
        assert!((0..LOGINS_OF_A_PEER).all(|_| tries.take(peer(1), later).is_ok()), "full again, and no fuller");
        assert!(tries.take(peer(1), later).is_err());
    }

    #[test]
    fn all_peers_together_have_a_limit_and_a_clock_set_back_opens_nothing() {
        let mut tries = Tries::default();
        assert!((0..LOGINS_IN_ALL).all(|n| tries.take(peer(n), 1_000).is_ok()));
        assert_eq!(tries.take(peer(99), 1_000), Err(LOGIN_IN_ALL_SECONDS as i64));
        assert!(tries.take(peer(99), 500).is_err(), "the clock was set back");
        assert_eq!(tries.take(peer(99), 1_000 + LOGIN_IN_ALL_SECONDS as i64), Ok(()));
    }

    #[test]
    fn addresses_of_one_customer_are_one_peer() {
        let mut tries = Tries::default();
        let of = |n: u128| IpAddr::V6(((0x2001_0db8 << 96) | n).into());
        assert!((0..LOGINS_OF_A_PEER as u128).all(|n| tries.take(of(n), 0).is_ok()));
        assert!(tries.take(of(77), 0).is_err());
        assert!(tries.take(of(1 << 64), 0).is_ok(), "the next /64");
        assert!(tries.take("::ffff:0.0.0.1".parse().expect("an address"), 0).is_ok());
        assert!(tries.peers.contains_key(&peer(1)), "an IPv4 address in IPv6 is that");
    }

    #[test]
    fn only_so_many_peers_are_remembered() {
        let peers = (0..PEERS_REMEMBERED).map(|n| (peer(n), Bucket { full: 2_000 + n as i64 })).collect();
        let mut tries = Tries { peers, ..Tries::default() };
        assert!(tries.take(peer(70_000), 1_000).is_ok());
        assert_eq!(tries.peers.len(), PEERS_REMEMBERED);
        assert!(tries.peers.contains_key(&peer(0)), "who tried last was nearest to being forgotten");
        assert!(!tries.peers.contains_key(&peer(70_000)));
    }
}
