//! The icons of the site where browsers and telephones look for them, unasked by any page.

use std::sync::Arc;

use serde_json::json;

use crate::web::{House, Leaf, Page};

/// Where they are asked for, the file, its type.
const AT_THE_ROOT: [(&str, &str, &str); 2] = [
    ("/favicon.ico", "icons/favicon.ico", "image/vnd.microsoft.icon"),
    ("/apple-touch-icon.png", "icons/apple-touch-icon.png", "image/png"),
];
/// Where telephones learn how the site looks on their home screen.
const MANIFEST: &str = "/site.webmanifest";

/// The icons and the manifest.
pub(super) fn leaves(house: &Arc<House>) -> Vec<(String, Leaf)> {
    let kept = |content_type: &str, bytes: Vec<u8>| Leaf::new(content_type, bytes).cached("public, max-age=86400");
    let icon = |(path, file, content_type): (&str, &str, &str)| {
        house.assets.bytes(file).map(|bytes| (path.to_owned(), kept(content_type, bytes.to_vec())))
    };
    let manifest = kept("application/manifest+json", manifest(&Page::public(house, MANIFEST)).into_bytes());
    AT_THE_ROOT.into_iter().filter_map(icon).chain([(MANIFEST.to_owned(), manifest)]).collect()
}

fn manifest(page: &Page) -> String {
    let icon = |(size, purpose): (&str, &str)| {
        let name = format!("icons/icon-{size}.png");
        json!({ "src": page.asset(&name), "sizes": format!("{size}x{size}"), "type": "image/png", "purpose": purpose })
    };
    let icons: Vec<_> = [("192", "any"), ("512", "any"), ("192", "maskable"), ("512", "maskable")].into_iter().map(icon).collect();
    let manifest = json!({
        "name": page.clinic().name,
        "short_name": page.clinic().name,
        "description": page.clinic().motto,
        "lang": "en-GB",
        // Who puts a clinic on their home screen is a patient; anyone else is asked to sign in.
        "id": "/my/today",
        "start_url": "/my/today",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f5ee",
        "theme_color": "#1e5c63",
        "icons": icons,
    });
    manifest.to_string()
}
