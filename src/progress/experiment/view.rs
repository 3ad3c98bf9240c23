//! An experiment beside the programme that describes it.

use chrono::NaiveDate;

use super::bars::{bars, words};
use crate::clock;
use crate::diary::LoggedSide;
use crate::diary::experiment::{Experiment, Moment, ProbeResult, Reading, Task, Verdict, Yard};
use crate::exercises::dose::Side;
use crate::exercises::{Drawing, Half, Library};
use crate::ids::PlanId;
use crate::plans::programmes::{self, Programme, Programmes};
use crate::text::capitalised;
use crate::web::Html;

/// The programme with the experiment.
pub const PROGRAMME: &str = "tight-test-train-retest";

/// One exercise of a probe.
pub struct Exercise {
    /// Its name.
    pub name: String,
    /// "2 rounds of 12".
    pub dose: String,
    /// Its public page.
    pub path: String,
    /// How it is drawn.
    pub drawing: Option<Drawing>,
}

/// A probe.
pub struct Probe {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What is done.
    pub exercises: Vec<Exercise>,
}

/// An experiment beside its programme.
pub struct View {
    /// The experiment; nothing where there never was one.
    pub experiment: Option<Experiment>,
    /// The probes in the order of the programme.
    pub probes: Vec<Probe>,
    programme: programmes::Experiment,
    turns: Vec<String>,
    today: NaiveDate,
}

impl View {
    /// Puts an experiment beside its programme; nothing where the programme is not there.
    pub fn new(experiment: Option<Experiment>, programmes: &Programmes, library: &Library, today: NaiveDate) -> Option<Self> {
        let known: &Programme = programmes.get(PROGRAMME)?;
        let programme = known.experiment.clone()?;
        let half = match &experiment {
            Some(experiment) if experiment.side == LoggedSide::Left => Half::Left,
            _ => Half::Right,
        };
        let probe = |probe: &programmes::Probe| {
            let exercises = probe.items.iter().filter_map(|item| {
                let exercise = library.get(&item.exercise)?;
                let dose = capitalised(&item.to_begin(None, Side::Each).sentence());
                let drawing = exercise.drawing(half).cloned();
                Some(Exercise { name: exercise.name.clone(), dose, path: exercise.path(), drawing })
            });
            Probe { key: probe.key.clone(), name: probe.name.clone(), exercises: exercises.collect() }
        };
        let turns = known.turns.iter().map(|turn| turn.does.clone()).collect();
        Some(Self { experiment, probes: programme.probes.iter().map(probe).collect(), programme, turns, today })
    }

    /// The keys of its probes in the order of the programme.
    pub fn keys(&self) -> Vec<String> {
        self.probes.iter().map(|probe| probe.key.clone()).collect()
    }

    pub fn yard(&self) -> Yard<'_> {
        let usual = &self.programme.usual_pair;
        Yard { angle: i32::from(self.programme.counts), tightness: i32::from(self.programme.feeling_counts), usual }
    }

    pub fn warm_up(&self) -> u16 {
        self.programme.warm_up
    }

    pub fn again_within(&self) -> u16 {
        self.programme.again_within
    }

    pub fn task(&self) -> Option<Task> {
        self.experiment.as_ref().map(|experiment| experiment.task(self.today))
    }

    pub fn probe(&self, key: &str) -> Option<&Probe> {
        self.probes.iter().find(|probe| probe.key == key)
    }

    fn name(&self, key: &str) -> String {
        self.probe(key).map_or_else(|| key.to_owned(), |probe| probe.name.clone())
    }

    /// The names of probes: "Core and Buttocks".
    pub fn names(&self, keys: &[String]) -> String {
        keys.iter().map(|key| self.name(key)).collect::<Vec<_>>().join(" and ")
    }

    fn results(&self) -> Vec<(String, Option<ProbeResult>)> {
        let Some(experiment) = &self.experiment else { return Vec::new() };
        experiment.probes.iter().map(|key| (self.name(key), experiment.result(key))).collect()
    }

    /// Whether any probe was tested before and after.
    pub fn has_results(&self) -> bool {
        self.experiment.as_ref().is_some_and(|experiment| !experiment.results().is_empty())
    }

    /// The thigh, probe by probe.
    pub fn angle_bars(&self) -> Html {
        let found: Vec<_> = self.results().into_iter().map(|(name, result)| (name, result.and_then(|result| result.angle))).collect();
        bars("angle", "How much lower the thigh hangs after each thing", "degrees", self.yard().angle, &found)
    }

    /// The feeling, probe by probe.
    pub fn tightness_bars(&self) -> Html {
        let found: Vec<_> = self.results().into_iter().map(|(name, result)| (name, result.and_then(|result| result.tightness))).collect();
        bars("tightness", "How much less tight it feels after each thing", "points", self.yard().tightness, &found)
    }

    /// The table beside the bars: name, thigh, tightness.
    pub fn table(&self) -> Vec<(String, String, String)> {
        let row = |(name, result): (String, Option<ProbeResult>)| {
            let (angle, tightness) = result.map_or((None, None), |result| (result.angle, result.tightness));
            (name, words(angle, "degrees", self.yard().angle), words(tightness, "points", self.yard().tightness))
        };
        self.results().into_iter().map(row).collect()
    }

    /// The two that helped most, by the rules.
    pub fn best(&self) -> Option<[String; 2]> {
        self.experiment.as_ref()?.best(self.yard())
    }

    /// What the rules say about the two: whether they helped by more than chance.
    pub fn best_words(&self) -> Option<String> {
        let experiment = self.experiment.as_ref()?;
        let best = self.best()?;
        let helped = best.iter().filter(|key| experiment.result(key).is_some_and(|result| result.helped(self.yard()))).count();
        let words = match helped {
            2 => "Both helped by more than chance.",
            1 => "One of them helped by more than chance; the other was next.",
            _ => "None helped by more than chance, so trunk and buttocks come first where they were tried.",
        };
        Some(format!("{}. {words}", self.names(&best)))
    }

    /// Each test of everything with what was found and whether it helped.
    pub fn tests(&self) -> Vec<(String, String, Option<&'static str>)> {
        let Some(experiment) = &self.experiment else { return Vec::new() };
        let whole = [Moment::Baseline, Moment::Fortnight, Moment::FortnightHeld, Moment::Final, Moment::FinalHeld];
        let test = |moment: &Moment| {
            let reading = experiment.at(moment)?;
            let verdict =
                matches!(moment, Moment::Fortnight | Moment::Final).then(|| verdict_words(experiment.verdict(moment, self.yard())));
            Some((format!("{}, {}", moment.label(), clock::date(reading.day)), reading_words(reading), verdict))
        };
        whole.iter().filter_map(test).collect()
    }

    /// What comes after day 28, by what was found; nothing before.
    pub fn turn(&self) -> Option<&str> {
        let experiment = self.experiment.as_ref()?;
        let place = match experiment.verdict(&Moment::Final, self.yard()) {
            Verdict::Better | Verdict::NotYetHeld => 0,
            Verdict::Unchanged | Verdict::Lost => 1,
            Verdict::MorePain => 2,
            Verdict::Unknown => return None,
        };
        self.turns.get(place).map(String::as_str)
    }

    /// Where the pair, and after day 14 what follows, is put into the draft of the plan.
    pub fn put_path(&self, plan: &PlanId) -> Option<String> {
        let experiment = self.experiment.as_ref()?;
        let pair = &experiment.decision.as_ref()?.pair;
        let phase = match experiment.verdict(&Moment::Fortnight, self.yard()) {
            Verdict::Better => "build",
            Verdict::Lost | Verdict::Unchanged => "switch",
            _ => "pair",
        };
        Some(format!("/clinic/plans/{plan}/programmes?programme={PROGRAMME}&phase={phase}&probe={}", pair.join("&probe=")))
    }

    /// How far it is; nothing where none runs.
    pub fn in_words(&self) -> Option<String> {
        self.experiment.as_ref().filter(|experiment| experiment.ended.is_none()).map(|experiment| experiment.in_words(self.today))
    }
}

fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "Better by more than chance, and it held the next day.",
        Verdict::NotYetHeld => "Better by more than chance. Whether it holds shows the next day.",
        Verdict::Lost => "Better on the day, but it did not hold the next day.",
        Verdict::Unchanged => "No change beyond chance.",
        Verdict::MorePain => "More pain in daily life than at the start.",
        Verdict::Unknown => "Too little was measured to say.",
    }
}

/// "Thigh left −4°, right 3°; tight 6 of 10; bridge left 20 s".
fn reading_words(reading: &Reading) -> String {
    let mut said = Vec::new();
    let degrees = |angle: i32| if angle < 0 { format!("−{}°", angle.abs()) } else { format!("{angle}°") };
    let mut pair = |name: &str, left: Option<String>, right: Option<String>| {
        let sides: Vec<String> =
            [("left", left), ("right", right)].into_iter().filter_map(|(side, value)| Some(format!("{side} {}", value?))).collect();
        if !sides.is_empty() {
            said.push(format!("{name} {}", sides.join(", ")));
        }
    };
    pair("thigh", reading.left_angle.map(degrees), reading.right_angle.map(degrees));
    let seconds = |value: i32| format!("{value} seconds");
    pair("bridge", reading.bridge.0.map(seconds), reading.bridge.1.map(seconds));
    pair("side plank", reading.plank.0.map(seconds), reading.plank.1.map(seconds));
    said.extend(reading.tightness.map(|tightness| format!("tight {tightness} of 10")));
    said.extend(reading.pain.map(|pain| format!("pain {pain} of 10")));
    if reading.back_flat == Some(false) {
        said.push("the back moved, so the angle is not compared".to_owned());
    }
    capitalised(&said.join("; "))
}
