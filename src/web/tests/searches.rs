//! Questions that visitors and people keep, and feeds of them.

use super::Site;
use super::house::{candidate, firm, opening};
use crate::domain::{Changes, Firm, Letter, OpenName};
use crate::search::alerts;
use crate::store::letters;

const HANA: &str = "hana@example.jp";

/// A brewery and an inn that may be named, and a shop that may not.
async fn town() -> (Site, [Firm; 3]) {
    let mut site = Site::with_operator().await;
    let firms = [
        firm(1, "白壁酒造株式会社", "岡山県", OpenName::Agreed),
        firm(2, "海辺の宿", "広島県", OpenName::Agreed),
        firm(3, "紺屋町商店", "岡山県", OpenName::Refused),
    ];
    let openings = vec![opening(11, &firms[0], "酒蔵の番頭"), opening(13, &firms[2], "店の番頭")];
    site.write(&Changes { firms: firms.to_vec(), openings, ..Changes::default() }).await;
    site.another_browser();
    (site, firms)
}

impl Site {
    async fn publish(&self, number: u128, firm: &Firm, title: &str) {
        let openings = vec![opening(number, firm, title)];
        self.write(&Changes { openings, ..Changes::default() }).await;
        alerts::look(&self.web.search, self.web.tools()).await.unwrap();
    }

    async fn alerts_to(&self, address: &str) -> Vec<Vec<String>> {
        let told = self.letters_to(address).await.into_iter().filter_map(|letter| match letter {
            Letter::Alert { told, .. } => Some(told.into_iter().map(|one| one.title).collect()),
            _ => None,
        });
        told.collect()
    }
}

#[tokio::test]
async fn a_visitor_confirms_by_mail_is_told_and_stops_without_a_log_in() {
    let (mut site, [brewery, inn, _]) = town().await;
    let page = site.get("/openings?q=%E7%95%AA%E9%A0%AD&pref=%E5%B2%A1%E5%B1%B1%E7%9C%8C").await;
    page.is(200).shows("この条件の新着をメールで受け取る").shows("name=\"mail\"").shows("value=\"岡山県\"");
    let asked = [("q", "番頭"), ("pref", "岡山県"), ("often", "at_once"), ("mail", HANA)];
    site.post("/searches", &asked).await.is(200).shows("確認のメールをお送りしました");
    let link = site.mailed_link(HANA).await;
    site.get(&link).await.is(200).shows("「番頭」・都道府県: 岡山県").shows("お知らせを始める");
    site.publish(21, &brewery, "確認の前に出た番頭").await;
    assert!(site.alerts_to(HANA).await.is_empty(), "looking at the page begins nothing");
    site.post(&link, &[]).await.is(200).shows("お知らせを始めました");
    site.get(&link).await.is(410);

    site.publish(22, &inn, "宿の番頭").await;
    site.publish(23, &brewery, "蔵の新しい番頭").await;
    site.publish(23, &brewery, "蔵の新しい番頭（追記）").await;
    assert_eq!(site.alerts_to(HANA).await, [["蔵の新しい番頭"]]);

    let letter = letters::list(&site.web.db, "", 1, 0).await.unwrap().remove(0).id;
    let stop = format!("/stop/{letter}");
    site.get(&stop).await.is(200).shows("お知らせを止める").shows("「番頭」").hides(HANA);
    site.publish(24, &brewery, "まだ続いている番頭").await;
    assert_eq!(site.alerts_to(HANA).await.len(), 2, "opening the page stops nothing");
    // As a mail program does it.
    let request =
        axum::http::Request::post(&stop).header("content-type", "application/x-www-form-urlencoded");
    site.send(request, "List-Unsubscribe=One-Click").await.is(200).shows("止まっています");
    site.publish(25, &brewery, "止めたあとの番頭").await;
    assert_eq!(site.alerts_to(HANA).await.len(), 2);
    let again = format!("/alerts/{letter}");
    site.get(&again).await.is(200).shows("もう一度始める");
    site.post(&again, &[]).await.is(200).shows("これからもお知らせします");
    site.publish(26, &brewery, "また始めた番頭").await;
    assert_eq!(site.alerts_to(HANA).await.len(), 3);
    site.get("/alerts/nothing").await.is(404);
    site.post("/alerts/nothing", &[]).await.is(404);
}

#[tokio::test]
async fn the_answer_does_not_say_whether_an_address_is_known_and_letters_are_counted() {
    let (mut site, _) = town().await;
    let known = candidate(31, "田中 春");
    site.write(&Changes { candidates: vec![known.clone()], ..Changes::default() }).await;
    site.as_candidate("haru", &known).await;
    site.another_browser();
    let ask = |mail: &'static str| [("q", "番頭"), ("often", "daily"), ("mail", mail)];
    let one = site.post("/searches", &ask("haru@example.jp")).await;
    let other = site.post("/searches", &ask(HANA)).await;
    assert_eq!(one.body.replace("haru@", "hana@"), other.body);
    for _ in 0..4 {
        site.post("/searches", &ask(HANA)).await.is(200);
    }
    site.post("/searches", &ask(HANA)).await.is(429);
    site.post("/searches", &ask("no address")).await.is(422).shows("value=\"no address\"").shows("番頭");
    site.post("/searches", &[("q", "番頭"), ("mail", HANA)]).await.is(422).shows("いつ受け取るかを選んで");
    let bad = [("pref", "どこか県"), ("often", "daily"), ("mail", "new@example.jp")];
    site.post("/searches", &bad).await.is(422).shows("どこか県");
    assert!(site.letters_to("new@example.jp").await.is_empty());
}

#[tokio::test]
async fn somebody_with_an_account_keeps_changes_stops_and_deletes_questions() {
    let (mut site, [brewery, ..]) = town().await;
    let haru = candidate(31, "田中 春");
    site.write(&Changes { candidates: vec![haru.clone()], ..Changes::default() }).await;
    site.as_candidate("haru", &haru).await;
    site.get("/account").await.is(200).shows("/account/searches");
    site.get("/account/searches").await.is(200).shows("まだ何も保存していません");
    site.get("/openings?q=%E7%95%AA%E9%A0%AD")
        .await
        .is(200)
        .hides("name=\"mail\"")
        .shows("この条件を保存する");
    let kept = site.post("/searches", &[("q", "番頭"), ("often", "at_once")]).await;
    let at = kept.is(303).header("location").to_owned();
    let act = format!("/account/searches/{}", at.split_once("#search-").unwrap().1);
    site.publish(21, &brewery, "新しい番頭").await;
    assert_eq!(site.alerts_to("haru@example.jp").await.len(), 1);
    site.get("/account/searches").await.shows("「番頭」").shows("1件お知らせしました").shows("2026年12月1日");

    site.post(&act, &[("do", "change"), ("name", "蔵の仕事"), ("often", "weekly")]).await.is(303);
    site.get("/account/searches").await.shows("蔵の仕事").shows("value=\"weekly\" selected");
    let long = "長".repeat(61);
    let change = [("do", "change"), ("name", long.as_str()), ("often", "weekly")];
    site.post(&act, &change).await.is(422).shows("60文字以内");
    site.post(&act, &[("do", "stop")]).await.is(303);
    site.get("/account/searches").await.shows("止めています").shows("もう一度始める");
    site.post(&act, &[("do", "start")]).await.is(303);
    site.get("/account/searches").await.hides("止めています");
    let data = site.get("/me/data/migiude.json").await;
    data.is(200).shows("蔵の仕事").shows("\"words\": \"番頭\"").shows("新しい番頭");
    site.get("/me/data/migiude.csv").await.is(200).shows("保存した検索").shows("お知らせした募集");
    site.post(&act, &[("do", "delete")]).await.is(303);
    site.get("/account/searches").await.hides("蔵の仕事");
    site.post(&act, &[("do", "stop")]).await.is(404);
}

#[tokio::test]
async fn a_person_keeps_fifty_questions_and_is_told_what_to_do_about_one_more() {
    let (mut site, _) = town().await;
    let haru = candidate(31, "田中 春");
    site.write(&Changes { candidates: vec![haru.clone()], ..Changes::default() }).await;
    site.as_candidate("haru", &haru).await;
    for number in 0..50 {
        site.post("/searches", &[("q", &*format!("番頭{number}")), ("often", "daily")]).await.is(303);
    }
    site.post("/searches", &[("q", "番頭0"), ("often", "weekly")]).await.is(303);
    site.post("/searches", &[("q", "もう一つ"), ("often", "daily")]).await.is(422).shows("50件まで");
}

#[tokio::test]
async fn whoever_leaves_is_told_nothing_more() {
    let (mut site, [brewery, ..]) = town().await;
    let haru = candidate(31, "田中 春");
    site.write(&Changes { candidates: vec![haru.clone()], ..Changes::default() }).await;
    site.as_candidate("haru", &haru).await;
    site.post("/searches", &[("q", "番頭"), ("often", "at_once")]).await.is(303);
    site.post("/me/data/delete", &[]).await;
    site.another_browser();
    site.publish(21, &brewery, "新しい番頭").await;
    assert!(site.alerts_to("haru@example.jp").await.is_empty());
}

#[tokio::test]
async fn a_feed_answers_the_question_of_its_page_and_refuses_what_the_page_refuses() {
    let (mut site, [brewery, inn, _]) = town().await;
    site.publish(21, &inn, "宿の番頭").await;
    site.pass(jiff::SignedDuration::from_secs(1));
    site.publish(22, &brewery, "蔵の若い番頭").await;
    let query = "q=%E7%95%AA%E9%A0%AD&pref=%E5%B2%A1%E5%B1%B1%E7%9C%8C";
    site.get(&format!("/openings?{query}&sort=new"))
        .await
        .shows("type=\"application/atom+xml\"")
        .shows("href=\"/openings.atom?q=%E7%95%AA%E9%A0%AD&#38;pref=%E5%B2%A1%E5%B1%B1%E7%9C%8C\"");
    let feed = site.get(&format!("/openings.atom?{query}")).await;
    feed.is(200).shows("酒蔵の番頭").shows("蔵の若い番頭").hides("宿の番頭").hides("店の番頭");
    let at = |title: &str| feed.body.find(title).unwrap();
    assert!(at("蔵の若い番頭") < at("酒蔵の番頭"), "newest first");
    feed.shows("rel=\"self\" type=\"application/atom+xml\" href=\"http://localhost:8080/openings.atom?q=");
    site.get("/openings.atom").await.is(200).shows("宿の番頭").hides("店の番頭");
    for bad in ["/openings.atom?pref=%E3%81%A9%E3%81%93%E3%81%8B", "/openings.atom?nonsense=1"] {
        site.get(bad).await.is(400);
    }
}
