//! The public pages and files of the site, made once and put on the shelf.

use std::fmt::Write;
use std::sync::Arc;

use chrono::NaiveDate;

use super::pages::{self, HomePage, PrivacyPage};
use crate::articles::{Article, Catalogue};
use crate::error::AppError;
use crate::exercises::Library;
use crate::markdown::escape;
use crate::web::{House, Html, Leaf, Page};

/// Articles on the home page.
const ON_HOME: usize = 3;

/// Renders `/`, `/privacy`, `/sitemap.xml`, `/robots.txt` and `/favicon.ico` as they are on `today`.
///
/// # Errors
/// [`AppError::Internal`] when a page cannot be rendered.
pub fn leaves(house: &Arc<House>, catalogue: &Catalogue, library: &Library, today: NaiveDate) -> Result<Vec<(String, Leaf)>, AppError> {
    let shown = catalogue.shown(today);
    let page = Page::public(house, "/");
    let urgent = shown.iter().find(|article| article.rendered.has_emergency).map(|article| format!("{}#emergency", article.path()));
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
    for path in ["/", "/articles", "/exercises", "/privacy"] {
        url(path, None);
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
    format!("User-agent: *\nDisallow: /my/\nDisallow: /clinic\nDisallow: /invitations/\n\nSitemap: {}\n", page.absolute("/sitemap.xml"))
}
