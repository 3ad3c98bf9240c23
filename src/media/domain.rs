//! What a photo or a film is, how large it may be, and who may see it.

use chrono::NaiveDateTime;

use crate::error::Invalid;
use crate::ids::{MediumId, PatientId};
use crate::text::{Caption, slug, words};
use crate::web::Viewer;

/// Largest photo, in bytes, as it arrives.
pub const LARGEST_PHOTO: u64 = 10 << 20;
/// Largest film, in bytes.
pub const LARGEST_FILM: u64 = 40 << 20;
/// Most pixels of a photo as it arrives, in millions.
pub const MOST_MEGAPIXELS: u64 = 40;
/// Longest film, in seconds.
pub const LONGEST_FILM: u32 = 5 * 60;
/// Widest and highest photo that is kept, in pixels.
pub const KEPT_PIXELS: u32 = 1600;
/// Widest and highest small picture of a photo, in pixels.
pub const THUMBNAIL_PIXELS: u32 = 400;

words! {
    /// What it is.
    Kind {
        /// Stands still.
        Photo = "photo", "photo";
        /// Moves.
        Film = "film", "film";
    }
}

words! {
    /// How its bytes are written. WebP photos are taken and kept as one of the other two.
    Format {
        /// A photo.
        Jpeg = "jpeg", "JPEG";
        /// A photo, or a drawing.
        Png = "png", "PNG";
        /// A photo.
        Webp = "webp", "WebP";
        /// A film.
        Mp4 = "mp4", "MP4";
        /// A film.
        Webm = "webm", "WebM";
    }
}

impl Format {
    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Jpeg | Self::Png | Self::Webp => Kind::Photo,
            Self::Mp4 | Self::Webm => Kind::Film,
        }
    }

    /// The end of its file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        if self == Self::Jpeg { "jpg" } else { self.word() }
    }

    /// How it is called when it is sent.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }

    /// Most bytes of one that arrives.
    #[must_use]
    pub fn largest(self) -> u64 {
        match self.kind() {
            Kind::Photo => LARGEST_PHOTO,
            Kind::Film => LARGEST_FILM,
        }
    }
}

/// One file that is kept: named by the SHA-256 of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// 64 hexadecimal digits.
    pub hash: String,
    /// How it is written.
    pub format: Format,
    /// Its length.
    pub bytes: u64,
}

impl File {
    /// How much of the hash stands in an address.
    const SHOWN: usize = 12;

    fn short(&self) -> &str {
        self.hash.get(..Self::SHOWN).unwrap_or(&self.hash)
    }
}

/// What the person said of a photo or film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it shows, for those who do not see it.
    pub words: Caption,
    /// Whose it is; nobody's when it is for the library.
    pub patient: Option<PatientId>,
    /// The photo that stands for a film.
    pub still: Option<MediumId>,
}

/// A photo or film about to be kept.
#[derive(Debug, Clone)]
pub struct NewMedium {
    /// The file.
    pub file: File,
    /// The small picture of a photo.
    pub thumbnail: Option<File>,
    /// In pixels, as it is shown.
    pub width: u32,
    /// In pixels, as it is shown.
    pub height: u32,
    /// How long a film is, when it says so.
    pub seconds: Option<u32>,
    /// What was said of it.
    pub said: Said,
}

impl NewMedium {
    /// The file, and the small picture of a photo.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        std::iter::once(&self.file).chain(&self.thumbnail)
    }
}

/// A photo or film that is kept.
#[derive(Debug, Clone)]
pub struct Medium {
    /// Its number.
    pub id: MediumId,
    /// The file.
    pub file: File,
    /// The small picture of a photo.
    pub thumbnail: Option<File>,
    /// In pixels, as it is shown.
    pub width: u32,
    /// In pixels, as it is shown.
    pub height: u32,
    /// How long a film is, when it says so.
    pub seconds: Option<u32>,
    /// What it shows, for those who do not see it.
    pub words: String,
    /// Whose it is, with their name; nobody's when it is for the library.
    pub patient: Option<(PatientId, String)>,
    /// The photo that stands for a film, with its address.
    pub still: Option<(MediumId, String)>,
    /// Who added it.
    pub by: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
}

impl Medium {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.file.format.kind()
    }

    /// Whether it stands still.
    #[must_use]
    pub fn is_photo(&self) -> bool {
        self.kind() == Kind::Photo
    }

    /// Whether somebody may see it: what is a patient's, that patient and staff; all else, whoever is signed in.
    #[must_use]
    pub fn is_for(&self, viewer: &Viewer) -> bool {
        self.patient.as_ref().is_none_or(|(patient, _)| viewer.role.is_staff() || viewer.id == (*patient).into())
    }

    /// Where its file is found. Another content has another address.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.id, &self.file)
    }

    /// Where its small picture is found: a photo's own, a film's still. A film without one has none.
    #[must_use]
    pub fn thumbnail_path(&self) -> Option<String> {
        let own = self.thumbnail.as_ref().map(|thumbnail| path(self.id, thumbnail));
        own.or_else(|| self.still.as_ref().map(|(_, path)| path.clone()))
    }

    /// The file with this name in its address.
    #[must_use]
    pub fn file_called(&self, name: &str) -> Option<&File> {
        std::iter::once(&self.file).chain(&self.thumbnail).find(|file| self::name(file) == name)
    }

    /// What a browser calls it when it is saved: plain letters from what it shows.
    #[must_use]
    pub fn saved_as(&self, file: &File) -> String {
        let words: String = slug(&self.words).chars().take(60).collect();
        let words = words.trim_matches('-');
        let words = if words.is_empty() { self.kind().word() } else { words };
        format!("{words}.{}", file.format.ending())
    }

    /// Whether it can stand for a film of this patient, or of the library.
    ///
    /// # Errors
    /// The words beside the field.
    pub fn stands_for_film_of(&self, patient: Option<PatientId>) -> Result<(), Invalid> {
        let whose = self.patient.as_ref().map(|(patient, _)| *patient);
        if self.is_photo() && (whose.is_none() || whose == patient) {
            Ok(())
        } else {
            Err(Invalid::one("still", "Choose another photo: this one is not for everybody who may see the film"))
        }
    }
}

fn name(file: &File) -> String {
    format!("{}.{}", file.short(), file.format.ending())
}

/// The address of a medium's file.
#[must_use]
pub fn path(id: MediumId, file: &File) -> String {
    format!("/media/{id}/{}", name(file))
}

/// Bytes as people read them: "230 kB", "1.2 MB", "2 GB".
#[must_use]
pub fn size_in_words(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        if tenths.is_multiple_of(10) || tenths >= 1000 { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) }
    };
    match bytes {
        0 => "0 MB".to_owned(),
        1..0x10_0000 => format!("{} kB", bytes.div_ceil(1 << 10)),
        0x10_0000..0x4000_0000 => format!("{} MB", tenths(1 << 20)),
        _ => format!("{} GB", tenths(1 << 30)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PersonId;
    use crate::web::Role;

    fn medium(patient: Option<i64>) -> Medium {
        let file = File { hash: "0123456789abcdef".to_owned(), format: Format::Jpeg, bytes: 10 };
        Medium {
            id: MediumId(7),
            thumbnail: Some(File { hash: "fedcba9876543210".to_owned(), ..file.clone() }),
            file,
            width: 4,
            height: 3,
            seconds: None,
            words: "The knee, over the foot".to_owned(),
            patient: patient.map(|id| (PatientId(id), "Ann".to_owned())),
            still: None,
            by: "Cleo".to_owned(),
            at: NaiveDateTime::default(),
        }
    }

    #[test]
    fn what_is_a_patients_is_for_that_patient_and_for_staff() {
        let viewer = |id, role| Viewer { id: PersonId(id), name: String::new(), role, messages: 0 };
        for (whose, id, role, sees) in [
            (None, 5, Role::Patient, true),
            (None, 2, Role::Physio, true),
            (Some(4), 4, Role::Patient, true),
            (Some(4), 5, Role::Patient, false),
            (Some(4), 2, Role::Physio, true),
            (Some(4), 3, Role::Owner, true),
        ] {
            assert_eq!(medium(whose).is_for(&viewer(id, role)), sees, "{whose:?} {id} {role:?}");
        }
    }

    #[test]
    fn an_address_names_one_file_and_no_other() {
        let medium = medium(None);
        assert_eq!(medium.path(), "/media/7/0123456789ab.jpg");
        assert_eq!(medium.thumbnail_path().as_deref(), Some("/media/7/fedcba987654.jpg"));
        assert_eq!(medium.file_called("0123456789ab.jpg"), Some(&medium.file));
        assert_eq!(medium.file_called("fedcba987654.jpg"), medium.thumbnail.as_ref());
        for other in ["", "0123456789ab.png", "0123456789ab", "../x", "0123456789abcdef.jpg"] {
            assert_eq!(medium.file_called(other), None, "{other}");
        }
        assert_eq!(medium.saved_as(&medium.file), "the-knee-over-the-foot.jpg");
        let nameless = Medium { words: "膝".to_owned(), ..medium };
        assert_eq!(nameless.saved_as(&nameless.file), "photo.jpg");
    }

    #[test]
    fn a_photo_stands_for_films_that_no_more_people_see() {
        assert!(medium(None).stands_for_film_of(None).is_ok() && medium(None).stands_for_film_of(Some(PatientId(4))).is_ok());
        assert!(medium(Some(4)).stands_for_film_of(Some(PatientId(4))).is_ok());
        assert!(medium(Some(4)).stands_for_film_of(None).is_err() && medium(Some(4)).stands_for_film_of(Some(PatientId(5))).is_err());
    }

    #[test]
    fn a_size_is_said_in_words() {
        for (bytes, words) in [
            (0, "0 MB"),
            (1, "1 kB"),
            (230 << 10, "230 kB"),
            (10 << 20, "10 MB"),
            (1_300_000, "1.2 MB"),
            (2 << 30, "2 GB"),
            (5 << 29, "2.5 GB"),
        ] {
            assert_eq!(size_in_words(bytes), words);
        }
    }
}
