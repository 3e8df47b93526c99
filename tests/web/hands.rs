//! The same journeys for those who use no mouse, and for devices that run no scripts; and that the eyes of these tests
//! are open.

use crate::house::{Browser, Server, key, on_both_engines};

on_both_engines! {
    fn a_visitor_without_a_mouse_searches_and_opens_an_opening(town: Town) {
        let town = town.with_sample_region();
        let server = Server::of(&town);
        let browser = Browser::open();
        browser.goto(server.address());
        browser.keys(key::TAB);
        let first = browser.ask("return document.activeElement.innerText");
        assert_eq!(first, "本文へ進む", "the first key leads past the header");
        browser.tab_to("言葉でさがす");
        browser.keys("経験");
        browser.keys(key::ENTER);
        browser.shows("見つかったわけ");
        let title = browser.texts("//ol[contains(@class, 'hits')]//h3/a").remove(0);
        browser.tab_to(&title);
        browser.keys(key::ENTER);
        browser.shows("仕事の内容");
    }

    fn a_visitor_whose_device_runs_no_scripts_searches_narrows_and_chooses_larger_letters(town: Town) {
        let town = town.with_sample_region();
        let server = Server::of(&town);
        let browser = Browser::open();
        browser.without_javascript();
        browser.goto(&format!("{}/openings", server.address()));
        browser.click("//summary[normalize-space(.)='しぼり込む']");
        browser.follow("業務委託");
        browser.shows("いまの条件");
        browser.follow("文字を大きくする");
        browser.shows("文字を元の大きさにする");
        browser.shows("いまの条件");
        let size = browser.ask("return getComputedStyle(document.body).fontSize");
        assert_eq!(size, "18px");
        browser.follow("募集をさがす");
        browser.shows("文字を元の大きさにする");
    }
}

#[test]
fn a_page_that_shuts_somebody_out_is_found() {
    let browser = Browser::open();
    browser.phone(320, 800);
    browser.goto("data:text/html,<!doctype html><meta name='viewport' content='width=device-width'><title></title><a href='/'></a><div style='width:900px'>x</div><p style='color:silver'>Hardly to be read.");
    let found = browser.axe().join("\n");
    for rule in ["link-name", "html-has-lang", "color-contrast", "page-has-heading-one"] {
        assert!(found.contains(rule), "{rule} is not in:\n{found}");
    }
    let seen = browser.faults_in_sight().join("\n");
    for fault in ["0 h1", "no title", "pixels wide in a window of 320"] {
        assert!(seen.contains(fault), "{fault} is not in:\n{seen}");
    }
}
