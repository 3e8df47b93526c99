//! Forms that come in after the session has ended: nothing is sent, nothing is lost, and nobody else gets them.

use jiff::SignedDuration;

use super::Site;
use super::house::{PASSWORD, candidate};
use crate::domain::Changes;

const WORDS: &str = "祖父の蔵で過ごした夏が、\nはじまりでした。";

async fn writes_for_too_long(site: &mut Site) -> String {
    let haru = candidate(1, "田中 春");
    site.write(&Changes { candidates: vec![haru.clone()], ..Changes::default() }).await;
    site.as_candidate("haru", &haru).await;
    site.get("/me/profile").await.is(200);
    site.pass(SignedDuration::from_hours(25));
    let sent = site.post("/me/profile", &[("version", "0"), ("name", "田中 春"), ("motive", WORDS)]).await;
    let way = sent.is(303).header("location").to_owned();
    assert!(way.starts_with("/login?next=%2Flate"), "{way}");
    way
}

/// The address that a query names as `next`.
fn next(way: &str) -> String {
    let query = way.split_once('?').unwrap().1;
    url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next").unwrap().1.into_owned()
}

#[tokio::test]
async fn what_was_written_too_long_comes_back_after_the_log_in() {
    let mut site = Site::with_operator().await;
    let way = writes_for_too_long(&mut site).await;
    let login = [("login", "haru@example.jp"), ("password", PASSWORD), ("next", &*next(&way))];
    let back = site.post("/login", &login).await.is(303).header("location").to_owned();
    let kept = site.get(&back).await;
    kept.is(200)
        .shows("祖父の蔵で過ごした夏が")
        .shows("action=\"/me/profile\"")
        .shows("まだ何も送られていません");
    site.get("/me/profile").await.hides("はじまりでした");
    // Sent again, it is saved as if it had come in time.
    let again = [("version", "0"), ("name", "田中 春"), ("motive", WORDS)];
    site.post("/me/profile", &again).await.is(303);
    site.get("/me/profile").await.shows("はじまりでした");
    let thrown = site.post("/late", &[("to", "/me/profile"), ("back", "/me")]).await;
    assert_eq!(thrown.is(303).header("location"), "/me");
    assert_eq!(site.get(&back).await.is(303).header("location"), "/me");
}

#[tokio::test]
async fn what_was_kept_is_its_writers_alone_and_for_a_day() {
    let mut site = Site::with_operator().await;
    let way = writes_for_too_long(&mut site).await;
    let late = next(&way);
    site.log_in_as("ken", &[]).await;
    site.get(&late).await.is(303).hides("祖父");
    site.another_browser().come_in("haru").await;
    site.get(&late).await.is(200);
    site.pass(SignedDuration::from_hours(25));
    site.another_browser().come_in("haru").await;
    site.get(&late).await.is(303);
}

#[tokio::test]
async fn a_password_is_never_kept_and_a_stranger_keeps_nothing() {
    let mut site = Site::with_operator().await;
    site.log_in_as("haru", &[]).await;
    site.pass(SignedDuration::from_hours(25));
    let secret = [("present-password", PASSWORD), ("new", "a very quiet sentence")];
    let sent = site.post("/account/password", &secret).await;
    assert!(!sent.is(303).header("location").contains("late"));
    site.another_browser();
    let sent = site.post("/account/name", &[("name", "だれか"), ("lang", "ja")]).await;
    assert!(!sent.is(303).header("location").contains("late"));
    let mut script = axum::http::Request::post("/me/profile/draft").header("accept", "application/json");
    script = script.header("sec-fetch-site", "same-origin");
    let sent = site.send(script, "motive=x").await;
    assert!(!sent.is(303).header("location").contains("late"));
}
