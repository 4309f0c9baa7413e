//! What each site's robots.txt says (RFC 9309), remembered for a day.

use crate::limits::HOSTS_REMEMBERED;
use reqwest::Url;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use texting_robots::Robot;

/// RFC 9309, 2.4: not to be used for more than 24 hours.
const DAY: Duration = Duration::from_secs(86_400);
/// A site that was ill is asked again sooner.
const WHILE_ILL: Duration = Duration::from_secs(600);

/// What came when a site was asked for its robots.txt.
pub(super) enum Rules {
    /// A file.
    Said(Vec<u8>),
    /// There is none.
    None,
    /// The host could not say.
    Ill,
}

enum Known {
    Robot(Box<Robot>),
    Everything,
    Nothing,
}

/// The rules of all sites.
#[derive(Default)]
pub(super) struct Robots(Mutex<BTreeMap<String, (Instant, Known)>>);

/// Scheme, host and port of an address.
pub(super) fn site(url: &Url) -> Option<String> {
    let origin = url.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

impl Robots {
    /// May the address be read, as far as its site's rules are known and fresh?
    pub(super) fn known(&self, site: &str, url: &Url) -> Option<bool> {
        let sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, known) = sites.get(site)?;
        (Instant::now() < *until).then(|| known.allows(url))
    }

    /// The sitemaps that a site offers, as far as its robots.txt is known; `None` where its host could not say.
    pub(super) fn offers(&self, site: &str) -> Option<Vec<String>> {
        let sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &sites.get(site)?.1 {
            Known::Robot(robot) => Some(robot.sitemaps.clone()),
            Known::Everything => Some(Vec::new()),
            Known::Nothing => None,
        }
    }

    /// Learns a site's rules: may the address be read, and how long a rest does the site ask for?
    pub(super) fn learn(&self, site: &str, rules: Rules, name: &str, url: &Url) -> (bool, Option<Duration>) {
        let (known, long) = match rules {
            Rules::Said(bytes) => match Robot::new(name, &bytes) {
                Ok(robot) => (Known::Robot(Box::new(robot)), DAY),
                Err(_) => (Known::Everything, DAY),
            },
            Rules::None => (Known::Everything, DAY),
            Rules::Ill => (Known::Nothing, WHILE_ILL),
        };
        let delay = match &known {
            Known::Robot(robot) => {
                robot.delay.filter(|d| d.is_finite() && *d > 0.0).map(|d| Duration::from_secs_f32(d.min(3_600.0)))
            }
            _ => None,
        };
        let allowed = known.allows(url);
        let mut sites = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sites.len() >= HOSTS_REMEMBERED {
            let now = Instant::now();
            sites.retain(|_, (until, _)| *until > now);
            if sites.len() >= HOSTS_REMEMBERED {
                sites.pop_first();
            }
        }
        sites.insert(site.to_owned(), (Instant::now() + long, known));
        (allowed, delay)
    }
}

impl Known {
    fn allows(&self, url: &Url) -> bool {
        match self {
            Known::Robot(robot) => robot.allowed(url.as_str()),
            Known::Everything => true,
            Known::Nothing => false,
        }
    }
}
