//! Staff: the list of programmes, and one to read.

use std::sync::Arc;

use actix_web::{HttpRequest, web};

use super::pages::{ListPage, ProgrammePage};
use super::{Programme, Programmes, Step, store};
use crate::error::AppError;
use crate::exercises::Audience;
use crate::exercises::desk::Desk;
use crate::latest::Latest;
use crate::web::{Answer, Fields, html};

/// The programmes of the house as they are at the moment.
pub type House = web::Data<Latest<Programmes>>;

/// What a programme must be to be listed; what is `None` does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// For these people.
    pub audience: Option<Audience>,
    /// With a phase of this kind.
    pub step: Option<Step>,
}

impl Wanted {
    fn read(fields: &Fields) -> Self {
        Self { audience: Audience::from_word(fields.get("for")), step: Step::from_word(fields.get("stage")) }
    }

    fn lets(self, programme: &Programme) -> bool {
        self.audience.is_none_or(|audience| programme.audiences.contains(&audience))
            && self.step.is_none_or(|step| programme.phases.iter().any(|phase| phase.step == step))
    }

    /// The address of the list with another wish about whom it is for.
    #[must_use]
    pub fn for_whom(self, audience: Option<Audience>) -> String {
        Self { audience, ..self }.address()
    }

    /// The address of the list with another wish about the stage.
    #[must_use]
    pub fn in_stage(self, step: Option<Step>) -> String {
        Self { step, ..self }.address()
    }

    fn address(self) -> String {
        let parts =
            [self.audience.map(|audience| format!("for={}", audience.word())), self.step.map(|step| format!("stage={}", step.word()))];
        let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
        if query.is_empty() { "/clinic/programmes".to_owned() } else { format!("/clinic/programmes?{query}") }
    }
}

/// `GET /clinic/programmes`
///
/// # Errors
/// See [`AppError`].
pub async fn list(desk: Desk, request: HttpRequest, house: House) -> Answer {
    let wanted = Wanted::read(&Fields::decode(request.query_string().as_bytes()));
    let programmes = house.get();
    let shown = programmes.all().iter().filter(|programme| wanted.lets(programme)).collect();
    let person = desk.staff.id;
    let (away, own) = desk.db.read(move |conn| store::own(conn, person)).await?.into_iter().partition(|own| own.archived);
    html(&ListPage { page: desk.page, wanted, house: shown, own, away })
}

/// `GET /clinic/programmes/{slug}`
///
/// # Errors
/// See [`AppError`].
pub async fn programme(desk: Desk, slug: web::Path<String>, house: House) -> Answer {
    let programmes: Arc<Programmes> = house.get();
    let programme = programmes.get(&slug).ok_or(AppError::NotFound)?;
    html(&ProgrammePage { page: desk.page, programme, programmes: &programmes, library: &desk.library })
}
