//! Seeds → endless inputs made of them: cut, joined, repeated, spoilt, with what parsers stumble over put in.

/// An input is seldom longer: speed finds more than size does.
const USUAL_BYTES: usize = 4_000;
/// One in a hundred may be as long as this, so that what is quadratic shows.
const LONG_BYTES: usize = 40_000;

/// What parsers stumble over.
const TOKENS: &[&str] = &[
    "\u{200b}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{301}",
    "\u{fe0f}",
    "👩‍👩‍👧",
    "𐍈",
    "\u{10ffff}",
    "\0",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "ß",
    "İ",
    "ﬁ",
    "ẞ",
    "が",
    "한",
    "न्",
    "ـ",
    "؟",
    "。",
    "」",
    "“",
    "”",
    "„",
    "«",
    "»",
    "'",
    "\"",
    "’",
    "…",
    "...",
    ". ",
    ".",
    "!",
    "?",
    ",",
    ";",
    ":",
    "-",
    "–",
    "—",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    "</",
    "<p>",
    "</p>",
    "<div>",
    "<br",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "<title>",
    "<item>",
    "</item>",
    "<entry>",
    "&",
    "&amp;",
    "&#x0;",
    "&#xD800;",
    "&#99999999999;",
    "{",
    "}",
    "[[",
    "\\u0000",
    "\\",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "0",
    "9",
    "-1",
    "1.5",
    "1,000",
    "99999999999999999999999999999",
    "0.0000000000000000000000000001",
    "1e999",
    "½",
    "٣",
    "三",
    "%",
    "$",
    "€",
    "2025-12-02",
    "Dec. 2",
    "2 декабря",
    "31 February",
    "late Tuesday",
    "nearly five",
    "more than",
    "million",
    "said",
    "“Yes,” she said.",
    "according to",
    "Mr. ",
    "U.S. ",
    "killed",
    "сказал",
];

/// Makes inputs; the same seeds and number give the same ones.
pub struct Mutator {
    seeds: Vec<Vec<u8>>,
    state: u64,
}

impl Mutator {
    pub fn new(seeds: Vec<Vec<u8>>, seed: u64) -> Self {
        Mutator { seeds, state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    /// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators").
    fn random(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { usize::try_from(self.random() >> 33).unwrap_or(0) % limit }
    }

    /// The next input.
    pub fn next(&mut self) -> Vec<u8> {
        let mut input = self.part_of_seed();
        for _ in 0..=self.below(8) {
            self.spoil(&mut input);
        }
        let limit = if self.below(100) == 0 { LONG_BYTES } else { USUAL_BYTES };
        if limit == LONG_BYTES && !input.is_empty() {
            input = input.repeat(limit / input.len() + 1);
        }
        input.truncate(limit);
        input
    }

    fn part_of_seed(&mut self) -> Vec<u8> {
        let which = self.below(self.seeds.len());
        let seed = self.seeds.get(which).cloned().unwrap_or_default();
        if seed.len() <= USUAL_BYTES {
            return seed;
        }
        let start = self.below(seed.len() - USUAL_BYTES);
        seed[start..start + USUAL_BYTES].to_vec()
    }

    fn spoil(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let end = (at + self.below(64)).min(input.len());
        match self.below(8) {
            0 => drop(input.drain(at..end)),
            1 => {
                let piece = input[at..end].to_vec();
                let times = self.below(40);
                input.splice(at..at, piece.repeat(times));
            }
            2 => {
                let byte = u8::try_from(self.below(256)).unwrap_or(0);
                input.splice(at..end.min(at + 1), [byte]);
            }
            3 => {
                let other = self.part_of_seed();
                let from = self.below(other.len() + 1);
                let to = (from + self.below(400)).min(other.len());
                input.splice(at..end, other[from..to].iter().copied());
            }
            4 => input.truncate(at.max(1)),
            5 => {
                let to = self.below(input.len() + 1);
                let piece: Vec<u8> = input.drain(at..end).collect();
                let to = to.min(input.len());
                input.splice(to..to, piece);
            }
            _ => {
                let token = TOKENS[self.below(TOKENS.len())];
                let times = if self.below(10) == 0 { self.below(60) } else { 1 };
                input.splice(at..at, token.repeat(times).into_bytes());
            }
        }
    }
}
