//! A day of an operator: a sheet comes in, a president is asked ten questions, a letter goes to many, and a sheet goes out.

use super::browser::{log_in, set_up, setup_code};
use crate::house::{Browser, Server, on_both_engines};

const FIRMS: &str = "企業ID,企業名,都道府県\r\nF-0001,株式会社備中酒造,岡山県\r\n";
const CANDIDATES: &str = "候補者ID,氏名,メール,個人情報同意\r\nC-0001,佐藤 花,hanako@example.jp,同意\r\n";

on_both_engines! {
    fn an_operator_takes_in_a_sheet_asks_a_president_and_writes_to_many(town: Town) {
        let mut server = Server::of(&town);
        let code = server.wait_for(setup_code);
        let browser = Browser::open();
        let recovery = set_up(&browser, &server, &code);
        browser.press("ログアウト");
        log_in(&browser, &server, &recovery[0]);
        browser.goto(&format!("{}/op", server.address()));
        browser.shows("きょうすること");
        fits(&browser);

        for (name, content) in [("firms.csv", FIRMS), ("candidates.csv", CANDIDATES)] {
            browser.goto(&format!("{}/op/import", server.address()));
            fits(&browser);
            browser.fill("file", &town.write(name, content).display().to_string());
            browser.press("読んで結果を見る");
            browser.shows("まだ何も取り込んでいません");
            fits(&browser);
            browser.press("取り込む");
            browser.shows("取り込みました");
        }
        browser.picture("desk-import");

        browser.goto(&format!("{}/op/cases", server.address()));
        browser.fill("q", "備中");
        browser.press("さがす");
        fits(&browser);
        browser.follow("備中酒造");
        browser.choose("stage", "talking");
        browser.fill("next_step", "社長に電話する");
        browser.press("保存する");
        browser.fill("note", "蔵を見せてもらった。");
        browser.press("記録を残す");
        browser.shows("これまでの記録");
        fits(&browser);
        browser.follow("診断を始める");
        browser.press("結果を残す");
        browser.shows("いちばん近い答えを一つ選んでください");
        fits(&browser);
        for (question, answer) in [
            ("age", "seventies"), ("wish", "hand-over"), ("successor", "none"), ("who", "nobody"),
            ("agreed", "nobody"), ("when", "three-years"), ("preparing", "not-yet"), ("shares", "not-yet"),
            ("told", "nobody"), ("outside", "wants"),
        ] {
            browser.choose(question, answer);
        }
        browser.press("結果を残す");
        browser.shows("募集の下書きを一緒につくる");
        browser.picture("desk-case");

        browser.goto(&format!("{}/op/letters", server.address()));
        fits(&browser);
        browser.follow("ひな形をつくる");
        browser.fill("name", "見学会");
        browser.fill("subject", "見学会のご案内");
        browser.fill("body", "{name} 様\n\n蔵を開きます。");
        fits(&browser);
        browser.press("ひな形を保存する");
        browser.follow("相手を選んで送る");
        browser.choose("audience", "candidates");
        browser.press("一通ずつ見る");
        browser.shows("佐藤 花 様");
        fits(&browser);
        browser.picture("desk-merge");
        browser.press("選んだ相手に送る");
        browser.shows("送った手紙");

        let letter = the_one_letter(&town.data().join("mail"));
        assert!(letter.contains("To: hanako@example.jp\r\n"), "{letter}");
        browser.goto(&format!("{}/op/mail?state=sent", server.address()));
        fits(&browser);
        browser.follow("担当からの手紙");
        browser.shows("蔵を開きます。");
        fits(&browser);

        browser.goto(&format!("{}/op/export", server.address()));
        browser.shows("希望順位表は書き出せません");
        fits(&browser);
    }
}

/// Nothing on the page stands in anybody's way, as far as axe-core knows.
#[track_caller]
fn fits(browser: &Browser) {
    let found = browser.axe();
    assert!(found.is_empty(), "{}:\n{}", browser.url(), found.join("\n"));
}

/// The letter that the job puts into the folder within its second.
fn the_one_letter(folder: &std::path::Path) -> String {
    let deadline = std::time::Instant::now() + crate::house::PATIENCE;
    while std::time::Instant::now() < deadline {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
        let mut letters = files.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
        if let Some(letter) = letters.next() {
            assert!(letters.next().is_none(), "one letter, one file");
            return std::fs::read_to_string(letter).expect("a letter");
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("no letter came into {}", folder.display());
}
