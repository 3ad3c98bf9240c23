//! What may have been meant by an address that leads nowhere: a room above knows, and the server hands it down.

use std::sync::Arc;

/// Finds pages for a path. Given by the server to the error pages.
pub struct Suggest(Arc<Find>);

type Find = dyn Fn(&str) -> Meant + Send + Sync;

/// What may have been meant by a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meant {
    /// The words of the path, where they found something.
    pub words: String,
    /// Pages, the likeliest first.
    pub pages: Vec<Suggestion>,
}

/// A page that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its title.
    pub title: String,
    /// Its path.
    pub path: String,
    /// What it is, in a word.
    pub kind: &'static str,
}

impl Suggest {
    /// Finds by this.
    pub fn new(find: impl Fn(&str) -> Meant + Send + Sync + 'static) -> Self {
        Self(Arc::new(find))
    }

    /// What may have been meant by a path; found on a thread that may wait.
    pub(super) async fn meant(&self, path: &str) -> Meant {
        let (find, path) = (Arc::clone(&self.0), path.to_owned());
        tokio::task::spawn_blocking(move || find(&path)).await.unwrap_or_default()
    }
}
