//! Sheets out and in.

use axum::http::{Request, header};

use super::house::{candidate, firm, opening};
use super::{Answer, Site};
use crate::domain::{Areas, Changes, Length, OpenName, Range, Start};
use crate::store::{journal, shown};

impl Site {
    async fn with_records() -> Self {
        let mut site = Self::with_operator().await;
        let mut brewery = firm(1, "株式会社備中酒造", "岡山県", OpenName::Agreed);
        brewery.facts.corporate_number = Some("8990010407747".to_owned());
        brewery.facts.revenue = Some(Range { min: 100_000_000, max: 150_000_000 });
        let mut post = opening(2, &brewery, "蔵の番頭");
        post.facts.length = Some(Length::Months(Range::exactly(6)));
        post.facts.start = Some(Start::AnyTime);
        post.facts.days = Some(Range { min: 100, max: 150 });
        let mut hanako = candidate(11, "佐藤 花");
        hanako.facts.areas = Some(Areas::Prefectures(vec!["岡山県".to_owned(), "鳥取県".to_owned()]));
        hanako.facts.skills = vec!["営業".to_owned(), "会計".to_owned()];
        hanako.facts.note = Some("=HYPERLINK(\"http://evil.example\")".to_owned());
        let changes = Changes {
            firms: vec![brewery],
            openings: vec![post],
            candidates: vec![hanako, candidate(12, "𠮷田 一")],
            ..Changes::default()
        };
        site.write(&changes).await;
        site.log_in().await;
        site
    }

    async fn upload(&mut self, name: &str, content: &str) -> Answer {
        let body = format!(
            "--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
            Content-Type: text/csv\r\n\r\n{content}\r\n--b0und--\r\n"
        );
        let request = Request::post("/op/import")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b0und");
        self.send(request, &body).await
    }
}

/// The address of the button that takes a sheet in.
fn take_in(page: &Answer) -> String {
    let mut parts = page.body.split('"');
    parts.find(|part| part.starts_with("/op/import/")).expect("a button").to_owned()
}

fn count(page: &Answer, label: &str) -> String {
    let (_, rest) = page.body.split_once(&format!("<dt>{label}</dt><dd>")).expect("a number");
    rest.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_written_out_is_taken_in_again_without_a_change() {
    let mut site = Site::with_records().await;
    for (kind, rows) in [("firms", "1"), ("openings", "1"), ("candidates", "2")] {
        let file = site.post("/op/export", &[("kind", kind), ("form", "utf8")]).await;
        file.is(200);
        assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"{kind}.csv\""));
        let page = site.upload(&format!("{kind}.csv"), &file.body).await;
        page.is(200).hides("E-");
        assert_eq!(
            (count(&page, "行"), count(&page, "変更なし")),
            (rows.to_owned(), rows.to_owned()),
            "{}",
            page.body
        );
    }
    let done = journal::of(&site.web.db, "desk", "candidates", 10).await.unwrap();
    assert_eq!(done[0].action, "export");
}

#[tokio::test]
async fn a_file_holds_no_formula_and_no_rank() {
    let mut site = Site::with_records().await;
    let file = site.post("/op/export", &[("kind", "candidates"), ("form", "utf8")]).await;
    file.is(200).shows("'=HYPERLINK").hides(",=HYPERLINK").hides("順位");
    assert!(file.body.starts_with('\u{feff}'));
    for kind in ["rankings", "rank_lists", ""] {
        site.post("/op/export", &[("kind", kind), ("form", "utf8")]).await.is(422).shows("href=\"#kind\"");
    }
}

#[tokio::test]
async fn what_shift_jis_lacks_is_told_before_the_file_is_handed_out() {
    let mut site = Site::with_records().await;
    let page = site.post("/op/export", &[("kind", "candidates"), ("form", "cp932")]).await;
    page.is(200).shows("Shift_JIS では書けない文字").shows("<td lang=\"ja\">𠮷</td>").shows("氏名");
    page.shows("name=\"anyway\" value=\"yes\"");
}

#[tokio::test]
async fn a_region_leaves_the_house_only_after_a_fresh_proof() {
    let mut site = Site::with_records().await;
    site.pass(jiff::SignedDuration::from_mins(11));
    let request = Request::post("/op/export")
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, "http://localhost:8080/op/export")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let sent = site.send(request, "kind=candidates&form=utf8").await;
    assert_eq!(sent.is(303).header("location"), "/confirm?next=%2Fop%2Fexport");
    sent.hides("佐藤");
}

#[tokio::test]
async fn applications_and_cases_are_written_out_too() {
    let mut site = Site::with_records().await;
    for kind in ["applications", "cases"] {
        site.post("/op/export", &[("kind", kind), ("form", "utf8")]).await.is(200);
    }
}

const FIRMS: &str = "企業ID,企業名,都道府県\r\nF-0009,株式会社蒜山味噌,岡山県\r\nF-0010,,岡山県\r\n";

#[tokio::test]
async fn a_sheet_is_shown_first_and_taken_in_once() {
    let mut site = Site::with_records().await;
    let page = site.upload("firms.csv", FIRMS).await;
    page.is(200).shows("まだ何も取り込んでいません").shows("E-REQUIRED");
    assert_eq!((count(&page, "行"), count(&page, "新規")), ("2".to_owned(), "1".to_owned()));
    assert_eq!(shown::counts(&site.web.db).await.unwrap().firms, 1);
    let button = take_in(&page);
    site.post(&button, &[]).await.is(200).shows("取り込みました");
    assert_eq!(shown::counts(&site.web.db).await.unwrap().firms, 2);
    site.post(&button, &[]).await.is(409).shows("もう取り込まれたか");
    assert_eq!(shown::counts(&site.web.db).await.unwrap().firms, 2);
}

#[tokio::test]
async fn a_file_that_is_no_sheet_and_no_file_at_all_are_answered_in_words() {
    let mut site = Site::with_records().await;
    site.upload("", "").await.is(422).shows("ファイルを選んでください");
    site.upload("photo.csv", "\u{89}PNG\r\n\r\n").await.is(422).shows("photo.csv");
    site.post("/op/import", &[("file", "x")]).await.is(422).shows("ファイルを選んでください");
    let large = "あ".repeat(4 * 1024 * 1024);
    site.upload("firms.csv", &large).await.is(413);
}

#[tokio::test]
async fn rank_order_lists_are_not_taken_in_here() {
    let mut site = Site::with_records().await;
    let lists = "候補者ID,氏名,順位,募集ID,企業名\r\nC-0011,佐藤 花,1,J-0002,株式会社備中酒造\r\n";
    let page = site.upload("rankings_candidates.csv", lists).await;
    page.is(422).shows("希望順位表は、この画面では取り込めません").hides("/op/import/");
}

#[tokio::test]
async fn a_sheet_waits_for_the_operator_who_chose_it() {
    let mut site = Site::with_records().await;
    let button = take_in(&site.upload("firms.csv", FIRMS).await);
    site.another_browser();
    assert!(site.post(&button, &[]).await.is(303).header("location").starts_with("/login"));
    site.get("/op/export").await.is(303);
    assert_eq!(shown::counts(&site.web.db).await.unwrap().firms, 1);
}
