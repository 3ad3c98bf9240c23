//! The feed of articles: Atom (RFC 4287), full text, addresses that work outside this site.

use std::fmt::Write;
use std::sync::Arc;

use super::catalogue::Place;
use super::{Article, Catalogue};
use crate::error::AppError;
use crate::exercises::Library;
use crate::markdown::{Picture, escape};
use crate::web::{House, Leaf, Page};

/// Where the feed is.
pub(super) const PATH: &str = "/feed.atom";

/// The feed of these articles, the newest first.
pub(super) fn leaf(house: &Arc<House>, catalogue: &Catalogue, library: &Library, shown: &[&Article]) -> Result<Leaf, AppError> {
    Ok(Leaf::new("application/atom+xml; charset=utf-8", feed(house, catalogue, library, shown)?.into_bytes()))
}

fn feed(house: &Arc<House>, catalogue: &Catalogue, library: &Library, shown: &[&Article]) -> Result<String, AppError> {
    let page = Page::public(house, PATH);
    let updated = shown.iter().map(|article| article.front.updated).max().unwrap_or_else(|| page.today());
    let mut feed =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n");
    let _ = write!(
        feed,
        "<title>{name}</title>\n<subtitle>{motto}</subtitle>\n<id>{home}</id>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n<updated>{updated}T00:00:00Z</updated>\n<author><name>{name}</name></author>\n",
        name = escape(&page.clinic().name),
        motto = escape(&page.clinic().motto),
        home = escape(&page.absolute("/articles")),
        own = escape(&page.absolute(PATH)),
    );
    for article in shown {
        feed.push_str(&entry(&page, catalogue, library, article)?);
    }
    feed.push_str("</feed>\n");
    Ok(feed)
}

fn entry(page: &Page, catalogue: &Catalogue, library: &Library, article: &Article) -> Result<String, AppError> {
    let front = &article.front;
    let address = page.absolute(&article.path());
    let authors: String = front.authors.iter().fold(String::new(), |mut authors, author| {
        let _ = write!(authors, "<author><name>{}</name></author>", escape(author));
        authors
    });
    let text = full_text(page, catalogue, library, article, &address)?;
    Ok(format!(
        "<entry>\n<title>{title}</title>\n<id>{address}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n\
         <published>{published}T00:00:00Z</published>\n<updated>{updated}T00:00:00Z</updated>\n{authors}\n<category term=\"{category}\"/>\n\
         <summary>{summary}</summary>\n<content type=\"html\">{text}</content>\n</entry>\n",
        title = escape(&front.title),
        address = escape(&address),
        published = front.published,
        updated = front.updated,
        category = escape(front.category.label()),
        summary = escape(&front.summary),
        text = escape(&text),
    ))
}

/// The text and its references as markup for a reader of feeds.
fn full_text(page: &Page, catalogue: &Catalogue, library: &Library, article: &Article, address: &str) -> Result<String, AppError> {
    let base = page.absolute("");
    let place = Place { base: &base, own: address, icons: None, image: &|name| Some(Picture::Address(page.asset(name).to_owned())) };
    let rendered = catalogue.render(article, library, page.clinic(), &place).map_err(AppError::Internal)?;
    let mut text = rendered.html.to_string();
    text.push_str("<h2>References</h2>\n<ol>\n");
    for reference in article.references() {
        let link = reference.link().map(|(url, words)| format!(" <a href=\"{}\">{}</a>", escape(&url), escape(&words))).unwrap_or_default();
        let _ = writeln!(text, "<li>{}{link}</li>", escape(&reference.citation()));
    }
    let _ = write!(
        text,
        "</ol>\n<p>Page last reviewed: {} by {}</p>",
        page.date(&article.front.last_reviewed),
        escape(&article.front.reviewed_by)
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::clock::Clock;
    use crate::config::Clinic;
    use crate::web::Assets;

    /// The feed of all articles, and how many they are.
    fn written() -> (String, usize) {
        let clinic = Clinic::from_toml("name = \"A & B\"", Path::new("clinic.toml")).unwrap();
        let house = House {
            clock: Clock::running(clinic.time_zone),
            base_url: "https://clinic.example".parse().unwrap(),
            assets: Assets::load(),
            clinic,
        };
        let library = Library::load().unwrap();
        let catalogue = Catalogue::load(&library, &house.clinic).unwrap();
        let shown: Vec<&Article> = catalogue.all().iter().collect();
        (feed(&Arc::new(house), &catalogue, &library, &shown).unwrap(), shown.len())
    }

    /// Fails unless every element is closed in order and every `&` begins an entity of XML.
    fn assert_well_formed(xml: &str) {
        let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n").unwrap();
        let mut open = Vec::new();
        for part in body.split('<').skip(1) {
            let (tag, text) = part.split_once('>').unwrap();
            let name = tag.trim_matches('/').split(' ').next().unwrap();
            match (tag.starts_with('/'), tag.ends_with('/')) {
                (true, _) => assert_eq!(open.pop(), Some(name)),
                (false, false) => open.push(name),
                (false, true) => {}
            }
            for entity in format!("{tag}{text}").split('&').skip(1) {
                assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| entity.starts_with(known)), "&{entity}");
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn the_feed_is_well_formed_and_whole() {
        let (feed, written) = written();
        assert_well_formed(&feed);
        assert_eq!(feed.matches("<entry>").count(), written);
        assert!(feed.contains("<title>A &amp; B</title>"));
        assert!(feed.contains("<id>https://clinic.example/articles/iliopsoas-syndrome</id>"));
        assert!(feed.contains("<updated>2026-11-22T00:00:00Z</updated>"));
        assert!(!feed.contains("href=&quot;/"), "every address is whole");
        assert!(!feed.contains("href=&quot;#"), "every place in a text has the address of its page");
    }
}
