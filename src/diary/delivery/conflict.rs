//! What a patient says on a phone, held against what the diary says by now.
//!
//! A form carries what it showed (`shown-…`) beside what is said. Where the two are the same, nothing is said. Where they differ,
//! and the diary has gone on to a third value meanwhile, the patient is asked which one holds.

use serde_json::{Value, json};

use crate::diary::actual::Actual;
use crate::diary::domain::{CheckIn, Session, SkipReason, Stiffness};
use crate::diary::pages::{CheckInView, ExerciseView, RoundView, feeling_fields};
use crate::diary::store::{note_words, set_words};
use crate::plans::Slot;
use crate::web::Fields;

/// Fields with their values, as a form sends them.
type Pairs = Vec<(String, String)>;

/// One thing on which the phone and the diary differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What it is about: "Clamshell: left side, round 2".
    pub about: String,
    /// What the patient says on the phone.
    pub yours: String,
    /// What the diary says.
    pub diary: String,
    /// What to take out of the entry: a field with this value, or all of that name.
    clear: Vec<(String, Option<String>)>,
    /// What to put in instead when the phone is right: then it is a correction.
    mine: Pairs,
    /// What to put in instead when the diary is right: then nothing is said.
    theirs: Pairs,
}

impl Conflict {
    /// As the phone reads it.
    #[must_use]
    pub fn as_json(&self) -> Value {
        json!({
            "about": self.about, "yours": self.yours, "diary": self.diary,
            "clear": self.clear, "mine": self.mine, "theirs": self.theirs,
        })
    }
}

/// One thing a form asks, in one or more fields.
struct Question<'a> {
    about: String,
    /// The round, when it is one that can be ticked.
    round: Option<String>,
    /// Each field, and the one that says what it showed.
    fields: Vec<(String, String)>,
    words: Box<dyn Fn(&Said) -> String + 'a>,
}

/// What is said to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    ticked: bool,
    values: Vec<String>,
}

impl Question<'_> {
    fn said(&self, fields: &Fields) -> Said {
        let values: Vec<String> = self.fields.iter().map(|(field, _)| fields.get(field).trim().to_owned()).collect();
        // A number, or a word about the load, says that the round was done, ticked or not.
        let ticked = self.round.as_ref().is_some_and(|round| fields.is("done", round) || actual_of(&values).tells_of_work());
        Said { ticked, values }
    }

    fn shown(&self, fields: &Fields) -> Said {
        let values = self.fields.iter().map(|(_, shown)| fields.get(shown).trim().to_owned()).collect();
        Said { ticked: self.round.as_ref().is_some_and(|round| fields.is("shown", round)), values }
    }

    /// The fields of the form that say this, and that it was shown.
    fn pairs(&self, said: &Said, shown: &Said) -> Pairs {
        let mut pairs = Pairs::new();
        if let Some(round) = &self.round {
            let ticks = [("done", said.ticked), ("shown", shown.ticked)];
            pairs.extend(ticks.into_iter().filter(|(_, ticked)| *ticked).map(|(name, _)| (name.to_owned(), round.clone())));
        }
        for ((field, shown_field), (value, was)) in self.fields.iter().zip(said.values.iter().zip(&shown.values)) {
            pairs.push((field.clone(), value.clone()));
            pairs.push((shown_field.clone(), was.clone()));
        }
        pairs
    }

    fn clear(&self) -> Vec<(String, Option<String>)> {
        let ticks = self.round.iter().flat_map(|round| ["done", "shown"].map(|name| (name.to_owned(), Some(round.clone()))));
        ticks.chain(self.fields.iter().flat_map(|(field, shown)| [(field.clone(), None), (shown.clone(), None)])).collect()
    }

    fn conflict(&self, typed: &Fields, now: &Fields) -> Option<Conflict> {
        let (said, shown, now) = (self.said(typed), self.shown(typed), self.said(now));
        if said == shown || shown == now || said == now {
            return None;
        }
        Some(Conflict {
            about: self.about.clone(),
            yours: (self.words)(&said),
            diary: (self.words)(&now),
            clear: self.clear(),
            mine: self.pairs(&said, &now),
            theirs: self.pairs(&now, &now),
        })
    }
}

/// What was really done, as the fields of a round say it.
fn actual_of(values: &[String]) -> Actual {
    let number = |place: usize| values.get(place).and_then(|value| value.parse().ok());
    Actual { amount: number(0), hold: number(1), load: values.get(2).filter(|load| !load.is_empty()).cloned() }
}

fn questions_of<'a>(view: &ExerciseView, slot: &'a Slot) -> Vec<Question<'a>> {
    let rounds = view.rounds.iter().map(|round| Question {
        about: format!("{}: {}", slot.name, round.label().to_lowercase()),
        round: Some(round.name.clone()),
        fields: round.was().map(|(field, _)| (field.clone(), format!("shown-{field}"))).to_vec(),
        words: Box::new(|said| set_words(slot, said.ticked, &actual_of(&said.values))),
    });
    let skip = Question {
        about: slot.name.clone(),
        round: None,
        fields: vec![("skip".to_owned(), "shown-skip".to_owned()), ("skip_note".to_owned(), "shown-skip-note".to_owned())],
        words: Box::new(|said| match said.values.as_slice() {
            [reason, note] => skip_words(reason, note),
            _ => String::new(),
        }),
    };
    let note = Question {
        about: format!("{}: note", slot.name),
        round: None,
        fields: vec![("note".to_owned(), "shown-note".to_owned())],
        words: Box::new(|said| said.values.first().map(|note| note_words(note)).unwrap_or_default()),
    };
    let pain = plain(&format!("{}: pain", slot.name), "pain", of_ten);
    rounds.chain([skip, note, pain]).collect()
}

fn skip_words(reason: &str, note: &str) -> String {
    match SkipReason::from_word(reason) {
        Some(reason) if note.is_empty() => format!("skipped: {}", reason.label()),
        Some(reason) => format!("skipped: {} ({note})", reason.label()),
        None => "not skipped".to_owned(),
    }
}

/// Where the form of one exercise and the diary differ.
#[must_use]
pub fn of_sets(typed: &Fields, slot: &Slot, session: Option<&Session>) -> Vec<Conflict> {
    let view = ExerciseView::new(1, slot, session, None);
    let ticks = view.rounds.iter().filter(|round| round.was_done).map(|round| ("done".to_owned(), round.name.clone()));
    let amounts = view.rounds.iter().flat_map(RoundView::was);
    let rest = view.shown.pairs().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let now = Fields::from_pairs(ticks.chain(amounts).chain(rest).collect::<Pairs>());
    questions_of(&view, slot).iter().filter_map(|question| question.conflict(typed, &now)).collect()
}

fn plain<'a>(about: &str, field: &str, words: impl Fn(&str) -> String + 'a) -> Question<'a> {
    Question {
        about: about.to_owned(),
        round: None,
        fields: vec![(field.to_owned(), format!("shown-{field}"))],
        words: Box::new(move |said| match said.values.first().map_or("", String::as_str) {
            "" => "not answered".to_owned(),
            value => words(value),
        }),
    }
}

fn of_ten(value: &str) -> String {
    format!("{value} of 10")
}

/// Where the form of how it felt and the diary differ.
#[must_use]
pub fn of_feeling(typed: &Fields, session: Option<&Session>) -> Vec<Conflict> {
    let questions = [
        plain("Worst pain during the exercises", "during", of_ten),
        plain("Pain right after", "after", of_ten),
        plain("How hard it was", "effort", of_ten),
        plain("What you wrote about your training", "note", str::to_owned),
    ];
    let now = feeling_fields(session);
    questions.iter().filter_map(|question| question.conflict(typed, &now)).collect()
}

fn morning() -> [Question<'static>; 6] {
    let stiff = |word: &str| Stiffness::from_word(word).map_or(String::new(), |stiffness| stiffness.label().to_lowercase());
    [
        plain("Pain in the morning", "pain", of_ten),
        plain("Stiffness in the morning", "stiffness", stiff),
        plain("Whether the pain has settled", "settled", str::to_owned),
        plain("Whether you limp", "limp", str::to_owned),
        plain("Whether your hip hurt in the night", "night_pain", str::to_owned),
        plain("What you wrote about the morning", "note", str::to_owned),
    ]
}

/// A morning's answers as far as something new is said, laid over what the diary says; and where the two differ.
#[must_use]
pub fn of_check_in(typed: &Fields, known: Option<&CheckIn>) -> (Fields, Vec<Conflict>) {
    let now = known.map(CheckInView::fields_of).unwrap_or_default();
    let questions = morning();
    let conflicts = questions.iter().filter_map(|question| question.conflict(typed, &now)).collect();
    let said = questions.iter().flat_map(|question| {
        let holds = if question.said(typed) == question.shown(typed) { &now } else { typed };
        question.fields.iter().map(|(field, _)| (field.clone(), holds.get(field).to_owned()))
    });
    (Fields::from_pairs(said), conflicts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::domain::{ExerciseNote, Feeling, LoggedSide, SetLog, Skip};
    use crate::ids::{PlanId, PrescriptionId, SessionId};
    use crate::plans::{clamshell, dose};

    fn session(sets: &[(i32, bool, Option<i32>)]) -> Session {
        let logs = sets.iter().map(|(number, done, amount)| SetLog {
            prescription: PrescriptionId(1),
            version: 1,
            number: *number,
            side: LoggedSide::Both,
            done: *done,
            actual: Actual { amount: *amount, ..Actual::default() },
        });
        Session {
            id: SessionId(1),
            plan: PlanId(1),
            version: 1,
            day: chrono::NaiveDate::default(),
            ordinal: 1,
            feeling: Feeling { during: Some(4), after: None, effort: None },
            note: String::new(),
            sets: logs.collect(),
            skips: Vec::new(),
            notes: Vec::new(),
            run: None,
        }
    }

    fn differ(typed: &str, session: Option<&Session>) -> Vec<(String, String, String)> {
        let conflicts = of_sets(&Fields::decode(typed.as_bytes()), &clamshell(1, dose(3, 10)), session);
        conflicts.into_iter().map(|conflict| (conflict.about, conflict.yours, conflict.diary)).collect()
    }

    #[test]
    fn only_a_third_value_is_a_conflict() {
        let known = session(&[(1, true, None), (2, true, Some(8))]);
        // Said again, not said at all, and said of what nobody touched.
        assert_eq!(differ("done=both-1", Some(&known)), []);
        assert_eq!(differ("done=both-1&shown=both-1&amount-both-3=", Some(&known)), []);
        assert_eq!(differ("done=both-3", Some(&known)), []);
        assert_eq!(differ("done=both-3", None), []);
        let found = differ("done=both-2&amount-both-2=10", Some(&known));
        assert_eq!(found, [("Clamshell: round 2".to_owned(), "done, 10 times".to_owned(), "done, 8 times".to_owned())]);
        // What was shown as 8 times and is now said to be 10 is a correction.
        assert_eq!(differ("done=both-2&shown=both-2&amount-both-2=10&shown-amount-both-2=8", Some(&known)), []);
    }

    #[test]
    fn a_skip_differs_as_a_whole() {
        let mut known = session(&[]);
        known.skips = vec![Skip { prescription: PrescriptionId(1), version: 1, reason: SkipReason::Pain, note: "groin".to_owned() }];
        let found = differ("skip=no-time&shown-skip=", Some(&known));
        assert_eq!(found, [("Clamshell".to_owned(), "skipped: no time".to_owned(), "skipped: it hurt (groin)".to_owned())]);
    }

    #[test]
    fn a_load_and_a_note_differ_like_a_number() {
        let mut known = session(&[(1, true, None)]);
        known.sets[0].actual.load = Some("6 kg".to_owned());
        known.notes = vec![ExerciseNote { prescription: PrescriptionId(1), version: 1, words: "clicks".to_owned(), pain: None }];
        let found = differ("done=both-1&load-both-1=4+kg&note=easy", Some(&known));
        let diary: Vec<_> = found.iter().map(|(_, yours, diary)| (yours.as_str(), diary.as_str())).collect();
        assert_eq!(diary, [("done, with 4 kg", "done, with 6 kg"), ("“easy”", "“clicks”")]);
    }

    /// What a phone makes of an entry when the patient has decided.
    fn decided(typed: &str, conflict: &Conflict, mine: bool) -> Fields {
        let typed = Fields::decode(typed.as_bytes());
        let cleared = |name: &str, value: &str| {
            conflict.clear.iter().any(|(field, only)| field == name && only.as_ref().is_none_or(|only| only == value))
        };
        let kept = typed.pairs().filter(|(name, value)| !cleared(name, value)).map(|(name, value)| (name.to_owned(), value.to_owned()));
        Fields::from_pairs(kept.chain(if mine { conflict.mine.clone() } else { conflict.theirs.clone() }))
    }

    #[test]
    fn a_decision_leaves_nothing_to_decide() {
        let (slot, known) = (clamshell(1, dose(3, 10)), session(&[(1, true, None), (2, true, Some(8))]));
        let typed = "done=both-1&done=both-2&amount-both-2=10&shown-amount-both-2=&done=both-3";
        let [conflict] = &of_sets(&Fields::decode(typed.as_bytes()), &slot, Some(&known))[..] else { panic!("one") };
        for mine in [true, false] {
            let fields = decided(typed, conflict, mine);
            assert_eq!(of_sets(&fields, &slot, Some(&known)), []);
            assert!(fields.is("done", "both-1") && fields.is("done", "both-3"), "the rest stays");
            assert_eq!(fields.get("amount-both-2"), if mine { "10" } else { "8" });
            assert_eq!(fields.get("shown-amount-both-2"), "8");
        }
    }

    #[test]
    fn a_feeling_differs_answer_by_answer() {
        let known = session(&[]);
        let found = of_feeling(&Fields::decode(b"during=6&shown-during=&after=2&shown-after="), Some(&known));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].yours.as_str(), found[0].diary.as_str()), ("6 of 10", "4 of 10"));
    }

    #[test]
    fn a_morning_takes_what_is_new_and_leaves_the_rest() {
        let known = CheckIn {
            day: chrono::NaiveDate::default(),
            pain: Some(3),
            stiffness: None,
            settled: Some(true),
            limp: None,
            night_pain: None,
            note: String::new(),
        };
        let typed = Fields::decode(b"pain=&shown-pain=&stiffness=some&shown-stiffness=&settled=no&shown-settled=");
        let (said, conflicts) = of_check_in(&typed, Some(&known));
        assert_eq!((said.get("pain"), said.get("stiffness")), ("3", "some"));
        let words: Vec<_> = conflicts.iter().map(|conflict| (conflict.yours.as_str(), conflict.diary.as_str())).collect();
        assert_eq!(words, [("no", "yes")]);
    }
}
