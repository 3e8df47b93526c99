//! The harness: a site with two firms, a clock that can be moved, and a browser that keeps its cookies. The database is a
//! file; with `MIGIUDE_TEST_ENGINE=postgres` it is a server's, so that every page is tried on both engines.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

use crate::accounts::{self, NewAccount, NewDesk, SystemChance, create_account};
use crate::clock::Clock;
use crate::domain::{
    Candidate, CandidateFacts, CandidateId, Changes, Consent, Contract, Days, Firm, FirmFacts, FirmId,
    Letter, ListSource, OpenName, Opening, OpeningFacts, OpeningId, Pay, PayUnit, PersonId, ProfileFacts,
    Profit, Range, RankEntry, RankList, Role, SideJob, Standing, Succession, TrialKind,
};
use crate::search::Search;
use crate::store::{Db, postgres, region};
use crate::web::{Web, router};

pub const LOGIN: &str = "tanaka";
pub const PASSWORD: &str = "kura no migiude sandai";

/// A clock that a test moves.
pub struct Hand(Mutex<Timestamp>);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A site and a browser in front of it.
pub struct Site {
    pub web: Web,
    clock: Arc<Hand>,
    router: Router,
    cookies: Cookies,
    _dir: TempDir,
}

/// What a browser holds.
pub type Cookies = BTreeMap<String, String>;

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// Whether the records are a PostgreSQL server's.
pub fn on_postgresql() -> bool {
    std::env::var("MIGIUDE_TEST_ENGINE").as_deref() == Ok("postgres")
}

impl Site {
    /// An empty site on 1 December 2026.
    pub async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let db = match std::env::var("MIGIUDE_TEST_ENGINE").as_deref() {
            Ok("postgres") => Db::open_url(&postgres::database()).await.unwrap(),
            _ => Db::open_file(&dir.path().join("migiude.db")).await.unwrap(),
        };
        let search = Search::open(db.clone(), dir.path().join("index")).await.unwrap();
        let clock = Arc::new(Hand(Mutex::new("2026-12-01T09:00:00+09:00".parse().unwrap())));
        let web = Web {
            db,
            search,
            clock: clock.clone(),
            chance: Arc::new(SystemChance),
            https: false,
            origin: "http://localhost:8080".into(),
        };
        Self { router: router(web.clone()), web, clock, cookies: BTreeMap::new(), _dir: dir }
    }

    /// With an operator's account.
    pub async fn with_operator() -> Self {
        let site = Self::new().await;
        site.create_operator(false).await;
        site
    }

    pub async fn create_operator(&self, fictional: bool) {
        let desk = NewDesk {
            name: "備中の人事部".to_owned(),
            prefecture: "岡山県".to_owned(),
            about: "高梁で伴走しています。".to_owned(),
            fictional,
        };
        accounts::create_operator(&desk, LOGIN, PASSWORD, self.web.tools()).await.unwrap();
    }

    /// Writes records, as an import would.
    pub async fn write(&self, changes: &Changes) {
        let mut tx = self.web.db.begin().await.unwrap();
        region::save(&mut tx, changes, self.web.clock.now_ms()).await.unwrap();
        tx.commit().await.unwrap();
        self.web.search.catch_up().await.unwrap();
    }

    pub fn pass(&self, time: SignedDuration) {
        let mut now = self.clock.0.lock().unwrap();
        *now += time;
    }

    pub fn replace_router(&mut self, router: Router) {
        self.router = router;
    }

    /// Another browser in front of the same site.
    pub fn another_browser(&mut self) -> &mut Self {
        self.cookies.clear();
        self
    }

    /// What the browser holds, to come back to it later.
    pub fn cookies(&self) -> Cookies {
        self.cookies.clone()
    }

    /// The browser that holds these.
    pub fn with_cookies(&mut self, cookies: &Cookies) -> &mut Self {
        self.cookies = cookies.clone();
        self
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), "").await
    }

    /// Sends a form as a page of ours does.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, &encode(fields)).await
    }

    /// Sends what a script of ours sends.
    pub async fn post_json(&mut self, path: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request, body).await
    }

    pub async fn log_in(&mut self) {
        let answer = self.post("/login", &[("login", LOGIN), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.has_proved().await;
    }

    /// Whoever is bound to a second proof has given it: how, is told by tests of its own.
    pub async fn has_proved(&self) {
        let token = self
            .cookies
            .iter()
            .find(|(name, _)| name.ends_with("migiude_session"))
            .unwrap()
            .1
            .parse()
            .unwrap();
        let person = accounts::signed_in(&self.web.db, &token, &*self.web.clock).await.unwrap().unwrap();
        let mut tx = self.web.db.begin().await.unwrap();
        crate::store::sessions::make_strong(&mut tx, person.session()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Logs in, in a browser of their own, somebody who acts in these roles; their address is the name with `@example.jp`.
    pub async fn log_in_as(&mut self, name: &str, roles: &[Role]) -> PersonId {
        let new = NewAccount {
            mail: format!("{name}@example.jp"),
            name: name.to_owned(),
            lang: "ja".to_owned(),
            password: PASSWORD.to_owned(),
            roles: roles.to_vec(),
        };
        let person = create_account(&new, self.web.tools()).await.unwrap();
        self.another_browser();
        self.come_in(name).await;
        person
    }

    /// Logs somebody in who has an account already.
    pub async fn come_in(&mut self, name: &str) {
        let fields = [("login", &*format!("{name}@example.jp")), ("password", PASSWORD)];
        self.post("/login", &fields).await.is(303);
        self.has_proved().await;
    }

    /// A candidate who is logged in.
    pub async fn as_candidate(&mut self, name: &str, candidate: &Candidate) -> PersonId {
        self.log_in_as(name, &[Role::Candidate(candidate.id)]).await
    }

    /// A member of a firm who is logged in.
    pub async fn as_member(&mut self, name: &str, firm: &Firm, standing: Standing) -> PersonId {
        self.log_in_as(name, &[Role::Firm(firm.id, standing)]).await
    }

    /// The letters to an address, as they were asked for, oldest first.
    pub async fn letters_to(&self, address: &str) -> Vec<Letter> {
        let all = crate::store::letters::list(&self.web.db, "", 500, 0).await.unwrap();
        let to = all.into_iter().rev().filter(|letter| letter.address == address);
        to.map(|shown| shown.letter).collect()
    }

    /// The link in the latest letter to an address.
    pub async fn mailed_link(&self, address: &str) -> String {
        let letters = self.letters_to(address).await;
        match letters.last() {
            Some(
                Letter::Register { path }
                | Letter::Invitation { path, .. }
                | Letter::Recover { path }
                | Letter::AlertConfirm { path, .. },
            ) => path.clone(),
            other => panic!("no link for {address}: {other:?}"),
        }
    }

    pub async fn send(&mut self, request: axum::http::request::Builder, body: &str) -> Answer {
        // No two requests come at the same moment.
        self.pass(SignedDuration::from_millis(1));
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header(header::HOST, "localhost:8080")
            .header(header::COOKIE, cookies.join("; "))
            .body(Body::from(body.to_owned()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn shows(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "「{text}」 is missing in {}\n{}", self.status, self.body);
        self
    }

    pub fn hides(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "「{text}」 should not be in\n{}", self.body);
        self
    }

    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }
}

fn encode(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    crate::web::shell::address::of("", &pairs).trim_start_matches('?').to_owned()
}

/// A candidate's imported list.
pub fn list_of_candidate(owner: &Candidate, best_first: &[&Opening]) -> RankList {
    let entries = (1..)
        .zip(best_first)
        .map(|(rank, opening)| RankEntry { partner: opening.id, rank, memo: None })
        .collect();
    RankList::OfCandidate { owner: owner.id, source: ListSource::Imported, entries }
}

/// An opening's imported list.
pub fn list_of_opening(owner: &Opening, best_first: &[&Candidate]) -> RankList {
    let entries = (1..)
        .zip(best_first)
        .map(|(rank, candidate)| RankEntry { partner: candidate.id, rank, memo: None })
        .collect();
    RankList::OfOpening { owner: owner.id, source: ListSource::Imported, entries }
}

/// The id whose last digits are this number.
fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn firm(number: u128, name: &str, prefecture: &str, open_name: OpenName) -> Firm {
    Firm {
        id: FirmId::new(&mut || id(number)),
        codes: vec![format!("F-{number:04}")],
        facts: FirmFacts {
            name: name.to_owned(),
            kana: None,
            corporate_number: Some(format!("{:013}", 8_000_000_000_000 + number)),
            prefecture: prefecture.to_owned(),
            municipality: None,
            address: None,
            industry: Some("製造業／清酒".to_owned()),
            employees: Some(17),
            revenue: Some(Range::exactly(123_450_000)),
            founded: Some(1926),
            president: Some("山田 一郎".to_owned()),
            president_age: Some(72),
            succession: Some(Succession::Undecided),
            profit: Some(Profit::Red),
            open_name,
            referred_by: None,
            about: Some("備中の小さな酒蔵です。".to_owned()),
            website: None,
            registered_on: None,
            note: Some("金融機関には未公表".to_owned()),
        },
    }
}

pub fn opening(number: u128, firm: &Firm, title: &str) -> Opening {
    Opening {
        id: OpeningId::new(&mut || id(number)),
        firm: firm.id,
        code: Some(format!("J-{number:04}")),
        facts: OpeningFacts {
            kind: TrialKind::Cxo,
            role: Some("番頭".to_owned()),
            title: title.to_owned(),
            mission: Some("販路をひらく".to_owned()),
            work: "蔵の番頭として、酒の販路をひらきます。".to_owned(),
            days: Some(Days::exactly(100)),
            remote: Some(Range { min: 50, max: 100 }),
            contract: Contract::Service,
            pay: Some(Pay { unit: PayUnit::Month, amount: Some(Range::exactly(150_000)) }),
            place: None,
            length: None,
            seats: 1,
            start: None,
            deadline: None,
            wanted: None,
            skills: vec!["営業".to_owned()],
            not_entrusted: None,
            hours: None,
            changes: None,
            probation: None,
            insurance: None,
            smoking: None,
            posted_on: Some(jiff::civil::date(2026, 11, 1)),
            note: Some("担当だけの備考".to_owned()),
            more: std::collections::BTreeMap::new(),
        },
        blocks: Vec::new(),
    }
}

pub fn candidate(number: u128, name: &str) -> Candidate {
    Candidate {
        id: CandidateId::new(&mut || id(number)),
        codes: vec![format!("C-{number:04}")],
        facts: CandidateFacts {
            name: name.to_owned(),
            kana: None,
            mail: format!("c{number}@example.jp"),
            phone: None,
            home: None,
            ties: None,
            track: None,
            areas: None,
            industries: None,
            days: None,
            move_wish: None,
            contract: None,
            present_job: None,
            side_job: SideJob::Unknown,
            headline: Some("営業ひとすじ二十年".to_owned()),
            summary: None,
            skills: Vec::new(),
            achievements: None,
            motive: None,
            consent: Consent::Given,
            registered_on: None,
            note: None,
            more: ProfileFacts::default(),
        },
    }
}
