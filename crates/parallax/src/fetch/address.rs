//! A host's name → the addresses it may be reached at: none of a private network, looked at after the name was resolved and then kept.

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// What an error says where nothing but private addresses were found.
pub(super) const PRIVATE: &str = "only addresses of a private network";

/// How far a fetcher reaches.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Hosts that may be private: the owner trusts them.
    pub allowed: BTreeSet<String>,
    /// Hosts that are served on this very machine: name → where.
    pub here: BTreeMap<String, SocketAddr>,
}

impl Reach {
    /// May an address with this host be asked? Names are looked up later; numbers are looked at now.
    pub(super) fn allows_host(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        if self.allowed.contains(bare) || self.here.contains_key(bare) {
            return true;
        }
        bare.parse::<IpAddr>().map_or(true, is_public)
    }
}

/// The connection goes to the address that was looked at: it is not resolved a second time.
impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_ascii_lowercase();
        if let Some(here) = self.here.get(&host) {
            let here: Addrs = Box::new(std::iter::once(*here));
            return Box::pin(std::future::ready(Ok(here)));
        }
        let trusted = self.allowed.contains(&host);
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let some = !found.is_empty();
            let public: Vec<_> = found.into_iter().filter(|at| trusted || is_public(at.ip())).collect();
            if some && public.is_empty() {
                return Err(PRIVATE.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Blocks that are not of the open internet: network, bits (IANA special-purpose address registries for IPv4 and IPv6, RFC 6890).
const CLOSED_4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Of IPv6 only global unicast, 2000::/3, is open, and in it not these.
const CLOSED_6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Is it an address of the open internet?
pub(super) fn is_public(at: IpAddr) -> bool {
    match at {
        IpAddr::V4(at) => {
            !CLOSED_4.iter().any(|(network, bits)| within(at.to_bits().into(), network.to_bits().into(), *bits, 32))
        }
        IpAddr::V6(at) => {
            // An IPv4 address in another dress (mapped, 6to4, NAT64) is judged as what it is.
            let [a, b, c, d, e, f, g, h] = at.segments();
            let inner = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
            let dressed = match (a, b, c, d, e, f) {
                (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => Some(inner(g, h)),
                (0x2002, ..) => Some(inner(b, c)),
                _ => None,
            };
            match dressed {
                Some(inner) => is_public(IpAddr::V4(inner)),
                None => {
                    a & 0xe000 == 0x2000
                        && !CLOSED_6.iter().any(|(network, bits)| within(at.to_bits(), network.to_bits(), *bits, 128))
                }
            }
        }
    }
}

fn within(at: u128, network: u128, bits: u32, of: u32) -> bool {
    (at ^ network) >> (of - bits) == 0
}
