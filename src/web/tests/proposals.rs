//! A candidate writes down what they would do in a firm, and the firm what it heard in the interview.

use super::Site;
use super::house::{Cookies, candidate, firm, opening};
use crate::domain::{Changes, Firm, Letter, OpenName, Standing};

struct Town {
    site: Site,
    brewery: Firm,
    /// The id of Haru's application.
    id: String,
    hers: Cookies,
    president: Cookies,
}

/// A brewery to which Haru has applied.
async fn town() -> Town {
    let mut site = Site::with_operator().await;
    let brewery = firm(1, "山田醸造", "岡山県", OpenName::Agreed);
    let (bantou, haru) = (opening(11, &brewery, "蔵の番頭"), candidate(21, "田中 春"));
    site.write(&Changes {
        firms: vec![brewery.clone()],
        openings: vec![bantou.clone()],
        candidates: vec![haru.clone()],
        ..Changes::default()
    })
    .await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let president = site.cookies();
    site.as_candidate("haru", &haru).await;
    let hers = site.cookies();
    site.post(&format!("/openings/{}/apply", bantou.id), &[]).await.is(303);
    let page = site.get("/me/applications").await;
    let (_, rest) = page.body.split_once("href=\"/me/proposals/").expect("a proposal to write");
    let id = rest.split('"').next().unwrap().to_owned();
    Town { site, brewery, id, hers, president }
}

impl Town {
    fn sheet(&self) -> String {
        format!("/me/proposals/{}", self.id)
    }

    fn applicant(&self) -> String {
        format!("/firm/{}/applicants/{}", self.brewery.id, self.id)
    }

    fn as_haru(&mut self) -> &mut Site {
        self.site.with_cookies(&self.hers)
    }

    fn as_president(&mut self) -> &mut Site {
        self.site.with_cookies(&self.president)
    }
}

fn form<'a>(version: &'a str, plan: &'a str) -> [(&'a str, &'a str); 5] {
    [("version", version), ("saw", "蔵の香り"), ("plan", plan), ("bring", "営業二十年"), ("need", "")]
}

#[tokio::test]
async fn what_is_typed_is_kept_for_its_writer_until_it_is_handed_in() {
    let mut town = town().await;
    let (sheet, applicant) = (town.sheet(), town.applicant());
    town.as_haru().get(&sheet).await.is(200).shows("はじめの100日でしたいこと").shows("まだ提出していません");
    let typed = form("0", "まだ途中の計画");
    town.site.post(&format!("{sheet}/draft"), &typed).await.is(200).shows(r#""version":1"#);
    town.site.post(&format!("{sheet}/draft"), &typed).await.is(200).shows(r#""version":1"#);
    town.site.get(&sheet).await.shows("まだ途中の計画");
    town.as_president().get(&applicant).await.is(200).hides("まだ途中").hides("提案シート");
    let mut later = form("1", "あとで出す計画").to_vec();
    later.push(("do", "keep"));
    town.as_haru().post(&sheet, &later).await.is(303);
    town.site.get(&sheet).await.shows("あとで出す計画").shows("まだ提出していません");
}

#[tokio::test]
async fn each_handing_in_is_a_version_and_the_same_words_are_not() {
    let mut town = town().await;
    let (sheet, applicant) = (town.sheet(), town.applicant());
    town.as_haru().post(&sheet, &form("0", "帳場を直す")).await.is(303);
    town.site.post(&sheet, &form("0", "帳場を直す")).await.is(303);
    town.site.post(&sheet, &form("1", " 帳場を直す\r\n")).await.is(303);
    town.site.get(&sheet).await.shows("第1版（2026年12月1日").hides("第2版");
    town.site.post(&sheet, &form("2", "販路をひらく")).await.is(303);
    let page = town.as_president().get(&applicant).await;
    page.is(200).shows("第2版").shows("販路をひらく").shows("第1版").shows("帳場を直す");
    let received = |letter: &&Letter| matches!(letter, Letter::ProposalReceived { .. });
    assert_eq!(town.site.letters_to("ichiro@example.jp").await.iter().filter(received).count(), 2);
}

#[tokio::test]
async fn whoever_hands_in_second_sees_both_and_chooses() {
    let mut town = town().await;
    let sheet = town.sheet();
    town.as_haru().post(&format!("{sheet}/draft"), &form("0", "一つ目の画面")).await.is(200);
    town.site.post(&format!("{sheet}/draft"), &form("0", "二つ目の画面")).await.is(409).shows("conflict");
    let both = town.site.post(&sheet, &form("0", "二つ目の画面")).await;
    both.is(409).shows("一つ目の画面").shows("二つ目の画面").shows(r#"name="version" value="1""#);
    both.shows(&format!("action=\"{sheet}\""));
    town.site.post(&sheet, &form("1", "二つ目の画面")).await.is(303);
    town.site.get(&sheet).await.shows("第1版").hides("一つ目の画面");
}

#[tokio::test]
async fn a_proposal_that_is_too_short_or_too_long_is_told_and_kept_in_sight() {
    let mut town = town().await;
    let sheet = town.sheet();
    let long = "あ".repeat(1001);
    let page = town.as_haru().post(&sheet, &[("version", "0"), ("saw", " "), ("plan", &*long)]).await;
    page.is(422).shows("ここを書いてから").shows("1,000文字まで").shows(&long);
    town.site.get(&sheet).await.shows("まだ提出していません");
}

#[tokio::test]
async fn who_withdrew_or_took_the_consent_back_proposes_no_more() {
    let mut town = town().await;
    let (sheet, applicant) = (town.sheet(), town.applicant());
    town.as_haru().post(&sheet, &form("0", "帳場を直す")).await.is(303);
    let firm = town.brewery.id.to_string();
    town.site.post("/me/consents", &[("firm", &*firm)]).await.is(303);
    town.site
        .get(&sheet)
        .await
        .is(200)
        .shows("提案シートを出せません")
        .shows("帳場を直す")
        .hides("提出する</button>");
    town.site.post(&sheet, &form("1", "別の計画")).await.is(409);
    town.site.post(&format!("{sheet}/draft"), &form("1", "別の計画")).await.is(409);
    town.as_president().get(&applicant).await.is(404);
}

#[tokio::test]
async fn a_proposal_is_its_writers_and_its_firms_alone() {
    let mut town = town().await;
    let (sheet, applicant) = (town.sheet(), town.applicant());
    town.as_haru().post(&sheet, &form("0", "帳場を直す")).await.is(303);
    let (inn, ken) = (firm(2, "海辺の宿", "広島県", OpenName::Agreed), candidate(22, "佐藤 健"));
    town.site
        .write(&Changes { firms: vec![inn.clone()], candidates: vec![ken.clone()], ..Changes::default() })
        .await;
    town.site.as_candidate("ken", &ken).await;
    town.site.get(&sheet).await.is(404);
    town.site.post(&sheet, &form("1", "横から")).await.is(404);
    town.site.post(&format!("{sheet}/draft"), &form("1", "横から")).await.is(404);
    town.site.as_member("hana", &inn, Standing::Admin).await;
    town.site.get(&applicant).await.is(404);
    town.site.get(&applicant.replace(&town.brewery.id.to_string(), &inn.id.to_string())).await.is(404);
}

fn heard<'a>(version: &'a str, note: &'a str) -> [(&'a str, &'a str); 4] {
    [("version", version), ("craft_mark", "3"), ("craft_note", note), ("plan_mark", "9")]
}

#[tokio::test]
async fn the_firm_keeps_what_it_heard_and_is_told_what_must_not_be_asked() {
    let mut town = town().await;
    let (applicant, interview) = (town.applicant(), format!("{}/interview", town.applicant()));
    town.as_president().get(&applicant).await.is(200).shows(&interview);
    let page = town.site.get(&interview).await;
    page.is(200).shows("尋ねてはいけないこと").shows("本籍").shows("宗教").shows("相談窓口");
    town.site.post(&interview, &heard("0", "蔵の帳場を半年で直した")).await.is(303);
    town.site.post(&interview, &heard("0", "蔵の帳場を半年で直した")).await.is(303);
    let page = town.site.get(&interview).await;
    page.shows("蔵の帳場を半年で直した").shows(r#"name="version" value="1""#);
    assert_eq!(page.body.matches(" checked").count(), 1, "a mark that there is not is not kept");
    town.as_haru().get(&interview).await.is(404);
    for own in ["/me/applications", "/me/data/migiude.json", &town.sheet()] {
        town.site.get(own).await.is(200).hides("蔵の帳場を半年で直した");
    }
}

#[tokio::test]
async fn what_must_not_be_asked_cannot_be_kept_either() {
    let mut town = town().await;
    let interview = format!("{}/interview", town.applicant());
    let page = town.as_president().post(&interview, &heard("0", "本籍は岡山とのこと")).await;
    page.is(422).shows("「本籍」は、尋ねることも記録することもできません").shows("本籍は岡山とのこと");
    let long = "あ".repeat(1001);
    town.site.post(&interview, &heard("0", &long)).await.is(422).shows("1,000文字まで");
    town.site.get(&interview).await.hides("岡山とのこと");
}

#[tokio::test]
async fn two_of_the_firm_write_about_one_interview_and_nothing_is_lost() {
    let mut town = town().await;
    let interview = format!("{}/interview", town.applicant());
    town.as_president().post(&interview, &heard("0", "社長の控え")).await.is(303);
    let brewery = town.brewery.clone();
    town.site.as_member("jiro", &brewery, Standing::Member).await;
    let both = town.site.post(&interview, &heard("0", "番頭の控え")).await;
    both.is(409).shows("社長の控え").shows("番頭の控え").shows(r#"name="version" value="1""#);
    town.site.post(&interview, &heard("1", "番頭の控え")).await.is(303);
    town.as_president().get(&interview).await.shows("番頭の控え").hides("社長の控え");
}

#[tokio::test]
async fn an_interview_is_its_firms_alone_and_ends_with_the_application() {
    let mut town = town().await;
    let interview = format!("{}/interview", town.applicant());
    let inn = firm(2, "海辺の宿", "広島県", OpenName::Agreed);
    town.site.write(&Changes { firms: vec![inn.clone()], ..Changes::default() }).await;
    town.as_president().post(&interview, &heard("0", "社長の控え")).await.is(303);
    town.site.as_member("hana", &inn, Standing::Admin).await;
    for page in [interview.clone(), interview.replace(&town.brewery.id.to_string(), &inn.id.to_string())] {
        town.site.get(&page).await.is(404);
        town.site.post(&page, &heard("1", "横から")).await.is(404);
    }
    let decline = format!("{}/decline", town.applicant());
    town.as_president().post(&decline, &[("words", "今回はご縁がありませんでした。")]).await.is(303);
    town.site
        .get(&interview)
        .await
        .is(200)
        .shows("記録を書けません")
        .shows("社長の控え")
        .hides("<form method=\"post\" action=\"/firm/");
    town.site.post(&interview, &heard("1", "あとから")).await.is(409);
}
