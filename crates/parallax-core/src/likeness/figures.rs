//! Two values given for one quantity → how they stand to one another: equal, both possible, or not both true.

use crate::model::Decimal;

/// A value as an article gives it: bounds, and whether it is said to be near only ("about").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Value {
    /// Lower bound.
    pub low: Option<Decimal>,
    /// Upper bound.
    pub high: Option<Decimal>,
    /// Is it said to be near that only?
    pub about: bool,
    /// Does it count single people (the dead), so that a round number is no rounding?
    pub exact: bool,
}

/// How two values stand to one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Equal, and equally bounded.
    Same,
    /// Both can be true.
    Compatible,
    /// Not both can be true, though they are bounds of one number ("nearly five", "more than five").
    Rounding,
    /// Not both can be true.
    Conflict,
}

impl Value {
    /// The number that is named, whatever bounds it; of a range its middle.
    #[must_use]
    pub fn core(&self) -> Option<Decimal> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low != high => Some((low.checked_add(high)?) / Decimal::TWO),
            (low, high) => low.or(high),
        }
    }

    /// Is it a number without qualifier?
    fn is_bare(&self) -> bool {
        self.low.is_some() && self.low == self.high && !self.about
    }

    /// The span of what it can mean: from, to, and whether the ends belong to it.
    fn reach(&self) -> (Option<Decimal>, Option<Decimal>, bool) {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => {
                let half = if self.about {
                    (low.abs() / Decimal::TEN).max(rounding(low) / Decimal::TWO)
                } else if self.exact {
                    Decimal::ZERO
                } else {
                    rounding(low) / Decimal::TWO
                };
                (Some(low - half), Some(high + half), true)
            }
            (low, high) => (low, high, false),
        }
    }
}

/// The unit to which a number is rounded by its own look: 43,000 to 1,000, 700 to 100; below 100 and with a remainder none.
fn rounding(value: Decimal) -> Decimal {
    let hundred = Decimal::ONE_HUNDRED;
    if value < hundred || !value.fract().is_zero() {
        return Decimal::ZERO;
    }
    let mut unit = Decimal::ONE;
    while let Some(next) = unit.checked_mul(Decimal::TEN).filter(|next| (value % *next).is_zero() && *next <= value) {
        unit = next;
    }
    if unit < Decimal::TEN { Decimal::ZERO } else { unit }
}

/// How two values stand to one another.
#[must_use]
pub fn standing(a: &Value, b: &Value) -> Standing {
    if a.low == b.low && a.high == b.high && a.about == b.about {
        return Standing::Same;
    }
    if fits(a, b) {
        return Standing::Compatible;
    }
    if a.core() == b.core() { Standing::Rounding } else { Standing::Conflict }
}

/// Can both be true?
fn fits(a: &Value, b: &Value) -> bool {
    // A bare number fits every bound on itself: "five" and "nearly five".
    if (a.is_bare() || b.is_bare() || a.about || b.about) && a.core() == b.core() {
        return true;
    }
    let ((from_a, to_a, closed_a), (from_b, to_b, closed_b)) = (a.reach(), b.reach());
    let before = |to: Option<Decimal>, from: Option<Decimal>, closed: bool| match (to, from) {
        (Some(to), Some(from)) => to < from || (to == from && !closed),
        _ => false,
    };
    let closed = closed_a && closed_b;
    !before(to_a, from_b, closed) && !before(to_b, from_a, closed)
}
