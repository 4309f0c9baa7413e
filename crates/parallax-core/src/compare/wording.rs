//! The renderings of one utterance → do they use the same words, other words, or say different things?

use super::lexis::{Class, Lexis};
use super::material::{Material, Spelt};
use super::odds::at_odds;
use crate::model::{Rendering, Span, StatementKind, Utterance, Wording, WordingNote};

/// A word of a rendering.
#[derive(Clone, Copy, Debug)]
struct Said {
    token: Spelt,
    /// Words may be missing before it: an ellipsis, the end of a quotation.
    breaks: bool,
    /// It stands in brackets: an editor's, who may also have left words out for it.
    editorial: bool,
}

/// What is compared of one rendering.
#[derive(Debug)]
struct Words {
    /// The words within quotation marks, or all of them in indirect speech.
    said: Vec<Said>,
    /// Are they quoted?
    quoted: bool,
}

/// The worst that holds between the renderings of any two articles.
pub(super) fn of(renderings: &[Rendering], material: &Material<'_>) -> Wording {
    let words: Vec<Words> = renderings.iter().map(|r| words(r, material)).collect();
    let mut articles: Vec<usize> = renderings.iter().map(|r| r.at.article).collect();
    articles.dedup();
    let mut worst = Wording::Single;
    for (n, first) in articles.iter().enumerate() {
        for second in &articles[n + 1..] {
            let of = |article: usize| (0..renderings.len()).filter(move |i| renderings[*i].at.article == article);
            let pairs = of(*first).flat_map(|i| of(*second).map(move |j| (i, j)));
            let judged: Vec<(bool, Wording)> = pairs
                .filter_map(|(i, j)| {
                    let wording = between((&renderings[i], &words[i]), (&renderings[j], &words[j]), material)?;
                    Some((words[i].quoted && words[j].quoted, wording))
                })
                .collect();
            // Quoted in both, each quotation must agree; a paraphrase beside it says nothing about the words.
            let quoted = judged.iter().filter(|(quoted, _)| *quoted).map(|(_, wording)| *wording).max();
            let any = judged.iter().map(|(_, wording)| *wording).min();
            worst = worst.max(quoted.or(any).unwrap_or(Wording::Differs));
        }
    }
    worst
}

/// How one article words what others word otherwise: its renderings of utterances that differ, contradictions first, with the speaker's
/// name as what they are about.
pub(super) fn notes(article: usize, utterances: &[Utterance], material: &Material<'_>) -> Vec<WordingNote> {
    let mut differing: Vec<&Utterance> = utterances.iter().filter(|u| u.wording >= Wording::Differs).collect();
    differing.sort_by_key(|u| std::cmp::Reverse(u.wording));
    let notes = differing.into_iter().filter_map(|utterance| {
        let about = &material.links.entities.get(utterance.speaker?.0 as usize)?.canonical;
        let own = utterance.renderings.iter().find(|r| r.at.article == article)?;
        Some(WordingNote { about: about.clone(), span: own.at.span })
    });
    notes.collect()
}

fn words(rendering: &Rendering, material: &Material<'_>) -> Words {
    let text: &str = &material.takes[rendering.at.article].article.text;
    let mut said = Vec::new();
    let (mut breaks, mut editorial) = (false, false);
    let mut marks = Marks::new(rendering, material);
    let mut at = rendering.at.span.start as usize;
    for word in material.spelt(rendering.at) {
        let between = text.get(at..word.span.start as usize).unwrap_or("");
        for c in between.chars() {
            breaks |= marks.pass(c);
            match c {
                '(' | '[' => editorial = true,
                ')' | ']' => (editorial, breaks) = (false, true),
                _ => {}
            }
        }
        breaks |= between.contains("..") || between.contains('…') || between.contains(". .");
        if marks.quoted(*word) {
            said.push(Said { token: *word, breaks: breaks || editorial, editorial });
            breaks = false;
        } else {
            breaks = true;
        }
        at = word.span.end as usize;
    }
    Words { said, quoted: rendering.kind != StatementKind::Indirect }
}

/// Which words of a rendering are quoted: in direct speech those of its statements' pieces, in mixed speech those within marks,
/// of indirect speech all count.
struct Marks {
    kind: StatementKind,
    pieces: Vec<Span>,
    inside: bool,
}

impl Marks {
    fn new(rendering: &Rendering, material: &Material<'_>) -> Self {
        let take = &material.takes[rendering.at.article];
        let statements = take.annotations.statements.iter();
        let overlapping =
            statements.filter(|s| s.kind == StatementKind::Direct && s.content.overlaps(rendering.at.span));
        let pieces =
            overlapping.flat_map(|s| if s.fragments.is_empty() { vec![s.content] } else { s.fragments.clone() });
        let before = take.article.text[..rendering.at.span.start as usize].chars().next_back();
        Marks { kind: rendering.kind, pieces: pieces.collect(), inside: before.is_some_and(is_quote) }
    }

    /// Goes past a character; was it a mark, where words may be missing?
    fn pass(&mut self, c: char) -> bool {
        match c {
            '“' | '«' | '„' => self.inside = true,
            '”' | '»' => self.inside = false,
            '"' => self.inside = !self.inside,
            _ => return false,
        }
        true
    }

    fn quoted(&self, word: Spelt) -> bool {
        match self.kind {
            StatementKind::Direct => self.pieces.iter().any(|p| p.overlaps(word.span)),
            StatementKind::Mixed => self.inside,
            StatementKind::Indirect => true,
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// How two renderings stand; `None` where they have too few words in common to tell.
fn between(a: (&Rendering, &Words), b: (&Rendering, &Words), material: &Material<'_>) -> Option<Wording> {
    if at_odds(a.0.at, b.0.at, material) {
        return Some(Wording::Conflict);
    }
    if a.1.quoted != b.1.quoted {
        return Some(Wording::Differs);
    }
    let chain = common(&a.1.said, &b.1.said, &material.lexis);
    let enough = chain.len() >= 3 || (chain.len() == a.1.said.len() && chain.len() == b.1.said.len());
    let same = || same_words(&a.1.said, &b.1.said, &chain, a.1.quoted, &material.lexis);
    enough.then(|| if same() { Wording::Same } else { Wording::Differs })
}

/// Do they agree wherever they overlap: no content word apart, one function word in ten?
fn same_words(a: &[Said], b: &[Said], chain: &[(usize, usize)], quoted: bool, lexis: &Lexis) -> bool {
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else { return false };
    let mut apart = Apart::default();
    // Before the first and after the last common word only one of them may go on.
    apart.ends(&a[..first.0], &b[..first.1], lexis);
    apart.ends(&a[last.0 + 1..], &b[last.1 + 1..], lexis);
    for pair in chain.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (left, right) = (&a[from.0 + 1..to.0], &b[from.1 + 1..to.1]);
        // Words left out where the other marks a gap are no difference.
        if !(left.is_empty() && a[to.0].breaks || right.is_empty() && b[to.1].breaks) {
            apart.gap(left, lexis);
            apart.gap(right, lexis);
        }
    }
    // Another person or tense changes the function words of indirect speech.
    apart.content == 0 && (!quoted || apart.function * 10 <= chain.len())
}

/// Words that one rendering has and the other lacks.
#[derive(Default)]
struct Apart {
    content: usize,
    function: usize,
}

impl Apart {
    fn gap(&mut self, words: &[Said], lexis: &Lexis) {
        for said in words.iter().filter(|s| !s.editorial) {
            match said.token.name.map_or(lexis.class(said.token.word), |_| Class::Name) {
                Class::Function => self.function += 1,
                _ => self.content += 1,
            }
        }
    }

    fn ends(&mut self, a: &[Said], b: &[Said], lexis: &Lexis) {
        if !a.is_empty() && !b.is_empty() {
            self.gap(if a.len() < b.len() { a } else { b }, lexis);
        }
    }
}

/// A longest common chain of words: index pairs, ascending.
fn common(a: &[Said], b: &[Said], lexis: &Lexis) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut length = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i * width + j] = if equal(a[i], b[j], lexis) {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut chain) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if equal(a[i], b[j], lexis) {
            chain.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    // The words of the chain as near to one another as they go: "that you know that's the thing you do" has two "you".
    for at in (0..chain.len().saturating_sub(1)).rev() {
        let ((i, j), next) = (chain[at], chain[at + 1]);
        let nearest_i = (i..next.0).rev().find(|k| equal(a[*k], b[j], lexis)).unwrap_or(i);
        let nearest_j = (j..next.1).rev().find(|k| equal(a[nearest_i], b[*k], lexis)).unwrap_or(j);
        chain[at] = (nearest_i, nearest_j);
    }
    chain
}

/// The same word, one number in digits and in letters, or a name of one and the same.
fn equal(a: Said, b: Said, lexis: &Lexis) -> bool {
    lexis.equal(a.token.word, b.token.word) || a.token.name.is_some() && a.token.name == b.token.name
}
