//! The public pages and files of the site, made once and put on the shelf.

use std::fmt::Write;

use chrono::NaiveDate;

use super::pages::{self, HomePage, PrivacyPage};
use crate::articles::{self, Article, Edition};
use crate::error::AppError;
use crate::exercises::Library;
use crate::markdown::escape;
use crate::web::{Html, Leaf, Page};

/// Articles on the home page.
const ON_HOME: usize = 3;
/// The page for a reader who wonders whether to wait; without it the first article with an emergency card serves.
const URGENT: &str = "is-it-urgent";

/// Renders `/`, `/privacy`, `/sitemap.xml`, `/robots.txt` and `/favicon.ico` as they are on the edition's day.
///
/// # Errors
/// [`AppError::Internal`] when a page cannot be rendered.
pub fn leaves(edition: &Edition<'_>) -> Result<Vec<(String, Leaf)>, AppError> {
    let Edition { house, catalogue, library, .. } = *edition;
    let shown = catalogue.shown(edition.today);
    let page = Page::public(house, "/");
    let helps = |slug: Option<&str>| {
        shown.iter().find(|article| article.rendered.has_emergency && slug.is_none_or(|slug| slug == article.front.slug))
    };
    let urgent = helps(Some(URGENT)).or_else(|| helps(None)).map(|article| format!("{}#emergency", article.path()));
    let data = Html::json(&pages::structured(&page));
    let home = HomePage { articles: shown.iter().copied().take(ON_HOME).collect(), urgent, data, page };
    let mut leaves = vec![
        ("/".to_owned(), Leaf::page(&home)?),
        ("/privacy".to_owned(), Leaf::page(&PrivacyPage { page: Page::public(house, "/privacy") })?),
        ("/sitemap.xml".to_owned(), Leaf::new("application/xml; charset=utf-8", sitemap(&home.page, &shown, library).into_bytes())),
        ("/robots.txt".to_owned(), Leaf::new("text/plain; charset=utf-8", robots(&home.page).into_bytes())),
    ];
    // Browsers ask for this name unasked; those that do take the drawing.
    if let Some(icon) = house.assets.bytes("favicon.svg") {
        leaves.push(("/favicon.ico".to_owned(), Leaf::new("image/svg+xml", icon.to_vec()).cached("public, max-age=86400")));
    }
    Ok(leaves)
}

fn sitemap(page: &Page, shown: &[&Article], library: &Library) -> String {
    let mut map =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let mut url = |path: &str, changed: Option<NaiveDate>| {
        let changed = changed.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        let _ = writeln!(map, "<url><loc>{}</loc>{changed}</url>", escape(&page.absolute(path)));
    };
    for path in ["/", "/articles", "/exercises", "/glossary", "/privacy"] {
        url(path, None);
    }
    for guide in articles::guides() {
        url(&guide.path, Some(guide.reviewed));
    }
    for article in shown {
        url(&article.path(), Some(article.front.updated));
    }
    for exercise in library.all() {
        url(&exercise.path(), None);
    }
    map.push_str("</urlset>\n");
    map
}

fn robots(page: &Page) -> String {
    format!("User-agent: *\nDisallow: /my/\nDisallow: /clinic\n\nSitemap: {}\n", page.absolute("/sitemap.xml"))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, HashMap};
    use std::path::Path;
    use std::sync::Arc;

    use scraper::{Html as Parsed, Selector};

    use super::*;
    use crate::articles::Catalogue;
    use crate::clock::Clock;
    use crate::config::Clinic;
    use crate::exercises::{self, Library};
    use crate::web::{Assets, House};

    const CLINIC: &str = "name = \"Quay & Hip\"\ntelephone = \"020 7946 0000\"\nemergency_number = \"999\"\nemail = \"a@example.org\"
        address = [\"4 Quay Street\"]\nopening_hours = [\"Monday, 8 to 6\"]\n[[team]]\nname = \"Cleo\"\nrole = \"Physio\"";

    /// All public pages of a clinic with these settings.
    fn public(settings: &str) -> BTreeMap<String, String> {
        let clinic = Clinic::from_toml(settings, Path::new("clinic.toml")).unwrap();
        let clock = Clock::running(clinic.time_zone);
        let house = Arc::new(House { clinic, clock, base_url: "https://clinic.example".parse().unwrap(), assets: Assets::load() });
        let library = Library::load().unwrap();
        let catalogue = Catalogue::load(&library, &house.clinic).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let edition = Edition { house: &house, catalogue: &catalogue, library: &library, today, answers: &[], views: &HashMap::new() };
        let mut leaves = crate::articles::leaves(&edition).unwrap();
        leaves.extend(exercises::leaves(&house, &library, &catalogue.mentions(today)).unwrap());
        leaves.extend(super::leaves(&edition).unwrap());
        leaves.extend(house.assets.leaves());
        leaves.into_iter().map(|(path, leaf)| (path, String::from_utf8_lossy(leaf.bytes()).into_owned())).collect()
    }

    fn is_page(text: &str) -> bool {
        text.starts_with("<!doctype html>")
    }

    fn attributes(page: &Parsed, selector: &str, name: &str) -> Vec<String> {
        page.select(&Selector::parse(selector).unwrap()).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    /// The addresses a handler answers with a page, as the table of routes names them.
    fn routes() -> BTreeSet<&'static str> {
        let lines = include_str!("../routes.rs").lines().filter(|line| line.contains("at!(to, ") && line.contains("\", get "));
        let routes: BTreeSet<&str> = lines.filter_map(|line| line.split('"').nth(1)).filter(|path| !path.contains('{')).collect();
        assert!(routes.contains("/sign-in") && !routes.contains("/sign-out"), "{routes:?}");
        routes
    }

    #[test]
    fn every_link_of_a_public_page_leads_somewhere() {
        let leaves = public(CLINIC);
        for (path, text) in leaves.iter().filter(|(_, text)| is_page(text)) {
            let page = Parsed::parse_document(text);
            for link in ["a[href]", "link[href]", "use[href]"].iter().flat_map(|selector| attributes(&page, selector, "href")) {
                let (address, place) = link.split_once('#').unwrap_or((&link, ""));
                let to = address.split('?').next().unwrap_or_default();
                let outside = ["https://", "tel:", "mailto:"].iter().any(|start| to.starts_with(start));
                let target = if to.is_empty() { Some(text) } else { leaves.get(to) };
                assert!(outside || routes().contains(to) || target.is_some(), "{path} links {link}");
                let id = format!("id=\"{place}\"");
                assert!(place.is_empty() || outside || target.is_some_and(|target| target.contains(&id)), "{path} links {link}");
            }
            for image in attributes(&page, "img", "src") {
                assert!(leaves.contains_key(&image), "{path} shows {image}");
            }
        }
    }

    #[test]
    fn every_public_page_keeps_to_the_policy_and_has_one_title() {
        for (path, text) in public(CLINIC).iter().filter(|(_, text)| is_page(text)) {
            let page = Parsed::parse_document(text);
            assert!(attributes(&page, "*", "style").is_empty(), "{path}");
            assert!(page.select(&Selector::parse("style, script:not([type='application/ld+json'])").unwrap()).next().is_none(), "{path}");
            assert_eq!(page.select(&Selector::parse("h1").unwrap()).count(), 1, "{path}");
            assert_eq!(attributes(&page, "link[rel=canonical]", "href"), [format!("https://clinic.example{path}")]);
            assert!(attributes(&page, "meta[name=description]", "content").first().is_some_and(|words| !words.is_empty()), "{path}");
            let mut ids = attributes(&page, "[id]", "id");
            ids.sort();
            assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{path} uses an id twice: {ids:?}");
            for data in page.select(&Selector::parse("script").unwrap()) {
                assert!(serde_json::from_str::<serde_json::Value>(&data.text().collect::<String>()).is_ok(), "{path}");
            }
        }
    }

    /// What a browser fetches for a page besides the page: files named by links, scripts and pictures, each once.
    fn fetched(page: &Parsed) -> BTreeSet<String> {
        let places = [("link[rel=stylesheet], link[rel=icon], link[rel=manifest]", "href"), ("script, img", "src"), ("use", "href")];
        let named = places.iter().flat_map(|(selector, name)| attributes(page, selector, name));
        named.map(|address| address.split('#').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn an_article_brings_its_drawings_along_and_asks_for_little_else() {
        let leaves = public(CLINIC);
        let articles = leaves.iter().filter(|(path, text)| path.starts_with("/articles/") && is_page(text));
        let mut drawings = 0;
        for (path, text) in articles {
            let page = Parsed::parse_document(text);
            let fetched = fetched(&page);
            assert!(fetched.len() <= 5, "{path} asks for {fetched:?}");
            assert!(fetched.iter().all(|address| !address.contains("/figures/")), "{path} asks for {fetched:?}");
            drawings +=
                attributes(&page, ".figure > svg.figure-svg[role=img]", "aria-label").iter().filter(|words| words.len() > 40).count();
        }
        assert!(drawings >= 3, "{drawings} drawings");
        assert!(leaves["/feed.atom"].contains("&lt;img src=&quot;https://clinic.example/assets/figures/"));
    }

    #[test]
    fn pages_of_exercises_keep_the_notes_of_the_writers_to_themselves() {
        let leaves = public(CLINIC);
        for exercise in Library::load().unwrap().all() {
            let page = Parsed::parse_document(&leaves[&exercise.path()]);
            let words: String = page.root_element().text().collect::<Vec<_>>().join(" ");
            assert!(words.contains(&exercise.dose_sentence()), "{}", exercise.slug);
            assert!(exercise.steps.iter().all(|step| words.contains(step.as_str())), "{}", exercise.slug);
            assert!(!words.contains(&exercise.stage_rule) && !words.contains(&exercise.start.pose), "{}", exercise.slug);
        }
    }

    #[test]
    fn a_clinic_that_says_little_has_whole_pages() {
        let leaves = public("");
        assert!(!leaves["/"].contains("tel:") && !leaves["/"].contains("mailto:") && !leaves["/"].contains("The team"));
        assert!(leaves["/"].contains("/articles/is-it-urgent#emergency"));
        assert!(!leaves["/articles/iliopsoas-syndrome"].contains("tel:"));
        assert!(public(CLINIC)["/"].contains("<dt>Open</dt><dd>Monday, 8 to 6</dd>"));
    }

    #[test]
    fn search_engines_find_every_page_and_no_private_one() {
        let leaves = public(CLINIC);
        let map = &leaves["/sitemap.xml"];
        for (path, _) in leaves.iter().filter(|(_, text)| is_page(text)) {
            assert!(map.contains(&format!("<loc>https://clinic.example{path}</loc>")), "{path}");
        }
        assert!(leaves["/robots.txt"].contains("Disallow: /my/") && leaves["/robots.txt"].contains("https://clinic.example/sitemap.xml"));
        assert!(leaves["/favicon.ico"].starts_with("<svg"));
    }
}
