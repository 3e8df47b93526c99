//! What leaves the site about an opening: structured data for search engines, the feed, and what its address says once it
//! has ended.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Site;
use super::house::{Answer, firm, opening};
use super::postings::{president, published};
use crate::board::postings::publish_due;
use crate::domain::{Changes, Contract, OpenName, Opening, Pay, PayUnit, Range};

/// The structured data of a page; none where there is none.
fn data(page: &Answer) -> Option<Value> {
    let (_, rest) = page.body.split_once("<script type=\"application/ld+json\">")?;
    let (text, _) = rest.split_once("</script>").expect("the element ends");
    Some(serde_json::from_str(text).expect("JSON"))
}

/// The data of an opening of a brewery in 高梁市, changed as the test wishes.
async fn data_of(change: impl Fn(&mut Opening)) -> Option<Value> {
    let mut site = Site::new().await;
    let mut brewery = firm(1, "白壁酒造株式会社", "岡山県", OpenName::Agreed);
    brewery.facts.municipality = Some("高梁市".to_owned());
    let mut one = opening(11, &brewery, "【週1日】酒蔵の番頭");
    change(&mut one);
    let path = format!("/openings/{}", one.id);
    site.write(&Changes { firms: vec![brewery], openings: vec![one], ..Changes::default() }).await;
    let page = site.get(&path).await;
    page.is(200);
    data(&page)
}

#[tokio::test]
async fn search_engines_read_what_the_page_says() {
    let read = data_of(|one| one.facts.deadline = Some(jiff::civil::date(2027, 1, 31))).await.unwrap();
    assert_eq!(read["@type"], "JobPosting");
    assert_eq!(read["title"], "番頭", "the role alone");
    assert_eq!(read["datePosted"], "2026-11-01");
    assert_eq!(read["validThrough"], "2027-01-31T23:59:59+09:00");
    assert_eq!(read["employmentType"], "CONTRACTOR");
    assert_eq!(read["hiringOrganization"]["name"], "白壁酒造株式会社");
    assert_eq!(read["identifier"]["value"], "J-0011");
    let salary = json!({ "@type": "QuantitativeValue", "value": 150_000, "unitText": "MONTH" });
    assert_eq!(read["baseSalary"], json!({ "@type": "MonetaryAmount", "currency": "JPY", "value": salary }));
    let address = &read["jobLocation"]["address"];
    assert_eq!(
        (&address["addressRegion"], &address["addressLocality"]),
        (&json!("岡山県"), &json!("高梁市"))
    );
    assert!(read.get("jobLocationType").is_none(), "half from home is not from home");
    let text = read["description"].as_str().unwrap();
    assert!(
        text.contains("蔵の番頭として、酒の販路をひらきます。") && text.contains("月額 150,000円"),
        "{text}"
    );
    for hidden in ["担当だけの備考", "山田 一郎", "金融機関"] {
        assert!(!read.to_string().contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn only_what_is_done_from_home_alone_is_told_as_such() {
    let read = data_of(|one| one.facts.remote = Some(Range::exactly(100))).await.unwrap();
    assert_eq!(read["jobLocationType"], "TELECOMMUTE");
    assert_eq!(read["applicantLocationRequirements"]["name"], "JP");
    assert!(read.get("jobLocation").is_none());
}

#[tokio::test]
async fn work_elsewhere_is_not_placed_in_the_firms_town() {
    let read = data_of(|one| one.facts.place = Some("広島県尾道市の支店".to_owned())).await.unwrap();
    let address = &read["jobLocation"]["address"];
    assert_eq!(address["addressRegion"], "広島県");
    assert!(address.get("addressLocality").is_none());
}

#[tokio::test]
async fn employment_is_told_by_its_extent_and_pay_by_result_without_an_amount() {
    let read = data_of(|one| {
        one.facts.contract = Contract::FixedTerm;
        one.facts.pay = Some(Pay { unit: PayUnit::Success, amount: None });
    });
    let read = read.await.unwrap();
    assert_eq!(read["employmentType"], json!(["TEMPORARY", "PART_TIME"]));
    assert!(read.get("baseSalary").is_none());
}

#[tokio::test]
async fn no_text_of_a_firm_ends_the_element_it_stands_in() {
    let read = data_of(|one| one.facts.work = "</script><script>alert(1)</script> & <b>".to_owned()).await;
    let text = read.unwrap()["description"].as_str().unwrap().to_owned();
    assert!(text.contains("&lt;/script&gt;&lt;script&gt;alert(1)"), "{text}");
}

#[tokio::test]
async fn after_the_last_day_nothing_is_told_to_search_engines() {
    let read = data_of(|one| one.facts.deadline = Some(jiff::civil::date(2026, 11, 30))).await;
    assert_eq!(read, None);
}

#[tokio::test]
async fn the_feed_holds_what_everybody_may_see_newest_first() {
    let mut site = Site::new().await;
    let brewery = firm(1, "白壁酒造株式会社", "岡山県", OpenName::Agreed);
    let shop = firm(2, "紺屋町商店", "広島県", OpenName::Refused);
    let mut draft = opening(13, &brewery, "まだ下書きの募集");
    draft.blocks = vec!["W-MINWAGE".to_owned()];
    let openings = vec![opening(11, &brewery, "酒蔵の番頭"), opening(12, &shop, "店の右腕"), draft];
    let firms = vec![brewery.clone(), shop];
    site.write(&Changes { firms, openings, ..Changes::default() }).await;
    site.pass(SignedDuration::from_mins(1));
    let newer = opening(14, &brewery, "<b>蔵人</b> & \u{8}杜氏");
    site.write(&Changes { openings: vec![newer], ..Changes::default() }).await;
    let feed = site.get("/openings.atom").await;
    feed.is(200).hides("まだ下書き").hides("店の右腕").hides("\u{8}").hides("<b>");
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    feed.shows("<author><name>白壁酒造株式会社</name></author>").shows("2026-12-01T00:01:00");
    feed.shows("href=\"http://localhost:8080/openings/00000000-0000-0000-0000-00000000000b\"");
    let (newer, older) = (feed.body.find("蔵人"), feed.body.find("酒蔵の番頭"));
    assert!(newer.is_some() && newer < older, "{}", feed.body);
    site.get("/openings").await.shows("type=\"application/atom+xml\"");
}

#[tokio::test]
async fn the_feed_of_an_empty_town_is_a_feed() {
    let mut site = Site::new().await;
    site.get("/openings.atom")
        .await
        .is(200)
        .shows("<updated>1970-01-01T00:00:00Z</updated>")
        .hides("<entry>");
}

#[tokio::test]
async fn what_is_taken_down_is_gone_from_page_data_and_feed_at_once_and_leaves_no_trace() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let (at, public) = published(&mut site, &brewery).await;
    let page = site.get(&public).await;
    page.is(200).shows("2027年1月30日（土）まで掲載します。");
    let read = data(&page).expect("data for search engines");
    assert_eq!((&read["datePosted"], &read["employmentType"]), (&json!("2026-12-01"), &json!("FULL_TIME")));
    assert!(read["validThrough"].as_str().unwrap().starts_with("2027-01-30T09:00:"));
    site.get("/openings.atom").await.shows("味噌蔵");
    site.post(&format!("{at}/unpublish"), &[]).await.is(303);
    let gone = site.get(&public).await;
    gone.is(404).hides("味噌蔵").hides("山田醸造");
    assert_eq!(data(&gone), None);
    site.get("/openings.atom").await.hides("味噌蔵");
}

#[tokio::test]
async fn what_has_ended_says_so_and_leads_to_similar_ones() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let (at, public) = published(&mut site, &brewery).await;
    let neighbour = firm(2, "海辺の宿", "岡山県", OpenName::Agreed);
    let hidden = firm(3, "名のらない店", "岡山県", OpenName::Refused);
    let openings = vec![opening(21, &neighbour, "宿の番頭"), opening(22, &hidden, "店の番頭")];
    site.write(&Changes { firms: vec![neighbour, hidden], openings, ..Changes::default() }).await;
    site.post(&format!("{at}/close"), &[]).await.is(303);
    let page = site.another_browser().get(&public).await;
    page.is(410).shows("いまは受け付けていません").shows("味噌蔵").shows("宿の番頭").hides("店の番頭</a>");
    page.hides("冬の朝は早く").hides("応募する");
    assert_eq!(data(&page), None);
    site.get(&format!("{public}?lang=en")).await.is(410).shows("Similar openings").hides("web-");
    site.get("/openings.atom").await.hides("味噌蔵");
}

#[tokio::test]
async fn nobody_reads_of_an_ended_opening_whose_firm_took_its_name_back() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let (at, public) = published(&mut site, &brewery).await;
    site.post(&format!("{at}/close"), &[]).await.is(303);
    site.get(&public).await.is(410);
    let open = format!("/firm/{}/openness", brewery.id);
    let version = super::postings::version(&site.get(&open).await);
    site.post(&open, &[("version", &*version), ("staff", "told")]).await.is(303);
    site.get(&public).await.is(404).hides("味噌蔵").hides("山田醸造");
}

#[tokio::test]
async fn what_nobody_confirmed_for_two_months_has_ended() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let (_, public) = published(&mut site, &brewery).await;
    site.pass(SignedDuration::from_hours(24 * 61));
    publish_due(site.web.tools()).await.unwrap();
    site.get(&public).await.is(410).shows("掲載の期間が過ぎました");
}

#[tokio::test]
async fn a_reader_meets_the_story_first_and_each_condition_once() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let (_, public) = published(&mut site, &brewery).await;
    let page = site.get(&public).await;
    page.shows("<h2>正直に伝えておきたいこと</h2>");
    let main = page.body.split("<article>").nth(1).expect("the opening");
    let (story, mission) = (main.find("祖父の代からの蔵です。"), main.find("三か月で取引先を五社つくる"));
    assert!(story.is_some() && story < mission, "{main}");
    for once in ["屋内禁煙", "9:00〜18:00（休憩60分）", "健康・厚生年金・雇用・労災"] {
        assert_eq!(main.matches(once).count(), 1, "{once}");
    }
}
