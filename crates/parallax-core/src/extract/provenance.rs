//! What names outlets on a page → who published the article first, and who carries it.

use super::head::Head;
use crate::almanac::{Almanac, OutletFacts, host};
use crate::model::{Carrier, Outlet};
use std::collections::BTreeMap;

/// Signs of who is behind a page.
#[derive(Debug, Default)]
pub struct Signs<'a> {
    /// The page's own address.
    pub url: Option<&'a str>,
    /// Names that the page's furniture gives its site: "{name} logo", "Download the {name} app".
    pub site_names: Vec<&'a str>,
    /// A name that notes at the end begin with.
    pub owner: Option<String>,
}

/// Judges origin and carrier.
#[must_use]
pub fn provenance(head: &Head, signs: &Signs<'_>, almanac: &Almanac) -> (Option<Outlet>, Option<Carrier>) {
    let site = site(signs, almanac);
    let origin = head.links.iter().find_map(|link| linked(link, signs.url, almanac));
    if let Some(origin) = origin {
        // The page links to another outlet's article above its text: that one had it first.
        return (Some(origin), Some(site.map_or_else(Carrier::default, carrier)));
    }
    if let Some(name) = &head.outlet {
        let mut named = outlet_named(name, almanac);
        if named.country.is_none() {
            named.country.clone_from(&head.country);
        }
        let other = site.filter(|site| !is_same(site, &named));
        return (Some(named), other.map(carrier));
    }
    match site {
        Some(site)
            if almanac
                .outlets
                .carrier(site.name.as_deref().or(site.domain.as_deref()).unwrap_or_default())
                .is_some() =>
        {
            (None, Some(carrier(site)))
        }
        Some(site) => (Some(site), None),
        None => (signs.owner.as_deref().map(|name| outlet_named(name, almanac)), None),
    }
}

/// The outlet at the end of a link, unless the link leads to the page's own site.
fn linked(link: &str, own: Option<&str>, almanac: &Almanac) -> Option<Outlet> {
    let host = host(link);
    let path = link.split_once("://").map_or("", |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    // A bare host is a mention of a site, not a link to an article.
    if own.is_some_and(|own| self::host(own) == host) || path.len() < 8 {
        return None;
    }
    Some(almanac.outlets.at(link).map_or_else(|| Outlet { domain: Some(host), ..Outlet::default() }, outlet))
}

/// Whose site the page is from: by its address, else by the name that its furniture has most often.
fn site(signs: &Signs<'_>, almanac: &Almanac) -> Option<Outlet> {
    if let Some(url) = signs.url {
        return Some(outlet_at(url, almanac));
    }
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (order, name) in signs.site_names.iter().enumerate() {
        counts.entry((*name).to_owned()).or_insert((0, order)).0 += 1;
    }
    let name =
        counts.into_iter().max_by_key(|(_, (count, order))| (*count, usize::MAX - order)).map(|(name, _)| name)?;
    if let Some(known) = almanac.outlets.carrier(&name) {
        return Some(Outlet { name: Some(known.name.clone()), domain: known.domain.clone(), country: None });
    }
    Some(outlet_named(&name, almanac))
}

fn is_same(a: &Outlet, b: &Outlet) -> bool {
    let folded = |outlet: &Outlet| outlet.name.as_deref().map(crate::text::fold);
    (a.domain.is_some() && a.domain == b.domain) || (a.name.is_some() && folded(a) == folded(b))
}

fn carrier(site: Outlet) -> Carrier {
    Carrier { name: site.name, domain: site.domain }
}

fn outlet(facts: &OutletFacts) -> Outlet {
    let some = |field: &str| (!field.is_empty()).then(|| field.to_owned());
    Outlet { name: some(&facts.name), domain: some(&facts.domain), country: some(&facts.country) }
}

/// An outlet by name, as the catalogue has it where it knows it.
#[must_use]
pub fn outlet_named(name: &str, almanac: &Almanac) -> Outlet {
    let known = almanac.outlets.named(name).map(outlet);
    known.unwrap_or_else(|| Outlet { name: Some(name.to_owned()), ..Outlet::default() })
}

/// An outlet by its address, as the catalogue has it where it knows it.
#[must_use]
pub fn outlet_at(url: &str, almanac: &Almanac) -> Outlet {
    let known = almanac.outlets.at(url).map(outlet);
    known.unwrap_or_else(|| Outlet { domain: Some(host(url)).filter(|host| host.contains('.')), ..Outlet::default() })
}

/// Do two addresses lead to one site: one host, a host below the other, or two that the catalogue has for one outlet?
#[must_use]
pub fn of_one_site(a: &str, b: &str, almanac: &Almanac) -> bool {
    let below = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let (one, other) = (host(a), host(b));
    let known = || Some(almanac.outlets.at(a)?.domain == almanac.outlets.at(b)?.domain);
    below(&one, &other) || below(&other, &one) || known() == Some(true)
}
