//! Markup as plain lines: what a collection wrote for a browser, made into sentences.

/// Elements that begin a new line.
const BLOCKS: [&str; 17] =
    ["p", "li", "ol", "ul", "br", "div", "tr", "td", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "blockquote"];
/// Elements whose text is none.
const HIDDEN: [&str; 2] = ["script", "style"];
/// References to characters that writers use, beside those by number.
const REFERENCES: [(&str, &str); 27] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bull", "•"),
    ("deg", "°"),
    ("times", "×"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("frac34", "¾"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("uuml", "ü"),
    ("ouml", "ö"),
    ("auml", "ä"),
    ("szlig", "ß"),
    ("sup2", "²"),
];

/// The lines of a text with or without markup: each paragraph, list item or line, without its number, without what is empty.
pub fn lines(text: &str) -> Vec<String> {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('<') { tag(rest, &mut words) } else { reference(rest, &mut words) };
    }
    words.push_str(rest);
    words
        .split(['\n', '\r', '\u{2028}', '\u{2029}'])
        .map(|line| unnumbered(&one_line(line)).to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// A text on one line, without what cannot be seen.
pub fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads what begins with `<`; says what is left.
fn tag<'a>(text: &'a str, words: &mut String) -> &'a str {
    if let Some(comment) = text.strip_prefix("<!--") {
        return comment.find("-->").map_or("", |end| &comment[end + 3..]);
    }
    let inside = &text[1..];
    let named = inside.strip_prefix('/').unwrap_or(inside);
    let is_tag = named.starts_with(|c: char| c.is_ascii_alphabetic()) || inside.starts_with(['!', '?']);
    let Some(end) = end_of_tag(inside).filter(|_| is_tag) else {
        words.push('<');
        return inside;
    };
    let name: String = named.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let rest = &inside[end + 1..];
    if BLOCKS.contains(&name.as_str()) {
        words.push('\n');
    }
    if HIDDEN.contains(&name.as_str()) && !inside.starts_with('/') {
        return after_hidden(rest, &name);
    }
    rest
}

/// Where a tag ends: at the first `>` outside of a value in quotes.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut open = None;
    for (at, byte) in inside.bytes().enumerate() {
        match (open, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => open = Some(byte),
            (Some(quote), byte) if byte == quote => open = None,
            _ => {}
        }
    }
    // A quote that is never closed is no value.
    inside.find('>')
}

fn after_hidden<'a>(text: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let end = from + at + 2;
        if text.as_bytes().get(end..end + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes())) {
            return text[end..].find('>').map_or("", |close| &text[end + close + 1..]);
        }
        from = end;
    }
    ""
}

/// Reads what begins with `&`; says what is left.
fn reference<'a>(text: &'a str, words: &mut String) -> &'a str {
    let inside = &text[1..];
    let known = inside.bytes().take(12).position(|byte| byte == b';').and_then(|end| Some((character(&inside[..end])?, end)));
    match known {
        Some((character, end)) => {
            words.push_str(&character);
            &inside[end + 1..]
        }
        None => {
            words.push('&');
            inside
        }
    }
}

fn character(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(number).map(String::from);
    }
    REFERENCES.iter().find(|(known, _)| *known == name).map(|(_, character)| (*character).to_owned())
}

/// A line without its own number or dot: the steps are numbered anyway.
fn unnumbered(line: &str) -> &str {
    let dotted = line.trim_start_matches(['-', '*', '•', '–']);
    if dotted.len() < line.len() && dotted.starts_with(' ') {
        return dotted.trim_start();
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.get(digits..).and_then(|rest| rest.strip_prefix(['.', ')'])) {
        Some(rest) if (1..=2).contains(&digits) && rest.starts_with(' ') => rest.trim_start(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_becomes_sentences() {
        let cases: [(&str, &[&str]); 17] = [
            ("", &[]),
            ("<p> </p>\n<p>&nbsp;</p>", &[]),
            ("Stand.", &["Stand."]),
            ("<p>Lie <strong style=\"a>b\">down</strong>.</p>\n<p>Lift.</p>", &["Lie down.", "Lift."]),
            ("<OL><LI>Lie down.</LI><LI>Lift.</LI></OL>", &["Lie down.", "Lift."]),
            ("One<br>two<br/>three", &["One", "two", "three"]),
            ("1. Lie down.\n2) Lift.\n- Hold.\n• Lower.", &["Lie down.", "Lift.", "Hold.", "Lower."]),
            ("10-20 times\n2.5 kg\n100. metre", &["10-20 times", "2.5 kg", "100. metre"]),
            ("Keep &lt; 5 &amp; &gt; 3&deg; &#8211; &#x201C;easy&#X201d;", &["Keep < 5 & > 3° – “easy”"]),
            ("a &foo; &#xD800; &amp b & c", &["a &foo; &#xD800; &amp b & c"]),
            ("Hold for < 5 s, then > 3", &["Hold for < 5 s, then > 3"]),
            ("<script>alert(1)</script>Safe<style>p{}</STYLE >!", &["Safe!"]),
            ("<script>never closed", &[]),
            ("a<!-- <p>hidden</p> -->b<!-- never closed", &["ab"]),
            ("<img src=x onerror='alert(1)'>Look", &["Look"]),
            ("&lt;b&gt;shown&lt;/b&gt;", &["<b>shown</b>"]),
            ("bell\u{7} and\ttab", &["bell and tab"]),
        ];
        for (markup, words) in cases {
            assert_eq!(lines(markup), words, "{markup}");
        }
    }

    proptest! {
        #[test]
        fn any_text_becomes_tidy_lines(text in "(?s)(.|<p>|</|<!--|-->|<script|&#|&amp;|\"){0,60}") {
            for line in lines(&text) {
                prop_assert!(!line.is_empty() && line == line.trim() && !line.chars().any(char::is_control), "{line:?}");
            }
        }
    }
}
