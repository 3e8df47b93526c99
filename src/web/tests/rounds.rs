use super::Site;
use super::house::{candidate, firm, list_of_candidate, list_of_opening, opening};
use crate::domain::{Candidate, Changes, OpenName, RankList};

/// A brewery with one seat. Hanako and Jiro both want it; the brewery puts Hanako first.
/// Whether Jiro stands on the brewery's list at all is `jiro_is_ranked`.
async fn brewery(jiro_is_ranked: bool) -> Site {
    let site = Site::with_operator().await;
    let brewery = firm(1, "白壁酒造株式会社", "岡山県", OpenName::Agreed);
    let seat = opening(11, &brewery, "【週1日】酒蔵の番頭");
    let (hanako, jiro) = (candidate(21, "佐藤 花子"), candidate(22, "鈴木 次郎"));
    let of_brewery: Vec<&Candidate> = if jiro_is_ranked { vec![&hanako, &jiro] } else { vec![&hanako] };
    let rankings: Vec<RankList> = vec![
        list_of_candidate(&hanako, &[&seat]),
        list_of_candidate(&jiro, &[&seat]),
        list_of_opening(&seat, &of_brewery),
    ];
    let (firms, openings, candidates) = (vec![brewery], vec![seat], vec![hanako, jiro]);
    site.write(&Changes { firms, openings, candidates, rankings, ..Changes::default() }).await;
    site
}

const NEW: [(&str, &str); 3] = [("mechanism", "candidate-optimal"), ("top_k", "20"), ("seed", "7")];

/// Takes a round from its making to its publication, as an operator presses the buttons.
async fn publish(site: &mut Site) {
    site.log_in().await;
    assert_eq!(site.post("/op/rounds", &NEW).await.is(303).header("location"), "/op/rounds/1");
    for step in ["freeze", "run", "publish"] {
        let done = site.post(&format!("/op/rounds/1/{step}"), &[]).await;
        assert_eq!(done.is(303).header("location"), "/op/rounds/1");
    }
}

/// The link of one participant, as the page shows it.
async fn link_of(site: &mut Site, key: &str) -> String {
    let shown = site.post("/op/rounds/1/links", &[("key", key), ("form", "page")]).await;
    shown.is(200).shows(key).shows("もう表示できません");
    let at = shown.body.find("/r/").unwrap();
    shown.body[at..at + 3 + 64].to_owned()
}

/// The result as this participant sees it.
async fn result_of(site: &mut Site, key: &str) -> super::Answer {
    let link = link_of(site, key).await;
    let browser = site.another_browser();
    browser.post(&link, &[]).await.is(303);
    browser.get("/result").await
}

#[tokio::test]
async fn a_round_goes_from_its_making_to_its_publication_by_buttons() {
    let mut site = brewery(true).await;
    site.log_in().await;
    site.get("/op").await.is(200).shows("募集回は、まだありません");
    site.post("/op/rounds", &NEW).await.is(303);
    site.get("/op/rounds").await.is(200).shows("第1回").shows("受付中");
    site.get("/op/rounds/1").await.is(200).shows("締め切る").hides("公表の確認へ進む");
    site.post("/op/rounds/1/freeze", &[]).await.is(303);
    site.get("/op/rounds/1").await.is(200).shows("計算して検算する").shows("ハッシュ");
    site.post("/op/rounds/1/run", &[]).await.is(303);
    let proposed = site.get("/op/rounds/1").await;
    proposed.is(200).shows("公表の確認へ進む").shows("見逃している組は0組").shows("佐藤 花子").shows("<svg");
    proposed.shows("白壁酒造株式会社").shows("C-0022").hides("鈴木 次郎");
    site.get("/op/rounds/1/compare").await.is(200).shows("この回").shows("どちらの方式でも");
    site.get("/op/rounds/1/publish")
        .await
        .is(200)
        .shows("1組の組み合わせを公表します")
        .shows("取り消せません");
    site.post("/op/rounds/1/publish", &[]).await.is(303);
    site.get("/op/rounds/1").await.is(200).shows("参加者のリンクを作る");
    site.get("/").await.is(200).shows("2026年12月1日（火）に結果を公表しました");
    site.get("/op/rounds/1?lang=en").await.is(200).shows("Make the participants’ links").hides("web-");
    for path in ["/op", "/op/rounds", "/op/rounds/1/compare", "/op/rounds/1/links"] {
        site.get(path).await.is(200).hides("web-").hides("round-stage");
    }
}

#[tokio::test]
async fn before_publication_the_calendar_tells_nobody_that_there_is_a_result() {
    let mut site = brewery(true).await;
    site.log_in().await;
    site.post("/op/rounds", &NEW).await.is(303);
    site.get("/").await.shows("希望順位表を受け付けています");
    site.post("/op/rounds/1/freeze", &[]).await.is(303);
    let frozen = site.get("/").await;
    site.post("/op/rounds/1/run", &[]).await.is(303);
    let run = site.get("/").await;
    assert_eq!(frozen.body, run.body);
    site.get("/op/rounds/1/links").await.is(303);
    site.post("/op/rounds/1/links", &[("form", "csv")]).await.is(303);
}

#[tokio::test]
async fn a_step_out_of_turn_and_an_unknown_round_are_refused_in_words() {
    let mut site = brewery(true).await;
    site.log_in().await;
    for path in ["/op/rounds/1", "/op/rounds/0", "/op/rounds/x", "/op/rounds/1/compare", "/op/rounds/9/links"]
    {
        site.get(path).await.is(404).shows("ページが見つかりません");
    }
    site.post("/op/rounds", &NEW).await.is(303);
    site.post("/op/rounds/1/run", &[]).await.is(409).shows("状況が変わりました");
    site.post("/op/rounds/1/publish", &[]).await.is(409);
    site.post("/op/rounds/1/freeze", &[]).await.is(303);
    site.post("/op/rounds/1/freeze", &[]).await.is(409);
}

#[tokio::test]
async fn a_round_with_impossible_settings_is_not_made_and_what_was_typed_stays() {
    let mut site = brewery(true).await;
    site.log_in().await;
    let fields = [("mechanism", "best"), ("top_k", "0"), ("seed", "lucky")];
    let refused = site.post("/op/rounds", &fields).await;
    refused
        .is(422)
        .shows("計算の方式を選んで")
        .shows("1から100まで")
        .shows("0以上の整数")
        .shows("value=\"lucky\"");
    site.get("/op/rounds").await.shows("募集回は、まだありません");
}

#[tokio::test]
async fn a_participant_sees_the_own_result_and_nobody_elses() {
    let mut site = brewery(true).await;
    publish(&mut site).await;
    let hanako = result_of(&mut site, "C-0021").await;
    hanako.is(200).shows("白壁酒造株式会社").shows("酒蔵の番頭").hides("次郎").hides("C-0022");
    site.log_in().await;
    let firm = result_of(&mut site, "J-0011").await;
    firm.is(200).shows("佐藤 花子").hides("次郎");
    site.log_in().await;
    let jiro = result_of(&mut site, "C-0022").await;
    jiro.is(200).hides("白壁酒造").hides("花子");
}

#[tokio::test]
async fn outranked_and_not_ranked_are_told_in_the_same_words() {
    let mut pages = Vec::new();
    for jiro_is_ranked in [true, false] {
        let mut site = brewery(jiro_is_ranked).await;
        publish(&mut site).await;
        let page = result_of(&mut site, "C-0022").await;
        let headers: Vec<_> =
            page.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        pages.push((page.status, headers, page.body));
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn links_come_as_a_file_with_a_line_for_each_participant() {
    let mut site = brewery(true).await;
    publish(&mut site).await;
    site.get("/op/rounds/1/links").await.is(200).shows("全員分を作る（3件）").hides("/r/");
    let file = site.post("/op/rounds/1/links", &[("form", "csv")]).await;
    assert_eq!(file.is(200).header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"round-1-links.csv\"");
    assert_eq!(file.header("cache-control"), "no-store");
    let lines: Vec<_> = file.body.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(lines[0], "区分,番号,名前,リンク");
    assert!(lines[1].starts_with("候補者,C-0021,佐藤 花子,http://localhost:8080/r/"), "{}", lines[1]);
    assert!(lines[3].starts_with("企業,J-0011,白壁酒造株式会社,"), "{}", lines[3]);
    let unknown = site.post("/op/rounds/1/links", &[("key", "C-9999"), ("form", "page")]).await;
    unknown.is(422).shows("その番号はありません");
}

#[tokio::test]
async fn no_page_of_a_round_opens_to_a_participant_or_a_stranger() {
    let mut site = brewery(true).await;
    publish(&mut site).await;
    let link = link_of(&mut site, "C-0021").await;
    site.another_browser().post(&link, &[]).await.is(303);
    let pages = ["", "/1", "/1/compare", "/1/publish", "/1/links"];
    let steps = ["", "/1/freeze", "/1/run", "/1/publish", "/1/links"];
    for _ in 0..2 {
        for page in pages {
            let answer = site.get(&format!("/op/rounds{page}")).await;
            assert!(answer.is(303).header("location").starts_with("/login?next=%2Fop%2Frounds"));
        }
        for step in steps {
            let answer = site.post(&format!("/op/rounds{step}"), &[("form", "csv")]).await;
            assert_eq!(answer.is(303).header("location"), "/login?next=%2Fop");
        }
        site.another_browser();
    }
}

#[tokio::test]
async fn a_link_opened_before_publication_waits_for_it() {
    let mut site = brewery(true).await;
    site.log_in().await;
    site.post("/op/rounds", &NEW).await.is(303);
    let link = super::participants::link(&site).await;
    site.post(&link, &[]).await.is(303);
    site.get("/result").await.is(200).shows("まだ公表されていません");
}
