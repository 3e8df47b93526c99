//! What a candidate tells, shows, hides, takes along and takes away.

use super::house::{Site, candidate, firm, opening};
use crate::accounts::{CandidateHand, FirmHand, NewAccount, Operator, create_account, signed_in};
use crate::board::consents::{self, Viewer};
use crate::domain::{Candidate, Changes, FirmId, OpenName, Role, Scope, Standing};
use crate::search::Ask;
use crate::store::shown;

const PASSWORD: &str = "yama no ue no kumo made";

/// A site with a brewery, and Hana, who came in by a sheet, logged in.
struct Town {
    site: Site,
    hana: Candidate,
    brewery: FirmId,
}

impl Town {
    async fn new() -> Self {
        let site = Site::with_operator().await;
        let brewery = firm(1, "株式会社白壁酒造", "岡山県", OpenName::Agreed);
        let hana = candidate(21, "佐藤 花");
        let openings = vec![opening(11, &brewery, "酒蔵の番頭")];
        let (id, candidates) = (brewery.id, vec![hana.clone()]);
        site.write(&Changes { firms: vec![brewery], openings, candidates, ..Changes::default() }).await;
        let new = NewAccount {
            mail: hana.facts.mail.clone(),
            name: hana.facts.name.clone(),
            lang: "ja".to_owned(),
            password: PASSWORD.to_owned(),
            roles: vec![Role::Candidate(hana.id)],
        };
        create_account(&new, site.web.tools()).await.unwrap();
        let mut town = Self { site, hana, brewery: id };
        town.log_in().await;
        town
    }

    async fn log_in(&mut self) {
        let mail = self.hana.facts.mail.clone();
        self.site.post("/login", &[("login", &mail), ("password", PASSWORD)]).await.is(303);
    }

    async fn now(&self) -> Candidate {
        shown::candidate(&self.site.web.db, self.hana.id).await.unwrap().unwrap()
    }

    fn hand(&self) -> CandidateHand {
        CandidateHand::Proxy(Operator::at_the_console(), self.hana.id)
    }

    async fn consent(&self, scope: Scope) {
        consents::grant(&self.hand(), self.brewery, scope, self.site.web.tools()).await.unwrap();
    }

    async fn seen(&self) -> Option<consents::Seen> {
        consents::seen_by(&self.site.web.db, self.brewery, self.hana.id).await.unwrap()
    }
}

#[tokio::test]
async fn whoever_came_in_by_a_sheet_finds_the_profile_filled_in() {
    let mut town = Town::new().await;
    town.site.get("/me/profile").await.is(200).shows("佐藤 花").shows("営業ひとすじ二十年");
    town.site
        .get("/me")
        .await
        .is(200)
        .shows("11項目のうち1項目")
        .shows("入力中")
        .shows("だれに見せるか決める");
}

#[tokio::test]
async fn what_is_filled_in_is_saved_and_found_again() {
    let mut town = Town::new().await;
    let form = [
        ("version", "0"),
        ("name", "佐藤 花"),
        ("headline", "蔵の販路をひらいた営業"),
        ("track", "both"),
        ("resolve", "may_succeed"),
        ("areas", "岡山、四国"),
        ("days_from", "100"),
        ("days_to", "200"),
        ("phone", "０９０－１２３４－５６７８"),
        ("skills", "営業、採用、営業"),
        ("housing", "月に数日泊まれる場所"),
        ("free_from", "2027/4"),
        ("pay_floor", "18,000円"),
    ];
    town.site.post("/me/profile", &form).await.is(303);
    let facts = town.now().await.facts;
    assert_eq!(facts.phone.as_deref(), Some("09012345678"));
    assert_eq!(facts.skills, ["営業", "採用"]);
    assert_eq!(facts.mail, town.hana.facts.mail, "what the form does not ask stays");
    town.site
        .get("/me/profile?saved=1")
        .await
        .shows("保存しました")
        .shows("岡山県、徳島県、香川県、愛媛県、高知県")
        .shows("できること：いま2個です。5〜15個くらい")
        .shows("2027年4月")
        .shows("18000");
    let (json, csv) =
        (town.site.get("/me/data/migiude.json").await, town.site.get("/me/data/migiude.csv").await);
    json.shows(r#""pay_floor": 18000"#);
    csv.shows("働き始められる時期,2027年4月").shows("難しい金額（円）,18000");
    town.site.web.search.catch_up().await.unwrap();
    let found = town.site.web.search.profiles(&Ask::new("販路をひらいた")).await.unwrap();
    assert_eq!(found.total, 1, "the index follows");
}

#[tokio::test]
async fn a_mistake_is_told_beside_the_field_and_nothing_typed_is_lost() {
    let mut town = Town::new().await;
    let form = [("version", "0"), ("name", " "), ("areas", "岡山府"), ("motive", "書きかけの志望")];
    town.site
        .post("/me/profile", &form)
        .await
        .is(422)
        .shows("お名前を書いてください")
        .shows("「岡山府」がどの都道府県か")
        .shows("書きかけの志望");
    assert_eq!(town.now().await.facts.motive, None);
}

#[tokio::test]
async fn whoever_saves_second_sees_both_versions_and_chooses() {
    let mut town = Town::new().await;
    let form = |version: &'static str, motive: &'static str| {
        [("version", version), ("name", "佐藤 花"), ("motive", motive)]
    };
    town.site.post("/me/profile", &form("0", "はじめの志望")).await.is(303);
    town.site.post("/me/profile", &form("0", "はじめの志望")).await.is(303);
    let conflict = town.site.post("/me/profile", &form("0", "あとの志望")).await;
    conflict.is(409).shows("はじめの志望").shows("あとの志望").shows(r#"name="version" value="1""#);
    town.site.post("/me/profile", &form("1", "あとの志望")).await.is(303);
    assert_eq!(town.now().await.facts.motive.as_deref(), Some("あとの志望"));
}

#[tokio::test]
async fn what_is_typed_is_kept_and_shown_to_nobody_until_it_is_saved() {
    let mut town = Town::new().await;
    let typed = [("version", "0"), ("name", "佐藤 花"), ("motive", "まだ途中")];
    town.site.pass(jiff::SignedDuration::from_secs(5));
    town.site
        .post("/me/profile/draft", &typed)
        .await
        .is(200)
        .shows(r#""version":1"#)
        .shows(r#""saved":"09:00""#);
    // The same words again, because the answer was lost, are the same version; other words are somebody else's.
    town.site.post("/me/profile/draft", &typed).await.is(200).shows(r#""version":1"#);
    let other = [("version", "0"), ("name", "佐藤 花"), ("motive", "別の画面の文")];
    town.site.post("/me/profile/draft", &other).await.is(409).shows("conflict");
    town.site.get("/me/profile").await.shows("まだ途中").shows("書きかけの内容を残してあります");
    assert_eq!(town.now().await.facts.motive, None);
    town.site.get("/me/profile/preview").await.hides("まだ途中");
}

#[tokio::test]
async fn a_candidate_sees_what_firms_see() {
    let mut town = Town::new().await;
    let form = [("version", "0"), ("name", "佐藤 花"), ("motive", "佐藤花です"), ("phone", "0312345678")];
    town.site.post("/me/profile", &form).await.is(303);
    let page = town.site.get("/me/profile/preview").await;
    page.is(200).shows("〇〇です").hides("0312345678");
    let more = [("version", "1"), ("free_from", "いつでも"), ("pay_floor", "98765")];
    town.site.post("/me/profile", &more).await.is(303);
    town.site
        .get("/me/profile/preview")
        .await
        .is(200)
        .shows("働き始められる時期")
        .hides("98765")
        .hides("98,765");
    assert_eq!(town.seen().await.unwrap().motive.unwrap(), "〇〇です");
}

#[tokio::test]
async fn a_candidate_decides_who_finds_the_profile() {
    let mut town = Town::new().await;
    town.site.get("/me/visibility").await.is(200).shows("まだ決めていません");
    town.site.post("/me/visibility", &[("visibility", "firms")]).await.is(422).shows("18歳以上");
    town.site.post("/me/visibility", &[("visibility", "nobody")]).await.is(303);
    assert_eq!(town.seen().await, None);
    town.site.post("/me/visibility", &[("visibility", "firms"), ("of_age", "yes")]).await.is(303);
    assert!(town.seen().await.is_some());
}

#[tokio::test]
async fn the_employer_and_the_candidate_do_not_see_each_other() {
    let mut town = Town::new().await;
    town.consent(Scope::Identity).await;
    town.site.get("/openings").await.shows("酒蔵の番頭");
    town.site.post("/me/visibility/block", &[("firm", "123")]).await.is(422).shows("13けた");
    for _ in 0..2 {
        town.site.post("/me/visibility/block", &[("firm", "白壁酒造（株）")]).await.is(303);
    }
    town.site.get("/me/visibility").await.shows("白壁酒造（株）");
    assert_eq!(town.seen().await, None);
    town.site.get("/me/consents").await.shows("いま同意している企業はありません");
    town.site.get("/openings").await.hides("酒蔵の番頭");
    town.site.post("/me/visibility/unblock", &[("firm", "白壁酒造（株）")]).await.is(303);
    let seen = town.seen().await.unwrap();
    assert_eq!(seen.name, None, "what was taken back does not come back");
    town.site.get("/openings").await.shows("酒蔵の番頭");
    town.site.another_browser().get("/openings").await.shows("酒蔵の番頭");
}

#[tokio::test]
async fn a_consent_is_read_and_taken_back() {
    let mut town = Town::new().await;
    town.consent(Scope::Identity).await;
    let page = town.site.get("/me/consents").await;
    page.is(200).shows("株式会社白壁酒造").shows("お名前と経歴").shows("続いています");
    let firm = town.brewery.to_string();
    town.site.post("/me/consents", &[("firm", &firm)]).await.is(303);
    town.site.get("/me/consents").await.shows("いま同意している企業はありません").hides("続いています");
    town.site.post("/me/consents", &[("firm", "nonsense")]).await.is(404);
}

#[tokio::test]
async fn a_candidate_reads_who_looked() {
    let mut town = Town::new().await;
    town.site.get("/me/seen").await.is(200).shows("まだだれも開いていません");
    let new = NewAccount {
        mail: "kura@example.jp".to_owned(),
        name: "蔵の人".to_owned(),
        lang: "ja".to_owned(),
        password: PASSWORD.to_owned(),
        roles: vec![Role::Firm(town.brewery, Standing::Member)],
    };
    create_account(&new, town.site.web.tools()).await.unwrap();
    let browser = town.site.another_browser();
    browser.post("/login", &[("login", "kura@example.jp"), ("password", PASSWORD)]).await.is(303);
    let token = browser.cookie("migiude_session").unwrap().parse().unwrap();
    let web = town.site.web.clone();
    let reader = signed_in(&web.db, &token, &*web.clock).await.unwrap().unwrap();
    let member = FirmHand::Own(reader.member_of(town.brewery).unwrap());
    for scope in [Scope::Profile, Scope::Identity, Scope::Identity] {
        consents::saw(&Viewer::from(&member), town.hana.id, scope, web.tools()).await.unwrap();
    }
    town.log_in().await;
    let page = town.site.get("/me/seen").await;
    page.shows("株式会社白壁酒造").shows("プロフィール（お名前なし）").hides("蔵の人");
    assert_eq!(page.body.matches("お名前と経歴").count(), 1, "a page loaded twice is one look");
}

#[tokio::test]
async fn everything_can_be_taken_along_after_a_fresh_proof() {
    let mut town = Town::new().await;
    town.consent(Scope::Profile).await;
    let json = town.site.get("/me/data/migiude.json").await;
    assert!(json.is(200).header("content-disposition").contains("migiude.json"));
    let all: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(all["profile"]["name"], "佐藤 花");
    assert_eq!(all["consents"][0]["firm"], "株式会社白壁酒造");
    assert_eq!(all["consents"][0]["at"], "2026-12-01T09:00:00+09:00");
    assert_eq!(all["account"][0]["mail"], "c21@example.jp");
    let csv = town.site.get("/me/data/migiude.csv").await;
    csv.is(200).shows("\u{feff}種類,番号,項目,内容\r\n").shows("プロフィール,1,お名前,佐藤 花");
    town.site.pass(jiff::SignedDuration::from_mins(16));
    for path in ["/me/data/migiude.json", "/me/data/migiude.csv", "/me/data/delete"] {
        assert!(town.site.get(path).await.is(303).header("location").contains("next="));
    }
    town.site.post("/me/data/delete", &[]).await.is(303);
    assert_eq!(town.now().await.facts.name, "佐藤 花", "nothing happened");
}

#[tokio::test]
async fn a_candidate_deletes_everything_and_is_nobody_here_any_more() {
    let mut town = Town::new().await;
    town.consent(Scope::Identity).await;
    let page = town.site.get("/me/data/delete").await;
    page.is(200).shows("企業への同意（1件）").shows("残るものと、そのわけ");
    town.site.post("/me/data/delete", &[]).await.is(200).shows("消しました").hides("佐藤 花");
    assert!(town.site.get("/me").await.is(303).header("location").starts_with("/login"));
    let mail = town.hana.facts.mail.clone();
    let again = town.site.post("/login", &[("login", &mail), ("password", PASSWORD)]).await;
    assert_ne!(again.status, 303);
    let web = &town.site.web;
    assert_eq!(shown::candidate(&web.db, town.hana.id).await.unwrap(), None);
    web.search.catch_up().await.unwrap();
    assert_eq!(web.search.profiles(&Ask { shown_only: false, ..Ask::new("営業") }).await.unwrap().total, 0);
    assert!(web.search.check().await.unwrap().is_sound());
}

#[tokio::test]
async fn who_leaves_while_a_round_is_worked_out_stays_in_it_as_a_number() {
    let mut town = Town::new().await;
    town.site.another_browser().log_in().await;
    let new = [("mechanism", "candidate-optimal"), ("top_k", "20"), ("seed", "7")];
    town.site.post("/op/rounds", &new).await.is(303);
    town.site.post("/op/rounds/1/freeze", &[]).await.is(303);
    town.site.another_browser();
    town.log_in().await;
    town.site.get("/me/data/delete").await.shows("いま計算中の募集回があります");
    town.site.post("/me/data/delete", &[]).await.is(200);
    let left = town.now().await;
    assert_eq!((left.facts.name.as_str(), left.facts.headline), ("（退会した方）", None));
    assert!(!left.facts.mail.contains("c21"));
    town.site.log_in().await;
    for step in ["run", "publish"] {
        town.site.post(&format!("/op/rounds/1/{step}"), &[]).await.is(303);
    }
    town.site.get("/op/rounds/1").await.is(200).hides("佐藤 花");
}

#[tokio::test]
async fn nobody_reaches_a_candidate_s_pages_but_the_candidate() {
    let mut town = Town::new().await;
    let paths = [
        "/me",
        "/me/profile",
        "/me/profile/preview",
        "/me/visibility",
        "/me/seen",
        "/me/consents",
        "/me/data",
    ];
    for path in paths {
        town.site.get(path).await.is(200);
        town.site.get(&format!("{path}?lang=en")).await.is(200);
        town.site.get(&format!("{path}?lang=ja")).await.is(200);
    }
    town.site.another_browser().log_in().await;
    for path in paths {
        town.site.get(path).await.is(404);
    }
}

#[tokio::test]
async fn everybody_reads_what_is_done_with_what_people_tell() {
    let mut site = Site::new().await;
    site.get("/privacy").await.is(200).shows("外部送信はありません").shows("だれが見るか");
    site.get("/privacy?lang=en").await.is(200).shows("Nothing is sent outside").hides("profiles-privacy");
}
