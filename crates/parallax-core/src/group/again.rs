//! An article placed by what its feed said of it, and then its page → its place by what the page says.

use super::profile::{Profile, Reading};
use super::{Grouper, reasons_of, ties};
use crate::model::{Article, ArticleKind, Derivation, Placement, Reason, StoryId};

impl Grouper {
    /// Places an article anew, now that its page is here and was read by the settings of this grouper. `left` is the story in which what its feed said had placed it.
    ///
    /// Alone in its story, or a member of another's, it is taken out and placed as if it came now; the story that it was alone in is no
    /// more. Where others rest on it, it stays: the story that it founded and others joined goes on under its name, told by its page
    /// from now on, and whose words the page has is looked at anew unless others have its words. `None` where its place stays as it was:
    /// the story is over, or others have its words.
    ///
    /// What was learnt of how common words are, and what a headline added to the centre of a story that it leaves, stays: both were so
    /// when later articles were placed.
    pub fn place_again(&mut self, left: &StoryId, article: &Article, reading: Reading) -> Option<Placement> {
        let number = self.stories.iter().find(|(_, story)| story.id == *left).map(|(number, _)| *number)?;
        let founds = left.0 == article.id;
        // Whoever joined it was counted after its founding.
        if founds && self.last.get(&number) == Some(&number) {
            self.close(number);
            return Some(self.place_read(article, reading));
        }
        let story = self.stories.get_mut(&number)?;
        let is_copied = story.originals.iter().any(|original| original.id == article.id && original.is_copied);
        if !founds && !is_copied {
            story.originals.retain(|original| original.id != article.id);
            return Some(self.place_read(article, reading));
        }
        if article.kind == ArticleKind::Listing {
            return None;
        }
        let profile = Profile::of(reading, (&mut self.words, &mut self.meanings), &self.settings);
        self.background.add(profile.language.as_deref().unwrap_or(""), &profile.meaning);
        let own = story.originals.extract_if(.., |original| original.id == article.id).next();
        let derivation = if is_copied { Derivation::Original } else { ties::derivation(&story.originals, &profile) };
        let mut because = reasons_of(story, &profile, &derivation);
        because.push(Reason { reason: "others joined the story that it founded".into(), weight: 0 });
        if !matches!(derivation, Derivation::Verbatim(_)) {
            story.retell(article.id.clone(), &profile, founds, own.is_some_and(|own| own.is_copied));
            self.shape(number, &profile);
        }
        (!is_copied).then(|| Placement { story: left.clone(), derivation, because })
    }
}
