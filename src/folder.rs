//! The clinic's own files of the library (`ARTICLES_DIR`): they stand beside those of the program, and the same name replaces.
//!
//! What counts: articles (`*.md`) and `glossary.toml` in the folder itself, `exercises/*.md`, `programmes/*.md` with
//! `programmes/ladder.toml`, and pictures anywhere in it. Everything else, and whatever begins with a dot, is left alone: drafts,
//! notes, what an editor leaves behind.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Where the program's own files lie, as flaws name them.
const BUILT_IN: &str = "articles";
/// The largest file that is read, in bytes.
const LARGEST: u64 = 10 * 1024 * 1024;
/// How deep folders may lie in each other: a link that leads back into its own folder must end somewhere.
const DEEPEST: usize = 4;
/// Endings of pictures.
const PICTURES: [&str; 7] = ["svg", "png", "jpg", "jpeg", "webp", "avif", "gif"];

/// The files that count, by their names in the folder: how large each is, and when it was last written.
type Listing = BTreeMap<String, (u64, Option<SystemTime>)>;

/// The clinic's own files as they were read; without a folder there are none. Cheap to clone.
#[derive(Clone, Default)]
pub struct Folder(Arc<Inner>);

#[derive(Default)]
struct Inner {
    root: PathBuf,
    listing: Listing,
    files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// Reads the folder.
    ///
    /// # Errors
    /// What cannot be read, a line a file.
    pub fn read(root: &Path) -> Result<Self, Vec<String>> {
        let listing = list(root).map_err(|flaw| vec![flaw])?;
        let (mut files, mut flaws) = (BTreeMap::new(), Vec::new());
        for (name, (size, _)) in &listing {
            match read_file(root, name, *size) {
                Ok(bytes) => drop(files.insert(name.clone(), bytes)),
                Err(flaw) => flaws.push(format!("{}: {flaw}", root.join(name).display())),
            }
        }
        if flaws.is_empty() { Ok(Self(Arc::new(Inner { root: root.to_owned(), listing, files }))) } else { Err(flaws) }
    }

    /// Whether there is such a folder.
    #[must_use]
    pub fn exists(&self) -> bool {
        !self.0.root.as_os_str().is_empty()
    }

    /// The names of its files, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.files.keys().map(String::as_str)
    }

    /// A file of it.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.0.files.get(name).map(Vec::as_slice)
    }

    /// A text of it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.bytes(name).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// Its pictures, by name.
    pub fn pictures(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.files.iter().filter(|(name, _)| is_picture(name)).map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Where a file of the library lies, as a flaw names it: here, or with the program's own.
    #[must_use]
    pub fn place(&self, name: &str) -> String {
        if self.0.files.contains_key(name) { self.0.root.join(name).display().to_string() } else { format!("{BUILT_IN}/{name}") }
    }

    /// The texts of the program, given by name, and its own ones beside them or in their place: those right in the folder `under`,
    /// which is empty or ends in a slash. All names are those in `under`.
    pub fn beside(&self, built_in: impl Iterator<Item = (String, String)>, under: &str) -> Vec<(String, String)> {
        let mut texts: BTreeMap<String, String> = built_in.collect();
        for name in self.names().filter(|name| !is_picture(name)) {
            if let (Some(short), Some(text)) = (name.strip_prefix(under).filter(|rest| !rest.contains('/')), self.text(name)) {
                texts.insert(short.to_owned(), text.to_owned());
            }
        }
        texts.into_iter().collect()
    }
}

/// Looks whether the folder has changed.
pub struct Watch {
    root: PathBuf,
    /// What was read last; nothing when it must be read again.
    read: Option<Result<Listing, String>>,
    /// What was seen last.
    seen: Result<Listing, String>,
}

impl Watch {
    /// Looks after a folder that has been read.
    #[must_use]
    pub fn new(folder: &Folder) -> Self {
        let listing = Ok(folder.0.listing.clone());
        Self { root: folder.0.root.clone(), read: Some(listing.clone()), seen: listing }
    }

    /// The files, when they are others than those read last and have stood still since this was asked last: a file that is still
    /// being written is not read. To be asked a few times a second.
    pub fn look(&mut self) -> Option<Result<Folder, Vec<String>>> {
        let now = list(&self.root);
        let stands = now == self.seen;
        self.seen = now;
        if !stands || self.read.as_ref() == Some(&self.seen) {
            return None;
        }
        let folder = Folder::read(&self.root);
        if list(&self.root) != self.seen {
            return None;
        }
        self.read = Some(self.seen.clone());
        Some(folder)
    }

    /// Hands the files out once more.
    pub fn again(&mut self) {
        self.read = None;
    }
}

fn list(root: &Path) -> Result<Listing, String> {
    let mut listing = Listing::new();
    let mut open = vec![(root.to_owned(), String::new(), 0)];
    while let Some((folder, name, depth)) = open.pop() {
        let wrong = |error: io::Error| format!("ARTICLES_DIR: {} cannot be read: {error}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            let Ok(own) = entry.file_name().into_string() else { continue };
            if own.starts_with('.') {
                continue;
            }
            let name = format!("{name}{own}");
            // A link that leads nowhere, and a file that goes while one looks, are not there.
            let Ok(about) = std::fs::metadata(entry.path()) else { continue };
            if about.is_dir() && depth < DEEPEST {
                open.push((entry.path(), format!("{name}/"), depth + 1));
            } else if about.is_file() && counts(&name) {
                listing.insert(name, (about.len(), about.modified().ok()));
            }
        }
    }
    Ok(listing)
}

/// Whether a file of this name belongs to the library.
fn counts(name: &str) -> bool {
    let own = name.strip_prefix("exercises/").or_else(|| name.strip_prefix("programmes/")).unwrap_or(name);
    ["glossary.toml", "programmes/ladder.toml"].contains(&name) || is_picture(name) || (ending(own) == "md" && !own.contains('/'))
}

/// Whether a file of this name is a picture.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    PICTURES.contains(&ending(name))
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn read_file(root: &Path, name: &str, size: u64) -> Result<Vec<u8>, String> {
    if size > LARGEST {
        return Err(format!("the file has {size} bytes; at most {LARGEST} are read"));
    }
    if is_picture(name) && !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')) {
        return Err("name a picture with letters, digits and hyphens only: its name becomes its address".to_owned());
    }
    let bytes = std::fs::read(root.join(name)).map_err(|error| format!("cannot be read: {error}"))?;
    if is_picture(name) {
        return Ok(bytes);
    }
    match std::str::from_utf8(&bytes) {
        // What editors on other systems put at the beginning of a file and at the end of its lines.
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").into_bytes()),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            Err(format!("line {line} is not text in UTF-8; save the file in that encoding"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    #[test]
    fn only_what_belongs_to_the_library_counts() {
        let own = folder(&[
            ("hip.md", b"\xef\xbb\xbfa\r\nb\r\n"),
            ("glossary.toml", b""),
            ("exercises/march.md", b"x"),
            ("figures/hip.svg", b"<svg/>"),
            ("hip.md~", b"x"),
            (".hip.md.swp", b"x"),
            (".hidden/hip.png", b"x"),
            ("drafts/knee.md", b"x"),
            ("exercises/old/march.md", b"x"),
            ("notes.txt", b"x"),
        ]);
        std::os::unix::fs::symlink("nowhere", own.path().join(".#hip.md")).unwrap();
        std::os::unix::fs::symlink(".", own.path().join("round")).unwrap();
        let read = Folder::read(own.path()).unwrap();
        let names: Vec<&str> = read.names().filter(|name| !name.starts_with("round/")).collect();
        assert_eq!(names, ["exercises/march.md", "figures/hip.svg", "glossary.toml", "hip.md"]);
        assert_eq!(read.text("hip.md"), Some("a\nb\n"));
        assert_eq!(read.place("hip.md"), own.path().join("hip.md").display().to_string());
        assert_eq!(read.place("knee.md"), "articles/knee.md");
    }

    #[test]
    fn the_same_name_replaces() {
        let own = folder(&[("hip.md", b"own"), ("exercises/march.md", b"own march")]);
        let read = Folder::read(own.path()).unwrap();
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let built_in = [pair("hip.md", "built in"), pair("knee.md", "built in")];
        assert_eq!(read.beside(built_in.clone().into_iter(), ""), [pair("hip.md", "own"), pair("knee.md", "built in")]);
        assert_eq!(read.beside(std::iter::empty(), "exercises/"), [pair("march.md", "own march")]);
        assert_eq!(Folder::default().beside(built_in.clone().into_iter(), ""), built_in);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let own = folder(&[("hip.md", b"one\ntwo \xff\n"), ("my hip.png", b"x")]);
        let flaws = Folder::read(own.path()).map(|_| ()).unwrap_err();
        assert!(flaws[0].contains("hip.md: line 2 is not text") && flaws[1].contains("my hip.png: name a picture"), "{flaws:?}");
        let flaws = Folder::read(&own.path().join("gone")).map(|_| ()).unwrap_err();
        assert!(flaws[0].starts_with("ARTICLES_DIR: ") && flaws[0].contains("gone"), "{flaws:?}");
    }

    #[test]
    fn a_change_is_handed_out_once_and_only_when_it_stands_still() {
        let own = folder(&[("hip.md", b"one")]);
        let mut watch = Watch::new(&Folder::read(own.path()).unwrap());
        let text = |look: Option<Result<Folder, Vec<String>>>| look.map(|folder| folder.unwrap().text("hip.md").map(str::to_owned));
        assert!(watch.look().is_none());
        fs::write(own.path().join("hip.md"), "half of").unwrap();
        assert!(watch.look().is_none(), "seen, and perhaps not whole");
        fs::write(own.path().join("hip.md"), "half of it is not enough").unwrap();
        assert!(watch.look().is_none(), "it was still being written");
        assert_eq!(text(watch.look()), Some(Some("half of it is not enough".to_owned())));
        assert!(watch.look().is_none() && watch.look().is_none(), "handed out once");
        watch.again();
        assert!(watch.look().is_some());
        fs::remove_file(own.path().join("hip.md")).unwrap();
        assert!(watch.look().is_none());
        assert_eq!(text(watch.look()), Some(None));
        drop(own);
        assert!(watch.look().is_none());
        assert!(watch.look().unwrap().is_err(), "a folder that is gone is told, too");
        assert!(watch.look().is_none());
    }
}
