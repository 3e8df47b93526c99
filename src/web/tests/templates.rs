//! Templates, and one letter to many of whom each gets their own, once.

use super::house::{candidate, firm};
use super::{Answer, Site};
use crate::domain::{Changes, Consent, Letter, OpenName, PersonId, Role, Standing};
use crate::store::letters;
use crate::store::people::{self, NewPerson};

impl Site {
    /// Two firms with a member each, a candidate who may be written to, and one who may not.
    async fn with_readers() -> Self {
        let mut site = Self::with_operator().await;
        let (brewery, mill) = (
            firm(1, "株式会社備中酒造", "岡山県", OpenName::Agreed),
            firm(2, "有限会社新見製粉", "岡山県", OpenName::Agreed),
        );
        let mut silent = candidate(12, "鈴木 一");
        silent.facts.consent = Consent::Unknown;
        let changes = Changes {
            firms: vec![brewery.clone(), mill.clone()],
            candidates: vec![candidate(11, "佐藤 花"), silent],
            ..Changes::default()
        };
        site.write(&changes).await;
        site.enter("{today} 太郎", "taro@example.jp", Role::Firm(brewery.id, Standing::Admin)).await;
        site.enter("新見 次郎", "jiro@example.jp", Role::Firm(mill.id, Standing::Admin)).await;
        site.log_in().await;
        site
    }

    async fn enter(&self, name: &str, mail: &str, role: Role) {
        let tools = self.web.tools();
        let person = NewPerson {
            id: tools.id::<PersonId>(),
            login: mail.to_owned(),
            mail: Some(mail.to_owned()),
            name: name.to_owned(),
            lang: "ja".to_owned(),
            password_hash: None,
        };
        let mut tx = self.web.db.begin().await.unwrap();
        people::add(&mut tx, &person, tools.now_ms()).await.unwrap();
        people::grant(&mut tx, person.id, &role, None, None, tools.now_ms()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Makes a template and returns the address of its merge.
    async fn template(&mut self, subject: &str, body: &str) -> String {
        let form = self.get("/op/letters/templates/new").await;
        let id = hidden(&form, "id");
        let fields = [
            ("id", id.as_str()),
            ("name", "見学会"),
            ("lang", "ja"),
            ("subject", subject),
            ("body", body),
            ("version", "0"),
        ];
        self.post("/op/letters/templates/new", &fields).await.is(303);
        self.post("/op/letters/templates/new", &fields).await.is(303);
        format!("/op/letters/templates/{id}/merge")
    }

    /// What waits to be sent: reader and letter.
    async fn asked_for(&self) -> Vec<(String, Letter)> {
        let all = letters::list(&self.web.db, "waiting", 100, 0).await.unwrap();
        let mut all: Vec<_> = all.into_iter().map(|one| (one.address, one.letter)).collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    }
}

fn hidden(page: &Answer, name: &str) -> String {
    let (_, rest) = page.body.rsplit_once(&format!("name=\"{name}\" value=\"")).expect("a hidden field");
    rest.split('"').next().unwrap().to_owned()
}

/// What the form of the page sends, with everybody ticked.
fn everybody(page: &Answer) -> Vec<(&'static str, String)> {
    let mut fields: Vec<_> =
        ["batch", "version", "audience", "stage"].map(|name| (name, hidden(page, name))).to_vec();
    let keys = page.body.split("name=\"to\" value=\"").skip(1);
    fields.extend(keys.map(|rest| ("to", rest.split('"').next().unwrap().to_owned())));
    fields
}

fn as_sent<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

const BODY: &str = "{firm}\r\n{name} 様\r\n\r\n{today}、{desk}です。";

#[tokio::test]
async fn each_gets_the_letter_that_was_shown_and_gets_it_once() {
    let mut site = Site::with_readers().await;
    let merge = site.template("見学会のご案内", BODY).await;
    let page = site.get(&format!("{merge}?audience=firms")).await;
    page.is(200).shows("新見 次郎 様").shows("2026年12月1日（火）、備中の人事部です。").hides("佐藤");
    let sent = everybody(&page);
    for _ in 0..2 {
        site.post(&merge, &as_sent(&sent)).await.is(303);
    }
    let letters = site.asked_for().await;
    let readers: Vec<_> = letters.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(readers, ["jiro@example.jp", "taro@example.jp"]);
    let Letter::Plain { subject, body } = &letters[1].1 else { panic!("{letters:?}") };
    assert_eq!(subject, "見学会のご案内");
    assert_eq!(
        body, "株式会社備中酒造\n{today} 太郎 様\n\n2026年12月1日（火）、備中の人事部です。",
        "a name with braces stays a name"
    );
    site.get("/op/letters").await.is(200).shows("企業の担当者").shows("<td class=\"number\">2</td>");
}

#[tokio::test]
async fn who_is_not_ticked_gets_nothing_and_somebody_must_be() {
    let mut site = Site::with_readers().await;
    let merge = site.template("見学会のご案内", "{name} 様").await;
    let page = site.get(&format!("{merge}?audience=firms")).await;
    let mut sent = everybody(&page);
    let second = sent.pop().unwrap();
    let first = sent.pop().unwrap();
    site.post(&merge, &as_sent(&sent)).await.is(422).shows("一人以上選んで");
    sent.push(("to", "person:somebody-else".to_owned()));
    site.post(&merge, &as_sent(&sent)).await.is(422);
    sent.push(second);
    site.post(&merge, &as_sent(&sent)).await.is(303);
    assert_eq!(site.asked_for().await.len(), 1);
    drop(first);
}

#[tokio::test]
async fn candidates_are_written_to_only_with_their_consent() {
    let mut site = Site::with_readers().await;
    let merge = site.template("見学会のご案内", "{name} 様").await;
    let page = site.get(&format!("{merge}?audience=candidates")).await;
    page.is(200).shows("佐藤 花").hides("鈴木").hides("新見");
    site.post(&merge, &as_sent(&everybody(&page))).await.is(303);
    let letters = site.asked_for().await;
    assert_eq!(letters.iter().map(|(address, _)| address.as_str()).collect::<Vec<_>>(), ["c11@example.jp"]);
}

#[tokio::test]
async fn whoever_stops_letters_to_many_gets_none_and_still_hears_of_their_own_matters() {
    let mut site = Site::with_readers().await;
    let merge = site.template("見学会のご案内", "{name} 様").await;
    let page = site.get(&format!("{merge}?audience=firms")).await;
    site.post(&merge, &as_sent(&everybody(&page))).await.is(303);
    let all = letters::list(&site.web.db, "waiting", 10, 0).await.unwrap();
    let id = &all.iter().find(|one| one.address == "taro@example.jp").unwrap().id;
    site.another_browser();
    let at = format!("/stop/{id}");
    site.get(&at).await.is(200).shows("ご案内を止める").hides("taro@");
    for _ in 0..2 {
        // As a mail program does it: no page, no browser.
        let request =
            axum::http::Request::post(&at).header("content-type", "application/x-www-form-urlencoded");
        site.send(request, "List-Unsubscribe=One-Click").await.is(200).shows("止めました");
    }
    site.log_in().await;
    site.get(&format!("{merge}?audience=firms")).await.is(200).shows("新見 次郎").hides("太郎");
    site.get("/stop/nothing").await.is(404);
    site.post("/stop/nothing", &[]).await.is(404);
}

#[tokio::test]
async fn an_unknown_placeholder_is_refused_with_its_place_and_the_text_is_kept() {
    let mut site = Site::with_readers().await;
    let form = site.get("/op/letters/templates/new").await;
    let id = hidden(&form, "id");
    let mut fields = [
        ("id", id.as_str()),
        ("name", "見学会"),
        ("lang", "ja"),
        ("subject", "ご案内"),
        ("body", "{name} 様\r\nようこそ{frim}へ"),
        ("version", "0"),
    ];
    let page = site.post("/op/letters/templates/new", &fields).await;
    page.is(422).shows("{frim} (2:5)").shows("href=\"#body\"").shows("ようこそ{frim}へ");
    fields[4].1 = "{name} 様";
    site.post("/op/letters/templates/new", &fields).await.is(303);
    let other = hidden(&site.get("/op/letters/templates/new").await, "id");
    fields[0].1 = &other;
    site.post("/op/letters/templates/new", &fields).await.is(422).shows("もうあります");
}

#[tokio::test]
async fn a_template_that_was_changed_after_the_preview_is_looked_at_again() {
    let mut site = Site::with_readers().await;
    let merge = site.template("見学会のご案内", "{name} 様").await;
    let page = site.get(&format!("{merge}?audience=firms")).await;
    let at = merge.trim_end_matches("/merge").to_owned();
    let fields = [
        ("name", "見学会"),
        ("lang", "ja"),
        ("subject", "日を改めました"),
        ("body", "{name} 様"),
        ("version", "1"),
    ];
    site.post(&at, &fields).await.is(303);
    let answer = site.post(&merge, &as_sent(&everybody(&page))).await;
    answer.is(409).shows("もう一度").shows("日を改めました");
    assert_eq!(site.asked_for().await.len(), 0);
    site.post(&merge, &as_sent(&everybody(&answer))).await.is(303);
    assert_eq!(site.asked_for().await.len(), 2);
    site.post(&at, &fields).await.is(409).shows("別の担当が、先に保存しました");
}

#[tokio::test]
async fn a_letter_about_the_firm_is_not_for_candidates() {
    let mut site = Site::with_readers().await;
    let merge = site.template("見学会のご案内", BODY).await;
    let page = site.get(&format!("{merge}?audience=candidates")).await;
    page.is(422).shows("候補者には入れるものがありません").hides("name=\"batch\"");
    site.get("/op/letters/templates/nothing").await.is(404);
}
