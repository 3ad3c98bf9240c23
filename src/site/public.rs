//! The public pages and files of the site, made once and put on the shelf.

use super::pages::{Entry, HomePage, PrivacyPage};
use super::{icons, machines, structured, worker};
use crate::articles::{self, Article, Category, Edition, tag_path};
use crate::error::AppError;
use crate::web::{Html, Leaf, Page};

/// Articles in each entry of the home page.
const IN_ENTRY: usize = 3;
/// The ways in: what they are called, a line about them, the tag of their articles, and the category that comes first.
const ENTRIES: [(&str, &str, &str, Category); 2] = [
    ("For runners", "Calm it, load it, and run again.", "for runners", Category::Running),
    ("For desk workers", "When hips feel tight after a day of sitting.", "for desk workers", Category::Mobility),
];

/// Renders `/`, `/privacy`, `/robots.txt`, `/.well-known/security.txt` the icons, their manifest and
/// the worker as they are on the edition's day.
///
/// # Errors
/// [`AppError::Internal`] when a page cannot be rendered.
pub fn leaves(edition: &Edition<'_>) -> Result<Vec<(String, Leaf)>, AppError> {
    let house = edition.house;
    let shown = edition.shown();
    let page = Page::public(house, "/");
    let data = Html::json(&structured::home(&page));
    let urgent = edition.urgent();
    let home = HomePage { articles: to_begin_with(&shown, urgent.as_deref()), entries: entries(&shown), urgent, data, page };
    let newest = shown.iter().map(|article| article.changed()).max();
    let mut leaves = vec![
        ("/".to_owned(), Leaf::page(&home)?.changed_on(newest)),
        ("/privacy".to_owned(), Leaf::page(&PrivacyPage { page: Page::public(house, "/privacy") })?),
        machines::robots(house),
    ];
    leaves.extend(machines::security(house, edition.today));
    leaves.extend(icons::leaves(house));
    leaves.extend(worker::leaf(house));
    Ok(leaves)
}

/// What a reader may begin with: of each topic the first page, besides the one about the signs, which has a link of its own.
fn to_begin_with<'a>(shown: &[&'a Article], urgent: Option<&str>) -> Vec<&'a Article> {
    let is_urgent = |article: &Article| urgent.is_some_and(|path| path.starts_with(&format!("{}#", article.path())));
    let first = |topic: &Category| {
        shown.iter().copied().find(|article| article.front.category == *topic && is_beginning(article) && !is_urgent(article))
    };
    Category::ALL.iter().filter(|topic| **topic != Category::About).filter_map(first).collect()
}

fn entries<'a>(shown: &[&'a Article]) -> Vec<Entry<'a>> {
    let entry = |(name, words, tag, first): &(&'static str, &'static str, &str, Category)| {
        let mut articles: Vec<&Article> = shown.iter().copied().filter(|article| article.has_tag(tag) && is_beginning(article)).collect();
        articles.sort_by_key(|article| article.front.category != *first);
        articles.truncate(IN_ENTRY);
        let path = tag_path(tag);
        let ending = path.rsplit('/').next().unwrap_or_default();
        let guide = articles::guides().into_iter().find(|guide| guide.path.ends_with(ending));
        Entry { name, words, articles, guide, path: path.clone() }
    };
    ENTRIES.iter().map(entry).filter(|entry| !entry.articles.is_empty()).collect()
}

/// Whether one can begin with it: it stands alone, or is the first part of its series.
fn is_beginning(article: &Article) -> bool {
    article.front.part.unwrap_or(1) == 1
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::{BTreeMap, BTreeSet, HashMap};
    use std::path::Path;
    use std::sync::Arc;

    use chrono::NaiveDate;
    use scraper::{Html as Parsed, Selector};

    use super::*;
    use crate::articles::Catalogue;
    use crate::clock::Clock;
    use crate::config::Clinic;
    use crate::exercises::{self, Library};
    use crate::web::{Assets, House};

    pub(in crate::site) const CLINIC: &str =
        "name = \"Quay & Hip\"\ntelephone = \"020 7946 0000\"\nemergency_number = \"999\"\nemail = \"a@example.org\"
        address = [\"4 Quay Street\"]\nopening_hours = [\"Monday, 8 to 6\"]\n[[team]]\nname = \"Cleo\"\nrole = \"Physio\"";

    /// All public pages of a clinic with these settings.
    pub(in crate::site) fn public(settings: &str) -> BTreeMap<String, String> {
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
        leaves.push(super::super::map(&house, &leaves));
        leaves.into_iter().map(|(path, leaf)| (path, String::from_utf8_lossy(leaf.bytes()).into_owned())).collect()
    }

    pub(in crate::site) fn is_page(text: &str) -> bool {
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
        let (leaves, library) = (public(CLINIC), Library::load().unwrap());
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
            assert!(attributes(&page, "img", "alt").iter().all(|words| words.len() > 10), "{path} has a picture without words");
            assert_eq!(attributes(&page, "img", "alt").len(), attributes(&page, "img", "src").len(), "{path}");
            for image in attributes(&page, "img", "src") {
                let drawn = image.strip_prefix("/drawings/").is_some_and(|name| library.picture(name).is_some());
                assert!(drawn || leaves.contains_key(&image), "{path} shows {image}");
            }
        }
    }

    #[test]
    fn every_public_page_keeps_to_the_policy_and_has_one_title() {
        let leaves = public(CLINIC);
        for (path, text) in leaves.iter().filter(|(_, text)| is_page(text)) {
            let page = Parsed::parse_document(text);
            assert!(attributes(&page, "*", "style").is_empty(), "{path}");
            let scripts = attributes(&page, "script:not([type='application/ld+json'])", "src");
            let inline = Selector::parse("style, script:not([type='application/ld+json']):not([type=module][src])").unwrap();
            assert!(page.select(&inline).next().is_none(), "{path}");
            assert!(scripts.iter().all(|address| leaves.contains_key(address)) && scripts.len() <= 1, "{path}: {scripts:?}");
            assert_eq!(page.select(&Selector::parse("h1").unwrap()).count(), 1, "{path}");
            assert_eq!(attributes(&page, "link[rel=canonical]", "href"), [format!("https://clinic.example{path}")]);
            assert!(attributes(&page, "meta[name=description]", "content").first().is_some_and(|words| !words.is_empty()), "{path}");
            let mut ids = attributes(&page, "[id]", "id");
            ids.sort();
            assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{path} uses an id twice: {ids:?}");
            for data in page.select(&Selector::parse("script:not([src])").unwrap()) {
                assert!(serde_json::from_str::<serde_json::Value>(&data.text().collect::<String>()).is_ok(), "{path}");
            }
        }
    }

    #[test]
    fn the_site_has_an_icon_wherever_one_is_asked_for() {
        let leaves = public(CLINIC);
        let manifest: serde_json::Value = serde_json::from_str(&leaves["/site.webmanifest"]).unwrap();
        assert_eq!(manifest["name"], "Quay & Hip");
        let icons: Vec<&str> = manifest["icons"].as_array().unwrap().iter().map(|icon| icon["src"].as_str().unwrap()).collect();
        assert_eq!(icons.len(), 4);
        // What a browser asks for before it offers to install a site.
        assert_eq!((manifest["start_url"].as_str(), manifest["display"].as_str()), (Some("/my/today"), Some("standalone")));
        let shapes: BTreeSet<_> = manifest["icons"].as_array().unwrap().iter().map(|icon| icon["purpose"].as_str().unwrap()).collect();
        assert_eq!(shapes, BTreeSet::from(["any", "maskable"]));
        for path in icons.iter().chain(&["/apple-touch-icon.png"]) {
            assert!(leaves[*path].contains("PNG"), "{path}");
        }
        // An icon file: a directory of one picture, which is a PNG.
        assert!(leaves["/favicon.ico"].starts_with("\0\0\u{1}\0\u{1}\0") && leaves["/favicon.ico"].contains("PNG"));
    }

    #[test]
    fn the_worker_keeps_what_is_there_and_stands_alone() {
        let leaves = public(CLINIC);
        let worker = &leaves["/sw.js"];
        let list = worker.strip_prefix("const SHELL = ").unwrap().split(';').next().unwrap();
        let shell: Vec<String> = serde_json::from_str(list).unwrap();
        assert!(shell.len() > 8 && shell.iter().all(|address| leaves.contains_key(address)), "{shell:?}");
        assert!(worker.contains("async function send(") && !worker.contains("\nexport ") && !worker.contains("\nimport "));
    }

    #[test]
    fn every_public_page_has_a_picture_for_its_link() {
        let leaves = public(CLINIC);
        for (path, text) in leaves.iter().filter(|(_, text)| is_page(text)) {
            let page = Parsed::parse_document(text);
            let pictures = attributes(&page, "meta[property='og:image']", "content");
            let [picture] = pictures.as_slice() else { panic!("{path} has {pictures:?}") };
            let own = picture.strip_prefix("https://clinic.example").unwrap();
            assert!(leaves[own].contains("PNG"), "{path} has {own}");
            let slug = path.strip_prefix("/articles/").filter(|rest| !rest.contains('/')).unwrap_or("site");
            assert!(own.starts_with(&format!("/assets/share/{slug}.")), "{path} has {own}");
            assert_eq!(attributes(&page, "meta[name='twitter:card']", "content"), ["summary_large_image"], "{path}");
        }
    }

    /// What a browser fetches for a page besides the page: files named by links, scripts and pictures, each once.
    fn fetched(page: &Parsed) -> BTreeSet<String> {
        let places = [("link[rel=stylesheet], link[rel=icon][type], link[rel=manifest]", "href"), ("script, img", "src"), ("use", "href")];
        let named = places.iter().flat_map(|(selector, name)| attributes(page, selector, name));
        named.map(|address| address.split('#').next().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn an_article_brings_its_drawings_along_and_asks_for_little_else() {
        let leaves = public(CLINIC);
        let articles =
            leaves.iter().filter(|(path, text)| path.starts_with("/articles/") && is_page(text) && text.contains("class=\"article\""));
        let mut drawings = 0;
        for (path, text) in articles {
            let page = Parsed::parse_document(text);
            // The drawings of exercises come one by one, as the reader gets near them.
            let near = attributes(&page, "img[loading=lazy]", "src");
            let mut fetched = fetched(&page);
            fetched.retain(|address| !near.contains(address));
            assert!(near.iter().all(|address| address.starts_with("/drawings/")), "{path} asks for {near:?}");
            assert!(fetched.len() <= 5 && !fetched.contains("/site.webmanifest"), "{path} asks for {fetched:?}");
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
            assert!(
                !words.contains(&exercise.stage_rule) && exercise.start.as_ref().is_none_or(|start| !words.contains(&start.pose)),
                "{}",
                exercise.slug
            );
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
    }
}
