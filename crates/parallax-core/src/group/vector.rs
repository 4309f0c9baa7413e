//! Weighted features → a vector of length one, in integers, and how near two of them are.

use serde::{Deserialize, Serialize};

/// What a vector's length is scaled to.
const ONE: u64 = 1 << 15;

/// Features by id, ascending, with weights scaled so that their squares add up to `ONE` squared.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Vector(pub Vec<(u32, u16)>);

impl Vector {
    /// The heaviest `limit` of some features, scaled; equal ids are added up.
    pub fn new(mut features: Vec<(u32, u64)>, limit: usize) -> Self {
        features.sort_unstable_by_key(|(id, _)| *id);
        features.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        if features.len() > limit {
            features.sort_unstable_by_key(|(id, weight)| (std::cmp::Reverse(*weight), *id));
            features.truncate(limit);
            features.sort_unstable_by_key(|(id, _)| *id);
        }
        let heaviest = features.iter().map(|(_, weight)| *weight).max().unwrap_or(0).max(1);
        // Into a range whose squares cannot overflow whatever the sum.
        let scaled: Vec<(u32, u64)> = features.into_iter().map(|(id, weight)| (id, weight * ONE / heaviest)).collect();
        let length = scaled.iter().map(|(_, weight)| weight * weight).sum::<u64>().isqrt().max(1);
        let unit = scaled.into_iter().map(|(id, weight)| (id, u16::try_from(weight * ONE / length).unwrap_or(0)));
        let mut vector: Vec<(u32, u16)> = unit.filter(|(_, weight)| *weight > 0).collect();
        // Thousands are kept.
        vector.shrink_to_fit();
        Vector(vector)
    }

    /// The cosine of the angle between two vectors, in ten thousandths.
    pub fn cosine(&self, other: &Vector) -> i64 {
        let (a, b) = (&self.0[..], &other.0[..]);
        let (mut i, mut j, mut sum) = (0, 0, 0u64);
        while i < a.len() && j < b.len() {
            let ((x, of_x), (y, of_y)) = (a[i], b[j]);
            if x == y {
                sum += u64::from(of_x) * u64::from(of_y);
            }
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        cosine_of(sum)
    }

    /// The ids of the heaviest features, heaviest first.
    pub fn heaviest(&self, count: usize) -> Vec<(u32, u16)> {
        let mut features = self.0.clone();
        features.sort_unstable_by_key(|(id, weight)| (std::cmp::Reverse(*weight), *id));
        features.truncate(count);
        features
    }
}

/// The cosine, in ten thousandths, of two vectors the products of whose weights add up to `sum`.
pub(super) fn cosine_of(sum: u64) -> i64 {
    i64::try_from(sum * 10_000 / (ONE * ONE)).unwrap_or(0)
}
