//! The blocks of an article that become components: care cards, side notes, boxes, exercise cards, pictures, tables.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::article::{Illustration, Picture, Piece, Writer, extent, plain};
use super::{drawing, escape};

/// Writes an alert as what it is on this site.
pub(super) fn alert<'a>(writer: &mut Writer<'a, '_>, kind: BlockQuoteKind, inner: &[Piece<'a>], span: &Range<usize>) {
    if writer.in_box {
        return writer.flaw(span, "a box cannot stand inside another");
    }
    writer.in_box = true;
    match kind {
        BlockQuoteKind::Note => {
            writer.markup("<aside class=\"sidenote\" role=\"note\">".to_owned());
            writer.pieces(inner);
            writer.markup("</aside>\n".to_owned());
        }
        BlockQuoteKind::Tip => try_it(writer, inner),
        BlockQuoteKind::Important => care(writer, &ROUTINE, inner, span),
        BlockQuoteKind::Warning => care(writer, &URGENT, inner, span),
        BlockQuoteKind::Caution => care(writer, &EMERGENCY, inner, span),
    }
    writer.in_box = false;
}

/// Writes a plain quotation, or the list of what to do or not to do that one is written as.
pub(super) fn quote<'a>(writer: &mut Writer<'a, '_>, inner: &[Piece<'a>], span: &Range<usize>) {
    let mark_length = extent(inner);
    let mark = match inner.first() {
        Some((Event::Start(Tag::Paragraph), _)) => plain(&inner[1..mark_length - 1]),
        _ => String::new(),
    };
    let advice = [&DO, &DONT].into_iter().find(|advice| mark.starts_with(advice.mark));
    match (advice, inner.get(mark_length..).unwrap_or_default()) {
        (Some(advice), _) if mark.trim() != advice.mark => writer.flaw(span, advice.wants()),
        (Some(advice), list) => advise(writer, advice, list, span),
        (None, _) if mark.starts_with("[!") => {
            writer.flaw(span, format!("there is no box {mark}; the boxes are CAUTION, WARNING, IMPORTANT, NOTE, TIP, DO and DONT"));
        }
        (None, _) => {
            writer.out.push(Event::Start(Tag::BlockQuote(None)));
            writer.depth += 1;
            writer.pieces(inner);
            writer.depth -= 1;
            writer.out.push(Event::End(TagEnd::BlockQuote(None)));
        }
    }
}

/// What to do, or what not to do.
struct Advice {
    mark: &'static str,
    class: &'static str,
    icon: &'static str,
    heading: &'static str,
}

impl Advice {
    fn wants(&self) -> String {
        format!("a box {} holds one list and nothing else", self.mark)
    }
}

const DO: Advice = Advice { mark: "[!DO]", class: "advice-do", icon: "check", heading: "Do" };
const DONT: Advice = Advice { mark: "[!DONT]", class: "advice-dont", icon: "cross", heading: "Don’t" };

fn advise<'a>(writer: &mut Writer<'a, '_>, advice: &Advice, list: &[Piece<'a>], span: &Range<usize>) {
    if writer.in_box {
        return writer.flaw(span, "a box cannot stand inside another");
    }
    if !matches!(list.first(), Some((Event::Start(Tag::List(_)), _))) || extent(list) != list.len() {
        return writer.flaw(span, advice.wants());
    }
    writer.in_box = true;
    let level = (writer.level + 1).min(3);
    let icon = icon(writer, advice.icon);
    writer.markup(format!("<section class=\"advice {}\"><h{level}>{icon}{}</h{level}>\n", advice.class, advice.heading));
    writer.pieces(list);
    writer.markup("</section>\n".to_owned());
    writer.in_box = false;
}

/// A level of the care cards.
struct Care {
    class: &'static str,
    id: &'static str,
    icon: &'static str,
    words: &'static str,
    call: Call,
}

enum Call {
    Emergency,
    Clinic(&'static str),
}

/// The id of the first emergency card.
pub(super) const EMERGENCY_ID: &str = "emergency";

const EMERGENCY: Care =
    Care { class: "care-emergency", id: EMERGENCY_ID, icon: "emergency", words: "Emergency advice", call: Call::Emergency };
const URGENT: Care =
    Care { class: "care-urgent", id: "urgent", icon: "warning", words: "Urgent advice", call: Call::Clinic("Not sure? Call us:") };
const ROUTINE: Care =
    Care { class: "care-routine", id: "ask-a-physio", icon: "info", words: "Ask a physio", call: Call::Clinic("Call us:") };

fn care<'a>(writer: &mut Writer<'a, '_>, care: &Care, inner: &[Piece<'a>], span: &Range<usize>) {
    let heading_length = extent(inner);
    let heading = match inner.first() {
        Some((Event::Start(Tag::Paragraph), _)) => &inner[1..heading_length - 1],
        _ => &[],
    };
    if !plain(heading).trim_end().ends_with("if:") {
        return writer.flaw(span, "a care card begins with one sentence that ends in \"if:\"");
    }
    if !inner.iter().any(|(event, _)| matches!(event, Event::Start(Tag::List(_)))) {
        return writer.flaw(span, "a care card has a list below its heading");
    }
    let id = writer.id(care.id);
    let level = (writer.level + 1).min(3);
    let icon = icon(writer, care.icon);
    writer.markup(format!(
        "<section class=\"care {}\" id=\"{id}\"><h{level} class=\"care-heading\"><span class=\"care-level\">{icon}{}\
         <span class=\"visually-hidden\">:</span></span> ",
        care.class, care.words
    ));
    writer.no_links = matches!(care.call, Call::Emergency);
    writer.pieces(heading);
    writer.markup(format!("</h{level}><div class=\"care-body\">\n"));
    writer.pieces(&inner[heading_length..]);
    writer.no_links = false;
    let call = call(writer, &care.call);
    writer.markup(format!("{call}</div></section>\n"));
}

/// The last line of a care card: whom to ring. Nothing when the clinic has not said.
fn call(writer: &Writer<'_, '_>, call: &Call) -> String {
    let clinic = writer.around.clinic;
    let (words, number, link) = match call {
        Call::Emergency => ("In an emergency call", &clinic.emergency_number, clinic.emergency_link()),
        Call::Clinic(words) => (*words, &clinic.telephone, clinic.telephone_link()),
    };
    if number.trim().is_empty() {
        return String::new();
    }
    format!("<p class=\"call\">{words} <a href=\"tel:{link}\">{}{}</a></p>", icon(writer, "phone"), escape(number))
}

fn icon(writer: &Writer<'_, '_>, name: &str) -> String {
    let svg = |file: &str| {
        format!("<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{}#{name}\"></use></svg>", escape(file))
    };
    writer.around.icons.map(svg).unwrap_or_default()
}

/// A box with something to try; what it begins with in bold is its heading.
fn try_it<'a>(writer: &mut Writer<'a, '_>, inner: &[Piece<'a>]) {
    let level = (writer.level + 1).min(3);
    let bold = match inner {
        [(Event::Start(Tag::Paragraph), _), bold @ ..] if matches!(bold.first(), Some((Event::Start(Tag::Strong), _))) => {
            &bold[..extent(bold)]
        }
        _ => &[],
    };
    let words = plain(bold);
    let heading = if words.is_empty() { "Try this" } else { words.trim_end_matches('.') };
    writer.markup(format!("<div class=\"tryit\"><h{level}>{}</h{level}>\n", escape(heading)));
    if words.is_empty() {
        writer.pieces(inner);
    } else {
        // The end of this paragraph is among the rest.
        writer.out.push(Event::Start(Tag::Paragraph));
        writer.depth += 1;
        let rest = &inner[1 + bold.len()..];
        if let Some((Event::Text(text), span)) = rest.first() {
            writer.pieces(&[(Event::Text(text.trim_start().to_owned().into()), span.clone())]);
            writer.pieces(&rest[1..]);
        } else {
            writer.pieces(rest);
        }
    }
    writer.markup("</div>\n".to_owned());
}

/// Writes an exercise as a card.
pub(super) fn card(writer: &mut Writer<'_, '_>, slug: &str, span: &Range<usize>) {
    let Some(card) = (writer.around.exercise)(slug) else {
        return writer.flaw(span, format!("there is no exercise \"{slug}\"; use the name of a file in articles/exercises"));
    };
    writer.names(slug);
    let level = (writer.level + 1).min(4);
    let drawing =
        card.drawing.map(|drawing| format!("<div class=\"ex-figure\">{}</div>", illustration(writer, &drawing))).unwrap_or_default();
    let (base, name, summary, dose) = (escape(writer.around.base), escape(&card.name), escape(&card.summary), escape(&card.dose));
    writer.markup(format!(
        "<article class=\"ex-card\">{drawing}<div class=\"stack\"><h{level}><a href=\"{base}/exercises/{slug}\">{name}</a></h{level}>\
         <p>{summary}</p><p class=\"meta\"><span>{dose}</span></p></div></article>\n"
    ));
}

/// A picture of its own address, as wide as its place.
fn illustration(writer: &Writer<'_, '_>, shown: &Illustration) -> String {
    let (base, address, words) = (escape(writer.around.base), escape(&shown.address), escape(&shown.words));
    let (width, height) = (shown.width, shown.height);
    format!(
        "<div class=\"drawing\"><img src=\"{base}{address}\" width=\"{width}\" height=\"{height}\" alt=\"{words}\" loading=\"lazy\" \
         decoding=\"async\"></div>"
    )
}

/// Writes a picture with its caption.
pub(super) fn figure(writer: &mut Writer<'_, '_>, file: &str, caption: &str, alt: &str, span: &Range<usize>) {
    if alt.trim().is_empty() {
        return writer.flaw(span, "say in the square brackets what the picture shows");
    }
    if let Some(name) = file.strip_prefix("plate:") {
        let Some(plate) = (writer.around.plate)(name) else {
            return writer.flaw(
                span,
                format!("there is no plate \"{name}\"; use the name of a file in articles/plates, of a test, or of one of its outcomes"),
            );
        };
        let shown = illustration(writer, &Illustration { words: alt.to_owned(), ..plate });
        return framed(writer, &shown, caption);
    }
    let Some(picture) = (writer.around.image)(file) else {
        return writer.flaw(span, format!("there is no picture \"{file}\" in static/ or among the clinic's own files"));
    };
    let shown = match picture {
        Picture::Address(url) => format!("<img src=\"{}{}\" alt=\"{}\">", escape(writer.around.base), escape(&url), escape(alt)),
        Picture::Drawing { svg, file } => match drawing::inline(&svg, alt) {
            Ok(shown) => shown,
            Err(flaw) => return writer.flaw(span, flaw.in_file(&file)),
        },
    };
    framed(writer, &shown, caption);
}

fn framed(writer: &mut Writer<'_, '_>, shown: &str, caption: &str) {
    let caption = if caption.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", escape(caption)) };
    writer.markup(format!("<figure class=\"figure\">{shown}{caption}</figure>\n"));
}

/// Writes a table whose first row and first column are headings.
pub(super) fn table<'a>(writer: &mut Writer<'a, '_>, inner: &[Piece<'a>]) {
    writer.markup("<div class=\"table-wrap\"><table class=\"table\"><thead>".to_owned());
    let (mut at, mut column, mut in_head) = (0, 0, false);
    while let Some((event, _)) = inner.get(at) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                in_head = matches!(event, Event::Start(Tag::TableHead));
                column = 0;
                writer.markup("<tr>".to_owned());
            }
            Event::End(TagEnd::TableHead) => writer.markup("</tr></thead><tbody>\n".to_owned()),
            Event::End(TagEnd::TableRow) => writer.markup("</tr>\n".to_owned()),
            Event::Start(Tag::TableCell) => {
                let length = extent(&inner[at..]);
                let (open, close) = match (in_head, column) {
                    (true, _) => ("<th scope=\"col\">", "</th>"),
                    (false, 0) => ("<th scope=\"row\">", "</th>"),
                    _ => ("<td>", "</td>"),
                };
                writer.markup(open.to_owned());
                writer.pieces(&inner[at + 1..at + length - 1]);
                writer.markup(close.to_owned());
                column += 1;
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    writer.markup("</tbody></table></div>\n".to_owned());
}
