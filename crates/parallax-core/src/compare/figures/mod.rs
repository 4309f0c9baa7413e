//! The figures of several takes → the quantities they give, each with the values side by side and how these stand to one another.

mod align;
mod item;
mod verdict;

use super::material::Material;
use crate::almanac::Almanac;
use crate::model::Quantity;

/// Brings values of one quantity together, weightiest first.
pub(super) fn quantities(material: &Material<'_>, almanac: &Almanac) -> Vec<Quantity> {
    let items = item::items(material, almanac);
    let clusters = align::clusters(&items, material);
    let mut found: Vec<Quantity> =
        clusters.iter().map(|members| verdict::quantity(members, &items, material, almanac)).collect();
    found.sort_by_key(|q| (rank(q), q.values.first().map(|v| v.at)));
    found
}

/// What differs first, by what hangs on it; then what agrees; then what only one has.
fn rank(quantity: &Quantity) -> (u8, u8) {
    use crate::model::Verdict::{Changed, Compatible, Conflict, Same, Single};
    let verdict = match quantity.verdict {
        Conflict | Changed => 0,
        Compatible | Same => 1,
        Single => 2,
    };
    let weight = 3 - quantity.consequence as u8;
    (verdict, weight)
}
