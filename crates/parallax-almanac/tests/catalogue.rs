//! The catalogue of outlets is held to its form, contradicts no other list, and tells how much of the world it covers.

use parallax_almanac::{almanac, catalogue};
use parallax_core::almanac::{CatalogueData, CatalogueOutlet, LanguageTag, OutletKind, State, StateLabel, WebAddress};
use std::collections::{BTreeMap, BTreeSet};

/// Languages of the world's press by ISO 639: a slip of the pen is in no such list.
const LANGUAGES: &str = "af am ar az be bg bi bm bn bs ca cs da de dv dz el en es et eu fa fi fil fr gil gu ha he hi hr ht hu hy id is it ja ka kk \
    kl km kn ko ku ky lb lg ln lo lt lv mg mi mk ml mn mr ms mt my nb ne nl om pa pl ps pt ro ru rw sg si sk sl sm sn so sq sr sv sw ta te tet tg \
    th ti tk tr ty uk ur uz vi xh yo zh zu";

fn primary(tag: &LanguageTag) -> &str {
    tag.as_str().split('-').next().unwrap_or("")
}

fn each(wrong: &mut Vec<String>, mut check: impl FnMut(&CatalogueOutlet) -> Option<String>) {
    wrong
        .extend(catalogue().outlets().iter().filter_map(|outlet| Some(format!("{}: {}", outlet.name, check(outlet)?))));
}

/// The agencies of `agencies.tsv`, each with the names by which copy credits it.
fn credits() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = include_str!("../data/outlets/agencies.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| Some((row.split('\t').next()?, row.split('\t').nth(3)?)))
}

fn holds(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} mistakes:\n{}", wrong.len(), wrong.join("\n"));
}

/// By the clock; a leap day more or less does not matter to what a year is.
fn current_year() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    1970 + since.as_secs() / 31_556_952
}

/// A year from 1800 to now, a month or a day of one: "2024", "2024-07", "2024-07-31".
fn is_moment(text: &str, now: u64) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let within = |at: usize, digits: usize, range: std::ops::RangeInclusive<u64>| {
        parts.get(at).is_none_or(|part| {
            part.len() == digits
                && part.bytes().all(|b| b.is_ascii_digit())
                && part.parse().is_ok_and(|number| range.contains(&number))
        })
    };
    parts.len() <= 3 && within(0, 4, 1800..=now) && within(1, 2, 1..=12) && within(2, 2, 1..=31)
}

#[test]
fn a_moment_is_a_year_a_month_or_a_day_that_has_been() {
    for sound in ["1800", "1957-01-10", "2024-07", "2026"] {
        assert!(is_moment(sound, 2026), "{sound}");
    }
    for wrong in [
        "",
        "1799",
        "2027",
        "24",
        "+024",
        "2024-7",
        "2024-13",
        "2024-00",
        "2024-07-32",
        "2024-",
        "2024-07-31-1",
        "annual report",
    ] {
        assert!(!is_moment(wrong, 2026), "{wrong}");
    }
}

/// As names are looked up: whoever finds itself under its own name and domain is shadowed by nobody.
#[test]
fn names_and_domains_are_nobody_elses() {
    let outlets = &almanac().outlets;
    let mut wrong = Vec::new();
    each(&mut wrong, |outlet| {
        let names = outlet.native.iter().chain(&outlet.also).chain([&outlet.name]);
        let other = names
            .filter_map(|name| Some((name, outlets.named(name)?)))
            .find(|(_, found)| found.domain != outlet.domain());
        let (name, found) = other?;
        Some(format!("“{name}” is also {} ({})", found.name, found.domain))
    });
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for outlet in catalogue().outlets() {
        for domain in &outlet.domains {
            owners.entry(domain).or_default().push(&outlet.name);
        }
    }
    wrong.extend(owners.iter().filter(|(_, of)| of.len() > 1).map(|(domain, of)| format!("{domain} is of {of:?}")));
    each(&mut wrong, |outlet| {
        let bad =
            |d: &&String| d.starts_with("www.") || d.contains("://") || !d.contains('.') || **d != d.to_lowercase();
        outlet.domains.iter().find(bad).map(|d| format!("“{d}” is no bare domain"))
    });
    holds(&wrong);
}

#[test]
fn every_feed_is_one_editions_and_every_outlet_can_be_followed() {
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for outlet in catalogue().outlets() {
        for feed in outlet.editions.iter().flat_map(|edition| &edition.feeds) {
            let address = feed.as_str().split_once("://").expect("checked").1;
            if let Some(other) = seen.insert(address, &outlet.name) {
                wrong.push(format!("{feed} is of {other} and of {}", outlet.name));
            }
            let (found, edition) = catalogue().feed(feed.as_str()).expect("indexed");
            assert!(found.name == outlet.name && edition.feeds.contains(feed) || !wrong.is_empty(), "{feed}");
        }
    }
    for outlet in catalogue().outlets() {
        for sitemap in outlet.editions.iter().filter_map(|edition| edition.sitemap.as_ref()) {
            let address = sitemap.as_str().split_once("://").expect("checked").1;
            if let Some(other) = seen.insert(address, &outlet.name) {
                wrong.push(format!("{sitemap} is of {other} and of {}", outlet.name));
            }
        }
    }
    each(&mut wrong, |o| o.domains.is_empty().then(|| "has no domain".to_owned()));
    each(&mut wrong, |o| {
        let mut publics: Vec<_> = o.editions.iter().map(|e| (&e.language, e.abroad)).collect();
        let all = publics.len();
        publics.sort();
        publics.dedup();
        (publics.len() < all).then(|| "has two editions for one public".to_owned())
    });
    each(&mut wrong, |o| {
        let late = o.home().abroad && o.editions.iter().any(|e| !e.abroad);
        late.then(|| "has an edition for readers abroad before its home edition".to_owned())
    });
    holds(&wrong);
}

#[test]
fn countries_languages_and_agencies_are_known() {
    let outlets = &almanac().outlets;
    let known: BTreeSet<&str> = LANGUAGES.split_whitespace().collect();
    let mut wrong = Vec::new();
    each(&mut wrong, |o| {
        outlets.country_of_code(o.country.as_str()).is_none().then(|| format!("sits in {}", o.country))
    });
    each(&mut wrong, |o| {
        let unknown = o.editions.iter().find(|e| !known.contains(primary(&e.language)))?;
        Some(format!("writes “{}”", unknown.language))
    });
    each(&mut wrong, |o| {
        let agency = outlets.agency(o.agency.as_ref()?);
        match agency {
            None => Some(format!("agencies.tsv has no {:?}", o.agency)),
            Some(agency) if agency.country != o.country.as_str() => {
                Some(format!("its agency sits in {}", agency.country))
            }
            Some(agency) if Some(&agency.name) != o.agency.as_ref() => {
                Some(format!("its agency is called {}", agency.name))
            }
            Some(_) => None,
        }
    });
    // The one list says nothing else of an outlet than the other.
    each(&mut wrong, |o| {
        o.domains.iter().filter(|d| !d.contains('/')).find_map(|domain| {
            let found = outlets.at(&format!("https://{domain}/"))?;
            (found.name != o.name).then(|| format!("at {domain} stands {}", found.name))
        })
    });
    // A credit is one agency's, and an agency is one outlet.
    let mut outlet_of: BTreeMap<&str, &str> = BTreeMap::new();
    for outlet in catalogue().outlets() {
        let other = outlet.agency.as_deref().and_then(|agency| outlet_of.insert(agency, &outlet.name));
        wrong.extend(other.map(|other| format!("{} and {other} are one agency", outlet.name)));
    }
    for (name, credits) in credits() {
        for credit in credits.split(';').chain([name]) {
            let found = outlets.agency(credit).map_or("nobody", |agency| &agency.name);
            if found != name {
                wrong.push(format!("“{credit}” credits {name}, and is read as {found}"));
            }
        }
    }
    holds(&wrong);
}

#[test]
fn owners_and_states_are_sourced_and_fit_the_kind() {
    let mut wrong = Vec::new();
    let now = current_year();
    each(&mut wrong, |o| {
        let owner = o.owner.as_ref()?;
        let named = !owner.name.trim().is_empty() && owner.source.trim().len() > 3;
        (!named || !is_moment(&owner.as_of, now)).then(|| "has an owner without source and date".to_owned())
    });
    each(&mut wrong, |o| {
        let state = o.state.as_ref()?;
        let sourced = state.source.trim().len() > 3 && is_moment(&state.as_of, now);
        (!sourced).then(|| "has a state without source and date".to_owned())
    });
    let day = |text: &String| text.len() == 10 && is_moment(text, now);
    each(&mut wrong, |o| {
        let checked = o.owner.iter().flat_map(|o| &o.checked).chain(o.state.iter().flat_map(|s| &s.checked));
        checked
            .clone()
            .find(|checked| !day(checked))
            .map(|checked| format!("was looked up on “{checked}”, which is no day"))
    });
    each(&mut wrong, |o| {
        (o.state.is_some() && o.label().is_none()).then(|| "has answers that make no label".to_owned())
    });
    each(&mut wrong, |o| (o.label().is_some() && o.owner.is_none()).then(|| "has a label and no owner".to_owned()));
    each(&mut wrong, |o| match (o.kind, o.label()) {
        (OutletKind::StateOutlet, label) if label != Some(StateLabel::StateControlled) => {
            Some("is a state outlet without facts that make it one".to_owned())
        }
        (OutletKind::StateOutlet | OutletKind::Agency | OutletKind::Official, _) => None,
        (kind, Some(StateLabel::StateControlled)) => {
            Some(format!("is called {}, and its state steers it", kind.word()))
        }
        _ => None,
    });
    holds(&wrong);
}

#[test]
fn one_rule_makes_the_labels() {
    let label = |funding, governance, editorial| {
        State { funding, governance, editorial, source: String::new(), as_of: String::new(), checked: None }.label()
    };
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(label(yes, yes, yes), Some(StateLabel::StateControlled));
    assert_eq!(label(no, yes, yes), Some(StateLabel::StateControlled));
    assert_eq!(label(yes, no, yes), Some(StateLabel::StateControlled));
    assert_eq!(label(yes, yes, no), Some(StateLabel::StateFunded));
    assert_eq!(label(yes, no, no), Some(StateLabel::StateFunded));
    assert_eq!(label(no, yes, no), None, "a fee paid by households, and no orders: no state");
    assert_eq!(label(no, no, yes), None, "a private outlet under pressure is not the state's");
    assert_eq!(label(yes, yes, None), None, "what is not known makes no label");
    assert_eq!(label(None, None, yes), None);
}

#[test]
fn a_mistake_in_a_file_is_told() {
    let outlet = |line: &str| {
        let text =
            format!("[[outlet]]\nname = 'A'\ndomains = ['a.example']\ncountry = 'GB'\nkind = 'online'\n{line}\n");
        toml::from_str::<CatalogueData>(&text).map_err(|error| error.to_string())
    };
    assert!(outlet("editions = [{ language = 'zh-Hant-TW', feeds = ['https://a.example/feed'] }]").is_ok());
    for (line, told) in [
        ("editions = [{ language = 'English' }]", "language tag"),
        ("editions = [{ language = 'en_GB' }]", "language tag"),
        ("editions = [{ language = 'en', feeds = ['a.example/feed'] }]", "address of the open web"),
        ("editions = [{ language = 'en', feeds = ['ftp://a.example/feed'] }]", "address of the open web"),
        ("editions = [{ language = 'en', feeds = ['https://localhost/feed'] }]", "address of the open web"),
        ("editions = [{ language = 'en', feed = 'https://a.example/feed' }]", "unknown field"),
        ("editions = []\nkind = 'blog'", "duplicate key"),
    ] {
        let error = outlet(line).expect_err(line);
        assert!(error.contains(told), "{line}: {error}");
    }
    let kind = "[[outlet]]\nname = 'A'\ndomains = ['a.example']\ncountry = 'uk'\nkind = 'blog'\neditions = []\n";
    assert!(toml::from_str::<CatalogueData>(kind).is_err());
    assert!(WebAddress::try_from("https://a.example/a b".to_owned()).is_err());
}

#[test]
fn outlets_are_found_by_address_name_and_feed() {
    let whole = catalogue();
    assert_eq!(whole.at("https://www.lemonde.fr/international/").map(|o| o.name.as_str()), Some("Le Monde"));
    assert_eq!(whole.at("https://www.bbc.com/persian/articles/1").map(|o| o.name.as_str()), Some("BBC Persian"));
    assert_eq!(whole.at("https://www.bbc.com/news/articles/1").map(|o| o.name.as_str()), Some("BBC"));
    assert_eq!(whole.named("朝日新聞").map(|o| o.country.as_str()), Some("JP"));
    assert_eq!(whole.named("le monde").map(CatalogueOutlet::domain), Some("lemonde.fr"));
    let (outlet, edition) = whole.feed("http://www.lemonde.fr/en/rss/une.xml").expect("known, by http too");
    assert_eq!((outlet.name.as_str(), edition.language.as_str(), edition.abroad), ("Le Monde", "en", true));
    assert!(whole.at("https://nowhere.example/").is_none() && whole.feed("https://nowhere.example/feed").is_none());
}

/// One rule makes it: of every country that can be read at least one, and never more than two.
#[test]
fn the_world_set_is_one_or_two_of_every_country() {
    let is_read = |o: &CatalogueOutlet| {
        o.editions.iter().any(|e| !e.feeds.is_empty() && (!e.abroad || primary(&e.language) == "en"))
    };
    let mut countries: BTreeMap<&str, (bool, usize)> = BTreeMap::new();
    for outlet in catalogue().outlets() {
        let (read, world) = countries.entry(outlet.country.as_str()).or_default();
        *read |= is_read(outlet);
        *world += usize::from(outlet.world);
    }
    let mut wrong = Vec::new();
    for (country, (read, world)) in countries {
        if world > 2 || read != (world > 0) {
            wrong.push(format!(
                "{country} has {world} outlets in the world set, and {} be read",
                if read { "can" } else { "cannot" }
            ));
        }
    }
    each(&mut wrong, |o| (o.world && !is_read(o)).then(|| "is of the world set and cannot be read".to_owned()));
    holds(&wrong);
}

/// Printed with `cargo test -p parallax-almanac -- --nocapture`; what is promised of it is held.
#[test]
fn the_catalogue_covers_the_world() {
    let all = catalogue().outlets();
    let count = |is: &dyn Fn(&CatalogueOutlet) -> bool| all.iter().filter(|o| is(o)).count();
    let editions = || all.iter().flat_map(|o| &o.editions);
    let feeds = editions().map(|e| e.feeds.len()).sum::<usize>();
    let countries: BTreeSet<_> = all.iter().map(|o| &o.country).collect();
    let languages: BTreeSet<_> = editions().map(|e| primary(&e.language)).collect();
    let at_home: BTreeSet<_> =
        editions().filter(|e| !e.abroad && !e.feeds.is_empty()).map(|e| primary(&e.language)).collect();
    let world: Vec<_> = all.iter().filter(|o| o.world).collect();
    let world_countries: BTreeSet<_> = world.iter().map(|o| &o.country).collect();
    let fed = count(&|o| o.editions.iter().any(|e| !e.feeds.is_empty()));
    let english_only = count(&|o| o.editions.iter().all(|e| primary(&e.language) == "en"));
    println!("outlets                          {}", all.len());
    println!("countries                        {}", countries.len());
    println!("languages, any edition           {}", languages.len());
    println!("languages with a home feed       {}", at_home.len());
    println!("editions                         {}", editions().count());
    println!("  addressed abroad               {}", editions().filter(|e| e.abroad).count());
    println!("feeds                            {feeds}");
    println!("outlets with a feed              {fed}");
    println!("  without one yet                {}", all.len() - fed);
    println!("news sitemaps                    {}", editions().filter(|e| e.sitemap.is_some()).count());
    println!("outlets in English only          {english_only}");
    println!("others with an English edition   {}", count(&|o| o.english().is_some()) - english_only);
    let owned = count(&|o| o.owner.is_some());
    println!("outlets with an owner, sourced   {owned}");
    println!("outlets with state answers       {}", count(&|o| o.state.is_some()));
    for label in [StateLabel::StateControlled, StateLabel::StateFunded] {
        println!("  {:<30} {}", label.word(), count(&|o| o.label() == Some(label)));
    }
    println!("owners looked up                 {}", count(&|o| o.owner.as_ref().is_some_and(|o| o.checked.is_some())));
    println!("state answers looked up          {}", count(&|o| o.state.as_ref().is_some_and(|s| s.checked.is_some())));
    let (known, joined) = (credits().count(), count(&|o| o.agency.is_some()));
    println!("agencies by whose credits we go  {known}");
    println!("  with an entry                  {joined}");
    for kind in OutletKind::ALL {
        println!("  {:<30} {}", kind.word(), count(&|o| o.kind == kind));
    }
    let of_world = |is: &dyn Fn(&CatalogueOutlet) -> bool| world.iter().filter(|o| is(o)).count();
    println!("world set                        {} outlets of {} countries", world.len(), world_countries.len());
    println!("  with an owner, sourced         {}", of_world(&|o| o.owner.is_some()));
    println!("  with state answers             {}", of_world(&|o| o.state.is_some()));
    println!("  with an edition in English     {}", of_world(&|o| o.english().is_some()));
    println!("  with a news sitemap            {}", of_world(&|o| o.editions.iter().any(|e| e.sitemap.is_some())));
    assert!(all.len() >= 500 && countries.len() >= 110 && languages.len() >= 40);
    assert!(world.len() >= 150 && world_countries.len() >= 50);
    assert!(owned >= 600 && of_world(&|o| o.owner.is_some()) >= 150, "owners");
    assert!(joined >= 150 && joined <= known, "agencies");
    assert!(all.len() > 2 * english_only, "the world does not write English");
    assert!(world.iter().all(|o| !o.home().feeds.is_empty() || o.editions.iter().any(|e| !e.feeds.is_empty())));
}
