//! From a president's first word to a public opening, and back.

use axum::http::StatusCode;
use jiff::SignedDuration;

use super::Site;
use super::house::{Answer, firm};
use crate::accounts::Tools;
use crate::board::postings::{expire_stale, publish_due};
use crate::domain::{Changes, Firm, Letter, OpenName, Standing};

/// A page of the form after the other, in employment; nothing is missing.
pub const PAGES: [(&str, &[(&str, &str)]); 5] = [
    (
        "basics",
        &[
            ("kind", "trial_succession"),
            ("title", "【週1日・リモート可】創業98年の味噌蔵、販路開拓の右腕を募集"),
            ("seats", "1"),
        ],
    ),
    ("story", &[("honest", "冬の朝は早く、蔵は冷えます。"), ("story", "祖父の代からの蔵です。")]),
    (
        "work",
        &[
            ("mission", "三か月で取引先を五社つくる"),
            ("job_content", "販路の開拓"),
            ("wanted", "営業の経験がある方"),
        ],
    ),
    (
        "terms",
        &[
            ("contract", "permanent"),
            ("days_min", "5"),
            ("pay_unit", "month"),
            ("pay_min", "300000"),
            ("wage", "月30万円"),
            ("workplace", "岡山県高梁市の本社"),
            ("workplace_range", "（雇入れ直後）本社（変更の範囲）変更なし"),
            ("job_content_range", "（雇入れ直後）販路の開拓（変更の範囲）変更なし"),
            ("contract_period", "期間の定めなし"),
            ("probation", "なし"),
            ("working_hours", "9:00〜18:00（休憩60分）"),
            ("breaks", "60分"),
            ("overtime", "なし"),
            ("holidays", "土日祝"),
            ("social_insurance", "健康・厚生年金・雇用・労災"),
            ("smoking_measures", "屋内禁煙"),
            ("dispatch_flag", "no"),
        ],
    ),
    (
        "contact",
        &[
            ("recruiter_name", "山田醸造"),
            ("recruiter_address", "岡山県高梁市本町1-2-3"),
            ("recruiter_contact", "0866-00-0000"),
            ("consultation_desk", "総務 山田花"),
        ],
    ),
];

pub const OPEN: [(&str, &str); 7] = [
    ("version", "0"),
    ("consent", "yes"),
    ("staff", "told"),
    ("bank", "told"),
    ("customers", "will"),
    ("family", "no-need"),
    ("announcement", "次の世代に向けて、経営を担う人を募集しています。"),
];

/// A firm whose president is logged in.
pub async fn president(site: &mut Site) -> Firm {
    let brewery = firm(1, "山田醸造", "岡山県", OpenName::Asking);
    site.write(&Changes { firms: vec![brewery.clone()], ..Changes::default() }).await;
    site.as_member("ichiro", &brewery, Standing::Admin).await;
    brewery
}

/// An opening with every page filled in, not handed in. Its address.
pub async fn written(site: &mut Site, firm: &Firm) -> String {
    let begun = site.post(&format!("/firm/{}/openings/new", firm.id), &[]).await;
    let first = begun.is(303).header("location").to_owned();
    let at = first.trim_end_matches("/edit/basics").to_owned();
    for (step, fields) in PAGES {
        let version = version(&site.get(&format!("{at}/edit/{step}")).await);
        let fields = [fields, &[("version", &*version)]].concat();
        site.post(&format!("{at}/edit/{step}"), &fields).await.is(303);
    }
    at
}

/// The version that a page begins from.
pub fn version(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"version\" value=\"").expect("a version");
    rest.split('"').next().unwrap().to_owned()
}

pub async fn handed_in(site: &mut Site, firm: &Firm) -> String {
    let at = written(site, firm).await;
    site.post(&format!("/firm/{}/openness", firm.id), &OPEN).await.is(303);
    let version = version(&site.get(&at).await);
    site.post(&at, &[("version", &version)]).await.is(303);
    at
}

/// Public, approved by the operator. The address for the firm, and for everybody.
pub async fn published(site: &mut Site, firm: &Firm) -> (String, String) {
    let at = handed_in(site, firm).await;
    let president = site.cookies();
    let id = at.rsplit('/').next().unwrap().to_owned();
    site.another_browser().log_in().await;
    site.post(&format!("/op/approvals/{id}"), &[("decision", "approve")]).await.is(303);
    site.with_cookies(&president);
    (at, format!("/openings/{id}"))
}

#[tokio::test]
async fn findings_stand_beside_their_field_with_law_and_a_text_to_take_over() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let page = site.get(&format!("{at}/edit/work")).await;
    let typed = [
        ("version", &*version(&page)),
        ("mission", "三か月で取引先を五社つくる"),
        ("job_content", "販路の開拓"),
        ("wanted", "営業の経験がある方\n35歳まで"),
    ];
    site.post(&format!("{at}/edit/work"), &typed).await.is(303);
    let page = site.get(&format!("{at}/edit/work")).await;
    page.is(200)
        .shows("35歳まで")
        .shows("労働施策総合推進法9条")
        .shows("この文に直す")
        .shows("href=\"#wanted\"");
    site.get(&at).await.is(200).shows("公開の前に直すところ（1）").hides("この内容で申請する");
    let version = version(&page);
    let taken = [&typed[1..], &[("version", &*version), ("take", "wanted:age-01")]].concat();
    let mended = site.post(&format!("{at}/edit/work"), &taken).await;
    mended.is(200).hides("35歳まで").shows("営業の経験がある方");
    site.get(&at).await.hides("公開の前に直すところ");
}

#[tokio::test]
async fn nothing_typed_is_lost_whatever_it_is() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let odd = version(&site.get(&format!("{at}/edit/basics")).await);
    let typed = [("version", &*odd), ("title", "<b>右腕</b>"), ("seats", "たくさん"), ("deadline", "来月")];
    site.post(&format!("{at}/edit/basics"), &typed).await.is(303);
    let page = site.get(&format!("{at}/edit/basics")).await;
    page.is(200)
        .shows("value=\"たくさん\"")
        .shows("value=\"来月\"")
        .shows("&#60;b&#62;右腕")
        .shows("読み取れません");
}

#[tokio::test]
async fn the_second_of_two_tabs_sees_both_versions_and_keeps_the_own_words() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let begun = version(&site.get(&format!("{at}/edit/story")).await);
    let first = [("version", &*begun), ("honest", "一つ目の画面の文")];
    site.post(&format!("{at}/edit/story"), &first).await.is(303);
    let second = [("version", &*begun), ("honest", "二つ目の画面の文")];
    let conflict = site.post(&format!("{at}/edit/story"), &second).await;
    conflict.is(409).shows("一つ目の画面の文").shows("二つ目の画面の文").shows("先に保存されています");
    let again = [("version", &*version(&conflict)), ("honest", "二つ目の画面の文")];
    site.post(&format!("{at}/edit/story"), &again).await.is(303);
    site.get(&format!("{at}/edit/story")).await.shows("二つ目の画面の文").hides("一つ目の画面の文");
    site.get(&format!("{at}/history")).await.is(200).shows("一つ目の画面の文");
}

#[tokio::test]
async fn an_opening_is_approved_seen_by_everybody_and_taken_down_at_once() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let (at, public) = published(&mut site, &brewery).await;
    let president = site.cookies();
    site.another_browser();
    site.get(&public)
        .await
        .is(200)
        .shows("味噌蔵")
        .shows("冬の朝は早く")
        .shows("総務 山田花")
        .shows("2026年12月1日");
    site.get("/openings?q=味噌蔵").await.is(200).shows("販路開拓の右腕");
    site.with_cookies(&president).get(&at).await.shows("公開中");
    site.post(&format!("{at}/unpublish"), &[]).await.is(303);
    site.post(&format!("{at}/unpublish"), &[]).await.is(303);
    site.another_browser().get(&public).await.is(404);
    site.get("/openings?q=味噌蔵").await.is(200).hides("販路開拓の右腕");
}

#[tokio::test]
async fn consent_taken_back_hides_every_opening_of_the_firm() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let (_, public) = published(&mut site, &brewery).await;
    let open = format!("/firm/{}/openness", brewery.id);
    let version = version(&site.get(&open).await);
    site.post(&open, &[("version", &*version), ("staff", "told")]).await.is(303);
    site.get(&public).await.is(404);
    site.get("/openings?q=味噌蔵").await.hides("販路開拓の右腕");
}

#[tokio::test]
async fn what_is_given_back_says_why_and_is_handed_in_again() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = handed_in(&mut site, &brewery).await;
    let president = site.cookies();
    let id = at.rsplit('/').next().unwrap().to_owned();
    site.another_browser().log_in().await;
    site.get("/op/approvals").await.is(200).shows("味噌蔵");
    let silent = site.post(&format!("/op/approvals/{id}"), &[("decision", "return")]).await;
    silent.is(422).shows("差し戻す理由");
    let words = [("decision", "return"), ("note", "写真の話を足してください")];
    site.post(&format!("/op/approvals/{id}"), &words).await.is(303);
    site.get(&format!("/op/approvals/{id}")).await.is(404);
    let letters = site.letters_to("ichiro@example.jp").await;
    assert!(matches!(letters.last(), Some(Letter::PostingReturned { .. })));
    let page = site.with_cookies(&president).get(&at).await;
    page.is(200).shows("写真の話を足してください").shows("差し戻されています");
    site.post(&at, &[("version", &*version(&page))]).await.is(303);
    site.post(&at, &[("version", &*version(&page))]).await.is(303);
}

#[tokio::test]
async fn a_firm_that_is_not_ready_to_be_named_hands_nothing_in() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let page = site.get(&at).await;
    page.is(200).shows("会社名で募集する準備").hides("この内容で申請する");
    let version = version(&site.get(&format!("{at}/edit/basics")).await);
    site.post(&at, &[("version", &*version)]).await.is(409).shows("終わっていません");
}

#[tokio::test]
async fn an_opening_is_published_at_the_set_time_confirmed_for_a_month_and_ends_after_two() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = handed_in(&mut site, &brewery).await;
    let president = site.cookies();
    let id = at.rsplit('/').next().unwrap().to_owned();
    let public = format!("/openings/{id}");
    site.another_browser().log_in().await;
    let later = [("decision", "approve"), ("publish_at", "2026-12-03T10:00")];
    site.post(&format!("/op/approvals/{id}"), &later).await.is(303);
    site.get(&public).await.is(404);
    turn(&site).await;
    site.get(&public).await.is(404);
    site.pass(SignedDuration::from_hours(50));
    turn(&site).await;
    site.another_browser().get(&public).await.is(200).shows("2026年12月3日");
    site.pass(SignedDuration::from_hours(24 * 31));
    turn(&site).await;
    turn(&site).await;
    let stale = |letter: &&Letter| matches!(letter, Letter::PostingStale { .. });
    assert_eq!(site.letters_to("ichiro@example.jp").await.iter().filter(stale).count(), 1);
    site.another_browser().come_in("ichiro").await;
    site.post(&format!("{at}/confirm"), &[]).await.is(303);
    site.get(&public).await.is(200).shows("2027年1月3日");
    site.pass(SignedDuration::from_hours(24 * 61));
    turn(&site).await;
    site.get(&public).await.is(410);
    assert!(matches!(site.letters_to("ichiro@example.jp").await.last(), Some(Letter::PostingExpired { .. })));
    drop(president);
}

async fn turn(site: &Site) {
    let tools: Tools<'_> = site.web.tools();
    publish_due(tools).await.unwrap();
    expire_stale(tools).await.unwrap();
    site.web.search.catch_up().await.unwrap();
}

#[tokio::test]
async fn what_the_desk_wrote_for_a_firm_needs_the_firms_word() {
    let mut site = Site::with_operator().await;
    let brewery = firm(1, "山田醸造", "岡山県", OpenName::Asking);
    site.write(&Changes { firms: vec![brewery.clone()], ..Changes::default() }).await;
    site.log_in().await;
    site.get(&format!("/firm/{}", brewery.id)).await.is(200).shows("会社に代わって入力");
    let at = handed_in(&mut site, &brewery).await;
    let id = at.rsplit('/').next().unwrap().to_owned();
    let page = site.post(&format!("/op/approvals/{id}"), &[("decision", "approve")]).await;
    page.is(409).shows("だれが、どのように確認したか");
    let words = [("decision", "approve"), ("confirmed", "山田一郎社長、電話、12月1日")];
    site.post(&format!("/op/approvals/{id}"), &words).await.is(303);
    site.get(&format!("{at}/history")).await.shows("山田一郎社長、電話").shows("会社に代わって");
}

#[tokio::test]
async fn another_firms_opening_is_not_there() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let inn = firm(2, "海辺の宿", "広島県", OpenName::Agreed);
    site.write(&Changes { firms: vec![inn.clone()], ..Changes::default() }).await;
    site.as_member("hana", &inn, Standing::Admin).await;
    let id = at.rsplit('/').next().unwrap().to_owned();
    for page in ["", "/edit/basics", "/preview", "/history"] {
        site.get(&format!("{at}{page}")).await.is(404);
        let answer = site.get(&format!("/firm/{}/openings/{id}{page}", inn.id)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    for act in ["", "/unpublish", "/close", "/confirm"] {
        site.post(&format!("/firm/{}/openings/{id}{act}", inn.id), &[("version", "1")]).await.is(404);
    }
}

#[tokio::test]
async fn an_opening_that_came_in_a_sheet_is_taken_over_and_stays_public_as_it_is() {
    let mut site = Site::with_operator().await;
    let brewery = super::house::firm(1, "山田醸造", "岡山県", crate::domain::OpenName::Agreed);
    let inn = super::house::firm(2, "海辺の宿", "広島県", crate::domain::OpenName::Agreed);
    let bantou = super::house::opening(11, &brewery, "蔵の番頭");
    site.write(&Changes {
        firms: vec![brewery.clone(), inn.clone()],
        openings: vec![bantou.clone()],
        ..Changes::default()
    })
    .await;
    site.as_member("noriko", &inn, Standing::Admin).await;
    let foreign = format!("/firm/{}/openings/{}/adopt", inn.id, bantou.id);
    site.post(&foreign, &[]).await.is(404);
    site.as_member("ichiro", &brewery, Standing::Admin).await;
    let home = format!("/firm/{}", brewery.id);
    site.get(&home).await.is(200).shows("表から取り込まれた募集").shows("蔵の番頭");
    let adopt = format!("{home}/openings/{}/adopt", bantou.id);
    for _ in 0..2 {
        site.post(&adopt, &[]).await.is(303);
    }
    site.get(&home).await.is(200).hides("表から取り込まれた募集").shows("蔵の番頭");
    let work = format!("{home}/openings/{}/edit/work", bantou.id);
    site.get(&work).await.is(200).shows("蔵の番頭として、酒の販路をひらきます。");
    site.get(&format!("/openings/{}", bantou.id)).await.is(200).shows("酒の販路をひらきます。");
    site.get(&format!("{home}/openings/{}/history", bantou.id)).await.shows("引き継ぎました");
}
