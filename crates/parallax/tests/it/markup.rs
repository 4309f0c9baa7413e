//! A page's path and HTML → whatever of it is not of the desk's own templates, and its text.

use dom_query::{Document, NodeRef};
use std::collections::BTreeSet;

/// The elements of our own templates.
const ELEMENTS: &str = "a article aside bdi blockquote body br code dd details div dl dt fieldset figcaption figure form \
    footer h1 h2 h3 h4 head header html input kbd label legend li link main mark meta meter nav ol \
    p script section span summary table tbody td th thead time title tr ul";
/// Their attributes, but for those of `aria-`.
const ATTRIBUTES: &str = "action autocomplete autofocus charset class content data-since data-watched datetime defer dir for hidden href \
    id lang max method min name open rel required role scope tabindex target type value";

/// Where on which pages something may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum On {
    Login,
    Front,
    Map,
}

fn on(path: &str) -> Option<On> {
    match path.split('?').next() {
        Some("/login") => Some(On::Login),
        Some("/" | "/shelf/news") => Some(On::Front),
        Some("/globe") => Some(On::Map),
        _ => None,
    }
}

/// Something that the map and the globe are drawn with.
struct Drawn {
    /// On which pages it may stand…
    pages: &'static [On],
    /// …as which element, with which attributes, and what each may hold…
    name: &'static str,
    attributes: &'static [(&'static str, Form)],
    /// …and how often at most.
    most: usize,
}

const DRAWN: &[Drawn] = &[
    Drawn {
        pages: &[On::Map],
        name: "figure",
        attributes: &[
            ("class", Form::Is("world")),
            ("data-globe", Form::Is("#countries")),
            ("data-facing", Form::Degrees),
        ],
        most: 1,
    },
    Drawn {
        pages: &[On::Front, On::Map],
        name: "canvas",
        attributes: &[
            ("tabindex", Form::Is("0")),
            ("role", Form::Is("application")),
            ("aria-label", Form::Says("Globe. Arrow keys")),
        ],
        most: 1,
    },
    Drawn {
        pages: &[On::Map],
        name: "svg",
        attributes: &[
            ("class", Form::Is("flat")),
            ("viewBox", Form::Is("0 0 960 468")),
            ("role", Form::Is("img")),
            ("aria-labelledby", Form::Is("flat-name")),
        ],
        most: 1,
    },
    Drawn { pages: &[On::Map], name: "path", attributes: &[("class", Form::Shade), ("d", Form::Outline)], most: 300 },
    Drawn {
        pages: &[On::Map],
        name: "circle",
        attributes: &[("class", Form::Shade), ("cx", Form::Number), ("cy", Form::Number), ("r", Form::Is("3"))],
        most: 300,
    },
    Drawn {
        pages: &[On::Map],
        name: "button",
        attributes: &[
            ("type", Form::Is("button")),
            ("data-turn", Form::Turn),
            ("data-look", Form::Is("flat")),
            ("aria-label", Form::Says("")),
            ("aria-pressed", Form::Is("false")),
        ],
        most: 8,
    },
    Drawn { pages: &[On::Login], name: "button", attributes: &[("type", Form::Is("submit"))], most: 1 },
];

/// What elements of the whole desk carry on pages with a map or a globe alone.
struct Marked {
    pages: &'static [On],
    name: &'static str,
    attribute: &'static str,
    form: Form,
}

const MARKED: &[Marked] = &[
    Marked { pages: &[On::Front], name: "figure", attribute: "data-globe", form: Form::Is("/api/v1/countries") },
    Marked { pages: &[On::Front], name: "figure", attribute: "data-facing", form: Form::Degrees },
    Marked { pages: &[On::Front, On::Map], name: "p", attribute: "data-picked", form: Form::Says("") },
    Marked { pages: &[On::Map], name: "a", attribute: "data-code", form: Form::Code },
    Marked { pages: &[On::Map], name: "a", attribute: "data-shade", form: Form::Digit },
    Marked { pages: &[On::Map], name: "a", attribute: "data-told", form: Form::Told },
    Marked { pages: &[On::Map], name: "a", attribute: "data-at", form: Form::Degrees },
    Marked { pages: &[On::Map], name: "a", attribute: "data-outline", form: Form::Is("") },
];

/// What an attribute may hold.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// This.
    Is(&'static str),
    /// Plain words of ours that begin so: no character of markup, no address.
    Says(&'static str),
    /// How many of how many: letters, figures, commas.
    Told,
    Number,
    Digit,
    /// Longitude and latitude.
    Degrees,
    /// Two capitals.
    Code,
    /// A country's shade, or the sea.
    Shade,
    /// An SVG path: commands, numbers and nothing else.
    Outline,
    /// A direction.
    Turn,
}

impl Form {
    fn fits(self, value: &str) -> bool {
        let is_number =
            |value: &str| value.parse::<f64>().is_ok_and(f64::is_finite) && !value.contains(['e', 'E', '+']);
        let plain = |value: &str| !value.contains(['<', '>', '&', '"', '\'', '`', '=', '/', '\\', '(', ')']);
        match self {
            Form::Is(this) => value == this,
            Form::Says(begins) => !value.is_empty() && value.starts_with(begins) && plain(value),
            Form::Told => {
                !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | ','))
            }
            Form::Number => is_number(value),
            Form::Digit => matches!(value.as_bytes(), [b'0'..=b'5']),
            Form::Degrees => value.split_once(' ').is_some_and(|(x, y)| is_number(x) && is_number(y)),
            Form::Code => matches!(value.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z']),
            Form::Shade => value == "sea" || matches!(value.as_bytes(), [b's', b'0'..=b'5']),
            Form::Outline => {
                let of_path =
                    |c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | '-') || "MmLlHhVvZz".contains(c);
                value.starts_with('M') && value.chars().all(of_path)
            }
            Form::Turn => matches!(value, "left" | "right" | "up" | "down" | "in" | "out"),
        }
    }
}

/// A page as it was looked at.
pub(crate) struct Looked {
    /// What is wrong with it.
    pub(crate) wrong: Vec<String>,
    /// Where it leads to on this desk.
    pub(crate) leads: BTreeSet<String>,
    /// Its text.
    pub(crate) text: String,
}

/// Looks at a page.
pub(crate) fn look(path: &str, html: &str) -> Looked {
    let mut looked = Looked { wrong: Vec::new(), leads: BTreeSet::new(), text: String::new() };
    let page = Document::from(html);
    let mut scripts = Vec::new();
    let mut drawn = vec![0; DRAWN.len()];
    for node in page.root().descendants_it().filter(NodeRef::is_element) {
        let name = node.node_name().unwrap_or_default().to_string();
        let is_drawn = drawn_as(path, &name).inspect(|at| drawn[*at] += 1);
        looked.wrong.extend(element(path, &node, &name, is_drawn));
        if name == "script" {
            scripts.push(node.attr("src").unwrap_or_default().to_string());
        }
        let href = node.attr("href").unwrap_or_default();
        if href.starts_with("http") {
            looked.wrong.extend(outward(&node, &href));
        } else if href.starts_with('/') {
            looked.leads.insert(href.split('#').next().unwrap_or_default().to_owned());
        }
    }
    for (thing, times) in DRAWN.iter().zip(drawn) {
        if times > thing.most {
            looked.wrong.push(format!("{times} of <{}>", thing.name));
        }
    }
    // Those of ours, once each: the globe's where there is one.
    let has_globe = page.select("canvas").exists();
    let ours = ["/assets/desk.js", "/assets/globe.js"];
    if scripts != ours[..1 + usize::from(has_globe)] {
        looked.wrong.push(format!("scripts: {scripts:?}"));
    }
    looked.text = page.text().to_string();
    looked
}

/// Is it of those that the map is drawn with, on this page?
fn drawn_as(path: &str, name: &str) -> Option<usize> {
    let here = on(path)?;
    DRAWN.iter().position(|thing| thing.name == name && thing.pages.contains(&here))
}

/// What is wrong with an element.
fn element(path: &str, node: &NodeRef<'_>, name: &str, drawn: Option<usize>) -> Vec<String> {
    let mut wrong = Vec::new();
    let within = |of: &str| node.ancestors_it(None).any(|above| above.node_name().is_some_and(|name| &*name == of));
    if drawn.is_none() && !ELEMENTS.split_whitespace().any(|ours| ours == name) {
        wrong.push(format!("<{name}>"));
    }
    let belongs = match name {
        "path" | "circle" => within("svg"),
        "canvas" | "svg" | "figcaption" => within("figure"),
        "title" => within("head") || within("svg"),
        _ => true,
    };
    if !belongs || (within("svg") && !matches!(name, "path" | "circle" | "title" | "a")) {
        wrong.push(format!("<{name}> out of its place"));
    }
    if name == "script" && !node.text().is_empty() {
        wrong.push(format!("a script: {}", node.html()));
    }
    if name == "meta" && node.has_attr("http-equiv") {
        wrong.push(format!("{}", node.html()));
    }
    for attribute in node.attrs() {
        let (called, value) = (&*attribute.name.local, &*attribute.value);
        let is_ours = match drawn {
            Some(at) => DRAWN[at].attributes.iter().any(|(ours, form)| *ours == called && form.fits(value)),
            None => {
                ATTRIBUTES.split_whitespace().any(|ours| ours == called)
                    || called.starts_with("aria-")
                    || (name == "script" && called == "src")
                    || marked(path, name, called, value)
            }
        };
        if !is_ours || (matches!(called, "href" | "action") && !is_address(value)) {
            wrong.push(format!("<{name} {called}={value:?}>"));
        }
    }
    wrong
}

/// Is it a mark that the globe reads, as it should be?
fn marked(path: &str, name: &str, called: &str, value: &str) -> bool {
    let of = |mark: &Marked| {
        on(path).is_some_and(|here| mark.pages.contains(&here))
            && (mark.name, mark.attribute) == (name, called)
            && mark.form.fits(value)
    };
    MARKED.iter().any(of)
}

/// What is wrong with a link that leads away.
fn outward(node: &NodeRef<'_>, href: &str) -> Option<String> {
    let rel = node.attr("rel").unwrap_or_default();
    let kept: &[&str] = if href == "https://www.naturalearthdata.com/" {
        // Our own, to whom the borders are owed.
        &["noopener", "noreferrer"]
    } else {
        &["noopener", "noreferrer", "nofollow"]
    };
    let is_kept = kept.iter().all(|word| rel.split(' ').any(|r| r == *word));
    let sound = !href.contains("utm_") && !href.chars().any(|c| c.is_control() || matches!(c, '"' | '<' | '>' | ' '));
    (!is_kept || !sound).then(|| format!("a link outward: {}", node.html()))
}

/// Of the web, of this desk, or of this page.
fn is_address(value: &str) -> bool {
    let is_local = value.starts_with('/') && !value[1..].starts_with(['/', '\\']);
    let is_web = value.starts_with("https://") || value.starts_with("http://");
    value.is_empty() || value.starts_with('#') || is_local || is_web
}

#[test]
fn what_the_templates_do_not_have_is_seen() {
    let head = "<title>x</title><script src=\"/assets/desk.js\" defer></script>";
    let wrong =
        |path: &str, body: &str| look(path, &format!("<html><head>{head}</head><body>{body}</body></html>")).wrong;
    let map = "<figure class=\"world\"><svg class=\"flat\" viewBox=\"0 0 960 468\"><path class=\"s1\" d=\"M1 2L3 4Z\"><title>x</title></path></svg></figure>";
    assert_eq!(wrong("/", "<p>x</p>"), Vec::<String>::new());
    assert_eq!(wrong("/globe?story=x", map), Vec::<String>::new());
    assert_ne!(wrong("/story/x", map), Vec::<String>::new(), "a map where none is");
    for body in [
        "<svg class=\"flat\"></svg>".to_owned(),
        "<path class=\"s1\"></path>".to_owned(),
        map.replace("M1 2", "M1 2url(x)"),
        map.replace("class=\"s1\"", "class=\"s9\""),
        map.replace("<title>", "<title onload=x>"),
        map.replace("<title>x</title>", "<script>x</script>"),
        map.replace("<title>x</title>", "<a href=\"javascript:x\">x</a>"),
        map.replace("<title>x</title>", "<g>x</g>"),
        map.replace("0 0 960 468", "0 0 1 1"),
        format!("{map}{map}"),
        "<canvas></canvas>".to_owned(),
        "<script src=\"/assets/globe.js\"></script>".to_owned(),
        "<script src=\"/assets/desk.js\"></script>".to_owned(),
        "<button>x</button><button data-turn=\"x\">x</button>".to_owned(),
        "<a data-told=\"<b>\" data-code=\"DE\">x</a>".to_owned(),
        "<p onclick=x>x</p>".to_owned(),
        "<p style=x>x</p>".to_owned(),
        "<img src=x>".to_owned(),
        "<a href=\"//evil.example\">x</a>".to_owned(),
        "<a href=\"https://evil.example\">x</a>".to_owned(),
    ] {
        assert_ne!(wrong("/globe", &body), Vec::<String>::new(), "{body}");
    }
}
