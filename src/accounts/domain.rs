//! What an account is, and the rules about passwords, sign-ins, invitations and tries.

use chrono::{NaiveDateTime, TimeDelta};

use crate::ids::PersonId;
use crate::text::Email;
use crate::web::Role;

/// Anyone with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their number.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address, in lower case.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// A password that has been held against the rules, not yet hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(String);

impl NewPassword {
    /// Fewest characters. Length is what counts; no rules about digits and signs.
    pub const SHORTEST: usize = 12;
    /// Most characters: more would only keep the hasher busy.
    pub const LONGEST: usize = 200;

    /// Reads a new password.
    ///
    /// # Errors
    /// The words to show beside the field.
    pub fn parse(text: &str, email: Option<&Email>) -> Result<Self, String> {
        let length = text.chars().count();
        if length < Self::SHORTEST {
            return Err(format!("Choose a password with at least {} characters", Self::SHORTEST));
        }
        if length > Self::LONGEST {
            return Err(format!("Choose a password with at most {} characters", Self::LONGEST));
        }
        let mut characters = text.chars();
        let first = characters.next();
        if characters.all(|c| Some(c) == first) || email.is_some_and(|email| text.to_lowercase() == email.as_str()) {
            return Err("Choose a password that is harder to guess, like three random words".to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    /// The password, to be hashed.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

/// How to count the messages that wait for a person: one number in SQL, in terms of `people`. A room above knows; the server hands it
/// down, so that looking up who is there stays one statement.
#[derive(Debug, Clone, Copy)]
pub struct Mailbox(pub &'static str);

impl Default for Mailbox {
    /// Nothing waits for anybody.
    fn default() -> Self {
        Self("0")
    }
}

/// How long a sign-in lasts: without use, and at all.
#[must_use]
pub fn sign_in_life(role: Role) -> (TimeDelta, TimeDelta) {
    match role {
        // A patient's own phone on the floor beside the mat: a month between two sessions must not lock them out.
        Role::Patient => (TimeDelta::days(30), TimeDelta::days(90)),
        Role::Physio | Role::Owner => (TimeDelta::hours(12), TimeDelta::days(7)),
    }
}

/// Whether a sign-in is still good.
#[must_use]
pub fn still_signed_in(role: Role, created: NaiveDateTime, last_seen: NaiveDateTime, now: NaiveDateTime) -> bool {
    let (idle, absolute) = sign_in_life(role);
    now - last_seen < idle && now - created < absolute
}

/// How precisely the last use of a sign-in is kept; a write a request would be too much.
#[must_use]
pub fn last_seen_precision() -> TimeDelta {
    TimeDelta::minutes(5)
}

/// How long an invitation can be used.
#[must_use]
pub fn invitation_life() -> TimeDelta {
    TimeDelta::days(7)
}

/// The span in which failed tries are counted.
#[must_use]
pub fn throttle_span() -> TimeDelta {
    TimeDelta::minutes(15)
}

/// Whether so many failures in [`throttle_span`] refuse the next try.
#[must_use]
pub fn too_many_tries(for_account: i64, from_address: i64) -> bool {
    for_account >= 10 || from_address >= 50
}

/// Where to go after signing in: the page asked for if it is one of ours, else the role's home.
#[must_use]
pub fn way_back(next: &str, role: Role) -> &str {
    let local = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    let own_area = if role.is_staff() { !next.starts_with("/my") } else { !next.starts_with("/clinic") };
    if local && own_area && !next.starts_with("/sign-in") { next } else { role.home() }
}

/// Whether a form on its way there is kept when its sign-in has ended: an address of ours in one of the two areas.
#[must_use]
pub fn keeps(path: &str) -> bool {
    let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.:".contains(&byte));
    plain && !path.contains("//") && ["/my/", "/clinic/"].iter().any(|area| path.starts_with(area))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_not_the_address() {
        let email = Email::parse("ann@example.org").unwrap();
        assert!(NewPassword::parse("walk-before-you-run", Some(&email)).is_ok());
        for wrong in ["", "short", "aaaaaaaaaaaaaaaa", "Ann@example.org"] {
            assert!(NewPassword::parse(wrong, Some(&email)).is_err(), "{wrong}");
        }
        assert!(NewPassword::parse(&"ab".repeat(101), None).is_err());
    }

    #[test]
    fn the_way_back_stays_on_this_site_and_in_ones_own_area() {
        assert_eq!(way_back("/my/plan", Role::Patient), "/my/plan");
        assert_eq!(way_back("/clinic/patients?q=a", Role::Physio), "/clinic/patients?q=a");
        for next in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/clinic", "/sign-in", "/\tx"] {
            assert_eq!(way_back(next, Role::Patient), "/my/today", "{next}");
        }
    }

    #[test]
    fn a_sign_in_ends_when_idle_and_at_last() {
        let start = NaiveDateTime::default();
        let after = |days| start + TimeDelta::days(days);
        assert!(still_signed_in(Role::Patient, start, after(60), after(80)));
        assert!(!still_signed_in(Role::Patient, start, start, after(31)));
        assert!(!still_signed_in(Role::Patient, start, after(89), after(90)));
        assert!(!still_signed_in(Role::Owner, start, start, start + TimeDelta::hours(12)));
    }
}
