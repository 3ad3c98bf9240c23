//! What a physio looks for in the library: words and filters, as they stand in the address.

use super::super::{Area, Equipment, Exercise, Filter, Fit, Gate, Library, Origin, Posture, Purpose, Query, Stage, Words};
use super::store::Habits;
use crate::text::words;
use crate::web::Fields;

/// Exercises on one page of the list.
pub const ON_A_PAGE: usize = 96;

words! {
    /// Which part of the library is shown.
    Show {
        /// All of it.
        All = "all", "All exercises";
        /// What the person has marked.
        Favourites = "favourites", "My favourites";
        /// What has a usual dose of the person.
        Dosed = "dosed", "With my usual dose";
        /// What somebody of the clinic wrote.
        Own = "own", "Our own";
        /// What comes from public collections.
        Imported = "imported", "Imported";
        /// What was put away.
        Archived = "archived", "Archived";
    }
}

/// What is looked for. A value that means nothing is as good as none.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The words, as they were typed.
    pub words: String,
    /// The stage, what it must be good for, work on and need.
    pub filter: Filter,
    /// The gate it must have.
    pub gate: Option<Gate>,
    /// How the body must be held.
    pub posture: Option<Posture>,
    /// Which part of the library.
    pub show: Option<Show>,
    /// The page of the list, from 1.
    pub page: usize,
}

/// An exercise that was found.
#[derive(Clone, Copy)]
pub struct Hit<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// The words it is found by.
    pub words: &'a Words,
    /// Whether it is among the person's favourites.
    pub favourite: bool,
}

impl Wish {
    /// Reads the address.
    #[must_use]
    pub fn read(asked: &Fields) -> Self {
        Self {
            words: asked.get("q").trim().to_owned(),
            filter: Filter {
                stage: Stage::from_word(asked.get("stage")),
                purpose: Purpose::from_word(asked.get("purpose")),
                area: Area::from_word(asked.get("region")),
                equipment: Equipment::from_word(asked.get("equipment")),
            },
            gate: Gate::from_word(asked.get("gate")),
            posture: Posture::from_word(asked.get("position")),
            show: Show::from_word(asked.get("show")).filter(|show| *show != Show::All),
            page: asked.get("page").parse().unwrap_or(1).max(1),
        }
    }

    /// The address of another page of the same list.
    #[must_use]
    pub fn address(&self, page: usize) -> String {
        let query = Self { page, ..self.clone() }.query();
        if query.is_empty() { "/clinic/exercises".to_owned() } else { format!("/clinic/exercises?{query}") }
    }

    /// The wish as it stands in an address, without what is not asked for.
    #[must_use]
    pub fn query(&self) -> String {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let given = [
            ("q", self.words.as_str()),
            ("purpose", self.filter.purpose.map_or("", Purpose::word)),
            ("region", self.filter.area.map_or("", Area::word)),
            ("stage", self.filter.stage.map_or("", Stage::word)),
            ("gate", self.gate.map_or("", Gate::word)),
            ("equipment", self.filter.equipment.map_or("", Equipment::word)),
            ("position", self.posture.map_or("", Posture::word)),
            ("show", self.show.map_or("", Show::word)),
            ("page", &page),
        ];
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(given.iter().filter(|(_, value)| !value.is_empty())).finish()
    }

    /// Whether anything is asked for that is folded away on the page.
    #[must_use]
    pub fn is_special(&self) -> bool {
        self.filter.area.is_some() || self.gate.is_some() || self.filter.equipment.is_some() || self.posture.is_some()
    }

    /// Whether anything is asked for at all.
    #[must_use]
    pub fn is_given(&self) -> bool {
        !Self { page: 1, ..self.clone() }.query().is_empty()
    }

    /// Everything in the library that fits, best first, favourites before others that fit as well.
    #[must_use]
    pub fn find<'a>(&self, library: &'a Library, habits: &Habits) -> Vec<Hit<'a>> {
        let query = Query::read(&self.words);
        let put_away = self.show == Some(Show::Archived);
        let (in_use, archived) = (library.with_words().filter(|_| !put_away), library.archived_with_words().filter(|_| put_away));
        let mut found: Vec<(Fit, Hit)> = in_use
            .chain(archived)
            .filter(|(exercise, _)| self.takes(exercise, habits))
            .filter_map(|(exercise, words)| {
                let favourite = habits.favourites.contains(&exercise.slug);
                Some((words.fit(&query)?, Hit { exercise, words, favourite }))
            })
            .collect();
        // The sort is stable: what fits as well stays in the order of the library.
        found.sort_by_key(|(fit, hit)| (*fit, !hit.favourite));
        found.into_iter().map(|(_, hit)| hit).collect()
    }

    fn takes(&self, exercise: &Exercise, habits: &Habits) -> bool {
        self.filter.lets(exercise)
            && self.gate.is_none_or(|gate| exercise.gate == Some(gate))
            && self.posture.is_none_or(|posture| Posture::of(&exercise.position) == Some(posture))
            && match self.show {
                Some(Show::Favourites) => habits.favourites.contains(&exercise.slug),
                Some(Show::Dosed) => habits.doses.contains_key(&exercise.slug),
                Some(Show::Own) => exercise.origin == Origin::Clinic,
                Some(Show::Imported) => matches!(exercise.origin, Origin::Imported(_)),
                Some(Show::All | Show::Archived) | None => true,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(asked: &str, habits: &Habits) -> Vec<String> {
        let library = Library::load().unwrap();
        let wish = Wish::read(&Fields::decode(asked.as_bytes()));
        wish.find(&library, habits).into_iter().map(|hit| hit.exercise.slug.clone()).collect()
    }

    fn marked(slugs: &[&str]) -> Habits {
        Habits { favourites: slugs.iter().map(|slug| (*slug).to_owned()).collect(), ..Habits::default() }
    }

    #[test]
    fn favourites_stand_before_what_fits_as_well() {
        let habits = marked(&["step-up", "single-leg-bridge"]);
        assert_eq!(names("", &habits)[..2], ["single-leg-bridge", "step-up"]);
        assert_eq!(names("q=bri", &habits)[..2], ["bridge-march", "single-leg-bridge"], "a name that begins so is the better fit");
        assert_eq!(names("show=favourites&q=step", &habits), ["step-up"]);
        assert_eq!(names("show=dosed", &habits), Vec::<String>::new());
    }

    #[test]
    fn filters_narrow_together() {
        let habits = Habits::default();
        let all = names("show=all&stage=nonsense&page=x", &habits);
        assert!(all.len() > 60);
        let late = names("stage=late&purpose=running", &habits);
        assert!(late.contains(&"run-walk".to_owned()) && late.len() < 6, "{late:?}");
        assert!(names("equipment=wall", &habits).contains(&"calf-raise".to_owned()));
        assert!(names("position=hanging", &habits) == ["hanging-knee-raise"]);
        assert!(names("gate=D&stage=early", &habits).is_empty());
    }

    #[test]
    fn a_wish_stands_in_its_address() {
        let wish = Wish::read(&Fields::decode(b"q=+hip+bri&stage=mid&gate=B&show=favourites&position=back&equipment=mat&page=2"));
        assert_eq!(wish.query(), "q=hip+bri&stage=mid&gate=B&equipment=mat&position=back&show=favourites&page=2");
        assert_eq!(Wish::read(&Fields::default()).address(1), "/clinic/exercises");
        assert!(!Wish::read(&Fields::decode(b"show=all&page=7")).is_given() && wish.is_given() && wish.is_special());
    }
}
