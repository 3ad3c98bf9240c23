//! Someone in front of the clinic: a browser of their own, with a cookie jar and nothing else.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, redirect};

use super::{Form, Page};

/// The line between the parts of a form with files.
pub const BOUNDARY: &str = "a-line-that-stands-nowhere-else";

/// A form with files as a browser sends it. What the browser says of a file is wrong: nobody should believe it.
pub fn with_files(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    for (name, bytes) in files {
        let said = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html");
        body.extend(format!("--{BOUNDARY}\r\n{said}\r\n\r\n").into_bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

/// A person and their browser. Redirects are not followed by themselves.
pub struct Person {
    client: Client,
    base: String,
}

impl Person {
    /// Someone new at the clinic that runs at `base`.
    pub fn at(base: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        Self::with_headers(base, headers)
    }

    /// Someone whose browser says other things.
    pub fn with_headers(base: &str, headers: HeaderMap) -> Self {
        let client = Client::builder().cookie_store(true).redirect(redirect::Policy::none()).default_headers(headers);
        // No connection is kept: a clinic that was stopped meanwhile would have closed it.
        Self { client: client.pool_max_idle_per_host(0).build().unwrap(), base: base.to_owned() }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.ask(Method::GET, path, &[]).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.client.post(self.address(path)).form(fields);
        Page::read(path, request.send().await.unwrap()).await
    }

    /// Sends a form to a clinic that may not be there any more.
    pub async fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        let answer = self.client.post(self.address(path)).form(fields).send().await.ok()?;
        Some(Page::read(path, answer).await)
    }

    /// Sends a form as it was filled in.
    pub async fn submit(&self, form: &Form) -> Page {
        let fields: Vec<(&str, &str)> = form.fields().collect();
        match form.method() {
            "post" => self.post(form.action(), &fields).await,
            _ => self.get(&form.address()).await,
        }
    }

    /// Sends a form with files.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.bring(Method::POST, path, &[(CONTENT_TYPE, &kind)], with_files(fields, files)).await
    }

    /// Sends a form and opens the page it leads to.
    pub async fn send(&self, form: &Form) -> Page {
        let answer = self.submit(form).await;
        if form.method() == "get" { answer } else { self.follow(&answer).await }
    }

    /// Opens the page a redirect leads to.
    pub async fn follow(&self, answer: &Page) -> Page {
        let to = answer.goes_to_any();
        self.get(to.split('#').next().unwrap()).await
    }

    /// Any request without a body.
    pub async fn ask(&self, method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Page {
        self.bring(method, path, headers, Vec::new()).await
    }

    /// Any request with a body.
    pub async fn bring(&self, method: Method, path: &str, headers: &[(HeaderName, &str)], body: Vec<u8>) -> Page {
        let is_head = method == Method::HEAD;
        let mut request = self.client.request(method, self.address(path));
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        if !body.is_empty() {
            request = request.body(body);
        }
        let answer = request.send().await.unwrap();
        if is_head { Page::read_head(path, answer).await } else { Page::read(path, answer).await }
    }

    /// Tries to sign in.
    pub async fn sign_in(&self, email: &str, password: &str) -> Page {
        self.post("/sign-in", &[("email", email), ("password", password)]).await
    }

    fn address(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.base) } else { path.to_owned() }
    }
}
