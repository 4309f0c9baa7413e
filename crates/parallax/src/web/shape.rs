//! A story's JSON as the desk keeps it (docs: the contract) → typed values for a page.

use serde::Deserialize;

/// A compared story.
#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Story {
    pub id: String,
    pub headline: Option<String>,
    pub first_published: Option<String>,
    pub last_published: Option<String>,
    pub articles: Vec<Article>,
    pub names: Vec<Name>,
    pub current_take: Vec<Support>,
    pub takes: Vec<Take>,
    pub statements: Vec<Utterance>,
    pub figures: Vec<Quantity>,
    pub timeline: Vec<Development>,
    pub problems: Vec<Problem>,
}

/// An article, without what was understood of it.
#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Article {
    pub id: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub text: String,
    pub agencies: Vec<String>,
    pub outlet: Option<Outlet>,
    pub carrier: Option<Outlet>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub access: String,
    pub kind: String,
    pub derivation: String,
    pub of: Option<String>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Outlet {
    pub name: Option<String>,
    pub domain: Option<String>,
    pub country: Option<String>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Name {
    pub id: String,
    pub canonical: String,
    pub kind: String,
    pub variants: Vec<Variant>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Variant {
    pub text: String,
    pub articles: Vec<String>,
}

/// Words of an article, in code points of its text.
#[derive(Deserialize, Default, Debug, Clone)]
#[serde(default)]
pub struct Evidence {
    pub article: String,
    pub start: usize,
    pub end: usize,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Support {
    pub text: String,
    pub evidence: Vec<Evidence>,
    pub outlets: usize,
    pub separate: usize,
    pub voices: Vec<String>,
    pub countries: Vec<String>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Take {
    pub article: String,
    pub only_here: Option<Vec<Words>>,
    pub leaves_out: Option<Vec<usize>>,
    pub voices: Vec<Voice>,
    pub wording: Vec<Wording>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Words {
    pub start: usize,
    pub end: usize,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Voice {
    pub entity: Option<String>,
    pub party: Option<String>,
    pub share: f64,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Wording {
    pub about: String,
    pub start: usize,
    pub end: usize,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Utterance {
    pub speaker: Option<String>,
    pub wording: String,
    pub renderings: Vec<Rendering>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Rendering {
    #[serde(flatten)]
    pub at: Evidence,
    pub kind: String,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Quantity {
    pub about: String,
    pub unit: Option<String>,
    pub verdict: String,
    pub consequence: u8,
    pub values: Vec<Value>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Value {
    #[serde(flatten)]
    pub at: Evidence,
    pub low: Option<String>,
    pub high: Option<String>,
    pub as_of: Option<String>,
    pub according_to: Option<String>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Development {
    pub when: String,
    pub status: String,
    pub settled_by: Option<usize>,
    pub evidence: Vec<Evidence>,
}

#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct Problem {
    pub message: String,
    pub remedy: String,
}
