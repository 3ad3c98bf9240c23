//! Staff: putting a programme into a plan. It is a copy at the end of the draft: what is there stays, and nothing links back.

use actix_web::{HttpRequest, web};

use super::copy::Copying;
use super::pages::{ChoosePage, PutPage};
use super::physio::House;
use super::store::{self, Own};
use super::{Programme, form};
use crate::audit::{self, Entry};
use crate::db::{Conn, Lock};
use crate::error::{AppError, Invalid};
use crate::exercises::desk::Desk;
use crate::ids::{PatientId, PersonId, PhaseId, PlanId, PrescriptionId, ProgrammeId};
use crate::patients::{self, Profile};
use crate::plans::{self, Draft, DraftPhase, Prescription, Subject};
use crate::web::{Answer, Errors, Fields, html, refused, see_other};

/// A programme to put into a plan.
pub enum Source<'a> {
    /// One of the house.
    House(&'a Programme),
    /// One of the clinic's own, with its phases.
    Own(Box<(Own, Draft)>),
}

impl Source<'_> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::House(programme) => &programme.name,
            Self::Own(own) => &own.0.name,
        }
    }

    /// What a form calls it: its slug, or its number.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::House(programme) => programme.slug.clone(),
            Self::Own(own) => own.0.id.to_string(),
        }
    }

    /// The address of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/clinic/programmes/{}", self.key())
    }
}

/// An own programme with its phases, if this member of staff may use it.
pub(super) fn own(conn: &mut Conn, person: PersonId, id: ProgrammeId) -> Result<(Own, Draft), AppError> {
    let own = store::one(conn, person, id)?.ok_or(AppError::NotFound)?;
    let draft = plans::store::draft_of(conn, Subject::Programme(id))?;
    Ok((own, draft))
}

impl Desk {
    async fn source<'a>(&self, key: &str, house: &'a super::Programmes) -> Result<Source<'a>, AppError> {
        if let Some(programme) = house.get(key) {
            return Ok(Source::House(programme));
        }
        let (id, person) = (key.parse::<ProgrammeId>().map_err(|_| AppError::NotFound)?, self.staff.id);
        Ok(Source::Own(Box::new(self.db.read(move |conn| own(conn, person, id)).await?)))
    }

    async fn whose(&self, plan: PlanId) -> Result<Profile, AppError> {
        self.db
            .read(move |conn| {
                let draft = plans::draft(conn, plan)?.ok_or(AppError::NotFound)?;
                patients::profile(conn, draft.of.patient().ok_or(AppError::NotFound)?)?.ok_or(AppError::NotFound)
            })
            .await
    }

    /// Puts what was chosen of a programme into the draft; says where it begins.
    async fn put(&self, plan: PlanId, source: &Source<'_>, fields: &Fields, house: &super::Programmes) -> Result<PhaseId, AppError> {
        let patient = self.whose(plan).await?;
        let copying = Copying { programmes: house, library: &self.library, sore: Some(patient.sore_side) };
        let taken = match source {
            Source::House(programme) => copying.phases(programme, &form::choice(fields)?),
            Source::Own(own) => {
                let chosen = form::own_choice(fields, &own.1)?;
                own.1.phases.iter().filter(|phase| chosen.contains(&phase.id)).map(fresh).collect()
            }
        };
        if taken.is_empty() {
            return Err(Invalid::one("phase", "The programme has no such phase any more. Choose again").into());
        }
        let (staff, now, id, words) = (self.staff.clone(), self.page.now, patient.id, format!("put in the programme {}", source.name()));
        self.db
            .write(Lock::Patient(id.0), move |conn| {
                let draft = plans::draft(conn, plan)?.ok_or(AppError::NotFound)?;
                let put = |conn: &mut Conn, draft: &Draft| store::append(conn, draft, &taken)?.ok_or(AppError::NotFound);
                let first = plans::recorded(conn, draft.of, (&words, staff.id, now), put)?;
                let verb = "changed the draft of the plan";
                let entry = Entry { at: now, actor: Some(staff.id), name: &staff.name, verb, subject: Some(id.into()), detail: &words };
                audit::record(conn, &entry)?;
                Ok(first)
            })
            .await
    }
}

/// A phase of an own programme for a patient: new numbers will be given.
fn fresh(phase: &DraftPhase) -> DraftPhase {
    let prescriptions = phase.prescriptions.iter().map(|one| Prescription { id: PrescriptionId(0), ..one.clone() }).collect();
    DraftPhase { id: PhaseId(0), prescriptions, ..phase.clone() }
}

/// `GET /clinic/plans/{id}/programmes`: choose a programme, then its phases (`programme` is its slug or number; `phase` and `probe` are ticked beforehand).
///
/// # Errors
/// See [`AppError`].
pub async fn choose(desk: Desk, plan: web::Path<PlanId>, request: HttpRequest, house: House) -> Answer {
    let (plan, programmes) = (*plan, house.get());
    let patient = desk.whose(plan).await?;
    let asked = Fields::decode(request.query_string().as_bytes());
    if !asked.get("programme").is_empty() {
        let source = desk.source(asked.get("programme"), &programmes).await?;
        let target = Target::Plan(plan, Box::new(patient));
        let fields = if asked.get("phase").is_empty() { Fields::default() } else { asked };
        return html(&PutPage { page: desk.page, target, source, fields, errors: Errors::default() });
    }
    let person = desk.staff.id;
    let own = desk.db.read(move |conn| store::own(conn, person)).await?;
    let own = own.into_iter().filter(|own| !own.archived).collect();
    html(&ChoosePage { page: desk.page, plan, patient, house: programmes.all(), own })
}

/// `POST /clinic/plans/{id}/programmes`: `programme`, `phase` as often as wanted, `probe` twice or never.
///
/// # Errors
/// See [`AppError`].
pub async fn put(desk: Desk, plan: web::Path<PlanId>, fields: Fields, house: House) -> Answer {
    let (plan, programmes) = (*plan, house.get());
    let patient = desk.whose(plan).await?;
    let source = desk.source(fields.get("programme"), &programmes).await?;
    match desk.put(plan, &source, &fields, &programmes).await {
        Ok(first) => see_other(&format!("/clinic/plans/{plan}?phase={first}&done=programme-put#phase{first}")),
        Err(AppError::Invalid(invalid)) => {
            let target = Target::Plan(plan, Box::new(patient));
            refused(&PutPage { page: desk.page, target, source, fields, errors: Errors(invalid) })
        }
        Err(error) => Err(error),
    }
}

/// Where a programme is put.
pub enum Target {
    /// Into the draft of this plan of this patient.
    Plan(PlanId, Box<Profile>),
    /// Into the draft of a patient who is still to be chosen, each with whether they have a plan.
    Anyone(Vec<(PatientId, String, bool)>),
}

/// `GET /clinic/programmes/{slug}/plans`: choose the patient and the phases.
///
/// # Errors
/// See [`AppError`].
pub async fn whom(desk: Desk, slug: web::Path<String>, house: House) -> Answer {
    let programmes = house.get();
    let source = desk.source(&slug, &programmes).await?;
    let target = desk.everyone().await?;
    html(&PutPage { page: desk.page, target, source, fields: Fields::default(), errors: Errors::default() })
}

/// `POST /clinic/programmes/{slug}/plans`: into the draft of the chosen patient's newest plan, or of a new one.
///
/// # Errors
/// See [`AppError`].
pub async fn put_for(desk: Desk, slug: web::Path<String>, fields: Fields, house: House) -> Answer {
    let programmes = house.get();
    let source = desk.source(&slug, &programmes).await?;
    let outcome = match fields.get("patient").parse::<PatientId>() {
        Ok(patient) => desk.put_into_newest(patient, &source, &fields, &programmes).await,
        Err(_) => Err(Invalid::one("patient", "Choose the patient").into()),
    };
    match outcome {
        Ok((plan, first)) => see_other(&format!("/clinic/plans/{plan}?phase={first}&done=programme-put#phase{first}")),
        Err(AppError::Invalid(invalid)) => {
            let target = desk.everyone().await?;
            refused(&PutPage { page: desk.page, target, source, fields, errors: Errors(invalid) })
        }
        Err(error) => Err(error),
    }
}

impl Desk {
    async fn everyone(&self) -> Result<Target, AppError> {
        self.db
            .read(|conn| {
                let newest = store::newest_plans(conn)?;
                let all = patients::all(conn, None, "")?.into_iter();
                Ok(Target::Anyone(all.map(|one| (one.id, one.name, newest.contains_key(&one.id))).collect()))
            })
            .await
    }

    async fn put_into_newest(
        &self,
        patient: PatientId,
        source: &Source<'_>,
        fields: &Fields,
        house: &super::Programmes,
    ) -> Result<(PlanId, PhaseId), AppError> {
        if let Source::House(_) = source {
            form::choice(fields)?;
        }
        let (person, now) = (self.staff.id, self.page.now);
        let plan = self
            .db
            .write(Lock::Patient(patient.0), move |conn| {
                patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
                match store::newest_plans(conn)?.get(&patient) {
                    Some(plan) => Ok(*plan),
                    None => plans::create(conn, patient, person, now),
                }
            })
            .await?;
        Ok((plan, self.put(plan, source, fields, house).await?))
    }
}
