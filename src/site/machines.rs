//! What machines ask for: the map of the site, what robots may read, and whom to tell of a hole in it.

use std::fmt::Write;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::markdown::escape;
use crate::web::{House, Leaf, Page};

/// Where the map is.
const MAP: &str = "/sitemap.xml";
/// Pages for search engines that are no leaves, because each is made when it is asked for.
const BESIDES: [&str; 1] = ["/appointment"];
/// Where security.txt is: <https://www.rfc-editor.org/rfc/rfc9116>.
const SECURITY: &str = "/.well-known/security.txt";
/// For how many days security.txt is good. It is written anew every day, so a copy that runs out comes from a site nobody looks after.
const SECURITY_DAYS: u64 = 180;

/// The map of the site: every page among these leaves, with the day it was last changed where that is known.
#[must_use]
pub fn map(house: &Arc<House>, leaves: &[(String, Leaf)]) -> (String, Leaf) {
    let page = Page::public(house, MAP);
    let mut pages: Vec<(&str, Option<NaiveDate>)> =
        leaves.iter().filter(|(_, leaf)| leaf.is_page()).map(|(path, leaf)| (path.as_str(), leaf.changed())).collect();
    pages.extend(BESIDES.map(|path| (path, None)));
    pages.sort_unstable();
    let mut map =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (path, changed) in pages {
        let changed = changed.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        let _ = writeln!(map, "<url><loc>{}</loc>{changed}</url>", escape(&page.absolute(path)));
    }
    map.push_str("</urlset>\n");
    (MAP.to_owned(), Leaf::new("application/xml; charset=utf-8", map.into_bytes()))
}

/// What robots may read, and where the map is.
pub(super) fn robots(house: &Arc<House>) -> (String, Leaf) {
    let map = Page::public(house, MAP).absolute(MAP);
    let text = format!("User-agent: *\nDisallow: /my/\nDisallow: /clinic\n\nSitemap: {map}\n");
    ("/robots.txt".to_owned(), Leaf::new("text/plain; charset=utf-8", text.into_bytes()))
}

/// Whom to tell of a hole in the site; nothing when the clinic has not said how to reach it.
pub(super) fn security(house: &Arc<House>, today: NaiveDate) -> Option<(String, Leaf)> {
    let page = Page::public(house, SECURITY);
    let clinic = page.clinic();
    let contact = match (clinic.email.trim(), clinic.telephone.trim()) {
        ("", "") => return None,
        ("", _) => page.absolute("/#clinic"),
        (email, _) => format!("mailto:{email}"),
    };
    let until = today.checked_add_days(Days::new(SECURITY_DAYS))?;
    let own = page.absolute(SECURITY);
    let text = format!("Contact: {contact}\nExpires: {until}T00:00:00Z\nPreferred-Languages: en\nCanonical: {own}\n");
    Some((SECURITY.to_owned(), Leaf::new("text/plain; charset=utf-8", text.into_bytes())))
}
