//! Dev only: each gold event one story.
use parallax_core::contract::{self, ComparedStory};
use parallax_core::model::*;
use parallax_core::{compare, extract, resolve, understand};
use serde_json::{Value, json};
fn main() {
    let almanac = parallax_almanac::almanac();
    if std::env::var("DBG").is_ok() {
        for w in [
            "plan",
            "propos",
            "talk",
            "discuss",
            "convers",
            "meet",
            "said",
            "substanc",
            "essenc",
            "construct",
            "useful",
            "intend",
            "fight",
            "war",
        ] {
            eprintln!("{w} {} {:?}", almanac.concepts.rarity(w, Some("en")), almanac.concepts.meanings(w, Some("en")));
        }
    }
    let root = std::env::args().nth(1).unwrap_or("/work/shared".into());
    let gold: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{root}/evals/compare/dev.gold.json")).unwrap()).unwrap();
    let docs = std::fs::read_to_string(format!("{root}/evals/compare/dev.jsonl")).unwrap();
    let docs: Vec<Document> = docs.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let mut stories = Vec::new();
    let t0 = std::time::Instant::now();
    let mut spent = std::time::Duration::ZERO;
    for e in gold["events"].as_array().unwrap() {
        let ids: Vec<String> =
            e["articles"].as_array().unwrap().iter().map(|a| a.as_str().unwrap().to_string()).collect();
        let mut articles: Vec<Article> = ids
            .iter()
            .map(|id| match docs.iter().find(|d| d.id.0 == *id) {
                Some(d) => extract::document(d.clone(), almanac),
                None => extract::article(
                    &Page {
                        id: ArticleId(id.clone()),
                        url: None,
                        format: Format::Plain,
                        charset: None,
                        bytes: std::fs::read(format!("{root}/seeds/{id}")).unwrap(),
                    },
                    almanac,
                ),
            })
            .collect();
        for a in &mut articles {
            if a.language.is_none() {
                a.language = Some("en".into());
            }
        }
        let mut annotations: Vec<Annotations> = articles.iter().map(|a| understand::annotate(a, almanac)).collect();
        for (ann, art) in annotations.iter_mut().zip(&articles) {
            if ann.language.is_none() {
                ann.language = Some("en".into());
            }
            if ann.statements.is_empty() {
                ann.statements = fake(&art.text);
            }
        }
        let pairs: Vec<_> = articles.iter().zip(&annotations).collect();
        let links = resolve::link(&pairs, almanac);
        let original = Derivation::Original;
        let takes: Vec<Take<'_>> = articles
            .iter()
            .zip(&annotations)
            .map(|(article, annotations)| Take { article, annotations, derivation: &original })
            .collect();
        let t = std::time::Instant::now();
        let comparison = compare::story(&takes, &links, almanac);
        spent += t.elapsed();
        stories.push(contract::story(&ComparedStory {
            id: &StoryId(articles[0].id.clone()),
            takes: &takes,
            links: &links,
            comparison: &comparison,
        }));
    }
    eprintln!("all {:?}, compare {:?}", t0.elapsed(), spent);
    println!("{}", json!({"stories": stories, "problems": []}));
}

fn fake(text: &str) -> Vec<Statement> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (i, c) in text.char_indices() {
        match (c, open) {
            ('“', _) => open = Some(i + c.len_utf8()),
            ('"', None) => open = Some(i + 1),
            ('”' | '"', Some(s)) => {
                out.push(Statement {
                    kind: StatementKind::Direct,
                    speaker: None,
                    cue: None,
                    content: Span::new(s, i),
                    fragments: vec![Span::new(s, i)],
                });
                open = None;
            }
            ('\n', _) => open = None,
            _ => {}
        }
    }
    out
}
