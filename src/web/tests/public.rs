use super::Site;
use super::house::{firm, opening};
use crate::domain::{Changes, OpenName};

/// A brewery that agreed to be named with an opening and a draft, and a shop that did not agree.
async fn town() -> Site {
    let site = Site::new().await;
    let brewery = firm(1, "白壁酒造株式会社", "岡山県", OpenName::Agreed);
    let shop = firm(2, "紺屋町商店", "広島県", OpenName::Refused);
    let mut draft = opening(13, &brewery, "まだ下書きの募集");
    draft.blocks = vec!["W-MINWAGE".to_owned()];
    let openings = vec![
        opening(11, &brewery, "【週1日】酒蔵の番頭"),
        opening(12, &shop, "名前を出せない店の右腕"),
        draft,
    ];
    site.write(&Changes { firms: vec![brewery, shop], openings, ..Changes::default() }).await;
    site
}

fn opening_path(number: u128) -> String {
    format!("/openings/{}", uuid::Uuid::from_u128(number))
}

fn firm_path(number: u128) -> String {
    format!("/firms/{}", uuid::Uuid::from_u128(number))
}

#[tokio::test]
async fn every_public_page_is_drawn_in_both_languages() {
    let mut site = town().await;
    site.create_operator(false).await;
    let opening = opening_path(11);
    let firm = firm_path(1);
    for path in ["/", "/openings", &opening, &firm, "/operators", "/login", "/setup"] {
        let ja = site.get(&format!("{path}?lang=ja")).await;
        ja.is(200).shows("<html lang=\"ja\">").shows("募集をさがす").hides("web-").hides("facet-");
        let en = site.get(&format!("{path}?lang=en")).await;
        en.is(200).shows("<html lang=\"en\">").shows("Find openings").hides("web-").hides("facet-");
    }
}

#[tokio::test]
async fn the_language_stays_chosen_and_the_toggle_keeps_the_page() {
    let mut site = town().await;
    let first = site.get("/openings?q=%E7%95%AA%E9%A0%AD&sort=new").await;
    first.shows("<html lang=\"ja\">").shows("/openings?q=%E7%95%AA%E9%A0%AD&#38;sort=new&#38;lang=en");
    site.get("/?lang=en").await;
    site.get("/operators").await.shows("<html lang=\"en\">");
    site.get("/operators?lang=xx").await.shows("<html lang=\"en\">");
}

#[tokio::test]
async fn a_search_finds_marks_and_explains_and_shows_only_what_may_be_shown() {
    let mut site = town().await;
    let found = site.get("/openings?q=%E7%95%AA%E9%A0%AD").await;
    found.is(200).shows("<mark>番頭</mark>").shows("1件").shows("見つかったわけ");
    found.hides("まだ下書きの募集").hides("名前を出せない店の右腕").hides("紺屋町商店");
}

#[tokio::test]
async fn a_filter_narrows_is_counted_and_can_be_taken_off() {
    let mut site = town().await;
    let all = site.get("/openings").await;
    all.shows("/openings?pref=%E5%B2%A1%E5%B1%B1%E7%9C%8C").hides("広島県");
    let filtered = site.get("/openings?pref=%E5%B2%A1%E5%B1%B1%E7%9C%8C&kind=trial_cxo").await;
    filtered.shows("酒蔵の番頭").shows("都道府県: 岡山県").shows("/openings?kind=trial_cxo");
}

#[tokio::test]
async fn when_nothing_is_found_each_way_out_leads_to_something() {
    let mut site = town().await;
    let nothing = site.get("/openings?q=%E7%95%AA%E9%A0%AD&pref=%E6%B2%96%E7%B8%84%E7%9C%8C").await;
    nothing.is(200).shows("条件をゆるめると見つかります").shows("「都道府県: 沖縄県」を外してさがす");
    nothing.shows("<span class=\"quiet\">1件</span>");
}

#[tokio::test]
async fn an_empty_town_says_why_there_is_nothing() {
    let mut site = Site::new().await;
    site.get("/openings").await.is(200).shows("公開している募集は、まだありません");
}

#[tokio::test]
async fn a_filter_nobody_knows_and_a_page_nobody_reaches_are_answered_with_what_is_possible() {
    let mut site = town().await;
    site.get("/openings?pref=%E5%B2%A1%E4%B8%89%E7%9C%8C").await.is(400).shows("岡三県");
    site.get("/openings?colour=red").await.is(400).shows("colour");
    site.get("/openings?after=20").await.is(400).shows("一覧のどのページか分かりません");
    site.get("/openings?sort=best").await.is(400).shows("「best」という並び順はありません");
    site.get("/openings?after=-9999999999999.x").await.is(200).shows("このページより前に募集があります");
    let long = "a".repeat(201);
    site.get(&format!("/openings?q={long}")).await.is(400).shows("200文字以内");
}

#[tokio::test]
async fn an_opening_tells_its_story_and_never_what_is_for_the_desk() {
    let mut site = town().await;
    let page = site.get(&opening_path(11)).await;
    page.is(200).shows("白壁酒造株式会社").shows("月額 150,000円").shows("週1日").shows("50〜100%");
    page.shows("2026年11月1日（日）時点の情報です").hides("担当だけの備考").hides("架空");
}

#[tokio::test]
async fn a_draft_a_hidden_firm_and_an_unknown_id_get_the_same_answer() {
    let mut site = town().await;
    let unknown = site.get(&opening_path(99)).await;
    unknown.is(404);
    for path in [opening_path(13), opening_path(12), "/openings/nonsense".to_owned()] {
        let answer = site.get(&path).await;
        answer.is(404);
        assert_eq!(without_toggle(&answer.body), without_toggle(&unknown.body), "{path}");
    }
    site.get(&firm_path(2)).await.is(404);
    site.get(&firm_path(99)).await.is(404);
}

/// The page without the addresses of the toggles of language and size, which name the page that was asked for.
fn without_toggle(body: &str) -> String {
    body.lines().filter(|line| !line.contains("header__language") && !line.contains("footer__size")).collect()
}

#[tokio::test]
async fn a_firm_is_shown_without_successor_finances_and_staff() {
    let mut site = town().await;
    let page = site.get(&firm_path(1)).await;
    page.is(200).shows("白壁酒造株式会社").shows("1926年").shows("酒蔵の番頭").hides("まだ下書きの募集");
    page.hides("山田 一郎")
        .hides("17")
        .hides("123")
        .hides("赤字")
        .hides("決めたいが")
        .hides("未公表")
        .hides("72歳");
}

#[tokio::test]
async fn a_fictional_desk_makes_every_page_say_so() {
    let mut site = town().await;
    site.create_operator(true).await;
    for path in ["/", "/openings", &opening_path(11), &firm_path(1), "/operators", "/login"] {
        site.get(path).await.is(200).shows("架空").shows("実在しません");
    }
}

#[tokio::test]
async fn the_directory_shows_what_a_desk_says_about_itself() {
    let mut site = Site::new().await;
    site.get("/operators").await.shows("まだありません");
    site.create_operator(false).await;
    site.get("/operators").await.shows("備中の人事部").shows("岡山県").shows("高梁で伴走しています。");
}
