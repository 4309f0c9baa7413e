//! How scripts are written in Latin letters: weighted correspondences, learnt from pairs of names.

use std::collections::{BTreeMap, BTreeSet};

/// A Latin spelling of one or two native units, and its cost in hundredths of a nat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spelling {
    /// Zero to three letters.
    pub latin: String,
    /// Minus the logarithm of its probability, times 100.
    pub cost: u32,
}

/// One script's correspondences.
#[derive(Clone, Debug, Default)]
pub struct ScriptTable {
    /// Native unit (or two) → its spellings, cheapest first; the empty unit gives letters out of nothing.
    pub units: BTreeMap<String, Vec<Spelling>>,
    /// From this cost a letter on, a pair of words counts as no transliteration.
    pub cut: u32,
}

/// All scripts' correspondences, by the script's name ("cyrillic", "han", …).
#[derive(Clone, Debug, Default)]
pub struct Transliteration {
    scripts: BTreeMap<String, ScriptTable>,
}

impl Transliteration {
    /// From lines of script, native units, Latin letters and cost, parted by tabs; "=" as units gives the script's cut.
    #[must_use]
    pub fn parse(lines: &str) -> Self {
        let mut scripts: BTreeMap<String, ScriptTable> = BTreeMap::new();
        for line in lines.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let [script, units, latin, cost] = fields[..] else { continue };
            let Ok(cost) = cost.parse() else { continue };
            let table = scripts.entry(script.to_owned()).or_default();
            if units == "=" {
                table.cut = cost;
            } else {
                table.units.entry(units.to_owned()).or_default().push(Spelling { latin: latin.to_owned(), cost });
            }
        }
        for table in scripts.values_mut() {
            for spellings in table.units.values_mut() {
                spellings.sort_by(|a, b| (a.cost, &a.latin).cmp(&(b.cost, &b.latin)));
            }
        }
        Transliteration { scripts }
    }

    /// A script's table, where one was learnt.
    #[must_use]
    pub fn script(&self, name: &str) -> Option<&ScriptTable> {
        self.scripts.get(name)
    }

    /// The scripts that have a table.
    #[must_use]
    pub fn known(&self) -> BTreeSet<&str> {
        self.scripts.keys().map(String::as_str).collect()
    }
}
