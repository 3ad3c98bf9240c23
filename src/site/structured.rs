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
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": page.absolute("/search?q={search_term_string}") },
            "query-input": "required name=search_term_string",
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use scraper::{Html, Selector};

    use super::*;
    use crate::site::public::tests::{CLINIC, is_page, public};

    /// Each kind of thing we speak of: what must be said of it, and what may be; after <https://schema.org>, version 29.
    #[rustfmt::skip]
    const KINDS: &[(&str, &str, &str)] = &[
        ("MedicalWebPage", "@id url name headline description inLanguage author reviewedBy publisher isPartOf datePublished dateModified lastReviewed timeRequired image isAccessibleForFree", "keywords about citation position"),
        ("ExercisePlan", "@id url name description inLanguage publisher exerciseType intensity associatedAnatomy additionalVariable isAccessibleForFree", "category repetitions activityDuration activityFrequency restPeriods image"),
        ("MedicalTest", "@id url name description", "image"),
        ("DefinedTermSet", "@id url name inLanguage publisher hasDefinedTerm", ""),
        ("DefinedTerm", "@id url name description inDefinedTermSet", "alternateName"),
        ("BreadcrumbList", "itemListElement", ""),
        ("ListItem", "position name item", ""),
        ("MedicalClinic", "@id name url", "description medicalSpecialty telephone email address openingHours"),
        ("WebSite", "@id name url", "inLanguage publisher potentialAction"),
        ("SearchAction", "target query-input", ""),
        ("EntryPoint", "urlTemplate", ""),
        ("CreativeWorkSeries", "name", ""),
        ("Person", "name", "jobTitle"),
        ("Organization", "name", ""),
        ("MedicalCondition", "name", ""),
        ("AnatomicalStructure", "name", ""),
        ("ScholarlyArticle", "name", "author datePublished isPartOf pagination identifier sameAs url"),
        ("CreativeWork", "name", "author datePublished isPartOf sameAs url"),
        ("Periodical", "name", ""),
        ("PublicationVolume", "volumeNumber isPartOf", ""),
        ("PropertyValue", "propertyID value", ""),
        ("QuantitativeValue", "minValue maxValue", "unitCode"),
    ];

    /// Holds a thing and all that it names against the table; hands on their kinds.
    fn check(thing: &Value, path: &str, seen: &mut BTreeSet<String>) {
        let Some(said) = thing.as_object() else { return };
        let Some(kind) = thing["@type"].as_str() else {
            assert!(said.contains_key("@graph") || said.keys().all(|key| key == "@id"), "{path}: of what kind is {thing}?");
            return said.values().for_each(|value| each(value, path, seen));
        };
        let (_, must, may) = KINDS.iter().find(|(name, ..)| *name == kind).unwrap_or_else(|| panic!("{path}: no {kind} is known"));
        for key in must.split_whitespace() {
            assert!(said.contains_key(key), "{path}: {kind} has no {key}");
        }
        for (key, value) in said.iter().filter(|(key, _)| !["@type", "@context"].contains(&key.as_str())) {
            assert!(must.split(' ').chain(may.split(' ')).any(|known| known == key), "{path}: {kind} has no {key} in the vocabulary");
            assert!(!["", "[]", "{}", "null", "\"\""].contains(&value.to_string().as_str()), "{path}: {kind} says nothing by {key}");
            let words = value.as_str().unwrap_or_default();
            match key.as_str() {
                "@id" | "url" | "item" | "image" | "inDefinedTermSet" | "sameAs" | "urlTemplate" => {
                    assert!(words.starts_with("https://"), "{path}: {kind} has {key} {words}");
                }
                "datePublished" | "dateModified" | "lastReviewed" => {
                    let is_day = words.parse::<chrono::NaiveDate>().is_ok_and(|day| day.to_string() == words);
                    let is_year = words.len() == 4 && words.parse::<u16>().is_ok();
                    assert!(is_day || (is_year && kind != "MedicalWebPage"), "{path}: {key} {words}");
                }
                "timeRequired" | "activityDuration" if value.is_string() => {
                    let number = words.strip_prefix("PT").and_then(|rest| rest.strip_suffix(['M', 'S'])).and_then(|rest| rest.parse().ok());
                    assert!(number.is_some_and(|number: u32| number > 0), "{path}: {key} {words}");
                }
                "position" => assert!(value.as_u64().is_some_and(|position| position > 0), "{path}: {key} {value}"),
                _ => {}
            }
            each(value, path, seen);
        }
        seen.insert(kind.to_owned());
    }

    fn each(value: &Value, path: &str, seen: &mut BTreeSet<String>) {
        match value.as_array() {
            Some(list) => list.iter().for_each(|one| check(one, path, seen)),
            None => check(value, path, seen),
        }
    }

    #[test]
    fn what_machines_read_is_complete_on_every_page() {
        let selector = Selector::parse("script[type='application/ld+json']").unwrap();
        let mut all = BTreeSet::new();
        for (path, text) in public(CLINIC).iter().filter(|(_, text)| is_page(text)) {
            let mut seen = BTreeSet::new();
            for script in Html::parse_document(text).select(&selector) {
                let data: Value = serde_json::from_str(&script.text().collect::<String>()).unwrap();
                assert_eq!(data["@context"], "https://schema.org", "{path}");
                check(&data, path, &mut seen);
                if data["@type"] == "BreadcrumbList" {
                    let steps = data["itemListElement"].as_array().unwrap();
                    assert_eq!(steps[0]["item"], "https://clinic.example/", "{path}");
                    assert_eq!(steps.last().unwrap()["item"], format!("https://clinic.example{path}"));
                    assert!(steps.iter().zip(1..).all(|(step, place)| step["position"] == place), "{path}");
                }
            }
            let is_article = path.strip_prefix("/articles/").is_some_and(|rest| !rest.contains('/'));
            for (kind, belongs) in [
                ("BreadcrumbList", path != "/"),
                ("MedicalWebPage", is_article),
                ("ExercisePlan", path.starts_with("/exercises/") && !path.starts_with("/exercises/test-")),
                ("MedicalTest", path.starts_with("/exercises/test-")),
                ("DefinedTermSet", path == "/glossary"),
                ("WebSite", path == "/" || is_article),
            ] {
                assert_eq!(seen.contains(kind), belongs, "{kind} on {path}");
            }
            all.extend(seen);
        }
        let unused: Vec<&str> = KINDS.iter().map(|(kind, ..)| *kind).filter(|kind| !all.contains(*kind)).collect();
        assert!(unused.is_empty(), "nothing speaks of {unused:?}; the table is too long");
    }

    #[test]
    fn the_clinic_says_what_it_knows_and_no_more() {
        let home = |settings: &str| {
            let text = public(settings).remove("/").unwrap();
            let data = text.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap().to_owned();
            serde_json::from_str::<Value>(&data).unwrap()["@graph"][0].clone()
        };
        let said = home("telephone = \"020 7946 0000\"\nopening_hours = [\"Monday to Friday, 8 am to 6 pm\"]");
        assert_eq!((&said["openingHours"], &said["telephone"]), (&json!(["Mo-Fr 08:00-18:00"]), &json!("020 7946 0000")));
        assert_eq!(said["medicalSpecialty"], "https://schema.org/Physiotherapy");
        let said = home("opening_hours = [\"Monday to Friday, 8 am to 6 pm\", \"and when the light is on\"]");
        assert!(said["openingHours"].is_null() && said["telephone"].is_null() && said["address"].is_null(), "{said}");
    }
}
