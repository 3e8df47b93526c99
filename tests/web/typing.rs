//! What is typed is kept: when the page is left, when the network is gone, when the log-in has ended, and when somebody
//! else writes the same.

use crate::house::{Browser, PASSWORD, Server, on_both_engines};

on_both_engines! {
    fn a_president_leaves_in_the_middle_of_a_sentence_and_finds_it_again(town: Town) {
        let (town, rankers) = town.with_rankers(1, 1, false);
        let (president, _) = town.with_a_firm_and_a_desk(&rankers.openings[0].0);
        let server = Server::of(&town);
        let phone = Browser::open();
        phone.phone(390, 844);
        phone.log_in(&server, &president);
        phone.goto(&format!("{}/firm", server.address()));
        phone.press("新しい募集を書く");
        phone.choose("kind", "trial_cxo");
        phone.press("保存して次へ");
        let story = phone.url();
        let other = Browser::open();
        other.log_in(&server, &president);
        other.goto(&story);

        phone.fill("story", "この蔵は、祖父が");
        phone.shows("保存しました");
        phone.picture("typing-saved");
        phone.goto(server.address());
        phone.goto(&story);
        assert_eq!(value(&phone, "story"), "この蔵は、祖父が");

        // The network is gone, and comes back.
        phone.ask("window.net = window.fetch; window.fetch = () => Promise.reject(new TypeError())");
        phone.fill("story", "この蔵は、祖父が建てました。");
        phone.shows("未保存（通信待ち）");
        phone.picture("typing-unsaved");
        phone.ask("window.fetch = window.net");
        phone.shows("保存しました");

        // The log-in has ended; the words stay, and are kept after the next one.
        phone.ask("const out = new XMLHttpRequest(); out.open('POST', '/logout', false); out.send()");
        phone.fill("honest", "冬の朝は早いです。");
        phone.shows("ログインし直してください。入力は残っています");
        phone.picture("typing-log-in");
        phone.ask(&format!(
            "const again = new XMLHttpRequest(); again.open('POST', '/login', false);
             again.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
             again.send(new URLSearchParams({{ login: '{president}', password: '{PASSWORD}' }}).toString())"
        ));
        phone.fill("honest", "冬の朝は早く、蔵は冷えます。");
        phone.shows("保存しました");

        // Elsewhere the page was opened before all that.
        other.fill("honest", "別の画面で書いた文です。");
        other.shows("ほかの画面で先に保存されています");
        other.press("保存して次へ");
        other.shows("冬の朝は早く、蔵は冷えます。");
        other.shows("別の画面で書いた文です。");
        other.whole_picture("typing-conflict");
        assert_eq!(value(&other, "honest"), "別の画面で書いた文です。", "nothing is lost");

        phone.press("保存して次へ");
        phone.goto(&story);
        assert_eq!(value(&phone, "story"), "この蔵は、祖父が建てました。");
        assert_eq!(value(&phone, "honest"), "冬の朝は早く、蔵は冷えます。");
        phone.whole_picture("typing-editor");
        let faults = [phone.axe(), phone.faults_in_sight()].concat();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

fn value(browser: &Browser, name: &str) -> String {
    let value = browser.ask(&format!("return document.getElementsByName('{name}')[0].value"));
    value.as_str().expect("a text").to_owned()
}
