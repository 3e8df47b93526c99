//! A headless Chromium that reads and clicks as a person does: by the words on the links, labels and buttons.

mod hands;

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::PATIENCE;
use super::leash::Leash;
use super::server::lines_of;
pub use hands::Pointer;

const NEEDS: &str = "these tests need Chromium and its driver (chromium, chromedriver): run `make tools`";

/// One window. Dropped, the browser and its driver are gone.
pub struct Browser {
    // In the order in which they must go: the session, the driver, the profile it writes to.
    pub(super) client: Client,
    _driver: Driver,
    _profile: TempDir,
    runtime: Runtime,
}

struct Driver {
    _leash: Leash,
    address: SocketAddr,
    _lines: Receiver<String>,
}

impl Browser {
    /// Opens a window that can reach this machine and nothing else.
    pub fn open() -> Self {
        let profile = TempDir::with_prefix("migiude-browser-").expect("a temporary directory");
        let driver = Driver::start();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime
            .block_on(
                ClientBuilder::new(HttpConnector::new())
                    .capabilities(capabilities(profile.path()))
                    .connect(&format!("http://{}", driver.address)),
            )
            .expect(NEEDS);
        Self { client, _driver: driver, _profile: profile, runtime }
    }

    /// Goes to a page.
    #[track_caller]
    pub fn goto(&self, url: &str) {
        self.now(self.client.goto(url), url);
        self.stays_at_home();
    }

    /// Follows the first link that shows this text.
    #[track_caller]
    pub fn follow(&self, text: &str) {
        self.leaves_by(&format!("//a[contains(normalize-space(.), {})]", quoted(text)));
    }

    /// Presses the first button that shows this text.
    #[track_caller]
    pub fn press(&self, text: &str) {
        let text = quoted(text);
        self.leaves_by(&format!(
            "//button[contains(normalize-space(.), {text})]|//input[@type='submit'][@value={text}]"
        ));
    }

    /// Presses the button that this XPath finds.
    #[track_caller]
    pub fn press_in(&self, xpath: &str) {
        self.leaves_by(xpath);
    }

    /// Clicks what leads to another page and waits for that page: the driver may come back from a click while the
    /// old page still stands.
    #[track_caller]
    fn leaves_by(&self, xpath: &str) {
        self.ask("document.documentElement.setAttribute('data-left', 'true')");
        self.click(xpath);
        let waiting = self.client.wait().at_most(PATIENCE / 4);
        let another = waiting.for_element(Locator::XPath("//html[not(@data-left)]/body"));
        let came = self.runtime.block_on(another);
        assert!(came.is_ok(), "{xpath} leads nowhere from {}:\n{}", self.url(), self.text());
    }

    /// Writes into the field of this name.
    #[track_caller]
    pub fn fill(&self, name: &str, value: &str) {
        let field = self.find(&format!("//*[self::input or self::textarea][@name={}]", quoted(name)));
        self.now(field.clear(), name);
        self.now(field.send_keys(value), name);
    }

    /// Whether a field of this name is on the page.
    pub fn asks_for(&self, name: &str) -> bool {
        let path = format!("//*[@name={}]", quoted(name));
        !self.now(self.client.find_all(Locator::XPath(&path)), name).is_empty()
    }

    /// Picks a value in the select, radio buttons or checkboxes of this name.
    #[track_caller]
    pub fn choose(&self, name: &str, value: &str) {
        let (name, value) = (quoted(name), quoted(value));
        self.now(
            self.find(&format!(
                "//select[@name={name}]/option[@value={value} or normalize-space(.)={value}]|//input[@name={name}][@value={value}]"
            ))
            .click(),
            &value,
        );
    }

    /// Clicks what this XPath finds first.
    #[track_caller]
    pub fn click(&self, xpath: &str) {
        self.now(self.find(xpath).click(), xpath);
        self.stays_at_home();
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        self.now(self.client.current_url(), "the address").to_string()
    }

    /// Everything the page shows. In one step, so that a page that is just going is no fault.
    pub fn text(&self) -> String {
        self.ask("return document.body?.innerText ?? ''").as_str().unwrap_or_default().to_owned()
    }

    /// The texts of everything this XPath finds.
    pub fn texts(&self, xpath: &str) -> Vec<String> {
        let found = self.now(self.client.find_all(Locator::XPath(xpath)), xpath);
        found.iter().map(|element| self.now(element.text(), xpath)).collect()
    }

    /// The page shows this text, once it has come.
    #[track_caller]
    pub fn shows(&self, text: &str) {
        let path = format!("//body[contains(., {})]", quoted(text));
        let waiting = self.client.wait().at_most(PATIENCE / 4);
        let came = self.runtime.block_on(waiting.for_element(Locator::XPath(&path)));
        let page = self.text();
        assert!(came.is_ok() && page.contains(text), "「{text}」 is not on {}:\n{page}", self.url());
    }

    /// The page does not show this text.
    #[track_caller]
    pub fn shows_no(&self, text: &str) {
        let page = self.text();
        assert!(!page.contains(text), "「{text}」 is on {}:\n{page}", self.url());
    }

    /// The answer of a script in the page.
    #[track_caller]
    pub fn ask(&self, script: &str) -> Value {
        self.now(self.client.execute(script, Vec::new()), script)
    }

    /// Keeps a picture of the page in `target/screenshots/`.
    pub fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let png = self.now(self.client.screenshot(), name);
        std::fs::write(folder.join(format!("{name}.png")), png).expect("a picture");
    }

    /// Everything that the page asked for came from where the page came from.
    #[track_caller]
    fn stays_at_home(&self) {
        let strangers = self.ask(
            "return performance.getEntriesByType('resource').map(entry => entry.name)
                 .filter(name => !name.startsWith(location.origin + '/') && !name.startsWith('data:'))",
        );
        assert_eq!(strangers, json!([]), "{} asks others for something", self.url());
    }

    #[track_caller]
    fn find(&self, xpath: &str) -> Element {
        self.now(self.client.wait().at_most(PATIENCE / 4).for_element(Locator::XPath(xpath)), xpath)
    }

    #[track_caller]
    pub(super) fn now<T, E: std::fmt::Display>(
        &self,
        doing: impl Future<Output = Result<T, E>>,
        what: &str,
    ) -> T {
        self.runtime.block_on(doing).unwrap_or_else(|why| panic!("{what}: {why}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser when the session is closed; should that fail, the closed pipe between the
        // two ends the browser with the driver.
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

impl Driver {
    fn start() -> Self {
        let mut command = Command::new("chromedriver");
        command.args(["--port=0", "--log-level=SEVERE"]);
        let (leash, output) = Leash::start(&command);
        let lines = lines_of(output);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = lines.recv_timeout(left).expect(NEEDS);
            let port =
                line.split_once("started successfully on port ").map(|(_, port)| port.trim_end_matches('.'));
            if let Some(port) = port.and_then(|port| port.parse().ok()) {
                let address = SocketAddr::from(([127, 0, 0, 1], port));
                return Self { _leash: leash, address, _lines: lines };
            }
        }
    }
}

/// A browser without a screen, without memory of others, without a way out of this machine.
fn capabilities(profile: &Path) -> serde_json::Map<String, Value> {
    let profile = format!("--user-data-dir={}", profile.display());
    let options = json!({
        "args": [
            "--headless",
            // Chromium's sandbox does not run as root, nor inside most containers. It reads only our own pages.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-pipe",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            "--lang=ja",
            "--window-size=1280,1600",
            profile,
        ],
    });
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    capabilities.as_object().cloned().expect("an object")
}

/// A text as an XPath literal.
fn quoted(text: &str) -> String {
    assert!(!text.contains('\''), "no story needs an apostrophe: {text}");
    format!("'{text}'")
}
