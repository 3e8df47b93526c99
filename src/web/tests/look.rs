//! What every page looks like: its frame, its components, the pages about the site itself.

use super::house::Site;

async fn invented() -> Site {
    let site = Site::new().await;
    site.create_operator(true).await;
    site
}

#[tokio::test]
async fn a_field_says_why_we_ask_who_sees_it_and_how_long_it_stays() {
    let mut site = invented().await;
    let page = site.get("/samples/fields").await;
    page.is(200)
        .shows("お聞きする理由：企業が最初に読む一行だからです")
        .shows("見る人：企業のうち、あなたが応募した先だけ")
        .shows("残る期間：退会するまで")
        .shows(r#"aria-describedby="headline-hint headline-about""#)
        .hides(r#"id="errors""#);
}

#[tokio::test]
async fn a_mistake_stands_beside_its_field_and_in_the_summary_and_the_input_stays() {
    let mut site = invented().await;
    let page = site.get("/samples/fields?state=wrong").await;
    page.is(200)
        .shows(r##"<a href="#headline">ひとことで言うと: この見本では"##)
        .shows(r#"id="headline-error""#)
        .shows(r#"aria-describedby="headline-hint headline-error headline-about" aria-invalid="true""#)
        .shows(r#"value="営業ひとすじ二十年""#)
        // What the links of the summary lead to when a field is several boxes.
        .shows(r#"<input id="contract" type="radio""#)
        .shows(r#"<input id="wishes" type="checkbox""#);
}

#[tokio::test]
async fn a_region_that_exists_shows_no_samples() {
    let mut site = Site::with_operator().await;
    site.get("/samples").await.is(404);
    site.get("/samples/fields").await.is(404);
}

#[tokio::test]
async fn larger_letters_are_one_link_away_and_stay() {
    let mut site = Site::with_operator().await;
    site.get("/openings?kind=cxo").await.is(200).shows("/openings?kind=cxo&#38;size=large");
    site.get("/openings?kind=cxo&size=large").await.is(200).shows(r#"<html lang="ja" class="large">"#);
    site.get("/help").await.shows(r#"class="large""#).shows("文字を元の大きさにする");
    site.get("/no-such-page").await.is(404).shows(r#"class="large""#);
    site.get("/help?size=normal").await.hides(r#"class="large""#);
    site.get("/help").await.hides(r#"class="large""#);
}

#[tokio::test]
async fn an_operator_reads_as_whom_they_act_where_it_matters() {
    let mut site = Site::with_operator().await;
    site.log_in().await;
    site.get("/op").await.is(200).shows("備中の人事部の担当として操作中");
    site.get("/openings").await.is(200).hides("として操作中");
    site.get("/op/rounds/999").await.is(404).shows("ログアウト");
}

#[tokio::test]
async fn help_accessibility_and_privacy_are_one_link_away_from_everywhere() {
    let mut site = Site::with_operator().await;
    for page in ["/", "/login", "/no-such-page"] {
        let answer = site.get(page).await;
        for link in ["/help", "/accessibility", "/privacy", "/operators"] {
            answer.shows(&format!(r#"href="{link}""#));
        }
    }
    site.get("/help").await.is(200).shows("希望順位表").shows("順位を聞くことは違反です");
    site.get("/accessibility").await.is(200).shows("まだ行っていません");
    site.get("/accessibility?lang=en").await.is(200).shows("do not claim conformance");
}
