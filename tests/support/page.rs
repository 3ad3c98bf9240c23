//! A page as the person in front of it reads it.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Response;
use reqwest::header::{HeaderMap, HeaderName};
use scraper::{ElementRef, Html, Selector};

/// An answer of the clinic.
pub struct Page {
    /// The path asked for.
    pub path: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Page {
    /// Reads an answer to its end. A page must be sound; only the answer to a HEAD may be empty.
    pub async fn read(path: &str, response: Response) -> Self {
        let page = Self::read_head(path, response).await;
        if page.is_html() && page.header("content-encoding").is_empty() {
            page.is_sound();
        }
        page
    }

    /// Reads the answer to a HEAD.
    pub async fn read_head(path: &str, response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { path: path.to_owned(), status, headers, bytes: response.bytes().await.unwrap().to_vec() }
    }

    /// The body as text.
    pub fn body(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let name: HeaderName = name.parse().unwrap();
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Whether it is a page and no file.
    pub fn is_html(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// Holds the page against a status and hands it on.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{} says: {}", self.path, self.words());
        self
    }

    /// Where a form's answer leads: 303 and a path of this site.
    #[track_caller]
    pub fn goes_to_any(&self) -> String {
        assert_eq!(self.status, 303, "{} says: {}", self.path, self.words());
        let to = self.header("location");
        assert!(to.starts_with('/'), "{} leads to {to}", self.path);
        to.to_owned()
    }

    /// A form was taken and leads to a path that begins like this.
    #[track_caller]
    pub fn goes_to(&self, path: &str) -> &Self {
        let to = self.goes_to_any();
        assert!(to.starts_with(path), "{} leads to {to}", self.path);
        self
    }

    /// The text of the main heading.
    pub fn heading(&self) -> String {
        self.first("h1").unwrap_or_default()
    }

    /// The title.
    pub fn title(&self) -> String {
        self.first("title").unwrap_or_default()
    }

    /// All text of the page's main part, on one line.
    pub fn text(&self) -> String {
        self.first("main").unwrap_or_default()
    }

    /// Whether the main part says this.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "{} does not say \"{words}\": {}", self.path, self.text());
        self
    }

    /// Whether the main part leaves this unsaid.
    #[track_caller]
    pub fn says_not(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "{} says \"{words}\": {}", self.path, self.text());
        self
    }

    /// The words beside the field of this name, if it is marked as wrong.
    pub fn error_for(&self, field: &str) -> Option<String> {
        let html = self.html();
        // A group of choices is marked as a whole.
        let named = selector(&format!("[name=\"{field}\"]"));
        let marks = |element: &ElementRef<'_>| element.attr("name") == Some(field) || element.select(&named).next().is_some();
        let marked = find(&html, "[aria-invalid=true]").into_iter().filter(marks);
        let mut ids = marked.flat_map(|element| element.attr("aria-describedby").unwrap_or_default().split_whitespace());
        ids.find_map(|id| find(&html, &format!("[id=\"{id}\"].field-error")).first().copied().map(text))
    }

    /// Whether the field of this name is marked as wrong, with words beside it.
    pub fn has_error_for(&self, field: &str) -> bool {
        self.error_for(field).is_some_and(|words| !words.is_empty())
    }

    /// The problems listed on top of the page. Each leads to something that is on the page.
    #[track_caller]
    pub fn error_summary(&self) -> Vec<String> {
        let html = self.html();
        find(&html, ".error-summary a")
            .into_iter()
            .map(|link| {
                let target = link.attr("href").unwrap().trim_start_matches('#');
                assert!(!find(&html, &format!("[id=\"{target}\"]")).is_empty(), "{}: nothing has the id {target}", self.path);
                text(link)
            })
            .collect()
    }

    /// A refused form: 422, a title that says so, and a summary.
    #[track_caller]
    pub fn refused(self) -> Self {
        let page = self.is(422);
        assert!(page.title().starts_with("Error:"), "{}: {}", page.path, page.title());
        assert!(!page.error_summary().is_empty(), "{}: no summary", page.path);
        page
    }

    /// The `nth` form that is sent to this address, counted from 0, as the page filled it in.
    #[track_caller]
    pub fn form(&self, action: &str, nth: usize) -> Form {
        let found = self.forms().into_iter().filter(|form| form.action == action).nth(nth);
        found.unwrap_or_else(|| panic!("{} has no form number {nth} for {action}; it has {:?}", self.path, self.actions()))
    }

    /// The one form that carries this hidden or chosen value.
    #[track_caller]
    pub fn form_with(&self, action: &str, name: &str, value: &str) -> Form {
        let fits = |form: &Form| form.action == action && form.value(name) == value;
        let mut found: Vec<Form> = self.forms().into_iter().filter(fits).collect();
        assert_eq!(found.len(), 1, "{} has {} forms for {action} with {name}={value}", self.path, found.len());
        found.remove(0)
    }

    /// Whether there is a form for this address.
    pub fn has_form(&self, action: &str) -> bool {
        self.forms().iter().any(|form| form.action == action)
    }

    /// All forms in order.
    pub fn forms(&self) -> Vec<Form> {
        let html = self.html();
        find(&html, "form").into_iter().map(|element| Form::read(element, &html, &self.path)).collect()
    }

    fn actions(&self) -> Vec<String> {
        self.forms().into_iter().map(|form| form.action).collect()
    }

    /// The targets of all links in order.
    pub fn links(&self) -> Vec<String> {
        find(&self.html(), "a[href]").into_iter().filter_map(|link| link.attr("href").map(str::to_owned)).collect()
    }

    /// All ids of the page.
    pub fn ids(&self) -> Vec<String> {
        find(&self.html(), "[id]").into_iter().filter_map(|element| element.attr("id").map(str::to_owned)).collect()
    }

    /// The texts of everything a selector finds.
    pub fn all(&self, what: &str) -> Vec<String> {
        find(&self.html(), what).into_iter().map(text).collect()
    }

    fn first(&self, what: &str) -> Option<String> {
        find(&self.html(), what).first().copied().map(text)
    }

    fn words(&self) -> String {
        if self.is_html() { self.text() } else { String::from_utf8_lossy(&self.bytes).chars().take(200).collect() }
    }

    fn html(&self) -> Html {
        Html::parse_document(self.body())
    }

    /// What every page of the house holds to: markup without errors, one main heading, a title, a main part, a language, a label
    /// for every field, and no id twice.
    #[track_caller]
    fn is_sound(&self) {
        let html = self.html();
        let at = &self.path;
        assert!(html.errors.is_empty(), "{at}: {:?}\n{}", html.errors, self.body());
        let count = |what: &str| find(&html, what).len();
        assert_eq!(count("h1"), 1, "{at}: one main heading");
        assert_eq!(count("main"), 1, "{at}: one main part");
        assert_eq!(count("html[lang]"), 1, "{at}: a language");
        assert!(!self.heading().is_empty(), "{at}: the main heading says something");
        assert!(!self.title().is_empty(), "{at}: a title");
        let mut ids = BTreeSet::new();
        for element in find(&html, "[id]") {
            let id = element.attr("id").unwrap();
            assert!(ids.insert(id.to_owned()), "{at}: the id {id} stands twice");
        }
        for element in find(&html, "input:not([type=hidden]), select, textarea") {
            assert!(is_labelled(element, &html), "{at}: no label for {}", element.html());
        }
        for element in find(&html, "[aria-describedby], [aria-labelledby]") {
            for id in
                ["aria-describedby", "aria-labelledby"].iter().flat_map(|name| element.attr(name).unwrap_or_default().split_whitespace())
            {
                assert!(ids.contains(id), "{at}: nothing has the id {id}, which {} names", element.html());
            }
        }
    }
}

fn is_labelled(field: ElementRef<'_>, html: &Html) -> bool {
    let named = |label: ElementRef<'_>| !text(label).is_empty();
    field.attr("aria-label").is_some_and(|label| !label.is_empty())
        || field.attr("aria-labelledby").is_some()
        || field.ancestors().filter_map(ElementRef::wrap).any(|parent| parent.value().name() == "label" && named(parent))
        || field.attr("id").is_some_and(|id| find(html, &format!("label[for=\"{id}\"]")).into_iter().any(named))
}

/// A form as a person fills it in: only what the page offers can be chosen.
#[derive(Debug, Clone)]
pub struct Form {
    action: String,
    method: String,
    fields: Vec<(String, String)>,
    offered: BTreeMap<String, Offer>,
}

/// What a field takes.
#[derive(Debug, Clone)]
enum Offer {
    /// Any text.
    Text,
    /// Any of these, several at a time.
    Several(BTreeSet<String>),
    /// One of these.
    One(BTreeSet<String>),
}

impl Form {
    fn read(form: ElementRef<'_>, html: &Html, path: &str) -> Self {
        let action = form.attr("action").filter(|action| !action.is_empty()).unwrap_or(path);
        let mut read = Self {
            action: action.to_owned(),
            method: form.attr("method").unwrap_or("get").to_lowercase(),
            fields: Vec::new(),
            offered: BTreeMap::new(),
        };
        let outside = form.attr("id").map(|id| find(html, &format!("[form=\"{id}\"]"))).unwrap_or_default();
        for field in form.select(&selector("input, select, textarea, button")).chain(outside) {
            if let Some(name) = field.attr("name").filter(|_| field.attr("disabled").is_none()) {
                read.take(name, field);
            }
        }
        read
    }

    fn take(&mut self, name: &str, field: ElementRef<'_>) {
        let value = field.attr("value").unwrap_or_default().to_owned();
        match (field.value().name(), field.attr("type").unwrap_or_default()) {
            ("input", "checkbox") => self.offer(name, value, field.attr("checked").is_some(), Offer::Several),
            ("input", "radio") => self.offer(name, value, field.attr("checked").is_some(), Offer::One),
            ("button", _) => self.offer(name, value, false, Offer::One),
            ("select", _) => {
                let options: Vec<ElementRef<'_>> = field.select(&selector("option")).collect();
                let chosen = options.iter().position(|option| option.attr("selected").is_some()).unwrap_or(0);
                for (place, option) in options.into_iter().enumerate() {
                    let value = option.attr("value").map_or_else(|| text(option), str::to_owned);
                    self.offer(name, value, place == chosen, Offer::One);
                }
            }
            ("textarea", _) => self.free(name, field.text().collect()),
            _ => self.free(name, value),
        }
    }

    fn free(&mut self, name: &str, value: String) {
        self.offered.insert(name.to_owned(), Offer::Text);
        self.fields.push((name.to_owned(), value));
    }

    fn offer(&mut self, name: &str, value: String, chosen: bool, kind: fn(BTreeSet<String>) -> Offer) {
        let offer = self.offered.entry(name.to_owned()).or_insert_with(|| kind(BTreeSet::new()));
        if let Offer::Several(values) | Offer::One(values) = offer {
            values.insert(value.clone());
        }
        if chosen {
            self.fields.push((name.to_owned(), value));
        }
    }

    /// Types into a field, ticks a box, or chooses one of several.
    #[track_caller]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.offered.get(name) {
            None => panic!("the form for {} has no field {name}; it has {:?}", self.action, self.offered.keys()),
            Some(Offer::Several(values)) => assert!(values.contains(value), "{name} offers {values:?}, not {value}"),
            Some(Offer::One(values)) => {
                assert!(values.contains(value), "{name} offers {values:?}, not {value}");
                self.fields.retain(|(known, _)| known != name);
            }
            Some(Offer::Text) => self.fields.retain(|(known, _)| known != name),
        }
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a tick back.
    #[track_caller]
    pub fn without(mut self, name: &str, value: &str) -> Self {
        let before = self.fields.len();
        self.fields.retain(|(known, given)| !(known == name && given == value));
        assert!(self.fields.len() < before, "{name} was not {value}");
        self
    }

    /// Sends what no page offers.
    pub fn forged(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The address it is sent to.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// "get" or "post".
    pub fn method(&self) -> &str {
        &self.method
    }

    /// What would be sent.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What a field says; empty when it says nothing.
    pub fn value(&self, name: &str) -> &str {
        self.fields().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// Whether a box is ticked or a choice made.
    pub fn says(&self, name: &str, value: &str) -> bool {
        self.fields().any(|(known, given)| known == name && given == value)
    }

    /// Where a form leads that is sent by opening an address.
    pub fn address(&self) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.fields()).finish();
        let (path, place) =
            self.action.split_once('#').map_or((self.action.as_str(), String::new()), |(path, id)| (path, format!("#{id}")));
        format!("{path}?{query}{place}")
    }
}

/// Everything a selector finds, in order.
fn find<'a>(html: &'a Html, what: &str) -> Vec<ElementRef<'a>> {
    html.select(&selector(what)).collect()
}

fn selector(what: &str) -> Selector {
    Selector::parse(what).unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// The text of an element as it is read: on one line, white space tidied.
/// What a reader sees of an element: data for machines is no text.
fn text(element: ElementRef<'_>) -> String {
    let is_script = |node: &scraper::Node| node.as_element().is_some_and(|element| element.name() == "script");
    let seen = element.descendants().filter(|node| !node.parent().is_some_and(|parent| is_script(parent.value())));
    let words: String = seen.filter_map(|node| node.value().as_text().map(|text| &**text)).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
