//! Whether what must be reached is reached. What nobody answered, measured or confirmed is not known, and never counts as reached.

use chrono::{NaiveDate, TimeDelta};

use super::domain::Evidence;
use super::story::{Story, Told, short};
use crate::diary::LoggedSide;
use crate::exercises::Unit;
use crate::patients::SoreSide;
use crate::plans::{Comparator, Criterion, Metric, Sides, Situation, Than};
use crate::progress::Light;

/// Days a newest answer counts, where a criterion does not say it.
const USUAL_WITHIN: u16 = 28;

/// How a criterion stands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// Reached, and what proves it.
    Yes(String),
    /// Not reached, and what is missing.
    No(String),
    /// Nobody knows, and what would tell.
    Unknown(String),
}

impl Met {
    /// What proves it, or what is missing.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Yes(words) | Self::No(words) | Self::Unknown(words) => words,
        }
    }

    /// Whether it is reached.
    #[must_use]
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(_))
    }
}

/// What must be reached to leave the phase a patient is in, and what the next phase asks before it begins, each with how it stands.
#[must_use]
pub fn to_reach(evidence: &Evidence) -> Vec<(Criterion, Met)> {
    let Some(story) = Story::of(evidence) else { return Vec::new() };
    let phases = &story.version.snapshot.phases;
    let next = phases.iter().position(|phase| phase.id == story.phase.id).and_then(|place| phases.get(place + 1));
    let entry = next.into_iter().flat_map(|next| &next.entry).filter(|criterion| !story.phase.exit.contains(criterion));
    story.phase.exit.iter().chain(entry).map(|criterion| (criterion.clone(), of(criterion, &story))).collect()
}

/// How a criterion stands. Nothing is known without a plan that runs.
#[must_use]
pub fn met(criterion: &Criterion, evidence: &Evidence) -> Met {
    match Story::of(evidence) {
        Some(story) => of(criterion, &story),
        None => Met::Unknown("no plan runs".to_owned()),
    }
}

/// Whether only a physio can say how a criterion stands: the diary does not ask for it, and no test measures it.
#[must_use]
pub fn confirmable(criterion: &Criterion) -> bool {
    let asks = match criterion.metric {
        Metric::Pain => !matches!(criterion.situation(), Some(Situation::Night | Situation::Running)),
        Metric::Walking | Metric::Confidence | Metric::Finished | Metric::Statement => true,
        _ => false,
    };
    asks || criterion.or.iter().any(confirmable)
}

/// With its alternatives: one is enough.
fn of(criterion: &Criterion, story: &Story<'_>) -> Met {
    let mut best = alone(criterion, story);
    for other in &criterion.or {
        if best.is_yes() {
            break;
        }
        match (of(other, story), &best) {
            (yes @ Met::Yes(_), _) => best = yes,
            (Met::Unknown(words), Met::No(_)) => best = Met::Unknown(words),
            _ => {}
        }
    }
    match best {
        Met::Unknown(_) if confirmable(criterion) => said(criterion, story).unwrap_or(best),
        best => best,
    }
}

/// What a physio said of it in this phase.
fn said(criterion: &Criterion, story: &Story<'_>) -> Option<Met> {
    let words = criterion.words();
    let of_phase = story.evidence.confirmed.iter().rev().filter(|known| known.phase == story.phase.id);
    let newest = of_phase.into_iter().find(|known| known.criterion == words && known.day >= story.since.phase)?;
    let told = format!("{} on {}", newest.by, short(newest.day));
    Some(if newest.holds { Met::Yes(format!("confirmed by {told}")) } else { Met::No(format!("not yet, said {told}")) })
}

fn alone(criterion: &Criterion, story: &Story<'_>) -> Met {
    match criterion.metric {
        Metric::Pain => pain(criterion, story),
        Metric::PainIn => pain_in(criterion, story),
        Metric::Greens => greens(criterion, story),
        Metric::GreenShare => green_share(criterion, story),
        Metric::Dose => dose(criterion, story),
        Metric::Test => test(criterion, story),
        Metric::Tested => tested(criterion, story),
        Metric::Running | Metric::Ladder => runs(criterion, story),
        Metric::Screening => screening(story),
        Metric::NotIrritable => match story.evidence.standing.irritable {
            Some(false) => Met::Yes("assessed as not irritable".to_owned()),
            Some(true) => Met::No("assessed as irritable".to_owned()),
            None => Met::Unknown("irritability has not been assessed".to_owned()),
        },
        Metric::Walking | Metric::Confidence | Metric::Finished | Metric::Statement => {
            Met::Unknown("the diary does not ask for it: confirm it when the patient says so".to_owned())
        }
    }
}

/// Whether a number reaches the value of a criterion.
fn reaches(criterion: &Criterion, number: i32) -> bool {
    let value = i32::from(criterion.value);
    match criterion.comparator {
        Comparator::AtLeast => number >= value,
        Comparator::AtMost => number <= value,
        Comparator::MoreThan => number > value,
    }
}

/// The first day that counts: as far back as the criterion says, and never before the phase began.
fn first_day(criterion: &Criterion, story: &Story<'_>) -> NaiveDate {
    let within = criterion.within.unwrap_or(USUAL_WITHIN);
    (story.evidence.today - TimeDelta::days(i64::from(within) - 1)).max(story.since.phase)
}

fn screening(story: &Story<'_>) -> Met {
    let standing = &story.evidence.standing;
    match (&standing.screened, standing.open.first()) {
        (_, Some(open)) => Met::No(format!("open: {}", open.in_words())),
        (Some(_), None) => Met::Yes("screened, and nothing is open".to_owned()),
        (None, None) => Met::Unknown("the screening questions have not been asked".to_owned()),
    }
}

/// Pain at night as the mornings tell it, and in runs; other situations the diary does not ask about.
fn pain(criterion: &Criterion, story: &Story<'_>) -> Met {
    match criterion.situation() {
        Some(Situation::Night) => night(criterion, story),
        Some(Situation::Running) => runs(criterion, story),
        _ => Met::Unknown("the diary does not ask for it: confirm it when the patient says so".to_owned()),
    }
}

fn night(criterion: &Criterion, story: &Story<'_>) -> Met {
    let from = first_day(criterion, story).max(story.evidence.today - TimeDelta::days(6));
    let answers = story.evidence.record.check_ins.iter().filter(|morning| morning.day >= from && morning.day <= story.evidence.today);
    let answers: Vec<(NaiveDate, bool)> = answers.filter_map(|morning| Some((morning.day, morning.night_pain?))).collect();
    let hurt = answers.iter().rev().find(|(_, hurt)| *hurt);
    match (hurt, answers.len()) {
        (Some((day, _)), _) => Met::No(format!("pain in the night before {}", short(*day))),
        (None, count) if count >= usize::from(criterion.times) => Met::Yes(format!("no pain in {count} nights asked about")),
        _ => Met::Unknown("no morning answered it in the last week".to_owned()),
    }
}

/// The newest days of a list, as many as a criterion asks for, each judged: all must be good, and nothing missing counts.
fn newest<'b, 'a: 'b>(
    criterion: &Criterion,
    days: impl Iterator<Item = &'b Told<'a>>,
    from: NaiveDate,
    judge: impl Fn(&Told<'a>) -> Met,
) -> Met {
    let wanted = usize::from(criterion.times);
    let last: Vec<&Told<'a>> = days.take_while(|day| day.reading.day >= from).take(wanted).collect();
    let mut words = Vec::new();
    for day in &last {
        let light = day.reading.light;
        let judged = match judge(day) {
            Met::Yes(_) if criterion.green && light == Light::Unknown => Met::Unknown("not known whether it was green".to_owned()),
            Met::Yes(_) if criterion.green && light != Light::Green => Met::No(light.label().to_lowercase()),
            other => other,
        };
        let when = short(day.reading.day);
        match judged {
            Met::Yes(found) => words.push(format!("{found} on {when}")),
            Met::No(found) => return Met::No(format!("{found} on {when}")),
            Met::Unknown(found) => return Met::Unknown(format!("{found} on {when}")),
        }
    }
    match words.len() {
        0 => Met::Unknown("nothing about it in the diary yet".to_owned()),
        count if count < wanted => Met::No(format!("{}: {count} of {wanted} times", words.join(", "))),
        _ => Met::Yes(words.join(", ")),
    }
}

/// The prescriptions of an exercise in any version of the plan.
fn of_exercise(story: &Story<'_>, slug: &str) -> Vec<crate::ids::PrescriptionId> {
    let versions = story.evidence.record.course.publications().iter().filter(|known| known.plan == story.version.plan);
    let slots = versions.flat_map(|version| &version.snapshot.phases).flat_map(|phase| &phase.slots);
    let mut ids: Vec<_> = slots.filter(|slot| slot.exercise == slug).map(|slot| slot.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn days_with<'b, 'a: 'b>(story: &'b Story<'a>, slug: &str) -> impl Iterator<Item = &'b Told<'a>> {
    let ids = of_exercise(story, slug);
    story.trained().filter(move |day| day.sessions.iter().any(|session| ids.iter().any(|id| session.says_of(*id))))
}

/// Pain in an exercise: what was said of it, else the most the session hurt, which it cannot have been above.
fn pain_in(criterion: &Criterion, story: &Story<'_>) -> Met {
    let ids = of_exercise(story, &criterion.of);
    let judge = |day: &Told<'_>| {
        let doing = day.sessions.iter().filter(|session| ids.iter().any(|id| session.done(*id) > 0));
        let mut worst: Option<i32> = None;
        for session in doing {
            let said = ids.iter().filter_map(|id| session.pain_in(*id)).max();
            let bound = session.feeling.during.filter(|_| criterion.comparator == Comparator::AtMost);
            match said.or(bound) {
                Some(pain) => worst = worst.max(Some(pain)),
                None => return Met::Unknown("pain was not answered".to_owned()),
            }
        }
        match worst {
            Some(pain) if reaches(criterion, pain) => Met::Yes(format!("{pain} of 10")),
            Some(pain) => Met::No(format!("{pain} of 10")),
            None => Met::Unknown("it was not done".to_owned()),
        }
    };
    newest(criterion, days_with(story, &criterion.of), first_day(criterion, story), judge)
}

/// Green days one after the other, up to now.
fn greens(criterion: &Criterion, story: &Story<'_>) -> Met {
    let from = first_day(criterion, story);
    let row: Vec<&Told<'_>> = story.trained().take_while(|day| day.reading.day >= from && day.reading.light == Light::Green).collect();
    let words = match row.len() {
        0 => "the last day was not green".to_owned(),
        1 => "1 green day".to_owned(),
        count => format!("{count} green days in a row"),
    };
    match i32::try_from(row.len()) {
        Ok(count) if reaches(criterion, count) => Met::Yes(words),
        _ => Met::No(words),
    }
}

/// The share of green days. The span must have passed in this phase, with training in each of its weeks; unknown days are not green.
fn green_share(criterion: &Criterion, story: &Story<'_>) -> Met {
    let within = i64::from(criterion.within.unwrap_or(14));
    let today = story.evidence.today;
    let from = today - TimeDelta::days(within);
    let days: Vec<&Told<'_>> = story.trained().filter(|day| day.reading.day >= from.max(story.since.phase)).collect();
    let green = days.iter().filter(|day| day.reading.light == Light::Green).count();
    let words = format!("{green} of {} days green in {within} days", days.len());
    let week = |back: i64| {
        let to = today - TimeDelta::weeks(back);
        days.iter().any(|day| day.reading.day <= to && day.reading.day > to - TimeDelta::weeks(1))
    };
    if story.since.phase > from {
        return Met::No(format!("the phase began on {}: too short ago", short(story.since.phase)));
    }
    if !(0..within / 7).all(week) {
        return Met::Unknown(format!("{words}, and a week without training"));
    }
    let percent = i32::try_from(green * 100 / days.len().max(1)).unwrap_or(0);
    if reaches(criterion, percent) { Met::Yes(words) } else { Met::No(words) }
}

/// A dose done: so many rounds of so much, held so long, on each side that is asked.
fn dose(criterion: &Criterion, story: &Story<'_>) -> Met {
    let (sets, least) = (criterion.sets.unwrap_or(1), i32::from(criterion.value));
    let judge = |day: &Told<'_>| {
        let most = |side: LoggedSide, id, session: &crate::diary::Session| {
            let rounds = session.sets.iter().filter(|set| set.prescription == id && set.side == side && set.done);
            let enough = rounds.filter(|set| {
                let asked = story.slot_in(set.version, id).map(|slot| slot.dose);
                let amount = set.actual.amount.or(asked.map(|dose| i32::from(dose.amount)));
                let hold = set.actual.hold.or(asked.and_then(|dose| dose.hold).map(i32::from));
                let held = criterion.hold.is_none_or(|least| hold.is_some_and(|hold| hold >= i32::from(least)));
                amount.is_some_and(|amount| amount >= least) && held
            });
            enough.count()
        };
        let mut best = 0;
        for session in &day.sessions {
            for (id, version) in session.prescriptions() {
                let Some(slot) = story.slot_in(version, id).filter(|slot| slot.exercise == criterion.of) else { continue };
                let sides = LoggedSide::of(slot.dose.side).iter().map(|side| most(*side, id, session));
                best = best.max(sides.min().unwrap_or(0));
            }
        }
        let words = format!("{best} of {sets} rounds");
        if best >= usize::from(sets) { Met::Yes(words) } else { Met::No(words) }
    };
    newest(criterion, days_with(story, &criterion.of), first_day(criterion, story), judge)
}

/// Runs: minutes in one go, the level of the ladder, or how much they hurt.
fn runs(criterion: &Criterion, story: &Story<'_>) -> Met {
    let with_run = story.trained().filter(|day| day.sessions.iter().any(|session| session.run.is_some()));
    let judge = |day: &Told<'_>| {
        let runs = day.sessions.iter().filter_map(|session| Some((session, session.run.as_ref()?)));
        let found = match criterion.metric {
            Metric::Running => runs.filter_map(|(_, run)| run.longest).max().map(|seconds| seconds / 60),
            Metric::Ladder => runs.filter_map(|(_, run)| run.level).max(),
            _ => runs
                .map(|(session, _)| session.worst().map(|(pain, _)| pain))
                .collect::<Option<Vec<i32>>>()
                .and_then(|all| all.into_iter().max()),
        };
        let words = |number: i32| match criterion.metric {
            Metric::Running => format!("{number} minutes in one go"),
            Metric::Ladder => format!("level R{number}"),
            _ => format!("{number} of 10"),
        };
        match found {
            Some(number) if reaches(criterion, number) => Met::Yes(words(number)),
            Some(number) => Met::No(words(number)),
            None => Met::Unknown("the run does not say it".to_owned()),
        }
    };
    newest(criterion, with_run, first_day(criterion, story), judge)
}

/// A test that was done again in this phase, or on the day of the plan that is asked for.
fn tested(criterion: &Criterion, story: &Story<'_>) -> Met {
    let asked = story.since.begun + TimeDelta::days(i64::from(criterion.value.max(1)) - 1);
    let from = if criterion.value == 0 { story.since.phase } else { asked };
    let done = story.evidence.measured.iter().rev().find(|found| found.test == criterion.of && found.day >= from);
    match done {
        Some(found) => Met::Yes(format!("done on {}", short(found.day))),
        None => Met::No(format!("not done since {}", short(from))),
    }
}

/// The number of a test.
fn test(criterion: &Criterion, story: &Story<'_>) -> Met {
    let of_measure = |side: LoggedSide| {
        let same = move |found: &&crate::diary::measurements::Measured| {
            found.test == criterion.of && found.measure == criterion.measure && found.side == side
        };
        story.evidence.measured.iter().filter(same).map(|found| (found.day, found.value)).collect::<Vec<_>>()
    };
    let unit = Unit::from_word(&criterion.unit).map_or("", |unit| if unit == Unit::YesNo { "" } else { unit.label() });
    let (left, right, both) = (of_measure(LoggedSide::Left), of_measure(LoggedSide::Right), of_measure(LoggedSide::Both));
    let missing = || Met::Unknown("not measured yet".to_owned());
    let sore = story.evidence.sore;
    let judge = |name: &str, values: &[(NaiveDate, i32)]| match values.last() {
        Some((day, value)) => {
            let words = format!("{name}{value} {unit} on {}", short(*day)).replace("  ", " ");
            if reaches(criterion, *value) { Met::Yes(words) } else { Met::No(words) }
        }
        None => missing(),
    };
    match (criterion.than, criterion.sides) {
        (Some(Than::BetweenSides), _) => match (left.last(), right.last()) {
            (Some((_, left)), Some((day, right))) => {
                let apart = (left - right).abs();
                let words = format!("{apart} {unit} apart on {}", short(*day));
                if apart <= i32::from(criterion.value) { Met::Yes(words) } else { Met::No(words) }
            }
            _ => missing(),
        },
        (Some(Than::OtherSide), _) => {
            let (sore, other) = match sore {
                Some(SoreSide::Left) => (&left, &right),
                Some(SoreSide::Right) => (&right, &left),
                _ => return Met::Unknown("no one side is the sore one".to_owned()),
            };
            match (sore.last(), other.last()) {
                (Some((day, sore)), Some((_, other))) if *other > 0 => {
                    let percent = sore * 100 / other;
                    let words = format!("{sore} to {other} {unit}, {percent} percent, on {}", short(*day));
                    if reaches(criterion, percent) { Met::Yes(words) } else { Met::No(words) }
                }
                _ => missing(),
            }
        }
        (Some(Than::Start), _) => {
            let series = match sore {
                Some(SoreSide::Left) if !left.is_empty() => &left,
                Some(SoreSide::Right) if !right.is_empty() => &right,
                _ if !both.is_empty() => &both,
                _ => return missing(),
            };
            better(criterion, unit, series)
        }
        (None, Some(Sides::Each)) => {
            let sides = [("left ", &left), ("right ", &right)].map(|(name, values)| judge(name, values));
            all_of(sides)
        }
        (None, Some(Sides::Sore)) => match sore {
            Some(SoreSide::Left) => judge("left ", &left),
            Some(SoreSide::Right) => judge("right ", &right),
            _ => all_of([("left ", &left), ("right ", &right)].map(|(name, values)| judge(name, values))),
        },
        (None, None) => {
            let newest = [&both, &left, &right].into_iter().filter(|values| !values.is_empty()).collect::<Vec<_>>();
            match newest.as_slice() {
                [] => missing(),
                some => some.iter().map(|values| judge("", values)).reduce(worse).unwrap_or_else(missing),
            }
        }
    }
}

/// How much better than at the start. A thigh that hangs lower and a feeling that is weaker are better; of everything else more is.
fn better(criterion: &Criterion, unit: &str, series: &[(NaiveDate, i32)]) -> Met {
    let ([first, ..], [.., last]) = (series, series) else { return Met::Unknown("not measured yet".to_owned()) };
    if first.0 == last.0 {
        return Met::Unknown("measured once: there is nothing to compare".to_owned());
    }
    let less_is_better = matches!(Unit::from_word(&criterion.unit), Some(Unit::Degrees | Unit::ZeroToTen));
    let gain = if less_is_better { first.1 - last.1 } else { last.1 - first.1 };
    let words = format!("{} {unit} at the start, {} on {}", first.1, last.1, short(last.0));
    if gain >= i32::from(criterion.value) { Met::Yes(words) } else { Met::No(words) }
}

/// All of them together: what is not reached comes before what is not known.
fn all_of(all: [Met; 2]) -> Met {
    let [one, other] = all;
    worse(one, other)
}

fn worse(one: Met, other: Met) -> Met {
    match (one, other) {
        (Met::No(words), _) | (_, Met::No(words)) => Met::No(words),
        (Met::Unknown(words), _) | (_, Met::Unknown(words)) => Met::Unknown(words),
        (Met::Yes(one), Met::Yes(other)) => Met::Yes(format!("{one}, {other}")),
    }
}
