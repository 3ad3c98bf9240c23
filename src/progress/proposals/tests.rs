//! The rules, one by one, and what holds of all of them.

use std::sync::{Arc, LazyLock};

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::diary::{Actual, CheckIn, ExerciseNote, Feeling, LoggedSide, Record, Session, SetLog, Stiffness};
use crate::exercises::Library;
use crate::exercises::dose::Dose;
use crate::ids::{PhaseId, PlanId, PrescriptionId, SessionId};
use crate::patients::Standing;
use crate::plans::courses::{course, noon, status, version};
use crate::plans::programmes::Programmes;
use crate::plans::{Criterion, Metric, Publication, Slot, State, clamshell, dose};

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let library = Library::load().unwrap();
    let programmes = Programmes::load(&library).unwrap();
    Rules { programmes: Arc::new(programmes), library: Arc::new(library) }
});

fn on(day: u32) -> NaiveDate {
    noon(day).date()
}

/// A clamshell (12 to 15 times, 2 to 3 rounds) and a band hip flexion, in the first of two phases.
fn slots(amount: u16) -> Vec<Slot> {
    let band = Slot {
        exercise: "band-hip-flexion-bent-knee".to_owned(),
        name: "Band hip flexion".to_owned(),
        load: "a light band".to_owned(),
        ..clamshell(2, dose(2, 12))
    };
    vec![clamshell(1, dose(2, amount)), band]
}

fn plan(amount: u16) -> Vec<Publication> {
    vec![version(1, 1, 2, &[(1, slots(amount)), (2, vec![clamshell(3, dose(3, 15))])])]
}

/// One day: what was done, how it felt, and the next morning.
#[derive(Debug, Clone, Copy)]
struct Told {
    day: u32,
    during: Option<i32>,
    morning: Option<i32>,
    /// How many rounds of each exercise; both are done on every day.
    rounds: i32,
}

fn green(day: u32) -> Told {
    Told { day, during: Some(1), morning: Some(0), rounds: 2 }
}

fn sets(id: i64, rounds: i32, version: i32) -> impl Iterator<Item = SetLog> {
    (1..=rounds).map(move |number| SetLog {
        prescription: PrescriptionId(id),
        version,
        number,
        side: LoggedSide::Both,
        done: true,
        actual: Actual::default(),
    })
}

fn session(told: &Told, version: i32) -> Session {
    Session {
        id: SessionId(i64::from(told.day)),
        plan: PlanId(1),
        version,
        day: on(told.day),
        ordinal: 1,
        feeling: Feeling { during: told.during, after: None, effort: None },
        note: String::new(),
        sets: sets(1, told.rounds, version).chain(sets(2, told.rounds, version)).collect(),
        skips: Vec::new(),
        notes: Vec::new(),
        run: None,
    }
}

fn morning(told: &Told) -> Option<CheckIn> {
    told.morning.map(|pain| CheckIn { day: on(told.day) + TimeDelta::days(1), pain: Some(pain), ..CheckIn::nothing() })
}

fn evidence_of(publications: Vec<Publication>, told: &[Told], today: u32) -> Evidence {
    let newest = publications[0].version;
    let record = Record {
        course: course(publications, &[status(1, State::Running, 1, 2)]),
        sessions: told.iter().map(|told| session(told, newest)).collect(),
        check_ins: told.iter().filter_map(morning).collect(),
        usual: vec![(on(2), 0)],
        reported: Vec::new(),
    };
    let standing = Standing { screened: Some(noon(1)), ..Standing::default() };
    Evidence { record, standing, today: on(today), ..Evidence::default() }
}

fn evidence(told: &[Told], today: u32) -> Evidence {
    evidence_of(plan(12), told, today)
}

fn kinds(evidence: &Evidence) -> Vec<(Kind, &'static str, i64)> {
    proposals(evidence, &RULES)
        .iter()
        .map(|proposal| {
            let (what, id) = proposal.about.named();
            (proposal.kind, what, id)
        })
        .collect()
}

fn only(evidence: &Evidence) -> Proposal {
    let found = proposals(evidence, &RULES);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.into_iter().next().unwrap()
}

#[test]
fn two_green_days_with_all_rounds_are_one_step() {
    let found = proposals(&evidence(&[green(3), green(5)], 6), &RULES);
    let [clam, band] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((clam.kind, clam.rule, clam.about), (Kind::Progress, Key::Step, About::Prescription(PrescriptionId(1))));
    assert_eq!(clam.change, "Clamshell: 14 times, rest 60 seconds; 2 rounds instead of 12 times, rest 60 seconds; 2 rounds.");
    assert!(clam.evidence.starts_with("2 green days with every round done: Tuesday 3 November and Thursday 5 November"));
    assert_eq!(clam.proof.len(), 2);
    assert!(clam.source.contains("Double progression"));
    assert_eq!(band.about, About::Prescription(PrescriptionId(2)));
    assert_eq!((clam.plan, clam.version), (PlanId(1), 1));
}

#[test]
fn one_green_day_or_an_unknown_one_is_not_enough() {
    assert_eq!(kinds(&evidence(&[green(3)], 4)), []);
    let unknown = Told { morning: None, ..green(5) };
    assert_eq!(kinds(&evidence(&[green(3), unknown], 6)), []);
    assert_eq!(kinds(&evidence(&[green(3), unknown, green(7)], 8)), [], "an unknown day between does not count");
    assert_eq!(kinds(&evidence(&[green(3), unknown, green(7), green(9)], 10)).len(), 2);
}

#[test]
fn a_session_of_today_waits_for_its_morning() {
    let today = Told { morning: None, ..green(7) };
    assert_eq!(kinds(&evidence(&[green(3), green(5), today], 7)).len(), 2, "mild so far");
    assert_eq!(kinds(&evidence(&[green(3), green(5), Told { during: None, ..today }], 7)), [], "who did not say might have hurt");
    let bad = kinds(&evidence(&[green(3), green(5), Told { during: Some(7), ..today }], 7));
    assert_eq!(bad, [(Kind::Easier, "phase", 1)]);
}

#[test]
fn fewer_rounds_or_less_of_them_are_no_reason_for_more() {
    let short = Told { rounds: 1, ..green(5) };
    assert_eq!(kinds(&evidence(&[green(3), short], 6)), []);
    let mut less = evidence(&[green(3), green(5)], 6);
    less.record.sessions[1].sets[0].actual = Actual::amount(9);
    assert_eq!(kinds(&less), [(Kind::Progress, "prescription", 2)]);
    less.record.sessions[1].sets[0].actual = Actual::amount(13);
    assert_eq!(kinds(&less).len(), 2);
}

#[test]
fn the_top_of_the_range_grows_the_load_or_the_exercise() {
    let top = |band: &str| {
        let mut publications = plan(15);
        let slots = &mut publications[0].snapshot.phases[0].slots;
        slots[0].dose = Dose { sets: 3, ..slots[0].dose };
        slots[1].dose = Dose { sets: 3, amount: 15, ..slots[1].dose };
        slots[1].load = band.to_owned();
        evidence_of(publications, &[Told { rounds: 3, ..green(3) }, Told { rounds: 3, ..green(5) }], 6)
    };
    let found = proposals(&top("a light band"), &RULES);
    let rules: Vec<_> = found.iter().map(|one| (one.rule, one.kind)).collect();
    assert_eq!(rules, [(Key::Load, Kind::Progress), (Key::Harder, Kind::Harder)]);
    assert!(found[0].change.contains("with a medium band instead of") && found[0].turn.doses[0].1.amount < 15, "{}", found[0].change);
    let (old, new) = found[1].turn.swap.clone().unwrap();
    assert_eq!((old, new.exercise.as_str()), (PrescriptionId(1), "side-lying-hip-abduction"));
    let kilograms = proposals(&top("4 kg"), &RULES);
    assert_eq!(kilograms.iter().find(|one| one.rule == Key::Load).unwrap().turn.doses[0].2, "4.25 kg");
}

#[test]
fn after_a_red_day_what_hurt_becomes_easier() {
    let red = Told { during: Some(7), ..green(5) };
    let whole = only(&evidence(&[green(3), red], 6));
    assert_eq!((whole.kind, whole.about), (Kind::Easier, About::Phase(PhaseId(1))));
    assert_eq!(whole.turn.doses.len(), 2);
    assert!(whole.turn.doses.iter().all(|(_, dose, _)| dose.amount == 9), "{:?}", whole.turn.doses);

    let mut named = evidence(&[green(3), red], 6);
    let hurt = ExerciseNote { prescription: PrescriptionId(2), version: 1, words: String::new(), pain: Some(7) };
    named.record.sessions[1].notes = vec![hurt];
    let one = only(&named);
    assert_eq!((one.kind, one.about), (Kind::Easier, About::Prescription(PrescriptionId(2))));
    assert_eq!(one.turn.swap.unwrap().1.exercise, "standing-march");
    // Two green days later it is over, and so is the week.
    assert_eq!(kinds(&evidence(&[red, green(7), green(9)], 10)).len(), 2);
    // What was changed since is answered.
    let mut changed = evidence(&[green(3), red], 6);
    let mut newer = plan(12);
    newer.insert(0, version(1, 2, 6, &[(1, slots(9)), (2, vec![clamshell(3, dose(3, 15))])]));
    changed.record.course = course(newer, &[status(1, State::Running, 1, 2)]);
    assert_eq!(kinds(&changed), []);
}

#[test]
fn two_red_days_in_a_week_take_a_phase_back() {
    let reds = [Told { during: Some(7), ..green(5) }, Told { morning: Some(2), ..green(8) }];
    let first = only(&evidence(&reds, 9));
    assert_eq!((first.kind, first.turn.phase), (Kind::StepBack, None));
    assert!(first.change.starts_with("There is no phase before this one") && first.turn.doses.len() == 2);
    let mut second = evidence(&[], 9);
    second.record.course = course(plan(12), &[status(1, State::Running, 2, 2)]);
    let in_second = |told: &Told| Session { sets: sets(3, 3, 1).collect(), ..session(told, 1) };
    second.record.sessions = reds.iter().map(in_second).collect();
    second.record.check_ins = reds.iter().filter_map(morning).collect();
    let back = only(&second);
    assert_eq!((back.kind, back.about, back.turn.phase), (Kind::StepBack, About::Phase(PhaseId(2)), Some(PhaseId(1))));
}

#[test]
fn hold_and_amber_hold_and_amber_again_shrinks() {
    let stiff = |evidence: &mut Evidence| evidence.record.check_ins[1].stiffness = Some(Stiffness::Some);
    let mut hold = evidence(&[green(3), green(5)], 6);
    stiff(&mut hold);
    let found = only(&hold);
    assert_eq!((found.kind, found.rule, found.turn.changes_plan()), (Kind::Hold, Key::Hold, false));
    let amber = |day| Told { during: Some(4), ..green(day) };
    assert_eq!(only(&evidence(&[green(3), amber(5)], 6)).rule, Key::Amber);
    let again = only(&evidence(&[amber(3), amber(5)], 6));
    assert_eq!((again.kind, again.rule), (Kind::Easier, Key::Ambers));
    assert!(again.turn.doses.iter().all(|(_, dose, _)| dose.amount == 9));
}

#[test]
fn a_warning_sign_pauses_and_nothing_else_is_said() {
    let mut night = evidence(&[green(3), green(5)], 6);
    night.record.check_ins[1].night_pain = Some(true);
    let found = only(&night);
    assert_eq!((found.kind, found.about), (Kind::Pause, About::Plan));
    assert!(found.turn.pause);
    let mut reported = evidence(&[green(3), green(5)], 6);
    reported.record.reported.push((on(6), "Fever".to_owned()));
    assert_eq!(only(&reported).evidence, "Friday 6 November: reported: Fever.");
    // Resumed since: it was looked at.
    night.record.course =
        course(plan(12), &[status(1, State::Running, 1, 2), status(1, State::Paused, 1, 6), status(1, State::Running, 1, 8)]);
    night.today = on(9);
    assert_eq!(kinds(&night), [], "and it is no green day");
    // A plan that does not run is left alone.
    night.record.course = course(plan(12), &[status(1, State::Running, 1, 2), status(1, State::Paused, 1, 8)]);
    assert_eq!(kinds(&night), []);
}

#[test]
fn a_break_begins_lower_and_a_long_one_anew() {
    let told = [green(3), green(5)];
    assert_eq!(kinds(&evidence(&told, 12)).len(), 2, "seven days are no break");
    let week = only(&evidence(&told, 13));
    assert_eq!((week.kind, week.rule), (Kind::Restart, Key::Gap));
    assert_eq!(week.evidence, "No session for 8 days; the last one was on Thursday 5 November.");
    assert_eq!(week.turn.doses.iter().map(|(_, dose, _)| (dose.sets, dose.amount)).collect::<Vec<_>>(), [(1, 12), (1, 12)]);
    let long = only(&evidence(&told, 27));
    assert_eq!((long.rule, long.turn.phase), (Key::LongGap, Some(PhaseId(1))));
    assert!(long.change.starts_with("Test again first."));
    assert_eq!(kinds(&evidence(&[], 27)), [], "who never trained has no break");
}

#[test]
fn every_fourth_week_is_easy_and_then_the_rounds_come_back() {
    let told = [green(3), green(10), green(17), green(22)];
    let mut fourth = evidence(&told, 24);
    let easy = only(&fourth);
    assert_eq!((easy.kind, easy.about), (Kind::Deload, About::Phase(PhaseId(1))));
    assert!(easy.change.starts_with("1 of 4 rounds fewer for one week, 25 percent."), "{}", easy.change);
    assert_eq!(only(&evidence(&told, 25)).fingerprint, easy.fingerprint, "the week is the evidence");
    assert!(kinds(&evidence(&told[1..], 24)).iter().all(|(kind, ..)| *kind != Kind::Deload), "a week was not trained");
    // Dismissed, it is gone, and the dose may grow.
    let answered =
        |answer| Answered { plan: PlanId(1), version: 1, rule: Key::Deload, fingerprint: easy.fingerprint.clone(), answer, day: on(24) };
    fourth.answered = vec![answered(Answer::Dismissed)];
    assert!(kinds(&fourth).iter().all(|(kind, ..)| *kind == Kind::Progress) && !kinds(&fourth).is_empty());
    // Taken over, nothing grows for a week; then the rounds come back.
    let draft_slots = |slots: &mut Vec<Slot>| {
        for slot in slots {
            if let Some((_, dose, _)) = easy.turn.doses.iter().find(|(id, ..)| *id == slot.id) {
                slot.dose = *dose;
            }
        }
    };
    let mut newer = version(1, 2, 24, &[(1, slots(12)), (2, vec![clamshell(3, dose(3, 15))])]);
    draft_slots(&mut newer.snapshot.phases[0].slots);
    let mut taken = evidence(&told, 28);
    taken.record.course = course(vec![newer, plan(12).remove(0)], &[status(1, State::Running, 1, 2)]);
    taken.answered = vec![answered(Answer::Accepted)];
    taken.record.sessions.extend([session(&green(25), 2), session(&green(27), 2)]);
    taken.record.check_ins.extend([green(25), green(27)].iter().filter_map(morning));
    assert_eq!(kinds(&taken), []);
    taken.today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let back = only(&taken);
    assert_eq!((back.rule, back.kind, back.turn.doses[0].1.sets), (Key::DeloadOver, Kind::Progress, 2));
}

#[test]
fn the_next_phase_needs_all_that_must_be_reached() {
    let mut publications = plan(12);
    let mut exit = Criterion::new(Metric::Greens, "", 3);
    exit.times = 1;
    let stairs = Criterion::statement("Stairs are easy");
    publications[0].snapshot.phases[0].exit = vec![exit, stairs.clone()];
    let mut found = evidence_of(publications, &[green(3), green(5), green(7)], 8);
    let moves = |evidence: &Evidence| proposals(evidence, &RULES).into_iter().find(|one| one.kind == Kind::NextPhase);
    assert_eq!(to_reach(&found)[0].1, Met::Yes("3 green days in a row".to_owned()));
    assert!(matches!(to_reach(&found)[1].1, Met::Unknown(_)) && moves(&found).is_none(), "nobody has confirmed it");
    let confirmed = |holds| Confirmed { phase: PhaseId(1), criterion: stairs.words(), holds, by: "Cleo".to_owned(), day: on(7) };
    found.confirmed = vec![confirmed(true)];
    let next = moves(&found).unwrap();
    assert_eq!((next.about, next.turn.phase), (About::Phase(PhaseId(1)), Some(PhaseId(2))));
    assert_eq!(next.evidence, "All 2 things that must be reached are reached.");
    assert!(next.proof[1].1.contains("confirmed by Cleo"));
    found.confirmed.push(confirmed(false));
    assert!(moves(&found).is_none(), "taken back");
}

#[test]
fn dismissed_stays_away_until_there_is_new_evidence() {
    let mut told = vec![green(3), green(5)];
    let mut now = evidence(&told, 6);
    let first = proposals(&now, &RULES).remove(0);
    let dismissed = Answered {
        plan: first.plan,
        version: first.version,
        rule: first.rule,
        fingerprint: first.fingerprint.clone(),
        answer: Answer::Dismissed,
        day: on(6),
    };
    now.answered = vec![dismissed.clone()];
    now.today = on(7);
    assert_eq!(kinds(&now), [(Kind::Progress, "prescription", 2)], "a day later it is the same evidence");
    told.push(green(8));
    let mut later = evidence(&told, 9);
    later.answered = vec![dismissed];
    assert_eq!(kinds(&later).len(), 2, "another green day is new evidence");
}

#[test]
fn what_stands_against_a_plan_stands_against_more() {
    let mut unscreened = evidence(&[green(3), green(5)], 6);
    unscreened.standing = Standing::default();
    assert_eq!(kinds(&unscreened), []);
}

#[derive(Debug, Clone)]
struct Diary(Vec<Told>);

fn diaries() -> impl Strategy<Value = Diary> {
    let pain = prop_oneof![3 => (0..=2).prop_map(Some), 1 => (3..=7).prop_map(Some), 1 => Just(None)];
    let next = prop_oneof![4 => Just(Some(0)), 1 => (0..=4).prop_map(Some), 1 => Just(None)];
    let day = (2u32..=25, pain, next, prop_oneof![5 => Just(2), 1 => Just(1)]);
    prop::collection::vec(day, 1..12).prop_map(|mut days| {
        days.sort_by_key(|(day, ..)| *day);
        days.dedup_by_key(|(day, ..)| *day);
        Diary(days.into_iter().map(|(day, during, morning, rounds)| Told { day, during, morning, rounds }).collect())
    })
}

/// What asks more: by exercise or phase.
fn asks_more(evidence: &Evidence) -> Vec<About> {
    let more = proposals(evidence, &RULES).into_iter().filter(|one| one.kind.is_more());
    more.map(|one| one.about).collect()
}

fn with_exit(told: &[Told], today: u32) -> Evidence {
    let mut publications = plan(12);
    let share = Criterion { within: Some(7), ..Criterion::new(Metric::GreenShare, "", 50) };
    publications[0].snapshot.phases[0].exit = vec![share, Criterion::new(Metric::Greens, "", 2)];
    evidence_of(publications, told, today)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn at_most_one_for_each_and_always_the_same(diary in diaries(), today in 20u32..=28) {
        let evidence = with_exit(&diary.0, today);
        let found = proposals(&evidence, &RULES);
        for (place, one) in found.iter().enumerate() {
            prop_assert!(found[place + 1..].iter().all(|other| other.about != one.about), "{found:#?}");
            prop_assert!(!one.evidence.is_empty() && !one.source.is_empty() && !one.change.is_empty());
        }
        prop_assert_eq!(found, proposals(&evidence.clone(), &RULES));
    }

    #[test]
    fn more_pain_never_asks_more(diary in diaries(), today in 20u32..=28, place in 0usize..12, by in 1i32..=6, next in any::<bool>()) {
        let before = asks_more(&with_exit(&diary.0, today));
        let mut worse = diary.0.clone();
        let place = place % worse.len();
        let answer = if next { &mut worse[place].morning } else { &mut worse[place].during };
        *answer = answer.map(|pain| (pain + by).min(10));
        let after = asks_more(&with_exit(&worse, today));
        prop_assert!(after.iter().all(|about| before.contains(about)), "{before:?} became {after:?}");
    }

    #[test]
    fn an_answer_less_never_asks_more(diary in diaries(), today in 20u32..=28, place in 0usize..12, which in 0u8..3) {
        let before = asks_more(&with_exit(&diary.0, today));
        let mut fewer = diary.0.clone();
        let place = place % fewer.len();
        match which {
            0 => fewer[place].during = None,
            1 => fewer[place].morning = None,
            _ => fewer[place].rounds = fewer[place].rounds.min(1),
        }
        let after = asks_more(&with_exit(&fewer, today));
        prop_assert!(after.iter().all(|about| before.contains(about)), "{before:?} became {after:?}");
    }
}
