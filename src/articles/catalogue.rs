//! All articles, read from their files.

use chrono::NaiveDate;
use rust_embed::RustEmbed;

use super::Article;
use super::domain::{self, Front};
use crate::config::Clinic;
use crate::exercises::{Exercise, Library, Mention};
use crate::markdown::{self, Card, Document, Flaw, Rendered, Surroundings};
use crate::web::Assets;

#[derive(RustEmbed)]
#[folder = "articles/"]
struct Files;

/// Where the files lie, as flaws name them.
const FOLDER: &str = "articles";

/// All articles: the newest first, the parts of a series in their order.
pub struct Catalogue {
    articles: Vec<Article>,
}

/// Where a text is shown: on a page of this site, or in a feed reader.
pub(super) struct Place<'a> {
    /// Put before every path of this site.
    pub(super) base: &'a str,
    /// Put before every `#…`.
    pub(super) own: &'a str,
    /// The address of the icon file, when there are icons.
    pub(super) icons: Option<&'a str>,
    /// The address of a picture.
    pub(super) image: &'a dyn Fn(&str) -> Option<String>,
}

impl Catalogue {
    /// Reads the files that belong to the program.
    ///
    /// # Errors
    /// Every flaw of every file, as "articles/x.md:12: reason".
    pub fn load(library: &Library, clinic: &Clinic) -> Result<Self, Vec<String>> {
        let files = Files::iter().filter(|name| name.ends_with(".md") && !name.contains('/')).filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        });
        Self::read(files, library, clinic)
    }

    /// Reads files given as name and text.
    ///
    /// # Errors
    /// As [`Catalogue::load`].
    pub fn read(files: impl IntoIterator<Item = (String, String)>, library: &Library, clinic: &Clinic) -> Result<Self, Vec<String>> {
        let files: Vec<(String, String)> = files.into_iter().collect();
        let slugs: Vec<&str> = files.iter().map(|(name, _)| name.trim_end_matches(".md")).collect();
        let mut articles = Vec::new();
        let mut flaws = Vec::new();
        for (name, text) in &files {
            match read(name.trim_end_matches(".md"), text, &slugs, library, clinic) {
                Ok(article) => articles.push(article),
                Err(found) => flaws.extend(found.iter().map(|flaw| flaw.in_file(&format!("{FOLDER}/{name}")))),
            }
        }
        flaws.extend(clashes(&articles));
        if !flaws.is_empty() {
            return Err(flaws);
        }
        articles.sort_by(|a, b| {
            let key = |article: &Article| (article.front.series.clone(), article.front.part, article.front.title.clone());
            b.front.published.cmp(&a.front.published).then_with(|| key(a).cmp(&key(b)))
        });
        Ok(Self { articles })
    }

    /// All articles, also those whose day has not come.
    #[must_use]
    pub fn all(&self) -> &[Article] {
        &self.articles
    }

    /// The article with this slug.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.front.slug == slug)
    }

    /// The articles readers see on this day.
    #[must_use]
    pub fn shown(&self, today: NaiveDate) -> Vec<&Article> {
        self.articles.iter().filter(|article| article.is_shown(today)).collect()
    }

    /// The other parts of an article's series and itself, in order, as far as readers see them.
    #[must_use]
    pub fn series(&self, article: &Article, today: NaiveDate) -> Vec<&Article> {
        let Some(series) = &article.front.series else { return Vec::new() };
        let mut parts = self.shown(today);
        parts.retain(|other| other.front.series.as_ref() == Some(series));
        parts.sort_by_key(|other| other.front.part);
        parts
    }

    /// Which exercise is named by which article, for the pages of the exercises.
    #[must_use]
    pub fn mentions(&self, today: NaiveDate) -> Vec<Mention> {
        let mentions = self.shown(today).into_iter().flat_map(|article| {
            let named = article.rendered.exercises.iter();
            let about = article.front.exercises.iter().filter(|slug| !article.rendered.exercises.contains(slug));
            named.chain(about).map(|slug| Mention { exercise: slug.clone(), title: article.front.title.clone(), path: article.path() })
        });
        mentions.collect()
    }

    /// Paths articles used to have, with the path they have now; the server answers the first with 308 to the second.
    #[must_use]
    pub fn redirects(&self) -> Vec<(String, String)> {
        self.articles.iter().flat_map(|article| article.front.redirects_from.iter().map(|from| (from.clone(), article.path()))).collect()
    }

    /// The text of an article for the place it is shown in.
    pub(super) fn render(&self, article: &Article, library: &Library, clinic: &Clinic, place: &Place<'_>) -> Result<Rendered, String> {
        let slugs: Vec<&str> = self.articles.iter().map(|article| article.front.slug.as_str()).collect();
        let rendered = render(&article.front, (&article.text, article.text_line), &slugs, library, clinic, place);
        rendered.map_err(|flaws| flaws.iter().map(|flaw| flaw.in_file(&article.front.slug)).collect::<Vec<_>>().join("; "))
    }
}

fn read(stem: &str, text: &str, slugs: &[&str], library: &Library, clinic: &Clinic) -> Result<Article, Vec<Flaw>> {
    let document = Document::part(text).map_err(|flaw| vec![flaw])?;
    let front: Front = document.front().map_err(|flaw| vec![flaw])?;
    let mut flaws = domain::check(&front, &document, stem, slugs, library);
    if front.figure.as_ref().is_some_and(|figure| !Assets::embeds(figure)) {
        flaws.push(Flaw::new(document.line_of("figure"), "there is no such picture in static/"));
    }
    let place = Place { base: "", own: "", icons: None, image: &|name| Assets::embeds(name).then(|| format!("/assets/{name}")) };
    match render(&front, (document.text, document.text_line), slugs, library, clinic, &place) {
        Ok(rendered) => {
            flaws.extend(domain::uncited(&front, &document, &rendered));
            if flaws.is_empty() {
                return Ok(Article { front, rendered, text: document.text.to_owned(), text_line: document.text_line });
            }
        }
        Err(found) => flaws.extend(found),
    }
    flaws.sort_by_key(|flaw| flaw.line);
    Err(flaws)
}

fn render(
    front: &Front,
    (text, first_line): (&str, usize),
    slugs: &[&str],
    library: &Library,
    clinic: &Clinic,
    place: &Place<'_>,
) -> Result<Rendered, Vec<Flaw>> {
    let references: Vec<&str> = front.references.iter().map(|reference| reference.key.as_str()).collect();
    let around = Surroundings {
        first_line,
        references: &references,
        exercise: &|slug| library.get(slug).map(card),
        article: &|slug| slugs.contains(&slug),
        image: place.image,
        base: place.base,
        own: place.own,
        icons: place.icons,
        clinic,
    };
    markdown::article(text, &around)
}

fn card(exercise: &Exercise) -> Card {
    Card { name: exercise.name.clone(), summary: exercise.summary.clone(), dose: exercise.dose_sentence(), drawing: None }
}

/// Parts of a series and former paths that two articles claim.
fn clashes(articles: &[Article]) -> Vec<String> {
    let mut flaws = Vec::new();
    for (place, article) in articles.iter().enumerate() {
        for other in &articles[..place] {
            let (one, two) = (&article.front, &other.front);
            if one.series.is_some() && (&one.series, one.part) == (&two.series, two.part) {
                flaws.push(format!("{FOLDER}/{}.md: {} is the same part of the same series", one.slug, two.slug));
            }
            if let Some(path) = one.redirects_from.iter().find(|path| two.redirects_from.contains(path)) {
                flaws.push(format!("{FOLDER}/{}.md: {} redirects from {path}, too", one.slug, two.slug));
            }
        }
        if let Some(path) = article.front.redirects_from.iter().find(|path| articles.iter().any(|other| other.path() == **path)) {
            flaws.push(format!("{FOLDER}/{}.md: {path} is the page of an article and cannot redirect", article.front.slug));
        }
    }
    flaws
}
