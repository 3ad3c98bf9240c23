//! The clinic and its site as search engines read them, in the words of <https://schema.org>.

use serde_json::{Value, json};

use super::hours;
use crate::web::Page;

/// The home page: <https://schema.org/MedicalClinic> and <https://schema.org/WebSite>.
pub(super) fn home(page: &Page) -> Value {
    json!({ "@context": "https://schema.org", "@graph": [clinic(page), site(page)] })
}

fn clinic(page: &Page) -> Value {
    let clinic = page.clinic();
    let mut data = json!({
        "@type": "MedicalClinic",
        "@id": page.absolute("/#clinic"),
        "name": clinic.name,
        "description": clinic.motto,
        "url": page.absolute("/"),
        "medicalSpecialty": "https://schema.org/Physiotherapy",
    });
    let said = [("telephone", clinic.telephone.clone()), ("email", clinic.email.clone()), ("address", clinic.address.join(", "))];
    for (key, value) in said.into_iter().filter(|(_, value)| !value.is_empty()) {
        data[key] = Value::String(value);
    }
    // Hours that are told in part would be wrong about the rest of the week.
    let hours: Option<Vec<String>> = clinic.opening_hours.iter().map(|line| hours::read(line)).collect();
    if let Some(hours) = hours.filter(|hours| !hours.is_empty()) {
        data["openingHours"] = json!(hours);
    }
    data
}

fn site(page: &Page) -> Value {
    json!({
        "@type": "WebSite",
        "@id": page.absolute("/#site"),
        "name": page.clinic().name,
        "url": page.absolute("/"),
        "inLanguage": "en-GB",
        "publisher": { "@id": page.absolute("/#clinic") },
    })
}
