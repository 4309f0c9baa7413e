//! A seed → numbers that look random and are the same on every machine.

/// `SplitMix64` (Steele, Lea, Flood 2014): sixty-four bits of state, each step a fixed increment and a finaliser that spreads every bit.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice of their own for each of several things: what is drawn for one does not depend on how many there are.
    #[must_use]
    pub fn of(seed: u64, thing: &str, number: u64) -> Self {
        let named = thing.bytes().fold(seed, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let mut dice = Dice(named ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.any();
        dice
    }

    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    /// A number from 0 to below `bound`, each equally likely; 0 where there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.any()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Yes once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// A rank below `1 << octaves`, by Zipf's law: 1–2, 2–4, 4–8… are equally likely, so that each rank is drawn as often as one in it.
    pub fn rank(&mut self, octaves: u32) -> usize {
        let least = 1usize << self.below(octaves as usize);
        least + self.below(least) - 1
    }

    /// A size from 1 to below `1 << octaves`: twice the size, half as likely to be in that octave.
    pub fn size(&mut self, octaves: u32) -> usize {
        let octave = self.any().trailing_zeros().min(octaves - 1);
        let least = 1usize << octave;
        least + self.below(least)
    }

    /// One of several things, which must not be none.
    pub fn one<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_and_another_another() {
        let draw = |seed, thing, number| {
            let mut dice = Dice::of(seed, thing, number);
            (0..4).map(|_| dice.any()).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "story", 7), draw(1, "story", 7));
        let others = [draw(2, "story", 7), draw(1, "word", 7), draw(1, "story", 8)];
        assert!(others.iter().all(|other| *other != draw(1, "story", 7)));
    }

    #[test]
    fn ranks_follow_zipf_and_sizes_halve() {
        let mut dice = Dice::of(1, "test", 0);
        let ranks: Vec<usize> = (0..60_000).map(|_| dice.rank(12)).collect();
        let within = |from: usize, to: usize| ranks.iter().filter(|r| (from..to).contains(r)).count();
        assert!(ranks.iter().all(|r| *r < 4095));
        assert!((4_500..5_500).contains(&within(0, 1)) && (4_500..5_500).contains(&within(1023, 2047)));
        let sizes: Vec<usize> = (0..60_000).map(|_| dice.size(9)).collect();
        let single = sizes.iter().filter(|s| **s == 1).count();
        assert!(
            (29_000..31_000).contains(&single) && sizes.iter().max() > Some(&255) && sizes.iter().all(|s| *s < 512)
        );
    }
}
