//! A passkey in a real browser with a device of its own: an operator makes one instead of an app, and comes back with it.

use super::browser::setup_code;
use crate::house::{Browser, Server, on_both_engines};

const PASSWORD: &str = "haru no umi hinemosu notari";

on_both_engines! {
    fn an_operator_makes_a_passkey_and_comes_back_without_a_password(town: Town) {
        let mut server = Server::of(&town);
        let code = server.wait_for(setup_code);
        let browser = Browser::open();
        browser.with_passkey_device();
        browser.goto(&format!("{}/setup", server.address()));
        browser.fill("code", &code);
        browser.fill("desk", "長門の人事部");
        browser.choose("prefecture", "山口県");
        browser.fill("login", "suzuki");
        browser.fill("password", PASSWORD);
        browser.press("登録して始める");
        browser.shows("どちらか一つを選んでください");
        looks_right(&browser, "second-none");
        browser.press("この端末にパスキーを作る");
        browser.shows("きょうすること");
        browser.press("ログアウト");

        browser.goto(&format!("{}/login?next=/op/rounds", server.address()));
        looks_right(&browser, "login");
        browser.press("パスキーでログインする");
        browser.shows("募集回");
        assert!(browser.url().ends_with("/op/rounds"), "{}", browser.url());

        // With the password, the passkey is the second proof.
        browser.press("ログアウト");
        browser.goto(&format!("{}/login", server.address()));
        browser.fill("login", "suzuki");
        browser.fill("password", PASSWORD);
        browser.press("ログインする");
        browser.shows("もうひとつの確認");
        looks_right(&browser, "second-owed");
        browser.press("パスキーで確認する");
        browser.shows("きょうすること");

        browser.goto(&format!("{}/second", server.address()));
        browser.shows("控えの番号がありません");
        looks_right(&browser, "second");
        browser.press("控えの番号を新しく作る");
        assert_eq!(browser.texts("//code").len(), 10);
        looks_right(&browser, "second-codes");
        browser.follow("控えました");
        browser.goto(&format!("{}/second", server.address()));
        browser.press("認証アプリを使い始める");
        looks_right(&browser, "second-app");

        // Everything is lost, and nobody else is there to help.
        assert!(town.run(["unlock", "somebody"]).exits(2).err.contains("somebody"));
        town.does(["unlock", "Suzuki"]);
        browser.goto(&format!("{}/op", server.address()));
        assert!(browser.url().contains("/login"), "every session has ended: {}", browser.url());
        browser.fill("login", "suzuki");
        browser.fill("password", PASSWORD);
        browser.press("ログインする");
        browser.shows("どちらか一つを選んでください");
    }
}

#[track_caller]
fn looks_right(browser: &Browser, name: &str) {
    browser.whole_picture(name);
    let faults = [browser.axe(), browser.faults_in_sight()].concat();
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}
