//! All articles, read from their files.

use chrono::NaiveDate;
use rust_embed::RustEmbed;

use super::domain::{self, Front};
use super::glossary::{self, Glossary};
use super::{Article, Reading};
use crate::config::Clinic;
use crate::exercises::{self, Exercise, Half, Library, Mention};
use crate::folder::Folder;
use crate::markdown::{self, Card, Document, Flaw, Illustration, Picture, Rendered, Surroundings};
use crate::text::{capitalised, slug};
use crate::web::Assets;

#[derive(RustEmbed)]
#[folder = "articles/"]
struct Files;

/// All articles: the newest first, the parts of a series in their order; and the words they explain.
pub struct Catalogue {
    articles: Vec<Article>,
    glossary: Glossary,
    own: Folder,
}

/// What an article may name.
struct Known<'a> {
    slugs: &'a [&'a str],
    glossary: &'a Glossary,
    library: &'a Library,
    clinic: &'a Clinic,
    own: &'a Folder,
}

/// Where a text is shown: on a page of this site, or in a feed reader.
pub(super) struct Place<'a> {
    /// Put before every path of this site.
    pub(super) base: &'a str,
    /// Put before every `#…`.
    pub(super) own: &'a str,
    /// The address of the icon file, when there are icons.
    pub(super) icons: Option<&'a str>,
    /// The picture behind a name.
    pub(super) image: &'a dyn Fn(&str) -> Option<Picture>,
}

impl Catalogue {
    /// Reads the files that belong to the program.
    ///
    /// # Errors
    /// Every flaw of every file, as "articles/x.md:12: reason".
    pub fn load(library: &Library, clinic: &Clinic) -> Result<Self, Vec<String>> {
        Self::with(&Folder::default(), library, clinic)
    }

    /// Reads the files that belong to the program, and those of the clinic beside them or in their place.
    ///
    /// # Errors
    /// Every flaw of every file, with its file and line.
    pub fn with(own: &Folder, library: &Library, clinic: &Clinic) -> Result<Self, Vec<String>> {
        let files = Files::iter().filter(|name| !name.contains('/')).filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        });
        Self::gather(&own.beside(files, ""), own, library, clinic)
    }

    /// Whether the program brings a file of this name.
    #[must_use]
    pub fn brings(name: &str) -> bool {
        Files::get(name).is_some()
    }

    /// Reads files given as name and text.
    ///
    /// # Errors
    /// As [`Catalogue::load`].
    pub fn read(files: impl IntoIterator<Item = (String, String)>, library: &Library, clinic: &Clinic) -> Result<Self, Vec<String>> {
        Self::gather(&files.into_iter().collect::<Vec<_>>(), &Folder::default(), library, clinic)
    }

    fn gather(files: &[(String, String)], own: &Folder, library: &Library, clinic: &Clinic) -> Result<Self, Vec<String>> {
        let slugs: Vec<&str> = files.iter().filter_map(|(name, _)| name.strip_suffix(".md")).collect();
        let mut articles = Vec::new();
        let mut flaws = Vec::new();
        let mut note = |name: &str, found: &[Flaw]| flaws.extend(found.iter().map(|flaw| flaw.in_file(&own.place(name))));
        let words = files.iter().find(|(name, _)| name == glossary::FILE).map_or("", |(_, text)| text);
        let glossary = Glossary::read(words).unwrap_or_else(|found| {
            note(glossary::FILE, &found);
            Glossary::default()
        });
        let known = Known { slugs: &slugs, glossary: &glossary, library, clinic, own };
        for (name, text) in files {
            let Some(stem) = name.strip_suffix(".md") else { continue };
            match read(stem, text, &known) {
                Ok(article) => articles.push(article),
                Err(found) => note(name, &found),
            }
        }
        flaws.extend(clashes(&articles, own));
        if !flaws.is_empty() {
            return Err(flaws);
        }
        articles.sort_by(|a, b| {
            let key = |article: &Article| {
                let front = &article.front;
                (front.series.is_none(), front.series.clone(), front.part, front.title.clone())
            };
            b.front.published.cmp(&a.front.published).then_with(|| key(a).cmp(&key(b)))
        });
        Ok(Self { articles, glossary, own: own.clone() })
    }

    /// All articles, also those whose day has not come.
    #[must_use]
    pub fn all(&self) -> &[Article] {
        &self.articles
    }

    /// The words the articles explain.
    #[must_use]
    pub fn glossary(&self) -> &Glossary {
        &self.glossary
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

    /// The articles readers see on this day that link a term of the glossary.
    #[must_use]
    pub fn uses(&self, term: &str, today: NaiveDate) -> Vec<&Article> {
        let mut articles = self.shown(today);
        articles.retain(|article| article.rendered.terms.iter().any(|slug| slug == term));
        articles
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

    /// The path an article has on this day that used to have this one.
    #[must_use]
    pub fn moved_to(&self, former: &str, today: NaiveDate) -> Option<String> {
        let moved = |article: &Article| article.is_shown(today) && article.front.redirects_from.iter().any(|path| path == former);
        self.articles.iter().find(|article| moved(article)).map(Article::path)
    }

    /// The picture behind a name on a page of this site; `address` says where a file of its own is reached.
    pub(super) fn picture(&self, name: &str, address: impl Fn() -> String) -> Option<Picture> {
        picture(&self.own, name, address)
    }

    /// The text of an article for the place it is shown in.
    pub(super) fn render(&self, article: &Article, library: &Library, clinic: &Clinic, place: &Place<'_>) -> Result<Rendered, String> {
        let slugs: Vec<&str> = self.articles.iter().map(|article| article.front.slug.as_str()).collect();
        let known = Known { slugs: &slugs, glossary: &self.glossary, library, clinic, own: &self.own };
        let rendered = render(&article.front, (&article.text, article.text_line), &known, place);
        rendered.map_err(|flaws| flaws.iter().map(|flaw| flaw.in_file(&article.front.slug)).collect::<Vec<_>>().join("; "))
    }
}

fn read(stem: &str, text: &str, known: &Known<'_>) -> Result<Article, Vec<Flaw>> {
    let document = Document::part(text).map_err(|flaw| vec![flaw])?;
    let front: Front = document.front().map_err(|flaw| vec![flaw])?;
    let mut flaws = domain::check(&front, &document, stem, known.slugs, known.library);
    if front.figure.as_ref().is_some_and(|figure| !Assets::embeds(figure) && known.own.bytes(figure).is_none()) {
        flaws.push(Flaw::new(document.line_of("figure"), "there is no such picture in static/"));
    }
    let image = |name: &str| picture(known.own, name, || format!("/assets/{name}"));
    let place = Place { base: "", own: "", icons: None, image: &image };
    match render(&front, (document.text, document.text_line), known, &place) {
        Ok(rendered) => {
            flaws.extend(domain::uncited(&front, &document, &rendered));
            if flaws.is_empty() {
                let reading = Reading::of(&markdown::prose(document.text));
                return Ok(Article { front, rendered, reading, text: document.text.to_owned(), text_line: document.text_line });
            }
        }
        Err(found) => flaws.extend(found),
    }
    flaws.sort_by_key(|flaw| flaw.line);
    Err(flaws)
}

fn render(front: &Front, (text, first_line): (&str, usize), known: &Known<'_>, place: &Place<'_>) -> Result<Rendered, Vec<Flaw>> {
    let references: Vec<&str> = front.references.iter().map(|reference| reference.key.as_str()).collect();
    let around = Surroundings {
        first_line,
        references: &references,
        exercise: &|slug| known.library.get(slug).map(card),
        article: &|slug| known.slugs.contains(&slug),
        term: &|slug| known.glossary.explains(slug),
        image: place.image,
        plate: &|name| known.library.plate(name).map(|picture| illustration(picture, "")),
        base: place.base,
        own: place.own,
        icons: place.icons,
        clinic: known.clinic,
    };
    markdown::article(text, &around)
}

/// The picture behind a name on a page of this site, the clinic's own before the program's: a drawing goes into the page, anything
/// else has an address.
fn picture(own: &Folder, name: &str, address: impl Fn() -> String) -> Option<Picture> {
    let (drawing, file) = match own.bytes(name) {
        Some(_) => (own.text(name).filter(|_| Assets::is_drawing(name)).map(str::to_owned), own.place(name)),
        None if Assets::embeds(name) => (Assets::drawing(name), format!("static/{name}")),
        None => return None,
    };
    Some(drawing.map_or_else(|| Picture::Address(address()), |svg| Picture::Drawing { svg, file }))
}

fn card(exercise: &Exercise) -> Card {
    Card {
        name: exercise.name.clone(),
        summary: exercise.summary.clone(),
        dose: capitalised(&exercise.dose_sentence()),
        drawing: exercise.drawing(Half::Right).map(|drawing| illustration(&drawing.card, &drawing.words)),
    }
}

fn illustration(picture: &exercises::Picture, words: &str) -> Illustration {
    let exercises::Picture { url, width, height, .. } = picture;
    Illustration { address: url.clone(), width: *width, height: *height, words: words.to_owned() }
}

/// Parts of a series and former paths that two articles claim.
fn clashes(articles: &[Article], own: &Folder) -> Vec<String> {
    let mut flaws = Vec::new();
    let file = |front: &Front| own.place(&format!("{}.md", front.slug));
    for (place, article) in articles.iter().enumerate() {
        for other in &articles[..place] {
            let (one, two) = (&article.front, &other.front);
            if one.series.is_some() && (&one.series, one.part) == (&two.series, two.part) {
                flaws.push(format!("{}: {} is the same part of the same series", file(one), two.slug));
            }
            if let Some((tag, spelt)) = spelt_otherwise(&one.tags, &two.tags) {
                flaws.push(format!("{}: the tag \"{tag}\" is spelt \"{spelt}\" in {}; use one of the two", file(one), two.slug));
            }
            if let Some(path) = one.redirects_from.iter().find(|path| two.redirects_from.contains(path)) {
                flaws.push(format!("{}: {} redirects from {path}, too", file(one), two.slug));
            }
        }
        if let Some(path) = article.front.redirects_from.iter().find(|path| articles.iter().any(|other| other.path() == **path)) {
            flaws.push(format!("{}: {path} is the page of an article and cannot redirect", file(&article.front)));
        }
    }
    flaws
}

/// A tag of the first that the second spells in another way.
fn spelt_otherwise<'a>(one: &'a [String], two: &'a [String]) -> Option<(&'a str, &'a str)> {
    let pairs = one.iter().flat_map(|tag| two.iter().map(move |other| (tag.as_str(), other.as_str())));
    pairs.into_iter().find(|(tag, other)| tag != other && slug(tag) == slug(other))
}

#[cfg(test)]
mod tests;
