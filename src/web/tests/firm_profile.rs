//! What a firm says about itself, and what its people are told to do next.

use super::Site;
use super::house::{firm, opening};
use super::postings::{OPEN, president, version, written};
use crate::domain::{Changes, Firm, OpenName, Standing, Succession};
use crate::store::{journal, shown};

/// A sound number that nobody else has.
const NUMBER: &str = "7000012050002";

async fn now(site: &Site, firm: &Firm) -> Firm {
    shown::firm(&site.web.db, firm.id).await.unwrap().unwrap()
}

async fn say(site: &mut Site, firm: &Firm, fields: &[(&str, &str)]) -> super::Answer {
    let at = format!("/firm/{}/profile", firm.id);
    let version = version(&site.get(&at).await);
    site.post(&at, &[fields, &[("version", &*version)]].concat()).await
}

#[tokio::test]
async fn a_president_says_what_the_firm_is_and_is_found_by_it() {
    let mut site = Site::with_operator().await;
    let brewery = firm(1, "山田醸造", "岡山県", OpenName::Agreed);
    let openings = vec![opening(11, &brewery, "蔵の番頭")];
    site.write(&Changes { firms: vec![brewery.clone()], openings, ..Changes::default() }).await;
    site.as_member("ichiro", &brewery, Standing::Admin).await;
    let fields = [
        ("name", "山田醸造株式会社"),
        ("number", "Ｔ7000－0120‐50002"),
        ("prefecture", "岡山県"),
        ("municipality", "高梁市"),
        ("founded", "大正15年"),
        ("employees", "１７名"),
        ("website", "yamada.example.jp"),
        ("about", "甘酒と味噌の蔵です。"),
        ("succession", "closing"),
        ("profit", ""),
    ];
    let saved = say(&mut site, &brewery, &fields).await;
    let page = site.get(saved.is(303).header("location")).await;
    page.is(200).shows("保存しました").shows("value=\"山田醸造株式会社\"").shows("value=\"1926\"");
    let known = now(&site, &brewery).await;
    assert_eq!(known.facts.corporate_number.as_deref(), Some(NUMBER));
    assert_eq!(known.facts.succession, Some(Succession::Closing));
    assert_eq!(known.facts.profit, None, "what was told once may be kept to oneself again");
    assert_eq!(known.codes, brewery.codes, "the coordinator's number stays");
    assert_eq!(known.facts.note, brewery.facts.note);
    let done = journal::of(&site.web.db, "firm", &brewery.id.to_string(), 10).await.unwrap();
    assert_eq!((done[0].action.as_str(), done[0].acted_as.as_str()), ("firm.save", "firm"));
    // The index follows at once.
    site.get("/openings?q=%E7%94%98%E9%85%92").await.is(200).shows("蔵の番頭");
    let public = site.another_browser().get(&format!("/firms/{}", brewery.id)).await;
    public.is(200).shows("https://yamada.example.jp/").hides("廃業").hides("17");
}

#[tokio::test]
async fn every_question_says_why_it_is_asked_and_who_sees_the_answer() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let page = site.get(&format!("/firm/{}/profile", brewery.id)).await;
    assert_eq!(page.body.matches("<ul class=\"about\"").count(), 13);
    page.shows("会社の担当者と、地域の人事部の担当だけ").shows("いまは答えない");
}

#[tokio::test]
async fn a_wrong_number_is_explained_beside_it_and_nothing_typed_is_lost() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let typed = [("name", "山田醸造"), ("prefecture", "岡山県"), ("about", "書きかけの概要")];
    let wrong = say(&mut site, &brewery, &[&typed[..], &[("number", "8000012050002")]].concat()).await;
    wrong.is(422).shows("href=\"#number\"").shows("残りの12桁から計算").shows("書きかけの概要");
    wrong.shows("value=\"8000012050002\"");
    let short = say(&mut site, &brewery, &[&typed[..], &[("number", "000012050002")]].concat()).await;
    short.is(422).shows("会社法人等番号");
    assert_eq!(now(&site, &brewery).await.facts, brewery.facts);
}

#[tokio::test]
async fn a_number_that_is_another_firms_leads_to_the_desk() {
    let mut site = Site::with_operator().await;
    let mut inn = firm(2, "海辺の宿", "広島県", OpenName::Agreed);
    inn.facts.corporate_number = Some(NUMBER.to_owned());
    site.write(&Changes { firms: vec![inn.clone()], ..Changes::default() }).await;
    let brewery = president(&mut site).await;
    let answer = say(&mut site, &brewery, &[("name", "山田醸造"), ("number", NUMBER)]).await;
    answer.is(422).shows("別の会社として登録されています").shows("href=\"/operators\"").hides("海辺の宿");
    assert_eq!(now(&site, &brewery).await.facts.corporate_number, brewery.facts.corporate_number);
}

#[tokio::test]
async fn two_who_write_at_the_same_time_see_both_and_choose() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = format!("/firm/{}/profile", brewery.id);
    let begun = version(&site.get(&at).await);
    let mine = [("version", &*begun), ("name", "山田醸造"), ("about", "社長の書いた概要")];
    let theirs = [("version", &*begun), ("name", "山田醸造"), ("about", "専務の書いた概要")];
    site.post(&at, &theirs).await.is(303);
    site.post(&at, &theirs).await.is(303);
    let both = site.post(&at, &mine).await;
    both.is(409).shows("社長の書いた概要").shows("専務の書いた概要");
    let fresh = version(&both);
    site.post(&at, &[&mine[1..], &[("version", &*fresh)]].concat()).await.is(303);
    assert_eq!(now(&site, &brewery).await.facts.about.as_deref(), Some("社長の書いた概要"));
}

#[tokio::test]
async fn what_is_typed_is_kept_before_anybody_saves_it() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = format!("/firm/{}/profile", brewery.id);
    let begun = version(&site.get(&at).await);
    let typed = [("version", &*begun), ("name", "山田醸造"), ("about", "あとで続きを")];
    site.post(&format!("{at}/draft"), &typed).await.is(200).shows("\"saved\"");
    site.post(&format!("{at}/draft"), &[("version", &*begun), ("about", "別の人")]).await.is(409);
    site.get(&at).await.shows("あとで続きを").shows("書きかけの内容を残してあります");
    assert_eq!(now(&site, &brewery).await.facts, brewery.facts);
    site.get(&format!("/firm/{}", brewery.id)).await.shows("入力中");
}

#[tokio::test]
async fn the_desk_may_write_for_a_firm_and_the_record_says_so() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    site.another_browser().log_in().await;
    site.get(&format!("/firm/{}/profile", brewery.id)).await.is(200).shows("会社に代わって");
    say(&mut site, &brewery, &[("industry", "製造業／味噌")]).await.is(303);
    let done = journal::of(&site.web.db, "firm", &brewery.id.to_string(), 1).await.unwrap();
    assert_eq!((done[0].action.as_str(), done[0].acted_as.as_str()), ("firm.save", "proxy"));
}

#[tokio::test]
async fn the_home_of_a_firm_says_how_far_each_thing_is() {
    let mut site = Site::with_operator().await;
    let mut brewery = firm(1, "山田醸造", "岡山県", OpenName::Asking);
    let facts = &mut brewery.facts;
    (facts.industry, facts.employees, facts.founded, facts.about, facts.succession) = Default::default();
    site.write(&Changes { firms: vec![brewery.clone()], ..Changes::default() }).await;
    site.as_member("ichiro", &brewery, Standing::Admin).await;
    let home = format!("/firm/{}", brewery.id);
    let states = |page: &super::Answer| {
        let of = |word: &str| page.body.matches(&format!("\">{word}</span>")).count();
        [of("未着手"), of("入力中"), of("確認待ち"), of("完了")]
    };
    assert_eq!(states(&site.get(&home).await), [3, 0, 0, 0]);
    let whole = [
        ("kana", "ヤマダジョウゾウ"),
        ("municipality", "高梁市"),
        ("address", "本町1-2-3"),
        ("industry", "製造業／清酒"),
        ("employees", "17"),
        ("founded", "1926"),
        ("about", "備中の小さな酒蔵です。"),
        ("succession", "undecided"),
    ];
    say(&mut site, &brewery, &whole[..3]).await.is(303);
    assert_eq!(states(&site.get(&home).await), [2, 1, 0, 0]);
    say(&mut site, &brewery, &whole).await.is(303);
    site.post(&format!("{home}/openness"), &OPEN).await.is(303);
    let invited = [("mail", "jiro@example.jp"), ("standing", "member")];
    site.post(&format!("{home}/members"), &invited).await.is(200);
    assert_eq!(states(&site.get(&home).await), [0, 0, 1, 2]);
    let at = written(&mut site, &brewery).await;
    assert_eq!(states(&site.get(&home).await), [0, 1, 1, 2]);
    let begun = version(&site.get(&at).await);
    site.post(&at, &[("version", &begun)]).await.is(303);
    assert_eq!(states(&site.get(&home).await), [0, 0, 2, 2]);
}
