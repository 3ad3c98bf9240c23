//! Whatever stands in a file: nothing panics, what is written is sound, and what is refused is told with a line of that file.
//!
//! Mutates the real files and makes up others from pieces of the dialect, for `FUZZ_SECONDS` (2 unless told), and says how many it
//! tried. A failure prints its input and its seed; `FUZZ_SEED` begins with that seed again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant};

use super::*;
use crate::markdown::strict;
use crate::markdown::tests::assert_sound;

/// Pieces of the dialect, whole, half and wrong.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\n", "\n\n", "> ", "- ", "1. ", "    ", "\t", "**", "*", "`", "```\n", "~~~", "## ", "### ", "#### ", "# ", "---\n", "===\n", "|",
    "\\", "<", ">", "&", "> [!CAUTION]\n> Go now if:\n>\n> - it is cold\n", "> [!WARNING]\n> Call us if:\n>\n> - it locks\n",
    "> [!IMPORTANT]\n> Ask if:\n>\n", "> [!NOTE]\n> **So.** ", "> [!TIP]\n> **Try.** ", "> [!TIP]\n", "> [!DO]\n> - rest\n",
    "> [!DONT]\n> - hop\n", "> [!DO]", "> [!HINT]\n", "[!CAUTION]", "[@hu-2011]", "[@", "[@nobody]", "[^1]", "[^1]: ", "[^a b]: x\n",
    "[^1]: See [^1].\n", "[x](exercise:hip-bridge)", "\n\n[x](exercise:hip-bridge)\n\n", "[x](exercise:",
    "[x](/articles/iliopsoas-syndrome#a)", "[x](/articles)", "[x](#x)", "[x](#section)", "[x](term:bursa)", "[x](term:", "[x][y]",
    "[x]: /y\n", "[x](javascript:alert(1))", "[x](//evil.example)", "[x](data:text/html,x)", "<https://evil.example>", "<a@b.example>",
    "![alt](figures/iliopsoas.svg \"words\")", "\n\n![alt](figures/iliopsoas.svg \"a <b> & \\\" c\")\n\n", "![](figures/iliopsoas.svg)",
    "![a](", "| a | b |\n|---|---|\n| c | d |\n", "| a |\n|--|\n", "<script>", "<b>", "<!-- -->", "<!-- ", "</p>", "<svg onload=x>",
    "]]>", "&lt;script&gt;", "&#x6a;", "&colon;", "javascript:", "\" onclick=\"x", "' x='", "+++\n", "+++", "\r\n", "\r", "\u{feff}",
    "\u{0}", "\u{202e}", "\u{200b}", "é", "🦵", "ﬀ", "– “x” ", "## Note 1\n", "## Ref 1\n", "## References\n", "## Emergency\n",
    "## \u{1F9B5}\n", "- [ ] a\n", "~~x~~", "$x$", "[[references]]\nkey = \"a\"\ntitle = \"T\"\n", "title = \"", "tags = [\"",
    "part = ", "2026-02-30", "2026-11-22T00:00:00Z", "''' ", "\"\"\"",
];

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end.max(1)
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// A place in a text where it may be cut.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Prints what was tried when a test ends badly.
struct Trying<'a> {
    what: &'a str,
    text: &'a str,
    seed: u64,
}

impl Drop for Trying<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("FUZZ_SEED={} {}:\n{}\n(as written: {:?})", self.seed, self.what, self.text, self.text);
        }
    }
}

/// A change to a file.
fn mutate(text: &mut String, others: &[&str], random: &mut Random) {
    let line_start = |text: &str, at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = |text: &str, at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    let at = random.place(text);
    let (start, end) = (line_start(text, at), line_end(text, at));
    match random.below(12) {
        0 => text.replace_range(start..end, ""),
        1 => {
            let again = text[start..end].to_owned();
            text.insert_str(start, &again);
        }
        2 | 3 => text.insert_str(at, random.one(PIECES)),
        4 | 5 => text.insert_str(start, random.one(PIECES)),
        6 => {
            let to = whole_letters(text, text.len().min(at + random.below(200)));
            text.replace_range(at..to, "");
        }
        7 => text.truncate(at),
        8 => {
            let other = random.one(others);
            let from = line_start(other, random.place(other));
            let to = (0..=random.below(6)).fold(from, |to, _| line_end(other, to.min(other.len())));
            text.insert_str(start, &other[from..to]);
        }
        9 => {
            let moved = text[start..end].to_owned();
            text.replace_range(start..end, "");
            let to = random.place(text);
            text.insert_str(line_start(text, to), &moved);
        }
        10 => {
            let mark = random.one(&["> ", "    ", "- ", "\t", "> > ", "1. ", "[^1]: "]);
            let mut here = start;
            for _ in 0..=random.below(5) {
                text.insert_str(here, mark);
                here = line_end(text, here);
            }
        }
        _ => {
            let wide = text[at..].chars().next().map_or(0, char::len_utf8);
            text.replace_range(at..at + wide, random.one(&["\"", "\n", "[", "]", "(", ")", "*", "#", "=", "'", "9", "-", "\u{a0}"]));
        }
    }
}

/// The border of a letter at or before this place.
fn whole_letters(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text made of pieces.
fn made_up(random: &mut Random) -> String {
    (0..random.below(30)).map(|_| if random.below(4) == 0 { "some words " } else { random.one(PIECES) }).collect()
}

#[track_caller]
fn assert_told(flaws: &[Flaw], text: &str) {
    let last = text.split('\n').count();
    assert!(!flaws.is_empty(), "refused without a reason");
    for flaw in flaws {
        assert!((1..=last).contains(&flaw.line), "{flaw} lies outside the {last} lines of the file");
        assert!(!flaw.reason.trim().is_empty() && !flaw.reason.contains('\n'), "{flaw:?}");
    }
}

struct Files<'a> {
    articles: Vec<(&'a str, &'a str)>,
    texts: Vec<&'a str>,
    glossary: &'a str,
}

/// Tries one input of each kind; says how many were tried, and how many of them were taken.
fn try_one(files: &Files<'_>, known: &Known<'_>, seed: u64) -> (u64, u64) {
    let random = &mut Random(seed | 1);
    let (stem, file) = files.articles[random.below(files.articles.len())];
    let mut text = file.to_owned();
    if random.below(5) == 0 {
        let document = Document::part(file).unwrap();
        text = file[..file.len() - document.text.len()].to_owned() + &made_up(random);
    }
    for _ in 0..random.below(7) {
        mutate(&mut text, &files.texts, random);
    }
    let (mut tried, mut taken) = (2, 0);
    {
        let _trying = Trying { what: stem, text: &text, seed };
        match super::super::read(stem, &text, known) {
            Ok(article) => {
                taken += 1;
                assert_sound(article.rendered.html.as_str());
                let elsewhere = Place {
                    base: "https://clinic.example",
                    own: "https://clinic.example/articles/x",
                    icons: Some("/icons.svg"),
                    image: &|_| None,
                };
                if let Ok(rendered) = render(&article.front, (&article.text, article.text_line), known, &elsewhere) {
                    assert_sound(rendered.html.as_str());
                }
            }
            Err(flaws) => assert_told(&flaws, &text),
        }
        if let Ok(document) = Document::part(&text) {
            if let Err(flaw) = document.steps() {
                assert_told(&[flaw], &text);
            }
            // What the front matter lacks must not keep the text from being tried.
            let references: Vec<&str> =
                file.lines().filter_map(|line| line.strip_prefix("key = \"")?.strip_suffix('"')).chain(["hu-2011"]).collect();
            let image = |name: &str| picture(known.own, name, || format!("/assets/{name}"));
            let around = Surroundings {
                first_line: document.text_line,
                references: &references,
                exercise: &|slug| known.library.get(slug).map(card),
                article: &|_| true,
                term: &|_| true,
                image: &image,
                plate: &|_| None,
                base: "",
                own: "",
                icons: Some("/icons.svg"),
                clinic: known.clinic,
            };
            tried += 1;
            match markdown::article(document.text, &around) {
                Ok(rendered) => {
                    taken += 1;
                    assert_sound(rendered.html.as_str());
                }
                Err(flaws) => assert_told(&flaws, &text),
            }
        }
    }
    let mut typed =
        if random.below(2) == 0 { made_up(random) } else { files.texts[0][random.place(files.texts[0])..].chars().take(400).collect() };
    mutate(&mut typed, &files.texts, random);
    {
        let _trying = Trying { what: "typed", text: &typed, seed };
        assert_sound(strict(&typed).as_str());
    }
    if random.below(4) == 0 {
        let mut words = files.glossary.to_owned();
        for _ in 0..=random.below(4) {
            mutate(&mut words, &files.texts, random);
        }
        let _trying = Trying { what: glossary::FILE, text: &words, seed };
        tried += 1;
        match Glossary::read(&words) {
            Ok(_) => taken += 1,
            Err(flaws) => assert_told(&flaws, &words),
        }
    }
    (tried, taken)
}

#[test]
fn whatever_stands_in_a_file_does_no_harm_and_is_told_with_its_line() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let library = Library::load().unwrap();
    let clinic = Clinic::from_toml("telephone = \"020 7946 0000\"\nemergency_number = \"999\"", Path::new("clinic.toml")).unwrap();
    let own = Folder::default();
    let all: Vec<(String, String)> = super::super::Files::iter()
        .filter_map(|name| Some((name.to_string(), String::from_utf8(super::super::Files::get(&name)?.data.into_owned()).ok()?)))
        .filter(|(name, _)| !name.contains('/'))
        .collect();
    let articles: Vec<(&str, &str)> = all.iter().filter_map(|(name, text)| Some((name.strip_suffix(".md")?, text.as_str()))).collect();
    let words = all.iter().find(|(name, _)| name == glossary::FILE).map_or("", |(_, text)| text);
    let slugs: Vec<&str> = articles.iter().map(|(stem, _)| *stem).collect();
    let files = Files { texts: articles.iter().map(|(_, text)| *text).collect(), articles: articles.clone(), glossary: words };
    let explained = Glossary::read(words).unwrap();
    let known = Known { slugs: &slugs, glossary: &explained, library: &library, clinic: &clinic, own: &own };

    let first = asked("FUZZ_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    let (begun, long) = (Instant::now(), Duration::from_secs(asked("FUZZ_SECONDS").unwrap_or(2)));
    let (mut tried, mut taken, mut seed) = (0, 0, first);
    while begun.elapsed() < long {
        let (more, of_them) = try_one(&files, &known, seed);
        tried += more;
        taken += of_them;
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    }
    println!("{tried} inputs in {} s, {taken} of them taken, from seed {first} on", begun.elapsed().as_secs());
    assert!(tried > 20 && taken > 0, "only {tried} inputs tried, {taken} taken");
}
