//! What the pages of programmes show to staff.

mod put;

use askama::Template;

pub use self::put::{AboutPage, ChoosePage, PutPage};
use super::domain::{Item, Length, Often, Part, Phase, Probes, Programme, Step, Turn};
use super::{Own, Programmes, Wanted};
use crate::exercises::{Audience, Drawing, Half, Library};
use crate::markdown;
use crate::plans::Criterion;
use crate::text::capitalised;
use crate::web::{Html, Page};

/// `/clinic/programmes`.
#[derive(Template)]
#[template(path = "plans/programmes/list.html")]
pub struct ListPage<'a> {
    pub page: Page,
    pub wanted: Wanted,
    pub house: Vec<&'a Programme>,
    /// The clinic's own that who looks may use.
    pub own: Vec<Own>,
    /// Those of them that were put away.
    pub away: Vec<Own>,
}

impl ListPage<'_> {
    fn audiences(&self) -> &'static [Audience] {
        Audience::ALL
    }

    fn steps(&self) -> &'static [Step] {
        Step::ALL
    }
}

/// `/clinic/programmes/{slug}`: a programme of the house.
#[derive(Template)]
#[template(path = "plans/programmes/programme.html")]
pub struct ProgrammePage<'a> {
    pub page: Page,
    pub programme: &'a Programme,
    pub programmes: &'a Programmes,
    pub library: &'a Library,
}

/// An exercise of a programme, as it is read.
struct ItemView<'a> {
    item: &'a Item,
    name: &'a str,
    path: String,
    drawing: Option<&'a Drawing>,
    dose: String,
    often: Option<String>,
    then: Option<String>,
    or: Option<String>,
}

impl<'a> ProgrammePage<'a> {
    fn notes(&self) -> Html {
        markdown::strict(&self.programme.notes)
    }

    fn items(&self, phase: &'a Phase) -> Vec<ItemView<'a>> {
        phase.items.iter().map(|item| self.view(item, phase.often)).collect()
    }

    fn view(&self, item: &'a Item, phase: Option<Often>) -> ItemView<'a> {
        let exercise = self.library.get(&item.exercise);
        let other = |other: &Option<Box<Item>>| other.as_deref().map(|other| self.named(other));
        ItemView {
            item,
            name: exercise.map_or(item.exercise.as_str(), |exercise| exercise.name.as_str()),
            path: format!("/clinic/exercises/{}", item.exercise),
            drawing: exercise.and_then(|exercise| exercise.drawing(Half::Right)),
            dose: capitalised(&item.sentence()),
            often: item.frequency(phase),
            then: other(&item.then),
            or: other(&item.or),
        }
    }

    /// "Dead bug: 6 times; 2 rounds"
    fn named(&self, item: &Item) -> String {
        let name = self.library.get(&item.exercise).map_or(item.exercise.as_str(), |exercise| exercise.name.as_str());
        format!("{name}, {}", item.sentence())
    }

    /// The exercises of a week that belong to a part of it, in words.
    fn part(&self, phase: &Phase, part: Part) -> Vec<String> {
        let of_part = phase.items.iter().filter(|item| item.part == Some(part));
        of_part.map(|item| if item.note.is_empty() { self.named(item) } else { format!("{}. {}", self.named(item), item.note) }).collect()
    }

    fn speed(&self, phase: &Phase) -> Vec<String> {
        self.part(phase, Part::Speed)
    }

    fn hills(&self, phase: &Phase) -> Vec<String> {
        self.part(phase, Part::Hill)
    }

    /// What a probe consists of, in words.
    fn probe(&self, items: &[Item]) -> Vec<String> {
        items.iter().map(|item| self.named(item)).collect()
    }

    fn test_name(&self, slug: &'a str) -> &'a str {
        self.library.test(slug).map_or(slug, |test| test.name.as_str())
    }

    /// The name and the address of where a turn leads.
    fn leads(&self, turn: &Turn) -> Option<(String, String)> {
        let (programme, phase) = self.programmes.place(turn.to.as_deref()?)?;
        let name = phase.map_or_else(|| programme.name.clone(), |phase| format!("{}: {}", programme.name, phase.name));
        Some((name, format!("{}{}", programme.path(), phase.map(|phase| format!("#{}", phase.key)).unwrap_or_default())))
    }

    /// Whether these criteria are the readiness list, which stands once on the page.
    fn is_readiness(&self, criteria: &[Criterion]) -> bool {
        !criteria.is_empty() && criteria == self.programmes.ladder().readiness
    }

    fn asks_readiness(&self) -> bool {
        self.programme.phases.iter().any(|phase| self.is_readiness(&phase.entry) || self.is_readiness(&phase.exit))
    }

    fn has_ladder(&self) -> bool {
        self.programme.weekly || self.programme.phases.iter().any(|phase| phase.running.is_some())
    }

    /// "Levels R1 to R10 of the run–walk ladder, every other day"
    fn running(&self, phase: &Phase) -> Option<String> {
        let running = phase.running?;
        let levels = if running.from == running.to {
            format!("Level R{} of the run–walk ladder", running.from)
        } else {
            format!("Levels R{} to R{} of the run–walk ladder", running.from, running.to)
        };
        Some(running.often.map_or(levels.clone(), |often| format!("{levels}, {}", often.words())))
    }

    /// "3–4 times a week, 25 minutes"
    fn rhythm(&self, phase: &Phase) -> String {
        let often = phase.often.map(Often::words);
        let minutes = phase.minutes.map(|minutes| format!("about {minutes} minutes"));
        capitalised(&[often, minutes].into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    fn length(&self, phase: &Phase) -> Option<String> {
        phase.length.map(Length::words)
    }

    fn probes(&self, phase: &Phase) -> Option<&'static str> {
        phase.probes.map(Probes::label)
    }
}
