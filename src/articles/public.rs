//! The public pages of the articles, made once and put on the shelf.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;

use super::catalogue::Place;
use super::pages::{self, ArticlePage, GlossaryPage, Group, ListPage};
use super::{Article, Catalogue, Collection, feed, guide};
use crate::error::AppError;
use crate::exercises::Library;
use crate::messages;
use crate::web::{Answer, House, Html, Leaf, Page};

/// What the public pages of one day are made from.
pub struct Edition<'a> {
    /// What all pages share.
    pub house: &'a Arc<House>,
    /// The articles and the glossary.
    pub catalogue: &'a Catalogue,
    /// The exercises.
    pub library: &'a Library,
    /// The day at the clinic.
    pub today: NaiveDate,
    /// Readers' questions that have been answered, the oldest first.
    pub answers: &'a [messages::Answer],
    /// How often each article, by its slug, was read before `today`.
    pub views: &'a HashMap<String, i64>,
}

/// Renders `/articles`, `/articles/{slug}`, `/glossary`, `/guides/{slug}` and `/feed.atom` as readers see them on the edition's day.
///
/// # Errors
/// [`AppError::Internal`] when a page cannot be rendered.
pub fn leaves(edition: &Edition<'_>) -> Result<Vec<(String, Leaf)>, AppError> {
    let Edition { house, catalogue, library, .. } = *edition;
    let shown = catalogue.shown(edition.today);
    let list = ListPage { page: Page::public(house, "/articles"), groups: groups(&shown) };
    let mut leaves = vec![("/articles".to_owned(), Leaf::page(&list)?)];
    for article in &shown {
        leaves.push((article.path(), Leaf::page(&article_page(edition, article)?)?.counted(&article.front.slug)));
    }
    let glossary = GlossaryPage { page: Page::public(house, "/glossary"), terms: catalogue.glossary().terms() };
    leaves.push(("/glossary".to_owned(), Leaf::page(&glossary)?));
    leaves.extend(guide::leaves(edition)?);
    leaves.push((feed::PATH.to_owned(), feed::leaf(house, catalogue, library, &shown)?));
    Ok(leaves)
}

/// Answers a path an article used to have with 308 to the path it has now; for whatever no other route takes.
///
/// # Errors
/// [`AppError::NotFound`] for every other path.
pub async fn moved(request: HttpRequest, collection: web::Data<Collection>) -> Answer {
    match collection.now().catalogue.moved_to(request.path()) {
        Some(path) => Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, path)).finish()),
        None => Err(AppError::NotFound),
    }
}

fn article_page<'a>(edition: &Edition<'a>, article: &'a Article) -> Result<ArticlePage<'a>, AppError> {
    let Edition { house, catalogue, library, today, .. } = *edition;
    let page = Page::public(house, &article.path());
    let image = |name: &str| catalogue.picture(name, || page.asset(name).to_owned());
    let place = Place { base: "", own: "", icons: Some(page.asset("icons.svg")), image: &image };
    let rendered = catalogue.render(article, library, page.clinic(), &place).map_err(AppError::Internal)?;
    let related = article.front.related.iter().filter_map(|slug| catalogue.get(slug)).filter(|other| other.is_shown(today)).collect();
    let figure = article.front.figure.as_ref().map(|figure| page.absolute(page.asset(figure)));
    let data = Html::json(&pages::structured(&page, article));
    Ok(ArticlePage { rendered, article, parts: catalogue.series(article, today), related, figure, data, page })
}

/// Series first, then what belongs to none, by category.
fn groups<'a>(shown: &[&'a Article]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for article in shown {
        let (heading, is_series) = match &article.front.series {
            Some(series) => (series.clone(), true),
            None => (article.front.category.label().to_owned(), false),
        };
        match groups.iter_mut().find(|group| group.heading == heading && group.is_series == is_series) {
            Some(group) => group.articles.push(article),
            None => groups.push(Group { heading, is_series, articles: vec![article] }),
        }
    }
    groups.sort_by_key(|group| !group.is_series);
    for group in groups.iter_mut().filter(|group| group.is_series) {
        group.articles.sort_by_key(|article| article.front.part);
    }
    groups
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use actix_web::test::TestRequest;

    use super::*;
    use crate::articles::Holdings;
    use crate::clock::Clock;
    use crate::config::Clinic;
    use crate::folder::Folder;
    use crate::web::Assets;

    #[tokio::test]
    async fn a_former_path_leads_to_the_present_one() {
        let text = "+++\ntitle = \"T\"\nslug = \"new\"\nsummary = \"S.\"\nauthors = [\"A\"]\nreviewed_by = \"B\"\npublished = 2026-01-01\n\
                    updated = 2026-01-01\nlast_reviewed = 2026-01-01\nnext_review = 2027-01-01\ncategory = \"running\"\ntags = []\n\
                    related = []\nexercises = []\nredirects_from = [\"/articles/old\"]\n+++\n\nWords.\n";
        let clinic = Clinic::from_toml("", Path::new("clinic.toml")).unwrap();
        let files = [("new.md".to_owned(), text.to_owned())];
        let library = Arc::new(Library::load().unwrap());
        let catalogue = Arc::new(Catalogue::read(files, &library, &clinic).unwrap());
        let base_url = "https://clinic.example".parse().unwrap();
        let house = Arc::new(House { clock: Clock::running(clinic.time_zone), clinic, base_url, assets: Assets::load() });
        let holdings = Holdings { house, library, catalogue, own: Folder::default() };
        let collection = web::Data::new(Collection::new(holdings));
        let ask = |path: &str| moved(TestRequest::with_uri(path).to_http_request(), collection.clone());
        let answer = ask("/articles/old").await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers().get("location").unwrap().as_bytes()), (308, b"/articles/new".as_slice()));
        assert!(matches!(ask("/articles/older").await, Err(AppError::NotFound)));
    }
}
