//! A visitor searches, turns the page, reads one, saves the search with a mail address, and is told what is new, once.

use std::fmt::Write;
use std::time::Instant;

use super::browser::{set_up, setup_code};
use crate::house::{Browser, PATIENCE, Server, Town, on_both_engines};

const FIRMS: &str = "企業ID,企業名,法人番号,都道府県,オープンネーム同意\r\n\
    F-1,株式会社備中酒造,8990010407747,岡山県,同意\r\nF-2,海辺の宿株式会社,7990019370095,広島県,同意\r\n";
const HEAD: &str = "募集ID,企業ID,区分,役割,タイトル,業務内容,契約形態,報酬,募集人数\r\n";
const HANA: &str = "hana@example.jp";
const CONFIRM: &str = "新着のお知らせの確認";
const ALERT: &str = "条件に合う新着のお知らせ";

on_both_engines! {
    fn a_visitor_saves_a_search_and_is_told_once_what_is_new(town: Town) {
        town.write("first/firms.csv", FIRMS);
        town.write("first/openings.csv", many());
        town.does(["import", "first"]);
        let mut server = Server::of(&town);
        let code = server.wait_for(setup_code);
        let (desk, visitor) = (Browser::open(), Browser::open());
        set_up(&desk, &server, &code);

        visitor.goto(&format!("{}/openings", server.address()));
        visitor.click("//summary[contains(., '地図から選ぶ')]");
        looks_right(&visitor, "search-map");
        visitor.phone(390, 844);
        looks_right(&visitor, "search-map-phone");
        visitor.desktop();
        visitor.click("//*[contains(@class, 'map__34')]/a");
        visitor.shows("都道府県: 広島県");
        visitor.follow("都道府県: 広島県");
        visitor.fill("q", "番");
        visitor.waits_for("[...document.querySelectorAll('#ways option')].some((way) => way.value === '番頭')");
        visitor.fill("q", "後継社");
        visitor.press("さがす");
        visitor.shows("もしかして");
        looks_right(&visitor, "search-perhaps");
        visitor.follow("後継者");
        visitor.shows_no("もしかして");
        visitor.fill("q", "番頭");
        visitor.press("さがす");
        visitor.shows("30件");
        visitor.click("//summary[contains(., 'しぼり込む')]");
        visitor.follow("岡山県");
        visitor.shows("25件");
        visitor.shows("1〜20");
        visitor.follow("次のページ");
        visitor.shows("21〜25");
        let second_page = visitor.url();
        visitor.follow("番目の番頭");
        visitor.shows("株式会社備中酒造");
        visitor.ask("history.back()");
        visitor.shows("21〜25");
        assert_eq!(visitor.url(), second_page, "back where one was");
        looks_right(&visitor, "search-second-page");

        visitor.fill("mail", HANA);
        visitor.choose("often", "at_once");
        visitor.press("確認のメールを受け取る");
        visitor.shows("確認のメールをお送りしました");
        looks_right(&visitor, "search-sent");
        let link = opens_letter(&desk, &server, CONFIRM, 1);
        visitor.goto(&link);
        visitor.shows("「番頭」・都道府県: 岡山県");
        looks_right(&visitor, "search-confirm");
        visitor.press("お知らせを始める");
        visitor.shows("お知らせを始めました");

        publish(&town, "new", &[("N-1", "F-1", "新しい蔵の番頭"), ("N-2", "F-2", "新しい宿の番頭")]);
        opens_letter(&desk, &server, ALERT, 1);
        desk.shows("新しい蔵の番頭");
        desk.shows("「番頭」に一致");
        desk.shows_no("新しい宿の番頭");
        let letter = desk.url().rsplit('/').next().expect("a number").to_owned();

        // What changes is not told again: the next letter is the second, and about the next opening alone.
        publish(&town, "changed", &[("N-1", "F-1", "新しい蔵の番頭（追記あり）")]);
        publish(&town, "next", &[("N-3", "F-1", "もう一人の番頭")]);
        opens_letter(&desk, &server, ALERT, 2);
        desk.shows("もう一人の番頭");
        desk.shows_no("追記あり");

        desk.goto(&format!("{}/op", server.address()));
        desk.follow("検索の言いかえ");
        desk.fill("words", "湯守、湯番\n派遣、出向");
        desk.press("この言いかえにする");
        desk.shows("2行目の「派遣」と「出向」は");
        looks_right(&desk, "words-wrong");
        desk.fill("words", "番頭、帳場さん");
        desk.press("この言いかえにする");
        desk.shows("1組");
        desk.phone(390, 844);
        desk.goto(&format!("{}/op/words?lang=en", server.address()));
        looks_right(&desk, "words-phone-en");
        desk.goto(&format!("{}/op/words?lang=ja", server.address()));
        visitor.goto(&format!("{}/openings", server.address()));
        visitor.fill("q", "帳場さん");
        visitor.press("さがす");
        visitor.shows("「帳場さん」を言いかえた「番頭」に一致");

        visitor.goto(&format!("{}/stop/{letter}", server.address()));
        looks_right(&visitor, "search-stop");
        visitor.press("お知らせを止める");
        visitor.shows("止まっています");
    }
}

/// Thirty openings for 番頭, 25 of them in Okayama, one for a 後継者, and some others.
fn many() -> String {
    let mut sheet = HEAD.to_owned();
    for number in 1..=40 {
        let firm = if number <= 25 { "F-1" } else { "F-2" };
        let title = if number <= 30 {
            format!("{number}番目の番頭")
        } else {
            format!("{number}番目の湯守")
        };
        row(&mut sheet, &format!("M-{number:03}"), firm, &title);
    }
    row(&mut sheet, "M-041", "F-1", "蔵の後継者");
    sheet
}

fn row(sheet: &mut String, id: &str, firm: &str, title: &str) {
    write!(sheet, "{id},{firm},お試しCxO,,{title},帳場を預かります。,業務委託,月5万円,1\r\n")
        .expect("a String takes all");
}

/// Takes in a sheet with these openings, beside the running server.
fn publish(town: &Town, folder: &str, openings: &[(&str, &str, &str)]) {
    let mut sheet = HEAD.to_owned();
    for (id, firm, title) in openings {
        row(&mut sheet, id, firm, title);
    }
    town.write(&format!("{folder}/firms.csv"), FIRMS);
    town.write(&format!("{folder}/openings.csv"), sheet);
    town.does(["import", folder]);
}

/// Opens the latest letter of this kind on the desk's page, once there are so many of it. The address of its link.
#[track_caller]
fn opens_letter(desk: &Browser, server: &Server, kind: &str, count: usize) -> String {
    let row = format!("//tr[contains(., 'h…@example.jp')]//a[contains(., '{kind}')]");
    let deadline = Instant::now() + PATIENCE;
    loop {
        desk.goto(&format!("{}/op/mail?state=sent", server.address()));
        let letters = desk.texts(&row).len();
        assert!(letters <= count, "{letters} letters instead of {count}:\n{}", desk.text());
        if letters == count {
            break;
        }
        assert!(Instant::now() < deadline, "no letter {kind}:\n{}", desk.text());
    }
    desk.press_in(&row);
    let link = desk.ask("return document.querySelector('.letter a')?.href ?? ''");
    link.as_str().unwrap_or_default().to_owned()
}

#[track_caller]
fn looks_right(browser: &Browser, name: &str) {
    browser.whole_picture(name);
    let faults = [browser.axe(), browser.faults_in_sight()].concat();
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}
