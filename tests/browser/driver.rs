//! Chromium, driven as a person would use it: by the words on buttons, labels and questions.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::{Element, ElementRef};
use fantoccini::wd::{Capabilities, PrintConfiguration, PrintSize, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

/// How long something may take to appear before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);
/// The tallest picture Chromium takes, in pixels.
const TALLEST: u32 = 16_000;
const FIND: &str = include_str!("find.js");
/// The key under which the driver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A `chromedriver` of the test's own; it ends with the test, and its browsers with it.
pub struct Driver {
    process: Child,
    port: u16,
    profiles: TempDir,
    // Held so that chromedriver has somewhere to write to.
    _said: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts one on a free port. Nothing, with a printed reason, where there is no chromedriver; in CI that fails.
    pub fn start() -> Option<Self> {
        let profiles = tempfile::tempdir().unwrap();
        let mut command = Command::new("chromedriver");
        // Chromium leaves files of its own beside the profile; they go with it.
        command.arg("--port=0").env("TMPDIR", profiles.path()).stdout(Stdio::piped()).stderr(Stdio::null());
        let started = command.spawn();
        let mut process = match started {
            Ok(process) => process,
            Err(error) => {
                assert!(std::env::var("CI").as_deref() != Ok("true"), "chromedriver does not start: {error}");
                println!("skipped: chromedriver does not start ({error}); Debian's package is chromium-driver");
                return None;
            }
        };
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let port = port(&mut said);
        Some(Self { process, port, profiles, _said: said })
    }

    /// A browser nobody has used before, in front of the clinic at `base`.
    pub async fn open(&self, base: &str) -> Browser {
        let profile = tempfile::tempdir_in(self.profiles.path()).unwrap().keep();
        let options = json!({ "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en-GB", "--window-size=1280,900",
            format!("--user-data-dir={}", profile.display()),
        ] });
        let mut wanted = Capabilities::new();
        wanted.insert("goog:chromeOptions".to_owned(), options);
        wanted.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(wanted).connect(&format!("http://127.0.0.1:{}", self.port)).await.unwrap();
        Browser { client, base: base.to_owned() }
    }
}

fn port(said: &mut impl BufRead) -> u16 {
    let mut line = String::new();
    while said.read_line(&mut line).unwrap() > 0 {
        if let Some((_, port)) = line.trim_end().trim_end_matches('.').rsplit_once("on port ")
            && let Ok(port) = port.parse::<u16>()
            && port != 0
        {
            return port;
        }
        line.clear();
    }
    panic!("chromedriver ended before it said its port");
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked to shut down, chromedriver ends its browsers, also those of a test that failed; killed, it would leave them behind.
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let _ = stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            let _ = stream.read_to_end(&mut Vec::new());
        }
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(5) && matches!(self.process.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One person's browser: cookies and window of its own.
pub struct Browser {
    client: Client,
    base: String,
}

impl Browser {
    /// Opens a path of the clinic, or a whole address.
    pub async fn open(&self, path: &str) {
        let address = if path.starts_with('/') { format!("{}{path}", self.base) } else { path.to_owned() };
        self.client.goto(&address).await.unwrap();
    }

    /// Signs in.
    pub async fn sign_in(&self, email: &str, password: &str) {
        self.open("/sign-in").await;
        self.fill("E-mail address", email).await;
        self.fill("Password", password).await;
        self.press("Sign in").await;
        assert!(!self.address().await.starts_with("/sign-in"), "{email} is not let in");
    }

    /// Presses what is called so: a button, a link, or something that unfolds. When it leads to another page, that page is here.
    pub async fn press(&self, words: &str) {
        let found =
            self.wait_for(&format!("something to press called “{words}”"), "return pressable(...arguments)", vec![words.into()]).await;
        self.element(&found[0]).click().await.unwrap_or_else(|error| panic!("“{words}” cannot be pressed: {error}"));
        if found[1] == true {
            self.wait_for(&format!("a page after “{words}”"), "return arrived() || null", Vec::new()).await;
        }
    }

    /// Presses a button that changes this page and leads to no other.
    pub async fn press_here(&self, words: &str) {
        let script = "return pressable(...arguments)?.[0] ?? null";
        let found = self.wait_for(&format!("something to press called “{words}”"), script, vec![words.into()]).await;
        self.run("delete window.leftBehind", Vec::new()).await;
        self.element(&found).click().await.unwrap_or_else(|error| panic!("“{words}” cannot be pressed: {error}"));
    }

    /// Clicks the first element a selector finds.
    pub async fn click(&self, what: &str) {
        self.client
            .find(Locator::Css(what))
            .await
            .unwrap()
            .click()
            .await
            .unwrap_or_else(|error| panic!("{what} cannot be clicked: {error}"));
    }

    /// Presses keys while the first element a selector finds has the focus.
    pub async fn keys(&self, what: &str, keys: &str) {
        self.client.find(Locator::Css(what)).await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Types into the field with this label, over what stands there.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// What stands in the field with this label.
    pub async fn value(&self, label: &str) -> String {
        self.field(label).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Ticks or chooses an answer to a question.
    pub async fn answer(&self, question: &str, answer: &str) {
        let what = format!("the answer “{answer}” to “{question}”");
        let found = self.wait_for(&what, "return answer(...arguments)", vec![question.into(), answer.into()]).await;
        self.element(&found).click().await.unwrap_or_else(|error| panic!("{what} cannot be chosen: {error}"));
    }

    /// Waits until the main part of the page shows these words.
    pub async fn says(&self, words: &str) {
        let script = "return read(document.querySelector('main')).includes(arguments[0]) || null";
        self.wait_for(&format!("the words “{words}”"), script, vec![words.into()]).await;
    }

    /// Holds that the main part of the page does not show these words.
    pub async fn says_not(&self, words: &str) {
        let text = self.text("main").await;
        assert!(!text.contains(words), "{} says “{words}”: {text}", self.address().await);
    }

    /// The path of the page and its query.
    pub async fn address(&self) -> String {
        self.client.current_url().await.unwrap().as_str().trim_start_matches(&self.base).to_owned()
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        self.client.title().await.unwrap()
    }

    /// The main heading.
    pub async fn heading(&self) -> String {
        self.text("h1").await
    }

    /// What can be read in the first element a selector finds; empty when it finds none.
    pub async fn text(&self, what: &str) -> String {
        self.all(what).await.into_iter().next().unwrap_or_default()
    }

    /// What can be read in each element a selector finds.
    pub async fn all(&self, what: &str) -> Vec<String> {
        let found = self.run("return [...document.querySelectorAll(arguments[0])].map(read)", vec![what.into()]).await;
        found.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    }

    /// Runs a script in the page, with what `find.js` knows.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.try_run(script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    async fn try_run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, fantoccini::error::CmdError> {
        self.client.execute(&format!("{FIND}\n{script}"), arguments).await
    }

    /// Waits until a script answers something other than null.
    pub async fn wait(&self, script: &str) {
        self.wait_for(script, script, Vec::new()).await;
    }

    /// Asks until the script has an answer other than null. While one page gives way to the next, scripts may fail.
    async fn wait_for(&self, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        let begun = Instant::now();
        let last = loop {
            let answer = self.try_run(script, arguments.clone()).await;
            match answer {
                Ok(found) if !found.is_null() => return found,
                answer if begun.elapsed() > PATIENCE => break answer,
                _ => tokio::time::sleep(Duration::from_millis(40)).await,
            }
        };
        let error = last.err().map(|error| error.to_string()).unwrap_or_default();
        panic!("{} does not show {what}. {error}\nIt says: {}", self.address().await, self.text("body").await);
    }

    async fn field(&self, label: &str) -> Element {
        let found = self.wait_for(&format!("a field called “{label}”"), "return field(...arguments)", vec![label.into()]).await;
        self.element(&found)
    }

    fn element(&self, found: &Value) -> Element {
        let id = found[ELEMENT].as_str().unwrap().to_owned();
        Element::from_element_id(self.client.clone(), ElementRef::from(id))
    }

    /// Where the clinic is.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Gives the window a size in CSS pixels; no real window gets as narrow as a phone.
    pub async fn resize(&self, width: u32, height: u32) {
        let window = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.chromium("Emulation.setDeviceMetricsOverride", window).await;
    }

    /// The whole page as a PNG, `width` CSS pixels wide.
    pub async fn picture(&self, width: u32) -> Vec<u8> {
        self.resize(width, 900).await;
        let needed = self.run("return document.documentElement.scrollHeight", Vec::new()).await;
        let needed = needed.as_u64().and_then(|height| u32::try_from(height).ok()).unwrap();
        self.resize(width, needed.clamp(900, TALLEST)).await;
        self.client.screenshot().await.unwrap()
    }

    /// What a window of this size shows, as a PNG, on nothing where the page has no ground.
    pub async fn window(&self, width: u32, height: u32) -> Vec<u8> {
        let window = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", window).await;
        let nothing = json!({ "color": { "r": 0, "g": 0, "b": 0, "a": 0 } });
        self.chromium("Emulation.setDefaultBackgroundColorOverride", nothing).await;
        self.client.screenshot().await.unwrap()
    }

    /// The page on A4 paper, as a PDF.
    pub async fn print(&self) -> Vec<u8> {
        self.print_on(PrintSize::A4).await
    }

    /// The page on paper of this size, as a PDF.
    pub async fn print_on(&self, size: PrintSize) -> Vec<u8> {
        let paper = PrintConfiguration::builder().size(size).build().unwrap();
        self.client.print(paper).await.unwrap()
    }

    /// Takes the network from the page, or gives it back.
    pub async fn network(&self, there: bool) {
        self.chromium("Network.enable", json!({})).await;
        let conditions = json!({ "offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.chromium("Network.emulateNetworkConditions", conditions).await;
    }

    /// Sets what the person prefers: "light" or "dark", and no motion.
    pub async fn prefers(&self, scheme: &str) {
        let features =
            json!([{ "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.chromium("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Shows the page as this medium does, "print"; nothing for the screen.
    pub async fn medium(&self, medium: &str) {
        self.chromium("Emulation.setEmulatedMedia", json!({ "media": medium })).await;
    }

    /// A command of Chromium's own protocol.
    async fn chromium(&self, method: &str, parameters: Value) -> Value {
        let command = Own { path: "goog/cdp/execute", body: json!({ "cmd": method, "params": parameters }) };
        self.client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// What the console said since it was last asked. It names every page that was refused or not found, which is no fault of
    /// the page; files that are missing stay.
    pub async fn console(&self) -> Vec<String> {
        let command = Own { path: "se/log", body: json!({ "type": "browser" }) };
        let said = self.client.issue_cmd(command).await.unwrap();
        let said = said.as_array().unwrap().iter().filter_map(|entry| entry["message"].as_str());
        said.filter(|message| !names_a_refused_page(message)).map(str::to_owned).collect()
    }
}

fn names_a_refused_page(message: &str) -> bool {
    let (address, rest) = message.split_once(' ').unwrap_or_default();
    let is_file = address.rsplit('/').next().is_some_and(|name| name.contains('.'));
    rest.contains("the server responded with a status of 4") && !is_file
}

/// A command that only chromedriver knows.
#[derive(Debug)]
struct Own {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
