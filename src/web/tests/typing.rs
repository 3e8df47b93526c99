//! What is kept while somebody types, and what typing alone never changes.

use super::Site;
use super::house::{Answer, candidate};
use super::postings::{handed_in, president, version, written};
use crate::domain::Changes;

/// What the script is told.
fn told(answer: &Answer) -> (i64, String) {
    let said: serde_json::Value =
        serde_json::from_str(&answer.is(200).body).expect("an answer to the script");
    (said["version"].as_i64().unwrap(), said["saved"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn words_are_kept_while_they_are_typed_and_are_one_version_once_saved() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let page = site.get(&format!("{at}/edit/story")).await;
    page.shows(&format!("data-autosave=\"{at}/edit/story/draft\"")).shows("保存しました %time%");
    let mut from = version(&page);
    for words in ["冬の", "冬の朝は", "冬の朝は、つらい。"] {
        let typed = [("version", &*from), ("honest", words), ("story", "祖父の代からの蔵です。")];
        let (next, at_time) = told(&site.post(&format!("{at}/edit/story/draft"), &typed).await);
        assert_eq!(at_time, "09:00");
        from = next.to_string();
    }
    site.get(&format!("{at}/edit/story")).await.shows("冬の朝は、つらい。");
    let history = site.get(&format!("{at}/history")).await;
    history.shows("入力中に保存されました").shows("冬の朝は、つらい。");
    assert_eq!(
        history.body.matches("入力中に保存されました").count(),
        1,
        "one writer's typing is one version"
    );
    let pressed =
        [("version", &*from), ("honest", "冬の朝は、つらい。"), ("story", "祖父の代からの蔵です。")];
    site.post(&format!("{at}/edit/story"), &pressed).await.is(303);
    site.get(&format!("{at}/history")).await.hides("入力中に保存されました").shows("冬の朝は、つらい。");
}

#[tokio::test]
async fn a_lost_answer_is_no_other_version_and_a_second_page_is() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let draft = format!("{at}/edit/story/draft");
    let begun = version(&site.get(&format!("{at}/edit/story")).await);
    let typed = [("version", &*begun), ("honest", "一つ目の画面の文")];
    let first = told(&site.post(&draft, &typed).await);
    assert_eq!(told(&site.post(&draft, &typed).await), first);
    let second = [("version", &*begun), ("honest", "二つ目の画面の文")];
    site.post(&draft, &second).await.is(409).shows("\"conflict\":true");
    // The button of the second page leads to both.
    let both = site.post(&format!("{at}/edit/story"), &second).await;
    both.is(409).shows("一つ目の画面の文").shows("二つ目の画面の文");
}

#[tokio::test]
async fn typing_alone_does_not_take_back_what_was_handed_in() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = handed_in(&mut site, &brewery).await;
    let page = site.get(&format!("{at}/edit/story")).await;
    page.is(200).hides("data-autosave=").shows("ボタンを押すまで保存しません");
    let begun = version(&page);
    let typed = [("version", &*begun), ("honest", "書きかけ")];
    site.post(&format!("{at}/edit/story/draft"), &typed).await.is(409).shows("\"stop\":");
    site.get(&at).await.hides("書きかけ");
    site.post(&format!("{at}/edit/story"), &typed).await.is(303);
    site.get(&format!("{at}/edit/story")).await.shows("書きかけ").shows("data-autosave=");
}

#[tokio::test]
async fn what_the_desk_only_typed_for_a_firm_needs_the_firms_word_too() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let president = site.cookies();
    let id = at.rsplit('/').next().unwrap().to_owned();
    site.another_browser().log_in().await;
    let begun = version(&site.get(&format!("{at}/edit/story")).await);
    let typed = [("version", &*begun), ("honest", "担当が書いた文")];
    told(&site.post(&format!("{at}/edit/story/draft"), &typed).await);
    let desk = site.cookies();
    site.with_cookies(&president);
    site.post(&format!("/firm/{}/openness", brewery.id), &super::postings::OPEN).await.is(303);
    let begun = version(&site.get(&at).await);
    site.post(&at, &[("version", &begun)]).await.is(303);
    let approved =
        site.with_cookies(&desk).post(&format!("/op/approvals/{id}"), &[("decision", "approve")]).await;
    approved.is(409).shows("だれが、どのように確認したか");
}

#[tokio::test]
async fn a_story_of_ten_thousand_letters_is_kept_and_saved() {
    let mut site = Site::with_operator().await;
    let brewery = president(&mut site).await;
    let at = written(&mut site, &brewery).await;
    let long = "蔵".repeat(10_000);
    let begun = version(&site.get(&format!("{at}/edit/story")).await);
    let (now, _) =
        told(&site.post(&format!("{at}/edit/story/draft"), &[("version", &begun), ("story", &long)]).await);
    let now = now.to_string();
    let pressed = [("version", &*now), ("story", &*long), ("honest", "冬の朝は早く、蔵は冷えます。")];
    site.post(&format!("{at}/edit/story"), &pressed).await.is(303);
}

#[tokio::test]
async fn the_same_words_of_a_profile_sent_twice_are_kept_once() {
    let mut site = Site::new().await;
    let hana = candidate(1, "佐藤 花");
    site.write(&Changes { candidates: vec![hana.clone()], ..Changes::default() }).await;
    site.as_candidate("hana", &hana).await;
    let page = site.get("/me/profile").await;
    page.shows("data-autosave=\"/me/profile/draft\"").shows("role=\"status\"");
    let begun = version(&page);
    let typed = [("version", &*begun), ("headline", "酒蔵の営業")];
    let first = told(&site.post("/me/profile/draft", &typed).await);
    assert_eq!(told(&site.post("/me/profile/draft", &typed).await), first);
    let other = [("version", &*begun), ("headline", "別の画面の文")];
    site.post("/me/profile/draft", &other).await.is(409).shows("\"conflict\":true");
}
