//! The sentences of a story → for each, the sentences of other articles that say some of the same.

use super::material::Material;
use super::overlap::Overlap;

/// A sentence of another article, and what it has in common with the one that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Counterpart {
    /// Index of the sentence.
    pub sentence: usize,
    /// Seen from the sentence that was asked for.
    pub overlap: Overlap,
}

/// For each sentence its counterparts in other articles, in order of sentence.
pub(super) fn counterparts(material: &Material<'_>) -> Vec<Vec<Counterpart>> {
    let sentences = &material.sentences;
    let mut found: Vec<Vec<Counterpart>> = vec![Vec::new(); sentences.len()];
    for a in 0..sentences.len() {
        let next_article = material.of_article[sentences[a].at.article].end;
        for b in next_article..sentences.len() {
            let overlap = Overlap::of(&sentences[a], &sentences[b], &material.lexis);
            if overlap.words >= 2 {
                found[a].push(Counterpart { sentence: b, overlap });
                found[b].push(Counterpart { sentence: a, overlap: overlap.reversed() });
            }
        }
    }
    for list in &mut found {
        list.sort_by_key(|c| c.sentence);
    }
    found
}
