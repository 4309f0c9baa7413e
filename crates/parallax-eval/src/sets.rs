//! The folder of public sets → what there is to score: a name, a task, its files, the figures that are held to a floor.

use std::path::{Path, PathBuf};

/// What is done with a set, and by which scorer it is judged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Task {
    /// Saved pages → text and metadata.
    Extract,
    /// Pages, texts and feeds in old encodings.
    Encoding,
    /// Feeds.
    Feed,
    /// Sentences → their language.
    Language,
    /// Sentences and articles → dates or figures.
    Dates,
    /// Reports → who said what.
    Quotes,
    /// Name pairs.
    Names,
    /// Sentence pairs.
    Claims,
    /// A stream of reports → stories.
    Group,
    /// Groups of reports → do their tolls differ?
    Figures,
    /// The same, by what is read in each report alone.
    FiguresReading,
    /// Events → the whole comparison.
    Compare,
    /// The bundled sample press → everything, by the program itself.
    Press,
    /// A generated press with planted gaps → what is told to be left out.
    Missed,
}

impl Task {
    /// The scorer's file name, without `score_` and `.py`.
    pub fn scorer(self) -> &'static str {
        match self {
            Task::Extract => "extract",
            Task::Encoding => "encoding",
            Task::Feed => "feed",
            Task::Language => "language",
            Task::Dates => "dates",
            Task::Quotes => "quotes",
            Task::Names => "names",
            Task::Claims => "claims",
            Task::Group => "group",
            Task::Figures | Task::FiguresReading => "figures",
            Task::Compare => "compare",
            Task::Press => "press",
            Task::Missed => "missed",
        }
    }

    /// The figures held to a floor: higher is better, but for those that begin with `-`. Of the sample press, those by language (`NAME:xx`)
    /// are held as well.
    pub fn held(self) -> &'static [&'static str] {
        match self {
            Task::Extract => &["text_f1", "seg_f1", "title_near", "author_f1", "date_f1", "lang_acc"],
            Task::Encoding => &["right", "read", "word_p"],
            Task::Feed => &["check_rate", "field_rate", "file_rate", "read_rate"],
            Task::Language => &["macro", "lenient"],
            Task::Dates => &["value_r", "value_f1", "span_f1"],
            Task::Quotes => &["overlap_f1", "direct_f1", "speaker_acc", "who_said_f1"],
            Task::Names => &["accuracy", "auc"],
            Task::Claims => &["same_f1", "same_ap"],
            Task::Group => &["b3_f1", "x_pair_f1", "f1"],
            Task::Figures => &["differ_f1", "right_values", "toll_r", "-false_on_different"],
            Task::FiguresReading => &["differ_f1", "toll_r", "fig_r", "fig_p"],
            Task::Compare => &[
                "story_f1",
                "statement_f1",
                "wording_all",
                "speaker_acc",
                "figure_f1",
                "verdict_all",
                "names_f1",
                "take_support",
                "fact_recall",
                "only_here_p",
                "only_here_r",
                "timeline_acc",
                "timeline_recall",
                "metadata_acc",
                "keep_recall",
                "-leakage",
                "-not_same_violations",
                "-offset_errors",
            ],
            Task::Missed => &["precision", "recall", "recall_seen", "f1", "true_silence", "alone_p"],
            Task::Press => &[
                "b3_f1",
                "pair_f1",
                "whole",
                "apart",
                "alone",
                "blind",
                "kind",
                "kind_f1",
                "access",
                "derived_f1",
                "derived_word",
                "agency_f1",
                "author_f1",
                "title",
                "time",
                "updated",
                "outlet",
                "carrier",
                "text_r",
                "text_p",
                "quote_found",
                "quote_pair_f1",
                "wording",
                "speaker",
                "value_found",
                "ledger_pair_f1",
                "verdict",
                "consequence",
                "-false_conflicts",
                "plan_outcome",
                "plan_settled",
                "only_r",
            ],
        }
    }
}

/// One set: what to read, and the gold.
#[derive(Clone, Debug)]
pub struct Set {
    /// `task/set`.
    pub name: String,
    /// What is done with it.
    pub task: Task,
    /// The files to read, in order.
    pub inputs: Vec<PathBuf>,
    /// The gold.
    pub gold: PathBuf,
    /// The one language it is in, where it is in one.
    pub language: Option<String>,
    /// Arguments that the scorer needs besides.
    pub arguments: Vec<String>,
}

/// The sets that are there, in the order of an article's journey.
pub fn all(evals: &Path) -> Vec<Set> {
    let mut sets = pages(evals);
    let lines = [
        (Task::Language, "language", ""),
        (Task::Dates, "dates/datetime", "name"),
        (Task::Dates, "dates/figures", "name"),
        (Task::Dates, "dates/articles", "de"),
        (Task::Quotes, "quotes", "prefix"),
        (Task::Names, "names", ""),
        (Task::Claims, "claims", "en"),
        (Task::Group, "group", "group"),
        (Task::Figures, "figures", "en"),
        (Task::FiguresReading, "figures", "en"),
    ];
    for (task, folder, language) in lines {
        for stem in stems(&evals.join(folder)) {
            let language = match language {
                "" => None,
                "name" => Some(stem.clone()),
                "prefix" if stem.starts_with("german") => Some("de".into()),
                "group" if stem.starts_with("flores") || stem.starts_with("ntrex") => None,
                "prefix" | "group" => Some("en".into()),
                fixed => Some(fixed.to_owned()),
            };
            let reading = if task == Task::FiguresReading { "-reading" } else { "" };
            sets.push(Set {
                name: format!("{folder}/{stem}{reading}"),
                task,
                inputs: vec![evals.join(folder).join(format!("{stem}.jsonl"))],
                gold: evals.join(folder).join(format!("{stem}.gold.jsonl")),
                language,
                arguments: Vec::new(),
            });
        }
    }
    sets.extend(compared(evals));
    sets.retain(|s| s.gold.is_file() && !s.inputs.is_empty());
    sets.extend([press(), missed()]);
    sets
}

/// It is bundled, and so always there.
fn press() -> Set {
    let folder = crate::press::folder();
    let (inputs, gold) = (files(&folder.join("articles")), folder.join("gold"));
    Set { name: "press/four-days".into(), task: Task::Press, inputs, gold, language: None, arguments: Vec::new() }
}

/// It is generated, and so always there.
fn missed() -> Set {
    let name = "missed/forty-countries".into();
    Set { name, task: Task::Missed, inputs: Vec::new(), gold: PathBuf::new(), language: None, arguments: Vec::new() }
}

/// The names of all sets.
pub fn names(evals: &Path) -> Vec<String> {
    all(evals).into_iter().map(|s| s.name).collect()
}

fn pages(evals: &Path) -> Vec<Set> {
    let set = |name: &str, task, inputs: Vec<PathBuf>| Set {
        name: name.to_owned(),
        task,
        inputs,
        gold: evals.join(name).join("gold.jsonl"),
        language: None,
        arguments: Vec::new(),
    };
    let trafilatura = files(&evals.join("extract/trafilatura/pages"));
    let dated = [files(&evals.join("extract/htmldate/pages")), trafilatura.clone()].concat();
    vec![
        set("feeds/feedparser", Task::Feed, files(&evals.join("feeds/feedparser/files"))),
        set("feeds/feedrs", Task::Feed, files(&evals.join("feeds/feedrs/files"))),
        set("encoding", Task::Encoding, files(&evals.join("encoding/files"))),
        set("extract/scrapinghub", Task::Extract, files(&evals.join("extract/scrapinghub/pages"))),
        set("extract/trafilatura", Task::Extract, trafilatura),
        set("extract/htmldate", Task::Extract, dated),
    ]
}

fn compared(evals: &Path) -> [Set; 2] {
    let gold = evals.join("compare/dev.gold.json");
    let events: Vec<_> = (1..=12).map(|n| format!("e{n:02}")).collect();
    let set = |name: &str, inputs, events: String| Set {
        name: format!("compare/{name}"),
        task: Task::Compare,
        inputs,
        gold: gold.clone(),
        language: Some("en".into()),
        arguments: vec!["--events".into(), events],
    };
    [
        set("twelve", vec![evals.join("compare/dev.jsonl")], events.join(",")),
        set("seeds", files(&evals.join("../seeds")), "seeds".into()),
    ]
}

/// `X` for each pair `X.jsonl`, `X.gold.jsonl`, sorted.
fn stems(folder: &Path) -> Vec<String> {
    let names = files(folder).into_iter().filter_map(|p| p.file_name()?.to_str().map(str::to_owned));
    names.filter_map(|n| n.strip_suffix(".gold.jsonl").map(str::to_owned)).collect()
}

/// All files beneath a folder, sorted by path; none where it is not there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.filter_map(|e| Some(e.ok()?.path())) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
