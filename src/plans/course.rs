//! What a patient's plans asked on each day: the version of that day, the phase of that day, and whether it ran at all.

use chrono::{NaiveDate, NaiveDateTime};

use super::domain::{Current, Publication, SnapshotPhase, State, Status};

/// The versions and states of one patient over time, by day.
#[derive(Debug, Clone, Default)]
pub struct Course {
    publications: Vec<Publication>,
    newest: Option<Status>,
    turns: Vec<Turn>,
    milestones: Option<Milestones>,
}

/// Since when the newest plan is as it is, by days at the clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestones {
    /// It began.
    pub begun: NaiveDate,
    /// The patient is in the phase they are in.
    pub phase: NaiveDate,
    /// It got the state it has, or was moved within.
    pub state: NaiveDate,
    /// Its newest version is published.
    pub version: NaiveDate,
}

/// From this day on: this version (its place among the publications), in this state.
#[derive(Debug, Clone)]
struct Turn {
    day: NaiveDate,
    publication: usize,
    status: Status,
}

/// The version and phase of one day.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The version that was valid at the end of the day.
    pub publication: &'a Publication,
    /// The phase the patient was in.
    pub phase: &'a SnapshotPhase,
    /// What the plan was at the end of the day.
    pub state: State,
    /// Whether the plan had begun by then. On earlier days its first version stands for what was done before it was written.
    pub begun: bool,
}

impl Asked<'_> {
    /// Whether the day asked for anything: a plan had begun, and ran.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.begun && self.state == State::Running
    }
}

impl Course {
    /// Puts versions (newest plan and version first) and states (oldest first) in the order of days. `day_of` says on which day at
    /// the clinic a moment fell.
    #[must_use]
    pub fn new(publications: Vec<Publication>, statuses: &[Status], day_of: impl Fn(NaiveDateTime) -> NaiveDate) -> Self {
        let newest_plan = publications.first().map(|newest| newest.plan);
        let newest = statuses.iter().rev().find(|status| Some(status.plan) == newest_plan).cloned();
        let milestones = newest.as_ref().zip(publications.first()).and_then(|(newest, version)| {
            let of_plan = || statuses.iter().filter(|status| status.plan == newest.plan);
            let in_phase = of_plan().rev().take_while(|status| status.phase == newest.phase).last()?;
            Some(Milestones {
                begun: day_of(of_plan().next()?.since),
                phase: day_of(in_phase.since),
                state: day_of(newest.since),
                version: day_of(version.at),
            })
        });
        let mut moments: Vec<NaiveDateTime> = publications.iter().map(|publication| publication.at).collect();
        moments.extend(statuses.iter().map(|status| status.since));
        moments.sort_unstable();
        moments.dedup();
        let mut turns: Vec<Turn> = Vec::new();
        for moment in moments {
            let known = |publication: &Publication| publication.at <= moment;
            // The newest plan counts from the moment it was first published.
            let Some(publication) = publications.iter().position(known) else { continue };
            let plan = publications[publication].plan;
            let Some(status) = statuses.iter().rev().find(|status| status.plan == plan && status.since <= moment) else { continue };
            let turn = Turn { day: day_of(moment), publication, status: status.clone() };
            match turns.last_mut().filter(|last| last.day == turn.day) {
                Some(last) => *last = turn,
                None => turns.push(turn),
            }
        }
        Self { publications, newest, turns, milestones }
    }

    /// The plan of now: its newest version, the one before, and what it is.
    #[must_use]
    pub fn current(&self) -> Option<Current> {
        let publication = self.publications.first()?.clone();
        let previous = self.publications.get(1).filter(|older| older.plan == publication.plan).cloned();
        Some(Current { publication, previous, status: self.newest.clone()? })
    }

    /// The version and phase of a day; before the first plan the first one known.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<Asked<'_>> {
        let after = self.turns.partition_point(|turn| turn.day <= day);
        let turn = self.turns.get(after.saturating_sub(1))?;
        let publication = &self.publications[turn.publication];
        let phase = publication.snapshot.phase(turn.status.phase)?;
        Some(Asked { publication, phase, state: turn.status.state, begun: after > 0 })
    }

    /// What the newest plan is, and the phase the patient is in.
    #[must_use]
    pub fn status(&self) -> Option<&Status> {
        self.newest.as_ref()
    }

    /// Since when the newest plan is as it is.
    #[must_use]
    pub fn milestones(&self) -> Option<Milestones> {
        self.milestones
    }

    /// Each day on which version, state or phase changed, with what held from then on; oldest first.
    pub fn turns(&self) -> impl Iterator<Item = (NaiveDate, &Publication, &Status)> {
        self.turns.iter().map(|turn| (turn.day, &self.publications[turn.publication], &turn.status))
    }

    /// All versions that are known, newest plan and version first.
    #[must_use]
    pub fn publications(&self) -> &[Publication] {
        &self.publications
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::ids::{PhaseId, PlanId};
    use crate::plans::{CutOffs, Slot, Snapshot};

    /// Midday of a day of November 2026.
    pub fn noon(day: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).and_then(|day| day.and_hms_opt(12, 0, 0)).unwrap()
    }

    /// A version of a plan whose phases have these slots.
    pub fn version(plan: i64, version: i32, day: u32, phases: &[(i64, Vec<Slot>)]) -> Publication {
        let phases = phases.iter().map(|(id, slots)| {
            let empty = r#"{"id":0,"name":"Calm","purpose":"","exit_criteria":"","slots":[]}"#;
            SnapshotPhase { id: PhaseId(*id), slots: slots.clone(), ..serde_json::from_str(empty).unwrap() }
        });
        Publication {
            plan: PlanId(plan),
            version,
            snapshot: Snapshot { phases: phases.collect(), review_on: None, cut_offs: CutOffs::TABLE },
            reason: String::new(),
            by: String::new(),
            at: noon(day),
        }
    }

    /// A state of a plan since a day.
    pub fn status(plan: i64, state: State, phase: i64, day: u32) -> Status {
        Status { plan: PlanId(plan), state, phase: PhaseId(phase), reason: String::new(), since: noon(day) }
    }

    /// The versions (newest first) and states (oldest first) as one course.
    pub fn course(publications: Vec<Publication>, statuses: &[Status]) -> Course {
        Course::new(publications, statuses, |moment| moment.date())
    }

    fn told(course: &Course, day: u32) -> Option<(i64, i32, i64, bool)> {
        let asked = course.on(noon(day).date())?;
        Some((asked.publication.plan.0, asked.publication.version, asked.phase.id.0, asked.asks()))
    }

    #[test]
    fn each_day_has_the_version_and_the_phase_of_that_day() {
        let phases = || vec![(1, Vec::new()), (2, Vec::new())];
        let publications = vec![version(2, 1, 20, &[(9, Vec::new())]), version(1, 2, 8, &phases()), version(1, 1, 2, &phases())];
        let statuses = [
            status(1, State::Running, 1, 2),
            status(1, State::Running, 2, 10),
            status(1, State::Paused, 2, 12),
            status(1, State::Running, 2, 15),
            status(1, State::Replaced, 2, 20),
            status(2, State::Running, 9, 20),
        ];
        let course = course(publications, &statuses);
        let days = [1, 2, 7, 8, 10, 12, 14, 15, 20, 30].map(|day| told(&course, day).unwrap());
        let expected = [
            (1, 1, 1, false),
            (1, 1, 1, true),
            (1, 1, 1, true),
            (1, 2, 1, true),
            (1, 2, 2, true),
            (1, 2, 2, false),
            (1, 2, 2, false),
            (1, 2, 2, true),
            (2, 1, 9, true),
            (2, 1, 9, true),
        ];
        assert_eq!(days, expected);
        let current = course.current().unwrap();
        assert_eq!((current.publication.plan, current.status.phase, current.previous.is_none()), (PlanId(2), PhaseId(9), true));
    }

    #[test]
    fn who_never_had_a_plan_is_asked_nothing() {
        let course = course(Vec::new(), &[]);
        assert!(course.current().is_none() && told(&course, 1).is_none());
    }
}
