//! What the pages of the site show.

use askama::Template;
use serde_json::{Value, json};

use crate::articles::Article;
use crate::web::{Html, Page};

/// `/`.
#[derive(Template)]
#[template(path = "site/home.html")]
pub(super) struct HomePage<'a> {
    pub page: Page,
    pub articles: Vec<&'a Article>,
    /// Where the signs of an emergency stand.
    pub urgent: Option<String>,
    pub data: Html,
}

/// `/privacy`.
#[derive(Template)]
#[template(path = "site/privacy.html")]
pub(super) struct PrivacyPage {
    pub page: Page,
}

/// The clinic as search engines read it: <https://schema.org/MedicalClinic>.
pub(super) fn structured(page: &Page) -> Value {
    let clinic = page.clinic();
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "MedicalClinic",
        "name": clinic.name,
        "description": clinic.motto,
        "url": page.absolute("/"),
        "medicalSpecialty": "Physiotherapy",
    });
    let optional = [
        ("telephone", clinic.telephone.clone()),
        ("email", clinic.email.clone()),
        ("address", clinic.address.join(", ")),
        ("openingHours", clinic.opening_hours.join("; ")),
    ];
    for (key, value) in optional {
        if !value.is_empty() {
            data[key] = Value::String(value);
        }
    }
    data
}
