//! What the pages of this room show.

use askama::Template;

use super::domain::{KEPT_PIXELS, LARGEST_FILM, LARGEST_PHOTO, LONGEST_FILM, MOST_MEGAPIXELS, Medium, size_in_words};
use super::uses::Use;
use crate::ids::PatientId;
use crate::patients::Listed;
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "media/list.html")]
pub struct ListPage {
    pub page: Page,
    /// Those of the library, or of the patient.
    pub media: Vec<Medium>,
    /// Whose page this is, with their name; the library's when nobody's.
    pub patient: Option<(PatientId, String)>,
    /// Patients who have some, and how many.
    pub others: Vec<(PatientId, String, i64)>,
    pub patients: Vec<Listed>,
    /// Photos that can stand for a film.
    pub stills: Vec<Medium>,
    pub used: u64,
    pub quota: u64,
    pub fields: Fields,
    pub errors: Errors,
}

impl ListPage {
    /// The heading.
    pub fn heading(&self) -> String {
        self.patient.as_ref().map_or_else(|| "Photos and films".to_owned(), |(_, name)| format!("Photos and films of {name}"))
    }

    /// Where the form is sent.
    pub fn is_whose(&self, patient: &PatientId) -> bool {
        self.fields.is("patient", &patient.to_string())
    }

    /// Whether this photo was chosen to stand for the film.
    pub fn is_still(&self, medium: &Medium) -> bool {
        self.fields.is("still", &medium.id.to_string())
    }

    /// How much room is taken: "1.2 MB of 2 GB".
    pub fn room(&self) -> String {
        format!("{} of {}", size_in_words(self.used), size_in_words(self.quota))
    }

    /// How much room is taken, of a hundred parts.
    pub fn percent(&self) -> u64 {
        (self.used.saturating_mul(100) / self.quota.max(1)).min(100)
    }

    /// What may be chosen.
    pub fn limits(&self) -> String {
        format!(
            "A JPEG, PNG or WebP photo of at most {} and {MOST_MEGAPIXELS} megapixels, or an MP4 or WebM film of at most {} and {} minutes.",
            size_in_words(LARGEST_PHOTO),
            size_in_words(LARGEST_FILM),
            LONGEST_FILM / 60
        )
    }

    /// What becomes of a photo.
    pub fn kept(&self) -> String {
        format!("A photo is kept with at most {KEPT_PIXELS} pixels on its longer side.")
    }
}

#[derive(Template)]
#[template(path = "media/medium.html")]
pub struct MediumPage {
    pub page: Page,
    pub medium: Medium,
    /// Photos that can stand for it, when it is a film.
    pub stills: Vec<Medium>,
    /// Where it is shown.
    pub uses: Vec<Use>,
    pub fields: Fields,
    pub errors: Errors,
}

impl MediumPage {
    /// What is said of it now, to be changed.
    pub fn fields_of(medium: &Medium) -> Fields {
        let still = medium.still.as_ref().map_or_else(String::new, |(id, _)| id.to_string());
        Fields::from_pairs([("words", medium.words.clone()), ("still", still)])
    }

    /// Whether this photo stands for the film.
    pub fn is_still(&self, medium: &Medium) -> bool {
        self.fields.is("still", &medium.id.to_string())
    }

    /// The list it stands in.
    pub fn list(&self) -> String {
        list(self.medium.patient.as_ref().map(|(id, _)| *id))
    }
}

/// The page that lists the photos and films of the library, or of a patient.
pub fn list(patient: Option<PatientId>) -> String {
    patient.map_or_else(|| "/clinic/media".to_owned(), |id| format!("/clinic/media?patient={id}"))
}

impl Medium {
    /// What it is, in a few words: "Photo, 1600 by 1200, 230 kB".
    #[must_use]
    pub fn about(&self) -> String {
        let length = self.seconds.map(length).map(|words| format!(", {words}")).unwrap_or_default();
        let kind = crate::text::sentence(self.kind().label());
        format!("{kind}{length}, {} by {}, {}", self.width, self.height, size_in_words(self.file.bytes))
    }
}

/// "45 seconds", "1 minute 5 seconds".
fn length(seconds: u32) -> String {
    let count = |number: u32, unit: &str| format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    match (seconds / 60, seconds % 60) {
        (0, seconds) => count(seconds, "second"),
        (minutes, 0) => count(minutes, "minute"),
        (minutes, seconds) => format!("{} {}", count(minutes, "minute"), count(seconds, "second")),
    }
}
