//! What a desk at work tells → lines on standard error: sentences for a person, or an object of JSON an event for a program.

use crate::desk::Told;
use crate::store::{Home, Reader};
use anyhow::Result;
use parallax_core::contract;
use parallax_core::model::Problem;
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;

/// How events are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum Form {
    /// Sentences.
    #[default]
    Text,
    /// An object a line: at, level, what, message, and what belongs to it.
    Json,
}

/// How much an event matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// All goes its way.
    Info,
    /// Something went wrong, and the rest goes on.
    Warn,
    /// What was asked for could not be done.
    Error,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }

    /// What systemd's journal takes from the beginning of a line (sd-daemon(3)).
    fn for_journal(self) -> &'static str {
        match self {
            Level::Info => "<6>",
            Level::Warn => "<4>",
            Level::Error => "<3>",
        }
    }
}

/// Something that happened.
struct Event {
    level: Level,
    /// Which sort, in a word.
    what: &'static str,
    /// For a person.
    words: String,
    /// For a program: what belongs to it.
    more: Value,
}

/// Where events go: standard error.
#[derive(Clone, Copy, Debug, Default)]
pub struct Log {
    form: Form,
    /// Does the journal read it, and so each line's level?
    in_journal: bool,
}

impl Log {
    /// A log of that form. In JSON a panic is an event too, also one that is caught.
    pub fn open(form: Form) -> Self {
        let log = Log { form, in_journal: is_journal() };
        if form == Form::Json {
            std::panic::set_hook(Box::new(move |panic| {
                let at = panic.location().map(ToString::to_string);
                let words = panic.payload_as_str().unwrap_or("a fault in the program");
                log.say(Level::Error, "panic", words, json!({"code": at}));
            }));
        }
        log
    }

    /// Tells of something in words, with what belongs to it for programs.
    pub fn say(self, level: Level, what: &'static str, words: &str, more: Value) {
        self.write(&Event { level, what, words: words.to_owned(), more });
    }

    /// Tells of a problem, and of whose feed or page it is where that is known.
    pub fn problem(self, problem: &Problem, outlet: Option<&str>) {
        match self.form {
            Form::Text => self.put(Level::Warn, &without_passwords(&sentence(problem))),
            Form::Json => self.write(&of_problem(problem, outlet)),
        }
    }

    /// Tells of what a desk tells. `all`: people are told of visits and counts too, and not only of what asks for them.
    pub fn told(self, told: &Told, home: &Home, all: bool) {
        if let Told::Problem(problem, outlet) = told {
            return self.problem(problem, outlet.as_deref());
        }
        let asks = matches!(told, Told::TakenUp(_));
        if (all || asks || self.form == Form::Json)
            && let Some(event) = described(told, home)
        {
            self.write(&event);
        }
    }

    /// The end of a command: an error is told as an event too.
    ///
    /// # Errors
    /// None: what there was is told.
    pub fn ended(self, result: Result<ExitCode>) -> Result<ExitCode> {
        result.or_else(|error| {
            self.say(Level::Error, "failed", &format!("{error:#}"), json!({}));
            Ok(ExitCode::from(1))
        })
    }

    fn write(self, event: &Event) {
        let line = match self.form {
            Form::Text => {
                let words = without_passwords(&event.words);
                format!("parallax: {}", words.lines().map(printable).collect::<Vec<_>>().join("\n"))
            }
            Form::Json => line(&jiff::Timestamp::now().to_string(), event).to_string(),
        };
        self.put(event.level, &line);
    }

    /// Lines whole and at once: several threads tell. Whoever reads no more is no reason to stop.
    fn put(self, level: Level, lines: &str) {
        let prefix = if self.in_journal { level.for_journal() } else { "" };
        let whole: String = lines.lines().flat_map(|line| [prefix, line, "\n"]).collect();
        let _ = std::io::stderr().lock().write_all(whole.as_bytes());
    }
}

/// Is standard error the journal's? systemd says by which file (systemd.exec(5), JOURNAL_STREAM).
#[cfg(unix)]
fn is_journal() -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(said) = std::env::var("JOURNAL_STREAM") else { return false };
    std::fs::metadata("/proc/self/fd/2").is_ok_and(|file| said == format!("{}:{}", file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn is_journal() -> bool {
    false
}

/// What is told, in words and with its values; nothing where there is nothing to tell.
fn described(told: &Told, home: &Home) -> Option<Event> {
    let (what, words, more) = match told {
        Told::Visited(_, 0, _) | Told::Read | Told::Compared(0) => return None,
        Told::Problem(problem, outlet) => return Some(of_problem(problem, outlet.as_deref())),
        Told::Visited(feed, new, outlet) => {
            ("visited", format!("{feed}: {new} new"), json!({"feed": feed, "outlet": outlet, "new": new}))
        }
        Told::Moved(from, to) => {
            let words = format!("{from} has moved for good to {to}, and is followed there");
            ("moved", words, json!({"feed": to, "from": from}))
        }
        Told::TakenUp(n) => {
            ("taken-up", format!("{n} changes of what is followed are taken up"), json!({"changes": n}))
        }
        Told::Compared(_) => {
            let counts = Reader::open(home).and_then(|reader| reader.counts()).ok()?;
            let words = format!(
                "{} articles of {} outlets, {} stories, {} of them told by several",
                counts.articles, counts.outlets, counts.stories, counts.told_by_several
            );
            let more = json!({
                "articles": counts.articles, "outlets": counts.outlets, "stories": counts.stories,
                "told_by_several": counts.told_by_several
            });
            ("compared", words, more)
        }
    };
    Some(Event { level: Level::Info, what, words, more })
}

fn of_problem(problem: &Problem, outlet: Option<&str>) -> Event {
    let mut more = contract::problem(problem);
    if let Some(outlet) = outlet {
        more["outlet"] = outlet.into();
    }
    Event { level: Level::Warn, what: "problem", words: problem.message.clone(), more }
}

/// An object of a line; what belongs to it never takes the place of time, level, what and message.
fn line(at: &str, event: &Event) -> Value {
    let mut line =
        json!({"at": at, "level": event.level.word(), "what": event.what, "message": without_passwords(&event.words)});
    for (name, value) in event.more.as_object().into_iter().flatten() {
        if line.get(name).is_none() {
            line[name] = match value {
                Value::String(text) => without_passwords(text).into(),
                other => other.clone(),
            };
        }
    }
    line
}

/// A problem as a sentence: where, what, and what to do.
pub fn sentence(problem: &Problem) -> String {
    let Problem { stage, document, message, remedy } = problem;
    let place = document.as_ref().map(|d| format!("{}: ", printable(d))).unwrap_or_default();
    format!("parallax: {place}{} ({})\n          what to do: {remedy}", printable(message), stage.word())
}

/// Without characters that steer a terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

/// Without the name and password that an address may bring before its host (RFC 3986, 3.2.1).
fn without_passwords(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + "://".len());
        kept += before;
        let ends = |c: char| matches!(c, '/' | '?' | '#' | '"' | '<' | '>') || c.is_whitespace();
        let authority = &after[..after.find(ends).unwrap_or(after.len())];
        let named = authority.rfind('@').map_or(0, |at| at + 1);
        kept += if named > 0 { "…@" } else { "" };
        rest = &after[named..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_core::model::Stage;

    fn event(words: &str, more: Value) -> Event {
        Event { level: Level::Warn, what: "visited", words: words.to_owned(), more }
    }

    #[test]
    fn a_line_has_its_time_its_level_and_what_belongs_to_it() {
        let more = json!({"feed": "https://a.example/\u{1b}[2J\nx", "level": "forged"});
        let line = line("2026-03-02T10:00:00Z", &event("three new", more)).to_string();
        assert_eq!(
            line,
            r#"{"at":"2026-03-02T10:00:00Z","level":"warn","what":"visited","message":"three new","feed":"https://a.example/\u001b[2J\nx"}"#
        );
    }

    #[test]
    fn what_is_of_no_interest_is_not_told() {
        let home = Home::at(std::path::Path::new("/nowhere"));
        let feed = || "https://a.example/f".to_owned();
        assert!(described(&Told::Read, &home).is_none());
        assert!(described(&Told::Visited(feed(), 0, None), &home).is_none());
        assert!(described(&Told::Compared(3), &home).is_none(), "of a desk that cannot be read there are no counts");
        let told = described(&Told::Visited(feed(), 2, Some("The Gazette".into())), &home).expect("told");
        assert_eq!((told.level, told.what, &told.more["outlet"]), (Level::Info, "visited", &json!("The Gazette")));
    }

    #[test]
    fn a_problem_says_who_met_it_where_and_what_to_do_and_no_password() {
        let problem = Problem {
            stage: Stage::Fetch,
            document: Some("https://me:secret@a.example/f?at=@x".into()),
            message: "https://me:secret@a.example:81 does not answer; nor does http://b.example/x@y".into(),
            remedy: "try again".into(),
        };
        let line = line("now", &of_problem(&problem, Some("The Gazette")));
        let expected = json!({
            "at": "now", "level": "warn", "what": "problem",
            "message": "https://…@a.example:81 does not answer; nor does http://b.example/x@y",
            "stage": "fetch", "document": "https://…@a.example/f?at=@x", "remedy": "try again", "outlet": "The Gazette",
        });
        assert_eq!(line, expected);
        assert!(!without_passwords(&sentence(&problem)).contains("secret"));
    }
}
