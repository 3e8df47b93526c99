//! What a candidate does on a phone: write the profile, look at it as firms do, hide from the employer, take everything
//! along, and leave.

use crate::house::{Browser, PASSWORD, Server, on_both_engines};

on_both_engines! {
    fn a_candidate_fills_the_profile_on_a_phone_hides_from_the_employer_takes_the_data_along_and_leaves(town: Town) {
        let (town, people) = town.with_rankers(1, 1, false);
        let server = Server::of(&town);
        let browser = Browser::open();
        browser.phone(375, 812);
        let go = |path: &str| browser.goto(&format!("{}{path}", server.address()));

        browser.log_in(&server, &people.candidates[0]);
        go("/me");
        browser.shows("やることリスト");
        browser.shows("だれに見せるか決める");
        fits(&browser, "profile-home");

        browser.follow("プロフィールを書く");
        browser.fill("name", "佐藤 花");
        browser.fill("headline", "酒蔵の販路を三つの県に広げた、現場に強い営業です");
        browser.choose("track", "both");
        browser.choose("resolve", "may_succeed");
        browser.fill("areas", "岡山府");
        browser.choose("days_from", "100");
        browser.fill("motive", "佐藤花と申します。祖父の蔵で過ごした夏が、はじまりでした。");
        browser.fill("phone", "０９０－１２３４－５６７８");
        fits(&browser, "profile");
        browser.press("保存する");
        browser.shows("「岡山府」がどの都道府県か");
        fits(&browser, "profile-wrong");
        browser.fill("areas", "岡山、四国");
        browser.press("保存する");
        browser.shows("保存しました");
        browser.shows("もっと伝わるために");

        browser.follow("企業からの見えかたを見る");
        browser.shows("〇〇と申します。祖父の蔵で過ごした夏が");
        browser.shows("岡山県、徳島県、香川県、愛媛県、高知県");
        browser.shows_no("09012345678");
        fits(&browser, "profile-preview");

        go("/me/visibility");
        browser.choose("visibility", "firms");
        browser.press("この範囲にする");
        browser.shows("18歳以上であることを確かめて");
        browser.choose("of_age", "yes");
        browser.press("この範囲にする");
        browser.shows_no("まだ決めていません");
        browser.fill("firm", "山田製作所（株）");
        browser.press("見せない企業に加える");
        browser.shows("山田製作所（株）");
        fits(&browser, "profile-visibility");

        for (path, name) in [("/me/seen", "profile-seen"), ("/me/consents", "profile-consents"), ("/privacy", "privacy")] {
            go(path);
            fits(&browser, name);
        }

        go("/me/data");
        fits(&browser, "profile-data");
        let file = browser.ask(
            "const request = new XMLHttpRequest(); request.open('GET', '/me/data/migiude.json', false);
             request.send(); return JSON.parse(request.responseText).profile.name",
        );
        assert_eq!(file, "佐藤 花", "the file holds what was written");

        browser.follow("消すことを考える");
        browser.shows("残るものと、そのわけ");
        fits(&browser, "profile-delete");
        browser.press("すべて消す");
        browser.shows("あなたのデータを消しました");
        fits(&browser, "profile-deleted");
        go("/me");
        assert!(browser.url().contains("/login"), "nobody is logged in any more: {}", browser.url());
        browser.fill("login", &people.candidates[0]);
        browser.fill("password", PASSWORD);
        browser.press("ログインする");
        assert!(browser.asks_for("password"), "the account is closed");
    }
}

/// Nobody is kept out of this page, and nothing of it runs over the edge of the phone.
#[track_caller]
fn fits(browser: &Browser, name: &str) {
    let mut found = browser.axe();
    found.extend(browser.faults_in_sight());
    assert!(found.is_empty(), "{}:\n{}", browser.url(), found.join("\n"));
    browser.whole_picture(name);
}
