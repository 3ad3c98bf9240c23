//! A published source, as articles and exercises name it.

use std::fmt::Write;

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What citations call it.
    pub key: String,
    /// Who wrote it; empty when unknown.
    #[serde(default)]
    pub authors: String,
    /// Its title.
    pub title: String,
    /// Where it appeared; empty when nowhere.
    #[serde(default)]
    pub journal: String,
    /// The year it appeared.
    pub year: Option<u16>,
    /// Volume and issue: "18(4)".
    #[serde(default)]
    pub volume: String,
    /// Pages or the number of the paper.
    #[serde(default)]
    pub pages: String,
    /// Digital object identifier, without `https://doi.org/`.
    pub doi: Option<String>,
    /// Web address; of use where there is no DOI.
    pub url: Option<String>,
    /// What else a reader should know; empty when nothing.
    #[serde(default)]
    pub note: String,
}

impl Reference {
    /// The source in words, without its link: "Authors. Title. Journal 2021;18(4):1936. Note."
    #[must_use]
    pub fn citation(&self) -> String {
        let mut parts = vec![self.authors.clone(), self.title.clone(), self.appeared(), self.note.clone()];
        parts.retain(|part| !part.is_empty());
        parts.iter().fold(String::new(), |mut words, part| {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(part);
            if !part.ends_with(['.', '?', '!']) {
                words.push('.');
            }
            words
        })
    }

    /// Where a reader finds it, and what the link says.
    #[must_use]
    pub fn link(&self) -> Option<(String, String)> {
        match (&self.doi, &self.url) {
            (Some(doi), _) => Some((format!("https://doi.org/{doi}"), format!("doi:{doi}"))),
            (None, Some(url)) => {
                let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()));
                Some((url.clone(), host.unwrap_or_else(|| "web page".to_owned())))
            }
            (None, None) => None,
        }
    }

    /// What is wrong with it, if anything.
    pub(crate) fn flaw(&self) -> Option<String> {
        if self.key.is_empty() || !self.key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return Some(format!("the reference key \"{}\" may hold small letters, digits and hyphens only", self.key));
        }
        if self.title.trim().is_empty() {
            return Some(format!("the reference {} has no title", self.key));
        }
        if self.doi.as_ref().is_some_and(|doi| !doi.starts_with("10.") || doi.contains(char::is_whitespace)) {
            return Some(format!("the doi of {} begins with 10. and has no spaces", self.key));
        }
        let is_web = |url: &String| url::Url::parse(url).is_ok_and(|url| url.scheme() == "https" && url.has_host());
        if self.url.as_ref().is_some_and(|url| !is_web(url)) {
            return Some(format!("the url of {} is a full address that begins with https://", self.key));
        }
        None
    }

    fn appeared(&self) -> String {
        let mut words = self.journal.clone();
        if let Some(year) = self.year {
            let gap = if words.is_empty() { "" } else { " " };
            let _ = write!(words, "{gap}{year}");
        }
        if !self.volume.is_empty() {
            let gap = if self.year.is_some() { ";" } else { " " };
            let _ = write!(words, "{gap}{}", self.volume);
        }
        if !self.pages.is_empty() {
            let gap = if self.volume.is_empty() { ", " } else { ":" };
            let _ = write!(words, "{gap}{}", self.pages);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(text: &str) -> Reference {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_citation_leaves_out_what_is_unknown() {
        let full = "key='a'\nauthors='Hu H, et al.'\ntitle='Is it?'\njournal='Eur Spine J'\nyear=2011\nvolume='20(5)'\npages='759–765'\ndoi='10.1/x'";
        assert_eq!(reference(full).citation(), "Hu H, et al. Is it? Eur Spine J 2011;20(5):759–765.");
        assert_eq!(reference(full).link(), Some(("https://doi.org/10.1/x".to_owned(), "doi:10.1/x".to_owned())));
        assert_eq!(reference("key='a'\ntitle='A page'\nnote='Web page'").citation(), "A page. Web page.");
        assert_eq!(reference("key='a'\ntitle='T'\njournal='J'\nvolume='12'").citation(), "T. J 12.");
        assert_eq!(reference("key='a'\ntitle='T'\njournal='J'\nyear=2017\npages='3–4'").citation(), "T. J 2017, 3–4.");
        assert_eq!(reference("key='a'\ntitle='T'\nurl='https://www.x.org/1'").link().unwrap().1, "x.org");
    }

    #[test]
    fn a_flawed_reference_is_told() {
        for wrong in [
            "key='A b'\ntitle='T'",
            "key='a'\ntitle=' '",
            "key='a'\ntitle='T'\ndoi='doi:10.1'",
            "key='a'\ntitle='T'\nurl='javascript:alert(1)'",
        ] {
            assert!(reference(wrong).flaw().is_some(), "{wrong}");
        }
        assert_eq!(reference("key='hu-2011'\ntitle='T'\ndoi='10.1/x'\nurl='https://x.org'").flaw(), None);
    }
}
