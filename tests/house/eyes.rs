//! What the browser's window is like and what can be seen in it: themes, phones, keys, a passkey, axe-core.
//!
//! Everything goes through the driver, so that the page's own policy (no foreign script) stays in force.

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::Browser;

/// What axe-core holds pages against: WCAG 2.2 AA and what its makers call good practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Keys as the driver spells them.
pub mod key {
    pub const TAB: &str = "\u{E004}";
    pub const ENTER: &str = "\u{E007}";
}

/// A command of the driver that fantoccini has no name for.
#[derive(Debug)]
struct Wire {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Wire {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl Browser {
    /// A phone's window of this many pixels.
    pub fn phone(&self, width: u32, height: u32) {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
        self.cdp("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// The window as it was opened.
    pub fn desktop(&self) {
        self.cdp("Emulation.clearDeviceMetricsOverride", &json!({}));
    }

    /// Asks for the dark theme, or for the light one again; and for colours that change at once, not by and by.
    pub fn dark(&self, is_dark: bool) {
        let theme = if is_dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.cdp("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    /// Pages from now on run no script of their own.
    pub fn without_javascript(&self) {
        self.cdp("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    }

    /// Puts a passkey device into the machine; it says yes to everything, and it is its owner who says it.
    pub fn with_passkey_device(&self) {
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserConsenting": true, "isUserVerified": true,
        });
        self.now(
            self.client.issue_cmd(Wire { path: "webauthn/authenticator", body: device }),
            "a passkey device",
        );
    }

    /// Presses keys on whatever has the focus. See [`key`].
    #[track_caller]
    pub fn keys(&self, keys: &str) {
        let focused = self.now(self.client.active_element(), "the focus");
        self.now(focused.send_keys(keys), keys);
    }

    /// Tabs on until the focus is on what shows this text, as somebody without a mouse does.
    #[track_caller]
    pub fn tab_to(&self, text: &str) {
        const MOST: usize = 300;
        for _ in 0..MOST {
            self.keys(key::TAB);
            let said = self.ask(
                "const it = document.activeElement;
                 return [it.getAttribute('aria-label'), it.innerText, it.labels?.[0]?.innerText, it.name].join(' ')",
            );
            if said.as_str().is_some_and(|said| said.contains(text)) {
                return;
            }
        }
        panic!("no key leads to 「{text}」 on {}:\n{}", self.url(), self.text());
    }

    /// What axe-core finds on this page, one line a fault.
    pub fn axe(&self) -> Vec<String> {
        const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");
        const RUN: &str = "
            const [rules, done] = arguments;
            axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(
                found => done(found.violations.flatMap(one =>
                    one.nodes.map(node => `${one.id}: ${node.html} ${node.failureSummary}`))),
                why => done([`axe-core failed: ${why}`]));";
        let script = format!("if (!window.axe) {{ {AXE} }}\n{RUN}");
        let found = self.now(self.client.execute_async(&script, vec![json!(RULES)]), "axe-core");
        serde_json::from_value(found).expect("a list of faults")
    }

    /// What everybody needs of every page and axe-core does not ask: one h1, a title, no need to scroll sideways, a
    /// focus that can be seen on everything that takes one.
    pub fn faults_in_sight(&self) -> Vec<String> {
        const LOOK: &str = "
            const faults = [], page = document.documentElement, width = page.clientWidth;
            const tell = (what, it) => faults.push(`${what}: ${it.outerHTML.slice(0, 200)}`);
            const heads = document.querySelectorAll('h1').length;
            if (heads !== 1) faults.push(`${heads} h1`);
            if (document.title.split('|')[0].trim() === '') faults.push('no title');
            if (page.scrollWidth > width + 1) {
                faults.push(`${page.scrollWidth} pixels wide in a window of ${width}`);
                for (const it of document.body.querySelectorAll('*'))
                    if (it.getBoundingClientRect().right > width + 1 && !it.closest('.table')) tell('too wide', it);
            }
            for (const it of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
                if (it.disabled || it.type === 'hidden' || !it.checkVisibility()) continue;
                it.focus({ focusVisible: true, preventScroll: true });
                if (document.activeElement !== it) { tell('takes no focus', it); continue; }
                const style = getComputedStyle(it);
                if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) tell('focus unseen', it);
            }
            document.activeElement?.blur();
            return faults;";
        serde_json::from_value(self.ask(LOOK)).expect("a list of faults")
    }

    /// What the page complained of since the last time: errors of scripts, things that the policy of the page stopped.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.wire("se/log", json!({ "type": "browser" }));
        let lines = log.as_array().cloned().unwrap_or_default();
        let severe = lines.iter().filter(|line| line["level"] == "SEVERE");
        severe.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Keeps a picture of the whole page, below the fold too.
    pub fn whole_picture(&self, name: &str) {
        let height = self.ask("return document.documentElement.scrollHeight").as_u64().unwrap_or(0).min(6000);
        let width = self.ask("return innerWidth").as_u64().unwrap_or(0);
        let is_phone = width < 600;
        let screen =
            json!({ "width": width, "height": height.max(600), "deviceScaleFactor": 1, "mobile": is_phone });
        self.cdp("Emulation.setDeviceMetricsOverride", &screen);
        self.picture(name);
        if is_phone {
            self.phone(u32::try_from(width).unwrap_or(390), 844);
        } else {
            self.desktop();
        }
    }

    fn cdp(&self, command: &str, parameters: &Value) {
        self.wire("goog/cdp/execute", json!({ "cmd": command, "params": parameters }));
    }

    #[track_caller]
    fn wire(&self, path: &'static str, body: Value) -> Value {
        self.now(self.client.issue_cmd(Wire { path, body }), path)
    }
}
