//! Before, at and after the deadline, by the database's clock; and reminders on the way there.

use super::{HOUR, LIST, Town, certify, rank, send, send_by_script, value_of};
use crate::board::rankings;
use crate::domain::Owner;
use crate::store::rankings as rows;

#[tokio::test]
async fn before_the_opening_nothing_is_taken_and_the_page_says_when() {
    let mut town = Town::new().await;
    town.window(HOUR, 2 * HOUR, false).await;
    let ids = town.ids(&[0]);
    let site = town.as_hanako().await;
    site.get(LIST).await.is(200).shows("まで受け付けます").hides("この順番で保存する");
    site.get("/me/ranking").await.is(200).shows("まだ始まっていません").hides("rankings-");
    let refused = site.post(LIST, &[("version", "0"), ("order", &ids[0])]).await;
    refused.is(409).shows("まだ受け付けていません").shows("受付の開始は");
}

#[tokio::test]
async fn after_the_deadline_nothing_changes_and_the_refusal_says_what_was_recorded() {
    for certified in [true, false] {
        let mut town = Town::open(false).await;
        let ids = town.ids(&[0, 1]);
        town.as_hanako().await;
        rank(&mut town.site, LIST, &ids).await;
        if certified {
            certify(&mut town.site, LIST).await.is(303);
        }
        let before = town.stored().await;
        town.window(-2 * HOUR, -1, false).await;
        let recorded = if certified {
            "確定した順番が反映されます"
        } else {
            "確定した順番はありません"
        };
        let order = format!("{} {}", ids[1], ids[0]);
        let refused = town.site.post(LIST, &[("version", "2"), ("order", &order)]).await;
        refused.is(409).shows("に締め切りました").shows(recorded);
        assert_eq!(refused.body.contains("確定した時刻は"), certified);
        send_by_script(&mut town.site, LIST, "2", &order).await.is(409).shows(recorded);
        town.site.post(&format!("{LIST}/check"), &[("version", "2")]).await.is(409).shows(recorded);
        town.site.post(&format!("{LIST}/history"), &[("version", "2"), ("restore", "1")]).await.is(409);
        let page = town.site.get(LIST).await;
        page.is(200).shows("酒蔵の番頭").hides("この順番で保存する").hides("確定へ進む");
        assert_eq!(town.stored().await, before);
    }
}

#[tokio::test]
async fn the_deadline_holds_to_the_millisecond() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 1]);
    town.as_hanako().await;
    rank(&mut town.site, LIST, &ids).await;
    let db = town.site.web.db.clone();
    let now = async || db.begin_reading().await.unwrap().now_ms().await.unwrap();
    let closes = town.window(-HOUR, 400, false).await;
    let (mut accepted, mut version) = (0, 2);
    loop {
        let before = now().await;
        let from = version.to_string();
        let done = town.site.post(&format!("{LIST}/check"), &[("version", &from)]).await;
        let after = now().await;
        if done.status.as_u16() == 409 {
            assert!(after > closes, "refused at {after}, before {closes}");
            break;
        }
        done.is(303);
        assert!(before <= closes, "taken at {before}, after {closes}");
        accepted += 1;
        // The next turn certifies another version.
        let page = town.site.get(LIST).await;
        let was = value_of(&page, "was");
        let mut turned: Vec<&str> = was.split(' ').collect();
        turned.reverse();
        let order = turned.join(" ");
        if town.site.post(LIST, &[("version", &from), ("order", &order)]).await.status.as_u16() != 303 {
            assert!(now().await > closes);
            break;
        }
        version += 1;
    }
    let mut tx = db.begin_reading().await.unwrap();
    let certificates = rows::certificates(&mut tx, 1, Owner::Candidate(town.hanako.id)).await.unwrap();
    assert!(accepted > 0 && certificates.len() == accepted, "{accepted} of {}", certificates.len());
    assert!(certificates.iter().all(|one| one.certified_at <= closes));
}

#[tokio::test]
async fn a_list_certified_exactly_at_the_deadline_counts() {
    use crate::board::rankings::Phase;
    let town = Town::open(false).await;
    let mut tx = town.site.web.db.begin_reading().await.unwrap();
    let window = rows::window(&mut tx, 1).await.unwrap().unwrap();
    assert_eq!(Phase::at(&window, window.closes_at), Phase::Open);
    assert_eq!(Phase::at(&window, window.closes_at + 1), Phase::Closed);
    assert_eq!(Phase::at(&window, window.opens_at), Phase::Open);
    assert_eq!(Phase::at(&window, window.opens_at - 1), Phase::Early);
}

#[tokio::test]
async fn who_has_not_certified_is_reminded_once_at_each_step_and_nobody_else() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0]);
    town.as_brewer().await;
    town.as_jiro().await;
    let site = town.as_hanako().await;
    rank(site, LIST, &ids).await;
    certify(site, LIST).await.is(303);
    let reminders = async |town: &Town| {
        rankings::remind(town.site.web.tools()).await.unwrap();
        rankings::remind(town.site.web.tools()).await.unwrap();
        town.letters().await.iter().filter(|one| one.starts_with("round-closes")).cloned().collect::<Vec<_>>()
    };
    town.window(-HOUR, 200 * HOUR, false).await;
    assert!(reminders(&town).await.is_empty(), "more than a week is left");
    // Jiro owes a list, and so do both openings of the brewery.
    town.window(-HOUR, 160 * HOUR, false).await;
    let week = reminders(&town).await;
    assert_eq!(week.iter().filter(|one| one.contains("jiro")).count(), 1, "{week:?}");
    assert_eq!(week.iter().filter(|one| one.contains("brewer")).count(), 2, "{week:?}");
    assert!(!week.iter().any(|one| one.contains("hanako")));
    town.window(-HOUR, 30 * HOUR, false).await;
    town.window(-HOUR, 2 * HOUR, false).await;
    assert_eq!(
        reminders(&town).await.len(),
        2 * week.len(),
        "the steps that were slept through are not made up for"
    );
    send(town.again("hanako@example.jp").await, LIST, &[("step", &format!("off:{}", ids[0]))]).await.is(303);
    let all = reminders(&town).await;
    assert_eq!(all.iter().filter(|one| one.contains("hanako")).count(), 1, "{all:?}");
    town.window(-2 * HOUR, -1, false).await;
    assert_eq!(reminders(&town).await.len(), all.len(), "afterwards there is nothing to remind of");
}
