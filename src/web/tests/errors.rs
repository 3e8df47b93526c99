use axum::http::{Request, header};

use super::Site;

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_its_reader() {
    let mut site = Site::new().await;
    for path in ["/", "/openings", "/login", "/op", "/result", "/nothing", "/r/abc"] {
        let answer = site.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(["same-origin", "strict-origin"].contains(&answer.header("referrer-policy")), "{path}");
        answer.hides("<script>").hides(" style=").hides("http://").hides("https://");
    }
}

#[tokio::test]
async fn pages_for_one_person_are_kept_nowhere() {
    let mut site = Site::with_operator().await;
    site.log_in().await;
    for path in ["/op", "/result", "/login", "/setup", "/r/abc"] {
        assert_eq!(site.get(path).await.header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(site.get("/").await.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn the_style_sheet_is_kept_for_ever_under_the_name_of_its_content() {
    let mut site = Site::new().await;
    let home = site.get("/").await;
    let address = home.body.split('"').find(|part| part.starts_with("/assets/site.")).unwrap().to_owned();
    let sheet = site.get(&address).await;
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert!(sheet.header("cache-control").contains("immutable"));
    sheet.is(200).shows("--color-primitive-blue-900").shows(".header");
    site.get("/assets/site.0000.css").await.is(404);
}

#[tokio::test]
async fn a_page_that_is_not_there_and_a_method_that_is_not_taken_look_like_the_house() {
    let mut site = Site::new().await;
    site.get("/nothing/here").await.is(404).shows("ページが見つかりません").shows("/openings");
    site.get("/nothing?lang=en").await.is(404).shows("There is no such page");
    let refused = site.post("/openings", &[]).await;
    refused.is(405).shows("This cannot be done");
    assert!(refused.header("allow").contains("GET"));
}

#[tokio::test]
async fn a_form_that_is_too_large_or_unreadable_is_answered_in_words() {
    let mut site = Site::new().await;
    let long = "あ".repeat(20_000);
    site.post("/login", &[("login", "a"), ("password", &long)]).await.is(413).shows("大きすぎます");
    site.post("/login", &[("login", "a")]).await.is(422).shows("読み取れません");
    let json = Request::post("/login")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json");
    site.send(json, "{}").await.is(415).shows("読み取れません");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let mut site = Site::with_operator().await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = Request::post("/login")
            .header(name, value)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        site.send(request, "login=a&password=b").await.is(403).shows("別のサイト");
    }
}

#[tokio::test]
async fn our_own_fault_is_told_with_a_number_and_without_its_cause() {
    let mut site = Site::new().await;
    site.web.db.close().await;
    let broken = site.get("/operators").await;
    broken.is(500).shows("こちらの不具合です").shows("この番号をお伝えください").hides("pool").hides("sqlx");
}
