//! Posted strings become answers to proposals.

use crate::error::Invalid;
use crate::ids::PhaseId;
use crate::text::Reason;
use crate::web::Fields;

/// Which proposal is answered, as the page showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its fingerprint.
    pub fingerprint: String,
    /// The version it was made for.
    pub version: i32,
}

/// Reads which proposal is meant.
pub fn asked(fields: &Fields) -> Result<Asked, Invalid> {
    let version = fields.get("version").parse::<i32>().ok();
    let fingerprint = fields.get("fingerprint").trim().to_owned();
    match version {
        Some(version) if !fingerprint.is_empty() => Ok(Asked { fingerprint, version }),
        _ => Err(Invalid::one("proposal", "Choose one of the proposals below")),
    }
}

/// Reads which proposal is dismissed, and why.
pub fn dismissal(fields: &Fields) -> Result<(Asked, Reason), Invalid> {
    let asked = asked(fields)?;
    let mut invalid = Invalid::default();
    let reason = invalid.take("reason", Reason::parse(fields.get("reason"), "Say in a few words why it does not suit now"));
    reason.map(|reason| (asked, reason)).ok_or(invalid)
}

/// A criterion that a physio confirms, or takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirming {
    /// The phase the page showed.
    pub phase: PhaseId,
    /// The criterion in words.
    pub criterion: String,
    /// Whether it holds.
    pub holds: bool,
}

/// Reads what is confirmed.
pub fn confirming(fields: &Fields) -> Result<Confirming, Invalid> {
    let phase = fields.get("phase").parse().ok();
    let holds = match fields.get("holds") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let criterion = fields.get("criterion").trim().to_owned();
    match phase.zip(holds) {
        Some((phase, holds)) if !criterion.is_empty() => Ok(Confirming { phase, criterion, holds }),
        _ => Err(Invalid::one("criterion", "Choose what you confirm, and whether it holds")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_answered_is_named() {
        let fields = |text: &str| Fields::decode(text.as_bytes());
        let known = Asked { fingerprint: "ab12".to_owned(), version: 3 };
        assert_eq!(asked(&fields("fingerprint=ab12&version=3")), Ok(known.clone()));
        assert!(asked(&fields("fingerprint=&version=3")).is_err() && asked(&fields("fingerprint=ab12&version=x")).is_err());
        assert_eq!(dismissal(&fields("fingerprint=ab12&version=3&reason=Race+week")).map(|(asked, _)| asked), Ok(known));
        assert!(dismissal(&fields("fingerprint=ab12&version=3&reason=+")).unwrap_err().of("reason").is_some());
        assert!(confirming(&fields("phase=1&criterion=Stairs&holds=yes")).unwrap().holds);
        assert!(confirming(&fields("phase=1&criterion=Stairs&holds=maybe")).is_err());
    }
}
