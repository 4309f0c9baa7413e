//! A desk's settings file and what the command line gave → what holds now, for a desk at work: changed by its page, or in the file.

use super::file::{self, parsed, text};
use super::{Settings, path};
use crate::log::{Level, Log};
use crate::store::Home;
use anyhow::Result;
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Between two looks at the file.
const LOOK: Duration = Duration::from_secs(1);

/// What holds now.
pub struct Settled {
    home: Home,
    given: Settings,
    /// The file's text when it was last looked at, and what it says.
    file: Mutex<(Option<String>, Settings)>,
    now: watch::Sender<Settings>,
}

impl Settled {
    /// A desk's settings; `given` goes before what the file says.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn open(home: Home, given: Settings) -> Result<Arc<Self>> {
        let text = text(&path(&home))?;
        let said = text.as_deref().map_or_else(|| Ok(Settings::default()), |text| parsed(text, &path(&home)))?;
        let now = watch::Sender::new(given.over(&said));
        Ok(Arc::new(Settled { home, given, file: Mutex::new((text, said)), now }))
    }

    /// What holds.
    pub fn now(&self) -> Settings {
        self.now.borrow().clone()
    }

    /// What the command line gave.
    pub fn given(&self) -> &Settings {
        &self.given
    }

    /// What the file said when it was last looked at.
    pub fn in_file(&self) -> Settings {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    /// Tells whenever something else holds.
    pub fn follow(&self) -> watch::Receiver<Settings> {
        self.now.subscribe()
    }

    /// Writes changes into the file, and has them hold.
    ///
    /// # Errors
    /// As those of [`change`](super::change).
    pub fn change(&self, changes: &[(&str, Option<String>)]) -> Result<()> {
        // Held while it is written: who changes it at the same time waits.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let said = file::change(&self.home, changes)?;
        *file = (text(&path(&self.home))?, said);
        self.tell(&file.1);
        Ok(())
    }

    fn tell(&self, said: &Settings) {
        let all = self.given.over(said);
        self.now.send_if_modified(|now| {
            let is_new = *now != all;
            *now = all;
            is_new
        });
    }

    /// Takes up what was written into the file meanwhile. What it said before holds while it cannot be read.
    ///
    /// # Errors
    /// It was changed, and cannot be read now: told once for each text.
    pub fn look(&self) -> Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let text = text(&path(&self.home))?;
        if text == file.0 {
            return Ok(());
        }
        file.0.clone_from(&text);
        file.1 = text.map_or_else(|| Ok(Settings::default()), |text| parsed(&text, &path(&self.home)))?;
        self.tell(&file.1);
        Ok(())
    }

    /// Looks again and again, and tells what is wrong.
    pub async fn keep_looking(self: Arc<Self>, log: Log) {
        let mut said = String::new();
        loop {
            tokio::time::sleep(LOOK).await;
            let asked = Arc::clone(&self);
            let looked = tokio::task::spawn_blocking(move || asked.look()).await;
            let Ok(Err(error)) = looked else { continue };
            let told = format!("{error:#}");
            if told != said {
                let words = format!("{told}; until then what was said before holds");
                log.say(Level::Warn, "settings", &words, json!({}));
                said = told;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::PAGES;
    use super::*;

    #[test]
    fn what_is_changed_by_a_page_or_by_hand_holds_at_once_and_what_was_given_before_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::at(folder.path());
        let given = Settings::default().with(PAGES, Some(3)).expect("sound");
        let settled = Settled::open(home.clone(), given).expect("opens");
        let mut told = settled.follow();
        settled.change(&[("reads", Some("fr".to_owned())), ("pages", Some("9".to_owned()))]).expect("changed");
        assert!(told.has_changed().expect("there"));
        assert_eq!((told.borrow_and_update().reads(), settled.now().pages()), (vec!["fr".to_owned()], 3));
        assert_eq!(settled.in_file().pages(), 9);
        settled.look().expect("nothing new");
        assert!(!told.has_changed().expect("there"), "its own writing is no news");
        std::fs::write(path(&home), "reads = ['de']").expect("written");
        settled.look().expect("sound");
        assert_eq!(told.borrow_and_update().reads(), ["de"]);
        std::fs::write(path(&home), "reads = [").expect("written");
        assert!(settled.look().is_err() && settled.look().is_ok(), "told once");
        assert_eq!(settled.now().reads(), ["de"], "what it said before holds");
        assert!(settled.change(&[("pages", Some("9".to_owned()))]).is_err());
        std::fs::remove_file(path(&home)).expect("gone");
        settled.look().expect("none");
        assert_eq!(settled.now().reads(), ["en"]);
    }
}
