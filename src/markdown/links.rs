//! Links and citations of an article: where they lead, and where they may not.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType};

use super::article::{Piece, Writer, plain};
use super::escape;

/// Marks a citation between the parser and the writer.
const CITE: &str = "cite:";
/// Marks a reference link without a definition.
const NOWHERE: &str = "nowhere:";
/// Gives `[@key]` and broken reference links a destination the writer knows.
#[expect(clippy::needless_pass_by_value, reason = "the parser calls it so")]
pub(super) fn unknown(link: BrokenLink<'_>) -> Option<(CowStr<'_>, CowStr<'_>)> {
    match (link.reference.strip_prefix('@'), link.link_type) {
        (Some(key), LinkType::Shortcut) => Some((format!("{CITE}{key}").into(), "".into())),
        (_, LinkType::Shortcut) => None,
        _ => Some((NOWHERE.into(), "".into())),
    }
}

/// Whether a link of the parser is a citation.
pub(super) fn is_citation(to: &str) -> bool {
    to.starts_with(CITE)
}

/// Writes a link or a citation.
pub(super) fn write<'a>(writer: &mut Writer<'a, '_>, kind: LinkType, to: &CowStr<'a>, inner: &[Piece<'a>], span: &Range<usize>) {
    if writer.no_links {
        return writer.flaw(span, "the emergency card has no links: nobody should read on before they call");
    }
    if let Some(key) = to.strip_prefix(CITE).filter(|_| kind == LinkType::ShortcutUnknown) {
        return citation(writer, key, span);
    }
    if plain(inner).trim().is_empty() {
        return writer.flaw(span, "a link has words; write [words](/articles/slug)");
    }
    match destination(writer, to, span) {
        Ok(href) => {
            let class = if to.starts_with("term:") { " class=\"term\"" } else { "" };
            writer.markup(format!("<a{class} href=\"{}\">", escape(&href)));
            writer.pieces(inner);
            writer.markup("</a>".to_owned());
        }
        Err(reason) => writer.flaw(span, reason),
    }
}

/// Where a link leads, or why it may not.
fn destination(writer: &mut Writer<'_, '_>, to: &str, span: &Range<usize>) -> Result<String, String> {
    let base = writer.around.base;
    let path = to.split('#').next().unwrap_or_default();
    let exercise = to.strip_prefix("exercise:").or_else(|| path.strip_prefix("/exercises/"));
    if let Some(slug) = exercise {
        return match (writer.around.exercise)(slug) {
            Some(_) => {
                writer.names(slug);
                Ok(format!("{base}/exercises/{slug}"))
            }
            None => Err(format!("there is no exercise \"{slug}\"; use the name of a file in articles/exercises")),
        };
    }
    if let Some(slug) = to.strip_prefix("term:") {
        return if (writer.around.term)(slug) {
            writer.explains(slug);
            Ok(format!("{base}/glossary#{slug}"))
        } else {
            Err(format!("the glossary has no term \"{slug}\"; use the slug of a term in articles/glossary.toml"))
        };
    }
    if let Some(slug) = path.strip_prefix("/articles/") {
        let known = (writer.around.article)(slug);
        return if known {
            Ok(format!("{base}{to}"))
        } else {
            Err(format!("there is no article \"{slug}\"; use the slug of another article"))
        };
    }
    if let Some(id) = to.strip_prefix('#') {
        writer.leads_to(id, span);
        return Ok(format!("{}{to}", writer.around.own));
    }
    if matches!(to, "/" | "/articles" | "/exercises" | "/glossary" | "/privacy") {
        return Ok(format!("{base}{to}"));
    }
    Err(if to == NOWHERE {
        "this link has no address; write [words](/articles/slug) or [words](exercise:slug)".to_owned()
    } else {
        format!("\"{to}\" is no page of this site; links lead to /articles/slug or exercise:slug, other sites belong in the references")
    })
}

fn citation(writer: &mut Writer<'_, '_>, key: &str, span: &Range<usize>) {
    let Some(place) = writer.around.references.iter().position(|known| *known == key) else {
        return writer.flaw(span, format!("there is no reference \"{key}\"; add it to the front matter under [[references]]"));
    };
    let number = writer.cited.iter().position(|cited| *cited == place).unwrap_or_else(|| {
        writer.cited.push(place);
        writer.cited.len() - 1
    }) + 1;
    // The mark stands close to its word, and several share one mark.
    if let Some(Event::Text(text)) = writer.out.last_mut() {
        *text = text.trim_end().to_owned().into();
        if text.is_empty() {
            writer.out.pop();
        }
    }
    let own = escape(writer.around.own);
    let mark = format!("<a href=\"{own}#ref-{number}\" aria-label=\"Reference {number}\">{number}</a></sup>");
    if let Some(Event::InlineHtml(before)) = writer.out.last_mut()
        && let Some(open) = before.strip_suffix("</sup>").filter(|before| before.starts_with("<sup>"))
    {
        *before = format!("{open}, {mark}").into();
    } else {
        writer.markup(format!("<sup>{mark}"));
    }
}
