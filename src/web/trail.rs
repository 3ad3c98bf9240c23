//! Where a page stands: the way to it from the home page, for readers and for search engines.

use serde_json::json;

use super::{Html, Page};

/// The steps from the home page to a page; shown by the macro `crumbs`.
#[derive(Debug, Clone)]
pub struct Trail {
    base: String,
    path: String,
    steps: Vec<Step>,
}

/// One step of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the page is called.
    pub words: String,
    /// Where it is.
    pub path: String,
}

impl Trail {
    /// The trail of a page, as far as the home page.
    pub(super) fn of(page: &Page) -> Self {
        let home = Step { words: "Home".to_owned(), path: "/".to_owned() };
        Self { base: page.absolute(""), path: page.path.clone(), steps: vec![home] }
    }

    /// Through another page.
    #[must_use]
    pub fn through(mut self, words: impl AsRef<str>, path: impl AsRef<str>) -> Self {
        self.steps.push(Step { words: words.as_ref().to_owned(), path: path.as_ref().to_owned() });
        self
    }

    /// To the page itself.
    #[must_use]
    pub fn here(self, words: impl AsRef<str>) -> Self {
        let path = self.path.clone();
        self.through(words, path)
    }

    /// The steps, home first; the last one is the page itself.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The trail as search engines read it: <https://schema.org/BreadcrumbList>.
    #[must_use]
    pub fn data(&self) -> Html {
        let step = |(place, step): (usize, &Step)| json!({ "@type": "ListItem", "position": place + 1, "name": step.words, "item": format!("{}{}", self.base, step.path) });
        let steps: Vec<_> = self.steps.iter().enumerate().map(step).collect();
        Html::json(&json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps }))
    }
}
