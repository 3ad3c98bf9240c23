//! What the pages of this room show.

use askama::Template;
use chrono::NaiveDateTime;

use super::domain::{Profile, RED_FLAGS, RedFlag, SoreSide, Standing};
use super::store::Listed;
use crate::accounts::Person;
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "patients/list.html")]
pub struct ListPage {
    pub page: Page,
    pub patients: Vec<Listed>,
    pub query: String,
    pub mine: bool,
}

#[derive(Template)]
#[template(path = "patients/new.html")]
pub struct NewPage {
    pub page: Page,
    pub staff: Vec<Person>,
    pub fields: Fields,
    pub errors: Errors,
}

impl NewPage {
    pub fn sides(&self) -> [SoreSide; 3] {
        SoreSide::ALL
    }
}

#[derive(Template)]
#[template(path = "patients/screening.html")]
pub struct ScreeningPage {
    pub page: Page,
    pub patient: Profile,
    pub standing: Standing,
    pub fields: Fields,
    pub errors: Errors,
}

impl ScreeningPage {
    pub fn flags(&self) -> &'static [RedFlag; 14] {
        &RED_FLAGS
    }
}

#[derive(Template)]
#[template(path = "patients/invitation.html")]
pub struct LinkPage {
    pub page: Page,
    pub patient: Profile,
    pub link: String,
    pub until: NaiveDateTime,
}
