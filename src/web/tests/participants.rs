use super::{Answer, Site};
use crate::accounts::{Operator, links};
use crate::domain::Owner;

use super::house::candidate;

/// A link for a candidate of round 1.
pub async fn link(site: &Site) -> String {
    let owner = Owner::Candidate(candidate(21, "佐藤 花").id);
    let (db, clock, chance) = (&site.web.db, &*site.web.clock, &*site.web.chance);
    let issued = links::issue(&Operator::at_the_console(), db, 1, &[owner], clock, chance).await.unwrap();
    format!("/r/{}", issued[0].1)
}

fn is_used_up(answer: &Answer) {
    answer.is(410).shows("このリンクは一度開かれています").shows("新しいリンクがほしい");
}

#[tokio::test]
async fn a_link_opens_once_and_leads_to_an_address_without_a_secret() {
    let mut site = Site::new().await;
    let link = link(&site).await;
    let opened = site.post(&link, &[]).await;
    assert_eq!(opened.is(303).header("location"), "/result");
    assert!(opened.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
    assert!(!opened.header("set-cookie").contains(&link[3..]));
    is_used_up(&site.post(&link, &[]).await);
    is_used_up(&site.get(&link).await);
}

#[tokio::test]
async fn a_mail_scanner_that_looks_at_a_link_does_not_use_it_up() {
    let mut site = Site::new().await;
    let link = link(&site).await;
    for _ in 0..3 {
        site.get(&link).await.is(200).shows("結果を見る");
    }
    site.post(&link, &[]).await.is(303);
}

#[tokio::test]
async fn a_new_link_takes_the_unopened_old_one_back() {
    let mut site = Site::new().await;
    let old = link(&site).await;
    let new = link(&site).await;
    site.get(&old).await.is(404).shows("このリンクは使えません");
    site.post(&new, &[]).await.is(303);
}

#[tokio::test]
async fn an_old_or_invented_link_is_answered_with_how_to_get_a_new_one() {
    let mut site = Site::new().await;
    let link = link(&site).await;
    site.pass(jiff::SignedDuration::from_hours(24 * 15));
    for path in [link.as_str(), "/r/nonsense", &format!("/r/{}", "0".repeat(64))] {
        site.get(path).await.is(404).shows("新しいリンクがほしい");
        site.post(path, &[]).await.is(404);
    }
}

#[tokio::test]
async fn a_participant_is_no_operator() {
    let mut site = Site::with_operator().await;
    let link = link(&site).await;
    site.post(&link, &[]).await.is(303);
    let participant = site.cookie("migiude_participant").unwrap().to_owned();
    site.get("/op").await.is(303);
    site.set_cookie("migiude_session", &participant);
    site.get("/op").await.is(303);
}

#[tokio::test]
async fn nobody_sees_a_result_without_a_link() {
    let mut site = Site::with_operator().await;
    site.get("/result").await.is(403).shows("専用のリンク");
    site.log_in().await;
    site.get("/result").await.is(403);
}
