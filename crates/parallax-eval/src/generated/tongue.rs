//! A language → words for it: what the almanac knows of its own, and beyond that words made of its usual letters.

use super::dice::Dice;
use parallax_core::almanac::Almanac;
use std::collections::BTreeMap;

/// The words of a language number two to this.
pub const OCTAVES: u32 = 13;
/// Of the first so many, most are function words, where the almanac has them.
const SMALL_WORDS: usize = 120;

/// The forty languages: eighteen that Parallax was made for first, and twenty-two more in other scripts and families.
pub const LANGUAGES: [&str; 40] = [
    "en", "es", "fr", "de", "pt", "it", "ru", "uk", "pl", "el", "tr", "ar", "fa", "he", "hi", "zh", "ja", "ko", "nl",
    "sv", "da", "no", "fi", "cs", "sk", "hu", "ro", "bg", "hr", "sr", "sl", "lt", "lv", "et", "ca", "id", "vi", "th",
    "bn", "ta",
];

/// A language as far as one needs to write in it.
#[derive(Debug)]
pub struct Tongue {
    /// BCP 47 primary subtag.
    pub code: &'static str,
    /// Words, the most frequent first.
    pub words: Vec<String>,
    /// What reports speech: said.
    pub say: Vec<String>,
    /// What links a reported clause: that.
    pub that: String,
    /// What opens and closes a quotation.
    pub quotes: (String, String),
    /// What ends a sentence.
    pub stop: char,
    /// What stands between words.
    pub space: &'static str,
}

impl Tongue {
    /// Learns a language.
    #[must_use]
    pub fn learn(code: &'static str, seed: u64, almanac: &Almanac) -> Self {
        let letters = Spelling::of(code, almanac);
        let mut dice = Dice::of(seed, code, 0);
        let known = almanac.vocabulary_of(Some(code)).map(|v| v.function_words()).unwrap_or_default();
        let small: Vec<String> = known.iter().filter(|word| !word.contains(' ')).cloned().collect();
        let words = (0..1usize << OCTAVES).map(|rank| {
            if rank < SMALL_WORDS && !small.is_empty() && !dice.once_in(4) {
                dice.one(&small).clone()
            } else {
                // Frequent words are short (Zipf 1935).
                let longest = 2 + (rank + 1).ilog2() as usize * 2 / 3;
                letters.word(1 + longest / 3 + dice.below(longest * 2 / 3 + 1), &mut dice)
            }
        });
        let words: Vec<String> = words.collect();
        let reporting = almanac.reporting.get(code);
        let said = reporting.map(|r| r.cues.say.iter().take(8).cloned().collect::<Vec<_>>()).unwrap_or_default();
        let first =
            |list: Option<&Vec<String>>, other: &str| list.and_then(|l| l.first()).map_or(other, |s| s).to_owned();
        let quotes = (first(reporting.map(|r| &r.quotes.open), "“"), first(reporting.map(|r| &r.quotes.close), "”"));
        Tongue {
            code,
            say: if said.is_empty() { words[64..68].to_vec() } else { said },
            that: reporting.map_or_else(|| words[3].clone(), |r| first(Some(&r.words.that), "")),
            quotes,
            words,
            stop: match code {
                "zh" | "ja" => '。',
                "hi" | "bn" => '।',
                _ => '.',
            },
            space: if matches!(code, "zh" | "ja" | "th") { "" } else { " " },
        }
    }
}

/// Letters, each with the sum of its weight and those before it.
type Letters = Vec<(char, usize)>;

/// Which letter follows which, and how often, as far as the letter statistics tell.
struct Spelling {
    firsts: Letters,
    follow: BTreeMap<char, Letters>,
}

impl Spelling {
    fn of(code: &str, almanac: &Almanac) -> Self {
        let mut pairs: BTreeMap<(char, char), u64> = BTreeMap::new();
        let mut singles: BTreeMap<char, u64> = BTreeMap::new();
        for (gram, level) in almanac.identify.letters().grams_of(code) {
            // Half nats above never seen: twice as many are 2.7 times as frequent.
            let weight = 1u64 << (u32::from(level) * 7 / 10).min(30);
            let letters: Vec<char> = gram.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
            for c in &letters {
                *singles.entry(*c).or_default() += weight;
            }
            if gram.chars().all(char::is_alphabetic) {
                for pair in letters.windows(2) {
                    *pairs.entry((pair[0], pair[1])).or_default() += weight;
                }
            }
        }
        let latin = almanac.identify.signs.is_latin(code);
        singles.retain(|c, _| latin || !c.is_ascii());
        if singles.is_empty() {
            singles = ('a'..='z').map(|c| (c, 1)).collect();
        }
        let mut follow: BTreeMap<char, Letters> = BTreeMap::new();
        for ((first, second), weight) in pairs {
            if singles.contains_key(&first) && singles.contains_key(&second) {
                add(follow.entry(first).or_default(), second, weight);
            }
        }
        let mut firsts = Letters::new();
        singles.into_iter().for_each(|(c, weight)| add(&mut firsts, c, weight));
        Spelling { firsts, follow }
    }

    fn word(&self, length: usize, dice: &mut Dice) -> String {
        let mut word = String::new();
        let mut last = None;
        for _ in 0..length {
            let next = last.and_then(|c| self.follow.get(&c)).unwrap_or(&self.firsts);
            let at = dice.below(next.last().map_or(0, |(_, sum)| *sum));
            let (c, _) = next[next.partition_point(|(_, sum)| *sum <= at)];
            word.push(c);
            last = Some(c);
        }
        word
    }
}

/// Adds a letter; the square root of its weight, so that what is merely less frequent is not left out of some thousand words.
fn add(letters: &mut Letters, c: char, weight: u64) {
    let before = letters.last().map_or(0, |(_, sum)| *sum);
    letters.push((c, before + usize::try_from(weight.isqrt()).unwrap_or(0).max(1)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_words_in_their_own_script() {
        let almanac = parallax_almanac::almanac();
        for code in ["en", "el", "th", "vi", "ta", "ja"] {
            let tongue = Tongue::learn(code, 1, almanac);
            assert_eq!(tongue.words.len(), 1 << OCTAVES, "{code}");
            assert!(tongue.words.iter().all(|word| !word.is_empty() && !word.contains(' ')), "{code}");
            let european = |c: char| {
                u32::from(c) < 0x370 || ('\u{1e00}'..='\u{1eff}').contains(&c) || ('\u{300}'..'\u{370}').contains(&c)
            };
            let latin = tongue.words.iter().filter(|word| word.chars().all(european)).count();
            assert_eq!(
                latin > tongue.words.len() / 2,
                almanac.identify.signs.is_latin(code),
                "{code}: {:?}",
                &tongue.words[300..310]
            );
        }
    }
}
