//! Something that may be replaced while others use it.

use std::sync::{Arc, PoisonError, RwLock};

/// The latest of its kind. Who asks gets it as a whole and keeps it for as long as they need it, whatever comes after.
#[derive(Debug, Default)]
pub struct Latest<T>(RwLock<Arc<T>>);

impl<T> Latest<T> {
    /// The first of its kind.
    #[must_use]
    pub fn new(first: impl Into<Arc<T>>) -> Self {
        Self(RwLock::new(first.into()))
    }

    /// The latest.
    #[must_use]
    pub fn get(&self) -> Arc<T> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on this.
    pub fn set(&self, next: impl Into<Arc<T>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = next.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_one_keeps_it() {
        let latest = Latest::new(1);
        let mine = latest.get();
        latest.set(2);
        assert_eq!((*mine, *latest.get()), (1, 2));
    }
}
