//! Static files: embedded in the program, the style sheets bundled in order, named by their hash.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

use super::drawing::Vocabulary;
use super::shelf::{Leaf, short_hash};
use crate::folder::Folder;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// All static files by name, with the address that carries their hash.
#[derive(Clone)]
pub struct Assets {
    files: BTreeMap<String, Asset>,
}

#[derive(Clone)]
struct Asset {
    url: String,
    content_type: String,
    bytes: Vec<u8>,
}

/// The name of the one style sheet: all of `static/css/` in the order of the file names.
const STYLES: &str = "site.css";

/// Where the scripts are; each names the others it needs as `"./other.js"`.
const SCRIPTS: &str = "js/";

/// The sheets a drawing takes its looks from.
const TOKENS: &str = "css/10-tokens.css";
const DRAWINGS: &str = "css/50-figure.css";

/// The text of a file as it was made; nothing when there is none.
fn text(name: &str) -> String {
    Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// The looks of the site's drawings, read once.
static LOOKS: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::read(&text(TOKENS), &text(DRAWINGS)));

/// A drawing in a file of its own, shown on pages and on paper: with the rules for its classes in it, for light and for dark, and no ground.
#[must_use]
pub fn dressed(svg: &str) -> String {
    LOOKS.dress_clear(svg)
}

impl Assets {
    /// Reads all files: from the program in release builds, from the disk in debug builds.
    #[must_use]
    pub fn load() -> Self {
        let mut files = BTreeMap::new();
        let mut styles = Vec::new();
        let mut scripts = BTreeMap::new();
        let mut names: Vec<String> = Files::iter().map(|name| name.to_string()).collect();
        names.sort();
        let vocabulary = Vocabulary::read(&text(TOKENS), &text(DRAWINGS));
        for name in names {
            let Some(file) = Files::get(&name) else { continue };
            if name.starts_with("css/") {
                styles.extend_from_slice(&file.data);
                styles.push(b'\n');
            } else if Path::new(&name).extension().is_some_and(|ending| ending == "toml") {
                // Notes beside the files, not to be handed out.
            } else if name.starts_with(SCRIPTS) {
                scripts.insert(name, String::from_utf8_lossy(&file.data).into_owned());
            } else if Self::is_drawing(&name) {
                files.insert(name.clone(), Asset::new(&name, vocabulary.dress(&String::from_utf8_lossy(&file.data)).into_bytes()));
            } else {
                files.insert(name.clone(), Asset::new(&name, file.data.into_owned()));
            }
        }
        files.insert(STYLES.to_owned(), Asset::new(STYLES, styles));
        for name in scripts.keys() {
            link(name, &scripts, &mut files);
        }
        Self { files }
    }

    /// The address of a file; the plain name (which answers 404) when there is no such file.
    #[must_use]
    pub fn url(&self, name: &str) -> &str {
        self.files.get(name).map_or("/assets/missing", |asset| &asset.url)
    }

    /// The same files, and the clinic's own pictures beside them or in their place.
    #[must_use]
    pub fn with(&self, own: &Folder) -> Self {
        let mut files = self.files.clone();
        let vocabulary = Vocabulary::read(&text(TOKENS), &text(DRAWINGS));
        for (name, bytes) in own.pictures() {
            let drawing = own.text(name).filter(|_| Self::is_drawing(name));
            let bytes = drawing.map_or_else(|| bytes.to_vec(), |svg| vocabulary.dress(svg).into_bytes());
            files.insert(name.to_owned(), Asset::new(name, bytes));
        }
        Self { files }
    }

    /// Whether a file of this name is a drawing, which becomes a part of the page that shows it.
    #[must_use]
    pub fn is_drawing(name: &str) -> bool {
        name.starts_with("figures/") && Path::new(name).extension().is_some_and(|ending| ending == "svg")
    }

    /// Whether a file of this name belongs to the program.
    #[must_use]
    pub fn embeds(name: &str) -> bool {
        Files::get(name).is_some()
    }

    /// The text of a drawing as it was made, to become a part of a page; the file at its address has looks of its own besides.
    #[must_use]
    pub fn drawing(name: &str) -> Option<String> {
        Self::is_drawing(name).then(|| text(name)).filter(|svg| !svg.is_empty())
    }

    /// The addresses of what every page of a patient needs to look and work as it should: styles, scripts and icons.
    pub fn shell(&self) -> impl Iterator<Item = &str> {
        let belongs = |name: &str| name == STYLES || name.starts_with(SCRIPTS) || name == "icons.svg" || name == "favicon.svg";
        self.files.iter().filter(move |(name, _)| belongs(name)).map(|(_, asset)| asset.url.as_str())
    }

    /// The bytes of a file, for an address that is not its own.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(|asset| asset.bytes.as_slice())
    }

    /// The file behind an address as it is on the disk now, if it was edited since the start.
    pub(super) fn edited(&self, url: &str) -> Option<Leaf> {
        let known = self.files.iter().find(|(_, asset)| asset.url == url);
        if known.is_none() && !url.starts_with("/assets/js/") {
            return None;
        }
        let now = Self::load();
        let now = match known {
            Some((name, known)) => now.files.get(name).filter(|now| now.url != known.url)?,
            // An edited script is named by those that import it.
            None => now.files.values().find(|asset| asset.url == url)?,
        };
        Some(Leaf::new(&now.content_type, now.bytes.clone()).cached("no-cache"))
    }

    /// Every file as a leaf of the shelf, to be kept by browsers for ever: another content has another name.
    pub fn leaves(&self) -> impl Iterator<Item = (String, Leaf)> {
        self.files.values().map(|asset| {
            let leaf = Leaf::new(&asset.content_type, asset.bytes.clone()).cached("public, max-age=31536000, immutable");
            (asset.url.clone(), leaf)
        })
    }
}

/// Puts a script among the files, after those it imports: it names them by the addresses that carry their hash.
fn link(name: &str, scripts: &BTreeMap<String, String>, files: &mut BTreeMap<String, Asset>) {
    let Some(text) = scripts.get(name).filter(|_| !files.contains_key(name)) else { return };
    let mut linked = text.clone();
    for other in scripts.keys() {
        let named = format!("\"./{}\"", other.trim_start_matches(SCRIPTS));
        if other != name && text.contains(&named) {
            link(other, scripts, files);
            if let Some(asset) = files.get(other) {
                linked = linked.replace(&named, &format!("\"{}\"", asset.url));
            }
        }
    }
    files.insert(name.to_owned(), Asset::new(name, linked.into_bytes()));
}

impl Asset {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let hash = short_hash(&bytes);
        let url = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("/assets/{stem}.{hash}.{ending}"),
            None => format!("/assets/{name}.{hash}"),
        };
        let mime = mime_guess::from_path(name).first_or_octet_stream();
        let text = mime.type_() == "text" || mime.subtype() == "javascript";
        let content_type = if text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
        Self { url, content_type, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_names_those_it_imports_by_their_addresses() {
        let assets = Assets::load();
        let text = |name: &str| String::from_utf8(assets.bytes(name).unwrap().to_vec()).unwrap();
        let offline = text("js/offline.js");
        assert!(offline.contains(assets.url("js/queue.js")), "{offline}");
        for name in assets.files.keys().filter(|name| name.starts_with(SCRIPTS)) {
            assert!(!text(name).contains("\"./"), "{name} imports what is not there, or in a circle");
        }
        assert!(assets.shell().any(|url| url == assets.url(STYLES)) && assets.shell().all(|url| url.starts_with("/assets/")));
    }
}
