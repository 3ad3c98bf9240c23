//! Drawings: SVG files of a small and safe kind, put into the page itself.
//!
//! A drawing has shapes, groups, words and copies of its own parts, and nothing else: no script, no style, no picture, no address. Its
//! looks come from classes of the style sheet alone, so that it follows the page into the dark and onto paper.

use std::collections::HashMap;

use super::document::lines_before;
use super::{Flaw, escape};

/// The most a drawing may have when all copies of its parts are made, in bytes.
const LARGEST: usize = 64_000;
/// What a drawing is made of.
const ELEMENTS: [&str; 13] =
    ["svg", "g", "defs", "use", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text", "tspan"];
/// What its parts may say of themselves; colours are the classes' business.
const ATTRIBUTES: [&str; 24] = [
    "class",
    "d",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "dx",
    "dy",
    "width",
    "height",
    "points",
    "transform",
    "viewBox",
    "xmlns",
    "id",
    "href",
    "text-anchor",
];
/// The only characters that may be written as entities.
const ENTITIES: [&str; 4] = ["amp;", "lt;", "gt;", "quot;"];

/// The drawing as a part of a page; `words` tell what it shows. It has no ids any more: copies of a part are written out, which costs
/// nothing once the page is compressed, and the style sheet reaches into them.
///
/// # Errors
/// The first line of the drawing that has something which does not belong.
pub(super) fn inline(svg: &str, words: &str) -> Result<String, Flaw> {
    let mut reader = Reader { svg, at: 0, open: Vec::new(), parts: HashMap::new(), out: String::new() };
    let view = reader.root()?;
    while !reader.open.is_empty() {
        reader.words()?;
        reader.tag()?;
    }
    if !reader.rest().trim().is_empty() {
        return Err(reader.flaw("something follows the drawing"));
    }
    Ok(format!("<svg class=\"figure-svg\" role=\"img\" aria-label=\"{}\" viewBox=\"{view}\">{}", escape(words), reader.out))
}

struct Reader<'a> {
    svg: &'a str,
    at: usize,
    open: Vec<Element<'a>>,
    /// Parts that can be copied, by their ids.
    parts: HashMap<&'a str, String>,
    out: String,
}

/// An element whose end has not come.
struct Element<'a> {
    name: &'a str,
    id: Option<&'a str>,
    /// Where it begins in the output.
    start: usize,
}

impl<'a> Reader<'a> {
    /// Reads the first tag and gives the size of the drawing.
    fn root(&mut self) -> Result<&'a str, Flaw> {
        self.take_while(char::is_whitespace);
        if !self.take("<svg") {
            return Err(self.flaw("a drawing begins with <svg"));
        }
        self.open.push(Element { name: "svg", id: None, start: 0 });
        let mut view = None;
        while let Some((name, value)) = self.attribute()? {
            if name == "viewBox" && value.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-')) {
                view = Some(value);
            }
        }
        match view {
            Some(view) if self.take(">") => Ok(view),
            _ => Err(self.flaw("a drawing has a viewBox of four numbers")),
        }
    }

    /// Reads what stands before the next tag: words in a text, nothing elsewhere.
    fn words(&mut self) -> Result<(), Flaw> {
        let words = self.take_while(|c| c != '<');
        if self.open.last().is_some_and(|open| matches!(open.name, "text" | "tspan")) {
            self.check(words)?;
            self.out.push_str(words);
        } else if !words.trim().is_empty() {
            return Err(self.flaw("words of a drawing stand in a <text>"));
        }
        Ok(())
    }

    fn tag(&mut self) -> Result<(), Flaw> {
        if self.take("</") {
            return self.end();
        }
        if !self.take("<") {
            return Err(self.flaw("the drawing ends before it is closed"));
        }
        let name = self.name_here();
        if !ELEMENTS.contains(&name) || name == "svg" {
            return Err(self.flaw(format!("<{name}> has no place in a drawing; it may have {}", ELEMENTS[1..].join(", "))));
        }
        let mut element = Element { name, id: None, start: self.out.len() };
        let mut copied = None;
        self.out.push_str(if name == "use" { "<g" } else { "<" });
        self.out.push_str(if name == "use" { "" } else { name });
        while let Some((attribute, value)) = self.attribute()? {
            match attribute {
                "id" => element.id = Some(value),
                "href" => copied = Some(self.part(name, value)?),
                _ => self.out.push_str(&format!(" {attribute}=\"{value}\"")),
            }
        }
        if let Some(part) = copied {
            self.out.push_str(&format!(">{part}</g>"));
        }
        match (self.take("/>"), name) {
            (true, "use") => {}
            (true, _) => {
                self.out.push_str("/>");
                self.close(&element)?;
            }
            (false, "use") => return Err(self.flaw("<use> copies a part and has none of its own")),
            _ if self.take(">") => {
                self.out.push('>');
                self.open.push(element);
            }
            _ => return Err(self.flaw(format!("<{name}> is never closed"))),
        }
        if self.out.len() > LARGEST { Err(self.flaw("the drawing becomes too large with this copy")) } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), Flaw> {
        let name = self.name_here();
        match self.open.pop().filter(|open| open.name == name) {
            Some(element) if self.take(">") => {
                self.out.push_str(&format!("</{name}>"));
                self.close(&element)
            }
            _ => Err(self.flaw("a part is closed that is not open")),
        }
    }

    /// Keeps a part that has an id for its copies, and takes definitions out of what is seen.
    fn close(&mut self, element: &Element<'a>) -> Result<(), Flaw> {
        if let Some(id) = element.id
            && self.parts.insert(id, self.out[element.start..].to_owned()).is_some()
        {
            return Err(self.flaw(format!("the id \"{id}\" is there twice")));
        }
        if element.name == "defs" {
            self.out.truncate(element.start);
        }
        Ok(())
    }

    /// The part of this drawing that a `href` names.
    fn part(&self, element: &str, href: &str) -> Result<String, Flaw> {
        let part = href.strip_prefix('#').filter(|_| element == "use").and_then(|id| self.parts.get(id));
        part.cloned().ok_or_else(|| self.flaw(format!("\"{href}\" is no part above; a <use> copies one by its id, like #leg")))
    }

    /// The next attribute of the tag being read; nothing at its end.
    fn attribute(&mut self) -> Result<Option<(&'a str, &'a str)>, Flaw> {
        self.take_while(char::is_whitespace);
        let name = self.name_here();
        if name.is_empty() {
            return Ok(None);
        }
        if !ATTRIBUTES.contains(&name) {
            return Err(self.flaw(format!("{name} has no place in a drawing; looks come from classes")));
        }
        if !self.take("=\"") {
            return Err(self.flaw(format!("{name} has no value in double quotes")));
        }
        let value = self.take_while(|c| c != '"');
        self.check(value)?;
        if !self.take("\"") {
            return Err(self.flaw(format!("the value of {name} has no end")));
        }
        Ok(Some((name, value)))
    }

    /// Fails when a text could be read as anything but text.
    fn check(&self, text: &str) -> Result<(), Flaw> {
        let entities = text.split('&').skip(1).all(|rest| ENTITIES.iter().any(|known| rest.starts_with(known)));
        if entities && !text.contains(['<', '>']) {
            return Ok(());
        }
        Err(self.flaw("<, > and & are written as &lt; &gt; &amp;"))
    }

    fn name_here(&mut self) -> &'a str {
        self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '!' | '?'))
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = &rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn take(&mut self, expected: &str) -> bool {
        let is_here = self.rest().starts_with(expected);
        self.at += if is_here { expected.len() } else { 0 };
        is_here
    }

    fn rest(&self) -> &'a str {
        &self.svg[self.at..]
    }

    fn line(&self) -> usize {
        1 + lines_before(self.svg, self.at)
    }

    fn flaw(&self, reason: impl Into<String>) -> Flaw {
        Flaw::new(self.line(), reason)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::article::tests::assert_harmless;

    const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">";

    fn drawn(parts: &str) -> Result<String, String> {
        inline(&format!("{HEAD}\n{parts}\n</svg>\n"), "A \"hip\"").map_err(|flaw| flaw.to_string())
    }

    #[test]
    fn a_drawing_goes_into_the_page_without_ids() {
        let parts = "<defs>\n<g id=\"leg\"><path class=\"bone\" d=\"M0 0\"/></g></defs>\n<use href=\"#leg\" transform=\"scale(-1 1)\"/> <text \
                     x=\"1\">T12 &amp; L5</text><circle id=\"pin\" r=\"1\"/><use href=\"#pin\"/>";
        assert_eq!(
            drawn(parts).unwrap(),
            "<svg class=\"figure-svg\" role=\"img\" aria-label=\"A &quot;hip&quot;\" viewBox=\"0 0 9 9\"><g transform=\"scale(-1 1)\"><g>\
             <path class=\"bone\" d=\"M0 0\"/></g></g><text x=\"1\">T12 &amp; L5</text><circle r=\"1\"/><g><circle r=\"1\"/></g></svg>"
        );
    }

    #[test]
    fn what_could_do_harm_or_looks_by_itself_is_refused_with_its_line() {
        for (parts, words) in [
            ("<script>alert(1)</script>", "<script> has no place"),
            ("<style>path{}</style>", "<style> has no place"),
            ("<foreignObject/>", "<foreignObject> has no place"),
            ("<image href=\"x.png\"/>", "<image> has no place"),
            ("<a href=\"#x\"/>", "<a> has no place"),
            ("<!-- a note -->", "<!--> has no place"),
            ("<?xml version=\"1.0\"?>", "<?xml> has no place"),
            ("<!DOCTYPE svg>", "<!DOCTYPE> has no place"),
            ("<![CDATA[x]]>", "<!> has no place"),
            ("<svg/>", "<svg> has no place"),
            ("<path onclick=\"x()\"/>", "onclick has no place"),
            ("<path style=\"fill:red\"/>", "style has no place"),
            ("<path fill=\"red\"/>", "fill has no place"),
            ("<use xlink:href=\"#x\"/>", "xlink:href has no place"),
            ("<g id=\"x\"/><use href=\"other.svg#x\"/>", "no part above"),
            ("<use href=\"javascript:x\"/>", "no part above"),
            ("<g id=\"x\"/><g href=\"#x\"/>", "no part above"),
            ("<use href=\"#gone\"/>", "no part above"),
            ("<g id=\"x\"><use href=\"#x\"/></g>", "no part above"),
            ("<g id=\"x\"/><use href=\"#x\">", "none of its own"),
            ("<g id=\"a\"/><g id=\"a\"/>", "there twice"),
            ("<g>", "closed that is not open"),
            ("</g>", "closed that is not open"),
            ("<path d='M0 0'/>", "double quotes"),
            ("<path d=\"M0 0/>", "written as &lt;"),
            ("<text>a & b</text>", "written as &lt;"),
            ("words", "in a <text>"),
            ("</svg>", "something follows"),
        ] {
            let told = drawn(parts).unwrap_err();
            assert!(told.contains(words) && ["2: ", "3: ", "4: "].iter().any(|line| told.starts_with(line)), "{parts}: {told}");
        }
        for (svg, words) in [("", "begins with"), ("<svg>", "viewBox"), ("<svg viewBox=\"a\">", "viewBox"), (HEAD, "ends before")] {
            assert!(inline(svg, "A").unwrap_err().reason.contains(words), "{svg}");
        }
    }

    #[test]
    fn copies_of_copies_come_to_an_end() {
        let copies = (1..20).map(|n| format!("<g id=\"a{n}\"><use href=\"#a{0}\"/><use href=\"#a{0}\"/></g>", n - 1)).collect::<String>();
        assert!(drawn(&format!("<path id=\"a0\" d=\"M0 0\"/>{copies}")).unwrap_err().contains("too large"));
    }

    proptest! {
        #[test]
        fn no_drawing_panics_or_does_harm(parts in prop::collection::vec(prop_oneof![
            Just("<g>".to_owned()), Just("</g>".to_owned()), Just("<path d=\"M0 0\"/>".to_owned()), Just("<text>".to_owned()),
            Just("</text>".to_owned()), Just("<script>".to_owned()), Just(" onload=\"x\"".to_owned()), Just("<use href=\"".to_owned()),
            Just("\"/>".to_owned()), Just("javascript:".to_owned()), Just("&lt;".to_owned()), Just("<!--".to_owned()), Just("-->".to_owned()),
            Just("<path class=\"".to_owned()), "\\PC{0,4}",
        ], 0..12).prop_map(|parts| parts.concat())) {
            if let Ok(markup) = drawn(&parts) {
                assert_harmless(&markup);
            }
        }
    }
}
