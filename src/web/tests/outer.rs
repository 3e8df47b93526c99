//! Partners and the secretariat: they begin somewhere, and see no more than they may.

use super::Site;
use super::house::{candidate, firm, opening};
use crate::domain::{Changes, OpenName, PartnerId, Role};
use crate::store::partners;

#[tokio::test]
async fn a_partner_who_logs_in_reads_that_nothing_is_recorded_yet() {
    let mut site = Site::with_operator().await;
    let partner: PartnerId = site.web.tools().id();
    site.log_in_as("hashi", &[Role::Partner(partner)]).await;
    assert_eq!(site.get("/start").await.is(303).header("location"), "/partner");
    site.get("/partner").await.is(200).shows("記録はありません").shows("href=\"/partner\"");
    site.get("/secretariat").await.is(404);
}

#[tokio::test]
async fn a_partner_sees_how_far_the_own_firms_are_and_nothing_else() {
    let mut site = Site::with_operator().await;
    let mut firms = [
        firm(1, "山田醸造", "岡山県", OpenName::Agreed),
        firm(2, "海辺の宿", "広島県", OpenName::Asking),
        firm(3, "別の会社", "岡山県", OpenName::Agreed),
    ];
    for (firm, by) in firms.iter_mut().zip(["高梁商工会", "高梁商工会", "高梁商工会議所"]) {
        firm.facts.referred_by = Some(by.to_owned());
    }
    let openings = vec![opening(11, &firms[0], "蔵の番頭")];
    site.write(&Changes { firms: firms.to_vec(), openings, ..Changes::default() }).await;
    let partner: PartnerId = site.web.tools().id();
    let mut tx = site.web.db.begin().await.unwrap();
    partners::add(&mut tx, partner, "高梁商工会", "support", site.web.clock.now_ms()).await.unwrap();
    tx.commit().await.unwrap();
    site.log_in_as("hashi", &[Role::Partner(partner)]).await;
    let page = site.get("/partner").await;
    page.is(200).shows("高梁商工会").shows("山田醸造").shows("募集を公開中（1件）");
    page.shows("海辺の宿").shows("準備中").hides("別の会社");
    page.hides("赤字").hides("決めたい").hides("金融機関には未公表");
}

#[tokio::test]
async fn the_secretariat_reads_counts_and_no_name_and_nothing_that_points_at_somebody() {
    let mut site = Site::with_operator().await;
    let many: Vec<_> = (1..=12).map(|n| firm(n, "山田醸造", "岡山県", OpenName::Agreed)).collect();
    let firms = many.into_iter().zip(0..).map(|(mut firm, n)| {
        firm.facts.employees = Some(if n < 3 { 4 } else { 17 });
        firm
    });
    let candidates = vec![candidate(21, "田中 春")];
    site.write(&Changes { firms: firms.collect(), candidates, ..Changes::default() }).await;
    site.log_in_as("jimu", &[Role::Secretariat]).await;
    assert_eq!(site.get("/start").await.is(303).header("location"), "/secretariat");
    let page = site.get("/secretariat").await;
    page.is(200).shows("<td>12</td>").hides("山田醸造").hides("田中");
    // Three small firms and nine others: told either, a reader would know both.
    page.hides("<td>3</td>").hides("<td>9</td>").hides("<td>1</td>").shows("伏せています");
    site.get("/partner").await.is(404);
}
