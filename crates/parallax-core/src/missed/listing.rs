//! What an outlet's news sitemap lists, and how much of it its feeds brought → what share of its output they carry, or why that is not known.

/// Of fewer listed articles no share is said: of thirty it is right to within eighteen in a hundred (two standard errors), of ten to within thirty-two.
pub const LISTED_TO_SPEAK: u32 = 30;
/// A feed and a sitemap of one outlet overlap. Where not even one in so many of the smaller is in the other, they name articles differently, or are
/// of different editions.
const ALIKE_ONE_IN: u32 = 10;

/// Articles of the time in which an outlet's feeds were read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Listing {
    /// Its news sitemap lists them.
    pub listed: u32,
    /// Of these, its feeds showed them.
    pub shown: u32,
    /// Its feeds showed them, listed or not.
    pub brought: u32,
}

/// Why a listing tells no share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Uncounted {
    /// It lists too few articles of that time.
    Few,
    /// It lists others than the feeds show.
    Others,
}

impl Uncounted {
    /// For programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Uncounted::Few => "few",
            Uncounted::Others => "others",
        }
    }
}

impl Listing {
    /// The share in thousandths.
    ///
    /// # Errors
    /// Why none can be told.
    pub fn carried(&self) -> Result<u32, Uncounted> {
        if self.listed < LISTED_TO_SPEAK {
            return Err(Uncounted::Few);
        }
        let smaller = self.listed.min(self.brought);
        if smaller > 0 && u64::from(self.shown) * u64::from(ALIKE_ONE_IN) < u64::from(smaller) {
            return Err(Uncounted::Others);
        }
        Ok(u32::try_from(u64::from(self.shown.min(self.listed)) * 1_000 / u64::from(self.listed)).unwrap_or(1_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(listed: u32, shown: u32, brought: u32) -> Result<u32, Uncounted> {
        Listing { listed, shown, brought }.carried()
    }

    #[test]
    fn the_share_is_told_of_enough_that_name_the_same() {
        assert_eq!(carried(214, 96, 120), Ok(448));
        assert_eq!(
            carried(LISTED_TO_SPEAK, 0, 0),
            Ok(0),
            "its feeds brought nothing in a time in which they were read"
        );
        assert_eq!(carried(LISTED_TO_SPEAK - 1, 20, 20), Err(Uncounted::Few));
        assert_eq!((carried(200, 2, 20), carried(200, 1, 20)), (Ok(10), Err(Uncounted::Others)));
        assert_eq!(carried(u32::MAX, u32::MAX, u32::MAX), Ok(1_000));
    }
}
