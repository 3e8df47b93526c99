//! A candidate and a firm find each other: interest, application, answer.

use jiff::SignedDuration;

use super::Site;
use super::house::{candidate, firm, opening};
use crate::domain::{Candidate, Changes, Firm, Letter, OpenName, Opening, Standing};

struct Town {
    site: Site,
    haru: Candidate,
    brewery: Firm,
    bantou: Opening,
}

async fn town() -> Town {
    let site = Site::with_operator().await;
    let brewery = firm(1, "山田醸造", "岡山県", OpenName::Agreed);
    let bantou = opening(11, &brewery, "蔵の番頭");
    let haru = candidate(21, "田中 春");
    site.write(&Changes {
        firms: vec![brewery.clone()],
        openings: vec![bantou.clone()],
        candidates: vec![haru.clone()],
        ..Changes::default()
    })
    .await;
    Town { site, haru, brewery, bantou }
}

#[tokio::test]
async fn interest_shows_no_name_and_an_application_does() {
    let Town { mut site, haru, brewery, bantou } = town().await;
    site.as_candidate("haru", &haru).await;
    let (at, applicants) = (format!("/openings/{}", bantou.id), format!("/firm/{}/applicants", brewery.id));
    site.get(&at).await.is(200).shows("気になる").shows("応募する");
    site.post(&format!("{at}/interest"), &[]).await.is(303);
    site.post(&format!("{at}/interest"), &[]).await.is(303);
    site.get("/me/applications").await.is(200).shows("蔵の番頭").shows("気になる");
    let hers = site.cookies();
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let president = site.cookies();
    site.get(&applicants).await.is(200).shows("営業ひとすじ二十年").hides("田中");
    site.with_cookies(&hers).get(&format!("{at}/apply")).await.is(200).shows("この会社に見えるもの");
    site.post(&format!("{at}/apply"), &[]).await.is(303);
    site.post(&format!("{at}/apply"), &[]).await.is(303);
    site.get(&at).await.hides("/interest").hides("/apply").shows("あなたの一覧にあります");
    let page = site.with_cookies(&president).get(&applicants).await;
    page.is(200).shows("田中 春").shows("会社の返事を待っています").shows("2026年12月8日");
    assert_eq!(page.body.matches("田中 春").count(), 1, "twice is once");
    let received = |letter: &&Letter| matches!(letter, Letter::ApplicationReceived { .. });
    assert_eq!(site.letters_to("ichiro@example.jp").await.iter().filter(received).count(), 1);
}

#[tokio::test]
async fn the_firm_answers_leads_on_and_never_back() {
    let Town { mut site, haru, brewery, bantou } = town().await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let president = site.cookies();
    site.as_candidate("haru", &haru).await;
    let hers = site.cookies();
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(303);
    let one = applicant(&mut site, &president, &brewery).await;
    site.with_cookies(&president).get(&one).await.is(200).shows("話し合いを始める");
    site.post(&format!("{one}/advance"), &[("step", "visit")]).await.is(303);
    site.post(&format!("{one}/advance"), &[("step", "visit")]).await.is(303);
    site.post(&format!("{one}/advance"), &[("step", "talk")]).await.is(409);
    site.post(&format!("{one}/advance"), &[("step", "hired")]).await.is(404);
    site.post(&format!("{one}/advance"), &[("step", "ready")]).await.is(303);
    site.with_cookies(&hers).get("/me/applications").await.shows("順位をつけられます");
    let moved = site.letters_to("haru@example.jp").await;
    assert_eq!(moved.iter().filter(|letter| matches!(letter, Letter::ApplicationMoved { .. })).count(), 2);
    site.get("/me/seen").await.is(200).shows("山田醸造");
}

#[tokio::test]
async fn a_firm_declines_with_words_that_the_candidate_reads() {
    let Town { mut site, haru, brewery, bantou } = town().await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let president = site.cookies();
    site.as_candidate("haru", &haru).await;
    let hers = site.cookies();
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(303);
    let one = applicant(&mut site, &president, &brewery).await;
    site.with_cookies(&president).post(&format!("{one}/decline"), &[("words", " ")]).await.is(422);
    site.post(&format!("{one}/decline"), &[("words", "今回はご縁がありませんでした。")]).await.is(303);
    site.with_cookies(&hers).get("/me/applications").await.is(200).shows("今回はご縁がありませんでした。");
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(409);
}

#[tokio::test]
async fn who_withdraws_is_gone_from_the_firms_page_and_may_come_back_for_ten_minutes() {
    let Town { mut site, haru, brewery, bantou } = town().await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let president = site.cookies();
    site.as_candidate("haru", &haru).await;
    let hers = site.cookies();
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(303);
    let one = applicant(&mut site, &president, &brewery).await;
    let mine = one.replace(&format!("/firm/{}/applicants", brewery.id), "/me/applications");
    site.with_cookies(&hers).post(&format!("{mine}/withdraw"), &[]).await.is(303);
    site.with_cookies(&president).get(&one).await.is(404);
    site.with_cookies(&hers).post(&format!("{mine}/undo"), &[]).await.is(303);
    site.with_cookies(&president).get(&one).await.is(200).shows("会社の返事を待っています");
    site.with_cookies(&hers).post(&format!("{mine}/withdraw"), &[]).await.is(303);
    site.pass(SignedDuration::from_mins(11));
    site.post(&format!("{mine}/undo"), &[]).await.is(409);
}

#[tokio::test]
async fn consent_taken_back_takes_the_person_from_the_firms_page() {
    let Town { mut site, haru, brewery, bantou } = town().await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let president = site.cookies();
    site.as_candidate("haru", &haru).await;
    let hers = site.cookies();
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(303);
    let one = applicant(&mut site, &president, &brewery).await;
    site.with_cookies(&hers).post("/me/consents", &[("firm", &*brewery.id.to_string())]).await.is(303);
    site.with_cookies(&president).get(&one).await.is(404);
}

#[tokio::test]
async fn another_firm_and_another_candidate_find_nothing() {
    let Town { mut site, haru, brewery, bantou } = town().await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let president = site.cookies();
    site.as_candidate("haru", &haru).await;
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(303);
    let one = applicant(&mut site, &president, &brewery).await;
    let id = one.rsplit('/').next().unwrap().to_owned();
    let (inn, ken) = (firm(2, "海辺の宿", "広島県", OpenName::Agreed), candidate(22, "佐藤 健"));
    site.write(&Changes { firms: vec![inn.clone()], candidates: vec![ken.clone()], ..Changes::default() })
        .await;
    site.as_member("hana", &inn, Standing::Admin).await;
    for page in [one.clone(), format!("/firm/{}/applicants/{id}", inn.id)] {
        site.get(&page).await.is(404);
        site.post(&format!("{page}/advance"), &[("step", "ready")]).await.is(404);
        site.post(&format!("{page}/decline"), &[("words", "いいえ")]).await.is(404);
    }
    site.as_candidate("ken", &ken).await;
    site.post(&format!("/me/applications/{id}/withdraw"), &[]).await.is(404);
    site.post(&format!("/me/applications/{id}/undo"), &[]).await.is(404);
}

#[tokio::test]
async fn nobody_applies_for_what_is_not_open() {
    let Town { mut site, haru, brewery, mut bantou } = town().await;
    bantou.blocks = vec!["P-CLOSED".to_owned()];
    site.write(&Changes { openings: vec![bantou.clone()], ..Changes::default() }).await;
    site.as_candidate("haru", &haru).await;
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(404);
    site.post(&format!("/openings/{}/interest", brewery.id), &[]).await.is(404);
    site.get("/me/applications").await.is(200).shows("まだ応募はありません");
}

/// The address of the only applicant.
async fn applicant(site: &mut Site, president: &super::house::Cookies, brewery: &Firm) -> String {
    let list = format!("/firm/{}/applicants", brewery.id);
    let page = site.with_cookies(president).get(&list).await;
    let (_, rest) = page.body.split_once(&format!("href=\"{list}/")).expect("an applicant");
    format!("{list}/{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn a_firm_is_reminded_once_of_the_answer_it_owes() {
    let Town { mut site, haru, brewery, bantou } = town().await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    site.as_candidate("haru", &haru).await;
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(303);
    let due = |letter: &&Letter| matches!(letter, Letter::AnswerDue { .. });
    let remind = async |site: &Site| crate::board::applications::remind(site.web.tools()).await.unwrap();
    site.pass(SignedDuration::from_hours(24 * 4));
    assert_eq!(remind(&site).await, 0);
    site.pass(SignedDuration::from_hours(25));
    assert_eq!((remind(&site).await, remind(&site).await), (1, 0));
    assert_eq!(site.letters_to("ichiro@example.jp").await.iter().filter(due).count(), 1);
    // What is late stands on the desk's list; letters would not hasten it.
    site.pass(SignedDuration::from_hours(24 * 3));
    assert_eq!(remind(&site).await, 0);
}
