//! Writing an exercise as its file, so that reading it gives the same exercise.

use std::fmt::Write;

use super::super::dose::{Recommended, Side, Span};
use super::super::{Exercise, Need, Origin, Pose, Reference, View};

impl Exercise {
    /// The text of its file. Keys that say nothing are left out, except in an exercise of the house, where they all stand.
    #[must_use]
    pub fn to_file(&self) -> String {
        let mut front = Front { text: String::new(), all: self.is_house() };
        front.identity(self);
        front.place(self);
        front.advice(self);
        front.poses(self);
        if let Some(dose) = &self.recommended {
            front.dose(dose);
        }
        if let Origin::Imported(source) = &self.origin {
            front.table("[source]");
            for (key, text) in [("name", &source.name), ("key", &source.key), ("author", &source.author), ("licence", &source.licence)] {
                front.may(key, text);
            }
            front.may("url", &source.url);
        }
        self.references.iter().for_each(|reference| front.reference(reference));
        let steps: String = (1..).zip(&self.steps).map(|(number, step)| format!("{number}. {}\n", plain(step))).collect();
        let gap = if steps.is_empty() { "" } else { "\n" };
        format!("+++\n{}+++\n{gap}{steps}", front.text)
    }
}

/// The front matter as it grows.
struct Front {
    text: String,
    /// Whether keys stand that say nothing.
    all: bool,
}

impl Front {
    fn identity(&mut self, exercise: &Exercise) {
        self.must("name", &exercise.name);
        self.must("slug", &exercise.slug);
        if self.all {
            self.line("number", exercise.number);
        }
        self.key("summary", &exercise.summary);
        self.list("regions", &exercise.regions.iter().map(|region| region.word()).collect::<Vec<_>>());
        self.list("purposes", &exercise.purposes.iter().map(|purpose| purpose.word()).collect::<Vec<_>>());
        self.may("kind", &exercise.kind);
    }

    fn place(&mut self, exercise: &Exercise) {
        self.may("stage", exercise.stage.map_or("", |stage| stage.word()));
        self.may("gate", exercise.gate.map_or("", |gate| gate.word()));
        self.key("stage_rule", &exercise.stage_rule);
        if self.all || exercise.view != View::Side {
            self.must("view", exercise.view.word());
        }
        self.list("equipment", &exercise.equipment.iter().map(Need::written).collect::<Vec<_>>());
        self.key("position", &exercise.position);
        if exercise.core {
            self.line("core", true);
        }
        if self.all || exercise.side != Side::Together {
            self.must("sides", exercise.side.word());
        }
    }

    fn advice(&mut self, exercise: &Exercise) {
        self.list("cues", &exercise.cues);
        self.list("mistakes", &exercise.mistakes);
        self.list("easier", &exercise.easier);
        self.list("harder", &exercise.harder);
        self.key("precautions", &exercise.precautions);
        self.may("when_to_stop", &exercise.when_to_stop);
        self.list("flags", &exercise.flags.iter().map(|flag| flag.word()).collect::<Vec<_>>());
        self.may("load", exercise.load.map_or("", |load| load.word()));
        self.may("impact", exercise.impact.map_or("", |impact| impact.word()));
        if !exercise.audiences.is_empty() {
            self.list("for", &exercise.audiences.iter().map(|audience| audience.word()).collect::<Vec<_>>());
        }
        self.key("basis", &exercise.basis);
        self.may("copied_from", exercise.copied_from.as_deref().unwrap_or_default());
        if !exercise.media.is_empty() {
            self.line("media", format_args!("{:?}", exercise.media));
        }
    }

    fn poses(&mut self, exercise: &Exercise) {
        for (name, pose) in [("[start]", &exercise.start), ("[end]", &exercise.end)] {
            let Some(Pose { pose, contact, props, note }) = pose else { continue };
            self.table(name);
            self.must("pose", pose);
            self.line("contact", array(contact));
            if !props.is_empty() {
                self.line("props", array(props));
            }
            self.may("note", note);
        }
    }

    fn dose(&mut self, dose: &Recommended) {
        self.table("[dose]");
        self.line("sets", span(dose.sets));
        self.line("work", format_args!("{{ kind = {}, amount = {} }}", quoted(dose.work.word()), span(dose.amount)));
        for (key, number) in [("hold", dose.hold), ("rest", dose.rest)] {
            if let Some(number) = number {
                self.line(key, span(number));
            }
        }
        self.may("tempo", &dose.tempo);
        if let Some((times, per)) = dose.frequency {
            self.line("frequency", format_args!("{{ times = {}, per = {} }}", span(times), quoted(per.word())));
        }
        self.may("note", &dose.note);
    }

    fn reference(&mut self, reference: &Reference) {
        self.table("[[references]]");
        self.must("key", &reference.key);
        self.may("authors", &reference.authors);
        self.must("title", &reference.title);
        self.may("journal", &reference.journal);
        if let Some(year) = reference.year {
            self.line("year", year);
        }
        self.may("volume", &reference.volume);
        self.may("pages", &reference.pages);
        for (key, text) in [("doi", &reference.doi), ("url", &reference.url)] {
            if let Some(text) = text {
                self.must(key, text);
            }
        }
        self.may("note", &reference.note);
    }

    fn table(&mut self, name: &str) {
        let _ = writeln!(self.text, "\n{name}");
    }

    fn line(&mut self, key: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.text, "{key} = {value}");
    }

    fn must(&mut self, key: &str, text: &str) {
        self.line(key, quoted(text));
    }

    fn may(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.must(key, text);
        }
    }

    /// A key of every file of the house.
    fn key(&mut self, key: &str, text: &str) {
        if self.all { self.must(key, text) } else { self.may(key, text) }
    }

    fn list(&mut self, key: &str, words: &[impl AsRef<str>]) {
        if self.all || !words.is_empty() {
            self.line(key, array(words));
        }
    }
}

fn span(span: Span) -> String {
    if span.low == span.high { span.low.to_string() } else { format!("[{}, {}]", span.low, span.high) }
}

fn array(words: &[impl AsRef<str>]) -> String {
    format!("[{}]", words.iter().map(|word| quoted(word.as_ref())).collect::<Vec<_>>().join(", "))
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A step as Markdown in which nothing is markup.
fn plain(step: &str) -> String {
    let mut plain = String::with_capacity(step.len() + 2);
    let digits = step.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in step.char_indices() {
        let anywhere = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~');
        let first = at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | ':' | '|');
        let numbered = at == digits && at > 0 && matches!(c, '.' | ')');
        if anywhere || first || numbered {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Whose, read};
    use super::*;
    use crate::exercises::Library;

    #[test]
    fn every_file_of_the_house_can_be_written_and_read_again() {
        for exercise in Library::load().unwrap().all() {
            let text = exercise.to_file();
            let again = read(&exercise.slug, &text, Whose::House).unwrap_or_else(|flaw| panic!("{}: {flaw}\n{text}", exercise.slug));
            assert_eq!(*exercise, again);
            let own = Exercise { origin: Origin::Clinic, number: 0, ..exercise.clone() };
            let text = own.to_file();
            assert_eq!(read(&own.slug, &text, Whose::Own).as_ref(), Ok(&own), "{text}");
        }
    }

    #[test]
    fn a_file_is_written_as_one_writes_it_by_hand() {
        let library = Library::load().unwrap();
        let text = library.get("hip-bridge").unwrap().to_file();
        for line in [
            "name = \"Hip bridge\"",
            "number = 38",
            "core = true",
            "[end]",
            "note = \"trunk and thighs in one line\"",
            "work = { kind = \"reps\", amount = [10, 15] }",
            "frequency = { times = [3, 4], per = \"week\" }",
            "1. Lie with knees bent, heels a hand-length from the buttocks.",
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
        assert!(!text.contains("when_to_stop") && !text.contains("media"));
    }

    proptest! {
        #[test]
        fn whatever_a_step_says_is_read_as_it_was_written(words in "(\\PC|[*_`\\[\\]<>&#+=~:|.)(!\\\\0-9-]){1,40}") {
            let step = words.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!step.is_empty());
            let exercise = Exercise { steps: vec![step.clone(), "Second.".to_owned(), step], ..blank() };
            prop_assert_eq!(read("x", &exercise.to_file(), Whose::Own), Ok(exercise));
        }

        #[test]
        fn whatever_a_text_says_is_read_as_it_was_written(words in "(?s).{1,40}") {
            prop_assume!(!words.trim().is_empty());
            let exercise = Exercise { summary: words.clone(), cues: vec![words.clone(), words], ..blank() };
            prop_assert_eq!(read("x", &exercise.to_file(), Whose::Own), Ok(exercise));
        }
    }

    fn blank() -> Exercise {
        let text = "+++\nname = \"X\"\nslug = \"x\"\nsummary = \"S.\"\npurposes = [\"strength\"]\n+++\n\n1. One.\n";
        read("x", text, Whose::Own).unwrap()
    }
}
