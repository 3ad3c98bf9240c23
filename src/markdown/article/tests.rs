//! The dialect, case by case.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::markdown::escape;

/// What a text becomes when it may name the exercise `bridge`, the article `other` and the references `one` and `two`.
fn drawing(file: &str, svg: &str) -> Picture {
    Picture::Drawing { svg: svg.to_owned(), file: file.to_owned() }
}

fn shown(words: &str) -> Illustration {
    Illustration { address: "/drawings/a.1.svg".to_owned(), width: 4, height: 3, words: words.to_owned() }
}

fn written(text: &str) -> Result<Rendered, Vec<String>> {
    let clinic = "telephone = \"020 7946 0000\"\nemergency_number = \"999\"";
    let clinic = Clinic::from_toml(clinic, Path::new("clinic.toml")).unwrap();
    let card = |slug: &str| {
        let card =
            || Card { name: "Bridge".to_owned(), summary: "Lift.".to_owned(), dose: "10 times".to_owned(), drawing: Some(shown("A < B")) };
        (slug == "bridge").then(card)
    };
    let around = Surroundings {
        first_line: 10,
        references: &["one", "two"],
        exercise: &card,
        article: &|slug| slug == "other",
        term: &|slug| slug == "bursa",
        image: &|name| match name {
            "hip.png" => Some(Picture::Address("/assets/hip.1.png".to_owned())),
            "hip.svg" => Some(drawing("static/hip.svg", "<svg viewBox=\"0 0 9 9\"><g id=\"leg\"/></svg>")),
            "bad.svg" => Some(drawing("static/bad.svg", "<svg viewBox=\"0 0 9 9\">\n<script/></svg>")),
            _ => None,
        },
        plate: &|name| (name == "swing").then(|| shown("")),
        base: "",
        own: "",
        icons: None,
        clinic: &clinic,
    };
    article(text, &around).map_err(|flaws| flaws.iter().map(ToString::to_string).collect())
}

fn markup(text: &str) -> String {
    written(text).unwrap_or_else(|flaws| panic!("{text}: {flaws:?}")).html.to_string()
}

/// Fails when markup could run a script.
pub(in crate::markdown) fn assert_harmless(markup: &str) {
    let page = scraper::Html::parse_fragment(markup);
    for element in page.tree.values().filter_map(scraper::Node::as_element) {
        let name = element.name();
        assert!(!["script", "style", "iframe", "object", "embed", "base", "form", "link", "meta"].contains(&name), "<{name}> in {markup}");
        for (attribute, value) in element.attrs() {
            assert!(!attribute.starts_with("on") && attribute != "style", "{attribute} in {markup}");
            let address: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
            assert!(!address.starts_with("javascript:") && !address.starts_with("data:"), "{value} in {markup}");
        }
    }
    assert!(!markup.to_lowercase().contains("<script"), "{markup}");
}

#[test]
fn headings_get_ids_and_the_second_level_a_line_in_the_contents() {
    let rendered = written("## What it *is*\n\n### More\n\n## What it is\n\n## References").unwrap();
    let ids: Vec<(&str, &str)> = rendered.contents.iter().map(|heading| (heading.id.as_str(), heading.text.as_str())).collect();
    assert_eq!(ids, [("what-it-is", "What it is"), ("what-it-is-2", "What it is"), ("references-2", "References")]);
    assert!(rendered.html.as_str().starts_with("<h2 id=\"what-it-is\">What it <em>is</em></h2>"), "{}", rendered.html);
    assert_eq!(rendered.words, 8);
}

#[test]
fn citations_are_numbered_in_order_of_first_use() {
    let rendered = written("First [@two]. Then [@one] [@two].").unwrap();
    assert_eq!(rendered.cited, [1, 0]);
    let mark = |number| format!("<a href=\"#ref-{number}\" aria-label=\"Reference {number}\">{number}</a>");
    let expected = format!("<p>First<sup>{}</sup>. Then<sup>{}, {}</sup>.</p>\n", mark(1), mark(2), mark(1));
    assert_eq!(rendered.html.as_str(), expected);
}

#[test]
fn exercises_become_links_and_cards() {
    let rendered = written("Do the [bridge](exercise:bridge) now.\n\n[Bridge](exercise:bridge)").unwrap();
    assert_eq!(rendered.exercises, ["bridge"]);
    let html = rendered.html.as_str();
    assert!(html.contains("<p>Do the <a href=\"/exercises/bridge\">bridge</a> now.</p>"), "{html}");
    let drawing = "<article class=\"ex-card\"><div class=\"ex-figure\"><div class=\"drawing\"><img src=\"/drawings/a.1.svg\" width=\"4\" \
                   height=\"3\" alt=\"A &lt; B\" loading=\"lazy\" decoding=\"async\"></div></div>";
    assert!(html.contains(drawing), "{html}");
    assert!(html.contains("<div class=\"stack\"><h2><a href=\"/exercises/bridge\">Bridge</a></h2>"), "{html}");
    assert!(html.contains("<span>10 times</span>"), "{html}");
}

#[test]
fn care_cards_say_whom_to_ring() {
    let emergency = markup("> [!CAUTION]\n> Go now if:\n>\n> - it is cold");
    assert!(emergency.starts_with("<section class=\"care care-emergency\" id=\"emergency\"><h2 class=\"care-heading\">"), "{emergency}");
    assert!(emergency.contains("Emergency advice<span class=\"visually-hidden\">:</span></span> Go now if:</h2>"), "{emergency}");
    assert!(emergency.contains("<a href=\"tel:999\">999</a></p></div></section>"), "{emergency}");
    let urgent = markup("## Signs\n\n> [!WARNING]\n> See a doctor if:\n>\n> - it locks, see [more](/articles/other)");
    assert!(urgent.contains("<h3 class=\"care-heading\">") && urgent.contains("href=\"tel:02079460000\""), "{urgent}");
    assert!(markup("> [!IMPORTANT]\n> Ask us if:\n>\n> - it lasts").contains("care-routine"));
    assert!(written("> [!CAUTION]\n> Go if:\n>\n> - a").unwrap().has_emergency);
}

#[test]
fn boxes_and_tables() {
    assert_eq!(
        markup("> [!NOTE]\n> **So.** Yes."),
        "<aside class=\"sidenote\" role=\"note\">\n<p><strong>So.</strong> Yes.</p>\n</aside>\n"
    );
    let tip = markup("> [!TIP]\n> **Try this today.** Lie down.");
    assert_eq!(tip, "<div class=\"tryit\"><h2>Try this today</h2>\n<p>Lie down.</p>\n</div>\n");
    assert!(markup("> > [!TIP]\n> > **Try.** Lie down.\n\n## More").contains("<h2 id=\"more\">"), "a box ends where it ends");
    assert!(markup("> [!TIP]\n> Lie down.").contains("<h2>Try this</h2>\n<p>Lie down.</p>"));
    let table = markup("| A | B |\n|---|---|\n| *one* | two |");
    assert!(table.contains("<thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead><tbody>"), "{table}");
    assert!(table.contains("<tr><th scope=\"row\"><em>one</em></th><td>two</td></tr>\n</tbody></table></div>"), "{table}");
    assert!(markup("Text[^1].\n\n[^1]: More.").contains("href=\"#note-1\""));
    assert!(markup("See [there](#there).\n\n## There").contains("<a href=\"#there\">"));
}

#[test]
fn advice_and_terms() {
    let advice = markup("> [!DO]\n> - rest\n\n> [!DONT]\n> - hop");
    assert!(advice.starts_with("<section class=\"advice advice-do\"><h2>Do</h2>\n<ul>\n<li>rest</li>"), "{advice}");
    assert!(advice.contains("<section class=\"advice advice-dont\"><h2>Don’t</h2>\n<ul>\n<li>hop</li>"), "{advice}");
    assert!(markup("> As they say.").contains("<blockquote>\n<p>As they say.</p>\n</blockquote>"));
    assert!(markup("The [bursa](term:bursa).").contains("<a class=\"term\" href=\"/glossary#bursa\">bursa</a>"));
}

#[test]
fn a_drawing_is_a_part_of_the_page_and_any_other_picture_a_file() {
    let plate = markup("![A \"stride\"](plate:swing \"Far behind\")");
    let img = "<figure class=\"figure\"><div class=\"drawing\"><img src=\"/drawings/a.1.svg\" width=\"4\" height=\"3\" \
               alt=\"A &quot;stride&quot;\" loading=\"lazy\" decoding=\"async\"></div><figcaption>Far behind</figcaption></figure>";
    assert!(plate.contains(img), "{plate}");
    let figure = markup("![The hip](hip.png \"Seen from the front\")");
    assert!(figure.contains("<img src=\"/assets/hip.1.png\" alt=\"The hip\"><figcaption>Seen from the front</figcaption>"), "{figure}");
    let drawing = markup("![B & C](hip.svg)");
    let expected = "<figure class=\"figure\"><svg class=\"figure-svg\" role=\"img\" aria-label=\"B &amp; C\" viewBox=\"0 0 9 9\"><g/></svg></figure>\n";
    assert_eq!(drawing, expected);
}

#[test]
fn what_does_not_belong_is_told_with_its_line() {
    let cases = [
        ("# Title", "10: ", "begin with ##"),
        ("## A\n\n#### B", "12: ", "use ###"),
        ("One\n\n<b>two</b>", "12: ", "raw HTML"),
        ("<div>\n</div>", "10: ", "raw HTML"),
        ("<!-- note -->", "10: ", "raw HTML"),
        ("So it is [@three].", "10: ", "no reference \"three\""),
        ("One\n\nthe [x](exercise:march)", "12: ", "no exercise \"march\""),
        ("[x](exercise:march)", "10: ", "no exercise \"march\""),
        ("the [x](/exercises/march)", "10: ", "no exercise"),
        ("the [x](/articles/gone)", "10: ", "no article \"gone\""),
        ("the [x](/nowhere)", "10: ", "no page of this site"),
        ("the [x](https://example.org)", "10: ", "belong in the references"),
        ("<https://example.org>", "10: ", "belong in the references"),
        ("the [x](javascript:alert(1))", "10: ", "no page of this site"),
        ("the [x][y]", "10: ", "no address"),
        ("the [x](#gone)", "10: ", "leads nowhere"),
        ("![](hip.svg)", "10: ", "what the picture shows"),
        ("![A](gone.svg)", "10: ", "no picture"),
        ("![A](plate:gone)", "10: ", "no plate"),
        ("![](plate:swing)", "10: ", "what the picture shows"),
        ("One\n\n![A](bad.svg)", "12: ", "static/bad.svg:2: <script> has no place"),
        ("Text ![A](hip.svg)", "10: ", "paragraph of its own"),
        ("> [!CAUTION]\n> Go now:\n>\n> - a", "10: ", "\"if:\""),
        ("> [!CAUTION]\n> - a", "10: ", "\"if:\""),
        ("> [!WARNING]\n> Go if:", "10: ", "a list"),
        ("> [!CAUTION]\n> Go if:\n>\n> - [a](/articles/other)", "13: ", "no links"),
        ("> [!CAUTION]\n> Go if:\n>\n> - so [@one]", "13: ", "no links"),
        ("> [!NOTE]\n> ## A", "11: ", "no headings"),
        ("> [!DO]\n> Rest.", "10: ", "one list"),
        ("> [!DONT]\n> - a\n>\n> b", "10: ", "one list"),
        ("> [!HINT]\n> - a", "10: ", "no box [!HINT]"),
        ("the [x](term:gone)", "10: ", "no term"),
        ("> [!NOTE]\n> > [!NOTE]\n> > A", "11: ", "inside another"),
        ("A[^a].\n\n[^a]: B\n\n[^a]: C", "14: ", "[^a] is there twice"),
        ("A.\n\n[^a]: B", "12: ", "never names the footnote"),
        ("A[^a].", "10: ", "no footnote [^a]"),
        ("- ## A", "10: ", "outside lists"),
        ("A\n\n> ## B", "12: ", "outside lists"),
        ("A[^a]\n\n[^a]: ## B", "12: ", "outside lists"),
        ("## A [@one]", "10: ", "no links"),
        ("## [A](/articles)", "10: ", "no links"),
        ("##", "10: ", "has words"),
        ("[](/articles)", "10: ", "has words"),
        ("A\n\n    b", "12: ", "program code"),
        ("```\na\n```", "10: ", "program code"),
        ("> [!WARNING]\n> Go if:\n>\n> it locks", "10: ", "a list"),
    ];
    for (text, line, words) in cases {
        let flaws = written(text).map(|rendered| rendered.html.to_string()).unwrap_err();
        assert!(flaws[0].starts_with(line) && flaws[0].contains(words), "{text}: {flaws:?}");
    }
    let all = written("# A\n\n<b>\n\n[@x]").map(|_| ()).unwrap_err();
    assert_eq!(all.len(), 3, "{all:?}");
}

#[test]
fn addresses_in_a_feed_are_whole() {
    let clinic = Clinic::from_toml("", Path::new("clinic.toml")).unwrap();
    let around = Surroundings {
        first_line: 1,
        references: &["one"],
        exercise: &|_| None,
        article: &|_| true,
        term: &|_| true,
        image: &|_| None,
        plate: &|_| None,
        base: "https://clinic.example",
        own: "https://clinic.example/articles/a",
        icons: None,
        clinic: &clinic,
    };
    let html = article("See [it](/articles/b#c) [@one].\n\n> [!CAUTION]\n> Go if:\n>\n> - a", &around).unwrap().html;
    assert!(html.as_str().contains("href=\"https://clinic.example/articles/b#c\""), "{html}");
    assert!(html.as_str().contains("href=\"https://clinic.example/articles/a#ref-1\""), "{html}");
    assert!(!html.as_str().contains("tel:"), "no number, no line: {html}");
}

#[test]
fn escaping_leaves_nothing_that_ends_an_attribute() {
    assert_eq!(escape("<a href=\"x\">'&'"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
}

proptest! {
    #[test]
    fn no_text_panics_or_does_harm(text in prop::collection::vec(prop_oneof![
        Just("\n".to_owned()), Just("\n\n".to_owned()), Just("> ".to_owned()), Just("> [!CAUTION]\n> Go if:\n>\n".to_owned()),
        Just("> [!TIP]\n> **".to_owned()), Just("> [!NOTE]\n".to_owned()), Just("## ".to_owned()), Just("| a | b |\n|---|---|\n| ".to_owned()),
        Just("[@one]".to_owned()), Just("[^1]".to_owned()), Just("[^1]: ".to_owned()), Just("[x](exercise:bridge)".to_owned()), Just("](".to_owned()),
        Just("javascript:alert(1)".to_owned()), Just("<script".to_owned()), Just(" onload=x".to_owned()), Just("![a](hip.svg \"".to_owned()),
        Just("- ".to_owned()), Just("1. ".to_owned()), Just("**".to_owned()), Just("```".to_owned()), "\\PC{0,6}",
    ], 0..24).prop_map(|parts| parts.concat())) {
        if let Ok(rendered) = written(&text) {
            assert_harmless(rendered.html.as_str());
        }
    }

    #[test]
    fn words_in_their_places_do_no_harm(words in prop::collection::vec("(\\PC|[<>\\[\\]()!*_`&\"'=:]|<script|javascript:|onload=){0,12}", 6)) {
        let text = format!(
            "## {}\n\n{} [{}](exercise:bridge)\n\n> [!TIP]\n> **{}.** x\n\n| {} | x |\n|---|---|\n| y | z |\n\n![The hip](hip.svg '{}')\n",
            words[0], words[1], words[2], words[3], words[4], words[5]
        );
        if let Ok(rendered) = written(&text) {
            assert_harmless(rendered.html.as_str());
        }
    }
}
