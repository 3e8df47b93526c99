//! Certifying a list, losing the certificate, and the receipts.

use jiff::SignedDuration;

use super::{LIST, PASSWORD, Site, Town, certify, rank, rows, send};
use crate::domain::{Role, Standing};

#[tokio::test]
async fn a_candidate_ranks_by_buttons_certifies_and_keeps_the_receipt() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[2, 0]);
    let site = town.as_hanako().await;
    let empty = site.get(LIST).await;
    empty.is(200).shows("だれにも順位をつけていません").shows("決して組み合わされません").shows("あと2日");
    empty
        .shows("本当に希望する順に並べるのが最も有利です")
        .shows("順位を聞くことは違反です")
        .hides("rankings-");
    let places: Vec<_> =
        ["酒蔵の番頭", "酒の販路", "工務店の後継ぎ"].map(|title| empty.body.find(title).unwrap()).to_vec();
    assert!(places.is_sorted(), "the pool stands in the order of the applications");
    rank(site, LIST, &ids).await;
    site.get(LIST).await.shows("保存しただけでは反映されません").shows("保存しました");
    let check = site.get(&format!("{LIST}/check")).await;
    check.is(200).shows("全2件").shows("1番目").shows("工務店の後継ぎ").shows("まだ順位をつけていない相手");
    let certified = certify(site, LIST).await;
    assert_eq!(certified.is(303).header("location"), format!("{LIST}/receipt"));
    let receipt = site.get(&format!("{LIST}/receipt")).await;
    receipt
        .is(200)
        .shows("確定を受け付けました")
        .shows("日本時間")
        .hides("工務店の後継ぎ")
        .hides("rankings-");
    site.get(LIST).await.shows("このまま反映されます");
    let english = site.get(&format!("{LIST}?lang=en")).await;
    english.is(200).shows("Your list is certified").hides("rankings-");
    assert_eq!(town.letters().await, ["list-certified hanako@example.jp"]);
}

#[tokio::test]
async fn a_change_ends_the_certificate_and_every_member_is_told() {
    let mut town = Town::open(false).await;
    let at = town.of_brewery();
    let (hanako, jiro) = (town.hanako.id.to_string(), town.jiro.id.to_string());
    let role = Role::Firm(town.brewery.id, Standing::Admin);
    town.enter("president@example.jp", role).await;
    let site = town.as_brewer().await;
    rank(site, &at, std::slice::from_ref(&hanako)).await;
    certify(site, &at).await.is(303);
    send(site, &at, &[("step", &format!("top:{jiro}"))]).await.is(303);
    site.get(&at).await.shows("確定が外れました。このままでは反映されません");
    let receipt = site.get(&format!("{at}/receipt")).await;
    receipt.shows("に確定が外れました").shows("このままでは反映されません");
    certify(site, &at).await.is(303);
    site.get(&at).await.shows("このまま反映されます");
    let told = town.letters().await;
    let count = |kind: &str| told.iter().filter(|one| one.starts_with(kind)).count();
    assert_eq!((count("list-certified"), count("list-uncertified")), (4, 2), "{told:?}");
}

#[tokio::test]
async fn who_withdrew_is_neither_shown_nor_certified() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 1]);
    town.as_hanako().await;
    rank(&mut town.site, LIST, &ids).await;
    let mut tx = town.site.web.db.begin().await.unwrap();
    rows::apply(&mut tx, town.hanako.id, town.openings[0].id, "declined", 1).await.unwrap();
    tx.commit().await.unwrap();
    town.site.get(&format!("{LIST}/check")).await.shows("全1件").hides("酒蔵の番頭");
    certify(&mut town.site, LIST).await.is(303);
    assert_eq!(town.stored().await, format!("[[\"{}\"]]", ids[1]));
    certify(&mut town.site, LIST).await.is(303);
    assert_eq!(town.letters().await.len(), 1, "done twice, it is done once");
}

#[tokio::test]
async fn an_empty_list_is_not_certified() {
    let mut town = Town::open(false).await;
    let site = town.as_hanako().await;
    site.get(&format!("{LIST}/check")).await.is(200).hides("この順番で確定する");
    certify(site, LIST).await.is(409).shows("確定するものがありません");
}

#[tokio::test]
async fn a_receipt_and_its_opening_are_checked_and_forgotten() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[2, 0]);
    let site = town.as_hanako().await;
    rank(site, LIST, &ids).await;
    certify(site, LIST).await.is(303);
    let page = site.get(&format!("{LIST}/receipt")).await;
    let link = |what: &str| {
        let at = page.body.find(&format!("{LIST}/{what}/")).unwrap();
        page.body[at..].split('"').next().unwrap().to_owned()
    };
    let receipt = site.get(&link("receipt")).await;
    receipt.is(200).hides(&ids[0]).hides("salt");
    let opening = site.get(&link("opening")).await;
    opening.is(200).shows(&format!("1 {}\n2 {}\n", ids[0], ids[1])).shows("だれにも渡さないでください");
    assert!(opening.header("content-disposition").starts_with("attachment"));
    assert_eq!(opening.header("cache-control"), "no-store");
    let site = town.site.another_browser();
    let check = async |site: &mut Site, receipt: &str, opening: &str| {
        site.post("/verify", &[("receipt", receipt), ("opening", opening)]).await
    };
    let good = check(site, &receipt.body, &opening.body).await;
    good.is(200).shows("ここで出したものです").shows("控えは、この受領証のものです").hides("rankings-");
    assert_eq!(good.header("cache-control"), "no-store");
    check(site, &receipt.body, "").await.is(200).shows("ここで出したものです").hides("控えは、この");
    let later = receipt.body.replace("ranks: 2", "ranks: 3");
    check(site, &later, &opening.body)
        .await
        .shows("記録と一致しません")
        .shows("この受領証のものではありません");
    let swapped = opening.body.replace("\n1 ", "\n3 ");
    check(site, &receipt.body, &swapped).await.shows("この受領証のものではありません");
    check(site, "こんにちは", "").await.is(422).shows("受領証として読めません").shows("こんにちは");
    check(site, &receipt.body, "x").await.is(422).shows("控えとして読めません");
}

#[tokio::test]
async fn who_was_not_asked_lately_proves_who_they_are_before_certifying_and_before_the_copy() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0]);
    let site = town.as_hanako().await;
    rank(site, LIST, &ids).await;
    site.pass(SignedDuration::from_mins(11));
    let check = format!("{LIST}/check");
    let asked = certify(site, LIST).await;
    assert_eq!(asked.is(303).header("location"), "/confirm?next=%2Fme%2Frounds%2F1%2Franking%2Fcheck");
    site.get(LIST).await.shows("まだ確定していません");
    let proved = site.post("/confirm", &[("next", &check), ("password", PASSWORD)]).await;
    assert_eq!(proved.is(303).header("location"), check);
    certify(site, LIST).await.is(303);
    let page = site.get(&format!("{LIST}/receipt")).await;
    let at = page.shows("確定を受け付けました").body.find("/opening/").unwrap();
    let number = page.body[at + "/opening/".len()..].split('"').next().unwrap().to_owned();
    site.get(&format!("{LIST}/opening/{number}")).await.is(200);
    site.pass(SignedDuration::from_mins(11));
    let asked = site.get(&format!("{LIST}/opening/{number}")).await;
    assert!(asked.is(303).header("location").starts_with("/confirm?next="), "the copy holds the list");
    site.get(&format!("{LIST}/receipt/{number}")).await.is(200);
}
