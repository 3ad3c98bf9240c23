//! What people type: paragraphs, emphasis and lists; everything else is shown as it was typed.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::web::Html;

/// Markup for a text somebody typed. No links, no HTML; nothing that was typed is lost.
#[must_use]
pub fn strict(text: &str) -> Html {
    let mut events = Vec::new();
    let mut skipping = 0_usize;
    for (event, span) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        let source = text.get(span).unwrap_or_default();
        if skipping > 0 {
            match event {
                Event::Start(_) => skipping += 1,
                Event::End(_) => skipping -= 1,
                _ => {}
            }
            continue;
        }
        match event {
            Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::List(_) | Tag::Item)
            | Event::End(TagEnd::Paragraph | TagEnd::Emphasis | TagEnd::Strong | TagEnd::List(_) | TagEnd::Item)
            | Event::Text(_) => events.push(event),
            Event::SoftBreak | Event::HardBreak => events.push(Event::HardBreak),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                skipping = 1;
                events.push(Event::Text(source.into()));
            }
            Event::Start(_) => {
                skipping = 1;
                as_typed(&mut events, source);
            }
            Event::Rule => as_typed(&mut events, source),
            _ => events.push(Event::Text(source.into())),
        }
    }
    let mut markup = String::with_capacity(text.len() * 2);
    html::push_html(&mut markup, events.into_iter());
    Html::trusted(markup)
}

/// A block that is not in the subset, as a paragraph of its own source.
fn as_typed<'a>(events: &mut Vec<Event<'a>>, source: &'a str) {
    events.push(Event::Start(Tag::Paragraph));
    for (index, line) in source.trim_end().lines().enumerate() {
        if index > 0 {
            events.push(Event::HardBreak);
        }
        events.push(Event::Text(line.into()));
    }
    events.push(Event::End(TagEnd::Paragraph));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::article::tests::assert_harmless;

    #[test]
    fn the_subset_and_nothing_else() {
        let cases = [
            ("One *two* **three**", "<p>One <em>two</em> <strong>three</strong></p>\n"),
            ("a\nb", "<p>a<br />\nb</p>\n"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
            ("> 5 of 10", "<p>&gt; 5 of 10</p>\n"),
            ("# one", "<p># one</p>\n"),
            ("see [this](javascript:alert(1)) now", "<p>see [this](javascript:alert(1)) now</p>\n"),
            ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
            ("use `code`", "<p>use `code`</p>\n"),
            ("---", "<p>---</p>\n"),
            ("", ""),
        ];
        for (text, markup) in cases {
            assert_eq!(strict(text).as_str(), markup, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_does_harm(text in "(?s)(\\PC|\n|[<>\\[\\]()!*_`#&\"'=:-]|<script|javascript:|onload=){0,60}") {
            assert_harmless(strict(&text).as_str());
        }
    }
}
