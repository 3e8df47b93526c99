//! Every page that a link leads to, as each kind of reader meets it: on a phone of 320 pixels and on a desk, light and
//! dark, in both languages.
//!
//! Useful for keeping a new page from being forgotten: whoever links to it has it looked at. Not useful for pages that
//! only a form leads to: their own stories look at those.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::house::{Browser, PARTNER, PASSWORD, SECRETARIAT, Server, Town};

/// Pages that need no reader and that nothing links to.
const UNLINKED: [&str; 4] = ["/samples", "/samples/fields?state=wrong", "/setup", "/nothing-is-here"];

#[test]
fn no_page_shuts_anybody_out() {
    let (town, rankers) = Town::anywhere().with_rankers(1, 5, true);
    let (member, operator) = town.with_a_firm_and_a_desk(&rankers.openings[0].0);
    let server = Server::of(&town);
    let browser = Browser::open();
    let mut faults = Vec::new();

    let public = [&["/"], &UNLINKED[..]].concat();
    let visited = crawl(&browser, &server, "visitor", &public, &mut faults);
    assert!(visited.len() > 12, "hardly a site: {visited:?}");
    let readers = [
        ("candidate", &*rankers.candidates[0]),
        ("firm", &*member),
        ("operator", &*operator),
        ("partner", PARTNER),
        ("secretariat", SECRETARIAT),
    ];
    for (reader, mail) in readers {
        browser.goto(&format!("{}/login", server.address()));
        browser.fill("login", mail);
        browser.fill("password", PASSWORD);
        browser.press("ログインする");
        browser.shows("ログアウト");
        let visited = crawl(&browser, &server, reader, &["/start", "/account"], &mut faults);
        assert!(visited.len() > 12, "hardly a site for a {reader}: {visited:?}");
        browser.goto(server.address());
        browser.press("ログアウト");
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
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
        for lang in ["en", "ja"] {
            let found = look(browser, &with_language(server, &page, lang));
            faults.extend(found.into_iter().map(|fault| format!("{reader} {lang} {page}: {fault}")));
        }
        let picture = format!("crawl-{reader}{}", kind.replace('/', "-"));
        browser.whole_picture(&picture);
        browser.phone(390, 844);
        browser.whole_picture(&format!("{picture}-phone"));
        browser.desktop();
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
    // The one page that says that nothing is here is told of by the browser too; that is as it should be.
    let is_meant = |line: &String| {
        let path = line.split(" - ").next().and_then(|address| address.splitn(4, '/').nth(3));
        let path = path.map(|path| format!("/{}", path.split('?').next().unwrap_or(path)));
        path.is_some_and(|path| path == "/nothing-is-here")
    };
    faults.extend(browser.complaints().into_iter().filter(|line| !is_meant(line)));
    faults
}

/// The pages of ours that this page links to; files to be kept are none, and what stands in a letter is for its reader.
fn links(browser: &Browser) -> Vec<String> {
    let found = browser.ask(
        "return [...document.querySelectorAll('a[href]:not([download], .letter a)')].map(link => new URL(link.href))
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
