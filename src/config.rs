//! Every setting in one place: its meaning, its default, and one clear sentence when it is wrong.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use serde::Deserialize;
use url::{Host, Url};

use crate::folder::Folder;

/// The settings of a running clinic.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port to listen on (`LISTEN`, default `127.0.0.1:8080`).
    pub listen: SocketAddr,
    /// Where people reach the site (`BASE_URL`, default `http://` + `LISTEN`). Its scheme alone decides cookies and HSTS.
    pub base_url: Url,
    /// `sqlite://path` or `postgres://…` (`DATABASE_URL`, default `sqlite://data/clinic.db`).
    pub database_url: String,
    /// Folder for files the program keeps (`DATA_DIR`, default `data`).
    pub data_dir: PathBuf,
    /// Room for photos and films, in bytes (`MEDIA_QUOTA`, default `2 GB`).
    pub media_quota: u64,
    /// Folder with the clinic's own articles, exercises, glossary and pictures (`ARTICLES_DIR`, default none).
    pub articles_dir: Option<PathBuf>,
    /// The clinic's identity (`CLINIC_FILE`, default `clinic.toml`, which may be missing).
    pub clinic: Clinic,
    /// How much argon2id costs; tests make it cheap.
    pub password_cost: PasswordCost,
}

/// Room for photos and films unless told otherwise: 2 GB.
pub const MEDIA_QUOTA: u64 = 2 << 30;

/// The cost of one password hash.
#[derive(Debug, Clone, Copy)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over that memory.
    pub passes: u32,
}

impl Default for PasswordCost {
    /// 19 MiB and two passes: the first choice of the OWASP password storage cheat sheet for argon2id.
    fn default() -> Self {
        Self { memory: 19 * 1024, passes: 2 }
    }
}

/// Who the clinic is: shown in footers, care cards and feeds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clinic {
    /// Name on every page.
    #[serde(default = "Clinic::default_name")]
    pub name: String,
    /// One sentence for the home page and search engines.
    #[serde(default = "Clinic::default_motto")]
    pub motto: String,
    /// Postal address, one line an entry.
    #[serde(default)]
    pub address: Vec<String>,
    /// Telephone number patients ring; care cards need it.
    #[serde(default)]
    pub telephone: String,
    /// E-mail address patients write to.
    #[serde(default)]
    pub email: String,
    /// Number of the emergency services where the clinic is (999, 112, 911 …); care cards need it.
    #[serde(default)]
    pub emergency_number: String,
    /// IANA time zone that says when a day begins.
    #[serde(default = "Clinic::default_zone")]
    pub time_zone: Tz,
    /// Opening hours, one line an entry.
    #[serde(default)]
    pub opening_hours: Vec<String>,
    /// The people readers and patients meet.
    #[serde(default)]
    pub team: Vec<TeamMember>,
    /// Days without an entry after which the queue names a patient with a running plan.
    #[serde(default = "Clinic::default_silence")]
    pub silent_after_days: u16,
}

/// One person of the team, as shown to the public.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamMember {
    /// Name.
    pub name: String,
    /// Profession or part in the clinic.
    pub role: String,
    /// A sentence or two.
    #[serde(default)]
    pub about: String,
}

impl Clinic {
    fn default_name() -> String {
        "The Hip Clinic".to_owned()
    }

    fn default_motto() -> String {
        "Physiotherapy for the front of the hip.".to_owned()
    }

    fn default_zone() -> Tz {
        chrono_tz::Europe::London
    }

    fn default_silence() -> u16 {
        7
    }

    /// Reads the clinic's identity from TOML.
    ///
    /// # Errors
    /// A sentence that names the file, the line and what is expected.
    pub fn from_toml(text: &str, file: &Path) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            format!("CLINIC_FILE: {}, line {line}: {}", file.display(), error.message())
        })
    }

    /// Reads the file; a missing one means the defaults.
    ///
    /// # Errors
    /// As [`Clinic::from_toml`], or why the file cannot be read.
    pub fn load(file: &Path) -> Result<Self, String> {
        match std::fs::read_to_string(file) {
            Ok(text) => Self::from_toml(&text, file),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::from_toml("", file),
            Err(error) => Err(format!("CLINIC_FILE: {} cannot be read: {error}", file.display())),
        }
    }

    /// Refuses to go public without the two numbers every care card shows.
    ///
    /// # Errors
    /// A sentence that says what to add and where.
    pub fn require_numbers(&self, file: &Path) -> Result<(), String> {
        for (setting, value, example) in
            [("telephone", &self.telephone, "+44 20 7946 0000"), ("emergency_number", &self.emergency_number, "999")]
        {
            if value.trim().is_empty() {
                return Err(format!(
                    "{}: {setting} is empty; care cards tell people in trouble whom to call, so add a line like {setting} = \"{example}\"",
                    file.display()
                ));
            }
        }
        Ok(())
    }

    /// The telephone number as the target of a link: digits and a leading plus.
    #[must_use]
    pub fn telephone_link(&self) -> String {
        dialable(&self.telephone)
    }

    /// The emergency number as the target of a link.
    #[must_use]
    pub fn emergency_link(&self) -> String {
        dialable(&self.emergency_number)
    }
}

fn dialable(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

impl Config {
    /// Checks the settings against each other.
    ///
    /// # Errors
    /// One sentence that names the setting, its value and what is expected.
    pub fn new(
        listen: SocketAddr,
        base_url: Option<&str>,
        database_url: String,
        data_dir: PathBuf,
        clinic: Clinic,
    ) -> Result<Self, String> {
        let base_url = match base_url {
            Some(text) => parse_base_url(text)?,
            None if listen.ip().is_loopback() => parse_base_url(&format!("http://{listen}"))?,
            None => {
                return Err(format!(
                    "BASE_URL is not set, and LISTEN is {listen}; name the address people type, like https://clinic.example"
                ));
            }
        };
        let password_cost = PasswordCost::default();
        Ok(Self { listen, base_url, database_url, data_dir, media_quota: MEDIA_QUOTA, articles_dir: None, clinic, password_cost })
    }

    /// With room for this many bytes of photos and films.
    #[must_use]
    pub fn with_media_quota(mut self, bytes: u64) -> Self {
        self.media_quota = bytes;
        self
    }

    /// With the clinic's own files of the library.
    #[must_use]
    pub fn with_articles(mut self, folder: Option<PathBuf>) -> Self {
        self.articles_dir = folder;
        self
    }

    /// Reads the clinic's own files of the library; there are none without a folder.
    ///
    /// # Errors
    /// What cannot be read, a line a file.
    pub fn own_articles(&self) -> Result<Folder, Vec<String>> {
        self.articles_dir.as_deref().map_or_else(|| Ok(Folder::default()), Folder::read)
    }

    /// Whether cookies are `Secure` and browsers are told to keep to https.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

/// Reads the address to listen on.
///
/// # Errors
/// One sentence that names the setting, its value and what is expected.
pub fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("LISTEN is \"{text}\"; expected an address and a port, like 127.0.0.1:8080"))
}

/// Reads how much to log.
///
/// # Errors
/// One sentence that names the setting, its value and what is expected.
pub fn log_level(text: &str) -> Result<tracing::Level, String> {
    text.parse().map_err(|_| format!("LOG is \"{text}\"; expected error, warn, info, debug or trace"))
}

/// Reads how much room there is for photos and films, in bytes.
///
/// # Errors
/// One sentence that names the setting, its value and what is expected.
pub fn media_quota(text: &str) -> Result<u64, String> {
    let (number, unit) = text.trim().split_once(char::is_whitespace).unwrap_or((text, ""));
    let unit = match unit.trim() {
        "MB" => Some(1 << 20),
        "GB" => Some(1 << 30),
        _ => None,
    };
    let bytes = number.parse::<u64>().ok().zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    bytes.ok_or_else(|| format!("MEDIA_QUOTA is \"{text}\"; expected a whole number of MB or GB, like 500 MB or 2 GB"))
}

fn parse_base_url(text: &str) -> Result<Url, String> {
    let expected = "expected https://host, or http:// with a loopback host";
    let url = Url::parse(text).map_err(|error| format!("BASE_URL is \"{text}\" ({error}); {expected}"))?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let scheme_fits = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    if !scheme_fits || url.host().is_none() || url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(format!("BASE_URL is \"{text}\"; {expected}, and no path"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(listen: &str, base_url: Option<&str>) -> Result<Config, String> {
        let clinic = Clinic::from_toml("", Path::new("clinic.toml"))?;
        Config::new(listen.parse().unwrap(), base_url, "sqlite://x.db".to_owned(), "data".into(), clinic)
    }

    #[test]
    fn the_base_url_is_https_or_loopback() {
        assert!(config("127.0.0.1:8080", None).is_ok_and(|config| !config.secure()));
        assert!(config("0.0.0.0:80", Some("https://clinic.example")).is_ok_and(|config| config.secure()));
        for wrong in ["clinic.example", "http://clinic.example", "https://clinic.example/path", "ftp://127.0.0.1", "https://"] {
            let error = config("127.0.0.1:8080", Some(wrong)).unwrap_err();
            assert!(error.contains("BASE_URL") && error.contains(wrong), "{error}");
        }
        assert!(config("0.0.0.0:80", None).unwrap_err().contains("BASE_URL is not set"));
    }

    #[test]
    fn room_is_a_number_with_a_unit() {
        assert_eq!((media_quota("500 MB"), media_quota(" 2  GB ")), (Ok(500 << 20), Ok(MEDIA_QUOTA)));
        for wrong in ["", "2", "2GB", "two GB", "-1 GB", "2 TB", "99999999999999999999 GB", "18446744073709551615 MB"] {
            let error = media_quota(wrong).unwrap_err();
            assert!(error.contains("MEDIA_QUOTA") && error.contains(wrong), "{error}");
        }
    }

    #[test]
    fn a_wrong_clinic_file_names_its_line() {
        let error = Clinic::from_toml("name = \"A\"\ntelefone = \"1\"\n", Path::new("clinic.toml")).unwrap_err();
        assert!(error.contains("clinic.toml, line 2") && error.contains("telefone"), "{error}");
        let error = Clinic::from_toml("time_zone = \"Europe/Atlantis\"", Path::new("c.toml")).unwrap_err();
        assert!(error.contains("line 1"), "{error}");
    }

    #[test]
    fn care_cards_need_both_numbers() {
        let mut clinic = Clinic::from_toml("telephone = \"020 7946 0000\"", Path::new("c.toml")).unwrap();
        assert!(clinic.require_numbers(Path::new("c.toml")).unwrap_err().contains("emergency_number"));
        clinic.emergency_number = "999".to_owned();
        assert_eq!(clinic.require_numbers(Path::new("c.toml")), Ok(()));
        assert_eq!(clinic.telephone_link(), "02079460000");
    }
}
