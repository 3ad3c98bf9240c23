//! What the pages of this room show.

use std::sync::Arc;

use askama::Template;
use chrono::{NaiveDate, TimeDelta};

use super::domain::{CheckIn, DAYS_BACK, LoggedSide, MOST_SESSIONS, Session, SkipReason, Stiffness, Week};
use crate::exercises::Drawing;
use crate::exercises::dose::Work;
use crate::ids::PrescriptionId;
use crate::media::Medium;
use crate::patients::{RED_FLAGS, RedFlag, Screening, Urgency};
use crate::plans::{Current, Publication, Sketchbook, Slot, SnapshotPhase, State};
use crate::web::{Errors, Fields, Page};

/// What a room above reads out of the last sessions: words on top of today's page. The server hands it down.
pub struct Advise(pub Rule);

/// Sessions, mornings, usual morning pain and today: what today's page should say first.
pub type Rule = fn(&[Session], &[CheckIn], Option<i32>, NaiveDate) -> Option<Advice>;

/// Words on top of today's page after a session that did not go well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Whether the clinic must be asked before going on.
    pub stop: bool,
    /// The heading.
    pub heading: &'static str,
    /// What to do.
    pub words: &'static str,
    /// What it is about: "5 of 10 during the session on Monday 23 November".
    pub because: String,
}

#[derive(Template)]
#[template(path = "diary/today.html")]
pub struct TodayPage {
    pub page: Page,
    pub day: NaiveDate,
    pub ordinal: i32,
    pub current: Option<Current>,
    pub work: Option<WorkView>,
    pub check_in: CheckInView,
    pub advice: Option<Advice>,
    pub reports: Vec<Screening>,
    pub sketchbook: Option<Sketchbook>,
    pub errors: Errors,
}

/// The day's training.
pub struct WorkView {
    pub publication: Publication,
    pub phase: SnapshotPhase,
    pub week: Week,
    pub exercises: Vec<ExerciseView>,
    pub session: Option<Session>,
    pub feeling: Fields,
    pub feeling_errors: Errors,
    pub new_version: bool,
    pub sessions_of_day: i32,
}

/// One exercise of the day, with what has been logged of it.
pub struct ExerciseView {
    pub slot: Slot,
    pub number: usize,
    pub rounds: Vec<RoundView>,
    pub done: usize,
    pub fields: Fields,
    pub shown: Fields,
    pub errors: Errors,
    pub skipped: Option<SkipReason>,
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

    /// The field in which the patient says what was really done.
    pub fn amount_field(&self) -> String {
        format!("amount-{}", self.name)
    }
}

impl ExerciseView {
    /// What is saved of the exercise, or what was typed when it was refused.
    pub fn new(number: usize, slot: &Slot, session: Option<&Session>, typed: Option<(&Fields, &Errors)>) -> Self {
        let skip = session.and_then(|session| session.skip(slot.id));
        let shown = Fields::from_pairs([
            ("skip", skip.map_or("", |skip| skip.reason.word()).to_owned()),
            ("skip_note", skip.map(|skip| skip.note.clone()).unwrap_or_default()),
        ]);
        let mut rounds = Vec::new();
        for side in LoggedSide::of(slot.dose.side) {
            for number in 1..=i32::from(slot.dose.sets) {
                rounds.push(round(*side, number, slot, session, typed.map(|(fields, _)| fields)));
            }
        }
        let done = session.map_or(0, |session| session.done(slot.id));
        let skipped = skip.map(|skip| skip.reason);
        let (fields, errors) =
            typed.map_or_else(|| (shown.clone(), Errors::default()), |(fields, errors)| (fields.clone(), errors.clone()));
        Self { slot: slot.clone(), number, rounds, done, fields, shown, errors, skipped }
    }

    /// The id of one of its fields on the page.
    pub fn id(&self, field: &str) -> String {
        format!("rx{}-{field}", self.slot.id)
    }

    /// What a field is about: "Clamshell, left side, round 2", or the exercise alone.
    fn about(&self, field: &str) -> String {
        let round = self.rounds.iter().find(|round| field.strip_prefix("amount-") == Some(round.name.as_str()));
        match round {
            Some(round) => format!("{}, {}", self.slot.name, round.label().to_lowercase()),
            None => self.slot.name.clone(),
        }
    }

    pub fn all_done(&self) -> bool {
        self.done == self.rounds.len()
    }

    /// Whether an amount was given, or refused: then the patient must see it without looking for it.
    pub fn differs(&self) -> bool {
        self.rounds.iter().any(|round| !round.amount.is_empty() || self.errors.of(&round.amount_field()).is_some())
    }

    /// Whether a skip was said, or refused.
    pub fn skips(&self) -> bool {
        !self.fields.get("skip").is_empty() || self.errors.of("skip").is_some() || self.errors.of("skip_note").is_some()
    }

    pub fn two_sided(&self) -> bool {
        self.rounds.iter().any(|round| round.side != LoggedSide::Both)
    }

    /// The rounds of one side.
    pub fn rounds_of(&self, side: &str) -> Vec<&RoundView> {
        self.rounds.iter().filter(|round| round.side.word() == side).collect()
    }

    /// One round as planned: "10 times".
    pub fn planned(&self) -> String {
        self.slot.dose.one_set(self.slot.dose.amount)
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

fn round(side: LoggedSide, number: i32, slot: &Slot, session: Option<&Session>, typed: Option<&Fields>) -> RoundView {
    let name = format!("{}-{number}", side.word());
    let saved = session.and_then(|session| session.set(slot.id, number, side));
    let was_done = saved.is_some_and(|set| set.done);
    let was_amount = saved.and_then(|set| set.amount).map(|amount| amount.to_string()).unwrap_or_default();
    let (done, amount) = match typed {
        Some(fields) => (fields.is("done", &name), fields.get(&format!("amount-{name}")).to_owned()),
        None => (was_done, was_amount.clone()),
    };
    RoundView { name, side, number, done, was_done, amount, was_amount }
}

/// The morning's questions: asked, answered, or not due.
pub struct CheckInView {
    pub due: bool,
    pub answered: Option<CheckIn>,
    pub about: Option<NaiveDate>,
    pub fields: Fields,
    pub errors: Errors,
}

impl CheckInView {
    /// What was answered, in one line: "pain 2 of 10 · stiffness not answered · …".
    pub fn in_words(&self) -> String {
        let Some(answers) = &self.answered else { return String::new() };
        let or_not = |name: &str, answer: Option<String>| answer.unwrap_or_else(|| format!("{name} not answered"));
        let yes_no =
            |name: &str, answer: Option<bool>, yes: &str, no: &str| or_not(name, answer.map(|is| if is { yes } else { no }.to_owned()));
        let stiff = |stiffness| match stiffness {
            Stiffness::None => "not stiff".to_owned(),
            Stiffness::Some => "a little stiff".to_owned(),
            Stiffness::Marked => "very stiff".to_owned(),
        };
        [
            or_not("pain", answers.pain.map(|pain| format!("pain {pain} of 10"))),
            or_not("stiffness", answers.stiffness.map(stiff)),
            yes_no("settled", answers.settled, "settled", "not settled"),
            yes_no("limp", answers.limp, "a limp", "no limp"),
            yes_no("pain in the night", answers.night_pain, "pain in the night", "no pain in the night"),
        ]
        .join(" · ")
    }

    /// What is saved, field by field: what the form shows as known.
    pub fn saved(&self) -> Vec<(String, String)> {
        let saved = Self::fields_of(self.answered.as_ref().unwrap_or(&CheckIn::nothing()));
        saved.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    pub fn stiffnesses(&self) -> &'static [Stiffness] {
        Stiffness::ALL
    }

    /// The form filled from what is saved.
    pub fn fields_of(check_in: &CheckIn) -> Fields {
        let yes_no = |answer: Option<bool>| answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
        Fields::from_pairs([
            ("pain", check_in.pain.map(|pain| pain.to_string()).unwrap_or_default()),
            ("stiffness", check_in.stiffness.map_or("", Stiffness::word).to_owned()),
            ("settled", yes_no(check_in.settled)),
            ("limp", yes_no(check_in.limp)),
            ("night_pain", yes_no(check_in.night_pain)),
            ("note", check_in.note.clone()),
        ])
    }
}

impl TodayPage {
    /// The photos and films of an exercise of the day.
    pub fn media(&self, exercise: &ExerciseView) -> Vec<&Medium> {
        self.sketchbook.as_ref().map(|sketchbook| sketchbook.media_of(&exercise.slot)).unwrap_or_default()
    }

    /// The drawing of an exercise of the day.
    pub fn drawing(&self, exercise: &ExerciseView) -> Option<Arc<Drawing>> {
        self.sketchbook.as_ref()?.of(&exercise.slot)
    }

    /// What the plan is, if there is one.
    pub fn state(&self) -> Option<State> {
        self.current.as_ref().map(|current| current.status.state)
    }

    /// The heading and title.
    pub fn heading(&self) -> String {
        match (&self.work, self.state()) {
            (Some(_), _) if self.is_today() => "Today".to_owned(),
            (Some(_), _) => crate::clock::day_and_month(self.day),
            (None, Some(State::Paused)) => "Your plan is paused".to_owned(),
            (None, _) if !self.reports.is_empty() => "Have this looked at first".to_owned(),
            (None, Some(State::Finished)) => "Your plan is finished".to_owned(),
            (None, _) => "Today".to_owned(),
        }
    }

    /// "Session 2 of 3 this week · about 12 minutes"
    pub fn truth(&self) -> String {
        let Some(work) = &self.work else { return String::new() };
        if !self.is_today() {
            return work.phase.in_words();
        }
        if self.rests() {
            return "A rest day. Ask before your next session.".to_owned();
        }
        if work.week.asked > 0 && work.week.done >= work.week.asked {
            return format!("{}.", work.week.in_words());
        }
        let minutes = work.phase.minutes();
        format!("{} · about {minutes} minute{}", work.week.in_words(), if minutes == 1 { "" } else { "s" })
    }

    /// Whether today is for resting: the exercises stand back, and can still be written down by someone who did them.
    pub fn rests(&self) -> bool {
        let begun = self.work.as_ref().is_some_and(|work| work.session.is_some());
        self.is_today() && self.advice.is_some() && !begun && !self.errors.any()
    }

    /// The address of a session.
    pub fn address(&self, day: &NaiveDate, ordinal: &i32) -> String {
        let day = (*day != self.page.today()).then(|| format!("day={day}"));
        let ordinal = (*ordinal > 1).then(|| format!("ordinal={ordinal}"));
        let query: Vec<String> = day.into_iter().chain(ordinal).collect();
        if query.is_empty() { "/my/today".to_owned() } else { format!("/my/today?{}", query.join("&")) }
    }

    /// The other sessions of the day shown, by number.
    pub fn other_sessions(&self) -> Vec<i32> {
        let last = self.work.as_ref().map_or(1, |work| work.sessions_of_day);
        (1..=last).filter(|ordinal| *ordinal != self.ordinal).collect()
    }

    /// The number of one more session on this day, once the ones before it have begun.
    pub fn one_more(&self) -> Option<i32> {
        let work = self.work.as_ref().filter(|work| work.session.is_some())?;
        (work.sessions_of_day < MOST_SESSIONS).then_some(work.sessions_of_day + 1)
    }

    pub fn is_today(&self) -> bool {
        self.day == self.page.today()
    }

    /// The days that can still be entered, newest first, without the one shown.
    pub fn other_days(&self) -> Vec<NaiveDate> {
        (0..=DAYS_BACK).map(|back| self.page.today() - TimeDelta::days(back)).filter(|day| *day != self.day).collect()
    }

    pub fn emergency(&self) -> bool {
        self.reports.iter().any(Screening::is_emergency)
    }

    /// Whether any warning sign was answered with yes.
    pub fn flagged(&self) -> bool {
        self.reports.iter().any(|report| !report.flags.is_empty())
    }
}

impl WorkView {
    /// What is saved of how the session felt, as its fields carry it: what the form shows as known.
    pub fn saved(&self, field: &str) -> String {
        feeling_fields(self.session.as_ref()).get(field).to_owned()
    }

    /// What is saved of how the session felt, in one line; nothing when nothing was said.
    pub fn felt(&self) -> Option<String> {
        let session = self.session.as_ref()?;
        let feeling = session.feeling;
        if feeling == super::domain::Feeling::default() && session.note.is_empty() {
            return None;
        }
        let said = |name: &str, answer: Option<i32>| match answer {
            Some(number) => format!("{name} {number} of 10"),
            None => format!("{name} not answered"),
        };
        let parts = [said("pain during", feeling.during), said("pain after", feeling.after), said("effort", feeling.effort)];
        Some(parts.join(" · "))
    }
}

/// How a session felt, as the form shows it.
pub fn feeling_fields(session: Option<&Session>) -> Fields {
    let number = |answer: Option<i32>| answer.map(|number| number.to_string()).unwrap_or_default();
    let (feeling, note) = session.map(|session| (session.feeling, session.note.clone())).unwrap_or_default();
    Fields::from_pairs([
        ("during", number(feeling.during)),
        ("after", number(feeling.after)),
        ("effort", number(feeling.effort)),
        ("note", note),
    ])
}

/// Which form of the page was refused, and with what.
pub enum Refused {
    Sets(PrescriptionId, Fields, Errors),
    Feeling(Fields, Errors),
    CheckIn(Fields, Errors),
}

impl Refused {
    /// The errors with the ids that the fields have on the page, each saying which exercise and which round it is about.
    pub fn summary(&self, work: Option<&WorkView>) -> Errors {
        let (prefix, errors) = match self {
            Self::Sets(id, _, errors) => (format!("rx{id}-"), errors),
            Self::Feeling(_, errors) => (String::new(), errors),
            Self::CheckIn(_, errors) => ("morning-".to_owned(), errors),
        };
        let exercise = match self {
            Self::Sets(id, ..) => work.and_then(|work| work.exercises.iter().find(|exercise| exercise.slot.id == *id)),
            _ => None,
        };
        let mut invalid = crate::error::Invalid::default();
        for (field, words) in errors.all() {
            let about = exercise.map(|exercise| format!("{}: ", exercise.about(field))).unwrap_or_default();
            invalid.add(format!("{prefix}{field}"), format!("{about}{words}"));
        }
        Errors(invalid)
    }
}

#[derive(Template)]
#[template(path = "diary/something_wrong.html")]
pub struct SomethingWrongPage {
    pub page: Page,
    pub fields: Fields,
    pub errors: Errors,
}

impl SomethingWrongPage {
    pub fn emergencies(&self) -> Vec<&'static RedFlag> {
        RED_FLAGS.iter().filter(|flag| flag.urgency == Urgency::Emergency).collect()
    }

    pub fn urgent(&self) -> Vec<&'static RedFlag> {
        RED_FLAGS.iter().filter(|flag| flag.urgency == Urgency::Urgent).collect()
    }
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

    #[test]
    fn an_answered_morning_says_what_was_not_answered() {
        let answered = CheckIn {
            day: NaiveDate::default(),
            pain: Some(0),
            stiffness: Some(Stiffness::Some),
            settled: None,
            limp: Some(false),
            night_pain: Some(true),
            note: String::new(),
        };
        let fields = CheckInView::fields_of(&answered);
        let view = CheckInView { due: true, answered: Some(answered), about: None, fields, errors: Errors::default() };
        assert_eq!(view.in_words(), "pain 0 of 10 · a little stiff · settled not answered · no limp · pain in the night");
    }

    #[test]
    fn each_side_has_its_rounds_and_every_field_its_own_id() {
        let view = ExerciseView::new(1, &slot(Side::Each), None, None);
        assert_eq!(view.rounds.iter().map(|round| round.name.as_str()).collect::<Vec<_>>(), ["left-1", "left-2", "right-1", "right-2"]);
        assert_eq!(view.rounds_of("right")[1].label(), "Right side, round 2");
        assert_eq!(view.id(&view.rounds[0].amount_field()), "rx12-amount-left-1");
        assert!(!view.differs() && !view.skips());
        assert!(!ExerciseView::new(1, &slot(Side::Together), None, None).two_sided());
    }

    #[test]
    fn what_was_refused_stands_open() {
        let typed = Fields::from_pairs([("done", "left-1"), ("amount-left-1", "lots"), ("skip", "")]);
        let errors = Errors(crate::error::Invalid::one("amount-left-1", "Enter a whole number"));
        let view = ExerciseView::new(1, &slot(Side::Each), None, Some((&typed, &errors)));
        assert!(view.rounds[0].done && !view.rounds[0].was_done);
        assert!(view.differs() && !view.skips());
    }
}
