//! Who may suit whom, as each reads it: a candidate, a firm, the desk; and by what the lists are made.

use super::house::{Answer, Site, candidate, firm, opening};
use crate::accounts::{CandidateHand, Operator};
use crate::board::consents;
use crate::domain::{
    Areas, Block, Candidate, Changes, Consent, Contract, Days, Firm, OpenName, Opening, Pay, PayUnit, Range,
    Scope, Standing, Start, Track, Visibility,
};
use crate::search::shortlist::Weights;

/// A brewery in Okayama and an inn in Hiroshima, an opening each, and Hana.
struct Town {
    site: Site,
    brewery: Firm,
    inn: Firm,
    hana: Candidate,
}

impl Town {
    /// With these changes to the inn's opening and to Hana.
    async fn new(change: impl FnOnce(&mut Opening, &mut Candidate)) -> Self {
        let site = Site::with_operator().await;
        let brewery = firm(1, "株式会社白壁酒造", "岡山県", OpenName::Agreed);
        let inn = firm(2, "海辺の宿", "広島県", OpenName::Agreed);
        let mut right_hand = opening(12, &inn, "宿の若女将の右腕");
        let mut hana = candidate(21, "佐藤 花");
        hana.facts.skills = vec!["営業".to_owned()];
        hana.facts.areas = Some(Areas::Prefectures(vec!["岡山県".to_owned(), "広島県".to_owned()]));
        change(&mut right_hand, &mut hana);
        let town = Self { site, brewery, inn, hana };
        let openings = vec![opening(11, &town.brewery, "酒蔵の番頭"), right_hand];
        town.write(openings, vec![town.hana.clone()]).await;
        town
    }

    async fn write(&self, openings: Vec<Opening>, candidates: Vec<Candidate>) {
        let firms = vec![self.brewery.clone(), self.inn.clone()];
        self.site.write(&Changes { firms, openings, candidates, ..Changes::default() }).await;
    }

    async fn hana_s_list(&mut self) -> Answer {
        if self.site.get("/me").await.status != 200 {
            let hana = self.hana.clone();
            self.site.as_candidate("hana", &hana).await;
        }
        self.site.get("/me/fitting").await
    }

    /// The brewery's list for its opening.
    async fn brewery_s_list(&mut self) -> Answer {
        let place = self.list_of(&opening(11, &self.brewery, ""));
        if self.site.get(&place).await.status != 200 {
            let brewery = self.brewery.clone();
            self.site.as_member("ichiro", &brewery, Standing::Admin).await;
        }
        self.site.get(&place).await
    }

    fn list_of(&self, opening: &Opening) -> String {
        format!("/firm/{}/openings/{}/fitting", self.brewery.id, opening.id)
    }

    async fn as_desk(&mut self) {
        self.site.another_browser().log_in().await;
    }
}

/// What stands before another text, or nothing.
#[track_caller]
fn comes_first(page: &Answer, one: &str, other: &str) {
    let at =
        |text: &str| page.body.find(text).unwrap_or_else(|| panic!("「{text}」 is missing in {}", page.body));
    assert!(at(one) < at(other), "「{one}」 comes after 「{other}」");
}

#[tokio::test]
async fn a_candidate_reads_what_may_suit_why_and_what_leaves_the_others_out() {
    let mut town = Town::new(|inn, hana| {
        inn.facts.days = Some(Days::exactly(400));
        inn.facts.contract = Contract::Permanent;
        hana.facts.days = Some(Range { min: 50, max: 150 });
    })
    .await;
    let page = town.hana_s_list().await;
    page.is(200).shows("酒蔵の番頭").shows("株式会社白壁酒造").shows("よく合うところ：").shows("応募する");
    page.shows("スキル").shows("まだ分からない（書かれていません）");
    page.shows("除いた募集：1件").shows("働ける日数では足りない募集").shows("/me/profile#field-days_to");
    page.hides("宿の若女将の右腕").hides("契約の形が違う募集");
    town.site.get("/me").await.shows("/me/fitting");
    town.site.get("/me/fitting?lang=en").await.shows("Openings that may suit you").hides("fits-");
}

#[tokio::test]
async fn an_empty_profile_is_told_what_to_write_first() {
    let mut town = Town::new(|_, hana| {
        hana.facts.skills.clear();
        hana.facts.areas = None;
        hana.facts.headline = None;
    })
    .await;
    town.hana_s_list().await.is(200).shows("まず、プロフィールを書きましょう").hides("酒蔵の番頭");
}

#[tokio::test]
async fn a_list_is_the_candidates_own_whether_or_not_firms_find_them() {
    let mut town = Town::new(|_, hana| {
        hana.facts.consent = Consent::Unknown;
        hana.facts.more.visibility = Some(Visibility::Nobody);
    })
    .await;
    town.hana_s_list().await.is(200).shows("酒蔵の番頭").shows("宿の若女将の右腕");
    town.brewery_s_list().await.is(200).shows("条件の合う方は見つかっていません");
}

#[tokio::test]
async fn openings_that_are_equally_good_are_said_to_be() {
    let mut town = Town::new(|inn, _| inn.facts.title = "酒蔵の番頭".to_owned()).await;
    town.hana_s_list().await.shows("1番目（同じくらい）</span>").hides("2番目");
    let mut town = Town::new(|inn, _| inn.facts.skills = vec!["接客".to_owned()]).await;
    let page = town.hana_s_list().await;
    comes_first(&page, "酒蔵の番頭", "宿の若女将の右腕");
    page.shows("1番目</span>").shows("2番目</span>");
}

#[tokio::test]
async fn when_somebody_is_free_the_least_pay_and_the_employer_leave_openings_out() {
    let mut town = Town::new(|inn, hana| {
        inn.facts.start = Some(Start::Month { year: 2027, month: 1 });
        inn.facts.pay = Some(Pay { unit: PayUnit::Day, amount: Some(Range::exactly(10_000)) });
        hana.facts.more.free_from = Some(Start::Month { year: 2027, month: 4 });
        hana.facts.more.pay_floor = Some(12_000);
        hana.facts.present_job = Some("白壁酒造の営業".to_owned());
    })
    .await;
    let page = town.hana_s_list().await;
    page.is(200).shows("除いた募集：2件").shows("いまの条件に合う募集がありません");
    page.shows("/me/profile#field-free_from")
        .shows("/me/profile#field-pay_floor")
        .shows("/me/visibility#blocks");
}

#[tokio::test]
async fn an_opening_past_its_deadline_is_proposed_to_nobody() {
    let mut town = Town::new(|inn, _| inn.facts.deadline = Some(jiff::civil::date(2026, 11, 30))).await;
    town.hana_s_list().await.shows("酒蔵の番頭").hides("宿の若女将の右腕");
}

#[tokio::test]
async fn where_the_two_talk_already_the_list_says_how_far_they_are() {
    let mut town = Town::new(|_, _| {}).await;
    town.hana_s_list().await;
    let brewery_s = opening(11, &town.brewery, "");
    let apply = format!("/openings/{}/apply", brewery_s.id);
    town.site.get("/me/fitting").await.shows(&apply);
    town.site.post(&apply, &[]).await.is(303);
    let page = town.site.get("/me/fitting").await;
    page.is(200).hides(&apply).shows("/me/applications").shows("/me/ranking");
    town.brewery_s_list().await.shows("佐藤 花").shows("この方とのやりとりへ").shows("/applicants/");
}

#[tokio::test]
async fn a_firm_s_list_tells_nothing_of_whom_it_may_not_see() {
    let mut town = Town::new(|_, _| {}).await;
    let alone = town.brewery_s_list().await;
    alone.is(200).shows("営業ひとすじ二十年").hides("佐藤 花");
    let mut others: Vec<Candidate> = (31..37).map(|number| candidate(number, "鈴木 次郎")).collect();
    others[0].facts.consent = Consent::Unknown;
    others[1].facts.more.visibility = Some(Visibility::Desk);
    others[2].facts.more.visibility = Some(Visibility::Nobody);
    others[3].facts.more.blocks = vec![Block::Name("白壁酒造".to_owned())];
    others[4].facts.present_job = Some("白壁酒造（株）の杜氏".to_owned());
    others[5].facts.more.blocks = vec![Block::Number("8000000000001".to_owned())];
    for other in &mut others {
        // As like what is wanted as can be, and left out by their days besides.
        other.facts.headline = Some("酒蔵の番頭として酒の販路をひらく営業".to_owned());
        other.facts.days = Some(Days::exactly(50));
    }
    town.write(Vec::new(), others.clone()).await;
    assert_eq!(town.brewery_s_list().await.body, alone.body);
    for hidden in &others {
        let place = format!("{}/{}", town.list_of(&opening(11, &town.brewery, "")), hidden.id);
        town.site.get(&place).await.is(404);
    }
}

#[tokio::test]
async fn no_firm_can_read_the_least_pay_from_its_list() {
    let mut town = Town::new(|_, _| {}).await;
    let before = town.brewery_s_list().await;
    let mut hana = town.hana.clone();
    hana.facts.more.pay_floor = Some(900_000);
    town.write(Vec::new(), vec![hana.clone()]).await;
    assert_eq!(town.brewery_s_list().await.body, before.body);
    let place = format!("{}/{}", town.list_of(&opening(11, &town.brewery, "")), hana.id);
    town.site.get(&place).await.is(200).hides("900");
}

#[tokio::test]
async fn a_firm_is_not_told_small_numbers_of_people() {
    let busy = |number| {
        let mut one = candidate(number, "鈴木 次郎");
        one.facts.days = Some(Days::exactly(50));
        one
    };
    let mut town = Town::new(|_, _| {}).await;
    town.write(Vec::new(), (31..35).map(busy).collect()).await;
    town.brewery_s_list().await.shows("働ける日数が足りない方").shows("5人未満").hides("4人");
    town.write(Vec::new(), vec![busy(35)]).await;
    town.brewery_s_list().await.shows("5人<").hides("5人未満");
}

#[tokio::test]
async fn a_firm_reads_the_name_where_it_may_and_the_candidate_reads_who_looked() {
    let mut town = Town::new(|_, _| {}).await;
    let list = town.list_of(&opening(11, &town.brewery, ""));
    let place = format!("{list}/{}", town.hana.id);
    town.brewery_s_list().await.shows(&place);
    town.site
        .get(&place)
        .await
        .is(200)
        .shows("営業ひとすじ二十年")
        .hides("佐藤 花")
        .shows("担当にお知らせください");
    let hand = CandidateHand::Proxy(Operator::at_the_console(), town.hana.id);
    consents::grant(&hand, town.brewery.id, Scope::Identity, town.site.web.tools()).await.unwrap();
    town.site.get(&list).await.shows("佐藤 花");
    town.site.get(&place).await.shows("佐藤 花");
    let of_the_inn = format!("/firm/{}/openings/{}/fitting", town.brewery.id, opening(12, &town.inn, "").id);
    town.site.get(&of_the_inn).await.is(404);
    town.hana_s_list().await;
    town.site.get("/me/seen").await.shows("株式会社白壁酒造").shows("プロフィール（お名前なし）");
}

#[tokio::test]
async fn before_it_is_public_an_opening_has_no_list() {
    let mut town = Town::new(|_, _| {}).await;
    let mut draft = opening(13, &town.brewery, "まだ秘密の募集");
    draft.blocks.push("not approved".to_owned());
    town.write(vec![draft.clone()], Vec::new()).await;
    town.brewery_s_list().await;
    let page = town.site.get(&town.list_of(&draft)).await;
    page.is(200).shows("公開されていません").hides("営業ひとすじ二十年");
}

#[tokio::test]
async fn the_desk_sees_points_and_by_name_what_leaves_whom_out() {
    let mut town = Town::new(|inn, hana| {
        inn.facts.days = Some(Days::exactly(400));
        hana.facts.days = Some(Days::exactly(100));
        hana.facts.track = Some(Track::Both);
    })
    .await;
    town.as_desk().await;
    let place = format!("/op/fitting/candidate/{}", town.hana.id);
    town.site.get(&format!("/op/cases/candidate/{}", town.hana.id)).await.shows(&place);
    let page = town.site.get(&place).await;
    page.is(200).shows("佐藤 花").shows("酒蔵の番頭").shows("1000点中").shows("稼働日数 (1)");
    page.shows("宿の若女将の右腕").shows("重みは、標準のままです");
    let inn_s = opening(12, &town.inn, "");
    let place = format!("/op/fitting/opening/{}", inn_s.id);
    town.site.get(&format!("/op/cases/firm/{}", town.inn.id)).await.shows(&place);
    town.site.get(&place).await.is(200).shows("条件の合う相手は、いまはありません").shows("佐藤 花");
    town.site.get(&format!("{place}?lang=en")).await.shows("Days (1)").hides("fits-");
    town.site.get(&format!("/op/fitting/opening/{}", town.hana.id)).await.is(404);
}

/// The form of the weights with this share of the skills and of the region for candidates, at the cost of the text.
fn shares(version: &str, skills: u16, region: u16) -> Vec<(String, String)> {
    let usual = Weights::default();
    let of = |side: &'static str, named: &[(&'static str, u16)]| -> Vec<(String, String)> {
        named.iter().map(|(part, points)| (format!("{side}-{part}"), (points / 10).to_string())).collect()
    };
    let mut form = of("me", &usual.candidate.named());
    form.extend(of("firm", &usual.firm.named()));
    for (name, value) in &mut form {
        match name.as_str() {
            "me-text" => *value = (60 - skills - region).to_string(),
            "me-skills" => *value = skills.to_string(),
            "me-region" => *value = region.to_string(),
            _ => {}
        }
    }
    form.push(("version".to_owned(), version.to_owned()));
    form
}

async fn set(site: &mut Site, form: &[(String, String)]) -> Answer {
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    site.post("/op/weights", &form).await
}

#[tokio::test]
async fn the_desk_sets_what_counts_and_everybody_s_list_follows() {
    // The inn is where Hana wants to work; the brewery asks for what she can do.
    let mut town = Town::new(|inn, hana| {
        inn.facts.skills = vec!["接客".to_owned()];
        inn.facts.remote = Some(Range::exactly(100));
        hana.facts.areas = Some(Areas::Prefectures(vec!["広島県".to_owned()]));
        hana.facts.headline = None;
    })
    .await;
    let mut brewery_s = opening(11, &town.brewery, "酒蔵の番頭");
    brewery_s.facts.remote = Some(Range::exactly(100));
    town.write(vec![brewery_s], Vec::new()).await;
    town.as_desk().await;
    town.site.get("/op").await.shows("/op/weights");
    town.site.get("/op/weights").await.is(200).shows("重みは、標準のままです").hides("標準の重みに戻す");
    set(&mut town.site, &shares("0", 60, 0)).await.is(303);
    comes_first(&town.hana_s_list().await, "酒蔵の番頭", "宿の若女将の右腕");
    town.site.get("/me/fitting").await.shows("スキル 60%").hides("地域 0%");
    town.as_desk().await;
    set(&mut town.site, &shares("1", 0, 60)).await.is(303);
    let page = town.site.get("/op/weights").await;
    page.shows("スキル 60% → 0%").shows("スキル 20% → 60%").shows("標準の重みに戻す").shows("tanaka");
    town.site.another_browser();
    town.site.come_in("hana").await;
    comes_first(&town.hana_s_list().await, "宿の若女将の右腕", "酒蔵の番頭");
    town.as_desk().await;
    town.site.post("/op/weights", &[("version", "2"), ("usual", "yes")]).await.is(303);
    town.site.get("/op/weights").await.shows("スキル 0% → 20%").hides("標準の重みに戻す");
}

#[tokio::test]
async fn shares_that_are_not_whole_are_refused_and_nothing_typed_is_lost() {
    let mut town = Town::new(|_, _| {}).await;
    town.as_desk().await;
    let mut more = shares("0", 20, 15);
    more[3].1 = "１７".to_owned();
    let page = set(&mut town.site, &more).await;
    page.is(422).shows("いまの合計は105です").shows(r#"value="１７""#);
    let mut wrong = shares("0", 20, 15);
    wrong[0].1 = "たくさん".to_owned();
    set(&mut town.site, &wrong).await.is(422).shows("0〜100の整数を書いてください").shows("たくさん");
    set(&mut town.site, &shares("0", 25, 10)).await.is(303);
    set(&mut town.site, &shares("0", 25, 10)).await.is(303);
    let late = set(&mut town.site, &shares("0", 10, 25)).await;
    late.is(409).shows("ほかの担当が重みを変えました");
    town.site.get("/op/weights").await.shows(r#"value="25""#).hides("いまの合計");
}

#[tokio::test]
async fn a_round_is_frozen_with_the_weights_in_force_and_keeps_them() {
    let mut town = Town::new(|_, _| {}).await;
    town.as_desk().await;
    let new = [("mechanism", "candidate-optimal"), ("top_k", "20"), ("seed", "7")];
    town.site.post("/op/rounds", &new).await.is(303);
    town.site.get("/op/rounds/1").await.shows("締め切るときの重みで作ります");
    set(&mut town.site, &shares("0", 33, 2)).await.is(303);
    town.site.post("/op/rounds/1/freeze", &[]).await.is(303);
    town.site.get("/op/rounds/1").await.shows("締め切ったときのこの割合").shows("<dd>33%</dd>");
    set(&mut town.site, &shares("1", 11, 24)).await.is(303);
    town.site.get("/op/rounds/1").await.shows("<dd>33%</dd>").hides("<dd>11%</dd>");
    town.site.post("/op/rounds", &new).await.is(303);
    town.site.post("/op/rounds/2/freeze", &[]).await.is(303);
    town.site.get("/op/rounds/2").await.shows("<dd>11%</dd>").hides("<dd>33%</dd>");
}
