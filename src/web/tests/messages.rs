//! A candidate, a firm and the desk write to each other; everybody who reads is named.

use super::Site;
use super::house::{Answer, Cookies, LOGIN, candidate, firm, opening};
use crate::domain::{Candidate, Changes, Firm, Letter, OpenName, Opening, Standing};

const WORDS: &str = "仕込みの時期に、一日だけ蔵を見せていただけますか。";

struct Town {
    site: Site,
    bantou: Opening,
    hers: Cookies,
    presidents: Cookies,
}

/// Haru, who has said this much of her interest, and the brewery's president.
async fn town(level: &str) -> Town {
    let mut site = Site::with_operator().await;
    let brewery: Firm = firm(1, "山田醸造", "岡山県", OpenName::Agreed);
    let bantou = opening(11, &brewery, "蔵の番頭");
    let haru: Candidate = candidate(21, "田中 春");
    site.write(&Changes {
        firms: vec![brewery.clone()],
        openings: vec![bantou.clone()],
        candidates: vec![haru.clone()],
        ..Changes::default()
    })
    .await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let presidents = site.cookies();
    site.as_candidate("haru", &haru).await;
    let hers = site.cookies();
    site.post(&format!("/openings/{}/{level}", bantou.id), &[]).await.is(303);
    Town { site, bantou, hers, presidents }
}

/// The only thread in the list of who is logged in.
async fn thread(site: &mut Site) -> String {
    let list = site.get("/messages").await;
    let at = list.is(200).body.find("/messages/").expect("a thread");
    list.body[at..].split('"').next().unwrap().to_owned()
}

/// The name that the page gives to the message to be written.
fn id(page: &Answer) -> String {
    let at = page.body.find("name=\"id\" value=\"").unwrap() + "name=\"id\" value=\"".len();
    page.body[at..].split('"').next().unwrap().to_owned()
}

async fn waiting(site: &Site, mail: &str) -> usize {
    let is_news = |letter: &&Letter| matches!(letter, Letter::MessageWaiting { .. });
    site.letters_to(mail).await.iter().filter(is_news).count()
}

#[tokio::test]
async fn a_question_is_asked_read_and_answered_and_the_desk_is_seen_to_read() {
    let Town { mut site, hers, presidents, .. } = town("apply").await;
    let at = thread(&mut site).await;
    site.get(&at).await.is(200).shows("まだメッセージはありません").shows(LOGIN).shows("ichiro");
    site.post(&at, &[("body", &format!("  {WORDS}\r\n"))]).await.is(303);
    site.post(&at, &[("body", "お返事をお待ちしています。")]).await.is(303);
    assert_eq!(waiting(&site, "ichiro@example.jp").await, 1, "one letter until it is read");
    site.with_cookies(&presidents).get("/messages").await.shows("未読2件").shows("田中 春");
    site.get(&at).await.is(200).shows(WORDS).shows("田中 春");
    site.get("/messages").await.hides("未読");
    site.post(&at, &[("body", "どうぞ。十二月の第二週はいかがですか。")]).await.is(303);
    assert_eq!(waiting(&site, "haru@example.jp").await, 1);
    site.with_cookies(&hers).get(&at).await.shows("ichiro（山田醸造）").shows("十二月の第二週");
    site.post(&at, &[("body", "うかがいます。")]).await.is(303);
    assert_eq!(waiting(&site, "ichiro@example.jp").await, 2, "after it was read, another");

    site.another_browser().log_in().await;
    site.get("/messages").await.shows("田中 春 － 山田醸造");
    site.get(&at).await.is(200).shows(WORDS);
    site.post(&at, &[("body", "窓口からも、ひとこと。")]).await.is(303);
    site.with_cookies(&hers).get(&at).await.shows("地域の人事部").shows("ひとこと");
}

#[tokio::test]
async fn two_presses_are_one_message() {
    let Town { mut site, .. } = town("apply").await;
    let at = thread(&mut site).await;
    let id = id(&site.get(&at).await);
    for _ in 0..2 {
        site.post(&at, &[("id", &id), ("body", WORDS)]).await.is(303);
    }
    let page = site.get(&at).await;
    assert_eq!(page.body.matches(WORDS).count(), 1);
}

#[tokio::test]
async fn an_address_is_asked_about_and_what_was_written_stays() {
    let Town { mut site, .. } = town("apply").await;
    let at = thread(&mut site).await;
    let words = "電話は０９０－１２３４－５６７８です。";
    let asked = site.post(&at, &[("body", words)]).await;
    asked
        .is(422)
        .shows(words)
        .shows("電話番号が入っているようです")
        .shows("href=\"#body\"")
        .shows("name=\"sure\"");
    site.post(&at, &[("body", words), ("sure", "yes")]).await.is(303);
    site.get(&at).await.shows(words);
    site.post(&at, &[("body", " \r\n ")]).await.is(422).shows("本文を書いてください");
    site.post(&at, &[("body", &"あ".repeat(3_001))]).await.is(422).shows("3000文字まで");
}

#[tokio::test]
async fn interest_alone_tells_no_name_in_a_thread_either() {
    let Town { mut site, presidents, .. } = town("interest").await;
    let at = thread(&mut site).await;
    site.post(&at, &[("body", WORDS)]).await.is(303);
    let list = site.with_cookies(&presidents).get("/messages").await;
    list.is(200).shows("営業ひとすじ二十年").hides("田中").hides("haru");
    site.get(&at).await.is(200).shows(WORDS).shows("営業ひとすじ二十年").hides("田中").hides("haru");
}

#[tokio::test]
async fn what_has_ended_can_be_read_and_no_longer_written() {
    let Town { mut site, hers, presidents, bantou } = town("apply").await;
    let at = thread(&mut site).await;
    site.post(&at, &[("body", WORDS)]).await.is(303);
    let application = at.rsplit('/').next().unwrap().to_owned();
    site.post(&format!("/me/applications/{application}/withdraw"), &[]).await.is(303);
    site.get(&at).await.is(200).shows(WORDS).shows("終わっています").hides("name=\"body\"");
    site.post(&at, &[("body", WORDS)]).await.is(409);
    site.with_cookies(&presidents).get(&at).await.is(404);
    site.with_cookies(&hers).post(&format!("/me/applications/{application}/undo"), &[]).await.is(303);
    site.with_cookies(&presidents).get(&at).await.is(200);
    // Taken back: the firm sees nothing of it any more.
    let firm = bantou.firm;
    site.with_cookies(&hers).post("/me/consents", &[("firm", &firm.to_string())]).await.is(303);
    site.with_cookies(&presidents).get(&at).await.is(404);
    site.post(&at, &[("body", WORDS)]).await.is(404);
}
