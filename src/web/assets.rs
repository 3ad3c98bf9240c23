//! Static files: embedded in the program, the style sheets bundled in order, named by their hash.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::shelf::Leaf;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// All static files by name, with the address that carries their hash.
pub struct Assets {
    files: BTreeMap<String, Asset>,
}

struct Asset {
    url: String,
    content_type: String,
    bytes: Vec<u8>,
}

/// The name of the one style sheet: all of `static/css/` in the order of the file names.
const STYLES: &str = "site.css";

impl Assets {
    /// Reads all files: from the program in release builds, from the disk in debug builds.
    #[must_use]
    pub fn load() -> Self {
        let mut files = BTreeMap::new();
        let mut styles = Vec::new();
        let mut names: Vec<String> = Files::iter().map(|name| name.to_string()).collect();
        names.sort();
        for name in names {
            let Some(file) = Files::get(&name) else { continue };
            if name.starts_with("css/") {
                styles.extend_from_slice(&file.data);
                styles.push(b'\n');
            } else {
                files.insert(name.clone(), Asset::new(&name, file.data.into_owned()));
            }
        }
        files.insert(STYLES.to_owned(), Asset::new(STYLES, styles));
        Self { files }
    }

    /// The address of a file; the plain name (which answers 404) when there is no such file.
    #[must_use]
    pub fn url(&self, name: &str) -> &str {
        self.files.get(name).map_or("/assets/missing", |asset| &asset.url)
    }

    /// Whether a file of this name belongs to the program.
    #[must_use]
    pub fn embeds(name: &str) -> bool {
        Files::get(name).is_some()
    }

    /// The bytes of a file, for an address that is not its own.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(|asset| asset.bytes.as_slice())
    }

    /// In debug builds: the file behind an address as it is on the disk now, if it was edited since the start, so that a style can
    /// be tried without starting anew.
    #[must_use]
    pub fn edited(&self, url: &str) -> Option<Leaf> {
        if !cfg!(debug_assertions) {
            return None;
        }
        let (name, known) = self.files.iter().find(|(_, asset)| asset.url == url)?;
        let now = Self::load();
        let now = now.files.get(name).filter(|now| now.url != known.url)?;
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

/// The first 12 hexadecimal digits of the SHA-256 hash.
#[must_use]
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
