//! What can be found: articles, exercises, guides and words of the glossary, as readers see them on one day.

use super::text::{Section, sections, unmarked};
use crate::articles::{Article, Edition, GuideLink, Term, guides};
use crate::exercises::{Exercise, Purpose, Test};
use crate::markdown;
use crate::messages::Answer;
use crate::text::words;

words! {
    /// What kind of page is found.
    Kind {
        /// An article.
        Article = "article", "Article";
        /// An exercise.
        Exercise = "exercise", "Exercise";
        /// A guide to print.
        Guide = "guide", "Guide";
        /// A word of the glossary.
        Word = "word", "Word";
    }
}

impl Kind {
    /// Several of them, as a filter names them.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Article => "Articles",
            Self::Exercise => "Exercises",
            Self::Guide => "Guides",
            Self::Word => "Words explained",
        }
    }
}

/// One page that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub kind: Kind,
    /// Its name in addresses.
    pub slug: String,
    pub path: String,
    pub title: String,
    /// Tags, other words for it, what it works on.
    pub names: String,
    pub summary: String,
    pub sections: Vec<Section>,
}

/// Everything that can be found on the day of an edition.
pub(super) fn entries(edition: &Edition<'_>) -> Vec<Entry> {
    let articles = edition.shown().into_iter().map(|article| of_article(article, edition.answers));
    let exercises = edition.library.all().iter().map(of_exercise);
    let terms = edition.catalogue.glossary().terms().iter().map(of_term);
    let tests = edition.library.tests().iter().map(of_test);
    articles.chain(exercises).chain(tests).chain(guides().into_iter().map(of_guide)).chain(terms).collect()
}

fn of_article(article: &Article, answers: &[Answer]) -> Entry {
    let front = &article.front;
    let names = front.tags.join(", ");
    let mut sections = sections(article.rendered.html.as_str());
    sections.extend(answers.iter().filter(|answer| answer.article == front.slug).map(of_answer));
    Entry {
        kind: Kind::Article,
        slug: front.slug.clone(),
        path: article.path(),
        title: unmarked(&front.title),
        names: unmarked(&front.series.iter().fold(names, |names, series| format!("{names}, {series}"))),
        summary: unmarked(&front.summary),
        sections,
    }
}

/// A reader's question and its answer, which stand below the article.
fn of_answer(answer: &Answer) -> Section {
    let words = sections(markdown::strict(&answer.words).as_str()).into_iter().map(|section| section.text).collect::<Vec<_>>().join(" ");
    let text = unmarked(&format!("{} {words}", answer.question));
    Section { id: "questions".to_owned(), heading: "Readers’ questions".to_owned(), text }
}

fn of_exercise(exercise: &Exercise) -> Entry {
    let purposes = exercise.purposes.iter().flat_map(|purpose| [purpose.word(), purpose.label()]);
    let regions = exercise.regions.iter().flat_map(|region| [region.word(), region.label()]);
    let names: Vec<&str> = regions.chain(purposes).chain([exercise.kind.as_str()]).collect();
    let steps = exercise.steps.join(" ");
    Entry {
        kind: Kind::Exercise,
        slug: exercise.slug.clone(),
        path: exercise.path(),
        title: unmarked(&exercise.name),
        names: unmarked(&names.join(", ")),
        summary: unmarked(&exercise.summary),
        sections: vec![Section { text: unmarked(&steps), ..Section::default() }],
    }
}

fn of_test(test: &Test) -> Entry {
    let names: Vec<&str> = test.regions.iter().map(|region| region.label()).chain([Purpose::Test.word(), Purpose::Test.label()]).collect();
    Entry {
        kind: Kind::Exercise,
        slug: test.slug.clone(),
        path: test.path(),
        title: unmarked(&test.name),
        names: unmarked(&names.join(", ")),
        summary: unmarked(&test.summary),
        sections: vec![Section { text: unmarked(&test.steps.join(" ")), ..Section::default() }],
    }
}

fn of_guide(guide: GuideLink) -> Entry {
    let slug = guide.path.rsplit('/').next().unwrap_or_default().to_owned();
    let names = "free guide, to print".to_owned();
    Entry { kind: Kind::Guide, slug, path: guide.path, title: guide.title, names, summary: guide.summary, sections: Vec::new() }
}

fn of_term(term: &Term) -> Entry {
    Entry {
        kind: Kind::Word,
        slug: term.slug.clone(),
        path: format!("/glossary#{}", term.slug),
        title: unmarked(&term.term),
        names: unmarked(&term.also.join(", ")),
        summary: unmarked(&term.words),
        sections: Vec::new(),
    }
}
