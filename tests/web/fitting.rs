//! Who may suit whom, as each reads it: a candidate on a phone, a president, and the desk that decides what counts.

use crate::house::{Browser, Server, Town};

#[test]
fn a_candidate_and_a_president_read_who_may_suit_them_and_the_desk_decides_what_counts() {
    let (town, rankers) = Town::anywhere().with_rankers(1, 3, false);
    let (member, operator) = town.with_a_firm_and_a_desk(&rankers.openings[0].0);
    let server = Server::of(&town);
    let browser = Browser::open();
    let go = |path: &str| browser.goto(&format!("{}{path}", server.address()));

    browser.log_in(&server, &rankers.candidates[0]);
    go("/me");
    browser.follow("あなたに合いそうな募集");
    browser.shows("全体：");
    browser.shows("応募と気になる");
    looks_right(&browser, &server, "/me/fitting", "fitting-me");
    go("/me/profile");
    browser.fill("pay_floor", "100万");
    browser.fill("free_from", "来月");
    browser.press("保存する");
    browser.shows("「来月」がいつか分かりませんでした");
    browser.fill("free_from", "2027年4月");
    browser.press("保存する");
    browser.shows("保存しました");
    go("/me/fitting");
    browser.shows("報酬が、難しい金額に届かない募集");
    looks_right(&browser, &server, "/me/fitting", "fitting-me-excluded");
    go("/me/fitting");
    browser.follow("1日あたりの報酬で、これより少ないと難しい金額（円）」を見直す");
    browser.shows("企業には見せません");
    go("/me/profile/preview");
    browser.shows("2027年4月");
    browser.shows_no("1000000");
    browser.press("ログアウト");

    browser.log_in(&server, &member);
    browser.follow("この募集に合いそうな方");
    browser.shows("全体：");
    let list = browser.url().replace(server.address(), "");
    looks_right(&browser, &server, &list, "fitting-firm");
    go(&list);
    browser.press_in("//li[contains(@class, 'card')]//h2/a");
    browser.shows("開いたことは");
    let one = browser.url().replace(server.address(), "");
    looks_right(&browser, &server, &one, "fitting-firm-one");
    browser.press("ログアウト");

    browser.log_in(&server, &operator);
    go("/op/weights");
    browser.fill("me-pay", "20");
    browser.press("この重みにする");
    browser.shows("いまの合計は110です");
    browser.fill("me-text", "15");
    browser.press("この重みにする");
    browser.shows("報酬 10% → 20%");
    looks_right(&browser, &server, "/op/weights", "fitting-weights");
    let opening = format!("/op/fitting/opening/{}", rankers.openings[0].0);
    looks_right(&browser, &server, &opening, "fitting-desk-opening");
    go(&opening);
    browser.press_in("//li[contains(@class, 'card')]//h2/a");
    browser.shows("この方に合いそうな募集");
    let candidate = browser.url().replace(server.address(), "");
    looks_right(&browser, &server, &candidate, "fitting-desk-candidate");
}

/// Nobody is kept out of this page, in either language, on a phone or at a desk, with everything unfolded.
#[track_caller]
fn looks_right(browser: &Browser, server: &Server, path: &str, name: &str) {
    for lang in ["en", "ja"] {
        browser.goto(&format!("{}{path}?lang={lang}", server.address()));
        browser.whole_picture(&format!("{name}-{lang}"));
        browser.ask("document.querySelectorAll('main details').forEach(one => one.open = true)");
        browser.phone(320, 800);
        let mut found = browser.axe();
        found.extend(browser.faults_in_sight());
        browser.phone(390, 844);
        browser.whole_picture(&format!("{name}-{lang}-phone"));
        browser.desktop();
        assert!(found.is_empty(), "{}:\n{}", browser.url(), found.join("\n"));
    }
}
