//! Markup → its tags, attributes and text in one pass, without a tree: for metadata and for limits. Follows the tokenizer of the
//! HTML standard as far as sane pages need; never fails, never looks back.

use std::borrow::Cow;

/// A piece of markup.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event<'a> {
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag's name.
    Close(&'a str),
    /// Text between tags, entities not decoded; also the contents of `script` and `title`.
    Text(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tag<'a> {
    /// As written.
    pub name: &'a str,
    /// What stands between the name and `>`.
    pub attributes: &'a str,
}

/// Elements without an end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that are closed by what follows, so that they don't nest by being left open.
const OPTIONAL_END: [&str; 14] =
    ["p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rp"];
/// Elements whose contents are text and not markup.
const RAW: [&str; 9] = ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"];

/// Walks through markup. Each event comes with the byte range it was read from.
#[derive(Clone, Debug)]
pub struct Events<'a> {
    html: &'a str,
    at: usize,
    /// The raw element whose text comes next.
    raw: Option<&'a str>,
}

impl<'a> Events<'a> {
    /// From the start.
    #[must_use]
    pub fn new(html: &'a str) -> Self {
        Events { html, at: 0, raw: None }
    }

    fn raw_text(&mut self, name: &str) -> Option<Event<'a>> {
        let start = self.at;
        let bytes = self.html.as_bytes();
        let end = memchr::memchr_iter(b'<', &bytes[start..])
            .map(|open| start + open)
            .find(|open| {
                let rest = &bytes[*open + 1..];
                rest.first() == Some(&b'/')
                    && rest.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
            })
            .unwrap_or(bytes.len());
        self.at = end;
        (end > start).then(|| Event::Text(&self.html[start..end]))
    }

    /// What begins with `<` here: a tag, or `None` for a comment, a declaration, a stray sign.
    fn tag(&mut self) -> Option<Event<'a>> {
        let rest = &self.html[self.at..];
        let bytes = rest.as_bytes();
        let skip_to = |end: Option<usize>, past: usize| end.map_or(rest.len(), |end| end + past);
        match bytes.get(1) {
            Some(b'!') if rest.starts_with("<!--") => {
                let end = memchr::memmem::find(&bytes[4..], b"-->").map(|end| end + 4);
                self.at += skip_to(end, 3);
                None
            }
            Some(b'!' | b'?') => {
                self.at += skip_to(memchr::memchr(b'>', bytes), 1);
                None
            }
            Some(b'/') => {
                let end = memchr::memchr(b'>', bytes);
                let name = name_of(&rest[2..end.unwrap_or(rest.len())]);
                self.at += skip_to(end, 1);
                (!name.is_empty()).then_some(Event::Close(name))
            }
            Some(letter) if letter.is_ascii_alphabetic() => {
                let end = tag_end(bytes);
                let name = name_of(&rest[1..end]);
                let attributes = rest[1 + name.len()..end].trim_end_matches('/');
                self.at += (end + 1).min(rest.len());
                self.raw = RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)).then_some(name);
                Some(Event::Open(Tag { name, attributes }))
            }
            _ => {
                self.at += 1;
                Some(Event::Text(&rest[..1]))
            }
        }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        while self.at < self.html.len() {
            if let Some(name) = self.raw.take() {
                if let Some(text) = self.raw_text(name) {
                    return Some(text);
                }
                continue;
            }
            if self.html.as_bytes()[self.at] == b'<' {
                if let Some(event) = self.tag() {
                    return Some(event);
                }
                continue;
            }
            let start = self.at;
            self.at = memchr::memchr(b'<', &self.html.as_bytes()[start..]).map_or(self.html.len(), |open| start + open);
            return Some(Event::Text(&self.html[start..self.at]));
        }
        None
    }
}

fn name_of(rest: &str) -> &str {
    &rest[..rest.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(rest.len())]
}

/// The `>` that ends a tag, not one inside quotes; an unclosed quote ends at the first `>` after all.
fn tag_end(bytes: &[u8]) -> usize {
    /// No sane attribute is longer; a quote that is never closed would swallow the page.
    const ATTRIBUTE_BYTES: usize = 65_536;
    let mut quote = 0u8;
    let mut before = 0u8;
    for (at, byte) in bytes.iter().copied().enumerate().take(ATTRIBUTE_BYTES) {
        match byte {
            b'>' if quote == 0 => return at,
            b'"' | b'\'' if quote == 0 && before == b'=' => quote = byte,
            _ if byte == quote => quote = 0,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    memchr::memchr(b'>', bytes).unwrap_or(bytes.len())
}

impl<'a> Tag<'a> {
    /// Is it an element of this name?
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// An element without an end tag?
    #[must_use]
    pub fn is_void(&self) -> bool {
        VOID.iter().any(|name| self.is(name))
    }

    /// An attribute's value, entities decoded.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(rest.len()).max(1);
            let end = if rest.is_char_boundary(end) { end } else { rest.len() };
            let (key, after) = rest.split_at(end);
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('=').map(str::trim_start) {
                None => ("", after),
                Some(value) => match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                    _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
                },
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(decode(value));
            }
            rest = next;
        }
    }
}

/// Text with character references decoded: the numeric ones and the names that news pages use.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(10).position(|b| b == b';');
        match end.and_then(|end| Some((reference(&rest[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The named references that news pages use (HTML Living Standard, 13.5).
const NAMES: [(&str, char); 62] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("euro", '€'),
    ("pound", '£'),
    ("deg", '°'),
    ("shy", '\u{AD}'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("Eacute", 'É'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("aring", 'å'),
    ("ccedil", 'ç'),
    ("Ccedil", 'Ç'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("oslash", 'ø'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ntilde", 'ñ'),
    ("aelig", 'æ'),
    ("sect", '§'),
];

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// How much structure markup has. Tree builders recurse, and are slow on hostile depth, so it is measured before a tree is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Structure {
    /// Elements inside one another, at most.
    pub depth: usize,
    /// Start and end tags.
    pub tags: usize,
}

/// Measures markup. Elements that are closed by what follows them count as open only until a like one begins.
#[must_use]
pub fn structure(html: &str) -> Structure {
    let (mut open, mut deepest, mut tags) = (0usize, 0usize, 0usize);
    let is = |list: &[&str], name: &str| list.iter().any(|other| name.eq_ignore_ascii_case(other));
    for event in Events::new(html) {
        match event {
            Event::Text(_) => continue,
            Event::Open(tag) if !is(&VOID, tag.name) && !is(&OPTIONAL_END, tag.name) => {
                open += 1;
                deepest = deepest.max(open);
            }
            Event::Close(name) if !is(&VOID, name) && !is(&OPTIONAL_END, name) => open = open.saturating_sub(1),
            _ => {}
        }
        tags += 1;
    }
    Structure { depth: deepest, tags }
}

/// Elements inside a line; all others begin a new one.
const INLINE: [&str; 24] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
];
/// Is it an element inside a line?
#[must_use]
pub fn is_inline(name: &str) -> bool {
    INLINE.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Elements whose contents no reader sees as text.
const UNSEEN: [&str; 7] = ["script", "style", "noscript", "template", "textarea", "iframe", "title"];

/// The text of markup without a tree: a line for each block, an empty line between blocks. For pages that no tree is built of.
#[must_use]
pub fn lines(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 4);
    let mut unseen = false;
    for event in Events::new(html) {
        match event {
            Event::Text(text) if !unseen => out.push_str(&decode(text).replace(['\n', '\r'], " ")),
            Event::Text(_) => {}
            Event::Open(Tag { name, .. }) | Event::Close(name) => {
                if UNSEEN.iter().any(|other| name.eq_ignore_ascii_case(other)) {
                    unseen = matches!(event, Event::Open(_));
                }
                if !is_inline(name) && !out.ends_with("\n\n") {
                    out.push_str("\n\n");
                }
            }
        }
    }
    out
}
