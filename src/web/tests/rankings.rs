//! Making a list and certifying it, as a candidate and as a firm.

use axum::http::{Request, StatusCode, header};

use super::house::{Site, candidate, firm, opening};
use super::{Answer, house};
use crate::accounts::{NewAccount, create_account};
use crate::domain::{
    Candidate, CandidateId, Changes, Firm, Mechanism, OpenName, Opening, Owner, Role, Settings, Stamp,
    Standing,
};
use crate::store::rankings::{self as rows, Window};
use crate::store::{letters, rounds};

pub(super) const PASSWORD: &str = "yama no ue no kumo made";
pub(super) const HOUR: i64 = 60 * 60_000;

/// A brewery with two openings and a carpenter with one; Hanako talks to all three, Jiro to the brewery's first.
pub(super) struct Town {
    pub site: Site,
    pub brewery: Firm,
    pub carpenter: Firm,
    pub openings: [Opening; 3],
    pub hanako: Candidate,
    pub jiro: Candidate,
}

impl Town {
    /// A round whose lists are taken now.
    pub async fn open(ties: bool) -> Self {
        let town = Self::new().await;
        town.window(-HOUR, 49 * HOUR, ties).await;
        town
    }

    pub async fn new() -> Self {
        let site = Site::with_operator().await;
        let brewery = firm(1, "白壁酒造株式会社", "岡山県", OpenName::Agreed);
        let carpenter = firm(2, "高梁工務店", "岡山県", OpenName::Agreed);
        let openings = [
            opening(11, &brewery, "酒蔵の番頭"),
            opening(12, &brewery, "酒の販路をひらく右腕"),
            opening(13, &carpenter, "工務店の後継ぎ"),
        ];
        let (hanako, jiro) = (candidate(21, "佐藤 花子"), candidate(22, "鈴木 次郎"));
        let changes = Changes {
            firms: vec![brewery.clone(), carpenter.clone()],
            openings: openings.to_vec(),
            candidates: vec![hanako.clone(), jiro.clone()],
            ..Changes::default()
        };
        site.write(&changes).await;
        let mut tx = site.web.db.begin().await.unwrap();
        for (at, opening) in (1..).zip(&openings) {
            rows::apply(&mut tx, hanako.id, opening.id, "talk", at).await.unwrap();
        }
        rows::apply(&mut tx, jiro.id, openings[0].id, "visit", 9).await.unwrap();
        rows::introduce(&mut tx, hanako.id, brewery.id).await.unwrap();
        let made = Stamp { at_ms: 0, by: "tanaka".to_owned() };
        let settings = Settings { mechanism: Mechanism::CandidateOptimal, ..Settings::default() };
        assert_eq!(rounds::add(&mut tx, &settings, &made).await.unwrap(), 1);
        tx.commit().await.unwrap();
        Self { site, brewery, carpenter, openings, hanako, jiro }
    }

    /// Sets the window of the round around the database's present, past ends too.
    pub async fn window(&self, opens: i64, closes: i64, ties: bool) -> i64 {
        let mut tx = self.site.web.db.begin().await.unwrap();
        let now = tx.now_ms().await.unwrap();
        let window = Window {
            round: 1,
            opens_at: now + opens,
            closes_at: now + closes,
            ties,
            note: String::new(),
            draft: true,
            mechanism: Mechanism::default(),
        };
        rows::set(&mut tx, &window, "tanaka", now).await.unwrap();
        tx.commit().await.unwrap();
        window.closes_at
    }

    /// A new browser in which somebody with this role is logged in.
    pub async fn enter(&mut self, mail: &str, role: Role) -> &mut Site {
        let new = NewAccount {
            mail: mail.to_owned(),
            name: mail.split('@').next().unwrap().to_owned(),
            lang: "ja".to_owned(),
            password: PASSWORD.to_owned(),
            roles: vec![role],
        };
        create_account(&new, self.site.web.tools()).await.unwrap();
        self.again(mail).await
    }

    /// The same once more.
    pub async fn again(&mut self, mail: &str) -> &mut Site {
        let site = self.site.another_browser();
        let answer = site.post("/login", &[("login", mail), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        site
    }

    pub async fn as_hanako(&mut self) -> &mut Site {
        let role = Role::Candidate(self.hanako.id);
        self.enter("hanako@example.jp", role).await
    }

    pub async fn as_jiro(&mut self) -> &mut Site {
        let role = Role::Candidate(self.jiro.id);
        self.enter("jiro@example.jp", role).await
    }

    pub async fn as_brewer(&mut self) -> &mut Site {
        let role = Role::Firm(self.brewery.id, Standing::Member);
        self.enter("brewer@example.jp", role).await
    }

    pub async fn as_carpenter(&mut self) -> &mut Site {
        let role = Role::Firm(self.carpenter.id, Standing::Admin);
        self.enter("carpenter@example.jp", role).await
    }

    /// The address of the brewery's list for its first opening.
    pub fn of_brewery(&self) -> String {
        format!("/firm/{}/rounds/1/ranking/{}", self.brewery.id, self.openings[0].id)
    }

    /// The ids of openings, by their places.
    pub fn ids(&self, places: &[usize]) -> Vec<String> {
        places.iter().map(|place| self.openings[*place].id.to_string()).collect()
    }

    /// Hanako's list as its bytes are stored.
    pub async fn stored(&self) -> String {
        let mut tx = self.site.web.db.begin_reading().await.unwrap();
        rows::raw(&mut tx, 1, Owner::Candidate(self.hanako.id)).await.unwrap()
    }

    /// The letters asked for so far: kind and address.
    pub async fn letters(&self) -> Vec<String> {
        let shown = letters::list(&self.site.web.db, "", 100, 0).await.unwrap();
        let mut all: Vec<_> = shown.iter().map(|one| format!("{} {}", one.kind, one.address)).collect();
        all.sort();
        all
    }
}

pub(super) const LIST: &str = "/me/rounds/1/ranking";

/// The value of a field on a page.
pub(super) fn value_of(page: &Answer, name: &str) -> String {
    let input = page.body.split_once(&format!(" name=\"{name}\" "));
    let (_, input) = input.unwrap_or_else(|| panic!("{name} is missing in\n{}", page.body));
    let (_, value) = input.split_once("value=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}

/// Sends the form of a page as it stands, with these fields changed or added.
pub(super) async fn send(site: &mut Site, at: &str, changed: &[(&str, &str)]) -> Answer {
    let page = site.get(at).await;
    let mut fields =
        vec![("version".to_owned(), value_of(&page, "version")), ("was".to_owned(), value_of(&page, "was"))];
    for part in page.body.split("name=\"rank-").skip(1) {
        let id = part.split('"').next().unwrap();
        fields.push((format!("rank-{id}"), value_of(&page, &format!("rank-{id}"))));
    }
    for (name, value) in changed {
        fields.retain(|(field, _)| field != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    site.post(at, &fields).await
}

/// Sends an order as the script does.
pub(super) async fn send_by_script(site: &mut Site, at: &str, version: &str, order: &str) -> Answer {
    let request = Request::post(at)
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let order = order.replace(' ', "+").replace(',', "%2C");
    site.send(request, &format!("version={version}&order={order}")).await
}

/// Puts openings in this order by the buttons of the page.
pub(super) async fn rank(site: &mut Site, at: &str, ids: &[String]) {
    for id in ids {
        send(site, at, &[("step", &format!("bottom:{id}"))]).await.is(303);
    }
}

pub(super) async fn certify(site: &mut Site, at: &str) -> Answer {
    let version = value_of(&site.get(at).await, "version");
    site.post(&format!("{at}/check"), &[("version", &version)]).await
}

#[tokio::test]
async fn a_candidate_ranks_by_buttons_certifies_and_keeps_the_receipt() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[2, 0]);
    let site = town.as_hanako().await;
    let empty = site.get(LIST).await;
    empty.is(200).shows("だれにも順位をつけていません").shows("決して組み合わされません").shows("あと2日");
    empty
        .shows("本当に希望する順に並べるのが最も有利です")
        .shows("順位を聞くことは違反です")
        .hides("rankings-");
    let places: Vec<_> =
        ["酒蔵の番頭", "酒の販路", "工務店の後継ぎ"].map(|title| empty.body.find(title).unwrap()).to_vec();
    assert!(places.is_sorted(), "the pool stands in the order of the applications");
    rank(site, LIST, &ids).await;
    site.get(LIST).await.shows("保存しただけでは反映されません").shows("保存しました");
    let check = site.get(&format!("{LIST}/check")).await;
    check.is(200).shows("全2件").shows("1番目").shows("工務店の後継ぎ").shows("まだ順位をつけていない相手");
    let certified = certify(site, LIST).await;
    assert_eq!(certified.is(303).header("location"), format!("{LIST}/receipt"));
    let receipt = site.get(&format!("{LIST}/receipt")).await;
    receipt
        .is(200)
        .shows("確定を受け付けました")
        .shows("日本時間")
        .hides("工務店の後継ぎ")
        .hides("rankings-");
    site.get(LIST).await.shows("このまま反映されます");
    let english = site.get(&format!("{LIST}?lang=en")).await;
    english.is(200).shows("Your list is certified").hides("rankings-");
    assert_eq!(town.letters().await, ["list-certified hanako@example.jp"]);
}

#[tokio::test]
async fn a_change_ends_the_certificate_and_every_member_is_told() {
    let mut town = Town::open(false).await;
    let at = town.of_brewery();
    let (hanako, jiro) = (town.hanako.id.to_string(), town.jiro.id.to_string());
    let role = Role::Firm(town.brewery.id, Standing::Admin);
    town.enter("president@example.jp", role).await;
    let site = town.as_brewer().await;
    rank(site, &at, std::slice::from_ref(&hanako)).await;
    certify(site, &at).await.is(303);
    send(site, &at, &[("step", &format!("top:{jiro}"))]).await.is(303);
    site.get(&at).await.shows("確定が外れました。このままでは反映されません");
    let receipt = site.get(&format!("{at}/receipt")).await;
    receipt.shows("に確定が外れました").shows("このままでは反映されません");
    certify(site, &at).await.is(303);
    site.get(&at).await.shows("このまま反映されます");
    let told = town.letters().await;
    let count = |kind: &str| told.iter().filter(|one| one.starts_with(kind)).count();
    assert_eq!((count("list-certified"), count("list-uncertified")), (4, 2), "{told:?}");
}

#[tokio::test]
async fn a_firm_reads_a_name_only_where_the_candidate_lets_it() {
    let mut town = Town::open(false).await;
    let (at, firm) = (town.of_brewery(), town.brewery.id);
    let site = town.as_brewer().await;
    let page = site.get(&at).await;
    page.is(200).shows("佐藤 花子").hides("鈴木 次郎").shows("お名前を公開していない候補者").shows("1人");
    page.shows("来てほしい順のまま並べることをおすすめします").hides("最も有利です");
    let index = site.get(&format!("/firm/{firm}/ranking")).await;
    index.is(200).shows("酒蔵の番頭").shows("まだ確定していません").hides("工務店");
}

#[tokio::test]
async fn every_way_of_input_stores_the_same_bytes() {
    let mut stored = Vec::new();
    for way in ["buttons", "numbers", "one number", "script", "undo"] {
        let mut town = Town::open(false).await;
        let ids = town.ids(&[1, 2, 0]);
        let site = town.as_hanako().await;
        let boxes: Vec<String> = ids.iter().map(|id| format!("rank-{id}")).collect();
        match way {
            "buttons" => {
                rank(site, LIST, &[ids[0].clone(), ids[2].clone(), ids[1].clone()]).await;
                send(site, LIST, &[("step", &format!("up:{}", ids[1]))]).await.is(303);
            }
            "numbers" => {
                let typed = [(&*boxes[0], "１"), (&*boxes[1], "5"), (&*boxes[2], "7")];
                send(site, LIST, &typed).await.is(303);
            }
            "one number" => {
                rank(site, LIST, &[ids[1].clone(), ids[2].clone()]).await;
                send(site, LIST, &[(&*boxes[0], "1")]).await.is(303);
            }
            "script" => {
                send_by_script(site, LIST, "0", &ids.join(" ")).await.is(200);
            }
            _ => {
                rank(site, LIST, &ids).await;
                send(site, LIST, &[("step", &format!("off:{}", ids[0]))]).await.is(303);
                send(site, LIST, &[("act", "undo")]).await.is(303);
            }
        }
        stored.push(town.stored().await);
    }
    assert!(stored.iter().all(|one| *one == stored[0]), "{stored:#?}");
}

#[tokio::test]
async fn twenty_steps_are_taken_back_and_again() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 1, 2]);
    let mut seen = Vec::new();
    town.as_hanako().await;
    for turn in 0..21 {
        // Three come onto the list; then the last goes to the top, over and over.
        let (step, who) = if turn < 3 { ("bottom", 2 - turn) } else { ("top", turn % 3) };
        let step = format!("{step}:{}", ids[who]);
        send(&mut town.site, LIST, &[("step", &step)]).await.is(303);
        seen.push(town.stored().await);
    }
    for back in (0..20).rev() {
        send(&mut town.site, LIST, &[("act", "undo")]).await.is(303);
        assert_eq!(town.stored().await, seen[back], "step {back} back");
    }
    for again in 1..21 {
        send(&mut town.site, LIST, &[("act", "redo")]).await.is(303);
        assert_eq!(town.stored().await, seen[again], "step {again} again");
    }
    send(&mut town.site, LIST, &[("act", "redo")]).await.is(303);
    assert_eq!(town.stored().await, seen[20], "there is nothing more to take again");
    send(&mut town.site, LIST, &[("act", "undo")]).await.is(303);
    send(&mut town.site, LIST, &[("step", &format!("off:{}", ids[0]))]).await.is(303);
    town.site.get(LIST).await.shows("value=\"redo\" disabled");
}

#[tokio::test]
async fn every_version_is_kept_compared_and_taken_up_again() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 2]);
    town.as_hanako().await;
    rank(&mut town.site, LIST, &ids).await;
    let before = town.stored().await;
    send(&mut town.site, LIST, &[("step", &format!("off:{}", ids[0]))]).await.is(303);
    let history = town.site.get(&format!("{LIST}/history?one=2&other=3")).await;
    history
        .is(200)
        .shows("第3版")
        .shows("第1版")
        .shows("2つの版のちがい")
        .shows("順位なし")
        .hides("rankings-");
    let fields = [("version", "3"), ("restore", "2")];
    town.site.post(&format!("{LIST}/history"), &fields).await.is(303);
    assert_eq!(town.stored().await, before);
    town.site.post(&format!("{LIST}/history"), &[("version", "4"), ("restore", "99")]).await.is(404);
}

#[tokio::test]
async fn of_two_windows_the_second_sees_both_orders_and_chooses() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 1, 2]);
    let site = town.as_hanako().await;
    rank(site, LIST, &ids[..2]).await;
    let old = value_of(&site.get(LIST).await, "version");
    send(site, LIST, &[("step", &format!("top:{}", ids[2]))]).await.is(303);
    let mine = format!("{} {}", ids[1], ids[0]);
    let conflict = site.post(LIST, &[("version", &old), ("order", &mine)]).await;
    conflict
        .is(409)
        .shows("この画面の順番")
        .shows("いま保存されている順番")
        .shows("工務店の後継ぎ")
        .hides("rankings-");
    assert_eq!(value_of(&conflict, "order"), mine);
    send_by_script(site, LIST, &old, &mine).await.is(409).shows("conflict");
    let version = value_of(&conflict, "version");
    site.post(LIST, &[("version", &version), ("order", &mine)]).await.is(303);
    assert_eq!(value_of(&site.get(LIST).await, "was"), mine);
    // Pressed twice, or sent again because the answer was lost: one effect.
    site.post(LIST, &[("version", &version), ("order", &mine)]).await.is(303);
    let version = value_of(&site.get(LIST).await, "version");
    assert_eq!(version, "4");
}

#[tokio::test]
async fn ties_stand_where_the_round_allows_them_and_nowhere_else() {
    for ties in [true, false] {
        let mut town = Town::open(ties).await;
        let ids = town.ids(&[0, 1, 2]);
        let site = town.as_hanako().await;
        rank(site, LIST, &ids[..2]).await;
        let button = format!("tie:{}", ids[1]);
        let by_button = send(site, LIST, &[("step", &button)]).await;
        let boxes: Vec<String> = ids.iter().map(|id| format!("rank-{id}")).collect();
        let typed = [(&*boxes[0], "4"), (&*boxes[1], "2"), (&*boxes[2], "2")];
        let by_numbers = send(site, LIST, &typed).await;
        if ties {
            by_button.is(303);
            by_numbers.is(303);
            let (second, third) = (&ids[1], &ids[2]);
            assert_eq!(value_of(&site.get(LIST).await, "was"), format!("{second},{third} {}", ids[0]));
            site.get(LIST).await.shows("抽選で決まります");
            certify(site, LIST).await.is(303);
        } else {
            by_button.is(409).shows("同じ順位をつけられません");
            by_numbers.is(422).shows("同じ順位が2つあります").shows("value=\"4\"").shows("aria-invalid");
            site.get(LIST).await.hides("上と同じ順位に");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_a_rank_is_said_at_its_box_and_what_was_typed_stays() {
    let mut town = Town::open(false).await;
    let field = format!("rank-{}", town.openings[1].id);
    let site = town.as_hanako().await;
    let refused = send(site, LIST, &[(&field, "いちばん")]).await;
    refused
        .is(422)
        .shows("次のところを直してください")
        .shows(&format!("href=\"#{field}\""))
        .shows("いちばん");
    let stranger = CandidateId::new(&mut || uuid::Uuid::from_u128(99)).to_string();
    send_by_script(site, LIST, "0", &stranger).await.is(409);
    send_by_script(site, LIST, "0", "nonsense").await.is(422);
    site.post(LIST, &[("order", "")]).await.is(404);
}

#[tokio::test]
async fn who_withdrew_is_neither_shown_nor_certified() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 1]);
    town.as_hanako().await;
    rank(&mut town.site, LIST, &ids).await;
    let mut tx = town.site.web.db.begin().await.unwrap();
    rows::apply(&mut tx, town.hanako.id, town.openings[0].id, "declined", 1).await.unwrap();
    tx.commit().await.unwrap();
    town.site.get(&format!("{LIST}/check")).await.shows("全1件").hides("酒蔵の番頭");
    certify(&mut town.site, LIST).await.is(303);
    assert_eq!(town.stored().await, format!("[[\"{}\"]]", ids[1]));
    certify(&mut town.site, LIST).await.is(303);
    assert_eq!(town.letters().await.len(), 1, "done twice, it is done once");
}

#[tokio::test]
async fn an_empty_list_is_not_certified() {
    let mut town = Town::open(false).await;
    let site = town.as_hanako().await;
    site.get(&format!("{LIST}/check")).await.is(200).hides("この順番で確定する");
    certify(site, LIST).await.is(409).shows("確定するものがありません");
}

#[tokio::test]
async fn the_desk_sets_the_window_and_wrong_times_are_said_beside_them() {
    let mut town = Town::new().await;
    let site = town.site.another_browser();
    site.post("/login", &[("login", house::LOGIN), ("password", house::PASSWORD)]).await.is(303);
    let at = "/op/rounds/1/window";
    site.get(at).await.is(200).shows("受付の開始").shows("いまの時刻");
    let refused =
        site.post(at, &[("opens", "あす"), ("closes", "2030-12-05T17:00"), ("note", "よろしく")]).await;
    refused.is(422).shows("日時を選んでください").shows("よろしく").shows("2030-12-05T17:00");
    let backwards = [("opens", "2030-12-06T09:00"), ("closes", "2030-12-05T17:00")];
    site.post(at, &backwards).await.is(422).shows("締切は、開始より後で");
    site.post(at, &[("opens", "2020-01-01T09:00"), ("closes", "2020-12-05T17:00")]).await.is(422);
    let good = [("opens", "2020-01-01T09:00"), ("closes", "2030-12-05T17:00:30"), ("ties", "yes")];
    site.post(at, &good).await.is(303);
    site.get(at).await.shows("2030-12-05T17:00:30").shows("checked");
    site.get("/op/rounds/9/window").await.is(404);
    let public = site.another_browser().get("/rounds/1").await;
    public
        .is(200)
        .shows("2030年12月5日（木） 17:00:30（日本時間）")
        .shows("同じ順位をつけられます")
        .hides("rankings-");
    site.get("/rounds").await.is(200).shows("2030年12月5日").hides("rankings-");
    let calendar = site.get("/rounds/1/calendar.ics").await;
    assert_eq!(calendar.is(200).header("content-type"), "text/calendar; charset=utf-8");
    calendar.shows("DTSTART:20301205T080030Z").shows("第1回 締切");
    site.get("/rounds/7").await.is(404);
}

#[tokio::test]
async fn a_receipt_and_its_opening_are_checked_and_forgotten() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[2, 0]);
    let site = town.as_hanako().await;
    rank(site, LIST, &ids).await;
    certify(site, LIST).await.is(303);
    let page = site.get(&format!("{LIST}/receipt")).await;
    let link = |what: &str| {
        let at = page.body.find(&format!("{LIST}/{what}/")).unwrap();
        page.body[at..].split('"').next().unwrap().to_owned()
    };
    let receipt = site.get(&link("receipt")).await;
    receipt.is(200).hides(&ids[0]).hides("salt");
    let opening = site.get(&link("opening")).await;
    opening.is(200).shows(&format!("1 {}\n2 {}\n", ids[0], ids[1])).shows("だれにも渡さないでください");
    assert!(opening.header("content-disposition").starts_with("attachment"));
    assert_eq!(opening.header("cache-control"), "no-store");
    let site = town.site.another_browser();
    let check = async |site: &mut Site, receipt: &str, opening: &str| {
        site.post("/verify", &[("receipt", receipt), ("opening", opening)]).await
    };
    let good = check(site, &receipt.body, &opening.body).await;
    good.is(200).shows("ここで出したものです").shows("控えは、この受領証のものです").hides("rankings-");
    assert_eq!(good.header("cache-control"), "no-store");
    check(site, &receipt.body, "").await.is(200).shows("ここで出したものです").hides("控えは、この");
    let later = receipt.body.replace("ranks: 2", "ranks: 3");
    check(site, &later, &opening.body)
        .await
        .shows("記録と一致しません")
        .shows("この受領証のものではありません");
    let swapped = opening.body.replace("\n1 ", "\n3 ");
    check(site, &receipt.body, &swapped).await.shows("この受領証のものではありません");
    check(site, "こんにちは", "").await.is(422).shows("受領証として読めません").shows("こんにちは");
    check(site, &receipt.body, "x").await.is(422).shows("控えとして読めません");
}
