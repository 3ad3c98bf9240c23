//! The file of a programme: `articles/programmes/*.md`, read and checked.
//!
//! Front matter in TOML between two lines of `+++`, then notes for staff in plain Markdown. Every key stands but those marked *may*.
//!
//! | key | meaning |
//! |---|---|
//! | `name`, `slug`, `number`, `summary` | as in an exercise: its name, the name of its file, its place in lists, one sentence |
//! | `who`, `for` | for whom it is, in a sentence; to filter by |
//! | `weeks` | may: how many, a number or a span `[6, 12]` |
//! | `weekly` | may: `true` when its phases are weeks and read as a table |
//! | `stiffness_route` | may: why mobility of gate C may begin in the early stage |
//! | `basis` | what it rests on |
//! | `[[exercises]]` | may: exercises that all its phases begin with |
//! | `[experiment]` | may: test, do one thing, test again; with `[[experiment.probes]]` |
//! | `[[phases]]` | `key`, `name`, `stage`, `purpose`; may: `only_if`, `weeks` or `days`, `warm_up`, `also`, `often`, `minutes`, `entry`, `exit`, `running`, `probes`, `tests` with `tests_when`, `new`, `same_as` |
//! | `[[phases.exercises]]` | `exercise`; may: `sets`, `work`, `amount`, `hold`, `rest` in place of the library's, `side` (a side, or `sore`), `often`, `part`, `optional`, `load`, `note`, `then` (what comes next), `or` (what may be given instead) |
//! | `[[turns]]` | may: `when` this happens, one `does` that; may: `levels` down, `to` a programme or a phase of it |
//! | `[rules]` | may: thresholds of proposals in place of the usual ones of `rules.toml` |
//! | `[[references]]` | may: as in an exercise |
//!
//! `often` is `{ times = 3, per = "week" }`, `{ on = "mon tue" }` or `"other-day"`; `entry` and `exit` are lists of criteria
//! ([`Criterion`]), or `"readiness"` for the readiness list of the ladder.

mod keys;

use self::keys::{Criteria, Front, ItemFront, PhaseFront};
use super::domain::{Experiment, Item, Length, Phase, Probe, Programme, Turn, Whose};
use super::rulebook::Rulebook;
use crate::exercises::dose::{Side, Work};
use crate::exercises::{Exercise, Library, Reference};
use crate::markdown::{Document, Flaw};
use crate::plans::Criterion;

/// Reads one file; `stem` is its name without the ending. What names another programme is checked when all are read.
pub(super) fn read(stem: &str, file: &str, library: &Library, readiness: &[Criterion], rulebook: &Rulebook) -> Result<Programme, Flaw> {
    let document = Document::part(file)?;
    let front: Front = document.front()?;
    let reader = Reader { file, library, readiness };
    if front.slug != stem {
        return Err(Flaw::new(document.line_of("slug"), format!("the slug is the name of the file, \"{stem}\"")));
    }
    let texts = [("name", &front.name), ("summary", &front.summary), ("who", &front.who), ("basis", &front.basis)];
    if let Some((key, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(Flaw::new(document.line_of(key), format!("{key} is empty; write it in words")));
    }
    if front.phases.is_empty() {
        return Err(Flaw::new(2, "a programme has at least one phase: write [[phases]]"));
    }
    if let Some((reference, reason)) = front.references.iter().find_map(|one| Reference::flaw(one).map(|reason| (one, reason))) {
        return Err(Flaw::new(document.line_of_value("key", &reference.key), reason));
    }
    let rules = rulebook.with(&front.rules).map_err(|(key, reason)| Flaw::new(document.line_of(&key), reason))?;
    let shared = front.exercises.into_iter().map(|item| reader.item(item, "exercises")).collect::<Result<Vec<_>, _>>()?;
    let experiment = front.experiment.map(|experiment| reader.experiment(experiment)).transpose()?;
    let mut phases: Vec<Phase> = Vec::with_capacity(front.phases.len());
    for phase in front.phases {
        if phases.iter().any(|other| other.key == phase.key) {
            return Err(Flaw::new(reader.line("", &phase.key), format!("two phases are called \"{}\"", phase.key)));
        }
        phases.push(reader.phase(phase, &shared, experiment.is_some())?);
    }
    let turn = |turn: keys::TurnFront| Turn { when: turn.when, does: turn.does, levels: turn.levels, to: turn.to };
    Ok(Programme {
        number: front.number,
        slug: front.slug,
        name: front.name,
        summary: front.summary,
        who: front.who,
        audiences: front.audiences,
        weeks: front.weeks.map(|weeks| weeks.0),
        weekly: front.weekly,
        stiffness_route: front.stiffness_route,
        basis: front.basis,
        phases,
        experiment,
        turns: front.turns.into_iter().map(turn).collect(),
        rules,
        notes: document.text.trim().to_owned(),
        references: front.references,
    })
}

struct Reader<'a> {
    file: &'a str,
    library: &'a Library,
    readiness: &'a [Criterion],
}

impl Reader<'_> {
    /// The line in quotes that says `word`, the first one below the phase or probe called `key`.
    fn line(&self, key: &str, word: &str) -> usize {
        let lines: Vec<&str> = self.file.lines().collect();
        let begin = lines.iter().position(|line| *line == format!("key = \"{key}\"")).unwrap_or(0);
        let quoted = format!("\"{word}\"");
        let found = lines.iter().skip(begin).position(|line| line.contains(&quoted)).unwrap_or(0);
        1 + begin + found
    }

    fn phase(&self, front: PhaseFront, shared: &[Item], has_experiment: bool) -> Result<Phase, Flaw> {
        let key = front.key;
        let flaw = |reason: &str| Err(Flaw::new(self.line(&key, &key), format!("the phase {key}: {reason}")));
        if key.is_empty() || !key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return flaw("a key has small letters, digits and hyphens only");
        }
        if front.name.trim().is_empty() || front.purpose.trim().is_empty() {
            return flaw("name and purpose are written in words");
        }
        let length = match (front.weeks, front.days) {
            (Some(weeks), None) => Some(Length::Weeks(weeks.0)),
            (None, Some(days)) => Some(Length::Days(days.0)),
            (None, None) => None,
            _ => return flaw("write weeks or days, not both"),
        };
        if front.probes.is_some() && !has_experiment {
            return flaw("probes belong to an [experiment]");
        }
        let items = front.exercises.into_iter().map(|item| self.item(item, &key)).collect::<Result<Vec<_>, _>>()?;
        let items: Vec<Item> = shared.iter().cloned().chain(items).collect();
        if items.is_empty() && front.same_as.is_none() && front.probes.is_none() {
            return flaw("write [[phases.exercises]], or the programme that lends its exercises in same_as, or probes");
        }
        if let Some(test) = front.tests.iter().find(|slug| self.library.test(slug).is_none()) {
            return Err(Flaw::new(self.line(&key, test), format!("there is no test \"{test}\"")));
        }
        Ok(Phase {
            entry: self.criteria(front.entry, &key)?,
            exit: self.criteria(front.exit, &key)?,
            running: front.running.map(keys::RunningFront::running),
            name: front.name,
            step: front.stage,
            only_if: front.only_if,
            length,
            purpose: front.purpose,
            warm_up: front.warm_up,
            also: front.also,
            often: front.often.map(|often| often.0),
            minutes: front.minutes.map(|minutes| minutes.0),
            probes: front.probes,
            tests: (front.tests, front.tests_when),
            new: front.new,
            same_as: front.same_as,
            items,
            key,
        })
    }

    fn criteria(&self, criteria: Criteria, key: &str) -> Result<Vec<Criterion>, Flaw> {
        match criteria {
            Criteria::Readiness => Ok(self.readiness.to_vec()),
            Criteria::List(list) => {
                let known = |criterion: Criterion| {
                    let word = if criterion.of.is_empty() { criterion.metric.word().to_owned() } else { criterion.of.clone() };
                    criterion.known(self.library).map_err(|reason| Flaw::new(self.line(key, &word), reason))
                };
                list.into_iter().map(known).collect()
            }
        }
    }

    fn experiment(&self, front: keys::ExperimentFront) -> Result<Experiment, Flaw> {
        let probe = |probe: keys::ProbeFront| {
            let items = probe.exercises.into_iter().map(|item| self.item(item, &probe.key)).collect::<Result<Vec<_>, _>>()?;
            Ok(Probe { key: probe.key, name: probe.name, items })
        };
        let probes = front.probes.into_iter().map(probe).collect::<Result<Vec<_>, Flaw>>()?;
        let experiment = Experiment {
            test: front.test,
            measure: front.measure,
            counts: front.counts,
            feeling: front.feeling,
            feeling_counts: front.feeling_counts,
            minutes: front.minutes,
            warm_up: front.warm_up,
            again_within: front.again_within,
            usual_pair: front.usual_pair,
            probes,
        };
        let Some(test) = self.library.test(&experiment.test) else {
            return Err(Flaw::new(self.line("", &experiment.test), format!("there is no test \"{}\"", experiment.test)));
        };
        for key in [&experiment.measure, &experiment.feeling] {
            if !test.measures.iter().any(|measure| measure.key == *key) {
                return Err(Flaw::new(self.line("", key), format!("the test {} has no measure \"{key}\"", test.slug)));
            }
        }
        match experiment.usual_pair.iter().find(|key| experiment.probe(key).is_none()) {
            Some(key) => Err(Flaw::new(self.line("", key), format!("there is no probe \"{key}\""))),
            None => Ok(experiment),
        }
    }

    fn item(&self, front: ItemFront, below: &str) -> Result<Item, Flaw> {
        let line = self.line(below, &front.exercise);
        let Some(exercise) = self.library.get(&front.exercise) else {
            return Err(Flaw::new(line, format!("there is no exercise \"{}\"", front.exercise)));
        };
        let next = |next: Option<ItemFront>| next.map(|next| self.item(next, below).map(Box::new)).transpose();
        let (then, or) = (next(front.then.map(|next| *next))?, next(front.or.map(|next| *next))?);
        let dose =
            dose(exercise, front.sets, front.work, front.amount, front.hold, front.rest).map_err(|reason| Flaw::new(line, reason))?;
        let goes_on = matches!(dose.work, Work::Distance | Work::Time);
        let item = Item {
            dose,
            side: match front.side.as_deref() {
                // Whoever goes on for metres or seconds changes sides without being told.
                None if exercise.side == Side::Alternating && goes_on => Whose::Side(Side::Together),
                None => Whose::Side(exercise.side),
                Some("sore") => Whose::Sore,
                Some(word) => {
                    Whose::Side(Side::from_word(word).ok_or_else(|| Flaw::new(line, format!("\"{word}\" is no side; there is sore, too")))?)
                }
            },
            exercise: front.exercise,
            often: front.often.map(|often| often.0),
            part: front.part,
            optional: front.optional,
            load: front.load,
            note: front.note,
            then,
            or,
        };
        let begin = item.to_begin(None, Side::Each);
        let (low, high) = (begin.check(), super::highest(&item).check());
        match low.and(high) {
            Ok(_) => Ok(item),
            Err(invalid) => Err(Flaw::new(line, format!("the dose of {} is out of bounds: {invalid}", item.exercise))),
        }
    }
}

/// The dose of the library with what the file says in its place.
fn dose(
    exercise: &Exercise,
    sets: Option<keys::Number>,
    work: Option<Work>,
    amount: Option<keys::Number>,
    hold: Option<keys::Number>,
    rest: Option<keys::Number>,
) -> Result<crate::exercises::dose::Recommended, String> {
    let Some(mut dose) = exercise.recommended.clone() else {
        return Err(format!("the library has no dose for \"{}\" to begin with", exercise.slug));
    };
    if let Some(work) = work.filter(|work| *work != dose.work) {
        if amount.is_none() {
            return Err("another work needs its own amount".to_owned());
        }
        (dose.work, dose.hold) = (work, None);
        dose.tempo.clear();
    }
    if let Some(sets) = sets {
        dose.sets = sets.0;
    }
    if let Some(amount) = amount {
        dose.amount = amount.0;
    }
    if let Some(hold) = hold {
        dose.hold = Some(hold.0);
    }
    if let Some(rest) = rest {
        dose.rest = Some(rest.0);
    }
    Ok(dose)
}
