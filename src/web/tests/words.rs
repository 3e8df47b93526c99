//! What means the same at this desk.

use super::Site;
use super::house::{firm, opening};
use crate::domain::{Changes, OpenName};

const SEARCH: &str = "/openings?q=%E5%B8%B3%E5%A0%B4%E3%81%95%E3%82%93"; // 帳場さん

async fn town() -> Site {
    let mut site = Site::with_operator().await;
    let brewery = firm(1, "白壁酒造株式会社", "岡山県", OpenName::Agreed);
    let openings = vec![opening(11, &brewery, "酒蔵の番頭"), opening(12, &brewery, "社長の右腕を求む")];
    site.write(&Changes { firms: vec![brewery], openings, ..Changes::default() }).await;
    site.log_in().await;
    site
}

#[tokio::test]
async fn what_an_operator_calls_the_same_is_found_at_once_and_by_everybody() {
    let mut site = town().await;
    site.get(SEARCH).await.is(200).hides("酒蔵の");
    let page = site.get("/op/words").await;
    page.is(200).shows("加えた言いかえは、まだありません");
    let typed = [("version", "0"), ("words", "番頭、帳場さん\n")];
    site.post("/op/words", &typed).await.is(303);
    site.get("/op/words").await.is(200).shows("番頭、帳場さん").shows("1組");
    let visitor = site.cookies();
    site.another_browser();
    let found = site.get(SEARCH).await;
    found.is(200).shows("酒蔵の").shows("を求む").shows("「帳場さん」を言いかえた「番頭」に一致");
    site.with_cookies(&visitor);
    site.post("/op/words", &[("version", "1"), ("words", "")]).await.is(303);
    site.get(SEARCH).await.is(200).hides("酒蔵の");
}

#[tokio::test]
async fn what_cannot_be_set_is_told_with_its_line_and_stays_in_the_field() {
    let mut site = town().await;
    let refused = site.post("/op/words", &[("version", "0"), ("words", "湯守、湯番\n派遣、出向")]).await;
    refused.is(422).shows("2行目の「派遣」と「出向」は").shows("湯守、湯番");
    site.post("/op/words", &[("version", "0"), ("words", "湯守、湯番")]).await.is(303);
    let late = site.post("/op/words", &[("version", "0"), ("words", "湯守、湯もり")]).await;
    late.is(409).shows("ほかの担当が言いかえを変えました").shows("湯守、湯もり");
    late.shows("name=\"version\" value=\"1\"");
    site.post("/op/words", &[("version", "1"), ("words", "湯守、湯もり")]).await.is(303);
}
