//! What the editor asks of each kind of contract, who reads the answers, and why each question is asked.

use super::Site;
use super::house::Answer;
use super::postings::{OPEN, PAGES, president, version, written};
use crate::board::postings::{FIELDS, Step};
use crate::domain::Firm;

const SERVICE: [(&str, &str); 13] = [
    ("contract", "service"),
    ("days_min", "1"),
    ("remote_max", "50"),
    ("pay_unit", "month"),
    ("pay_min", "150000"),
    ("fee", "月15万円、月末締め翌月末払い"),
    ("place_period_time", "高梁市の蔵と在宅、6か月、週8時間"),
    ("termination", "30日前までに知らせる"),
    ("workplace", "岡山県高梁市の本社と在宅"),
    ("status_orders", "yes"),
    ("status_place_time", "yes"),
    ("status_attendance", "yes"),
    ("status_refuse", "no"),
];

async fn say_terms(site: &mut Site, at: &str, fields: &[(&str, &str)]) -> Answer {
    let page = format!("{at}/edit/terms");
    let version = version(&site.get(&page).await);
    site.post(&page, &[fields, &[("version", &*version)]].concat()).await
}

/// Handed in as a service with four worker-like answers. The id of the opening.
async fn handed_in(site: &mut Site, firm: &Firm) -> String {
    let at = written(site, firm).await;
    say_terms(site, &at, &SERVICE).await.is(303);
    site.post(&format!("/firm/{}/openness", firm.id), &OPEN).await.is(303);
    let page = site.get(&at).await;
    page.is(200).shows("質問のうち4つ").shows("労働局に相談").shows("この内容で申請する");
    site.post(&at, &[("version", &version(&page))]).await.is(303);
    at.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_president_is_asked_what_fits_the_contract() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    for (contract, asked, not_asked) in [
        ("permanent", "name=\"working_hours\"", "name=\"status_refuse\""),
        ("service", "name=\"status_refuse\"", "name=\"working_hours\""),
        ("officer", "name=\"appointment\"", "name=\"status_refuse\""),
        ("secondment", "name=\"origin_agreement\"", "name=\"pay_unit\""),
        ("visit", "name=\"visit_days\"", "name=\"pay_unit\""),
        ("transfer", "name=\"transfer_terms\"", "name=\"days_min\""),
    ] {
        say_terms(&mut site, &at, &[("contract", contract)]).await.is(303);
        site.get(&format!("{at}/edit/terms")).await.is(200).shows(asked).hides(not_asked);
    }
    site.get(&at).await.shows("譲渡の前提").hides("この内容で申請する");
}

#[tokio::test]
async fn the_desk_reads_the_self_check_and_the_public_does_not() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let id = handed_in(&mut site, &brewery).await;
    let preview = format!("/firm/{}/openings/{id}/preview", brewery.id);
    site.get(&preview).await.is(200).hides("細かい指示").shows("週8時間");
    site.another_browser().log_in().await;
    let page = site.get(&format!("/op/approvals/{id}")).await;
    page.shows("働き方の確認（公開されません）").shows("毎日細かい指示を受けますか").shows("質問のうち4つ");
    site.post(&format!("/op/approvals/{id}"), &[("decision", "approve")]).await.is(303);
    let page = site.another_browser().get(&format!("/openings/{id}")).await;
    page.is(200).hides("細かい指示").hides("働き方の確認");
    // As text of the page; search engines read the same words once more.
    let (_, text) = page.body.split_once("<main").unwrap();
    assert_eq!(text.matches("週8時間").count(), 1, "{text}");
    assert!(text.contains("<dd class=\"prose\">50%</dd>"), "a share is no range: {text}");
}

#[tokio::test]
async fn every_question_of_the_editor_says_why_who_and_how_long() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    for (step, _) in PAGES {
        let page = site.get(&format!("{at}/edit/{step}")).await;
        let step = Step::from_code(step).unwrap();
        let asked = FIELDS.iter().filter(|spec| spec.step == step && spec.is_asked("employment"));
        assert_eq!(page.body.matches("<ul class=\"about\"").count(), asked.count(), "{step:?}");
    }
    let page = site.get(&format!("{at}/edit/terms")).await;
    page.shows("求めているため（職業安定法5条の3").shows("だれでも見られます");
    let page = site.get(&format!("/firm/{}/openness", brewery.id)).await;
    assert_eq!(page.body.matches("<ul class=\"about\"").count(), 6);
    page.shows("会社の担当者と、地域の人事部の担当だけ");
}
