//! What the pages show on which a programme is written or put into a plan.

use askama::Template;

use super::super::into::{Source, Target};
use super::super::own::Writing;
use super::super::store::Own;
use super::super::{Length, Programme};
use crate::ids::PlanId;
use crate::patients::Profile;
use crate::plans::session_words;
use crate::web::{Errors, Fields, Page};

/// `/clinic/programmes/new`, `/clinic/programmes/{id}/about` and `/clinic/plans/{id}/copies`.
#[derive(Template)]
#[template(path = "plans/programmes/about.html")]
pub struct AboutPage {
    pub page: Page,
    pub writing: Writing,
    pub fields: Fields,
    pub errors: Errors,
}

impl AboutPage {
    fn heading(&self) -> &'static str {
        match self.writing {
            Writing::New => "New programme",
            Writing::FromPlan(..) => "Programme from a plan",
            Writing::About(_) => "About this programme",
        }
    }

    fn is_new(&self) -> bool {
        !matches!(self.writing, Writing::About(_))
    }

    fn is_from_plan(&self) -> bool {
        matches!(self.writing, Writing::FromPlan(..))
    }

    /// Whether who looks may keep it for themselves.
    fn may_hide(&self) -> bool {
        match &self.writing {
            Writing::About(own) => self.page.viewer.as_ref().is_some_and(|viewer| viewer.id == own.by),
            _ => true,
        }
    }

    fn back(&self) -> String {
        match &self.writing {
            Writing::New => "/clinic/programmes".to_owned(),
            Writing::FromPlan(plan, _) => format!("/clinic/plans/{plan}"),
            Writing::About(own) => own.path(),
        }
    }
}

/// `/clinic/plans/{id}/programmes`.
#[derive(Template)]
#[template(path = "plans/programmes/choose.html")]
pub struct ChoosePage<'a> {
    pub page: Page,
    pub plan: PlanId,
    pub patient: Profile,
    pub house: &'a [Programme],
    pub own: Vec<Own>,
}

/// `/clinic/plans/{id}/programmes?programme=…` and `/clinic/programmes/{slug}/plans`.
#[derive(Template)]
#[template(path = "plans/programmes/put.html")]
pub struct PutPage<'a> {
    pub page: Page,
    pub target: Target,
    pub source: Source<'a>,
    pub fields: Fields,
    pub errors: Errors,
}

/// A phase that may be taken.
struct Offer {
    key: String,
    name: String,
    words: String,
    only_if: String,
}

impl PutPage<'_> {
    fn action(&self) -> String {
        match &self.target {
            Target::Plan(plan, _) => format!("/clinic/plans/{plan}/programmes"),
            Target::Anyone(_) => format!("{}/plans", self.source.path()),
        }
    }

    fn back(&self) -> String {
        match &self.target {
            Target::Plan(plan, _) => format!("/clinic/plans/{plan}"),
            Target::Anyone(_) => self.source.path(),
        }
    }

    fn offers(&self) -> Vec<Offer> {
        match &self.source {
            Source::House(programme) => programme
                .phases
                .iter()
                .map(|phase| Offer {
                    key: phase.key.clone(),
                    name: phase.name.clone(),
                    words: phase.length.map(Length::words).unwrap_or_default(),
                    only_if: phase.only_if.clone(),
                })
                .collect(),
            Source::Own(own) => own
                .1
                .phases
                .iter()
                .map(|phase| Offer {
                    key: phase.id.to_string(),
                    name: phase.name.clone(),
                    words: session_words(phase.prescriptions.iter().map(|one| &one.dose)),
                    only_if: String::new(),
                })
                .collect(),
        }
    }

    fn is_one(&self) -> bool {
        self.offers().len() == 1
    }

    /// Whether a phase is taken: as it was chosen, and at first those that are for everyone.
    fn ticked(&self, offer: &Offer) -> bool {
        let sent = self.fields.pairs().next().is_some();
        if sent { self.fields.is("phase", &offer.key) } else { offer.only_if.is_empty() }
    }

    /// The probes to choose from, where the programme has any: key and name.
    fn probes(&self) -> Vec<(&str, &str)> {
        let Source::House(programme) = &self.source else { return Vec::new() };
        let probes = programme.experiment.iter().flat_map(|experiment| &experiment.probes);
        probes.map(|probe| (probe.key.as_str(), probe.name.as_str())).collect()
    }

    /// "Without a choice: Core and Buttocks."
    fn usual_pair(&self) -> String {
        let Source::House(programme) = &self.source else { return String::new() };
        let Some(experiment) = &programme.experiment else { return String::new() };
        let names: Vec<&str> =
            experiment.usual_pair.iter().filter_map(|key| experiment.probe(key)).map(|probe| probe.name.as_str()).collect();
        format!("Without a choice: {}.", names.join(" and "))
    }
}
