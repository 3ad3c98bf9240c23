//! The shelf: public pages and files made before anyone asks, in every encoding a browser may want.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, PoisonError, RwLock};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{Error, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};

use crate::error::AppError;

/// One ready answer.
#[derive(Clone)]
pub struct Leaf {
    content_type: HeaderValue,
    cache: HeaderValue,
    modified: Option<HeaderValue>,
    plain: Packed,
    brotli: Option<Packed>,
    zstd: Option<Packed>,
    gzip: Option<Packed>,
}

/// A body in one encoding, with the tag that names it.
#[derive(Clone)]
struct Packed {
    body: Bytes,
    tag: HeaderValue,
}

/// How hard to compress: a moment at start, or as long as it takes afterwards.
#[derive(Clone, Copy)]
enum Effort {
    Fast,
    Best,
}

impl Leaf {
    /// A leaf to be asked for again after five minutes.
    #[must_use]
    pub fn new(content_type: &str, body: Vec<u8>) -> Self {
        let hash = short_hash(&body);
        Self {
            content_type: HeaderValue::from_str(content_type).unwrap_or(HeaderValue::from_static("application/octet-stream")),
            cache: HeaderValue::from_static("public, max-age=300"),
            modified: None,
            plain: Packed::new(body, &hash, ""),
            brotli: None,
            zstd: None,
            gzip: None,
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

    /// The body as it is before it is compressed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.plain.body
    }

    fn packed(mut self, effort: Effort) -> Self {
        let kind = self.content_type.to_str().unwrap_or_default();
        let shrinks = ["text/", "json", "xml", "javascript", "svg"].iter().any(|part| kind.contains(part));
        let plain = self.plain.body.clone();
        if shrinks && plain.len() > 256 {
            let hash = short_hash(&plain);
            let pack = |bytes: std::io::Result<Vec<u8>>, ending: &str| {
                bytes.ok().filter(|packed| packed.len() < plain.len()).map(|packed| Packed::new(packed, &hash, ending))
            };
            self.brotli = pack(brotli(&plain, effort), "-br");
            self.zstd = pack(zstd(&plain, effort), "-zstd");
            self.gzip = pack(gzip(&plain, effort), "-gz");
        }
        self
    }

    /// The answer to a request with these headers.
    pub(super) fn answer(&self, headers: &HeaderMap) -> HttpResponse {
        let (packed, encoding) = self.best_for(headers);
        let fresh = match headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) {
            Some(tags) => tags.split(',').any(|tag| is_tag(tag.trim(), &packed.tag)),
            None => self.modified.is_some() && headers.get(header::IF_MODIFIED_SINCE) == self.modified.as_ref(),
        };
        let mut answer = HttpResponse::with_body(if fresh { StatusCode::NOT_MODIFIED } else { StatusCode::OK }, ());
        let out = answer.headers_mut();
        out.insert(header::ETAG, packed.tag.clone());
        out.insert(header::CACHE_CONTROL, self.cache.clone());
        out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(modified) = &self.modified {
            out.insert(header::LAST_MODIFIED, modified.clone());
        }
        if fresh {
            return answer.map_into_boxed_body();
        }
        out.insert(header::CONTENT_TYPE, self.content_type.clone());
        if let Some(encoding) = encoding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        answer.set_body(BoxBody::new(packed.body.clone()))
    }

    fn best_for(&self, headers: &HeaderMap) -> (&Packed, Option<&'static str>) {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        [(&self.brotli, "br"), (&self.zstd, "zstd"), (&self.gzip, "gzip")]
            .into_iter()
            .filter_map(|(packed, name)| packed.as_ref().map(|packed| (packed, name)))
            .find(|(_, name)| accepts(accepted, name))
            .map_or((&self.plain, None), |(packed, name)| (packed, Some(name)))
    }
}

impl Packed {
    fn new(body: Vec<u8>, hash: &str, ending: &str) -> Self {
        let tag = HeaderValue::from_str(&format!("\"{hash}{ending}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        Self { body: Bytes::from(body), tag }
    }
}

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

/// All ready answers by path. Cheap to read; replaced as a whole when something changes.
#[derive(Default)]
pub struct Shelf(RwLock<Arc<HashMap<String, Leaf>>>);

impl Shelf {
    /// Puts leaves on the shelf in place of what stood there, compressed quickly; [`Shelf::pack_well`] does it thoroughly.
    pub fn fill(&self, leaves: impl IntoIterator<Item = (String, Leaf)>) {
        self.put(leaves.into_iter().map(|(path, leaf)| (path, leaf.packed(Effort::Fast))).collect());
    }

    /// Compresses everything as small as it gets. Takes seconds: call it on a thread of its own.
    pub fn pack_well(&self) {
        let now = self.all();
        self.put(now.iter().map(|(path, leaf)| (path.clone(), leaf.clone().packed(Effort::Best))).collect());
    }

    fn put(&self, leaves: HashMap<String, Leaf>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(leaves);
    }

    fn all(&self) -> Arc<HashMap<String, Leaf>> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether something stands at this path.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        self.all().contains_key(path)
    }
}

/// Answers what stands on the shelf at once; passes everything else on.
///
/// # Errors
/// Only what the inner service returns; ours never does.
pub async fn serve_shelf<B: MessageBody + 'static>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<BoxBody>, Error> {
    let ready = request.app_data::<web::Data<Shelf>>().and_then(|shelf| {
        let reads = request.method() == Method::GET || request.method() == Method::HEAD;
        if !reads {
            return None;
        }
        shelf.all().get(request.path()).map(|leaf| leaf.answer(request.headers()))
    });
    match ready {
        Some(answer) => Ok(request.into_response(answer)),
        None => Ok(next.call(request).await?.map_into_boxed_body()),
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
    fn every_encoding_unpacks_to_the_same_bytes() {
        let text = "a line about hips\n".repeat(200).into_bytes();
        for effort in [Effort::Fast, Effort::Best] {
            let leaf = Leaf::new("text/plain", text.clone()).packed(effort);
            let mut unpacked = Vec::new();
            brotli::BrotliDecompress(&mut leaf.brotli.unwrap().body.as_ref(), &mut unpacked).unwrap();
            assert_eq!(unpacked, text);
            assert_eq!(zstd::stream::decode_all(leaf.zstd.unwrap().body.as_ref()).unwrap(), text);
            let mut unpacked = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(leaf.gzip.unwrap().body.as_ref()), &mut unpacked).unwrap();
            assert_eq!(unpacked, text);
        }
    }
}
