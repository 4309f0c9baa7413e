//! One language's words of reporting: verbs, attributions, quote marks, pronouns, and the small words that bound a clause.

use super::lexicon::Lexicon;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One language's words of reporting. Words are written in lower case with plain apostrophes; several words make a phrase, and a
/// word that ends in `*` stands for all that begin so ("сказал*").
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reporting {
    /// How the language builds reported speech.
    pub order: Order,
    /// Which marks open and close a quotation.
    pub quotes: QuoteMarks,
    /// What reports speech.
    pub cues: Cues,
    /// Small words, by what they do in a clause.
    pub words: Words,
    /// Words for a person already named, by the name of their group: "leader", "president", "prime minister" say one thing.
    pub roles: BTreeMap<String, Vec<String>>,
    /// `cues` and `words` made ready to look up.
    #[serde(skip)]
    pub lexicon: Lexicon,
}

/// How a language builds reported speech.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Order {
    /// The verb ends its clause, after what was said (Japanese, Korean, Turkish).
    pub verb_final: bool,
    /// A reported clause may follow the verb with no mark and no linking word ("said he would go").
    pub bare_clause: bool,
    /// A comma parts the verb from the reported clause (German, Russian).
    pub comma_clause: bool,
    /// The speaker may follow the verb with what was said still to come ("Am Montag sagte sie, …", "قال الوزير إن…").
    pub verb_first: bool,
    /// The finite verb stands second, its participle last ("hat … gesagt").
    pub split_verb: bool,
}

/// Which marks open and close a quotation; a mark in both lists is judged by the spaces around it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuoteMarks {
    /// Opening marks.
    pub open: Vec<String>,
    /// Closing marks.
    pub close: Vec<String>,
}

/// What reports speech, by what follows it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cues {
    /// Verbs that take a clause or a quotation: said, warned.
    pub say: Vec<String>,
    /// Verbs that report where they come with a quotation or a linking word alone: continued, shows.
    pub weak: Vec<String>,
    /// Verbs that name the hearer first: told, informed.
    pub tell: Vec<String>,
    /// Verbs that take a deed: promised to, urged them to.
    pub promise: Vec<String>,
    /// Verbs whose object is what was said: called it, accused them of, criticised.
    pub judge: Vec<String>,
    /// Verbs without a subject of their own: saying, adding.
    pub saying: Vec<String>,
    /// The same for verbs whose object is what was said: calling it, accusing.
    pub judging: Vec<String>,
    /// Prepositions of attribution before the speaker: according to.
    pub according: Vec<String>,
    /// Prepositions of attribution after the speaker: zufolge.
    pub according_after: Vec<String>,
    /// The same, only after a comma or a quotation: "…", so NAME.
    pub aside: Vec<String>,
    /// Nouns of speech that a clause follows: statement that, warning that.
    pub nouns: Vec<String>,
    /// Words before a parenthetical attribution: as he said.
    pub like: Vec<String>,
}

/// Small words, by what they do in a clause.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// Link a reported clause and are no part of it: that.
    pub that: Vec<String>,
    /// Begin a reported question: whether, how.
    pub question: Vec<String>,
    /// Open another subordinate clause: because, after, while.
    pub subordinate: Vec<String>,
    /// Join clauses or nouns: and, but, or.
    pub conjunction: Vec<String>,
    /// Joins that part clauses only: but.
    pub contrast: Vec<String>,
    /// who, which.
    pub relative: Vec<String>,
    /// the, a, his.
    pub determiner: Vec<String>,
    /// in, on, at.
    pub preposition: Vec<String>,
    /// Before who did it, in the passive: by.
    pub agent: Vec<String>,
    /// Prepositions within a noun phrase: of, for.
    pub of: Vec<String>,
    /// Words of the infinitive: to.
    pub infinitive: Vec<String>,
    /// has, is, would, did.
    pub auxiliary: Vec<String>,
    /// Those that make a passive of a reporting verb: was, been.
    pub passive: Vec<String>,
    /// Common finite verbs, to tell a clause from a noun phrase; ends of words as `*ed`.
    pub verb: Vec<String>,
    /// Past participles, by their ends: verbs in a main clause, none in an apposition.
    pub participle: Vec<String>,
    /// Verbs without a subject, by their ends, that open a phrase before the subject: "Speaking to reporters, …".
    pub gerund: Vec<String>,
    /// Adverbs that stand beside a reporting verb: also, later, not.
    pub adverb: Vec<String>,
    /// Days, and words of time that need no preposition: Monday, yesterday.
    pub time: Vec<String>,
    /// he.
    pub he: Vec<String>,
    /// she.
    pub she: Vec<String>,
    /// they.
    pub they: Vec<String>,
    /// it, this, there: subjects that are no person.
    pub it: Vec<String>,
    /// I, we, our: the speaker speaks.
    pub first_person: Vec<String>,
    /// Determiners of somebody new: a, some.
    pub indefinite: Vec<String>,
    /// Verb forms of reported speech: sei, habe.
    pub reported_mood: Vec<String>,
    /// Verb forms that may report, where the sentence before does: wäre, hätten.
    pub perhaps_reported: Vec<String>,
    /// Marks after the speaker, written as a word or on its end: は, ने.
    pub subject_mark: Vec<String>,
    /// Marks between what was said and the verb: と, diye.
    pub quote_mark: Vec<String>,
}
