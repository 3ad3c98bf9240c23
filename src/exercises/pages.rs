//! What the public pages of the exercises show.

use askama::Template;

use super::asked::{Asked, Choice, Found, Question};
use super::dose::Side;
use super::{Audience, Drawing, Exercise, Half, Library, Mention, Purpose, Test, Yardstick};
use crate::text::capitalised;
use crate::web::{Html, Page};

/// So many exercises are looked through without headings.
const SHORT: usize = 12;

/// `/exercises`.
#[derive(Template)]
#[template(path = "exercises/list.html")]
pub(super) struct ListPage<'a> {
    pub page: Page,
    pub library: &'a Library,
    pub asked: Asked,
    /// What fits.
    pub found: Found<'a>,
}

/// The exercises of one purpose.
pub(super) struct Group<'a> {
    /// None where they stand in one group, whatever they are good for.
    pub purpose: Option<Purpose>,
    pub exercises: Vec<&'a Exercise>,
}

/// `/exercises/{slug}`.
#[derive(Template)]
#[template(path = "exercises/exercise.html")]
pub(super) struct ExercisePage<'a> {
    pub page: Page,
    pub exercise: &'a Exercise,
    pub easier: Vec<&'a Exercise>,
    pub harder: Vec<&'a Exercise>,
    pub mentions: Vec<&'a Mention>,
    pub data: Html,
}

/// `/exercises/test-…`.
#[derive(Template)]
#[template(path = "exercises/test.html")]
pub(super) struct TestPage<'a> {
    pub page: Page,
    pub test: &'a Test,
    pub library: &'a Library,
    /// The exercise it shares its movement with.
    pub trains: Option<&'a Exercise>,
    pub data: Html,
}

impl TestPage<'_> {
    fn drawing(&self, half: Half) -> Option<&Drawing> {
        self.test.drawing(half, |slug| self.library.get(slug))
    }

    /// The drawing of the left side, where one side works at a time.
    fn other_side(&self) -> Option<&Drawing> {
        self.drawing(Half::Left).filter(|_| one_side(self.test.side))
    }

    /// What it looks at: "Front of the hip (iliopsoas)".
    fn looks_at(&self) -> String {
        capitalised(&self.test.regions.iter().map(|region| region.label()).collect::<Vec<_>>().join(", "))
    }

    fn position(&self) -> String {
        capitalised(&self.test.position)
    }

    /// What one needs: "Mat, cushion".
    fn needs(&self) -> String {
        capitalised(&self.test.needs())
    }

    /// The columns to write into: one a side, where each is measured.
    fn columns(&self) -> &'static [&'static str] {
        if one_side(self.test.side) { &["Left", "Right"] } else { &["Today"] }
    }

    /// The source a sentence comes from, by its place in the list; none where it is our own proposal.
    fn source(&self, yardstick: &Yardstick) -> Option<usize> {
        self.test.references.iter().position(|reference| reference.key == yardstick.from).map(|place| place + 1)
    }
}

/// Whether one side works at a time.
pub(super) fn one_side(side: Side) -> bool {
    matches!(side, Side::Each | Side::Alternating)
}

impl Group<'_> {
    /// The id of its heading.
    fn id(&self) -> String {
        self.purpose.map_or_else(|| "found".to_owned(), |purpose| purpose.word().replace(' ', "-"))
    }
}

impl<'a> ListPage<'a> {
    fn drawing_of(&self, test: &&'a Test) -> Option<&'a Drawing> {
        test.drawing(Half::Right, |slug| self.library.get(slug))
    }

    /// The title: "Exercises for runners".
    fn title(&self) -> String {
        let words: Vec<String> = self.asked.questions().into_iter().map(|(_, words)| words).collect();
        if words.is_empty() { "Exercises".to_owned() } else { format!("Exercises – {}", words.join(", ")) }
    }

    /// The exercises that fit, by what they are good for; a short list stands in one group, and so does what words were looked for,
    /// the best first.
    fn groups(&self) -> Vec<Group<'_>> {
        let exercises = &self.found.exercises;
        if exercises.is_empty() {
            return Vec::new();
        }
        if !self.asked.words.is_empty() || self.asked.filter.purpose.is_some() || exercises.len() <= SHORT {
            return vec![Group { purpose: None, exercises: exercises.clone() }];
        }
        let group = |purpose: &Purpose| Group {
            purpose: Some(*purpose),
            exercises: exercises.iter().copied().filter(|exercise| exercise.purpose() == Some(*purpose)).collect(),
        };
        Purpose::ALL.iter().map(group).filter(|group| !group.exercises.is_empty()).collect()
    }

    fn selects(&self) -> [Question; 4] {
        Question::SELECTS
    }

    fn choices(&self, question: &Question) -> Vec<Choice> {
        self.asked.choices(*question, self.library)
    }

    /// What is asked, one by one: the words, the address without it, and how many exercises fit then.
    fn ways_back(&self) -> Vec<(String, String, usize)> {
        let asked = self.asked.questions().into_iter().map(|(question, words)| {
            let without = self.asked.with(question, "");
            (words, without.address(), without.of(self.library).count())
        });
        asked.collect()
    }

    /// The search of the whole site for the same words.
    fn elsewhere(&self) -> String {
        let words: String = url::form_urlencoded::byte_serialize(self.asked.words.as_bytes()).collect();
        if words.is_empty() { "/search".to_owned() } else { format!("/search?q={words}") }
    }

    /// Whom the list may be for: words, the address with the rest as it is, and whether this is the one.
    fn audiences(&self) -> Vec<(String, String, bool)> {
        let audiences = std::iter::once(None).chain(Audience::ALL.iter().copied().map(Some)).map(|audience| {
            let words = audience.map_or_else(|| "For everyone".to_owned(), |audience| format!("For {}", audience.label()));
            (words, Asked { audience, ..self.asked.clone() }.address(), self.asked.audience == audience)
        });
        audiences.collect()
    }

    /// The usual dose as a line of its own: "Hold for 30 seconds on each side".
    fn dose(exercise: &Exercise) -> String {
        capitalised(&exercise.dose_sentence())
    }
}

impl ExercisePage<'_> {
    /// The drawing of the left side, where one side works at a time.
    fn other_side(&self) -> Option<&Drawing> {
        self.exercise.drawing(Half::Left).filter(|_| one_side(self.exercise.side))
    }

    /// What it works on: "Front of the hip (iliopsoas), calf".
    fn works(&self) -> String {
        capitalised(&self.exercise.works())
    }

    fn position(&self) -> String {
        capitalised(&self.exercise.position)
    }

    /// What one needs: "Mat, cushion".
    fn needs(&self) -> String {
        capitalised(&self.exercise.needs())
    }
}
