//! What people do in a browser, over both engines. Pictures are kept in `target/screenshots/`.

use crate::house::{Browser, Server, Town, on_both_engines};

/// The texts of the titles that a search shows.
const TITLES: &str = "//ol[contains(@class, 'hits')]//h3/a";

on_both_engines! {
    fn a_visitor_searches_narrows_and_opens_an_opening(town: Town) {
        let town = town.with_sample_region();
        let server = Server::of(&town);
        let browser = Browser::open();

        browser.goto(server.address());
        browser.picture("home");
        browser.fill("q", "経験");
        browser.press("さがす");
        let found = browser.texts(TITLES);
        assert!(!found.is_empty(), "{}", browser.text());
        browser.picture("search");

        browser.goto(&format!("{}/openings", server.address()));
        let all = total(&browser);
        browser.goto(&format!("{}/openings?contract=業務委託", server.address()));
        let narrowed = total(&browser);
        assert!(0 < narrowed && narrowed < all, "{narrowed} of {all}");
        browser.picture("search-narrowed");

        let title = browser.texts(TITLES).remove(0);
        browser.click(&format!("({TITLES})[1]"));
        browser.shows(&title);
        browser.shows("仕事の内容");
        browser.picture("opening");
        browser.click("//main//a[starts-with(@href, '/firms/')]");
        browser.shows("この会社の募集");
        browser.picture("firm");
        browser.follow("地域の人事部");
        browser.shows("地域の人事部");
    }

    fn the_pages_speak_english_when_asked(town: Town) {
        let town = town.with_sample_region();
        let server = Server::of(&town);
        let browser = Browser::open();
        browser.goto(&format!("{}/openings?q=経験", server.address()));
        browser.shows("しぼり込む");
        browser.follow("English");
        browser.shows_no("しぼり込む");
        assert_eq!(browser.ask("return document.documentElement.lang"), "en");
        assert!(browser.url().contains("/openings"), "the same page: {}", browser.url());
        assert!(!browser.texts(TITLES).is_empty(), "and the same question");
        browser.picture("search-english");
        browser.follow("日本語");
        browser.shows("しぼり込む");
    }

    fn an_operator_sets_up_runs_and_publishes_a_round(town: Town) {
        let town = town.with_sample_region();
        let mut server = Server::of(&town);
        let code = server.wait_for(setup_code);
        let browser = Browser::open();

        browser.goto(&format!("{}/op", server.address()));
        assert!(browser.url().contains("/login"), "nobody gets in without a name: {}", browser.url());
        set_up(&browser, &server, &code);
        browser.press("ログアウト");
        log_in(&browser, &server);
        browser.picture("operator");
    }
}

/// How many openings the search says it found.
fn total(browser: &Browser) -> u32 {
    let said = browser.texts("//*[contains(@class, 'found__total')]/strong").concat();
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no number in 「{said}」"))
}

/// The one-time code in a line of the server: four groups of four signs.
fn setup_code(line: &str) -> Option<String> {
    let is_code = |word: &str| {
        let groups: Vec<&str> = word.split('-').collect();
        groups.len() == 4
            && groups.iter().all(|group| group.len() == 4 && group.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    line.split_whitespace().find(|word| is_code(word)).map(str::to_owned)
}

const LOGIN: &str = "sakura";
const PASSWORD: &str = "haru no umi hinemosu";

fn set_up(browser: &Browser, server: &Server, code: &str) {
    browser.goto(&format!("{}/setup", server.address()));
    browser.fill("code", code);
    browser.fill("desk", "長門の人事部");
    browser.choose("prefecture", "山口県");
    browser.fill("login", LOGIN);
    browser.fill("password", PASSWORD);
    browser.picture("setup");
    browser.press("登録して始める");
    browser.shows("長門の人事部");
}

fn log_in(browser: &Browser, server: &Server) {
    browser.goto(&format!("{}/login", server.address()));
    browser.fill("login", LOGIN);
    browser.fill("password", "not the password");
    browser.press("ログインする");
    assert!(browser.asks_for("password"), "a wrong password opens nothing");
    browser.fill("login", LOGIN);
    browser.fill("password", PASSWORD);
    browser.press("ログインする");
    browser.shows("長門の人事部");
}
