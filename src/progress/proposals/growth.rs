//! The rules that ask more of a patient: one thing at a time, and only on green.

use super::caution::{beginning, fitting};
use super::criteria::{Met, to_reach};
use super::domain::{About, Proposal, Turn};
use super::dose;
use super::story::{Case, Draft, Told, days_in_words, proof};
use crate::exercises::Purpose;
use crate::exercises::dose::Side;
use crate::plans::programmes::rulebook::Key;
use crate::plans::{Slot, SnapshotPhase};
use crate::progress::Light;

/// All that asks more.
pub fn all(case: &Case<'_>) -> Vec<Proposal> {
    if let Some(back) = deload_over(case) {
        return vec![back];
    }
    let mut found: Vec<Proposal> = case.story.phase.slots.iter().filter_map(|slot| step(case, slot)).collect();
    found.extend(next_phase(case));
    found
}

/// The easy week is over: back to the rounds of the version before it.
fn deload_over(case: &Case<'_>) -> Option<Proposal> {
    let story = &case.story;
    let since = case.easy_since()?;
    let before = |slot: &Slot| story.slot_in(story.version.version - 1, slot.id).filter(|then| then.exercise == slot.exercise);
    let mut turn = Turn::default();
    let mut words = vec!["The rounds of before the easy week.".to_owned()];
    for slot in &story.phase.slots {
        let Some(then) = before(slot).filter(|then| then.dose.sets > slot.dose.sets) else { continue };
        let dose = crate::exercises::dose::Dose { sets: then.dose.sets, ..slot.dose };
        words.push(format!("{}: {} instead of {}.", slot.name, dose.sentence(), slot.dose.sentence()));
        turn.doses.push((slot.id, dose, slot.load.clone()));
    }
    if turn.doses.is_empty() {
        return None;
    }
    let last = story.last()?;
    Some(case.propose(Draft {
        about: About::Phase(story.phase.id),
        name: story.phase.name.clone(),
        rule: Key::DeloadOver,
        evidence: format!("The easy week began on {}, and the last day was green.", super::story::short(since)),
        proof: proof([last]),
        change: words.join("\n"),
        turn,
        rests_on: vec![since.to_string(), story.version.version.to_string()],
    }))
}

/// The newest days with an exercise, when all of them were green with every round done, and no break lies between them after which it
/// would have begun one step lower.
fn greens<'b, 'a>(case: &'b Case<'a>, slot: &Slot) -> Option<Vec<&'b Told<'a>>> {
    let wanted = usize::from(case.thresholds.greens);
    let last: Vec<&Told<'a>> = case.story.with(slot.id).take(wanted).collect();
    let good = |day: &&Told<'a>| day.reading.light == Light::Green && case.story.is_complete(day, slot);
    let most = i64::from(case.thresholds.restart_days);
    let in_a_row = last.windows(2).all(|pair| (pair[0].reading.day - pair[1].reading.day).num_days() <= most);
    (last.len() == wanted && in_a_row && last.iter().all(good)).then_some(last)
}

/// One step of one exercise: amount, hold, rounds, load, or the harder form.
fn step(case: &Case<'_>, slot: &Slot) -> Option<Proposal> {
    let exercise = case.rules.library.get(&slot.exercise)?;
    // Running grows by its ladder alone.
    if exercise.purposes.contains(&Purpose::Running) {
        return None;
    }
    let days = greens(case, slot)?;
    let range = dose::range(case, slot)?;
    let load = dose::next_load(&slot.load, Some(exercise), case.thresholds);
    let same = |dose| Turn { doses: vec![(slot.id, dose, slot.load.clone())], ..Turn::default() };
    let from_to = |now: String, then: String| format!("{}: {now} instead of {then}.", slot.name);
    let (rule, change, turn) = if let Some(dose) = dose::more(&slot.dose, &range, case.thresholds, load.is_some()) {
        (Key::Step, from_to(dose.sentence(), slot.dose.sentence()), same(dose))
    } else if let Some(load) = load {
        let dose = dose::at_the_bottom(&slot.dose, &range);
        let with = |sentence: String, load: &str| if load.is_empty() { sentence } else { format!("{sentence}, with {load}") };
        let change = from_to(with(dose.sentence(), &load), with(slot.dose.sentence(), &slot.load));
        (Key::Load, change, Turn { doses: vec![(slot.id, dose, load)], ..Turn::default() })
    } else {
        let (change, turn) = harder(case, slot)?;
        (Key::Harder, change, turn)
    };
    let evidence = format!("{} green days with every round done: {}.", days.len(), days_in_words(days.iter().rev().copied()));
    let (about, name, proof) = (About::Prescription(slot.id), slot.name.clone(), proof(days.iter().copied()));
    let mut rests_on = case.marks(days.iter().copied());
    rests_on.push(change.clone());
    Some(case.propose(Draft { about, name, rule, evidence, proof, change, turn, rests_on }))
}

/// The harder form: what the programme says comes next, else the first of the library that fits.
fn harder(case: &Case<'_>, slot: &Slot) -> Option<(String, Turn)> {
    let of_programme = case.rules.programmes.place(&case.story.phase.programme).and_then(|(_, phase)| dose::item(phase?, &slot.exercise));
    let then = of_programme.and_then(|item| item.then.as_deref());
    let planned = then.and_then(|item| Some((fitting(case, &item.exercise)?, Some(item.to_begin(None, Side::Each)), item.load.clone())));
    let (exercise, begin, load) = planned.or_else(|| {
        let next = case.rules.library.get(&slot.exercise)?.harder.iter().find_map(|slug| fitting(case, slug))?;
        Some((next, None, String::new()))
    })?;
    let mut other = beginning(slot, exercise, begin);
    other.load = load;
    let change = format!("{} instead of {}: {}.", exercise.name, slot.name, other.dose.sentence());
    Some((change, Turn { swap: Some((slot.id, other)), ..Turn::default() }))
}

/// On to the next phase when everything is reached: what the phase asks for, and what the next one asks before it begins.
fn next_phase(case: &Case<'_>) -> Option<Proposal> {
    let story = &case.story;
    let phases = &story.version.snapshot.phases;
    let place = phases.iter().position(|phase| phase.id == story.phase.id)?;
    let next: &SnapshotPhase = phases.get(place + 1)?;
    let reached = to_reach(story.evidence);
    if story.phase.exit.is_empty() || !reached.iter().all(|(_, met)| matches!(met, Met::Yes(_))) {
        return None;
    }
    let today = story.evidence.today;
    let words: Vec<String> = reached.iter().map(|(criterion, met)| format!("{}: {}", criterion.words(), met.words())).collect();
    let evidence = match words.len() {
        1 => "The one thing that must be reached is reached.".to_owned(),
        count => format!("All {count} things that must be reached are reached."),
    };
    Some(case.propose(Draft {
        about: About::Phase(story.phase.id),
        name: story.phase.name.clone(),
        rule: Key::NextPhase,
        evidence,
        proof: words.iter().map(|words| (today, words.clone())).collect(),
        change: format!("On to the phase “{}”: {}.", next.name, next.in_words()),
        turn: Turn { phase: Some(next.id), ..Turn::default() },
        rests_on: words,
    }))
}
