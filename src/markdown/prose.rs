//! The running text of an article: what is read sentence by sentence, without headings, tables, pictures and citations.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::links;

/// Each paragraph and each item of a list as plain words. A paragraph that is only a card, a picture or the mark of a box is none.
#[must_use]
pub fn prose(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_GFM;
    let mut reader = Reader::default();
    for event in Parser::new_with_broken_link_callback(text, options, Some(links::unknown)) {
        reader.hears(event);
    }
    reader.pieces
}

#[derive(Default)]
struct Reader {
    pieces: Vec<String>,
    now: String,
    /// How many parts are open that hold no running text.
    silent: usize,
    /// Whether the text read since the piece began is more than a link to an exercise.
    more: bool,
    in_card: bool,
    in_citation: bool,
}

impl Reader {
    fn hears(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) if is_silent(&tag) => self.silent += 1,
            Event::End(tag) if ends_silence(tag) => self.silent = self.silent.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.in_card = dest_url.starts_with("exercise:");
                self.in_citation = links::is_citation(&dest_url);
            }
            Event::End(TagEnd::Link) => (self.in_card, self.in_citation) = (false, false),
            _ if self.silent > 0 || self.in_citation => {}
            Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_)) | Event::End(TagEnd::Paragraph | TagEnd::Item) => self.ends(),
            Event::Text(words) | Event::Code(words) => {
                self.more |= !self.in_card && !words.trim().is_empty();
                self.now.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => self.now.push(' '),
            _ => {}
        }
    }

    fn ends(&mut self) {
        let piece = std::mem::take(&mut self.now);
        let piece = piece.trim();
        if self.more && !piece.starts_with("[!") {
            self.pieces.push(piece.to_owned());
        }
        self.more = false;
    }
}

fn is_silent(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Heading { .. } | Tag::Table(_) | Tag::FootnoteDefinition(_) | Tag::Image { .. } | Tag::CodeBlock(_))
}

fn ends_silence(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::Table | TagEnd::FootnoteDefinition | TagEnd::Image | TagEnd::CodeBlock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_read_sentence_by_sentence() {
        let text = "One *two*\nthree [@hu-2011]. A [bursa](term:bursa), too.\n\n## Not this\n\n- four [link](exercise:march)\n- five\n  - six\n\n\
                    [March](exercise:march)\n\n![Not this](x.svg \"nor this\")\n\n| Not | this |\n|---|---|\n| nor | this |\n\n\
                    > [!DO]\n>\n> - seven\n\n> [!CAUTION]\n> Call if:\n>\n> - eight\n\nNine[^1].\n\n[^1]: Not this.\n";
        let expected = ["One two three . A bursa, too.", "four link", "five", "six", "seven", "Call if:", "eight", "Nine."];
        assert_eq!(prose(text), expected);
        assert!(prose("").is_empty());
    }
}
