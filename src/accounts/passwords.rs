//! Passwords: argon2id on the blocking pool, no more at once than there are cores, the rest told to come back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use super::token::random;
use crate::config::PasswordCost;
use crate::error::AppError;

/// How many may wait for a free core before the next one is told to try again.
const LONGEST_QUEUE: usize = 32;

/// Makes and checks password hashes; cheap to clone.
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    argon2: Argon2<'static>,
    cores: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// The hash of nobody's password: checked when an e-mail is unknown, so that the answer takes as long.
    nobody: String,
}

impl Passwords {
    /// Ready to hash at this cost.
    ///
    /// # Errors
    /// A sentence when the cost is impossible or the system has no random numbers.
    pub fn new(cost: PasswordCost) -> Result<Self, String> {
        let params = Params::new(cost.memory, cost.passes, 1, None).map_err(|error| format!("the cost of password hashing: {error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, "nobody's password").map_err(|error| error.to_string())?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self(Arc::new(Inner { argon2, cores: Arc::new(Semaphore::new(cores)), waiting: AtomicUsize::new(0), nobody })))
    }

    /// The hash to store for a password.
    ///
    /// # Errors
    /// [`AppError::Busy`] when too many are waiting.
    pub async fn hash(&self, password: String) -> Result<String, AppError> {
        self.on_a_core(move |argon2, _| hash(argon2, &password)).await?
    }

    /// [`Passwords::hash`] on the caller's own thread, for commands.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the system has no random numbers.
    pub fn hash_here(&self, password: &str) -> Result<String, AppError> {
        hash(&self.0.argon2, password)
    }

    /// Whether the password is the one behind the stored hash. Takes as long when there is no hash.
    ///
    /// # Errors
    /// [`AppError::Busy`] when too many are waiting.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, AppError> {
        self.on_a_core(move |argon2, nobody| {
            let known = stored.is_some();
            let hash = stored.unwrap_or_else(|| nobody.to_owned());
            let fits = PasswordHash::new(&hash).is_ok_and(|hash| {
                <Argon2<'_> as PasswordVerifier<PasswordHash>>::verify_password(argon2, password.as_bytes(), &hash).is_ok()
            });
            known && fits
        })
        .await
    }

    async fn on_a_core<T: Send + 'static>(&self, f: impl FnOnce(&Argon2<'_>, &str) -> T + Send + 'static) -> Result<T, AppError> {
        let inner = Arc::clone(&self.0);
        if inner.waiting.fetch_add(1, Ordering::Relaxed) >= LONGEST_QUEUE {
            inner.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(AppError::Busy);
        }
        let permit = Arc::clone(&inner.cores).acquire_owned().await;
        inner.waiting.fetch_sub(1, Ordering::Relaxed);
        let permit = permit.map_err(|error| AppError::Internal(error.to_string()))?;
        tokio::task::spawn_blocking(move || {
            // The permit goes along: a request that is given up must not free the core before the work is done.
            let _permit = permit;
            f(&inner.argon2, &inner.nobody)
        })
        .await
        .map_err(|error| AppError::Internal(format!("hashing ended early: {error}")))
    }
}

fn hash(argon2: &Argon2<'_>, password: &str) -> Result<String, AppError> {
    let salt = random::<16>()?;
    let hash: PasswordHash =
        argon2.hash_password_with_salt(password.as_bytes(), &salt).map_err(|error| AppError::Internal(format!("hashing: {error}")))?;
    Ok(hash.to_string())
}
