//! What people do in a browser, over both engines. Pictures are kept in `target/screenshots/`.

use crate::house::{Browser, Server, on_both_engines};

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
        browser.click("//summary[normalize-space(.)='しぼり込む']");
        browser.follow("業務委託");
        browser.shows("いまの条件");
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

    fn an_operator_runs_a_round_and_a_participant_sees_the_result(town: Town) {
        let town = town.with_sample_region();
        let mut server = Server::of(&town);
        let code = server.wait_for(setup_code);
        let browser = Browser::open();

        browser.goto(&format!("{}/op", server.address()));
        assert!(browser.url().contains("/login"), "nobody gets in without a name: {}", browser.url());
        let recovery = set_up(&browser, &server, &code);
        browser.press("ログアウト");
        log_in(&browser, &server, &recovery[0]);
        browser.picture("operator");

        run_a_round(&browser, &server);
        let round = town.shown_round();
        assert_eq!(round["stage"], "published");
        assert_eq!(round["blocking_pairs"], 0);

        let matched = round["pairs"][0]["candidate"].as_str().expect("a key");
        let unmatched = round["unmatched"]["candidates"][0].as_str().expect("a key");
        assert!(browser.ask("return document.cookie") == "", "no script can read a cookie");
        let links = [matched, unmatched].map(|key| private_link(&browser, &server, key));
        browser.press("ログアウト");

        see_a_result(&browser, &server, &links[0], "決まりました。", "result-matched");
        browser.goto(&format!("{}/result", server.address()));
        browser.press("この端末で結果を見られないようにする");
        browser.goto(&format!("{}/result", server.address()));
        browser.shows_no("決まりました。");
        see_a_result(&browser, &server, &links[1], "今回は決まりませんでした。", "result-unmatched");
        browser.goto(&format!("{}/result", server.address()));
        browser.shows("企業の順位表にお名前がなかったかのどちらか");
    }
}

/// How many openings the search says it found.
fn total(browser: &Browser) -> u32 {
    let said = browser.texts("//*[contains(@class, 'found__total')]/strong").concat();
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no number in 「{said}」"))
}

/// The one-time code in a line of the server: four groups of four signs.
pub fn setup_code(line: &str) -> Option<String> {
    let is_code = |word: &str| {
        let groups: Vec<&str> = word.split('-').collect();
        groups.len() == 4
            && groups.iter().all(|group| group.len() == 4 && group.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    line.split_whitespace().find(|word| is_code(word)).map(str::to_owned)
}

const LOGIN: &str = "sakura";
const PASSWORD: &str = "haru no umi hinemosu";

/// Makes the desk and its operator. The operator's recovery codes.
pub fn set_up(browser: &Browser, server: &Server, code: &str) -> Vec<String> {
    browser.goto(&format!("{}/setup", server.address()));
    browser.fill("code", code);
    browser.fill("desk", "長門の人事部");
    browser.choose("prefecture", "山口県");
    browser.fill("login", LOGIN);
    browser.fill("password", PASSWORD);
    browser.picture("setup");
    browser.press("登録して始める");
    let recovery = browser.sets_up_an_app();
    browser.shows("長門の人事部");
    recovery
}

/// Logs the operator in, whose telephone is not at hand.
pub fn log_in(browser: &Browser, server: &Server, recovery: &str) {
    browser.goto(&format!("{}/login", server.address()));
    browser.fill("login", LOGIN);
    browser.fill("password", "not the password");
    browser.press("ログインする");
    assert!(browser.asks_for("password"), "a wrong password opens nothing");
    browser.fill("login", LOGIN);
    browser.fill("password", PASSWORD);
    browser.press("ログインする");
    browser.fill("code", recovery);
    browser.press("確認して進む");
    browser.shows("長門の人事部");
}

fn run_a_round(browser: &Browser, server: &Server) {
    browser.goto(&format!("{}/op/rounds", server.address()));
    browser.fill("seed", "7");
    browser.press("この内容で回を作る");
    browser.shows("受付中");
    browser.picture("round-draft");
    browser.press("締め切る");
    browser.press("計算して検算する");
    browser.shows("検算の結果、問題はありません。");
    browser.picture("round-proposed");
    browser.follow("ほかの結果と比べる");
    browser.picture("round-compared");
    browser.follow("第1回");
    browser.follow("公表の確認へ進む");
    browser.press("公表する");
    browser.shows("結果は公表されています。");
    browser.picture("round-published");
}

/// Has a private link made for this candidate.
fn private_link(browser: &Browser, server: &Server, key: &str) -> String {
    browser.goto(&format!("{}/op/rounds/1/links", server.address()));
    browser.fill("key", key);
    browser.press("新しいリンクを表示する");
    browser.shows("一人ひとりに、別々にお渡しください。");
    let path = browser.texts("//code[contains(., '/r/')]").remove(0);
    let token = path.split("/r/").nth(1).expect("a token").to_owned();
    format!("{}/r/{token}", server.address())
}

fn see_a_result(browser: &Browser, server: &Server, link: &str, headline: &str, picture: &str) {
    browser.goto(link);
    browser.press("結果を見る");
    browser.shows(headline);
    let token = link.rsplit('/').next().expect("a token");
    assert!(!browser.url().contains(token), "no secret stays in the address: {}", browser.url());
    browser.picture(picture);
    browser.goto(&format!("{}/result", server.address()));
    browser.shows(headline);
    browser.goto(link);
    browser.shows("新しいリンクがほしい");
}
