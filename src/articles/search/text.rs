//! The running text of an article, read back from its markup, section by section.

use std::collections::HashSet;

use super::store::MARKS;

/// Words under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// Where it begins on its page; empty before the first heading.
    pub id: String,
    /// The heading; empty before the first one.
    pub heading: String,
    /// The words below it.
    pub text: String,
}

/// What stands between these tags is no running text: drawings, the numbers of references, cards of exercises (which have pages of
/// their own), and what care cards say before their heading.
const SILENT: [(&str, &str); 4] = [("svg", ""), ("sup", ""), ("article", "ex-card"), ("span", "care-level")];
/// Tags inside a line; all others end a word.
const INLINE: [&str; 10] = ["a", "abbr", "b", "code", "em", "i", "mark", "span", "strong", "sub"];

/// The sections of markup that this program has made, each with some words.
pub(super) fn sections(markup: &str) -> Vec<Section> {
    let mut reader = Reader::default();
    let mut rest = markup;
    while let Some((text, tail)) = rest.split_once('<') {
        reader.text(text);
        let Some((tag, tail)) = tail.split_once('>') else { break };
        rest = reader.tag(tag, tail);
    }
    reader.text(rest);
    reader.finish()
}

/// A text without what marks the words that were found.
pub(super) fn unmarked(text: &str) -> String {
    text.replace(MARKS, "")
}

#[derive(Default)]
struct Reader {
    done: Vec<Section>,
    open: Section,
    in_heading: bool,
    /// What goes on below a care card, which is a section of its own.
    around: Option<Section>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        let part = if self.in_heading { &mut self.open.heading } else { &mut self.open.text };
        part.push_str(&unmarked(&plain(text)));
    }

    /// Reads a tag; hands on what comes after it.
    fn tag<'a>(&mut self, tag: &str, rest: &'a str) -> &'a str {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        let closes = tag.starts_with('/');
        if !closes && SILENT.iter().any(|(silent, class)| name == *silent && attribute(tag, "class").contains(class)) {
            let end = format!("</{name}>");
            return rest.split_once(&end).map_or("", |(_, after)| after);
        }
        if !INLINE.contains(&name) {
            self.pause(if closes { name } else { "" });
        }
        let is_heading = matches!(name, "h2" | "h3" | "h4");
        match (name, closes, attribute(tag, "id")) {
            ("section", false, id) if !id.is_empty() => {
                self.around = Some(Section { text: String::new(), ..self.open.clone() });
                self.begin(id);
            }
            ("section", true, _) => {
                if let Some(around) = self.around.take() {
                    self.done.push(std::mem::replace(&mut self.open, around));
                }
            }
            (_, false, id) if is_heading && !id.is_empty() => {
                self.begin(id);
                self.in_heading = true;
            }
            // The heading of a care card names the card.
            (_, false, _) if is_heading => self.in_heading = self.around.is_some() && self.open.heading.is_empty(),
            (_, true, _) if is_heading => self.in_heading = false,
            _ => {}
        }
        rest
    }

    /// Ends a word; and what looked like a line or a cell ends like one.
    fn pause(&mut self, closed: &str) {
        let ended = self.open.text.ends_with(|c: char| c.is_alphanumeric() || c == ')' || c == '%');
        if matches!(closed, "li" | "td" | "th") && ended && !self.in_heading {
            self.open.text.push(';');
        }
        self.text(" ");
    }

    fn begin(&mut self, id: &str) {
        let next = Section { id: id.to_owned(), ..Section::default() };
        self.done.push(std::mem::replace(&mut self.open, next));
    }

    fn finish(mut self) -> Vec<Section> {
        self.done.push(self.open);
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let tidied = self.done.into_iter().map(|section| Section { heading: tidy(&section.heading), text: tidy(&section.text), ..section });
        let mut seen = HashSet::new();
        tidied.filter(|section| seen.insert(section.id.clone()) && !section.heading.is_empty() || !section.text.is_empty()).collect()
    }
}

/// The value of an attribute; empty when the tag has none.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, value)| value.split_once('"'));
    value.map_or("", |(value, _)| value)
}

/// Text as it was before it was made safe for markup.
fn plain(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (safe, plain)| text.replace(safe, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_read_back_section_by_section() {
        let markup = "<p>A <em>sore</em> hip<sup><a href=\"#ref-1\">1</a></sup>.</p>\n<section class=\"care\" id=\"emergency\">\
                      <h2 class=\"care-heading\"><span class=\"care-level\">Emergency: </span>Call if:</h2><ul><li>you fall</li></ul></section>\
                      <p>On &amp; on.</p><h2 id=\"why\">Why <b>me</b>?</h2><p>5 &lt; 6</p><svg><text>femur</text></svg>\
                      <article class=\"ex-card\"><h3>Bridge</h3></article><table><tr><td>one</td><td>two</td></tr></table>";
        let read = sections(markup);
        let read: Vec<(&str, &str, &str)> = read.iter().map(|part| (&*part.id, &*part.heading, &*part.text)).collect();
        let expected =
            [("", "", "A sore hip."), ("emergency", "Call if:", "you fall;"), ("", "", "On & on."), ("why", "Why me?", "5 < 6 one; two;")];
        assert_eq!(read, expected);
    }

    #[test]
    fn nothing_in_a_text_passes_for_a_mark() {
        assert_eq!(unmarked("a\u{e000}b\u{e001}"), "ab");
        assert_eq!(sections("<p>a\u{e000}b"), [Section { text: "ab".to_owned(), ..Section::default() }]);
    }
}
