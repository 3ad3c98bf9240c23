//! Posted strings become commands, all errors at once.

use super::copy::Choice;
use super::store::About;
use crate::error::Invalid;
use crate::ids::PhaseId;
use crate::plans::Draft;
use crate::text::{Name, Note};
use crate::web::Fields;

/// Reads what a programme says of itself.
pub fn about(fields: &Fields) -> Result<About, Invalid> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", Name::parse(fields.get("name"), "the programme's name"));
    let audience = invalid.take("audience", Note::parse(fields.get("audience")));
    let purpose = invalid.take("purpose", Note::parse(fields.get("purpose")));
    match (name, audience, purpose) {
        (Some(name), Some(audience), Some(purpose)) => {
            Ok(About { name: name.into(), audience: audience.into(), purpose: purpose.into(), shared: fields.is("shared", "yes") })
        }
        _ => Err(invalid),
    }
}

/// What `about` would read, to fill its form.
pub fn about_fields(about: &About) -> Fields {
    let shared = if about.shared { "yes" } else { "no" };
    Fields::from_pairs([("name", &*about.name), ("audience", &about.audience), ("purpose", &about.purpose), ("shared", shared)])
}

/// Reads which phases of a programme of the house are taken, and which probes: at least one phase, and two probes where any are.
pub fn choice(fields: &Fields) -> Result<Choice, Invalid> {
    let chosen = |wanted: &str| fields.pairs().filter(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned()).collect::<Vec<_>>();
    let choice = Choice { phases: chosen("phase"), probes: chosen("probe") };
    let mut invalid = Invalid::default();
    if choice.phases.is_empty() {
        invalid.add("phase", "Choose at least one phase");
    }
    if !choice.probes.is_empty() && choice.probes.len() != 2 {
        invalid.add("probe", "Choose the two probes that helped most, or none");
    }
    if invalid.is_empty() { Ok(choice) } else { Err(invalid) }
}

/// Reads which phases of an own programme are taken.
pub fn own_choice(fields: &Fields, draft: &Draft) -> Result<Vec<PhaseId>, Invalid> {
    let chosen: Vec<PhaseId> = draft.phases.iter().map(|phase| phase.id).filter(|id| fields.is("phase", &id.to_string())).collect();
    if chosen.is_empty() { Err(Invalid::one("phase", "Choose at least one phase")) } else { Ok(chosen) }
}
