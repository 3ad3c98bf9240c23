//! The builder's page put together: draft, steps, library, and the patient or the programme.

use super::super::domain::{Draft, Snapshot, Subject};
use super::super::rules::Checked;
use super::super::{Sketchbook, changes, physio, store as drafts};
use super::change::Address;
use super::library::LibraryView;
use super::pages::{BuilderPage, BulkView, ClashView, Head, PhaseView, PlanHead, Refused};
use super::store;
use crate::db::Conn;
use crate::error::AppError;
use crate::exercises::Library;
use crate::exercises::desk::{self, Desk};
use crate::patients::{self, SoreSide};
use crate::web::Fields;

impl Desk {
    /// The builder, as the address asks for it, with a form that was not taken.
    pub(in super::super) async fn builder_page(
        self,
        address: Address,
        asked: &Fields,
        refused: Option<Refused>,
    ) -> Result<BuilderPage, AppError> {
        let (person, library) = (self.staff.id, self.library.clone());
        let read = move |conn: &mut Conn| {
            let of = drafts::subject(conn, address, person)?.ok_or(AppError::NotFound)?;
            let draft = drafts::draft_of(conn, of)?;
            let head = head(conn, &draft, &library)?;
            let nobody = patients::Standing::default();
            let standing = if let Head::Plan(plan) = &head { &plan.standing } else { &nobody };
            let checked = Checked::load(conn, &draft, standing, &library)?;
            Ok((head, checked, store::steps(conn, of)?, desk::habits(conn, person)?, draft))
        };
        let (head, checked, steps, habits, draft) = self.db.read(read).await?;
        let phases = PhaseView::all(&draft, &self.library, refused.as_ref());
        let library = LibraryView::find(&self.library, &habits, &draft, asked);
        let bulk = match &refused {
            Some(Refused::Bulk(fields, _)) => BulkView::read(fields, &draft, &self.library),
            _ => BulkView::read(asked, &draft, &self.library),
        };
        let since: i32 = asked.get("since").parse().unwrap_or(i32::MAX);
        let others = |step: &&super::Step| step.revision > since && (step.by != person || step.revision != draft.revision);
        let meanwhile = steps.iter().filter(others).cloned().collect();
        let sore = if let Head::Plan(plan) = &head { plan.patient.sore_side } else { SoreSide::Right };
        let sketchbook = Sketchbook::new(self.library, sore);
        let typed = refused.as_ref().map(Refused::typed).unwrap_or_default();
        let errors = refused.as_ref().map(Refused::summary).unwrap_or_default();
        let clash = refused.and_then(ClashView::of);
        let page = self.page;
        Ok(BuilderPage { page, draft, head, checked, phases, steps, meanwhile, clash, bulk, library, sketchbook, typed, errors })
    }
}

impl ClashView {
    fn of(refused: Refused) -> Option<Self> {
        let Refused::Clash(action, fields, clash) = refused else { return None };
        let name = clash.turns.first().map(|(name, ..)| name.clone()).unwrap_or_default();
        Some(Self { action, fields, clash, name })
    }
}

fn head(conn: &mut Conn, draft: &Draft, library: &Library) -> Result<Head, AppError> {
    let Subject::Plan(_, patient) = draft.of else {
        return Ok(Head::Programme(store::programme(conn, draft.of)?));
    };
    let current = physio::published(conn, draft)?;
    let changes = match (&current, Snapshot::take(draft, library)) {
        (Some(current), Ok(snapshot)) => {
            let before = &current.publication.snapshot;
            changes(before, &snapshot.reviewed_on(before.review_on))
        }
        _ => Vec::new(),
    };
    let filled = draft.phases.iter().filter(|phase| !phase.prescriptions.is_empty()).cloned().collect::<Vec<_>>();
    let preview = Snapshot::take(&Draft { phases: filled, ..draft.clone() }, library).ok().filter(|snapshot| !snapshot.phases.is_empty());
    Ok(Head::Plan(Box::new(PlanHead {
        patient: patients::profile(conn, patient)?.ok_or(AppError::NotFound)?,
        standing: patients::standing(conn, patient)?,
        version: current.as_ref().map_or(0, |current| current.publication.version),
        current,
        changes,
        preview,
    })))
}
