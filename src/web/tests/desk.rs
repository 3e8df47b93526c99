//! The operators' own work: cases, notes, confirmations, the questionnaire, and what waits today.

use jiff::SignedDuration;

use super::Site;
use super::house::{candidate, firm};
use crate::domain::{Changes, Firm, OpenName};
use crate::store::journal;

impl Site {
    /// An operator is logged in, and knows a brewery and a candidate.
    async fn at_the_desk() -> (Self, Firm) {
        let mut site = Self::with_operator().await;
        let brewery = firm(1, "株式会社備中酒造", "岡山県", OpenName::Agreed);
        let changes = Changes {
            firms: vec![brewery.clone()],
            candidates: vec![candidate(11, "佐藤 花"), candidate(12, "鈴木 一")],
            ..Changes::default()
        };
        site.write(&changes).await;
        site.log_in().await;
        (site, brewery)
    }
}

const STEP: [(&str, &str); 5] = [
    ("stage", "talking"),
    ("next_step", "社長に電話する"),
    ("due_on", "2026-12-03"),
    ("assigned_to", ""),
    ("version", "0"),
];

#[tokio::test]
async fn a_next_step_is_written_down_and_waits_on_its_day() {
    let (mut site, brewery) = Site::at_the_desk().await;
    let at = format!("/op/cases/firm/{}", brewery.id);
    site.get("/op/cases?q=備中").await.is(200).shows("台帳にまだない").shows(&at);
    site.get(&at).await.is(200).shows("株式会社備中酒造").shows("name=\"version\" value=\"0\"");
    site.post(&at, &STEP).await.is(303);
    site.get("/op/cases").await.is(200).shows("社長に電話する").shows("2026年12月3日（木）");
    site.get("/op").await.is(200).hides("社長に電話する");
    site.pass(SignedDuration::from_hours(48));
    site.log_in().await;
    site.get("/op").await.is(200).shows("社長に電話する").shows("href=\"/op/cases?due=today\"");
    site.get("/op/cases?due=today").await.is(200).shows("期限です");
    site.get("/op/cases?kind=candidate").await.is(200).hides("備中酒造");
    site.get("/op/cases?stage=trial").await.is(200).hides("備中酒造");
    let done = journal::of(&site.web.db, "firm", &brewery.id.to_string(), 10).await.unwrap();
    assert_eq!(done[0].action, "case.save");
}

#[tokio::test]
async fn two_operators_who_save_at_once_both_see_what_the_other_wrote() {
    let (mut site, brewery) = Site::at_the_desk().await;
    let at = format!("/op/cases/firm/{}", brewery.id);
    site.post(&at, &STEP).await.is(303);
    let mut second = STEP;
    second[1].1 = "支援センターに聞く";
    let answer = site.post(&at, &second).await;
    answer.is(409).shows("別の担当が、先に保存しました").shows("社長に電話する").shows("支援センターに聞く");
    answer.shows("name=\"version\" value=\"1\"");
    second[4].1 = "1";
    site.post(&at, &second).await.is(303);
    site.get(&at).await.is(200).shows("支援センターに聞く").hides("社長に電話する");
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_beside_the_field_and_kept() {
    let (mut site, brewery) = Site::at_the_desk().await;
    let at = format!("/op/cases/firm/{}", brewery.id);
    let wrong = [("stage", "nothing"), ("next_step", ""), ("due_on", "あした"), ("version", "0")];
    let answer = site.post(&at, &wrong).await;
    answer.is(422).shows("href=\"#due_on\"").shows("段階を一覧から").shows("value=\"あした\"");
    site.post(&format!("{at}/notes"), &[("note", "  ")]).await.is(422).shows("記録は1文字以上");
    let later = [
        ("what", "profile"),
        ("confirmed_by", "山田 一郎"),
        ("how", "visit"),
        ("on", "2027-01-01"),
        ("remark", ""),
    ];
    let answer = site.post(&format!("{at}/confirmations"), &later).await;
    answer.is(422).shows("今日までの日付").shows("value=\"山田 一郎\"");
}

#[tokio::test]
async fn notes_and_confirmations_stay_with_who_wrote_them_and_when() {
    let (mut site, brewery) = Site::at_the_desk().await;
    let at = format!("/op/cases/firm/{}", brewery.id);
    site.post(&format!("{at}/notes"), &[("note", "蔵を見せてもらった。<b>よい蔵</b>")]).await.is(303);
    let confirmed = [
        ("what", "opening"),
        ("confirmed_by", "山田 一郎"),
        ("how", "telephone"),
        ("on", "2026-11-30"),
        ("remark", "奥様も一緒に"),
    ];
    site.post(&format!("{at}/confirmations"), &confirmed).await.is(303);
    let page = site.get(&at).await;
    page.is(200).shows("蔵を見せてもらった").hides("<b>よい").shows("代理入力の確認").shows("電話");
    page.shows("2026年11月30日（月）").shows("奥様も一緒に").shows("tanaka");
}

#[tokio::test]
async fn the_questionnaire_names_the_questions_left_open_and_keeps_every_result() {
    let (mut site, brewery) = Site::at_the_desk().await;
    let at = format!("/op/cases/firm/{}/diagnosis", brewery.id);
    site.get(&at).await.is(200).shows("1. 社長のお年は").shows("10. 外から");
    let mut answers = vec![
        ("age", "seventies"),
        ("wish", "hand-over"),
        ("successor", "none"),
        ("who", "nobody"),
        ("agreed", "nobody"),
        ("when", "three-years"),
        ("preparing", "not-yet"),
        ("shares", "not-yet"),
        ("told", "nobody"),
    ];
    let answer = site.post(&at, &answers).await;
    answer.is(422).shows("href=\"#outside\"").shows("value=\"seventies\" checked");
    answers.push(("outside", "wants"));
    site.post(&at, &answers).await.is(303);
    answers[2].1 = "in-mind";
    answers[4].1 = "not-asked";
    site.post(&at, &answers).await.is(303);
    let case = site.get(&format!("/op/cases/firm/{}", brewery.id)).await;
    case.is(200).shows("募集の下書きを一緒につくる").shows("気持ちを聞いてもらう");
}

#[tokio::test]
async fn a_case_is_found_by_the_name_of_a_candidate_and_unknown_ones_are_not_there() {
    let (mut site, _) = Site::at_the_desk().await;
    let person = candidate(11, "").id;
    site.get("/op/cases?q=花").await.is(200).shows(&format!("/op/cases/candidate/{person}")).hides("鈴木");
    site.get("/op/cases?q=C-0012").await.is(200).shows("鈴木 一");
    site.get("/op/cases?q=%25").await.is(200).hides("佐藤");
    let unknown = candidate(99, "").id;
    for path in [
        format!("/op/cases/candidate/{unknown}"),
        "/op/cases/firm/x".to_owned(),
        format!("/op/cases/x/{person}"),
    ] {
        site.get(&path).await.is(404);
        site.post(&path, &STEP).await.is(404);
    }
}

#[tokio::test]
async fn the_desk_is_for_operators_alone() {
    let (mut site, brewery) = Site::at_the_desk().await;
    site.another_browser();
    for path in ["/op/cases".to_owned(), format!("/op/cases/firm/{}", brewery.id)] {
        assert!(site.get(&path).await.is(303).header("location").starts_with("/login"));
    }
}
