//! `data/outlets/*` and the catalogue → one `Outlets` to look names, domains and credits up in. The catalogue goes first.

use parallax_core::almanac::{Agency, CarrierFacts, CatalogueOutlet, CountryFacts, OutletFacts, Outlets, OutletsData};

pub(crate) fn load() -> Outlets {
    Outlets::new(OutletsData {
        outlets: crate::catalogue().outlets().iter().map(CatalogueOutlet::facts).chain(more()).collect(),
        agencies: table(include_str!("../data/outlets/agencies.tsv"))
            .map(|[name, domain, country, credits]| Agency {
                name: name.to_owned(),
                credits: list(credits),
                domain: domain.to_owned(),
                country: country.to_owned(),
            })
            .collect(),
        carriers: table(include_str!("../data/outlets/carriers.tsv"))
            .map(|[name, domain]| CarrierFacts {
                name: name.to_owned(),
                domain: (!domain.is_empty()).then(|| domain.to_owned()),
            })
            .collect(),
        countries: table(include_str!("../data/outlets/countries.tsv"))
            .map(|[code, language, names]| CountryFacts {
                code: code.to_owned(),
                language: language.to_owned(),
                names: list(names),
            })
            .collect(),
    })
}

/// Outlets of which no more is known than what they are called and where they sit.
fn more() -> impl Iterator<Item = OutletFacts> {
    table(include_str!("../data/outlets/outlets.tsv")).map(|[name, domain, country, language, aliases]| OutletFacts {
        name: name.to_owned(),
        domain: domain.to_owned(),
        country: country.to_owned(),
        language: language.to_owned(),
        aliases: list(aliases),
    })
}

/// Rows of N tab-separated fields; `#` begins a comment; missing fields are empty.
fn table<const N: usize>(text: &str) -> impl Iterator<Item = [&str; N]> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut fields = line.split('\t').map(str::trim);
        std::array::from_fn(|_| fields.next().unwrap_or(""))
    })
}

/// Paths at which sites keep their feed when their front page does not say so, the most frequent first.
#[must_use]
pub fn feed_places() -> Vec<&'static str> {
    table(include_str!("../data/outlets/feed-places.txt")).map(|[path]| path).collect()
}

fn list(field: &str) -> Vec<String> {
    field.split(';').map(str::trim).filter(|item| !item.is_empty()).map(ToOwned::to_owned).collect()
}
