//! People come in: registering, invitations, forgotten passwords, sessions.

use axum::http::Request;
use jiff::SignedDuration;

use super::Site;
use super::house::{PASSWORD, candidate, firm};
use crate::domain::{Changes, Letter, OpenName, Role, RoleKind, Standing};

const MAIL: &str = "haru@example.jp";
const NEW: [(&str, &str); 4] =
    [("name", "田中 春"), ("password", PASSWORD), ("adult", "yes"), ("agrees", "yes")];

#[tokio::test]
async fn a_candidate_registers_with_a_verified_address_and_is_inside() {
    let mut site = Site::with_operator().await;
    site.get("/signup").await.is(200).shows("はじめての方の登録");
    site.post("/signup", &[("as", "candidate"), ("mail", " Haru@Example.jp ")])
        .await
        .is(200)
        .shows("メールをお送りしました");
    let link = site.mailed_link(MAIL).await;
    site.get(&link).await.is(200).shows(MAIL);
    site.get(&link).await.is(200);
    let entered = site.post(&link, &NEW).await;
    assert_eq!(entered.is(303).header("location"), "/start");
    assert_eq!(site.get("/start").await.is(303).header("location"), "/me");
    site.get("/account").await.is(200).shows("田中 春").shows("この画面");
    site.another_browser().post(&link, &NEW).await.is(410).shows("もう使われています");
    site.come_in("haru").await;
}

#[tokio::test]
async fn what_is_missing_is_said_beside_the_field_and_the_link_stays_good() {
    let mut site = Site::with_operator().await;
    site.post("/signup", &[("as", "candidate"), ("mail", MAIL)]).await.is(200);
    let link = site.mailed_link(MAIL).await;
    let wrong = site.post(&link, &[("name", "田中 春"), ("password", "short")]).await;
    wrong.is(422).shows("18歳以上の方だけ").shows("個人情報の取り扱いへの同意").shows("15文字以上");
    wrong.shows("value=\"田中 春\"").hides("value=\"short\"").shows("href=\"#password\"");
    site.post(&link, &NEW).await.is(303);
}

#[tokio::test]
async fn whether_an_address_has_an_account_is_told_to_its_owner_alone() {
    let mut site = Site::with_operator().await;
    site.log_in_as("haru", &[]).await;
    for (page, field) in
        [("/signup", [("as", "candidate"), ("mail", MAIL)]), ("/recover", [("as", ""), ("mail", MAIL)])]
    {
        let known = site.another_browser().post(page, &field).await;
        let unknown = [field[0], ("mail", "nobody@example.jp")];
        let unknown = site.post(page, &unknown).await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(known.body, unknown.body.replace("nobody@example.jp", MAIL), "{page}");
        assert_eq!(known.headers.len(), unknown.headers.len());
    }
    assert!(site.letters_to(MAIL).await.contains(&Letter::AlreadyRegistered));
    assert!(matches!(site.letters_to("nobody@example.jp").await[..], [Letter::Register { .. }]));
}

#[tokio::test]
async fn letters_are_not_sent_without_end() {
    let mut site = Site::with_operator().await;
    for _ in 0..5 {
        site.post("/signup", &[("as", "candidate"), ("mail", MAIL)]).await.is(200);
    }
    site.post("/signup", &[("as", "candidate"), ("mail", MAIL)]).await.is(429);
    site.post("/recover", &[("mail", MAIL)]).await.is(429);
    for wrong in [
        "",
        "haru",
        "haru@",
        "@example.jp",
        "a b@example.jp",
        "a@b",
        "a@example.jp\r\nBcc: x@example.jp",
        "a@.jp",
    ] {
        site.post("/signup", &[("as", "candidate"), ("mail", wrong)])
            .await
            .is(422)
            .shows("メールアドレスの形");
    }
}

#[tokio::test]
async fn only_the_latest_letter_works_and_only_for_a_while() {
    let mut site = Site::with_operator().await;
    site.post("/signup", &[("as", "candidate"), ("mail", MAIL)]).await.is(200);
    let former = site.mailed_link(MAIL).await;
    site.post("/signup", &[("as", "candidate"), ("mail", MAIL)]).await.is(200);
    site.get(&former).await.is(410);
    let latest = site.mailed_link(MAIL).await;
    site.pass(SignedDuration::from_hours(25));
    site.get(&latest).await.is(410).shows("期限");
    site.post(&latest, &NEW).await.is(410);
    site.get("/t/0000").await.is(410);
}

#[tokio::test]
async fn whom_a_coordinator_entered_finds_the_own_profile_after_registering() {
    let mut site = Site::with_operator().await;
    let mut known = candidate(21, "田中 春");
    known.facts.mail = MAIL.to_owned();
    site.write(&Changes { candidates: vec![known.clone()], ..Changes::default() }).await;
    site.post("/signup", &[("as", "candidate"), ("mail", MAIL)]).await.is(200);
    let link = site.mailed_link(MAIL).await;
    site.post(&link, &NEW).await.is(303);
    let profile = known.id.to_string();
    let people = crate::store::people::holders(&site.web.db, RoleKind::Candidate, &profile, 0).await;
    assert_eq!(people.unwrap().len(), 1);
}

#[tokio::test]
async fn a_firm_registers_by_its_number_and_one_that_is_known_waits_for_the_desk() {
    let mut site = Site::with_operator().await;
    let mut fields = vec![
        ("firm", "山田醸造株式会社"),
        ("number", "1234567890123"),
        ("prefecture", "岡山県"),
        ("name", "山田 一郎"),
        ("password", PASSWORD),
        ("agrees", "yes"),
    ];
    site.post("/signup", &[("as", "firm"), ("mail", "ichiro@example.jp")]).await.is(200);
    let link = site.mailed_link("ichiro@example.jp").await;
    site.post(&link, &fields).await.is(422).shows("法人番号が正しくありません");
    fields[1].1 = YAMADA;
    site.post(&link, &fields).await.is(303);
    assert_eq!(site.get("/start").await.header("location"), "/firm");

    site.another_browser().post("/signup", &[("as", "firm"), ("mail", "jiro@example.jp")]).await.is(200);
    let link = site.mailed_link("jiro@example.jp").await;
    fields[3].1 = "山田 次郎";
    site.post(&link, &fields).await.is(303);
    site.get("/start").await.is(200).shows("確認をお待ちください");
    let jiro = site.cookies();

    site.another_browser().log_in().await;
    let page = site.get("/op/people").await;
    page.is(200).shows("山田 次郎").shows("会社への参加を待っている人");
    let accept = page.body.split("action=\"").find(|part| part.starts_with("/op/join/")).unwrap();
    let accept = accept.split('"').next().unwrap().to_owned();
    site.post(&accept, &[]).await.is(303);
    site.post(&accept, &[]).await.is(404);
    assert_eq!(site.with_cookies(&jiro).get("/start").await.header("location"), "/firm");
}

/// Invented; the check digit holds.
const YAMADA: &str = "7999900000002";

#[tokio::test]
async fn an_invitation_makes_a_member_and_an_account_may_take_up_another_role() {
    let mut site = Site::with_operator().await;
    let brewery = firm(1, "山田醸造", "岡山県", OpenName::Agreed);
    site.write(&Changes { firms: vec![brewery.clone()], ..Changes::default() }).await;
    site.as_member("ichiro", &brewery, Standing::Admin).await;
    let members = format!("/firm/{}/members", brewery.id);
    site.post(&members, &[("mail", "hana@example.jp"), ("standing", "member")])
        .await
        .is(200)
        .shows("招待のメールをお送りしました");
    let link = site.mailed_link("hana@example.jp").await;
    site.another_browser().get(&link).await.is(200).shows("山田醸造");
    site.post(&link, &[("name", "山田 花"), ("password", PASSWORD)]).await.is(303);
    site.get(&members).await.is(200).shows("山田 花").hides("招待する");
    site.post(&members, &[("mail", "x@example.jp"), ("standing", "admin")]).await.is(404);

    site.log_in_as("ken", &[]).await;
    let ken = site.cookies();
    site.another_browser().come_in("ichiro").await;
    site.post(&members, &[("mail", "ken@example.jp"), ("standing", "admin")]).await.is(200);
    let link = site.mailed_link("ken@example.jp").await;
    site.with_cookies(&ken).get(&link).await.is(200).shows("「ken」さんとしてログインしています");
    site.post(&link, &[]).await.is(303);
    site.get(&members).await.is(200);
}

#[tokio::test]
async fn the_desk_invites_a_partner_by_name_and_an_administrator_the_secretariat() {
    let mut site = Site::with_operator().await;
    let mut brewery = firm(1, "山田醸造", "岡山県", OpenName::Agreed);
    brewery.facts.referred_by = Some("高梁商工会議所".to_owned());
    site.write(&Changes { firms: vec![brewery.clone()], ..Changes::default() }).await;
    site.log_in().await;
    let partner = |mail| [("mail", mail), ("role", "partner"), ("code", " 高梁商工会議所 ")];
    site.post("/op/people", &[("mail", "p@example.jp"), ("role", "partner"), ("code", "高")])
        .await
        .is(422)
        .shows("連携先の名前を2文字以上");
    site.post("/op/people", &partner("p@example.jp")).await.is(200).shows("招待のメールをお送りしました");
    site.post("/op/people", &partner("q@example.jp")).await.is(200);
    // The first operator looks after the installation, too.
    site.post("/op/people", &[("mail", "s@example.jp"), ("role", "secretariat")]).await.is(200);
    let operator = site.cookies();
    for (mail, name) in [("p@example.jp", "会議所 一"), ("q@example.jp", "会議所 二")] {
        let link = site.mailed_link(mail).await;
        site.another_browser().get(&link).await.is(200).shows("高梁商工会議所");
        site.post(&link, &[("name", name), ("password", PASSWORD)]).await.is(303);
        assert_eq!(site.get("/start").await.is(303).header("location"), "/partner");
        site.get("/partner").await.is(200).shows("高梁商工会議所").shows("山田醸造");
    }
    let link = site.mailed_link("s@example.jp").await;
    site.another_browser().post(&link, &[("name", "事務局"), ("password", PASSWORD)]).await.is(303);
    assert!(site.get("/secretariat").await.is(303).header("location").starts_with("/second"));
    site.has_proved().await;
    site.get("/secretariat").await.is(200);
    // An operator who is not the administrator invites neither.
    let desk = crate::store::accounts::desks(&site.web.db).await.unwrap().remove(0).id;
    site.log_in_as("midori", &[Role::Operator { desk }]).await;
    site.post("/op/people", &[("mail", "t@example.jp"), ("role", "secretariat")]).await.is(404);
    site.with_cookies(&operator).get("/op/people").await.is(200).shows("会議所 一");
}

#[tokio::test]
async fn who_is_removed_is_out_at_once_and_the_last_who_decides_stays() {
    let mut site = Site::with_operator().await;
    let brewery = firm(1, "山田醸造", "岡山県", OpenName::Agreed);
    site.write(&Changes { firms: vec![brewery.clone()], ..Changes::default() }).await;
    let hana = site.as_member("hana", &brewery, Standing::Member).await;
    let clerk = site.cookies();
    let ichiro = site.as_member("ichiro", &brewery, Standing::Admin).await;
    let members = format!("/firm/{}/members", brewery.id);
    site.post(&format!("{members}/{ichiro}/remove"), &[]).await.is(409).shows("決められる人がいなくなります");
    site.post(&format!("{members}/{hana}/remove"), &[]).await.is(303);
    site.with_cookies(&clerk).get(&members).await.is(303);
    site.another_browser().come_in("hana").await;
    site.get(&members).await.is(404);
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_every_session_ends() {
    let mut site = Site::with_operator().await;
    site.log_in_as("haru", &[]).await;
    let before = site.cookies();
    site.another_browser().post("/recover", &[("mail", MAIL)]).await.is(200);
    let link = site.mailed_link(MAIL).await;
    site.post(&link, &[("password", "short")]).await.is(422);
    site.post(&link, &[("password", "another quiet sentence")])
        .await
        .is(200)
        .shows("新しいパスワードでログイン");
    site.post(&link, &[("password", "another quiet sentence")]).await.is(410);
    site.with_cookies(&before).get("/account").await.is(303);
    site.post("/login", &[("login", MAIL), ("password", PASSWORD)]).await.is(422);
    site.post("/login", &[("login", MAIL), ("password", "another quiet sentence")]).await.is(303);
    assert_eq!(
        site.letters_to(MAIL).await.last(),
        Some(&Letter::SecurityChanged { what: "password".to_owned() })
    );
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_but_this() {
    let mut site = Site::with_operator().await;
    site.log_in_as("haru", &[]).await;
    let phone = site.cookies();
    site.another_browser();
    let fields = "login=haru%40example.jp&password=kura+no+migiude+sandai";
    let request = Request::post("/login")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("user-agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0");
    site.send(request, fields).await.is(303);
    let office = site.cookies();
    let page = site.get("/account").await;
    page.is(200).shows("Firefox Windows").shows("分からない機器");
    let end = page
        .body
        .split("action=\"")
        .find(|part| part.starts_with("/account/sessions/") && !part.starts_with("/account/sessions/others"));
    let end = end.unwrap().split('"').next().unwrap().to_owned();
    site.log_in_as("ken", &[]).await;
    site.post(&end, &[]).await.is(303);
    site.with_cookies(&phone).get("/account").await.is(200);
    site.with_cookies(&office).post(&end, &[]).await.is(303);
    site.with_cookies(&phone).get("/account").await.is(303);
    site.with_cookies(&office).get("/account").await.is(200);
}

#[tokio::test]
async fn candidates_stay_logged_in_for_a_day_and_those_who_see_many_people_for_half_an_hour() {
    let mut site = Site::with_operator().await;
    let haru = candidate(21, "田中 春");
    site.write(&Changes { candidates: vec![haru.clone()], ..Changes::default() }).await;
    site.as_candidate("haru", &haru).await;
    site.pass(SignedDuration::from_hours(23));
    site.get("/account").await.is(200);
    site.pass(SignedDuration::from_hours(25));
    site.get("/account").await.is(303);
    site.log_in_as("jimu", &[Role::Secretariat]).await;
    site.pass(SignedDuration::from_mins(31));
    site.get("/account").await.is(303);
}

#[tokio::test]
async fn before_a_grave_step_the_password_is_asked_again_and_the_way_leads_back() {
    let mut site = Site::with_operator().await;
    site.log_in_as("haru", &[]).await;
    site.post("/account/mail", &[("mail", "new@example.jp")]).await.is(200);
    site.pass(SignedDuration::from_mins(11));
    let asked = site.post("/account/mail", &[("mail", "new@example.jp")]).await;
    assert!(asked.is(303).header("location").starts_with("/confirm?next="));
    site.post("/confirm", &[("next", "/account"), ("password", "wrong")])
        .await
        .is(422)
        .shows("パスワードが違います");
    let back = site.post("/confirm", &[("next", "/account"), ("password", PASSWORD)]).await;
    assert_eq!(back.is(303).header("location"), "/account");
    site.post("/account/mail", &[("mail", "new@example.jp")]).await.is(200);
    let link = site.mailed_link("new@example.jp").await;
    site.post(&link, &[]).await.is(200).shows("メールアドレスを変えました");
    site.another_browser()
        .post("/login", &[("login", "new@example.jp"), ("password", PASSWORD)])
        .await
        .is(303);
    site.another_browser().post("/login", &[("login", MAIL), ("password", PASSWORD)]).await.is(422);
}

#[tokio::test]
async fn a_closed_account_is_out_and_an_operator_never_closes_the_own_one() {
    let mut site = Site::with_operator().await;
    let haru = site.log_in_as("haru", &[]).await;
    let hers = site.cookies();
    site.another_browser().log_in().await;
    site.post(&format!("/op/people/{haru}/close"), &[]).await.is(303);
    site.get("/op/people?q=haru").await.is(200).shows("利用停止中");
    let me = crate::store::people::proofs(&site.web.db, "tanaka").await.unwrap().unwrap().id;
    site.post(&format!("/op/people/{me}/close"), &[]).await.is(404);
    let operator = site.cookies();
    site.with_cookies(&hers).get("/account").await.is(303);
    site.post("/login", &[("login", MAIL), ("password", PASSWORD)]).await.is(422);
    site.with_cookies(&operator).post(&format!("/op/people/{haru}/reopen"), &[]).await.is(303);
    site.another_browser().come_in("haru").await;
}
