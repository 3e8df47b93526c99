//! A small region for this room's tests, in a real database and a real index. The database is a file; with
//! `MIGIUDE_TEST_ENGINE=postgres` it is a server's.

use std::path::PathBuf;

use tempfile::TempDir;
use uuid::Uuid;

use super::{Ask, Search};
use crate::domain::{
    Areas, Candidate, CandidateFacts, CandidateId, Changes, Consent, Contract, ContractWish, Firm, FirmFacts,
    FirmId, IdSource, MoveWish, OpenName, Opening, OpeningFacts, OpeningId, Pay, PayUnit, ProfileFacts,
    Range, Region, SideJob, Track, TrialKind,
};
use crate::store::{Db, postgres, region};

/// Hands out 1, 2, 3 …
pub(crate) fn counting() -> impl IdSource {
    counting_from(1)
}

/// Hands out `first` and the numbers after it.
pub(crate) fn counting_from(first: u128) -> impl IdSource {
    let mut last = first - 1;
    move || {
        last += 1;
        Uuid::from_u128(last)
    }
}

pub(crate) fn firm(ids: &mut dyn IdSource, name: &str, prefecture: &str, industry: &str) -> Firm {
    Firm {
        id: FirmId::new(ids),
        codes: vec![format!("F-{name}")],
        facts: FirmFacts {
            name: name.to_owned(),
            kana: None,
            corporate_number: Some(format!("N{name}")),
            prefecture: prefecture.to_owned(),
            municipality: Some("高梁市".to_owned()),
            address: None,
            industry: Some(industry.to_owned()),
            employees: None,
            revenue: None,
            founded: None,
            president: None,
            president_age: Some(70),
            succession: None,
            profit: None,
            open_name: OpenName::Agreed,
            referred_by: None,
            about: Some("地元に根ざした会社です。".to_owned()),
            website: None,
            registered_on: None,
            note: Some("極秘の備考".to_owned()),
        },
    }
}

pub(crate) fn opening(ids: &mut dyn IdSource, firm: &Firm, code: &str, role: &str, title: &str) -> Opening {
    Opening {
        id: OpeningId::new(ids),
        firm: firm.id,
        code: Some(code.to_owned()),
        facts: OpeningFacts {
            kind: TrialKind::Cxo,
            role: Some(role.to_owned()),
            title: title.to_owned(),
            mission: None,
            work: "社長と現場の間に立ち、会社の仕組みをととのえます。".to_owned(),
            days: Some(Range::exactly(100)),
            remote: Some(Range { min: 30, max: 60 }),
            contract: Contract::Service,
            pay: Some(Pay { unit: PayUnit::Month, amount: Some(Range::exactly(50_000)) }),
            place: None,
            length: None,
            seats: 1,
            start: None,
            deadline: None,
            wanted: None,
            skills: vec!["事業計画".to_owned()],
            not_entrusted: None,
            hours: None,
            changes: None,
            probation: None,
            insurance: None,
            smoking: None,
            posted_on: None,
            note: Some("極秘の備考".to_owned()),
            more: std::collections::BTreeMap::new(),
        },
        blocks: Vec::new(),
    }
}

pub(crate) fn candidate(ids: &mut dyn IdSource, code: &str, headline: &str, skills: &[&str]) -> Candidate {
    Candidate {
        id: CandidateId::new(ids),
        codes: vec![code.to_owned()],
        facts: CandidateFacts {
            name: format!("架空 {code}"),
            kana: None,
            mail: format!("{}@example.jp", code.to_lowercase()),
            phone: Some("09000000000".to_owned()),
            home: Some("東京都".to_owned()),
            ties: None,
            track: Some(Track::Both),
            areas: Some(Areas::Prefectures(vec!["岡山県".to_owned()])),
            industries: None,
            days: Some(Range::exactly(100)),
            move_wish: Some(MoveWish::No),
            contract: Some(ContractWish::Either),
            present_job: None,
            side_job: SideJob::Permitted,
            headline: Some(headline.to_owned()),
            summary: Some("小さな会社の仕組みづくりを手伝ってきました。".to_owned()),
            skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
            achievements: None,
            motive: None,
            consent: Consent::Given,
            registered_on: None,
            note: Some("極秘の備考".to_owned()),
            more: ProfileFacts::default(),
        },
    }
}

/// Two firms, three openings (one a draft), three people (one without consent).
pub(crate) fn small_region() -> Region {
    small_region_from(1)
}

/// The same with other ids.
pub(crate) fn small_region_from(first: u128) -> Region {
    let mut ids = counting_from(first);
    let sake = firm(&mut ids, "備中酒造株式会社", "岡山県", "製造業／酒蔵");
    let inn = firm(&mut ids, "有限会社花の宿", "広島県", "宿泊業，飲食サービス業／温泉旅館");
    let openings = vec![
        opening(&mut ids, &sake, "M-001", "社長の右腕", "【週1日】酒蔵の社長を支える右腕を募集"),
        opening(&mut ids, &inn, "M-002", "お試しCMO", "温泉旅館の集客を担うお試しCMO"),
        Opening {
            blocks: vec!["W-PAY-MISSING".to_owned()],
            ..opening(&mut ids, &sake, "M-003", "工場長候補", "酒蔵の製造を担う工場長候補")
        },
    ];
    let mut silent = candidate(&mut ids, "C-003", "酒造りの現場を知る工場長", &["品質管理"]);
    silent.facts.consent = Consent::Unknown;
    let mut marketer = candidate(&mut ids, "C-002", "旅館の集客を三年で倍にしました", &["Webマーケティング"]);
    marketer.facts.areas = Some(Areas::Everywhere);
    let planner = candidate(&mut ids, "C-001", "計画を現場の言葉にする参謀", &["事業計画", "管理会計"]);
    let mut candidates = vec![planner, marketer, silent];
    candidates.sort_by_key(|one| one.id);
    Region { firms: vec![sake, inn], openings, candidates, ..Region::default() }
}

/// A data directory with a database and an index.
pub(crate) struct Desk {
    pub db: Db,
    pub dir: TempDir,
}

impl Desk {
    /// With this region stored.
    pub(crate) async fn with(stored: &Region) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let db = match std::env::var("MIGIUDE_TEST_ENGINE").as_deref() {
            Ok("postgres") => Db::open_url(&postgres::database()).await.unwrap(),
            _ => Db::open_file(&dir.path().join("migiude.db")).await.unwrap(),
        };
        let desk = Self { db, dir };
        desk.save(Changes {
            firms: stored.firms.clone(),
            openings: stored.openings.clone(),
            candidates: stored.candidates.clone(),
            ..Changes::default()
        })
        .await;
        desk
    }

    /// Stores changes without telling the search.
    pub(crate) async fn save(&self, changes: Changes) {
        let mut tx = self.db.begin().await.unwrap();
        region::save(&mut tx, &changes, 0).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    pub(crate) async fn search(&self) -> Search {
        Search::open(self.db.clone(), self.index()).await.unwrap()
    }
}

/// The keys of the openings found, as the desk sees them.
pub(crate) async fn openings(search: &Search, text: &str, filters: &[(&str, &str)]) -> Vec<String> {
    let ask = Ask { shown_only: false, ..asking(text, filters) };
    search.openings(&ask).await.unwrap().hits.into_iter().map(|hit| hit.key).collect()
}

/// The keys of the profiles found, as the desk sees them.
pub(crate) async fn profiles(search: &Search, text: &str, filters: &[(&str, &str)]) -> Vec<String> {
    let ask = Ask { shown_only: false, ..asking(text, filters) };
    search.profiles(&ask).await.unwrap().hits.into_iter().map(|hit| hit.key).collect()
}

/// A question of anybody.
pub(crate) fn asking(text: &str, filters: &[(&str, &str)]) -> Ask {
    let filters = filters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Ask { filters, ..Ask::new(text) }
}
