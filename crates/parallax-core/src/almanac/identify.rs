//! Letter statistics and scripts by which a language is recognised.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Everything that tells languages apart.
#[derive(Debug)]
pub struct LanguageModel {
    /// What scripts and single letters say.
    pub signs: Signs,
    letters: LazyLock<Letters>,
}

impl LanguageModel {
    /// `letters` is called when the first language is asked for: the table is large, and most commands on one page need it once.
    #[must_use]
    pub fn new(signs: Signs, letters: fn() -> Letters) -> Self {
        LanguageModel { signs, letters: LazyLock::new(letters) }
    }

    /// The statistics.
    #[must_use]
    pub fn letters(&self) -> &Letters {
        &self.letters
    }
}

impl Default for LanguageModel {
    fn default() -> Self {
        LanguageModel::new(Signs::default(), Letters::default)
    }
}

/// `data/identify/scripts.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    aliases: BTreeMap<String, String>,
    also_latin: Codes,
    twins: Vec<Codes>,
    scripts: Vec<Script>,
    marks: Vec<Marks>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    languages: Codes,
    ranges: Vec<Range>,
    #[serde(default = "half")]
    share: usize,
}

fn half() -> usize {
    50
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    language: String,
    letters: String,
    share: usize,
}

/// Language codes parted by white space.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "String")]
struct Codes(Vec<String>);

impl From<String> for Codes {
    fn from(written: String) -> Self {
        Codes(written.split_whitespace().map(str::to_owned).collect())
    }
}

impl Codes {
    fn has(&self, language: &str) -> bool {
        self.0.iter().any(|code| code == language)
    }
}

/// Characters from the first to the last, as "0370-03ff".
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Range(u32, u32);

impl TryFrom<String> for Range {
    type Error = String;
    fn try_from(written: String) -> Result<Self, String> {
        let ends = written.split_once('-').and_then(|(first, last)| {
            Some(Range(u32::from_str_radix(first, 16).ok()?, u32::from_str_radix(last, 16).ok()?))
        });
        ends.ok_or_else(|| format!("{written}: no range of characters"))
    }
}

/// The languages that come into question by script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// Just this one.
    One(String),
    /// One of these.
    Some(Vec<String>),
    /// Those written in Latin letters, or in none that is known.
    Latin,
    /// There are no letters.
    None,
}

impl Signs {
    /// What the letters of a text, taken one by one, say of its language.
    #[must_use]
    pub fn candidates(&self, text: &str) -> Candidates {
        let mut letters = 0;
        let mut of_script = vec![0; self.scripts.len()];
        let mut last = 0;
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            let code = u32::from(c);
            if code < 0x370 {
                continue;
            }
            let within = |at: &usize| self.scripts[*at].ranges.iter().any(|r| r.0 <= code && code <= r.1);
            if let Some(at) =
                [last].into_iter().chain(0..self.scripts.len()).filter(|at| *at < of_script.len()).find(within)
            {
                of_script[at] += 1;
                last = at;
            }
        }
        if letters == 0 {
            return Candidates::None;
        }
        let marked = |marks: &&Marks| {
            let found = text.chars().filter(|c| marks.letters.contains(*c)).count();
            found * 100 >= letters * marks.share
        };
        if let Some(marks) = self.marks.iter().find(marked) {
            return Candidates::One(marks.language.clone());
        }
        match self.scripts.iter().zip(of_script).find(|(script, count)| count * 100 >= letters * script.share) {
            Some((script, _)) if script.languages.0.len() == 1 => Candidates::One(script.languages.0[0].clone()),
            Some((script, _)) => Candidates::Some(script.languages.0.clone()),
            None => Candidates::Latin,
        }
    }

    /// The primary subtag of a BCP 47 tag, as the tables write it; `None` where the tag names no language.
    #[must_use]
    pub fn primary(&self, tag: &str) -> Option<String> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let written = self.aliases.get(&primary).unwrap_or(&primary);
        let is_subtag = (2..=8).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_alphabetic());
        is_subtag.then(|| written.clone())
    }

    /// Is this language written in Latin letters, as far as is known?
    #[must_use]
    pub fn is_latin(&self, language: &str) -> bool {
        self.also_latin.has(language) || !self.scripts.iter().any(|script| script.languages.has(language))
    }

    /// Are these two so near that a few sentences do not tell them apart?
    #[must_use]
    pub fn are_twins(&self, a: &str, b: &str) -> bool {
        self.twins.iter().any(|group| group.has(a) && group.has(b))
    }
}

/// Multinomial naive Bayes over byte n-grams, in integers. See `scripts/language_model.py` for the layout and its source.
#[derive(Debug, Default)]
pub struct Letters {
    codes: Vec<String>,
    /// 1/64 nat.
    priors: Vec<i64>,
    /// 1/64 nat.
    floors: Vec<i64>,
    /// N-grams back to front, sorted.
    grams: Vec<u8>,
    /// Where each n-gram begins in `grams`; one more than there are.
    starts: Vec<u32>,
    /// The first n-gram whose last two bytes are these; one more than there are pairs.
    heads: Vec<u32>,
    /// Where the weights of each n-gram begin; one more than there are.
    rows: Vec<u32>,
    /// Language, and half nats above its floor.
    weights: Vec<(u8, u8)>,
}

/// How well a text fits a language.
#[derive(Clone, Copy, Debug)]
pub struct Fit<'a> {
    /// BCP 47 primary subtag.
    pub language: &'a str,
    /// Log-likelihood with the prior, in 1/64 nat.
    pub score: i64,
    /// How far a typical n-gram of the text lies above one never seen in that language, in 1/64 nat.
    pub above: i64,
}

/// ln(1 + n) · 1024 for n below 64.
const LOGARITHMS: [i64; 64] = [
    0, 710, 1125, 1420, 1648, 1835, 1993, 2129, 2250, 2358, 2455, 2545, 2627, 2702, 2773, 2839, 2901, 2960, 3015, 3068,
    3118, 3165, 3211, 3254, 3296, 3336, 3375, 3412, 3448, 3482, 3516, 3549, 3580, 3611, 3641, 3670, 3698, 3725, 3751,
    3777, 3803, 3827, 3851, 3875, 3898, 3921, 3943, 3964, 3985, 4006, 4026, 4046, 4066, 4085, 4103, 4122, 4140, 4158,
    4175, 4193, 4210, 4226, 4243, 4259,
];

/// ln(1 + count) · 1024.
fn logarithm(count: u32) -> i64 {
    let halvings = (count + 1).ilog2().saturating_sub(5);
    LOGARITHMS[(((count + 1) >> halvings) - 1) as usize] + 710 * i64::from(halvings)
}

impl Letters {
    /// Reads the unpacked table; `None` where its parts don't fit.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Letters> {
        let mut rest = bytes;
        let languages = read_u32(&mut rest)? as usize;
        let grams = read_u32(&mut rest)? as usize;
        let mut letters = Letters::default();
        for _ in 0..languages {
            let length = take(&mut rest, 1)?[0];
            letters.codes.push(String::from_utf8(take(&mut rest, length.into())?.to_vec()).ok()?);
            letters.priors.push(i64::from(read_u32(&mut rest)?.cast_signed()));
            letters.floors.push(i64::from(read_u32(&mut rest)?.cast_signed()));
        }
        letters.read_grams(grams, &mut rest)?;
        letters.read_weights(grams, &mut rest)?;
        rest.is_empty().then_some(letters)
    }

    fn read_grams(&mut self, count: usize, rest: &mut &[u8]) -> Option<()> {
        let mut heads = vec![0u32; 1 << 16];
        for _ in 0..count {
            let [shared, more] = take(rest, 2)? else { return None };
            let before = self.starts.last().map_or(0, |start| *start as usize);
            self.starts.push(u32::try_from(self.grams.len()).ok()?);
            self.grams.extend_from_within(before..before + usize::from(*shared));
            self.grams.extend_from_slice(take(rest, usize::from(*more))?);
            let [last, second, ..] = self.grams[*self.starts.last()? as usize..] else { return None };
            heads[usize::from(last) << 8 | usize::from(second)] += 1;
        }
        self.starts.push(u32::try_from(self.grams.len()).ok()?);
        let mut sum = 0;
        self.heads.push(0);
        for number in heads {
            sum += number;
            self.heads.push(sum);
        }
        Some(())
    }

    fn read_weights(&mut self, count: usize, rest: &mut &[u8]) -> Option<()> {
        let numbers = take(rest, count)?;
        let total = numbers.iter().map(|n| usize::from(*n)).sum();
        let (mut steps, mut levels) = (take(rest, total)?, take(rest, total)?);
        self.rows.push(0);
        for number in numbers {
            let mut language = 0u8;
            for _ in 0..*number {
                language = language.checked_add(take(&mut steps, 1)?[0])?;
                if usize::from(language) >= self.codes.len() {
                    return None;
                }
                self.weights.push((language, take(&mut levels, 1)?[0]));
            }
            self.rows.push(u32::try_from(self.weights.len()).ok()?);
        }
        Some(())
    }

    /// Does it know this language?
    #[must_use]
    pub fn knows(&self, language: &str) -> bool {
        self.codes.iter().any(|code| code == language)
    }

    /// The n-grams that tell for a language, with how far each lies above one never seen in it, in half nats; those of whole
    /// characters alone.
    #[must_use]
    pub fn grams_of(&self, language: &str) -> Vec<(String, u8)> {
        let mut grams = Vec::new();
        let Some(language) = self.codes.iter().position(|code| code == language) else { return grams };
        for (at, ends) in self.rows.windows(2).enumerate() {
            let weights = &self.weights[ends[0] as usize..ends[1] as usize];
            let Some((_, level)) = weights.iter().find(|(of, _)| usize::from(*of) == language) else { continue };
            let mut bytes = self.grams[self.starts[at] as usize..self.starts[at + 1] as usize].to_vec();
            bytes.reverse();
            if let Ok(gram) = String::from_utf8(bytes) {
                grams.push((gram, *level));
            }
        }
        grams
    }

    /// How well a text fits each language, in the table's order; two ways of writing one language count as the better of them.
    #[must_use]
    pub fn fits(&self, text: &str) -> Vec<Fit<'_>> {
        let bytes = text.as_bytes();
        let mut found: Vec<u32> = (1..=bytes.len()).filter_map(|end| self.longest(&bytes[..end])).collect();
        found.sort_unstable();
        let mut above = vec![0i64; self.codes.len()];
        let mut total = 0;
        for same in found.chunk_by(|a, b| a == b) {
            let times = logarithm(u32::try_from(same.len()).unwrap_or(u32::MAX - 1));
            total += times;
            let gram = same[0] as usize;
            for (language, level) in &self.weights[self.rows[gram] as usize..self.rows[gram + 1] as usize] {
                above[usize::from(*language)] += times * i64::from(*level) * 32;
            }
        }
        let mut fits: Vec<Fit<'_>> = Vec::with_capacity(self.codes.len());
        for (at, above) in above.into_iter().enumerate() {
            let fit = Fit {
                language: &self.codes[at],
                score: self.priors[at] + (self.floors[at] * total + above) / 1024,
                above: above / total.max(1),
            };
            match fits.iter_mut().find(|other| other.language == fit.language) {
                Some(other) if other.score >= fit.score => {}
                Some(other) => *other = fit,
                None => fits.push(fit),
            }
        }
        fits
    }

    /// The longest n-gram that ends with `text`.
    fn longest(&self, text: &[u8]) -> Option<u32> {
        let [.., second, last] = text else { return None };
        let head = usize::from(*last) << 8 | usize::from(*second);
        let (mut low, mut high) = (*self.heads.get(head)?, self.heads[head + 1]);
        let mut best = None;
        let mut depth = 2;
        while low < high {
            let gram = |at: u32| &self.grams[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize];
            if gram(low).len() == depth {
                best = Some(low);
                low += 1;
            }
            let Some(byte) = text.len().checked_sub(depth + 1).map(|at| text[at]) else { break };
            let bound = |from: u32, to: u32, least: u16| {
                let (mut from, mut to) = (from, to);
                while from < to {
                    let middle = from + (to - from) / 2;
                    if u16::from(gram(middle)[depth]) < least { from = middle + 1 } else { to = middle }
                }
                from
            };
            low = bound(low, high, byte.into());
            high = bound(low, high, u16::from(byte) + 1);
            depth += 1;
        }
        best
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(count)?;
    *rest = tail;
    Some(head)
}

fn read_u32(rest: &mut &[u8]) -> Option<u32> {
    take(rest, 4)?.try_into().ok().map(u32::from_le_bytes)
}
