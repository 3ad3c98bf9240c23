//! Secrets of 256 bits: the one place that draws random numbers.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::error::AppError;

/// A secret for a cookie or a link. Only its hash is ever stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A fresh secret from the operating system.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the system has no random numbers.
    pub fn new() -> Result<Self, AppError> {
        Ok(Self(hex(&random::<32>()?)))
    }

    /// A secret that came back in a cookie or a link.
    #[must_use]
    pub fn given(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What is stored of it: SHA-256, in hexadecimal. A secret of 256 random bits needs no slow hash.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Fresh random bytes from the operating system.
///
/// # Errors
/// [`AppError::Internal`] when the system has none.
#[expect(clippy::disallowed_methods, reason = "the one home of random numbers")]
pub fn random<const N: usize>() -> Result<[u8; N], AppError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| AppError::Internal(format!("no random numbers: {error}")))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_differ_and_hash_the_same_when_they_come_back() {
        let (one, two) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(one.to_string().len(), 64);
        assert_ne!(one.to_string(), two.to_string());
        assert_eq!(Token::given(&one.to_string()).hash(), one.hash());
        assert_ne!(one.hash(), one.to_string());
    }
}
