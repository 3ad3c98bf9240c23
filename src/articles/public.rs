//! The public pages of the articles, made once and put on the shelf.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;

use super::catalogue::Place;
use super::pages::{self, ArticlePage, Entry, GlossaryPage, Letter, ListPage, Question};
use super::{Article, Catalogue, Collection, feed, guide, search, structured, topics};
use crate::error::AppError;
use crate::exercises::Library;
use crate::web::{Answer, House, Html, Leaf, Page};
use crate::{markdown, messages};

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

/// From how many readings on a page tells their number.
const WORTH_TELLING: i64 = 20;
/// The page for a reader who wonders whether to wait; without it the first article with an emergency card serves.
pub(super) const URGENT: &str = "is-it-urgent";
/// The page that says how the articles are made.
const METHOD: &str = "how-we-write-and-review";

impl<'a> Edition<'a> {
    /// The articles readers see.
    #[must_use]
    pub fn shown(&self) -> Vec<&'a Article> {
        self.catalogue.shown(self.today)
    }

    /// Where the signs of an emergency stand.
    #[must_use]
    pub fn urgent(&self) -> Option<String> {
        let mut helpful = self.shown();
        helpful.retain(|article| article.rendered.has_emergency);
        let best = helpful.iter().find(|article| article.front.slug == URGENT).or(helpful.first());
        best.map(|article| format!("{}#emergency", article.path()))
    }
}

/// Renders the articles and their lists, the glossary, the guides, the feeds and what browsers read of the search as readers see them on the edition's day.
///
/// # Errors
/// [`AppError::Internal`] when a page cannot be rendered.
pub fn leaves(edition: &Edition<'_>) -> Result<Vec<(String, Leaf)>, AppError> {
    let Edition { house, catalogue, library, .. } = *edition;
    let shown = edition.shown();
    let newest = shown.iter().map(|article| article.changed()).max();
    let mut leaves = vec![
        ("/articles".to_owned(), Leaf::page(&list(edition, &shown))?.changed_on(newest)),
        ("/glossary".to_owned(), Leaf::page(&glossary(edition))?),
    ];
    for article in &shown {
        let page = article_page(edition, article)?;
        let answered = page.questions.iter().map(|question| question.day).max();
        let leaf = Leaf::page(&page)?.changed_on(answered.max(Some(article.changed()))).counted(&article.front.slug);
        leaves.push((article.path(), leaf));
    }
    leaves.extend(topics::leaves(house, &shown)?);
    leaves.extend(guide::leaves(edition)?);
    leaves.extend(feed::leaves(house, catalogue, library, &shown)?);
    leaves.push(search::leaf(house));
    Ok(leaves)
}

fn list<'a>(edition: &Edition<'a>, shown: &[&'a Article]) -> ListPage<'a> {
    ListPage {
        page: Page::public(edition.house, "/articles"),
        categories: topics::categories(shown),
        tags: topics::tags(shown),
        guides: guide::guides(),
        urgent: edition.urgent(),
    }
}

fn glossary<'a>(edition: &Edition<'a>) -> GlossaryPage<'a> {
    let page = Page::public(edition.house, "/glossary");
    let terms = edition.catalogue.glossary().terms();
    let entries = terms.iter().map(|term| Entry { term, used_in: edition.catalogue.uses(&term.slug, edition.today) });
    GlossaryPage { letters: Letter::of(entries), data: Html::json(&structured::glossary(&page, terms)), page }
}

/// Answers a path an article used to have with 308 to the path it has now, and keeps the query; for whatever no other route takes.
///
/// # Errors
/// [`AppError::NotFound`] for every other path.
pub async fn moved(request: HttpRequest, collection: web::Data<Collection>) -> Answer {
    let holdings = collection.now();
    match holdings.catalogue.moved_to(request.path(), holdings.house.clock.today()) {
        Some(mut path) => {
            if !request.query_string().is_empty() {
                path = format!("{path}?{}", request.query_string());
            }
            Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, path)).finish())
        }
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
    let preview = pages::preview(&house.assets, article);
    let image = page.absolute(page.asset(&preview));
    let views = edition.views.get(&article.front.slug).copied().filter(|views| *views >= WORTH_TELLING).map(pages::thousands);
    let method = catalogue.get(METHOD).filter(|method| method.is_shown(today) && method.front.slug != article.front.slug);
    Ok(ArticlePage {
        data: Html::json(&structured::article(&page, article, &image)),
        parts: catalogue.series(article, today),
        questions: questions(edition, article),
        overdue: article.is_overdue(today),
        method: method.map(Article::path),
        rendered,
        article,
        related,
        views,
        preview,
        page,
    })
}

/// The questions about an article that have been answered.
fn questions<'a>(edition: &Edition<'a>, article: &Article) -> Vec<Question<'a>> {
    let about = edition.answers.iter().filter(|answer| answer.article == article.front.slug);
    about
        .map(|answer| Question {
            words: &answer.question,
            answer: markdown::strict(&answer.words),
            day: edition.house.clock.day_of(answer.at),
        })
        .collect()
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

    #[test]
    fn an_article_says_how_often_it_is_read_what_was_asked_and_when_its_review_is_overdue() {
        let clinic = Clinic::from_toml("", Path::new("clinic.toml")).unwrap();
        let library = Library::load().unwrap();
        let catalogue = Catalogue::load(&library, &clinic).unwrap();
        let base_url = "https://clinic.example".parse().unwrap();
        let house = Arc::new(House { clock: Clock::running(clinic.time_zone), clinic, base_url, assets: Assets::load() });
        let answer = |article: &str, question: &str| messages::Answer {
            article: article.to_owned(),
            question: question.to_owned(),
            words: "Yes, *calmly*. <script>".to_owned(),
            at: "2027-01-02T09:30:00".parse().unwrap(),
        };
        let answers = [answer("iliopsoas-syndrome", "May I <b>swim</b>?"), answer("is-it-urgent", "And run?")];
        let page = |times: i64, today: &str| {
            let views = HashMap::from([("iliopsoas-syndrome".to_owned(), times)]);
            let today = today.parse().unwrap();
            let edition = Edition { house: &house, catalogue: &catalogue, library: &library, today, answers: &answers, views: &views };
            let leaf = leaves(&edition).unwrap().into_iter().find(|(path, _)| path == "/articles/iliopsoas-syndrome").unwrap().1;
            assert_eq!(leaf.changed(), "2027-01-02".parse().ok(), "the answer is newer than the text");
            String::from_utf8(leaf.bytes().to_vec()).unwrap()
        };
        let due = catalogue.get("iliopsoas-syndrome").unwrap().front.next_review;
        let calm = page(19, &due.to_string());
        assert!(!calm.contains("times, as of yesterday") && !calm.contains("overdue"), "on its day a review is not overdue");
        assert!(calm.contains("May I &#60;b&#62;swim&#60;/b&#62;?") && calm.contains("Yes, <em>calmly</em>. &lt;script&gt;"), "{calm}");
        assert!(calm.contains("Answered on 2 January 2027") && !calm.contains("And run?"));
        assert!(calm.contains("href=\"/questions/new?about=iliopsoas-syndrome\""));
        let late = page(1240, &due.succ_opt().unwrap().to_string());
        assert!(late.contains("Read 1,240 times, as of yesterday.") && late.contains("<b>This review is overdue.</b>"));
    }

    #[test]
    fn every_topic_has_a_page_and_every_article_leads_to_its_own() {
        let clinic = Clinic::from_toml("", Path::new("clinic.toml")).unwrap();
        let library = Library::load().unwrap();
        let catalogue = Catalogue::load(&library, &clinic).unwrap();
        let base_url = "https://clinic.example".parse().unwrap();
        let house = Arc::new(House { clock: Clock::running(clinic.time_zone), clinic, base_url, assets: Assets::load() });
        let today = "2026-12-01".parse().unwrap();
        let edition = Edition { house: &house, catalogue: &catalogue, library: &library, today, answers: &[], views: &HashMap::new() };
        let leaves: HashMap<String, Leaf> = leaves(&edition).unwrap().into_iter().collect();
        let text = |path: &str| String::from_utf8(leaves[path].bytes().to_vec()).unwrap();
        for article in edition.shown() {
            let own = format!("href=\"{}\"", article.path());
            let topics = article.front.tags.iter().map(|tag| crate::articles::tag_path(tag)).chain([article.front.category.path()]);
            for topic in topics {
                assert!(text(&topic).contains(&own), "{topic} names {}", article.path());
                assert!(text(&article.path()).contains(&format!("href=\"{topic}\"")), "{} leads to {topic}", article.path());
            }
        }
        let part = text("/articles/tight-hip-flexors-stretch-or-strengthen");
        assert!(part.contains("in 3 parts") && part.contains("<b aria-current=\"page\">Tight hip flexors: stretch or strengthen?"));
        assert!(text("/glossary").contains("id=\"letter-b\"") && text("/glossary").contains("also: bursae"));
        let edition = Edition { today: "2020-01-01".parse().unwrap(), ..edition };
        let before: Vec<String> = super::leaves(&edition).unwrap().into_iter().map(|(path, _)| path).collect();
        assert!(!before.iter().any(|path| path.starts_with("/articles/")), "no topic of articles that are not there yet: {before:?}");
    }

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
        let answer = ask("/articles/old?from=a&b=%20").await.unwrap();
        assert_eq!(answer.headers().get("location").unwrap().as_bytes(), b"/articles/new?from=a&b=%20");
        assert!(matches!(ask("/articles/older").await, Err(AppError::NotFound)));
    }
}
