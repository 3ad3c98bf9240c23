//! An article: Markdown in, markup, contents, citations and every flaw out.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::document::lines_before;
use super::{Flaw, boxes, links};
use crate::config::Clinic;
use crate::text;
use crate::web::Html;

/// What an article may name, and where its page stands.
pub struct Surroundings<'a> {
    /// The line of the file the text begins on.
    pub first_line: usize,
    /// Keys of the references in the front matter.
    pub references: &'a [&'a str],
    /// The exercise behind a slug.
    pub exercise: &'a dyn Fn(&str) -> Option<Card>,
    /// Whether there is an article with this slug.
    pub article: &'a dyn Fn(&str) -> bool,
    /// Whether the glossary explains a term with this slug.
    pub term: &'a dyn Fn(&str) -> bool,
    /// The picture behind a name.
    pub image: &'a dyn Fn(&str) -> Option<Picture>,
    /// The drawn positions behind a name.
    pub plate: &'a dyn Fn(&str) -> Option<Illustration>,
    /// Put before every path of this site: nothing on a page, the site's address in a feed.
    pub base: &'a str,
    /// Put before every `#…`: nothing on a page, the full address of the page in a feed.
    pub own: &'a str,
    /// The address of the icon file; without it boxes have words only.
    pub icons: Option<&'a str>,
    /// Whose numbers the care cards show.
    pub clinic: &'a Clinic,
}

/// A picture of the text.
pub enum Picture {
    /// A file of its own, by its address.
    Address(String),
    /// A drawing that becomes a part of the page: the text of its SVG file.
    Drawing {
        /// The text.
        svg: String,
        /// Where the file lies, as flaws name it.
        file: String,
    },
}

/// An exercise as a card in the text.
pub struct Card {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// The usual dose as a sentence.
    pub dose: String,
    /// Its drawing.
    pub drawing: Option<Illustration>,
}

/// A picture with an address and a size, which is loaded when it comes near.
pub struct Illustration {
    /// Its path on this site.
    pub address: String,
    /// Its width; with the height it keeps the place free.
    pub width: u16,
    /// Its height.
    pub height: u16,
    /// What it shows, in words.
    pub words: String,
}

/// A heading of the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The id it is reached by.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// An article as markup.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The text.
    pub html: Html,
    /// The headings of the second level, in order.
    pub contents: Vec<Heading>,
    /// The places of the cited references in [`Surroundings::references`], in order of first use: number 1 comes first.
    pub cited: Vec<usize>,
    /// Slugs of the exercises the text names, each once.
    pub exercises: Vec<String>,
    /// Slugs of the terms of the glossary the text links, each once.
    pub terms: Vec<String>,
    /// Words of the text.
    pub words: usize,
    /// Whether there is an emergency card, at `#emergency`.
    pub has_emergency: bool,
}

/// An event of the parser with its place in the text.
pub(super) type Piece<'a> = (Event<'a>, Range<usize>);

/// Renders an article.
///
/// # Errors
/// Every flaw with its line in the file.
pub fn article(text: &str, around: &Surroundings<'_>) -> Result<Rendered, Vec<Flaw>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_GFM;
    let pieces: Vec<Piece<'_>> = Parser::new_with_broken_link_callback(text, options, Some(links::unknown)).into_offset_iter().collect();
    let mut writer = Writer::new(text, around);
    writer.pieces(&pieces);
    writer.finish()
}

/// Ids that other parts of the page use.
const TAKEN: [&str; 9] = ["main", "contents", "references", "series", "related", "appointment", "questions", "reviewed", "share"];

/// What the ids of footnotes and of references begin with.
const NOTE: &str = "note-";
const REFERENCE: &str = "ref-";

/// A footnote.
struct Note {
    name: String,
    id: String,
    /// Whether the text refers to it.
    named: bool,
    /// The line it stands on.
    line: Option<usize>,
}

/// Walks the events of the parser and writes events that are ready for markup.
pub(super) struct Writer<'a, 's> {
    text: &'a str,
    pub(super) around: &'s Surroundings<'s>,
    pub(super) out: Vec<Event<'a>>,
    flaws: Vec<Flaw>,
    contents: Vec<Heading>,
    pub(super) cited: Vec<usize>,
    exercises: Vec<String>,
    terms: Vec<String>,
    words: usize,
    ids: HashSet<String>,
    anchors: Vec<(String, usize)>,
    notes: Vec<Note>,
    /// The level of the last heading; the title is 1.
    pub(super) level: usize,
    /// How many lists, items and the like are open.
    pub(super) depth: usize,
    /// Whether the text being written lies in a box, and whether it may hold links.
    pub(super) in_box: bool,
    pub(super) no_links: bool,
}

impl<'a, 's> Writer<'a, 's> {
    fn new(text: &'a str, around: &'s Surroundings<'s>) -> Self {
        Self {
            text,
            around,
            out: Vec::new(),
            flaws: Vec::new(),
            contents: Vec::new(),
            cited: Vec::new(),
            exercises: Vec::new(),
            terms: Vec::new(),
            words: 0,
            ids: TAKEN.iter().map(|id| (*id).to_owned()).collect(),
            anchors: Vec::new(),
            notes: Vec::new(),
            level: 1,
            depth: 0,
            in_box: false,
            no_links: false,
        }
    }

    fn finish(mut self) -> Result<Rendered, Vec<Flaw>> {
        for (id, line) in std::mem::take(&mut self.anchors) {
            if !self.ids.contains(&id) {
                self.flaws.push(Flaw::new(line, format!("#{id} leads nowhere; no heading of this article has that id")));
            }
        }
        for note in std::mem::take(&mut self.notes).into_iter().filter(|note| !note.named) {
            let line = note.line.unwrap_or(self.around.first_line);
            self.flaws.push(Flaw::new(line, format!("the text never names the footnote; write [^{}] where it belongs", note.name)));
        }
        if !self.flaws.is_empty() {
            self.flaws.sort_by_key(|flaw| flaw.line);
            return Err(self.flaws);
        }
        let has_emergency = self.ids.contains(boxes::EMERGENCY_ID);
        let Self { text, out, contents, cited, exercises, terms, words, .. } = self;
        let mut markup = String::with_capacity(text.len() * 3 / 2);
        html::push_html(&mut markup, out.into_iter());
        Ok(Rendered { html: Html::trusted(markup), contents, cited, exercises, terms, words, has_emergency })
    }

    /// Writes all of these.
    pub(super) fn pieces(&mut self, pieces: &[Piece<'a>]) {
        let mut at = 0;
        while let Some(rest) = pieces.get(at..).filter(|rest| !rest.is_empty()) {
            at += self.next(rest);
        }
    }

    /// Writes what comes first and says how many events that were.
    fn next(&mut self, rest: &[Piece<'a>]) -> usize {
        let (event, span) = &rest[0];
        let Event::Start(tag) = event else {
            self.lone(event, span);
            return 1;
        };
        let length = extent(rest);
        let inner = &rest[1..length.max(2) - 1];
        match tag {
            Tag::Heading { level, .. } => self.heading(*level, inner, span),
            Tag::Paragraph => self.paragraph(inner),
            Tag::Link { link_type, dest_url, .. } => links::write(self, *link_type, dest_url, inner, span),
            Tag::BlockQuote(Some(kind)) => boxes::alert(self, *kind, inner, span),
            Tag::BlockQuote(None) => boxes::quote(self, inner, span),
            Tag::Table(_) => boxes::table(self, inner),
            Tag::Image { .. } => self.flaw(span, "a picture stands in a paragraph of its own"),
            Tag::HtmlBlock => self.raw_html(span),
            Tag::CodeBlock(_) => {
                self.flaw(span, "this would be shown as program code; take away the four spaces, or the marks, that its lines begin with");
            }
            Tag::FootnoteDefinition(name) => self.footnote(name, inner, span),
            _ => {
                self.depth += 1;
                self.out.push(event.clone());
                return 1;
            }
        }
        length
    }

    fn lone(&mut self, event: &Event<'a>, span: &Range<usize>) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => self.raw_html(span),
            Event::FootnoteReference(name) => {
                let note = self.note(name);
                note.named = true;
                let id = note.id.clone();
                self.out.push(Event::FootnoteReference(id.into()));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(name) = self.names_no_footnote(span) {
                    self.flaw(span, format!("there is no footnote {name}; write it below, in a line that begins with {name}:"));
                }
                self.words += text.split_whitespace().count();
                self.out.push(event.clone());
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.out.push(event.clone());
            }
            _ => self.out.push(event.clone()),
        }
    }

    fn footnote(&mut self, name: &str, inner: &[Piece<'a>], span: &Range<usize>) {
        let line = self.line(span);
        let note = self.note(name);
        if note.line.replace(line).is_some() {
            return self.flaw(span, format!("the footnote [^{name}] is there twice"));
        }
        let id = note.id.clone();
        self.out.push(Event::Start(Tag::FootnoteDefinition(id.into())));
        self.depth += 1;
        self.pieces(inner);
        self.depth -= 1;
        self.out.push(Event::End(TagEnd::FootnoteDefinition));
    }

    /// The mark of a footnote where the parser saw text only, because there is no such footnote.
    fn names_no_footnote(&self, span: &Range<usize>) -> Option<&'a str> {
        let (before, from) = (self.text.get(..span.start)?, self.text.get(span.start..)?);
        let mark = from.split_inclusive(']').next().filter(|mark| mark.starts_with("[^") && mark.ends_with(']'))?;
        (!before.ends_with('\\') && mark.len() > 3 && !mark.contains(char::is_whitespace)).then_some(mark)
    }

    /// What is known of the footnote of this name.
    fn note(&mut self, name: &str) -> &mut Note {
        let place = self.notes.iter().position(|note| note.name == name).unwrap_or_else(|| {
            let id = format!("{NOTE}{}", self.notes.len() + 1);
            self.notes.push(Note { name: name.to_owned(), id, named: false, line: None });
            self.notes.len() - 1
        });
        &mut self.notes[place]
    }

    fn heading(&mut self, level: HeadingLevel, inner: &[Piece<'a>], span: &Range<usize>) {
        let level = level as usize;
        if level == 1 {
            return self.flaw(span, "the title of the article is its only first heading; begin with ##");
        }
        if self.in_box {
            return self.flaw(span, "a box has no headings; write its first words in bold");
        }
        if self.depth > 0 {
            return self.flaw(span, "a heading stands outside lists and quotations; write its words in bold");
        }
        if inner.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_))) {
            return self.flaw(span, "a heading has no links, citations and footnotes; write them in the text below it");
        }
        if plain(inner).trim().is_empty() {
            return self.flaw(span, "a heading has words");
        }
        if level > self.level + 1 {
            self.flaw(
                span,
                format!("a heading of level {level} cannot follow one of level {}; use {}", self.level, "#".repeat(self.level + 1)),
            );
        }
        self.level = level;
        let text = plain(inner);
        let id = self.id(&heading_id(&text));
        self.markup(format!("<h{level} id=\"{id}\">"));
        self.pieces(inner);
        self.markup(format!("</h{level}>\n"));
        if level == 2 {
            self.contents.push(Heading { id, text });
        }
    }

    fn paragraph(&mut self, inner: &[Piece<'a>]) {
        if let Some((Event::Start(only), span)) = inner.first().filter(|_| extent(inner) == inner.len()) {
            match only {
                Tag::Link { dest_url, .. } if dest_url.starts_with("exercise:") && !self.in_box => {
                    return boxes::card(self, &dest_url["exercise:".len()..], span);
                }
                Tag::Image { dest_url, title, .. } => return boxes::figure(self, dest_url, title, &plain(inner), span),
                _ => {}
            }
        }
        self.out.push(Event::Start(Tag::Paragraph));
        self.pieces(inner);
        self.out.push(Event::End(TagEnd::Paragraph));
    }

    /// Writes markup as it is.
    pub(super) fn markup(&mut self, markup: String) {
        self.out.push(Event::InlineHtml(markup.into()));
    }

    /// Notes that an exercise is named.
    pub(super) fn names(&mut self, slug: &str) {
        if !self.exercises.iter().any(|known| known == slug) {
            self.exercises.push(slug.to_owned());
        }
    }

    /// Notes that a term of the glossary is linked.
    pub(super) fn explains(&mut self, slug: &str) {
        if !self.terms.iter().any(|known| known == slug) {
            self.terms.push(slug.to_owned());
        }
    }

    /// Notes a link to a place in this article, to be checked when all places are known.
    pub(super) fn leads_to(&mut self, id: &str, span: &Range<usize>) {
        self.anchors.push((id.to_owned(), self.line(span)));
    }

    /// An id made from a word, which no other part of the page has.
    pub(super) fn id(&mut self, word: &str) -> String {
        let mut id = word.to_owned();
        let mut next = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{word}-{next}");
            next += 1;
        }
        id
    }

    /// Notes a flaw.
    pub(super) fn flaw(&mut self, span: &Range<usize>, reason: impl Into<String>) {
        let line = self.line(span);
        self.flaws.push(Flaw::new(line, reason));
    }

    fn raw_html(&mut self, span: &Range<usize>) {
        self.flaw(span, "raw HTML has no place here; use the dialect of the articles");
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.around.first_line + lines_before(self.text, span.start)
    }
}

/// How many events the first one spans, up to its end.
pub(super) fn extent(pieces: &[Piece<'_>]) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in pieces.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    pieces.len()
}

/// The words of some events, without marks.
pub(super) fn plain(pieces: &[Piece<'_>]) -> String {
    pieces.iter().fold(String::new(), |mut words, (event, _)| {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        words
    })
}

/// The id of a heading, apart from the ids of footnotes and references.
fn heading_id(words: &str) -> String {
    let id = text::slug(words);
    let taken = id.is_empty() || [NOTE, REFERENCE].iter().any(|start| id.starts_with(start));
    if taken { format!("section-{id}").trim_end_matches('-').to_owned() } else { id }
}

#[cfg(test)]
pub(super) mod tests;
