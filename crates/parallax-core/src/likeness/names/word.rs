//! Two words of names in Latin letters → how alike they sound, and a coarse key under which alike words meet.

use crate::likeness::Likeness;

/// A word's sounds: letters, and capitals for the sounds that spellings write with several (`S` sh, `C` ch, `Z` ts, `H` kh, `G` zh).
fn sounds(word: &str) -> Vec<u8> {
    const SPELLINGS: [(&str, u8); 25] = [
        ("shch", b'S'),
        ("schtsch", b'S'),
        ("tsch", b'C'),
        ("tch", b'C'),
        ("sch", b'S'),
        ("ch", b'C'),
        ("cz", b'C'),
        ("sh", b'S'),
        ("sz", b'S'),
        ("kh", b'H'),
        ("zh", b'G'),
        ("rz", b'G'),
        ("ts", b'Z'),
        ("tz", b'Z'),
        ("dj", b'J'),
        ("dzh", b'J'),
        ("ph", b'f'),
        ("th", b't'),
        ("gh", b'g'),
        ("wh", b'w'),
        ("ck", b'k'),
        ("qu", b'q'),
        ("ou", b'u'),
        ("oo", b'u'),
        ("ee", b'i'),
    ];
    let mut rest = word;
    let mut sounds = Vec::with_capacity(word.len());
    while !rest.is_empty() {
        if let Some((spelling, sound)) = SPELLINGS.iter().find(|(s, _)| rest.starts_with(s)) {
            sounds.push(*sound);
            rest = &rest[spelling.len()..];
            continue;
        }
        let first = rest.as_bytes()[0];
        match first {
            b'x' => sounds.extend([b'k', b's']),
            b'a'..=b'z' | b'0'..=b'9' => sounds.push(first),
            _ => {}
        }
        rest = &rest[rest.chars().next().map_or(1, char::len_utf8)..];
    }
    sounds.dedup();
    sounds
}

fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// What it costs to take one sound for another, in hundredths of a letter.
fn exchange(a: u8, b: u8) -> u32 {
    if a == b {
        return 0;
    }
    let pair = |x: &[u8]| x.contains(&a) && x.contains(&b);
    if pair(b"iyj") || pair(b"ckq") {
        return 12;
    }
    if pair(b"fvw") || pair(b"szZ") || pair(b"hHg") || pair(b"GzJj") || pair(b"SsC") {
        return 30;
    }
    if is_vowel(a) && is_vowel(b) {
        return 35;
    }
    if pair(b"Hkc")
        || pair(b"Ccks")
        || pair(b"uw")
        || pair(b"uv")
        || pair(b"Jgjy")
        || pair(b"cZs")
        || pair(b"td")
        || pair(b"pb")
        || pair(b"gk")
        || pair(b"gq")
    {
        return 50;
    }
    if a.is_ascii_digit() || b.is_ascii_digit() { 200 } else { 100 }
}

/// What it costs to leave a sound out, in hundredths of a letter.
fn omission(sound: u8) -> u32 {
    match sound {
        b'h' | b'j' | b'y' => 35,
        s if is_vowel(s) => 45,
        s if s.is_ascii_digit() => 200,
        _ => 100,
    }
}

/// How alike two words in lower-case Latin letters sound.
#[must_use]
pub fn words_alike(a: &str, b: &str) -> Likeness {
    if a == b {
        return Likeness::FULL;
    }
    let (a, b) = (sounds(a), sounds(b));
    if a.is_empty() || b.is_empty() {
        return Likeness::NONE;
    }
    let mut row: Vec<u32> = Vec::with_capacity(b.len() + 1);
    row.push(0);
    for sound in &b {
        row.push(row[row.len() - 1] + omission(*sound));
    }
    let mut older: Vec<u32> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![row[0] + omission(*x)];
        for (j, y) in b.iter().enumerate() {
            let at_start = if i == 0 && j == 0 { exchange(*x, *y) / 2 } else { 0 };
            let mut best =
                (row[j] + exchange(*x, *y) + at_start).min(row[j + 1] + omission(*x)).min(next[j] + omission(*y));
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                best = best.min(older[j - 1] + 70);
            }
            next.push(best);
        }
        older = row;
        row = next;
    }
    // A sixth on top, so that the scale meets the other scripts' at the threshold.
    let cost = u64::from(row[b.len()]) * 7 / 6;
    let whole = 100 * a.len().max(b.len()) as u64;
    Likeness::ratio(whole.saturating_sub(cost), whole)
}

/// Consonant classes of a word in any letters that `key` romanises; words that sound alike share it. Digits stay.
#[must_use]
pub fn skeleton(word: &str) -> String {
    let mut skeleton = String::new();
    for sound in sounds(word) {
        let class = match sound {
            b'b' | b'p' | b'f' | b'v' | b'w' => 'p',
            b'd' | b't' => 't',
            b'k' | b'c' | b'q' | b'g' | b'H' => 'k',
            b's' | b'z' | b'S' | b'C' | b'Z' | b'G' | b'J' => 's',
            b'm' | b'n' => 'n',
            b'l' | b'r' => 'l',
            s if s.is_ascii_digit() => char::from(s),
            _ => continue,
        };
        if !skeleton.ends_with(class) {
            skeleton.push(class);
        }
    }
    if skeleton.is_empty() { word.to_owned() } else { skeleton }
}
