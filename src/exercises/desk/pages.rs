//! What the library shows to staff.

use askama::Template;

use super::super::dose::{Per, Side, Work};
use super::super::pages::one_side;
use super::super::{
    Area, Deed, DoseChange, Drawing, Equipment, Exercise, Flag, Gate, Half, Impact, Library, Load, Origin, Picture, Posture, Purpose,
    Region, Revision, Stage, Test, View,
};
use super::own::Writing;
use super::physio::Desk;
use super::stance::{self, When};
use super::store::Habits;
use super::wish::{Hit, ON_A_PAGE, Show, Wish};
use crate::media::Medium;
use crate::text::capitalised;
use crate::web::{Errors, Fields, Page};

/// `/clinic/exercises`.
#[derive(Template)]
#[template(path = "exercises/desk/list.html")]
pub struct ListPage<'a> {
    pub page: Page,
    pub wish: Wish,
    /// The exercises of this page of the list.
    pub hits: Vec<Hit<'a>>,
    /// How many fit, on all pages.
    pub total: usize,
    pub habits: Habits,
}

impl ListPage<'_> {
    fn pages(&self) -> usize {
        self.total.div_ceil(ON_A_PAGE).max(1)
    }

    fn previous(&self) -> Option<String> {
        (self.wish.page > 1).then(|| self.wish.address(self.wish.page - 1))
    }

    fn next(&self) -> Option<String> {
        (self.wish.page < self.pages()).then(|| self.wish.address(self.wish.page + 1))
    }

    /// Whether everything that fits is on this page, so that more words can only take some of it away.
    fn is_whole(&self) -> bool {
        self.pages() == 1
    }

    /// "1 exercise", "67 exercises"
    fn count(&self) -> String {
        format!("{} exercise{}", self.total, if self.total == 1 { "" } else { "s" })
    }

    /// How much of it the person usually gives.
    fn usual(&self, exercise: &Exercise) -> Option<String> {
        self.habits.doses.get(&exercise.slug).map(dose_words)
    }
}

/// `/clinic/exercises/{slug}`.
#[derive(Template)]
#[template(path = "exercises/desk/exercise.html")]
pub struct ExercisePage<'a> {
    pub page: Page,
    pub exercise: &'a Exercise,
    pub easier: Vec<&'a Exercise>,
    pub harder: Vec<&'a Exercise>,
    pub favourite: bool,
    pub usual: Option<DoseChange>,
    /// Everything an own exercise has said, the newest first.
    pub revisions: Vec<Revision>,
    /// Its photos and films.
    pub media: Vec<Medium>,
    /// The name of the exercise it was copied from.
    pub copied: Option<&'a str>,
    /// The form of the usual dose.
    pub fields: Fields,
    pub errors: Errors,
}

impl ExercisePage<'_> {
    fn works(&self) -> &'static [Work] {
        Work::ALL
    }

    fn sides(&self) -> &'static [Side] {
        Side::ALL
    }

    /// The drawing of the left side, where the sides are done one by one.
    fn other_side(&self) -> Option<&Drawing> {
        self.exercise.drawing(Half::Left).filter(|_| one_side(self.exercise.side))
    }

    /// Who put it away.
    fn archived(&self) -> Option<&Deed> {
        self.exercise.own.as_ref().and_then(|own| own.archived.as_ref())
    }

    fn usual_words(&self) -> String {
        self.usual.as_ref().map(dose_words).unwrap_or_default()
    }
}

/// `/clinic/exercises/figures`.
#[derive(Template)]
#[template(path = "exercises/desk/figures.html")]
pub struct FiguresPage<'a> {
    pub page: Page,
    pub shown: Vec<Figured<'a>>,
    /// How many have a drawing.
    pub drawn: usize,
    /// How many of them have flaws.
    pub flawed: usize,
    pub only_flawed: bool,
}

/// An exercise or a test with its drawings.
pub struct Figured<'a> {
    pub name: &'a str,
    pub slug: &'a str,
    pub path: String,
    pub right: Option<&'a Drawing>,
    pub left: Option<&'a Drawing>,
    pub flaws: &'a [String],
}

impl<'a> Figured<'a> {
    pub fn exercise(exercise: &'a Exercise) -> Self {
        Self {
            name: &exercise.name,
            slug: &exercise.slug,
            path: exercise.desk_path(),
            right: exercise.drawing(Half::Right),
            left: exercise.drawing(Half::Left),
            flaws: exercise.drawings.as_ref().map(|drawings| drawings.flaws.as_slice()).unwrap_or_default(),
        }
    }

    pub fn test(test: &'a Test, library: &'a Library) -> Self {
        let drawing = |half: Half| test.drawing(half, |slug| library.get(slug));
        Self {
            name: &test.name,
            slug: &test.slug,
            path: format!("#{}", test.slug),
            right: drawing(Half::Right),
            left: drawing(Half::Left),
            flaws: test.drawings.as_ref().map(|drawings| drawings.flaws.as_slice()).unwrap_or_default(),
        }
    }
}

/// The form of an own exercise.
#[derive(Template)]
#[template(path = "exercises/desk/form.html")]
pub struct FormPage {
    pub page: Page,
    pub writing: Writing,
    /// The name of the exercise that is copied or changed; empty for a new one.
    pub name: String,
    /// The number of the writing that is changed.
    pub revision: Option<i32>,
    /// The photos and films there are to choose from.
    pub media: Vec<Medium>,
    /// Slugs and names of exercises whose positions can be taken.
    pub posed: Vec<(String, String)>,
    pub fields: Fields,
    pub errors: Errors,
}

impl FormPage {
    pub fn new(desk: &Desk, writing: Writing, base: &Exercise, media: Vec<Medium>, fields: Fields, errors: Errors) -> Self {
        let posed = desk.library.in_use().iter().filter(|exercise| exercise.start.is_some());
        Self {
            page: desk.page.clone(),
            media,
            writing,
            name: base.name.clone(),
            revision: base.own.as_ref().map(|own| own.revision),
            posed: posed.map(|exercise| (exercise.slug.clone(), exercise.name.clone())).collect(),
            fields,
            errors,
        }
    }

    /// Where the form is sent to.
    fn action(&self) -> String {
        match &self.writing {
            Writing::New => "/clinic/exercises".to_owned(),
            Writing::Copy(slug) => format!("/clinic/exercises/{slug}/copies"),
            Writing::Text(slug) => format!("/clinic/exercises/{slug}/text"),
        }
    }

    /// The page one came from.
    fn back(&self) -> String {
        match &self.writing {
            Writing::New => "/clinic/exercises".to_owned(),
            Writing::Copy(slug) | Writing::Text(slug) => format!("/clinic/exercises/{slug}"),
        }
    }

    fn heading(&self) -> String {
        match &self.writing {
            Writing::New => "New exercise".to_owned(),
            Writing::Copy(_) => format!("Copy of {}", self.name),
            Writing::Text(_) => format!("Change {}", self.name),
        }
    }

    fn known_things(&self) -> String {
        super::form::known_things()
    }

    fn has_medium(&self, medium: &Medium) -> bool {
        self.fields.is("media", &medium.id.to_string())
    }

    /// How many muscles and places are ticked.
    fn regions_chosen(&self) -> usize {
        Region::ALL.iter().filter(|region| self.fields.is("region", region.word())).count()
    }

    /// The muscles and places of an area.
    fn regions(&self, area: &Area) -> Vec<Region> {
        Region::ALL.iter().copied().filter(|region| region.area() == *area).collect()
    }

    /// The drawing as it would be, or what is wrong with it.
    fn preview(&self) -> (Option<String>, Vec<String>) {
        match super::form::preview(&self.fields) {
            Ok(figure) => {
                let address = format!("/clinic/exercises/figures/preview?{}", super::form::preview_query(&self.fields));
                (Some(address), figure.flaws())
            }
            Err(invalid) => (None, invalid.iter().map(|(_, words)| words.to_owned()).collect()),
        }
    }

    fn is_drawn(&self) -> bool {
        self.fields.is("drawn", "yes")
    }

    /// Whether the drawing is seen from here; from the side when nothing is said.
    fn is_seen(&self, view: &View) -> bool {
        *view == View::from_word(self.fields.get("view")).unwrap_or(View::Side)
    }
}

/// The address of an exercise at the desk.
impl Exercise {
    /// The address of its page for staff.
    #[must_use]
    pub fn desk_path(&self) -> String {
        format!("/clinic/exercises/{}", self.slug)
    }

    /// Its card in lists of staff.
    #[must_use]
    pub fn small_picture(&self) -> Option<(&Picture, &str)> {
        self.drawing(Half::of(self.side, None)).map(|drawing| (&drawing.card, drawing.words.as_str()))
    }

    /// What it works on, in the words of staff: "Iliopsoas, rectus femoris".
    #[must_use]
    pub fn muscles(&self) -> String {
        capitalised(&self.regions.iter().map(|region| Region::word(*region)).collect::<Vec<_>>().join(", "))
    }

    /// What one needs, as a line of its own: "Mat, cushion".
    #[must_use]
    pub fn things(&self) -> String {
        capitalised(&self.needs())
    }

    /// Its stage and gate for staff: "Early, gate B"; empty when neither is said.
    #[must_use]
    pub fn stage_and_gate(&self) -> String {
        let stage = self.stage.map(|stage| stage.label().to_owned());
        let gate = self.gate.map(|gate| format!("gate {}", gate.word()));
        stage.into_iter().chain(gate).collect::<Vec<_>>().join(", ")
    }

    /// The main thing it is good for, in words; empty when nothing is said.
    #[must_use]
    pub fn purpose_words(&self) -> &'static str {
        self.purpose().map_or("", Purpose::label)
    }
}

/// A dose with load and frequency as a line of its own.
fn dose_words(usual: &DoseChange) -> String {
    let load = if usual.load.is_empty() { String::new() } else { format!(", with {}", usual.load) };
    capitalised(&format!("{}{load}, {}", usual.dose.sentence(), usual.dose.frequency.words()))
}
