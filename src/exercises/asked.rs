//! What a reader asks of the list of exercises: the questions behind its address, and what fits.

use std::fmt::Write;

use super::{Area, Audience, Equipment, Exercise, Filter, Library, Need, Purpose, Query, Stage, Test, Words};
use crate::text::capitalised;
use crate::web::Fields;

/// The address of the list.
pub(super) const PATH: &str = "/exercises";
/// As many letters of an answer are read.
const LONGEST: usize = 100;

/// What is asked of the list. Nothing asked: all exercises fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Words it is found by.
    pub words: String,
    /// Whom it should suit above others.
    pub audience: Option<Audience>,
    /// Whether one should be able to begin without any thing.
    pub bare: bool,
    pub filter: Filter,
}

/// One question to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Words,
    Audience,
    Purpose,
    Area,
    Stage,
    Equipment,
}

/// An answer to a question: its word in the address, its words on the page, how many exercises it leaves.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub word: &'static str,
    pub label: String,
    pub count: usize,
    pub chosen: bool,
}

/// What fits.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub exercises: Vec<&'a Exercise>,
    pub tests: Vec<&'a Test>,
}

impl Found<'_> {
    pub fn count(&self) -> usize {
        self.exercises.len() + self.tests.len()
    }

    /// "12 exercises and 3 tests"
    pub fn in_words(&self) -> String {
        let parts = [(self.exercises.len(), "exercise"), (self.tests.len(), "test")];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, name)| format!("{count} {name}{}", if count == 1 { "" } else { "s" })).collect();
        parts.join(" and ")
    }
}

/// The answer to [`Question::Equipment`] of who has none.
const NOTHING: &str = "nothing";

impl Question {
    /// All of them, in the order of the address.
    pub const ALL: [Self; 6] = [Self::Words, Self::Audience, Self::Purpose, Self::Area, Self::Stage, Self::Equipment];
    /// Those that stand in the form as a choice; whom the list is for is a link.
    pub const SELECTS: [Self; 4] = [Self::Purpose, Self::Area, Self::Stage, Self::Equipment];

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "q",
            Self::Audience => "for",
            Self::Purpose => "purpose",
            Self::Area => "area",
            Self::Stage => "stage",
            Self::Equipment => "with",
        }
    }

    /// Its words on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Words => "Words",
            Self::Audience => "For",
            Self::Purpose => "Good for",
            Self::Area => "Body part",
            Self::Stage => "Stage",
            Self::Equipment => "With",
        }
    }

    /// What no answer is called.
    pub fn any(self) -> &'static str {
        match self {
            Self::Audience => "Everyone",
            Self::Purpose | Self::Equipment => "Anything",
            Self::Words | Self::Area | Self::Stage => "Any",
        }
    }

    /// An answer as it stands without the question: "For runners".
    fn said(self, word: &str, label: &str) -> String {
        match self {
            Self::Audience => format!("For {label}"),
            Self::Stage => format!("{label} stage"),
            Self::Equipment if word == NOTHING => "Without any equipment".to_owned(),
            Self::Equipment => format!("With: {label}"),
            Self::Words | Self::Purpose | Self::Area => label.to_owned(),
        }
    }

    /// All its answers: word and label.
    fn answers(self) -> Vec<(&'static str, &'static str)> {
        macro_rules! of {
            ($words:ident) => {
                $words::ALL.iter().map(|one| (one.word(), one.label())).collect()
            };
        }
        match self {
            Self::Words => Vec::new(),
            Self::Audience => of!(Audience),
            Self::Purpose => of!(Purpose),
            Self::Area => of!(Area),
            Self::Stage => of!(Stage),
            Self::Equipment => {
                let mut things: Vec<_> = of!(Equipment);
                things.retain(|(word, _)| !Equipment::OF_COLLECTIONS.iter().any(|thing| thing.word() == *word));
                std::iter::once((NOTHING, "nothing at all")).chain(things).collect()
            }
        }
    }
}

impl Asked {
    /// Reads the questions of an address. An answer that means nothing is as good as none.
    pub fn read(fields: &Fields) -> Self {
        let given = |question: Question| {
            let letters: String = fields.get(question.name()).chars().take(LONGEST).collect();
            letters.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Question::ALL.into_iter().fold(Self::default(), |asked, question| asked.with(question, &given(question)))
    }

    /// The same with another answer to one question.
    pub fn with(&self, question: Question, word: &str) -> Self {
        let mut asked = self.clone();
        match question {
            Question::Words => word.clone_into(&mut asked.words),
            Question::Audience => asked.audience = Audience::from_word(word),
            Question::Purpose => asked.filter.purpose = Purpose::from_word(word),
            Question::Area => asked.filter.area = Area::from_word(word),
            Question::Stage => asked.filter.stage = Stage::from_word(word),
            Question::Equipment => (asked.bare, asked.filter.equipment) = (word == NOTHING, Equipment::from_word(word)),
        }
        asked
    }

    /// The answer to a question as the address says it; empty when there is none.
    pub fn answer(&self, question: Question) -> &str {
        match question {
            Question::Words => &self.words,
            Question::Audience => self.audience.map_or("", Audience::word),
            Question::Purpose => self.filter.purpose.map_or("", Purpose::word),
            Question::Area => self.filter.area.map_or("", Area::word),
            Question::Stage => self.filter.stage.map_or("", Stage::word),
            Question::Equipment if self.bare => NOTHING,
            Question::Equipment => self.filter.equipment.map_or("", Equipment::word),
        }
    }

    /// The questions that have an answer, with its words on the page.
    pub fn questions(&self) -> Vec<(Question, String)> {
        let words = (!self.words.is_empty()).then(|| (Question::Words, format!("“{}”", self.words)));
        let chosen = Question::ALL.into_iter().filter_map(|question| {
            let (word, label) = question.answers().into_iter().find(|(word, _)| *word == self.answer(question))?;
            Some((question, question.said(word, label)))
        });
        words.into_iter().chain(chosen).collect()
    }

    /// What fits: of the exercises those of the house, in their order, or the best first where words are looked for; and the tests.
    pub fn of<'a>(&self, library: &'a Library) -> Found<'a> {
        let query = Query::read(&self.words);
        let house = library.with_words().take(library.all().len());
        let fit = house.filter(|(exercise, _)| self.lets(exercise)).filter_map(|(exercise, words)| Some((words.fit(&query)?, exercise)));
        let mut exercises: Vec<_> = fit.collect();
        exercises.sort_by_key(|(fit, exercise)| (*fit, exercise.number));
        let named = |test: &Test| self.words.is_empty() || Words::of_test(test).fit(&query).is_some();
        Found {
            exercises: exercises.into_iter().map(|(_, exercise)| exercise).collect(),
            tests: library.tests().iter().filter(|test| self.lets_test(test) && named(test)).collect(),
        }
    }

    fn lets(&self, exercise: &Exercise) -> bool {
        self.filter.lets(exercise)
            && self.audience.is_none_or(|audience| exercise.audiences.contains(&audience))
            && !(self.bare && exercise.equipment.iter().any(is_thing))
    }

    /// A test is for everyone, in every stage.
    fn lets_test(&self, test: &Test) -> bool {
        let Filter { stage, purpose, area, equipment } = self.filter;
        self.audience.is_none()
            && stage.is_none()
            && purpose.is_none_or(|purpose| purpose == Purpose::Test)
            && area.is_none_or(|area| test.regions.iter().any(|region| region.area() == area))
            && equipment.is_none_or(|thing| test.equipment.iter().any(|need| need.any.contains(&thing)))
            && !(self.bare && test.equipment.iter().any(is_thing))
    }

    /// The answers one may give to a question while the others stay as they are; those that leave nothing are left out.
    pub fn choices(&self, question: Question, library: &Library) -> Vec<Choice> {
        let choice = |(word, label): (&'static str, &'static str)| {
            let count = self.with(question, word).of(library).count();
            Choice { word, label: capitalised(label), count, chosen: self.answer(question) == word }
        };
        question.answers().into_iter().map(choice).filter(|choice| choice.count > 0 || choice.chosen).collect()
    }

    /// Where the list is that is asked so.
    pub fn address(&self) -> String {
        let mut address = PATH.to_owned();
        for question in Question::ALL.into_iter().filter(|question| !self.answer(*question).is_empty()) {
            let mark = if address == PATH { '?' } else { '&' };
            let value: String = url::form_urlencoded::byte_serialize(self.answer(question).as_bytes()).collect();
            let _ = write!(address, "{mark}{}={value}", question.name());
        }
        address
    }
}

/// Whether one must have something to begin; the ground below is no thing.
fn is_thing(need: &Need) -> bool {
    need.at_once() && !need.any.contains(&Equipment::Ground)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Asked {
        Asked::read(&Fields::decode(query.as_bytes()))
    }

    #[test]
    fn an_address_is_read_and_written_again() {
        for query in [
            "?for=runners",
            "?purpose=running+drill&stage=late",
            "?area=inner-thigh&with=foam+roller",
            "?with=nothing",
            "?q=hip+bri%26ge&for=desk-workers",
        ] {
            assert_eq!(asked(&query[1..]).address(), format!("{PATH}{query}"));
        }
        for nothing in ["", "for=", "for=swimmers", "stage=%00&colour=red", "q=++"] {
            assert_eq!(asked(nothing), Asked::default(), "{nothing}");
        }
        assert_eq!(asked(&format!("q={}", "ö".repeat(500))).words.chars().count(), LONGEST);
        assert_eq!(Asked::default().address(), PATH);
    }

    #[test]
    fn what_fits_answers_every_question() {
        let library = Library::load().unwrap();
        let found = asked("for=runners&purpose=strength&stage=late").of(&library).exercises;
        assert!(!found.is_empty() && found.len() < library.all().len());
        for exercise in &found {
            assert!(exercise.audiences.contains(&Audience::Runners) && exercise.purposes.contains(&Purpose::Strength), "{}", exercise.slug);
            assert_eq!(exercise.stage, Some(Stage::Late), "{}", exercise.slug);
        }
        assert_eq!(asked("").of(&library).count(), library.all().len() + library.tests().len());
        assert_eq!(asked("q=copenhagen&for=desk-workers").of(&library).count(), 0);
    }

    #[test]
    fn a_choice_says_how_many_it_leaves() {
        let library = Library::load().unwrap();
        for query in ["", "with=nothing", "area=trunk&with=mat", "for=runners", "for=desk-workers&stage=early", "q=stretch"] {
            let asked = asked(query);
            for question in Question::ALL {
                for choice in asked.choices(question, &library) {
                    let then = asked.with(question, choice.word);
                    assert_eq!(then.of(&library).count(), choice.count, "{} {query}", choice.word);
                    assert!(choice.count > 0 || choice.chosen, "{} {query}", choice.word);
                }
            }
        }
        let late = asked("for=desk-workers").choices(Question::Purpose, &library);
        assert!(!late.iter().any(|choice| choice.word == "plyometric"), "nobody at a desk is told to hop");
    }

    #[test]
    fn tests_are_found_by_what_they_look_at_and_need() {
        let library = Library::load().unwrap();
        let slugs = |query: &str| asked(query).of(&library).tests.iter().map(|test| test.slug.as_str()).collect::<Vec<_>>();
        assert_eq!(slugs("q=thomas"), ["test-thomas"]);
        assert!(slugs("purpose=test&with=step").contains(&"test-step-down") && slugs("with=nothing").contains(&"test-walk"));
        assert!(slugs("area=front-of-hip").contains(&"test-thomas") && !slugs("area=lower-leg").contains(&"test-thomas"));
        for none in ["for=runners", "stage=early", "purpose=strength"] {
            assert!(slugs(none).is_empty(), "{none}");
        }
        let found = asked("q=bridge").of(&library);
        assert_eq!(found.in_words(), format!("{} exercises and 1 test", found.exercises.len()));
    }

    #[test]
    fn what_is_asked_is_said() {
        let said: Vec<String> = asked("q=leg&for=runners&stage=late&with=mat").questions().into_iter().map(|(_, words)| words).collect();
        assert_eq!(said, ["“leg”", "For runners", "Late stage", "With: mat"]);
    }
}
