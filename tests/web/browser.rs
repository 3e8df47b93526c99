//! In a real browser.
use crate::house::Browser;

#[test]
fn a_browser_opens() {
    let browser = Browser::open();
    browser.goto("data:text/html;charset=utf-8,<title>x</title><h1>右腕</h1><a href='about:blank'>次へ</a>");
    browser.shows("右腕");
    browser.picture("probe");
}
