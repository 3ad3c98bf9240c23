//! The articles and the glossary as search engines read them, in the words of <https://schema.org>.

use serde_json::{Value, json};

use super::domain::Subject;
use super::{Article, Term};
use crate::exercises::Reference;
use crate::web::Page;

/// An article: <https://schema.org/MedicalWebPage>.
pub(super) fn article(page: &Page, article: &Article, image: &str) -> Value {
    let front = &article.front;
    let url = page.absolute(&article.path());
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": front.title,
        "headline": front.title,
        "description": front.summary,
        "image": image,
        "inLanguage": "en-GB",
        "isAccessibleForFree": true,
        "keywords": front.tags,
        "author": front.authors.iter().map(|name| team_or_person(name)).collect::<Vec<_>>(),
        "reviewedBy": reviewer(&front.reviewed_by),
        "publisher": clinic(page),
        "isPartOf": [{ "@type": "WebSite", "@id": page.absolute("/#site"), "name": page.clinic().name, "url": page.absolute("/") }],
        "datePublished": front.published.to_string(),
        "dateModified": front.updated.to_string(),
        "lastReviewed": front.last_reviewed.to_string(),
        "timeRequired": format!("PT{}M", article.minutes()),
        "about": front.about.iter().map(subject).collect::<Vec<_>>(),
        "citation": article.references().into_iter().map(citation).collect::<Vec<_>>(),
    });
    if let (Some(series), Some(part), Some(wholes)) = (&front.series, front.part, data["isPartOf"].as_array_mut()) {
        wholes.push(json!({ "@type": "CreativeWorkSeries", "name": series }));
        data["position"] = json!(part);
    }
    if let Some(said) = data.as_object_mut() {
        said.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
    }
    data
}

/// The glossary: <https://schema.org/DefinedTermSet>.
pub(super) fn glossary(page: &Page, terms: &[Term]) -> Value {
    let set = page.absolute("/glossary");
    let term = |term: &Term| {
        let url = format!("{set}#{}", term.slug);
        let mut data = json!({
            "@type": "DefinedTerm", "@id": url, "url": url, "name": term.term, "description": term.words, "inDefinedTermSet": set,
        });
        if !term.also.is_empty() {
            data["alternateName"] = json!(term.also);
        }
        data
    };
    json!({
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": set,
        "url": set,
        "name": "Glossary",
        "inLanguage": "en-GB",
        "publisher": clinic(page),
        "hasDefinedTerm": terms.iter().map(term).collect::<Vec<_>>(),
    })
}

/// The clinic, whose particulars stand on the home page.
fn clinic(page: &Page) -> Value {
    json!({ "@type": "MedicalClinic", "@id": page.absolute("/#clinic"), "name": page.clinic().name, "url": page.absolute("/") })
}

/// A team is an organisation, anyone else a person.
fn team_or_person(name: &str) -> Value {
    let kind = if name.starts_with("The ") { "Organization" } else { "Person" };
    json!({ "@type": kind, "name": name })
}

/// "Cleo Marsh, physiotherapist".
fn reviewer(words: &str) -> Value {
    match words.split_once(", ") {
        Some((name, job)) => json!({ "@type": "Person", "name": name, "jobTitle": job }),
        None => json!({ "@type": "Person", "name": words }),
    }
}

fn subject(subject: &Subject) -> Value {
    match subject {
        Subject::Condition(name) => json!({ "@type": "MedicalCondition", "name": name }),
        Subject::Anatomy(name) => json!({ "@type": "AnatomicalStructure", "name": name }),
    }
}

/// A source: a paper when it appeared in a journal, a work of some kind otherwise.
fn citation(reference: &Reference) -> Value {
    let is_paper = !reference.journal.is_empty() || reference.doi.is_some();
    let mut data = json!({ "@type": if is_paper { "ScholarlyArticle" } else { "CreativeWork" }, "name": reference.title });
    let authors = authors(&reference.authors);
    if !authors.is_empty() {
        data["author"] = json!(authors);
    }
    if let Some(year) = reference.year {
        data["datePublished"] = json!(year.to_string());
    }
    if !reference.journal.is_empty() {
        let journal = json!({ "@type": "Periodical", "name": reference.journal });
        data["isPartOf"] = match reference.volume.as_str() {
            "" => journal,
            volume => json!({ "@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": journal }),
        };
    }
    if is_paper && !reference.pages.is_empty() {
        data["pagination"] = json!(reference.pages);
    }
    if let Some(doi) = &reference.doi {
        data["identifier"] = json!({ "@type": "PropertyValue", "propertyID": "DOI", "value": doi });
        data["sameAs"] = json!(format!("https://doi.org/{doi}"));
    }
    if let Some(url) = &reference.url {
        data["url"] = json!(url);
    }
    data
}

/// The authors of a source, one by one: people as "Hu H", whatever else as an organisation.
fn authors(words: &str) -> Vec<Value> {
    let and_others = words.trim().trim_end_matches('.').strip_suffix("et al");
    let names = and_others.unwrap_or(words).split(", ").map(|name| name.trim().trim_end_matches(',')).filter(|name| !name.is_empty());
    let is_person = |name: &str| {
        let initials = |word: &str| word.len() <= 4 && word.chars().all(|c| c.is_uppercase() || c == '-');
        and_others.is_some() || name.rsplit_once(' ').is_some_and(|(_, last)| initials(last))
    };
    names.map(|name| json!({ "@type": if is_person(name) { "Person" } else { "Organization" }, "name": name })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_people_or_organisations() {
        let kinds = |words: &str| {
            let authors = authors(words);
            let told = authors.iter().map(|author| format!("{} {}", author["@type"].as_str().unwrap(), author["name"].as_str().unwrap()));
            told.collect::<Vec<_>>()
        };
        assert_eq!(kinds("Hu H, van Dieën JH, et al."), ["Person Hu H", "Person van Dieën JH"]);
        assert_eq!(kinds("Pink M et al."), ["Person Pink M"]);
        assert_eq!(kinds("Frandsen et al."), ["Person Frandsen"]);
        assert_eq!(kinds("NHS Greater Glasgow and Clyde"), ["Organization NHS Greater Glasgow and Clyde"]);
        assert_eq!(kinds(""), Vec::<String>::new());
    }

    #[test]
    fn a_reviewer_has_a_name_and_a_profession() {
        assert_eq!(
            reviewer("Cleo Marsh, physiotherapist"),
            json!({ "@type": "Person", "name": "Cleo Marsh", "jobTitle": "physiotherapist" })
        );
        assert_eq!(reviewer("Cleo Marsh"), json!({ "@type": "Person", "name": "Cleo Marsh" }));
    }

    #[test]
    fn a_source_says_where_it_appeared() {
        let text =
            "key='a'\nauthors='Hu H'\ntitle='Is it?'\njournal='Eur Spine J'\nyear=2011\nvolume='20(5)'\npages='759–765'\ndoi='10.1/x'";
        let expected = json!({
            "@type": "ScholarlyArticle", "name": "Is it?", "author": [{ "@type": "Person", "name": "Hu H" }], "datePublished": "2011",
            "isPartOf": { "@type": "PublicationVolume", "volumeNumber": "20(5)", "isPartOf": { "@type": "Periodical", "name": "Eur Spine J" } },
            "pagination": "759–765", "identifier": { "@type": "PropertyValue", "propertyID": "DOI", "value": "10.1/x" },
            "sameAs": "https://doi.org/10.1/x",
        });
        assert_eq!(citation(&toml::from_str(text).unwrap()), expected);
        let page = citation(&toml::from_str("key='a'\ntitle='T'\nurl='https://x.org/1'").unwrap());
        assert_eq!(page, json!({ "@type": "CreativeWork", "name": "T", "url": "https://x.org/1" }));
    }
}
