//! The shelf: public pages and files made before anyone asks, in every encoding a browser may want.

use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use sha2::{Digest, Sha256};

use super::headers::make_safe;
use super::tally::{self, Tally};

use crate::error::AppError;

/// One page or file, as it is made.
#[derive(Clone, PartialEq)]
pub struct Leaf {
    content_type: HeaderValue,
    cache: HeaderValue,
    modified: Option<HeaderValue>,
    counted: Option<String>,
    changed: Option<NaiveDate>,
    /// Whether a question behind its address (`?…`) is left to the house.
    leaves_questions: bool,
    body: Bytes,
}

/// A leaf ready to be handed out: each encoding with all its headers.
pub struct Ready {
    leaf: Leaf,
    /// Counts how often it is read, when that is of interest.
    counter: Option<Arc<AtomicU64>>,
    plain: Packed,
    /// The encodings that make it smaller, the best first.
    packed: Vec<(&'static str, Packed)>,
    effort: Effort,
}

/// A body in one encoding, with the tag that names it and the headers of an answer with it and without it.
struct Packed {
    body: Bytes,
    tag: HeaderValue,
    whole: Headers,
    unchanged: Headers,
}

/// Headers in a row. An answer takes them one by one into a map that was used before, which costs less than a copy of a whole map.
type Headers = Box<[(HeaderName, HeaderValue)]>;

/// How hard to compress: a moment at start, or as long as it takes afterwards.
#[derive(Clone, Copy, PartialEq)]
enum Effort {
    Fast,
    Best,
}

impl Leaf {
    /// A leaf to be asked for again after five minutes.
    #[must_use]
    pub fn new(content_type: &str, body: Vec<u8>) -> Self {
        Self {
            content_type: HeaderValue::from_str(content_type).unwrap_or(HeaderValue::from_static("application/octet-stream")),
            cache: HeaderValue::from_static("public, max-age=300"),
            modified: None,
            counted: None,
            changed: None,
            leaves_questions: false,
            body: Bytes::from(body),
        }
    }

    /// A page made from a template.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the template cannot be rendered.
    pub fn page(template: &impl Template) -> Result<Self, AppError> {
        let body = template.render().map_err(|error| AppError::Internal(format!("template: {error}")))?;
        Ok(Self::new("text/html; charset=utf-8", body.into_bytes()))
    }

    /// With another `Cache-Control`.
    #[must_use]
    pub fn cached(mut self, cache: &'static str) -> Self {
        self.cache = HeaderValue::from_static(cache);
        self
    }

    /// With the moment (UTC) its content was last changed.
    #[must_use]
    pub fn modified(mut self, at: NaiveDateTime) -> Self {
        self.modified = HeaderValue::from_str(&at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok();
        self
    }

    /// Counted under this key whenever somebody reads it.
    #[must_use]
    pub fn counted(mut self, key: &str) -> Self {
        self.counted = Some(key.to_owned());
        self
    }

    /// With the day its content was last changed, when that is known.
    #[must_use]
    pub fn changed_on(mut self, day: Option<NaiveDate>) -> Self {
        self.changed = day;
        match day {
            Some(day) => self.modified(day.and_time(NaiveTime::MIN)),
            None => self,
        }
    }

    /// For its plain address only: with a question behind it (`?stage=early`) the house answers.
    #[must_use]
    pub fn unasked(mut self) -> Self {
        self.leaves_questions = true;
        self
    }

    /// The day its content was last changed, when that is known.
    #[must_use]
    pub fn changed(&self) -> Option<NaiveDate> {
        self.changed
    }

    /// Whether it is a page, and no feed or file.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.content_type.as_bytes().starts_with(b"text/html")
    }

    /// The body as it is before it is compressed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The leaf as it is now, quickly compressed.
    pub(super) fn ready(self, secure: bool) -> Ready {
        Ready::new(self, Effort::Fast, secure)
    }
}

impl Ready {
    fn new(leaf: Leaf, effort: Effort, secure: bool) -> Self {
        let hash = short_hash(&leaf.body);
        let kind = leaf.content_type.to_str().unwrap_or_default();
        let shrinks = ["text/", "json", "xml", "javascript", "svg"].iter().any(|part| kind.contains(part));
        let mut packed = Vec::new();
        if shrinks && leaf.body.len() > 256 {
            let ways: [(&str, Pack); 3] = [("br", brotli), ("zstd", zstd), ("gzip", gzip)];
            for (encoding, pack) in ways {
                if let Some(smaller) = pack(&leaf.body, effort).ok().filter(|smaller| smaller.len() < leaf.body.len()) {
                    packed.push((encoding, Packed::new(&leaf, Bytes::from(smaller), &hash, Some(encoding), secure)));
                }
            }
        }
        let plain = Packed::new(&leaf, leaf.body.clone(), &hash, None, secure);
        Self { leaf, counter: None, plain, packed, effort }
    }

    /// Counted by the number that belongs to its key.
    fn counted_by(mut self, tally: &Tally) -> Self {
        self.counter = self.leaf.counted.as_deref().map(|key| tally.counter(key));
        self
    }

    /// The answer to a request with these headers.
    pub(super) fn answer(&self, headers: &HeaderMap) -> HttpResponse {
        let packed = self.best_for(headers);
        let unchanged = match headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) {
            Some(tags) => tags.split(',').any(|tag| is_tag(tag.trim(), &packed.tag)),
            None => self.leaf.modified.is_some() && headers.get(header::IF_MODIFIED_SINCE) == self.leaf.modified.as_ref(),
        };
        if unchanged {
            let mut answer = HttpResponse::new(StatusCode::NOT_MODIFIED);
            put(&packed.unchanged, answer.headers_mut());
            return answer;
        }
        let mut answer = HttpResponse::with_body(StatusCode::OK, BoxBody::new(packed.body.clone()));
        put(&packed.whole, answer.headers_mut());
        answer
    }

    fn best_for(&self, headers: &HeaderMap) -> &Packed {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        self.packed.iter().find(|(encoding, _)| accepts(accepted, encoding)).map_or(&self.plain, |(_, packed)| packed)
    }
}

impl Packed {
    fn new(leaf: &Leaf, body: Bytes, hash: &str, encoding: Option<&'static str>, secure: bool) -> Self {
        let ending = encoding.map(|encoding| format!("-{encoding}")).unwrap_or_default();
        let tag = HeaderValue::from_str(&format!("\"{hash}{ending}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        let mut unchanged = HeaderMap::new();
        unchanged.insert(header::ETAG, tag.clone());
        unchanged.insert(header::CACHE_CONTROL, leaf.cache.clone());
        unchanged.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(modified) = &leaf.modified {
            unchanged.insert(header::LAST_MODIFIED, modified.clone());
        }
        make_safe(&mut unchanged, secure);
        let mut whole = unchanged.clone();
        whole.insert(header::CONTENT_TYPE, leaf.content_type.clone());
        if let Some(encoding) = encoding {
            whole.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Self { body, tag, whole: in_a_row(&whole), unchanged: in_a_row(&unchanged) }
    }
}

fn in_a_row(headers: &HeaderMap) -> Headers {
    headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn put(row: &Headers, headers: &mut HeaderMap) {
    for (name, value) in row {
        headers.insert(name.clone(), value.clone());
    }
}

/// One way to make bytes smaller.
type Pack = fn(&[u8], Effort) -> std::io::Result<Vec<u8>>;

/// The first 12 hexadecimal digits of the SHA-256 hash.
#[must_use]
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn is_tag(given: &str, tag: &HeaderValue) -> bool {
    given == "*" || given.trim_start_matches("W/").as_bytes() == tag.as_bytes()
}

/// Whether `Accept-Encoding` names this encoding with a quality above 0.
fn accepts(accepted: &str, name: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next().is_some_and(|word| word.eq_ignore_ascii_case(name))
            && !words.any(|word| word.strip_prefix("q=").is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0)))
    })
}

fn brotli(plain: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    let quality = match effort {
        Effort::Fast => 4,
        Effort::Best => 11,
    };
    let mut packed = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, quality, 22);
        writer.write_all(plain)?;
    }
    Ok(packed)
}

fn zstd(plain: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    zstd::bulk::compress(
        plain,
        match effort {
            Effort::Fast => 3,
            Effort::Best => 19,
        },
    )
}

fn gzip(plain: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
    let level = match effort {
        Effort::Fast => flate2::Compression::new(5),
        Effort::Best => flate2::Compression::best(),
    };
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), level);
    writer.write_all(plain)?;
    writer.finish()
}

/// What stands on the shelf, by path.
type Standing = HashMap<String, Arc<Ready>>;

/// All ready answers by path. Cheap to read; replaced as a whole when something changes.
pub struct Shelf {
    secure: bool,
    ready: RwLock<Arc<Standing>>,
    /// Whether all of it is as small as it gets.
    packed: AtomicBool,
    tally: Tally,
}

impl Shelf {
    /// An empty shelf, for a site reached by https or not.
    #[must_use]
    pub fn new(secure: bool) -> Self {
        Self { secure, ready: RwLock::default(), packed: AtomicBool::new(false), tally: Tally::default() }
    }

    /// Puts leaves on the shelf in place of what stood there, compressed quickly; [`Shelf::pack_well`] does it thoroughly. A leaf that
    /// stood there just so stays as it is.
    pub fn fill(&self, leaves: impl IntoIterator<Item = (String, Leaf)>) {
        let before = self.all();
        let ready = |(path, leaf): (String, Leaf)| match before.get(&path).filter(|ready| ready.leaf == leaf) {
            Some(ready) => (path, Arc::clone(ready)),
            None => (path, Arc::new(leaf.ready(self.secure).counted_by(&self.tally))),
        };
        let ready: Standing = leaves.into_iter().map(ready).collect();
        let mut standing = self.ready.write().unwrap_or_else(PoisonError::into_inner);
        *standing = Arc::new(ready);
        self.packed.store(false, Ordering::Release);
    }

    /// Compresses everything as small as it gets, unless it is already. Takes seconds: call it on a thread of its own.
    pub fn pack_well(&self) {
        if self.packed.load(Ordering::Acquire) {
            return;
        }
        let before = self.all();
        let mut packed = Standing::with_capacity(before.len());
        for (path, ready) in before.iter() {
            // Nobody waits for what has been replaced meanwhile.
            if !Arc::ptr_eq(&self.all(), &before) {
                return;
            }
            packed.insert(
                path.clone(),
                match ready.effort {
                    Effort::Best => Arc::clone(ready),
                    Effort::Fast => Arc::new(Ready::new(ready.leaf.clone(), Effort::Best, self.secure).counted_by(&self.tally)),
                },
            );
        }
        let mut standing = self.ready.write().unwrap_or_else(PoisonError::into_inner);
        // What was put there meanwhile is newer.
        if Arc::ptr_eq(&standing, &before) {
            *standing = Arc::new(packed);
            self.packed.store(true, Ordering::Release);
        }
    }

    fn all(&self) -> Arc<Standing> {
        Arc::clone(&self.ready.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether something stands at this path.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        self.all().contains_key(path)
    }

    /// The ready answer to a request, if it reads something that stands here.
    #[must_use]
    pub fn answer(&self, request: &ServiceRequest) -> Option<HttpResponse> {
        let reads = request.method() == Method::GET || request.method() == Method::HEAD;
        if !reads {
            return None;
        }
        let all = self.all();
        let ready = all.get(request.path()).filter(|ready| !(ready.leaf.leaves_questions && asks(request)))?;
        if let Some(counter) = ready.counter.as_ref().filter(|_| tally::is_reader(request)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        Some(ready.answer(request.headers()))
    }

    /// How often what is counted was read since this was asked last, by key; each reading is handed out once.
    #[must_use]
    pub fn take_counts(&self) -> Vec<(String, u64)> {
        self.tally.take()
    }

    /// Takes back counts that could not be kept anywhere, for the next time.
    pub fn give_back(&self, counts: &[(String, u64)]) {
        self.tally.give_back(counts);
    }
}

/// Whether something stands behind the `?` of the address.
fn asks(request: &ServiceRequest) -> bool {
    !request.query_string().is_empty()
}

/// Fills the shelf again from what is known now; given by the server to handlers that change a public page.
pub struct Refill(Arc<Fill>);

type Fill = dyn Fn() -> Result<(), AppError> + Send + Sync;

impl Refill {
    /// Fills the shelf by this.
    pub fn new(fill: impl Fn() -> Result<(), AppError> + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// Fills the shelf and waits until it is full.
    ///
    /// # Errors
    /// Why it stays as it was.
    pub async fn now(&self) -> Result<(), AppError> {
        let fill = Arc::clone(&self.0);
        match tokio::task::spawn_blocking(move || fill()).await {
            Ok(outcome) => outcome,
            Err(error) => Err(AppError::Internal(format!("filling the shelf ended early: {error}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_taken_only_when_it_is_wanted() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("gzip;q=0.5", "gzip"));
        assert!(!accepts("gzip;q=0, br", "gzip"));
        assert!(!accepts("brotli", "br"));
        assert!(!accepts("", "gzip"));
    }

    #[test]
    fn what_has_not_changed_is_not_compressed_again() {
        let shelf = Shelf::new(false);
        let leaf = |text: &str| Leaf::new("text/plain", text.repeat(200).into_bytes());
        shelf.fill([("/a".to_owned(), leaf("a line about hips\n")), ("/b".to_owned(), leaf("one"))]);
        shelf.pack_well();
        let before = shelf.all();
        assert!(before.values().all(|ready| ready.effort == Effort::Best));
        shelf.fill([("/a".to_owned(), leaf("a line about hips\n")), ("/b".to_owned(), leaf("two"))]);
        assert!(Arc::ptr_eq(&shelf.all()["/a"], &before["/a"]) && shelf.all()["/b"].effort == Effort::Fast);
        shelf.fill([("/a".to_owned(), leaf("a line about hips\n").counted("a"))]);
        assert!(!Arc::ptr_eq(&shelf.all()["/a"], &before["/a"]) && !shelf.holds("/b"));
    }

    #[test]
    fn a_leaf_for_its_plain_address_leaves_questions_to_the_house() {
        use actix_web::test::TestRequest;
        let shelf = Shelf::new(false);
        let leaf = || Leaf::new("text/plain", b"all".to_vec());
        shelf.fill([("/all".to_owned(), leaf()), ("/list".to_owned(), leaf().unasked())]);
        for (address, stands) in [("/all", true), ("/all?a=1", true), ("/list", true), ("/list?", true), ("/list?a=1", false)] {
            assert_eq!(shelf.answer(&TestRequest::with_uri(address).to_srv_request()).is_some(), stands, "{address}");
        }
    }

    #[test]
    fn every_encoding_unpacks_to_the_same_bytes() {
        let text = "a line about hips\n".repeat(200).into_bytes();
        for effort in [Effort::Fast, Effort::Best] {
            let ready = Ready::new(Leaf::new("text/plain", text.clone()), effort, false);
            let body = |name: &str| &ready.packed.iter().find(|(encoding, _)| *encoding == name).unwrap().1.body;
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut body("br").as_ref(), &mut unpacked).unwrap();
            assert_eq!(unpacked, text);
            assert_eq!(zstd::stream::decode_all(body("zstd").as_ref()).unwrap(), text);
            let mut unpacked = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(body("gzip").as_ref()), &mut unpacked).unwrap();
            assert_eq!(unpacked, text);
        }
    }
}
