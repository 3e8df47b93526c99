use jiff::SignedDuration;

use super::Site;
use super::house::{LOGIN, PASSWORD};
use crate::accounts;

#[tokio::test]
async fn an_operator_logs_in_comes_back_to_the_page_and_logs_out() {
    let mut site = Site::with_operator().await;
    let sent_away = site.get("/op").await;
    sent_away.is(303);
    assert_eq!(sent_away.header("location"), "/login?next=%2Fop");
    site.get("/login?next=%2Fop").await.is(200).shows("name=\"next\" value=\"/op\"");
    let fields = [("login", " TANAKA "), ("password", PASSWORD), ("next", "/op")];
    let entered = site.post("/login", &fields).await;
    assert_eq!((entered.is(303).header("location")), "/op");
    let cookie = entered.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"));
    site.has_proved().await;
    site.get("/op").await.is(200).shows("備中の人事部");
    let session = site.cookie("migiude_session").unwrap().to_owned();
    site.post("/logout", &[]).await.is(303);
    assert_eq!(site.cookie("migiude_session"), None);
    site.set_cookie("migiude_session", &session);
    site.get("/op").await.is(303);
}

#[tokio::test]
async fn a_log_in_never_leads_to_another_site() {
    let mut site = Site::with_operator().await;
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let fields = [("login", LOGIN), ("password", PASSWORD), ("next", next)];
        assert_eq!(site.post("/login", &fields).await.header("location"), "/start");
    }
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_get_the_same_answer() {
    let mut site = Site::with_operator().await;
    let wrong = site.post("/login", &[("login", LOGIN), ("password", "something else")]).await;
    let unknown = site.post("/login", &[("login", "suzuki"), ("password", "something else")]).await;
    wrong.is(422).shows("ログイン名かパスワードが違います");
    unknown.is(422);
    assert_eq!(wrong.body.replace(LOGIN, "suzuki"), unknown.body);
}

#[tokio::test]
async fn the_sixth_try_has_to_wait_for_known_and_unknown_names_alike() {
    let mut site = Site::with_operator().await;
    for name in [LOGIN, "suzuki"] {
        for _ in 0..5 {
            site.post("/login", &[("login", name), ("password", "wrong")]).await.is(422);
        }
        let refused = site.post("/login", &[("login", name), ("password", PASSWORD)]).await;
        refused.is(429).shows("しばらくお待ちください");
        assert_eq!(refused.header("retry-after"), "900");
    }
    site.pass(SignedDuration::from_mins(16));
    site.log_in().await;
}

#[tokio::test]
async fn a_right_password_forgives_the_wrong_ones_before() {
    let mut site = Site::with_operator().await;
    for _ in 0..3 {
        for _ in 0..4 {
            site.post("/login", &[("login", LOGIN), ("password", "wrong")]).await.is(422);
        }
        site.log_in().await;
    }
}

#[tokio::test]
async fn a_session_ends_after_half_an_hour_of_silence_and_after_a_day_of_work() {
    let mut site = Site::with_operator().await;
    site.log_in().await;
    for _ in 0..28 {
        site.pass(SignedDuration::from_mins(25));
        site.get("/op").await.is(200);
    }
    site.pass(SignedDuration::from_mins(25));
    site.get("/op").await.is(303);
    site.log_in().await;
    site.pass(SignedDuration::from_mins(31));
    site.get("/op").await.is(303);
}

#[tokio::test]
async fn the_set_up_code_makes_one_operator_and_no_second() {
    let mut site = Site::new().await;
    let (db, clock, chance) = (site.web.db.clone(), site.web.clock.clone(), site.web.chance.clone());
    let old = accounts::setup_code(&db, &*clock, &*chance).await.unwrap().unwrap();
    let code = accounts::setup_code(&db, &*clock, &*chance).await.unwrap().unwrap();
    let fields = |code: &str, password: &str| {
        [
            ("code", code.to_owned()),
            ("desk", "備中の人事部".to_owned()),
            ("prefecture", "岡山県".to_owned()),
            ("about", String::new()),
            ("login", "tanaka".to_owned()),
            ("password", password.to_owned()),
        ]
    };
    let send = async |site: &mut Site, fields: [(&str, String); 6]| {
        site.post("/setup", &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await
    };
    send(&mut site, fields(&old, PASSWORD)).await.is(422).shows("設定コードが違うか");
    let short = send(&mut site, fields(&code, "short")).await;
    short.is(422).shows("15文字以上").shows(&code).hides("value=\"short\"");
    let typed = code.to_lowercase().replace('-', " ");
    let done = send(&mut site, fields(&typed, PASSWORD)).await;
    assert_eq!(done.is(303).header("location"), "/op");
    assert!(site.get("/op").await.is(303).header("location").starts_with("/second"));
    site.has_proved().await;
    site.get("/op").await.is(200).shows("備中の人事部");
    send(&mut site, fields(&code, PASSWORD)).await.is(422);
    assert_eq!(accounts::setup_code(&db, &*clock, &*chance).await.unwrap(), None);
}

#[tokio::test]
async fn behind_tls_the_cookie_is_bound_to_the_host() {
    let mut site = Site::with_operator().await;
    site.web.https = true;
    let router = crate::web::router(site.web.clone());
    site.replace_router(router);
    let entered = site.post("/login", &[("login", LOGIN), ("password", PASSWORD)]).await;
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("__Host-migiude_session=") && cookie.ends_with("; Secure"), "{cookie}");
    site.has_proved().await;
    site.get("/op").await.is(200);
}
