//! Every page that a link leads to, as each kind of reader meets it: on a phone of 320 pixels and on a desk, light and
//! dark, in both languages.
//!
//! Useful for keeping a new page from being forgotten: whoever links to it has it looked at. Not useful for pages that
//! only a form leads to: their own stories look at those.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::house::{Browser, Server, Town};

/// Pages that need no reader and that nothing links to.
const UNLINKED: [&str; 4] = ["/samples", "/samples/fields?state=wrong", "/setup", "/nothing-is-here"];

#[test]
fn no_page_shuts_anybody_out() {
    let town = Town::anywhere();
    let mut server = Server::start(&town.command([
        "demo",
        "--firms",
        "8",
        "--candidates",
        "24",
        "--listen",
        "127.0.0.1:0",
    ]));
    let password = server.wait_for(password);
    let browser = Browser::open();
    let mut faults = Vec::new();

    let public = [&["/"], &UNLINKED[..]].concat();
    let of_visitor = crawl(&browser, &server, "visitor", &public, &mut faults);

    browser.goto(&format!("{}/login?lang=ja", server.address()));
    browser.fill("login", "demo@example.jp");
    browser.fill("password", &password);
    browser.press("ログインする");
    browser.shows("ログアウト");
    let of_operator = crawl(&browser, &server, "operator", &["/op"], &mut faults);

    assert!(
        of_visitor.len() > 10 && of_operator.len() > 12,
        "hardly a site: {of_visitor:?}, {of_operator:?}"
    );
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The password in a line of the demo: four groups of four signs.
fn password(line: &str) -> Option<String> {
    static PASSWORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b[a-z0-9]{4}(?:-[a-z0-9]{4}){3}\b").expect("a pattern"));
    PASSWORD.find(line).map(|found| found.as_str().to_owned())
}

/// Looks at these pages and at all they lead to, one of each kind; the kinds seen.
fn crawl(
    browser: &Browser,
    server: &Server,
    reader: &str,
    first: &[&str],
    faults: &mut Vec<String>,
) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<String> = first.iter().rev().map(|&page| page.to_owned()).collect();
    while let Some(page) = waiting.pop() {
        let kind = kind(&page);
        if !seen.insert(kind.clone()) {
            continue;
        }
        for lang in ["ja", "en"] {
            let found = look(browser, &with_language(server, &page, lang));
            faults.extend(found.into_iter().map(|fault| format!("{reader} {lang} {page}: {fault}")));
        }
        browser.whole_picture(&format!("crawl-{reader}{}", kind.replace('/', "-")));
        waiting.extend(links(browser).into_iter().rev());
    }
    seen
}

fn with_language(server: &Server, page: &str, lang: &str) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{}{page}{joint}lang={lang}", server.address())
}

/// What is wrong with this page for anybody.
fn look(browser: &Browser, address: &str) -> Vec<String> {
    browser.dark(false);
    browser.phone(320, 800);
    browser.complaints();
    browser.goto(address);
    let mut faults = browser.faults_in_sight();
    browser.desktop();
    faults.extend(browser.faults_in_sight());
    faults.extend(browser.axe());
    browser.dark(true);
    faults.extend(browser.axe().into_iter().map(|fault| format!("in the dark: {fault}")));
    browser.dark(false);
    // A page that says that nothing is here is told of by the browser too; that is as it should be.
    let complaints = browser.complaints().into_iter().filter(|line| !line.contains("status of 404"));
    faults.extend(complaints);
    faults
}

/// The pages of ours that this page links to; files to be kept are none.
fn links(browser: &Browser) -> Vec<String> {
    let found = browser.ask(
        "return [...document.querySelectorAll('a[href]:not([download])')].map(link => new URL(link.href))
            .filter(link => link.origin === location.origin)
            .filter(link => !/\\.(csv|ics|json|atom|xlsx|zip|eml|txt)$/.test(link.pathname))
            .map(link => link.pathname + link.search)",
    );
    serde_json::from_value(found).expect("a list of addresses")
}

/// The kind of a page: its path without what is one person's, opening's or round's, and without a question.
fn kind(page: &str) -> String {
    static ONE_OF_MANY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"/(?:[0-9]+|[0-9a-f-]{36})(?:/|$)").expect("a pattern"));
    let path = page.split('?').next().unwrap_or(page);
    let once = ONE_OF_MANY.replace_all(path, "/one/");
    ONE_OF_MANY.replace_all(&once, "/one/").trim_end_matches('/').to_owned()
}
