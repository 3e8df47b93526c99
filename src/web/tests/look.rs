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
