//! The second proof beside the password: who owes it, how it is made, given, lost and found again.

use std::sync::LazyLock;

use jiff::SignedDuration;
use regex::Regex;

use super::Site;
use super::house::{Answer, LOGIN, PASSWORD, candidate};
use crate::accounts::second::shown_by_app;
use crate::domain::{Changes, Letter, Role};

static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"<code class="code">([^<]+)</code>"#).unwrap());

#[tokio::test]
async fn an_operator_gets_in_with_a_second_proof_only() {
    let mut site = Site::with_operator().await;
    gives_password(&mut site, LOGIN).await;
    for page in ["/op", "/op/rounds", "/account", "/confirm", "/start"] {
        assert!(site.get(page).await.is(303).header("location").starts_with("/second?next="), "{page}");
    }
    site.get("/second?next=/op").await.is(200).shows("もうひとつの確認").shows("どちらか一つ");
    let before = site.cookies();
    let app = sets_up_an_app(&mut site).await;
    assert_eq!(app.codes.len(), 10);
    site.get("/op").await.is(200);
    site.with_cookies(&before).get("/second").await.is(303);

    gives_password(&mut site, LOGIN).await;
    site.get("/op").await.is(303);
    let wrong = site.post("/second/code", &[("code", "000000"), ("next", "/op/rounds")]).await;
    wrong.is(422).shows("href=\"#code\"").shows("value=\"/op/rounds\"");
    site.pass(SignedDuration::from_secs(60));
    let code = app.code(&site);
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let given = site.post("/second/code", &[("code", &spaced), ("next", "/op/rounds")]).await;
    assert_eq!(given.is(303).header("location"), "/op/rounds");
    site.get("/op/rounds").await.is(200);

    gives_password(&mut site, LOGIN).await;
    site.post("/second/code", &[("code", &code)]).await.is(422).shows("いちど使われています");
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_its_owner_is_told() {
    let mut site = Site::with_operator().await;
    site.log_in_as("haru", &[]).await;
    let app = sets_up_an_app(&mut site).await;
    gives_password(&mut site, "haru@example.jp").await;
    let typed = app.codes[3].to_lowercase().replace('-', " ");
    site.post("/second/code", &[("code", &typed)]).await.is(303);
    site.get("/account").await.is(200);
    site.get("/second").await.shows("のこり9個");
    let told = Letter::SecurityChanged { what: "recovery-codes".to_owned() };
    assert!(site.letters_to("haru@example.jp").await.contains(&told));
    gives_password(&mut site, "haru@example.jp").await;
    site.post("/second/code", &[("code", &typed)]).await.is(422);
}

#[tokio::test]
async fn who_has_an_app_does_nothing_with_the_password_alone() {
    let mut site = Site::with_operator().await;
    let haru = candidate(1, "田中 春");
    site.write(&Changes { candidates: vec![haru.clone()], ..Changes::default() }).await;
    site.as_candidate("haru", &haru).await;
    sets_up_an_app(&mut site).await;
    site.get("/me").await.is(200);
    gives_password(&mut site, "haru@example.jp").await;
    for page in ["/me", "/account", "/me/data"] {
        assert!(site.get(page).await.is(303).header("location").starts_with("/second"), "{page}");
    }
    site.post("/account/name", &[("name", "だれか"), ("lang", "ja")]).await.is(303);
    // Nor is the second proof replaced or taken away.
    site.post("/second/app", &[]).await.is(409).shows("権限がありません");
    site.post("/second/app/remove", &[]).await.is(303);
    site.post("/second/codes", &[]).await.is(303);
    site.post_json("/second/passkeys/start", "{}").await.is(409);
    gives_password(&mut site, "haru@example.jp").await;
    site.get("/second").await.shows("確認の番号").hides("どちらか一つ");
}

#[tokio::test]
async fn tries_at_the_second_proof_are_counted() {
    let mut site = Site::with_operator().await;
    site.log_in_as("haru", &[]).await;
    let app = sets_up_an_app(&mut site).await;
    gives_password(&mut site, "haru@example.jp").await;
    for _ in 0..5 {
        site.post("/second/code", &[("code", "123456")]).await.is(422);
    }
    site.post("/second/code", &[("code", "123456")]).await.is(429);
    site.pass(SignedDuration::from_secs(60));
    site.post("/second/code", &[("code", &app.code(&site))]).await.is(429);
    site.pass(SignedDuration::from_mins(16));
    site.post("/second/code", &[("code", &app.code(&site))]).await.is(303);
}

#[tokio::test]
async fn an_operator_keeps_one_second_proof_and_a_candidate_need_not() {
    let mut site = Site::with_operator().await;
    gives_password(&mut site, LOGIN).await;
    sets_up_an_app(&mut site).await;
    site.post("/second/app/remove", &[]).await.is(409).shows("残しておく必要があります");
    site.get("/op").await.is(200);
    site.log_in_as("haru", &[]).await;
    sets_up_an_app(&mut site).await;
    site.post("/second/app/remove", &[]).await.is(303);
    gives_password(&mut site, "haru@example.jp").await;
    site.get("/account").await.is(200);
}

#[tokio::test]
async fn an_administrator_helps_who_has_lost_everything_but_not_themselves() {
    let mut site = Site::with_operator().await;
    let haru = site.log_in_as("haru", &[]).await;
    sets_up_an_app(&mut site).await;
    let own = site.log_in_as("yuki", &[Role::Administrator]).await;
    site.post(&format!("/op/people/{own}/second/clear"), &[]).await.is(404);
    site.post(&format!("/op/people/{haru}/second/clear"), &[]).await.is(303);
    gives_password(&mut site, "haru@example.jp").await;
    site.get("/account").await.is(200);
    // Not for an operator who is not the administrator.
    site.log_in_as("midori", &[Role::Operator { desk: "d".to_owned() }]).await;
    site.post(&format!("/op/people/{haru}/second/clear"), &[]).await.is(404);
}

#[tokio::test]
async fn a_proof_is_changed_only_soon_after_the_password_was_given() {
    let mut site = Site::with_operator().await;
    site.log_in_as("haru", &[]).await;
    site.pass(SignedDuration::from_mins(11));
    for page in ["/second/app", "/second/codes", "/second/app/remove"] {
        let asked = site.post(page, &[]).await;
        assert!(asked.is(303).header("location").starts_with("/confirm"), "{page}");
    }
    site.post_json("/second/passkeys/start", "{}").await.is(409).shows("ログインし直して");
}

#[tokio::test]
async fn nothing_is_demanded_at_an_invented_desk() {
    let mut site = Site::new().await;
    site.create_operator(true).await;
    gives_password(&mut site, LOGIN).await;
    site.get("/op").await.is(200);
}

#[tokio::test]
async fn passkeys_are_offered_only_where_browsers_make_them() {
    let mut site = Site::with_operator().await;
    site.get("/login").await.shows("data-passkey=\"log-in\"");
    let begun = site.post_json("/passkey/start", "{}").await;
    begun.is(200).shows("\"rpId\":\"localhost\"").hides("conditional");
    let answer = r#"{"ceremony":"00","answer":{}}"#;
    site.post_json("/passkey", answer).await.is(409).shows("もう一度はじめから");
    let mut web = site.web.clone();
    web.origin = "http://192.0.2.7:8080".into();
    site.replace_router(crate::web::router(web));
    site.get("/login").await.hides("data-passkey");
    site.post_json("/passkey/start", "{}").await.is(409).shows("認証アプリ");
}

struct App {
    secret: String,
    codes: Vec<String>,
}

impl App {
    fn code(&self, site: &Site) -> String {
        shown_by_app(&self.secret, site.web.clock.now_ms())
    }
}

async fn gives_password(site: &mut Site, login: &str) {
    site.another_browser();
    site.post("/login", &[("login", login), ("password", PASSWORD)]).await.is(303);
}

async fn sets_up_an_app(site: &mut Site) -> App {
    assert_eq!(site.post("/second/app", &[]).await.is(303).header("location"), "/second/app");
    let secret = told(&site.get("/second/app").await).remove(0);
    site.post("/second/app/confirm", &[("code", "12345")]).await.is(422).shows("href=\"#code\"");
    let app = App { secret, codes: Vec::new() };
    let code = app.code(site);
    let codes = told(site.post("/second/app/confirm", &[("code", &code)]).await.is(200));
    App { codes, ..app }
}

fn told(page: &Answer) -> Vec<String> {
    CODE.captures_iter(&page.body).map(|found| found[1].to_owned()).collect()
}
