//! The posted override becomes a command.

use crate::error::Invalid;
use crate::text::Reason;
use crate::web::Fields;

/// Warnings to override, and why.
pub struct Overriding {
    /// The words of the rules, as the form showed them.
    pub rules: Vec<String>,
    /// Why.
    pub reason: Reason,
}

/// Reads which warnings of an exercise are overridden, and why.
pub fn overriding(fields: &Fields) -> Result<Overriding, Invalid> {
    let mut invalid = Invalid::default();
    let reason = Reason::parse(fields.get("reason"), "Say why the exercise is given all the same");
    let reason = invalid.take("reason", reason);
    let rules: Vec<String> = fields.pairs().filter(|(name, _)| *name == "rule").map(|(_, rule)| rule.to_owned()).collect();
    if rules.is_empty() && invalid.is_empty() {
        invalid.add("reason", "Choose a warning of this exercise to override");
    }
    match reason {
        Some(reason) if invalid.is_empty() => Ok(Overriding { rules, reason }),
        _ => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_reason_is_needed() {
        let given = overriding(&Fields::decode(b"rule=gate-b&rule=running&reason=Short+range")).ok().unwrap();
        assert_eq!((given.rules, given.reason.as_str()), (vec!["gate-b".to_owned(), "running".to_owned()], "Short range"));
        assert!(overriding(&Fields::decode(b"reason=Short+range")).is_err(), "and something to override");
        assert!(overriding(&Fields::decode(b"rule=gate-b&reason=+")).is_err_and(|invalid| invalid.of("reason").is_some()));
    }
}
