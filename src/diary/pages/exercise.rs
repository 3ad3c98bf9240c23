//! One exercise of a day, with what has been logged of it.

use super::history::{History, histories};
use crate::diary::Correction;
use crate::diary::actual::Actual;
use crate::diary::domain::{LoggedSide, Session, SkipReason};
use crate::diary::due::Due;
use crate::exercises::dose::Work;
use crate::ids::PlanId;
use crate::plans::{Publication, Slot};
use crate::web::{Errors, Fields};

/// One exercise of the day, with what has been logged of it.
pub struct ExerciseView {
    pub slot: Slot,
    /// The plan and version its entries are made under.
    pub plan: PlanId,
    pub version: i32,
    pub number: usize,
    pub of: usize,
    pub rounds: Vec<RoundView>,
    pub done: usize,
    /// Whether anything is saved of it in this session.
    pub said: bool,
    pub fields: Fields,
    pub shown: Fields,
    pub errors: Errors,
    pub skipped: Option<SkipReason>,
    /// What the day asks of it; nothing on a day that asks for nothing.
    pub due: Option<Due>,
    pub history: Vec<History>,
}

/// One round on one side.
pub struct RoundView {
    pub name: String,
    pub side: LoggedSide,
    pub number: i32,
    pub done: bool,
    pub was_done: bool,
    pub amount: String,
    pub was_amount: String,
    pub hold: String,
    pub was_hold: String,
    pub load: String,
    pub was_load: String,
}

impl RoundView {
    /// "Left side, round 2", or "Round 2".
    pub fn label(&self) -> String {
        match self.side {
            LoggedSide::Both => format!("Round {}", self.number),
            LoggedSide::Left => format!("Left side, round {}", self.number),
            LoggedSide::Right => format!("Right side, round {}", self.number),
        }
    }

    /// "Left 2", or "Round 2".
    pub fn short_label(&self) -> String {
        match self.side {
            LoggedSide::Both => format!("Round {}", self.number),
            LoggedSide::Left => format!("Left {}", self.number),
            LoggedSide::Right => format!("Right {}", self.number),
        }
    }

    /// The field in which the patient says how much was really done.
    pub fn amount_field(&self) -> String {
        format!("amount-{}", self.name)
    }

    /// The field in which the patient says how long each repetition was really held.
    pub fn hold_field(&self) -> String {
        format!("hold-{}", self.name)
    }

    /// The field in which the patient says against what it was really done.
    pub fn load_field(&self) -> String {
        format!("load-{}", self.name)
    }

    fn fields(&self) -> [(String, &str); 3] {
        [(self.amount_field(), &self.amount), (self.hold_field(), &self.hold), (self.load_field(), &self.load)]
    }

    /// Its fields with what is saved of it.
    pub fn was(&self) -> [(String, String); 3] {
        [
            (self.amount_field(), self.was_amount.clone()),
            (self.hold_field(), self.was_hold.clone()),
            (self.load_field(), self.was_load.clone()),
        ]
    }

    fn read(side: LoggedSide, number: i32, slot: &Slot, session: Option<&Session>, typed: Option<&Fields>) -> Self {
        let name = format!("{}-{number}", side.word());
        let saved = session.and_then(|session| session.set(slot.id, number, side));
        let was_done = saved.is_some_and(|set| set.done);
        let Actual { amount, hold, load } = saved.map(|set| set.actual.clone()).unwrap_or_default();
        let number_words = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
        let (was_amount, was_hold, was_load) = (number_words(amount), number_words(hold), load.unwrap_or_default());
        let now = |field: &str, was: &str| match typed {
            Some(fields) => fields.get(&format!("{field}-{name}")).to_owned(),
            None => was.to_owned(),
        };
        let done = typed.map_or(was_done, |fields| fields.is("done", &name));
        let (amount, hold, load) = (now("amount", &was_amount), now("hold", &was_hold), now("load", &was_load));
        Self { name, side, number, done, was_done, amount, was_amount, hold, was_hold, load, was_load }
    }
}

impl ExerciseView {
    /// What is saved of the exercise, or what was typed when it was refused.
    pub fn new(number: usize, slot: &Slot, session: Option<&Session>, typed: Option<(&Fields, &Errors)>) -> Self {
        let skip = session.and_then(|session| session.skip(slot.id));
        let note = session.and_then(|session| session.note_of(slot.id)).unwrap_or_default();
        let shown = Fields::from_pairs([
            ("skip", skip.map_or("", |skip| skip.reason.word()).to_owned()),
            ("skip_note", skip.map(|skip| skip.note.clone()).unwrap_or_default()),
            ("note", note.to_owned()),
            ("pain", session.and_then(|session| session.pain_in(slot.id)).map(|pain| pain.to_string()).unwrap_or_default()),
        ]);
        let mut rounds = Vec::new();
        for side in LoggedSide::of(slot.dose.side) {
            for number in 1..=i32::from(slot.dose.sets) {
                rounds.push(RoundView::read(*side, number, slot, session, typed.map(|(fields, _)| fields)));
            }
        }
        let (fields, errors) =
            typed.map_or_else(|| (shown.clone(), Errors::default()), |(fields, errors)| (fields.clone(), errors.clone()));
        Self {
            slot: slot.clone(),
            plan: PlanId(0),
            version: 0,
            number,
            of: number,
            rounds,
            done: session.map_or(0, |session| session.done(slot.id)),
            said: session.is_some_and(|session| session.says_of(slot.id)),
            fields,
            shown,
            errors,
            skipped: skip.map(|skip| skip.reason),
            due: None,
            history: Vec::new(),
        }
    }

    /// With the version its entries are made under.
    pub fn under(self, publication: &Publication) -> Self {
        Self { plan: publication.plan, version: publication.version, ..self }
    }

    /// With what the day asks of it.
    pub fn with_due(self, due: Option<Due>) -> Self {
        Self { due, ..self }
    }

    /// With what was corrected of it.
    pub fn with_history(self, corrections: &[&Correction]) -> Self {
        let own: Vec<&Correction> =
            corrections.iter().copied().filter(|correction| correction.place.prescription == Some(self.slot.id)).collect();
        Self { history: histories(&own, &self.slot.name), ..self }
    }

    /// The id of one of its fields on the page.
    pub fn id(&self, field: &str) -> String {
        format!("rx{}-{field}", self.slot.id)
    }

    /// What a field is about: "Clamshell, left side, round 2", or the exercise alone.
    pub fn about(&self, field: &str) -> String {
        let round = self.rounds.iter().find(|round| round.fields().iter().any(|(name, _)| name == field));
        match round {
            Some(round) => format!("{}, {}", self.slot.name, round.label().to_lowercase()),
            None => self.slot.name.clone(),
        }
    }

    /// Whether it belongs to what is to be done now: due, begun, or refused a moment ago.
    pub fn is_now(&self) -> bool {
        self.due.is_none_or(|due| due.is_now()) || self.said || self.errors.any()
    }

    pub fn all_done(&self) -> bool {
        self.done == self.rounds.len()
    }

    /// Whether nothing is left to do or to say about it.
    pub fn settled(&self) -> bool {
        self.all_done() || self.skipped.is_some()
    }

    /// "Saved", "Partly done: 2 of 3 rounds saved", "Skipped, no time"; nothing before it is begun.
    pub fn state_words(&self) -> Option<String> {
        let rounds = self.rounds.len();
        match (self.skipped, self.done) {
            (Some(reason), 0) => Some(format!("Skipped, {}", reason.label())),
            (Some(reason), done) => Some(format!("{done} of {rounds} rounds saved, then skipped, {}", reason.label())),
            (None, done) if done == rounds => Some("Saved".to_owned()),
            (None, 0) => None,
            (None, done) => Some(format!("Partly done: {done} of {rounds} rounds saved")),
        }
    }

    /// "3 times a week · second of 3 this week".
    pub fn often(&self, day: &chrono::NaiveDate) -> String {
        let frequency = crate::text::sentence(self.slot.dose.frequency.words());
        match self.due.map(|due| due.words(*day)).filter(|words| !words.is_empty()) {
            Some(words) => format!("{frequency} · {}", uncapitalised(&words)),
            None => frequency,
        }
    }

    /// Whether something different was said, or refused: then the patient must see it without looking for it.
    pub fn differs(&self) -> bool {
        self.rounds.iter().flat_map(RoundView::fields).any(|(name, value)| !value.is_empty() || self.errors.of(&name).is_some())
    }

    /// Whether a skip was said, or refused.
    pub fn skips(&self) -> bool {
        !self.fields.get("skip").is_empty() || self.errors.of("skip").is_some() || self.errors.of("skip_note").is_some()
    }

    /// Whether a remark was made, or refused.
    pub fn remarks(&self) -> bool {
        ["note", "pain"].iter().any(|field| !self.fields.get(field).is_empty() || self.errors.of(field).is_some())
    }

    /// Whether repetitions are held one by one, so that their hold can differ.
    pub fn holds(&self) -> bool {
        self.slot.dose.hold.is_some() || self.rounds.iter().any(|round| !round.hold.is_empty())
    }

    /// Whether it is done against something, so that this can differ.
    pub fn loads(&self) -> bool {
        !self.slot.load.is_empty() || self.rounds.iter().any(|round| !round.load.is_empty())
    }

    pub fn two_sided(&self) -> bool {
        self.rounds.iter().any(|round| round.side != LoggedSide::Both)
    }

    /// The rounds of one side.
    pub fn rounds_of(&self, side: &str) -> Vec<&RoundView> {
        self.rounds.iter().filter(|round| round.side.word() == side).collect()
    }

    /// One round as planned: "10 times, each held for 5 seconds, with a light band".
    pub fn planned(&self) -> String {
        let dose = &self.slot.dose;
        let load = Some(self.slot.load.clone()).filter(|load| !load.is_empty());
        let planned = Actual { amount: Some(i32::from(dose.amount)), hold: dose.hold.map(i32::from), load };
        planned.words(dose).unwrap_or_default()
    }

    /// What an amount is counted in: "Times", "Seconds" …
    pub fn unit(&self) -> &'static str {
        match self.slot.dose.work {
            Work::Reps => "Times",
            Work::Hold | Work::Time => "Seconds",
            Work::Distance => "Metres",
            Work::Breaths => "Breaths",
        }
    }

    pub fn skip_reasons(&self) -> &'static [SkipReason] {
        SkipReason::ALL
    }
}

/// "Second of 3" → "second of 3".
fn uncapitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::dose::{Dose, Frequency, Side};
    use crate::plans::clamshell;

    fn slot(side: Side) -> Slot {
        clamshell(
            12,
            Dose { sets: 2, work: Work::Reps, amount: 10, hold: None, rest: None, side, frequency: Frequency::Weekly(3), tempo: None },
        )
    }

    fn view(side: Side, typed: Option<(&Fields, &Errors)>) -> ExerciseView {
        ExerciseView::new(1, &slot(side), None, typed)
    }

    #[test]
    fn each_side_has_its_rounds_and_every_field_its_own_id() {
        let view = view(Side::Each, None);
        assert_eq!(view.rounds.iter().map(|round| round.name.as_str()).collect::<Vec<_>>(), ["left-1", "left-2", "right-1", "right-2"]);
        assert_eq!(view.rounds_of("right")[1].label(), "Right side, round 2");
        assert_eq!(view.id(&view.rounds[0].amount_field()), "rx12-amount-left-1");
        assert!(!view.differs() && !view.skips());
        assert!(!self::view(Side::Together, None).two_sided());
    }

    #[test]
    fn what_was_refused_stands_open() {
        let typed = Fields::from_pairs([("done", "left-1"), ("amount-left-1", "lots"), ("skip", "")]);
        let errors = Errors(crate::error::Invalid::one("amount-left-1", "Enter a whole number"));
        let view = view(Side::Each, Some((&typed, &errors)));
        assert!(view.rounds[0].done && !view.rounds[0].was_done);
        assert!(view.differs() && !view.skips());
        assert_eq!(view.about("amount-left-1"), "Clamshell, left side, round 1");
    }

    #[test]
    fn only_what_can_differ_is_asked_for() {
        let mut plain = view(Side::Together, None);
        assert_eq!((plain.holds(), plain.loads(), plain.planned()), (false, false, "10 times".to_owned()));
        plain.slot.dose.hold = Some(5);
        plain.slot.load = "a light band".to_owned();
        assert_eq!((plain.holds(), plain.loads()), (true, true));
        assert_eq!(plain.planned(), "10 times, each held for 5 seconds, with a light band");
    }
}
