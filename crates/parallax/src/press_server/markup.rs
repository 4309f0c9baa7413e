//! A text → the same in markup: escaped, garbled where mojibake is planted, its addresses made links, in the outlet's encoding.

use encoding_rs::Encoding;

/// Escaped for an attribute or an element of HTML or XML.
pub(super) fn escaped(text: &str) -> String {
    escaped_text(text).replace('"', "&quot;").replace('\'', "&#x27;")
}

/// Escaped for an element alone.
pub(super) fn escaped_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Escaped text in which addresses are links.
pub(super) fn linked(escaped: &str) -> String {
    let (mut linked, mut rest) = (String::new(), escaped);
    while let Some(start) = rest.find("https://") {
        let end = rest[start..].find(char::is_whitespace).map_or(rest.len(), |length| start + length);
        let address = &rest[start..end];
        linked.push_str(&rest[..start]);
        linked.push_str(&format!("<a href=\"{address}\">{address}</a>"));
        rest = &rest[end..];
    }
    linked + rest
}

/// Mojibake: the text's UTF-8 read as another encoding, as browsers read it. Without one, the text.
pub(super) fn garbled(text: &str, garble: Option<&'static Encoding>) -> String {
    match garble {
        Some(encoding) => encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
        None => text.to_owned(),
    }
}

/// A string of JSON that may stand in a `<script>`.
pub(super) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace("</", "<\\/")
}

/// In an encoding; letters that it lacks as numeric references.
pub(super) fn encoded(markup: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(markup).0.into_owned()
}
