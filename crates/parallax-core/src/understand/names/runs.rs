//! One sentence's words → its runs of capitalised words, parted into names by titles and by what the words are.

use super::knowledge::Knowledge;
use super::tokens::{Gap, Shape, Token};
use crate::almanac::{Gender, Naming, PlaceKind};
use crate::model::NameKind;

/// A name found in a sentence, before it is known whom it names.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
    /// How strongly its own words and its neighbours speak for each kind: person, organisation, place, other.
    pub votes: [u32; 4],
    /// A title stands before it.
    pub titled: bool,
    /// What the title says of the sex.
    pub gender: Option<Gender>,
    /// It opens a sentence as one word: a name only if the article bears it out elsewhere.
    pub doubtful: bool,
}

/// "of", "and", "for", "the": may stand within an organisation's name.
fn links_names(naming: &Naming, word: &str) -> bool {
    [&naming.links, &naming.of, &naming.for_words, &naming.articles].iter().any(|set| set.contains(word))
}

/// A vote for one kind.
pub(super) fn vote(kind: NameKind, weight: u32) -> [u32; 4] {
    let mut votes = [0; 4];
    votes[kind as usize] = weight;
    votes
}

/// Finds the names of a sentence. `headline`: every word has a capital, so that capitals say nothing.
pub(super) fn candidates(tokens: &[Token<'_>], known: &Knowledge<'_>, headline: bool) -> Vec<Candidate> {
    let mut scan = Scan { tokens, known, headline, found: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        if scan.starts(at) {
            // A body that goes on in lower case ("Conseil européen").
            let body = scan.longest(at, at + 5, |w| known.naming.organisations.contains(w));
            let end = scan.run_end(at);
            at = match body.filter(|last| *last > end) {
                Some(last) => {
                    let votes = vote(NameKind::Organisation, 4);
                    let found = Candidate { first: at, last, votes, titled: false, gender: None, doubtful: false };
                    scan.found.push(found);
                    last + 1
                }
                None => {
                    scan.part(at, end);
                    end + 1
                }
            };
        } else {
            at += 1;
        }
    }
    scan.found
}

struct Scan<'a, 'b> {
    tokens: &'a [Token<'b>],
    known: &'a Knowledge<'a>,
    headline: bool,
    found: Vec<Candidate>,
}

/// The title that stands before a name.
#[derive(Clone, Copy, Default)]
struct Title {
    there: bool,
    gender: Option<Gender>,
}

impl Scan<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.folded.as_str())
    }

    /// Is it written like a name, and no common word that merely opens a sentence or stands in a headline?
    fn starts(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if !token.is_namelike() || token.folded.is_empty() {
            return false;
        }
        // "I'll", "It's": a contraction of a common word.
        let stem = token.folded.split('\'').next().unwrap_or("");
        if stem.len() < token.folded.len() && (self.known.is_common(stem) || self.known.is_no_name(stem)) {
            return false;
        }
        let uses = self.known.uses(&token.folded);
        if self.longest(at, at + 3, |w| w.contains(' ') && self.known.is_place(w)).is_some() {
            return true;
        }
        if token.opens || self.headline {
            let speaking = self.known.naming.speaking.contains(&token.folded) && uses.capital == 0;
            let common = self.known.is_common(&token.folded) || speaking || (uses.lower > 0 && uses.capital == 0);
            return !common
                || (token.shape == Shape::Upper
                    && token.text.chars().count() > 1
                    && !self.headline
                    && uses.lower == 0);
        }
        !(token.shape == Shape::Initial && self.known.is_common(&token.folded))
    }

    /// The last word of the run that begins at `start`.
    fn run_end(&self, start: usize) -> usize {
        let mut end = start;
        loop {
            let next = end + 1;
            let Some(token) = self.tokens.get(next) else { return end };
            if self.tokens[end].possessive {
                return end;
            }
            if self.joined(end, next) && self.goes_on(next) {
                end = next;
                continue;
            }
            if token.gap == Gap::Comma && self.known.naming.suffixes.contains(&token.folded) && token.is_namelike() {
                return next;
            }
            match self.bridge(start, end) {
                Some(beyond) => end = beyond,
                None => return end,
            }
        }
    }

    /// Are the words at `before` and `next` close enough for one name?
    fn joined(&self, before: usize, next: usize) -> bool {
        match self.tokens[next].gap {
            Gap::Space | Gap::Joint => true,
            Gap::Dot => {
                let word = &self.tokens[before];
                let naming = self.known.naming;
                word.shape == Shape::Initial
                    || naming.honorifics.contains_key(&word.folded)
                    || (word.text.chars().count() <= 5 && naming.offices.contains(&word.folded))
                    || word.folded == "st"
            }
            _ => false,
        }
    }

    fn goes_on(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if self.headline {
            return self.starts(at);
        }
        token.is_namelike()
    }

    /// Lower-case words within a name: particles of people ("van der"), links of organisations ("of the").
    fn bridge(&self, start: usize, end: usize) -> Option<usize> {
        let naming = self.known.naming;
        let lower = |at: usize| {
            self.tokens.get(at).filter(|t| t.shape == Shape::Lower && matches!(t.gap, Gap::Space | Gap::Joint))
        };
        let mut at = end + 1;
        while at < end + 4
            && lower(at).is_some_and(|t| naming.particles.contains(&t.folded) && !naming.links.contains(&t.folded))
        {
            at += 1;
        }
        let person = !self.heads(start, end)
            && at < self.tokens.len()
            && !self.known.is_place(self.word(at))
            && !self.known.is_place(self.word(end))
            && self.title_at(at, at).is_none();
        if person
            && at > end + 1
            && self.tokens.get(at).is_some_and(|t| t.is_namelike() && matches!(t.gap, Gap::Space | Gap::Joint))
        {
            return Some(at);
        }
        let has_head = (start..=end).any(|i| {
            let word = self.word(i);
            naming.organisation_heads.contains(word)
                || naming.place_heads.contains(word)
                || naming.thing_heads.contains(word)
        });
        let mut at = end + 1;
        while at < end + 3 && lower(at).is_some_and(|t| links_names(naming, &t.folded)) {
            at += 1;
        }
        let links = at - end - 1;
        let target = self.tokens.get(at).filter(|t| t.is_namelike() && t.gap == Gap::Space && !t.opens);
        if links == 0 || target.is_none() || !has_head {
            return None;
        }
        let of = self.is_of(end + 1);
        let already = (start..=end).any(|i| self.is_of(i) || naming.for_words.contains(self.word(i)));
        let beyond_head = self.known.is_organisation_head(self.word(at));
        let ends_in_head = naming.organisation_heads.contains(self.word(end));
        // "University of X", "Department of X and Y", "Bureau of A, B and C"; but not "the Senate and House", "Bank in Moscow".
        let fits = (of
            && (ends_in_head
                || naming.place_heads.contains(self.word(end))
                || naming.thing_heads.contains(self.word(end))))
            || (already
                && links == 1
                && naming.links.contains(self.word(end + 1))
                && !ends_in_head
                && (beyond_head || self.tokens[at].shape == Shape::Capital && !self.known.is_place(self.word(at))))
            || (naming.for_words.contains(self.word(end + 1)) && ends_in_head);
        fits.then_some(at)
    }

    /// "of", "de": joins an organisation's head to what it is of.
    fn is_of(&self, at: usize) -> bool {
        self.known.naming.of.contains(self.word(at))
    }

    /// Parts a run into titles and names.
    fn part(&mut self, start: usize, end: usize) {
        let mut at = start;
        let mut title = self.lower_title(start);
        while at <= end {
            let body = self.longest(at, end, |w| self.known.naming.organisations.contains(w));
            let whole =
                |last: &usize| *last == end || !self.is_name_word(last + 1) || self.title_at(last + 1, end).is_some();
            if let Some(last) = body.filter(whole) {
                self.push(at, last, vote(NameKind::Organisation, 4), Title::default());
                title = Title::default();
                at = last + 1;
                continue;
            }
            if let Some((last, found)) = self.title_at(at, end) {
                title = Title { there: true, gender: found.gender.or(title.gender) };
                at = last + 1;
                continue;
            }
            let place = self.longest(at, end, |w| w.contains(' ') && self.known.is_place(w));
            let last = match place {
                Some(place) if !self.heads(place, end) => place,
                _ => self.chunk_end(at, end),
            };
            // "President [of] Ruritania Anna Marr": what stands between title and given name is no part of the name.
            if last > at + 1 && self.stands_before_name(at, title) && !self.heads(at, last) {
                let place = self.known.is_place(self.word(at));
                self.push(
                    at,
                    at,
                    vote(if place { NameKind::Place } else { NameKind::Other }, if place { 4 } else { 1 }),
                    Title::default(),
                );
                at += 1;
                continue;
            }
            if self.skippable(at, last) {
                title = Title::default();
                at += 1;
                continue;
            }
            self.chunk(at, last, title);
            title = Title::default();
            at = last + 1;
        }
    }

    /// Is the word at `at` no given name, and the next one is?
    fn stands_before_name(&self, at: usize, title: Title) -> bool {
        // Without a title before it, only where endings show that one noun hangs on another.
        let inflected = !self.known.naming.base_endings.is_empty();
        self.tokens[at].shape != Shape::Initial
            && (title.there || inflected)
            && self.known.given(self.word(at)).is_none()
            && (self.known.is_given_in_any_case(self.word(at + 1)) || self.known.is_place(self.word(at)))
    }

    /// A lower-case title right before the run ("president Anna Marr").
    fn lower_title(&self, start: usize) -> Title {
        if start == 0 || self.tokens[start].gap != Gap::Space {
            return Title::default();
        }
        let naming = self.known.naming;
        let lower = |at: usize| self.tokens[at].shape == Shape::Lower;
        let title = |from: usize| {
            let words = self.words(from, start - 1);
            let single = from + 1 == start;
            naming.offices.contains(&words)
                || naming.honorifics.contains_key(&words)
                || (single && naming.roles.contains(&words))
        };
        let there = (start.saturating_sub(5)..start).rev().take_while(|at| lower(*at)).any(title);
        Title { there, gender: None }
    }

    fn longest(&self, at: usize, end: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
        let mut words = String::new();
        let mut best = None;
        for last in at..=end.min(at + 5).min(self.tokens.len() - 1) {
            if last > at && !matches!(self.tokens[last].gap, Gap::Space | Gap::Joint | Gap::Dot) {
                break;
            }
            if last > at {
                words.push(' ');
            }
            words.push_str(self.word(last));
            if is(&words) {
                best = Some(last);
            }
        }
        best
    }

    fn is_name_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_namelike)
    }

    /// A title at `at`: its last word and what it says.
    fn title_at(&self, at: usize, end: usize) -> Option<(usize, Title)> {
        if at > end {
            return None;
        }
        let naming = self.known.naming;
        if let Some(gender) = naming.honorifics.get(self.word(at)) {
            return Some((at, Title { there: true, gender: Some(*gender).filter(|g| *g != Gender::Either) }));
        }
        let last = self.longest(at, end, |w| naming.offices.contains(w))?;
        let next = self.word(last + 1);
        let goes_on = last < end
            && (self.known.is_organisation_head(next) || naming.thing_heads.contains(next) || self.is_of(last + 1));
        (last > at || !goes_on).then_some((last, Title { there: true, gender: None }))
    }

    /// The last word of the name that begins at `at`: up to the next title, or a people's adjective that begins another.
    fn chunk_end(&self, at: usize, end: usize) -> usize {
        let mut last = at;
        if self.tokens[at].text.contains('.') && self.known.is_place(self.word(at)) && !self.heads(at + 1, end) {
            return at;
        }
        while last < end {
            let next = last + 1;
            let head_follows = self.heads(next, end);
            let titled = self
                .title_at(next, end)
                .is_some_and(|(t, _)| t < end && !self.known.naming.suffixes.contains(self.word(t + 1)));
            if titled && !(head_follows && self.known.is_organisation_head(self.word(end))) {
                break;
            }
            let forename = last == at && self.known.given(self.word(at)).is_some();
            let linked = self.tokens[last].shape == Shape::Lower;
            if !linked
                && self.known.is_no_name(self.word(next))
                && !forename
                && !head_follows
                && !self.known.is_organisation_head(self.word(last))
            {
                break;
            }
            last = next;
        }
        // "Northern News Tom Ellis": an organisation, then a person.
        let head = (at..last)
            .find(|i| self.known.is_organisation_head(self.word(*i)) && self.known.given(self.word(i + 1)).is_some());
        match head {
            Some(head) if !(head + 1..=last).any(|i| self.known.is_organisation_head(self.word(i))) && head > at => {
                head
            }
            _ => last,
        }
    }

    /// A word that names nobody at the head of a chunk ("Russian" of "Russian forces", "Republican Anna Marr").
    fn skippable(&self, at: usize, last: usize) -> bool {
        let word = self.word(at);
        if self.tokens[at].shape == Shape::Lower {
            return true;
        }
        if self.known.is_place(&self.words(at, last)) {
            return false;
        }
        if !self.known.is_no_name(word) {
            return self.known.is_common(word)
                && at < last
                && (self.tokens[at].opens || self.headline || self.known.naming.articles.contains(word));
        }
        if at == last {
            return true;
        }
        let naming = self.known.naming;
        let ends = self.word(last);
        let body = (at + 1..=last).any(|i| self.known.is_organisation_head(self.word(i)));
        !(body
            || naming.thing_heads.contains(ends)
            || naming.place_heads.contains(ends)
            || self.known.is_place(&self.words(at, last)))
    }

    /// Is there an organisation's head word from `at` to `end`?
    fn heads(&self, at: usize, end: usize) -> bool {
        (at..=end).any(|i| self.known.is_organisation_head(self.word(i)))
    }

    fn words(&self, at: usize, last: usize) -> String {
        let mut words = String::new();
        for token in &self.tokens[at..=last] {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&token.folded);
        }
        words
    }

    /// Judges one name.
    fn chunk(&mut self, at: usize, last: usize, title: Title) {
        let naming = self.known.naming;
        let words = self.words(at, last);
        let ends = self.word(last);
        let head = (at..=last).any(|i| self.known.is_organisation_head(self.word(i)));
        let several = last > at;
        let given = self.known.given(self.word(at)).is_some();
        let votes = if title.there && !(head && several && !given) {
            vote(NameKind::Person, 6)
        } else if self.known.is_place(&words) {
            let city = self.known.places.named(&words).all(|p| p.kind > PlaceKind::Capital);
            if several && given && city { vote(NameKind::Person, 2) } else { vote(NameKind::Place, 4) }
        } else if head && (several || self.tokens[at].shape == Shape::Capital) {
            vote(NameKind::Organisation, if several { 5 } else { 2 })
        } else if several && naming.thing_heads.contains(ends) {
            vote(NameKind::Other, 4)
        } else if several && naming.place_heads.contains(ends) {
            vote(NameKind::Place, 4)
        } else if several {
            self.several_words(at, last, given)
        } else {
            self.one_word(at, given)
        };
        self.push(at, last, votes, title);
    }

    fn several_words(&self, at: usize, last: usize, given: bool) -> [u32; 4] {
        let naming = self.known.naming;
        let initial = (at..=last).any(|i| self.tokens[i].shape == Shape::Initial);
        let suffix = naming.suffixes.contains(self.word(last));
        if given || initial || suffix {
            return vote(NameKind::Person, 5);
        }
        if self.acts_like_person(last) {
            return vote(NameKind::Person, 4);
        }
        if self.tokens[at..=last].iter().all(|t| t.shape == Shape::Upper) {
            return vote(NameKind::Organisation, 1);
        }
        let before = at.checked_sub(1).map_or("", |i| self.word(i));
        if naming.articles.contains(before) {
            return vote(NameKind::Organisation, 2);
        }
        if naming.place_prepositions.contains(before) {
            return vote(NameKind::Place, 2);
        }
        if self.known.is_place(self.word(at)) || last - at >= 3 {
            return vote(NameKind::Other, 1);
        }
        vote(NameKind::Person, 2)
    }

    fn one_word(&self, at: usize, given: bool) -> [u32; 4] {
        let naming = self.known.naming;
        let token = &self.tokens[at];
        if token.shape == Shape::Upper {
            // "FLINT, Mich. —": a town in capitals opens the report.
            let town = token.opens && token.text.chars().count() > 4 && !token.text.contains('.');
            return if town { vote(NameKind::Other, 1) } else { vote(NameKind::Organisation, 3) };
        }
        let before = at.checked_sub(1).filter(|_| token.gap == Gap::Space).map_or("", |i| self.word(i));
        if naming.articles.contains(before) {
            return vote(NameKind::Organisation, 1);
        }
        if naming.place_prepositions.contains(before) {
            return vote(NameKind::Place, 2);
        }
        if naming.of.contains(before) && !given {
            return vote(NameKind::Place, 1);
        }
        if self.acts_like_person(at) {
            return vote(NameKind::Person, 2);
        }
        // A town that is also a given name ("Boston"): the town is what stands alone.
        let town = given && self.known.places.is_place_folded(&token.folded);
        match (town, given) {
            (true, _) => vote(NameKind::Place, 1),
            (_, true) => vote(NameKind::Person, 1),
            _ => vote(NameKind::Other, 1),
        }
    }

    /// Beside it stands what people do or are: "said", ", 54,", ", the lawyer".
    fn acts_like_person(&self, last: usize) -> bool {
        let naming = self.known.naming;
        let Some(next) = self.tokens.get(last + 1) else { return false };
        if next.gap == Gap::Space && naming.speaking.contains(&next.folded) && next.shape == Shape::Lower {
            return true;
        }
        if next.gap == Gap::Comma {
            let age = next.shape == Shape::Number && next.text.len() == 2;
            let role = (last + 1..last + 5).any(|i| {
                self.tokens.get(i).is_some_and(|t| naming.roles.contains(&t.folded) && t.shape == Shape::Lower)
            });
            return age || role;
        }
        false
    }

    fn push(&mut self, at: usize, last: usize, votes: [u32; 4], title: Title) {
        let mut last = last;
        while last > at && self.tokens[last].shape == Shape::Lower {
            last -= 1;
        }
        let single = at == last;
        let token = &self.tokens[at];
        let uses = self.known.uses(&token.folded);
        if single && self.known.is_common(&token.folded) && uses.lower > uses.capital && !title.there {
            return;
        }
        let weak = (token.opens || self.headline) && single && !title.there;
        let sure = votes[NameKind::Place as usize] >= 4
            || votes[NameKind::Organisation as usize] >= 3
            || self.known.given(&token.folded).is_some();
        if single && (token.shape == Shape::Initial && !title.there || token.folded.chars().all(char::is_numeric)) {
            return;
        }
        self.found.push(Candidate {
            first: at,
            last,
            votes,
            titled: title.there,
            gender: title.gender,
            doubtful: weak && !sure,
        });
    }
}
