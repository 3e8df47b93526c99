//! Sealed lists: the town in which they are made, and how its people make them.

mod certifying;
mod couples;
mod deadline;
mod making;
mod sealed;

use axum::http::{Request, StatusCode, header};

use super::Answer;
use super::house::{Site, candidate, firm, opening};
use crate::accounts::{NewAccount, create_account};
use crate::domain::{
    Candidate, Changes, Firm, Mechanism, OpenName, Opening, Owner, Role, Settings, Stamp, Standing,
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
