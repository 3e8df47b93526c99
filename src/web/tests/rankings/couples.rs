//! Two who want to move together.

use super::Town;
use crate::store::region;

const ASK: [(&str, &str); 3] =
    [("mail", " Jiro@example.jp "), ("condition", "same_town"), ("one_only", "both_decline")];

/// The form on the page that ends in this word.
fn form(page: &super::Answer, act: &str) -> String {
    let at = page.body.find(&format!("/{act}\"")).unwrap_or_else(|| panic!("{act}: {}", page.body));
    let start = page.body[..at].rfind('"').unwrap() + 1;
    format!("{}/{act}", &page.body[start..at])
}

async fn couples(town: &Town) -> usize {
    region::snapshot(&town.site.web.db).await.unwrap().couples.len()
}

#[tokio::test]
async fn one_asks_the_other_agrees_and_the_round_knows() {
    let mut town = Town::open(false).await;
    town.as_jiro().await;
    let site = town.as_hanako().await;
    site.get("/me/partner").await.is(200).shows("相手のメールアドレス").hides("rankings-");
    site.post("/me/partner", &ASK).await.is(303);
    site.post("/me/partner", &ASK).await.is(303);
    let asked = site.get("/me/partner").await;
    asked.shows("jiro@example.jpさんの返事を待っています").shows("同じ市区町村").hides("/agree");
    assert_eq!(couples(&town).await, 0);
    let site = town.again("jiro@example.jp").await;
    let page = site.get("/me/partner").await;
    page.is(200).shows("佐藤 花子さんから申し込みがあります").shows("二人とも辞退").hides("rankings-");
    let agree = form(&page, "agree");
    site.post(&agree, &[]).await.is(303);
    site.post(&agree, &[]).await.is(303);
    site.get("/me/partner").await.shows("一緒に移ることになっています");
    assert_eq!(couples(&town).await, 1);
    let told = town.letters().await;
    assert_eq!(told, ["couple-agreed hanako@example.jp", "couple-asked jiro@example.jp"]);
    let site = town.again("hanako@example.jp").await;
    let page = site.get("/me/partner").await;
    site.post(&form(&page, "end"), &[]).await.is(303);
    assert_eq!(couples(&town).await, 0);
}

#[tokio::test]
async fn nobody_answers_for_somebody_else_and_an_address_tells_nothing() {
    let mut town = Town::open(false).await;
    let site = town.as_hanako().await;
    let unknown = [("mail", "nobody@example.jp"), ("condition", "same_town"), ("one_only", "one_is_fine")];
    site.post("/me/partner", &unknown).await.is(303);
    let page = site.get("/me/partner").await;
    page.shows("nobody@example.jpさんの返事を待っています");
    let link = form(&page, "end");
    site.post(&link.replace("/end", "/agree"), &[]).await.is(404);
    let site = town.as_jiro().await;
    site.get("/me/partner").await.is(200).hides("花子");
    site.post(&link, &[]).await.is(404);
    site.post(&link.replace("/end", "/agree"), &[]).await.is(404);
    town.as_brewer().await.get("/me/partner").await.is(404);
    assert!(town.letters().await.is_empty());
}

#[tokio::test]
async fn what_is_missing_is_said_beside_its_field_and_what_was_typed_stays() {
    let mut town = Town::open(false).await;
    let site = town.as_hanako().await;
    let refused =
        site.post("/me/partner", &[("mail", "花子"), ("condition", "same_town"), ("one_only", "")]).await;
    refused.is(422).shows("相手のメールアドレスを書いてください").shows("value=\"花子\"");
    let own = [("mail", "hanako@example.jp"), ("condition", "same_town"), ("one_only", "one_is_fine")];
    site.post("/me/partner", &own).await.is(422).shows("ご自分のアドレスです");
    site.post("/me/partner", &ASK[..2]).await.is(422).shows("片方だけ決まったときにどうするか");
    site.post("/me/partner", &ASK).await.is(303);
    let second = [("mail", "saburo@example.jp"), ("condition", "same_town"), ("one_only", "one_is_fine")];
    site.post("/me/partner", &second).await.is(422).shows("申し込みできる相手は1人です");
}
