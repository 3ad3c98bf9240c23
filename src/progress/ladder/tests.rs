//! Histories of runs, written from the document, and where they must lead.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::diary::{CheckIn, Feeling, Record, Run, Session, Stiffness};
use crate::exercises::Library;
use crate::ids::{PlanId, SessionId};
use crate::plans::programmes::{Ladder, Programmes};
use crate::progress::Light;

static LADDER: LazyLock<Ladder> = LazyLock::new(|| {
    let library = Library::load().unwrap();
    Programmes::load(&library).unwrap().ladder().clone()
});

/// A day counted from the opening, which is day 0.
fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).unwrap() + chrono::Days::new(number)
}

fn at(number: u64, hour: u32) -> NaiveDateTime {
    day(number).and_hms_opt(hour, 0, 0).unwrap()
}

/// A run as it is written in the table below: "r3 green" is level R3 in green, "r3~ amber" is shorter than the level, "r3^" has fast
/// stretches, "r3<" was walked home; "gym red" is a session without a run.
fn entry(number: u64, said: &str) -> (Session, Option<CheckIn>) {
    let (what, light) = said.split_once(' ').unwrap();
    let light = Light::from_word(light).unwrap();
    let level: Option<u16> = what.strip_prefix('r').map(|level| level.trim_end_matches(['~', '^', '<']).parse().unwrap());
    let whole = level.and_then(|level| LADDER.level(level)?.run_seconds()).unwrap_or(1800);
    let run = level.map(|level| Run {
        level: Some(i32::from(level)).filter(|level| *level > 0),
        seconds: Some(if what.ends_with('~') { whole * 3 / 4 } else { whole }),
        longest: None,
        surface: None,
        incline: None,
        climb: None,
        pace: None,
        speed_reps: what.ends_with('^').then_some(4),
        walked_home: what.ends_with('<'),
        logged: at(number, 18),
    });
    let during = match light {
        Light::Amber => 4,
        Light::Red => 6,
        _ => 1,
    };
    let session = Session {
        id: SessionId(i64::try_from(number).unwrap()),
        plan: PlanId(1),
        version: 1,
        day: day(number),
        ordinal: 1,
        feeling: Feeling { during: Some(during), after: Some(0), effort: None },
        note: String::new(),
        sets: Vec::new(),
        skips: Vec::new(),
        notes: Vec::new(),
        run,
    };
    let morning = CheckIn {
        day: day(number + 1),
        pain: Some(0),
        stiffness: Some(if light == Light::Hold { Stiffness::Some } else { Stiffness::None }),
        night_pain: Some(light == Light::Stop),
        ..CheckIn::nothing()
    };
    (session, (light != Light::Unknown).then_some(morning))
}

fn word(number: u64, said: Said, level: Option<u16>) -> Word {
    Word {
        said,
        level,
        ladder: String::new(),
        levels: Vec::new(),
        reason: String::new(),
        by: "Cleo".to_owned(),
        at: at(number, 9),
        day: day(number),
    }
}

/// A history in lines of "day: what", with words as "placed 5", "halted", "fast-track".
fn history(text: &str) -> (Record, Vec<Word>) {
    let mut record = Record { usual: vec![(day(0), 0)], ..Record::default() };
    let mut words = Vec::new();
    for line in text.split(',').map(str::trim).filter(|line| !line.is_empty()) {
        let (number, what) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
        let number = number.parse().unwrap();
        let (said, level) = what.split_once(' ').map_or((what, None), |(said, level)| (said, level.parse().ok()));
        if let Some(said) = Said::from_word(said) {
            words.push(word(number, said, level));
        } else {
            let (session, morning) = entry(number, what);
            record.sessions.push(session);
            record.check_ins.extend(morning);
        }
    }
    (record, words)
}

fn stands(text: &str, today: u64) -> Option<LadderStanding> {
    let (record, words) = history(text);
    standing(&record, &words, &LADDER, day(today))
}

/// The level that comes next, its green sessions so far, and whether a physio is waited for.
type Told = (u16, u16, bool);

fn told(text: &str, today: u64) -> Option<Told> {
    stands(text, today).map(|stands| (stands.level, stands.greens_at_level, stands.waits_for_physio))
}

#[test]
fn histories_lead_where_the_document_says() {
    let cases: &[(&str, &str, u64, Told)] = &[
        ("the physio opens at the first level", "0: opened 1", 0, (1, 0, false)),
        ("one green of two", "0: opened 1, 1: r1 green", 2, (1, 1, false)),
        ("two greens step up", "0: opened 1, 1: r1 green, 3: r1 green", 4, (2, 0, false)),
        ("four greens make two steps", "0: opened 1, 1: r1 green, 3: r1 green, 5: r2 green, 7: r2 green", 8, (3, 0, false)),
        ("R10 needs one", "0: opened 10, 1: r10 green", 2, (11, 0, false)),
        ("R11 needs two", "0: opened 11, 1: r11 green", 2, (11, 1, false)),
        ("R12 needs two", "0: opened 12, 1: r12 green, 3: r12 green", 4, (13, 0, false)),
        ("each step of R13 once", "0: opened 13, 1: r13 green", 2, (14, 0, false)),
        ("hold repeats", "0: opened 4, 1: r4 hold", 2, (4, 0, false)),
        ("after hold the greens are counted anew", "0: opened 4, 1: r4 green, 3: r4 hold, 5: r4 green", 6, (4, 1, false)),
        ("amber repeats", "0: opened 4, 1: r4 amber", 2, (4, 0, false)),
        ("after amber with less the whole level is still to do", "0: opened 4, 1: r4 amber, 3: r4~ green, 5: r4 green", 6, (4, 1, false)),
        ("a shorter run is no session of its level", "0: opened 4, 1: r4~ green, 3: r4~ green", 4, (4, 0, false)),
        ("red is two levels down", "0: opened 6, 1: r6 red", 2, (4, 0, false)),
        ("red never goes below the first level", "0: opened 2, 1: r2 red", 2, (1, 0, false)),
        ("red below the level asked counts from the one that was run", "0: opened 6, 1: r4 red", 2, (2, 0, false)),
        ("red takes the greens with it", "0: opened 6, 1: r6 green, 3: r6 red, 6: r4 green", 7, (4, 1, false)),
        ("two reds in 7 days wait", "0: opened 9, 1: r9 red, 4: r7 red", 5, (5, 0, true)),
        ("two reds 7 days apart do not", "0: opened 9, 1: r9 red, 8: r7 red", 9, (5, 0, false)),
        ("a red day of strength counts as a red", "0: opened 9, 1: gym red, 4: r9 red", 5, (7, 0, true)),
        ("one red day of strength leaves the level", "0: opened 9, 1: gym red", 2, (9, 0, false)),
        ("stop waits", "0: opened 5, 1: r5 stop", 2, (3, 0, true)),
        ("stop after strength waits", "0: opened 5, 1: gym stop", 2, (5, 0, true)),
        ("green after a stop does not end the waiting", "0: opened 5, 1: r5 stop, 5: r3 green", 6, (3, 0, true)),
        ("after a stop the physio resumes", "0: opened 5, 1: r5 stop, 4: resumed 2", 5, (2, 0, false)),
        ("reds before the resuming are history", "0: opened 9, 1: r9 red, 3: r7 red, 4: resumed 3, 5: r3 red", 6, (1, 0, false)),
        ("unknown is not counted", "0: opened 3, 1: r3 unknown, 3: r3 unknown, 5: r3 unknown", 6, (3, 0, false)),
        ("unknown does not undo a green", "0: opened 3, 1: r3 green, 3: r3 unknown, 5: r3 green", 6, (4, 0, false)),
        ("a lower level does not count", "0: opened 5, 1: r4 green, 3: r4 green", 4, (5, 0, false)),
        ("nor does a higher one", "0: opened 5, 1: r8 green, 3: r8 green", 4, (5, 0, false)),
        ("the day after a run does not count", "0: opened 1, 1: r1 green, 2: r1 green", 3, (1, 1, false)),
        ("walked home does not count", "0: opened 3, 1: r3< green, 3: r3< green", 4, (3, 0, false)),
        ("speed before R12 is done does not count", "0: opened 7, 1: r7^ green, 3: r7^ green", 4, (7, 0, false)),
        ("a week without a run leaves the level", "0: opened 6, 1: r6 green", 8, (6, 1, false)),
        ("more than a week: one level lower", "0: opened 6, 1: r6 green", 9, (5, 0, false)),
        ("the run after the gap counts for the lower level", "0: opened 6, 1: r6 green, 12: r5 green", 13, (5, 1, false)),
        ("21 days: still one level lower", "0: opened 6, 1: r6 green", 22, (5, 0, false)),
        ("more than 21 days: back to the physio", "0: opened 6, 1: r6 green", 23, (5, 0, true)),
        ("and a run in between does not help", "0: opened 6, 1: r6 green, 25: r5 green, 27: r5 green", 28, (5, 0, true)),
        ("never begun for 3 weeks", "0: opened 1", 22, (1, 0, true)),
        ("placed by the physio", "0: opened 1, 1: r1 green, 2: placed 4, 3: r4 green", 4, (4, 1, false)),
        ("halted by the physio", "0: opened 4, 1: r4 green, 2: halted", 3, (4, 1, true)),
        ("opened anew", "0: opened 4, 1: r4 stop, 5: opened 1", 6, (1, 0, false)),
        ("fast track leaves out every second level", "0: opened 1, 0: fast-track, 1: r1 green, 3: r1 green", 4, (3, 0, false)),
        ("fast track ends at R8", "0: opened 7, 0: fast-track, 1: r7 green, 3: r7 green", 4, (8, 0, false)),
        (
            "fast track needs nothing but green",
            "0: opened 1, 0: fast-track, 1: r1 green, 3: r1 hold, 5: r1 green, 7: r1 green",
            8,
            (2, 0, false),
        ),
        ("fast track taken back", "0: opened 1, 0: fast-track, 1: r1 green, 2: each-level, 3: r1 green", 4, (2, 0, false)),
        ("hills need three weeks", "0: opened 14, 1: r14 green, 8: r14 green", 9, (14, 2, false)),
        ("then strides", "0: opened 14, 1: r14 green, 8: r14 green, 15: r14 green", 16, (15, 0, false)),
        ("hills twice in a week count once", "0: opened 14, 1: r14 green, 4: r14 green", 5, (14, 1, false)),
        (
            "easy runs between the hills change nothing",
            "0: opened 14, 1: r14 green, 3: r12 green, 5: r12 green, 8: r14 green",
            9,
            (14, 2, false),
        ),
        ("strides first for a track runner", "0: opened 13, 0: strides-first, 1: r13 green", 2, (15, 0, false)),
        ("and then the hills", "0: opened 15, 0: strides-first, 1: r15 green, 8: r15 green, 15: r15 green", 16, (14, 0, false)),
        ("both never new in one week", "0: opened 14, 1: r14 green, 2: placed 15, 4: r15 green", 5, (15, 0, false)),
        ("the last level stays", "0: opened 17, 1: r17 green, 8: r17 green, 15: r17 green, 22: r17 green", 23, (17, 4, false)),
    ];
    for (name, text, today, expected) in cases {
        assert_eq!(told(text, *today), Some(*expected), "{name}: {text}");
    }
    assert!(cases.len() >= 50);
}

#[test]
fn nothing_is_asked_without_the_physio() {
    assert_eq!(told("1: r1 green, 3: r1 green", 4), None);
    assert_eq!(told("0: opened 3, 1: r3 green, 5: ended", 6), None);
}

#[test]
fn the_next_run_has_its_day() {
    let on = |text: &str, today| stands(text, today).unwrap().next.map(|next| next.on);
    assert_eq!(on("0: opened 1", 0), Some(day(0)));
    assert_eq!(on("0: opened 1, 1: r1 green", 1), Some(day(3)), "a rest day");
    assert_eq!(on("0: opened 1, 1: r1 green", 5), Some(day(5)), "whoever rested longer runs today");
    assert_eq!(on("0: opened 6, 1: r6 red", 2), Some(day(4)), "an extra rest day");
    assert_eq!(on("0: opened 14, 1: r14 green", 2), Some(day(8)), "hills once a week");
    assert_eq!(on("0: opened 14, 1: r14 green, 2: placed 15", 3), Some(day(8)), "never both new in one week");
    assert_eq!(on("0: opened 5, 1: r5 stop", 2), None);
}

#[test]
fn the_reason_is_one_sentence_with_its_proof() {
    let because = |text: &str, today| stands(text, today).unwrap().because;
    assert_eq!(because("0: opened 1, 1: r1 green", 2), "R1 was green on Wednesday 2 September: 1 of the 2 green sessions it needs.");
    assert_eq!(
        because("0: opened 4, 1: r4 amber", 2),
        "Amber on Wednesday 2 September: 4 of 10 during the session, back to usual next morning. \
         R4 again with less running: 5 minutes 36 seconds to 6 minutes 24 seconds of running in all."
    );
    assert!(because("0: opened 6, 1: r6 red", 2).ends_with("Two levels down, to R4, after an extra rest day."));
    assert!(because("0: opened 6, 1: r6 green", 9).contains("After 8 days without a run"));
    let next = |text: &str, today| stands(text, today).unwrap().next.unwrap().words;
    assert_eq!(
        next("0: opened 4, 1: r4 amber", 4),
        "Walk 3 minutes, run 2 minutes, 4 times. This time 5 minutes 36 seconds to 6 minutes 24 seconds of running in all."
    );
    assert!(next("0: opened 12, 1: r12 green, 3: r12 green", 5).ends_with("was 30 minutes; now 33 minutes at most."));
}
