//! The rules that ask less of a patient, or the same again.

use chrono::TimeDelta;

use super::domain::{About, Proposal, Turn};
use super::dose;
use super::story::{Case, Draft, Told, days_in_words, proof, short};
use crate::exercises::Exercise;
use crate::exercises::dose::{Dose, Side};
use crate::ids::PrescriptionId;
use crate::plans::programmes::rulebook::Key;
use crate::plans::{Prescription, Slot, rules};
use crate::progress::Light;

/// Days a stop light, or the last red one, stays news.
const NEWS: i64 = 14;
const RED_NEWS: i64 = 7;

/// A warning sign or pain in the night since the plan last began to run.
pub fn pause(case: &Case<'_>) -> Option<Proposal> {
    let story = &case.story;
    let stop = story.days.iter().rev().find(|day| day.reading.light == Light::Stop)?;
    let (day, today) = (stop.reading.day, story.evidence.today);
    let answered_by_state = day + TimeDelta::days(1) < story.since.state;
    if answered_by_state || (today - day).num_days() > NEWS {
        return None;
    }
    Some(case.propose(Draft {
        about: About::Plan,
        name: "The plan".to_owned(),
        rule: Key::Stop,
        evidence: format!("{}: {}.", short(day), stop.reading.because),
        proof: proof([stop]),
        change: "The plan pauses. Today shows whom to call, and nothing to do, until staff resume it.".to_owned(),
        turn: Turn { pause: true, ..Turn::default() },
        rests_on: vec![day.to_string(), stop.reading.because.clone()],
    }))
}

/// All that takes back or holds, but the easy week.
pub fn all(case: &Case<'_>) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    found.extend(reds(case));
    found.extend(red(case));
    found.extend(gap(case));
    found.extend(ambers(case));
    found.extend(hold(case));
    found
}

/// The red days of the last week, newest first, when the newest of them was not answered by a version or a phase yet.
fn reds(case: &Case<'_>) -> Option<Proposal> {
    let (story, thresholds) = (&case.story, case.thresholds);
    let since = story.evidence.today - TimeDelta::days(i64::from(thresholds.reds_days));
    let reds: Vec<&Told<'_>> = story.trained().filter(|day| day.reading.light == Light::Red && day.reading.day > since).collect();
    let newest = reds.first().filter(|day| story.is_of_version(day))?;
    if reds.len() < usize::from(thresholds.reds) {
        return None;
    }
    let phases = &story.version.snapshot.phases;
    let place = phases.iter().position(|phase| phase.id == story.phase.id)?;
    let before = place.checked_sub(1).and_then(|place| phases.get(place));
    let (change, turn) = match before {
        Some(before) => {
            let words = format!("Back to the phase “{}”. It may be begun anew from today; look at it together.", before.name);
            (words, Turn { phase: Some(before.id), ..Turn::default() })
        }
        None => smaller(case, story.phase.slots.iter(), "There is no phase before this one: every dose shrinks. Look at it together.")?,
    };
    Some(case.propose(Draft {
        about: About::Phase(story.phase.id),
        name: story.phase.name.clone(),
        rule: Key::Reds,
        evidence: format!("{} red days within {} days: {}.", reds.len(), thresholds.reds_days, days_in_words(reds.iter().rev().copied())),
        proof: proof(reds.iter().copied()),
        change,
        turn,
        rests_on: case.marks([*newest]),
    }))
}

/// The last red day, until it is answered or enough green days followed.
fn red(case: &Case<'_>) -> Vec<Proposal> {
    let story = &case.story;
    let mut greens = 0;
    let mut found = None;
    for day in story.trained() {
        match day.reading.light {
            Light::Green => greens += 1,
            Light::Red => {
                found = Some(day);
                break;
            }
            _ => {}
        }
    }
    let recent = |day: &&Told<'_>| (story.evidence.today - day.reading.day).num_days() <= RED_NEWS;
    let unanswered = |day: &&Told<'_>| story.is_of_version(day) && greens < case.thresholds.greens;
    let Some(day) = found.filter(recent).filter(unanswered) else { return Vec::new() };
    let border = story.evidence.record.cut_offs_on(day.reading.day).amber_to;
    let hurt = that_hurt(case, day, border);
    let evidence = format!("{}: {}.", short(day.reading.day), day.reading.because);
    if hurt.is_empty() {
        let done = done_on(case, day);
        let words = "Back one level, and an extra rest day before the next session.";
        let Some((change, turn)) = smaller(case, done.into_iter(), words) else { return Vec::new() };
        return vec![of_phase(case, Key::Red, evidence, &[day], change, turn)];
    }
    let one = |slot: &Slot| {
        let (change, turn) = easier(case, slot)?;
        let about = About::Prescription(slot.id);
        let (name, proof, rests_on) = (slot.name.clone(), proof([day]), case.marks([day]));
        Some(case.propose(Draft { about, name, rule: Key::Red, evidence: evidence.clone(), proof, change, turn, rests_on }))
    };
    hurt.into_iter().filter_map(one).collect()
}

/// Amber again and again: less.
fn ambers(case: &Case<'_>) -> Option<Proposal> {
    let story = &case.story;
    let wanted = usize::from(case.thresholds.ambers);
    let last: Vec<&Told<'_>> = story.trained().take(wanted).collect();
    let amber = |day: &&Told<'_>| day.reading.light == Light::Amber;
    if last.len() < wanted || !last.iter().all(amber) || !last.first().is_some_and(|day| story.is_of_version(day)) {
        return None;
    }
    let day = last.first()?;
    let border = story.evidence.record.cut_offs_on(day.reading.day).green_to;
    let hurt = that_hurt(case, day, border);
    let concerned = if hurt.is_empty() { done_on(case, day) } else { hurt };
    let (from, to) = case.thresholds.less;
    let (change, turn) = smaller(case, concerned.into_iter(), &format!("{from} to {to} percent less."))?;
    let evidence = format!("Amber on {} days in a row: {}.", last.len(), days_in_words(last.iter().rev().copied()));
    Some(of_phase(case, Key::Ambers, evidence, &last, change, turn))
}

/// A hold light, or amber once: the same again.
fn hold(case: &Case<'_>) -> Option<Proposal> {
    let day = case.story.last().filter(|day| case.story.is_of_version(day))?;
    let (rule, change) = match day.reading.light {
        Light::Hold => (Key::Hold, "Nothing changes: the same session again, and nothing is added."),
        Light::Amber => (Key::Amber, "Nothing changes: the same again. After another amber day the doses shrink."),
        _ => return None,
    };
    let evidence = format!("{}: {}.", short(day.reading.day), day.reading.because);
    Some(of_phase(case, rule, evidence, &[day], change.to_owned(), Turn::default()))
}

/// Days without training: one step lower, or test again and begin the phase anew.
fn gap(case: &Case<'_>) -> Option<Proposal> {
    let (story, thresholds) = (&case.story, case.thresholds);
    let last = story.days.iter().rev().find(|day| !day.sessions.is_empty())?.reading.day;
    let from = last.max(story.since.version).max(story.since.state);
    let missed = (story.evidence.today - from).num_days();
    let (slots, today) = (&story.phase.slots, story.evidence.today);
    let range = |slot: &Slot| dose::range(case, slot);
    let (rule, change, turn) = if missed > i64::from(thresholds.retest_days) {
        let doses = slots.iter().filter_map(|slot| Some((slot, dose::lowest(&slot.dose, range(slot).as_ref())?)));
        let (change, turn) = with_doses("Test again first. The phase begins anew today, at its lowest doses.", doses);
        (Key::LongGap, change, Turn { phase: Some(story.phase.id), ..turn })
    } else if missed > i64::from(thresholds.restart_days) {
        let doses = slots.iter().filter_map(|slot| Some((slot, dose::lower(&slot.dose, range(slot).as_ref(), thresholds)?)));
        let (change, turn) = with_doses("Every dose one step lower.", doses);
        (Key::Gap, change, turn)
    } else {
        return None;
    };
    let evidence = format!("No session for {missed} days; the last one was on {}.", short(last));
    let (about, name) = (About::Phase(story.phase.id), story.phase.name.clone());
    let proof = vec![(last, "The last session".to_owned()), (today, format!("{missed} days later"))];
    let rests_on = vec![from.to_string(), story.version.version.to_string()];
    Some(case.propose(Draft { about, name, rule, evidence, proof, change, turn, rests_on }))
}

/// The easy week, when weeks were trained before it.
pub fn deload(case: &Case<'_>) -> Option<Proposal> {
    let (story, thresholds) = (&case.story, case.thresholds);
    let every = i64::from(thresholds.deload_every);
    let today = story.evidence.today;
    let week = (today - story.since.begun).num_days() / 7 + 1;
    if every == 0 || week % every != 0 || case.easy_since().is_some() {
        return None;
    }
    let start = story.since.begun + TimeDelta::weeks(week - 1);
    let weeks: Vec<Vec<&Told<'_>>> = (1..every)
        .map(|back| {
            let from = start - TimeDelta::weeks(back);
            story.trained().filter(|day| day.reading.day >= from && day.reading.day < from + TimeDelta::weeks(1)).collect()
        })
        .collect();
    if weeks.iter().any(Vec::is_empty) {
        return None;
    }
    let slots = &story.phase.slots;
    let doses: Vec<Dose> = slots.iter().map(|slot| slot.dose).collect();
    let easy = dose::easy(&doses, thresholds.deload_less);
    let fewer = slots.iter().zip(easy).filter(|(slot, sets)| *sets < slot.dose.sets);
    let doses: Vec<(&Slot, Dose)> = fewer.map(|(slot, sets)| (slot, Dose { sets, ..slot.dose })).collect();
    if doses.is_empty() {
        return None;
    }
    let all: u32 = slots.iter().map(|slot| u32::from(slot.dose.sets)).sum();
    let off: u32 = doses.iter().map(|(slot, dose)| u32::from(slot.dose.sets - dose.sets)).sum();
    let (change, turn) = with_doses(&format!("{off} of {all} rounds fewer for one week, {} percent.", off * 100 / all), doses.into_iter());
    let trained: usize = weeks.iter().map(Vec::len).sum();
    let evidence = format!("This is week {week} of the plan; the {} weeks before it had {trained} days of training.", weeks.len());
    let proof = proof(weeks.iter().filter_map(|week| week.first()).copied());
    let (about, name) = (About::Phase(story.phase.id), story.phase.name.clone());
    Some(case.propose(Draft { about, name, rule: Key::Deload, evidence, proof, change, turn, rests_on: vec![week.to_string()] }))
}

fn of_phase(case: &Case<'_>, rule: Key, evidence: String, days: &[&Told<'_>], change: String, turn: Turn) -> Proposal {
    let phase = case.story.phase;
    let (about, name) = (About::Phase(phase.id), phase.name.clone());
    let rests_on = case.marks(days.iter().copied());
    case.propose(Draft { about, name, rule, evidence, proof: proof(days.iter().copied()), change, turn, rests_on })
}

/// The exercises of the phase that were done on a day.
fn done_on<'a>(case: &Case<'a>, day: &Told<'_>) -> Vec<&'a Slot> {
    let phase = case.story.phase;
    phase.slots.iter().filter(|slot| day.sessions.iter().any(|session| session.done(slot.id) > 0)).collect()
}

/// The exercises that hurt above a border, where that was said of them, or where one alone was done.
fn that_hurt<'a>(case: &Case<'a>, day: &Told<'_>, border: i32) -> Vec<&'a Slot> {
    let pain = |slot: &&Slot| day.sessions.iter().filter_map(|session| session.pain_in(slot.id)).max();
    let said: Vec<&Slot> = case.story.phase.slots.iter().filter(|slot| pain(slot).is_some_and(|pain| pain > border)).collect();
    if !said.is_empty() {
        return said;
    }
    let only: Vec<PrescriptionId> = day.sessions.iter().flat_map(|session| session.prescriptions()).map(|(id, _)| id).collect();
    match done_on(case, day).as_slice() {
        [one] if only.iter().all(|id| *id == one.id) => vec![*one],
        _ => Vec::new(),
    }
}

/// Doses some percent smaller, with their words.
fn smaller<'s>(case: &Case<'_>, slots: impl Iterator<Item = &'s Slot>, begins: &str) -> Option<(String, Turn)> {
    let doses: Vec<(&Slot, Dose)> = slots.filter_map(|slot| Some((slot, dose::less(&slot.dose, case.thresholds.less)?))).collect();
    (!doses.is_empty()).then(|| with_doses(begins, doses.into_iter()))
}

/// The turn of many doses, with a line for each.
fn with_doses<'s>(begins: &str, doses: impl Iterator<Item = (&'s Slot, Dose)>) -> (String, Turn) {
    let mut words = vec![begins.to_owned()];
    let mut turn = Turn::default();
    for (slot, dose) in doses {
        words.push(format!("{}: {} instead of {}.", slot.name, dose.sentence(), slot.dose.sentence()));
        turn.doses.push((slot.id, dose, slot.load.clone()));
    }
    (words.join("\n"), turn)
}

/// The easier form of an exercise, or a smaller dose where there is none.
fn easier(case: &Case<'_>, slot: &Slot) -> Option<(String, Turn)> {
    let rest = "An extra rest day before the next session.";
    let now = case.rules.library.get(&slot.exercise);
    let easier = now.into_iter().flat_map(|exercise| &exercise.easier).find_map(|slug| fitting(case, slug));
    if let Some(easier) = easier {
        let other = beginning(slot, easier, None);
        let change = format!("{} instead of {}: {}.\n{rest}", easier.name, slot.name, other.dose.sentence());
        return Some((change, Turn { swap: Some((slot.id, other)), ..Turn::default() }));
    }
    smaller(case, std::iter::once(slot), rest)
}

/// An exercise the phase may have and does not have yet, against which no rule speaks.
pub fn fitting<'a>(case: &Case<'a>, slug: &str) -> Option<&'a Exercise> {
    let phase = case.story.phase;
    let exercise = case.rules.library.get(slug).filter(|exercise| !exercise.steps.is_empty())?;
    let known = phase.slots.iter().any(|slot| slot.exercise == slug);
    (!known && rules::findings(exercise, phase.stage, &case.story.evidence.standing).is_empty()).then_some(exercise)
}

/// An exercise in the place of another one: as often, on the same side where sides are told apart, with its lowest dose.
pub fn beginning(slot: &Slot, exercise: &Exercise, dose: Option<Dose>) -> Prescription {
    let begin = dose.unwrap_or_else(|| exercise.to_begin());
    let one_side = matches!(slot.dose.side, Side::Left | Side::Right) && begin.side == Side::Each;
    let side = if one_side { slot.dose.side } else { begin.side };
    Prescription {
        id: PrescriptionId(-1),
        exercise: exercise.slug.clone(),
        dose: Dose { side, frequency: slot.dose.frequency, ..begin },
        load: String::new(),
        note: String::new(),
        with_previous: slot.with_previous,
    }
}
