//! The sample press: pages of fictional outlets, bundled, so that there is something to compare on a machine without a network.

use crate::input::{Got, Item, bundled};
use crate::pipeline;
use anyhow::{Context, Result, bail};
use parallax_core::almanac::Almanac;
use std::fs;
use std::path::Path;

macro_rules! files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_bytes!(concat!("../sample/", $name)))),*] };
}

/// Names and bytes, in the order in which they are read.
pub const FILES: &[(&str, &[u8])] = files![
    "bridge-1-harbour-gazette.html",
    "bridge-2-diario-del-tarabe.html",
    "bridge-3-lowland-herald.html",
    "bridge-4-daybreak.txt",
    "bridge-5-meridian-opinion.html",
    "strait-1-harbour-gazette.html",
    "strait-2-nevsky-obozrevatel.html",
    "strait-3-rheinblick.html",
    "strait-4-meridian-post.html",
    "strait-5-al-marsad.html",
    "ship-1-dongwan-ribao.html",
    "ship-2-3.jsonl",
    "ship-4-el-faro-del-sur.html",
];

const README: &[u8] = include_bytes!("../sample/README.md");

/// Where the fictional outlets publish, which for real ones the almanac knows: name, domain, country.
const OUTLETS: &[(&str, &str, &str)] = &[
    ("The Harbour Gazette", "harbour-gazette.example", "GB"),
    ("Diario del Tarabe", "diario-del-tarabe.example", "ES"),
    ("The Lowland Herald", "lowland-herald.example", "NL"),
    ("Northern Wire", "northern-wire.example", "IE"),
    ("The Meridian", "the-meridian.example", "IE"),
    ("Невский обозреватель", "nevsky-obozrevatel.example", "RU"),
    ("Rheinblick", "rheinblick.example", "CH"),
    ("The Meridian Post", "meridian-post.example", "US"),
    ("المرصد اليومي", "al-marsad.example", "JO"),
    ("东湾日报", "dongwan-ribao.example", "CN"),
    ("The Straits Ledger", "straits-ledger.example", "SG"),
    ("El Faro del Sur", "el-faro-del-sur.example", "AR"),
];

/// The press as if read from files, each outlet with its country.
pub fn inputs(almanac: &Almanac) -> Vec<Got> {
    let all = FILES.iter().flat_map(|(name, bytes)| bundled(name, bytes));
    all.map(|got| {
        let mut article = pipeline::extract(got, almanac)?;
        if let Some(outlet) = &mut article.outlet {
            let known = OUTLETS.iter().find(|(name, domain, _)| {
                outlet.domain.as_deref() == Some(domain) || outlet.name.as_deref() == Some(name)
            });
            outlet.country = outlet.country.take().or(known.map(|(_, _, country)| (*country).to_owned()));
        }
        Ok(crate::input::Input { item: Item::Article(Box::new(article)), problems: Vec::new() })
    })
    .collect()
}

/// Lays the files out in a new or empty folder.
pub fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    let mut there = fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))?;
    if there.next().is_some() {
        bail!("{} is not empty; name a new folder", folder.display());
    }
    for (name, bytes) in FILES.iter().copied().chain([("README.md", README)]) {
        let path = folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("{} could not be written", path.display()))?;
    }
    Ok(())
}
