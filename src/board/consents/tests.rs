use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::accounts::{Operator, SystemChance};
use crate::clock::SystemClock;
use crate::domain::{Block, Firm};
use crate::store::region;

/// A desk with two firms and somebody whom firms cannot find yet.
struct Desk {
    db: Db,
    firms: Vec<Firm>,
    candidate: Candidate,
    _dir: TempDir,
}

impl Desk {
    async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let db = Db::open_file(&dir.path().join("desk.db")).await.unwrap();
        let id = || uuid::Uuid::now_v7();
        let firm = |name: &str| Firm {
            id: FirmId::new(&mut id.clone()),
            codes: Vec::new(),
            facts: serde_json::from_value(
                json!({ "name": name, "prefecture": "岡山県", "open_name": "agreed" }),
            )
            .unwrap(),
        };
        let candidate = Candidate {
            id: CandidateId::new(&mut id.clone()),
            codes: vec!["C-1".to_owned()],
            facts: serde_json::from_value(json!({ "name": "佐藤 花", "mail": "hana@example.jp",
                "side_job": "unknown", "skills": [], "consent": "unknown" }))
            .unwrap(),
        };
        let firms = vec![firm("株式会社白壁酒造"), firm("株式会社山田製作所")];
        let desk = Self { db, firms, candidate, _dir: dir };
        let (firms, candidates) = (desk.firms.clone(), vec![desk.candidate()]);
        desk.write(Changes { firms, candidates, ..Changes::default() }).await;
        desk
    }

    async fn write(&self, changes: Changes) {
        let mut tx = self.db.begin().await.unwrap();
        region::save(&mut tx, &changes, 1).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn tools(&self) -> Tools<'_> {
        Tools { db: &self.db, clock: &SystemClock, chance: &SystemChance }
    }

    fn firm(&self) -> &Firm {
        &self.firms[0]
    }

    fn hand(&self) -> CandidateHand {
        CandidateHand::Proxy(Operator::at_the_console(), self.candidate().id)
    }

    fn candidate(&self) -> Candidate {
        self.candidate.clone()
    }

    async fn may_see(&self) -> Option<Scope> {
        may_see(&self.db, self.firm().id, self.candidate().id).await.unwrap()
    }
}

#[tokio::test]
async fn a_firm_sees_nothing_until_the_candidate_consents_and_nothing_after_the_consent_is_taken_back() {
    let desk = Desk::new().await;
    assert_eq!(desk.may_see().await, None);
    grant(&desk.hand(), desk.firm().id, Scope::Profile, desk.tools()).await.unwrap();
    assert_eq!(desk.may_see().await, Some(Scope::Profile));
    grant(&desk.hand(), desk.firm().id, Scope::Identity, desk.tools()).await.unwrap();
    assert_eq!(desk.may_see().await, Some(Scope::Identity));
    let other = desk.firms[1].id;
    assert_eq!(may_see(&desk.db, other, desk.candidate().id).await.unwrap(), None, "and no other firm");
    revoke(&desk.hand(), desk.firm().id, desk.tools()).await.unwrap();
    assert_eq!(desk.may_see().await, None);
    let ledger = ledger(&desk.db, desk.candidate().id).await.unwrap();
    assert_eq!(ledger.len(), 2, "what was is still told");
    assert!(ledger.iter().all(|line| line.revoked_at.is_some()));
}

#[tokio::test]
async fn the_same_consent_twice_is_one() {
    let desk = Desk::new().await;
    for _ in 0..2 {
        grant(&desk.hand(), desk.firm().id, Scope::Profile, desk.tools()).await.unwrap();
    }
    assert_eq!(ledger(&desk.db, desk.candidate().id).await.unwrap().len(), 1);
    let told = journal::of(&desk.db, "candidate", &desk.candidate().id.to_string(), 10).await.unwrap();
    assert_eq!(told.len(), 1);
}

#[tokio::test]
async fn the_employer_sees_nothing_whatever_was_consented() {
    let desk = Desk::new().await;
    grant(&desk.hand(), desk.firm().id, Scope::Identity, desk.tools()).await.unwrap();
    let mut candidate = desk.candidate();
    candidate.facts.consent = Consent::Given;
    candidate.facts.more.blocks = vec![Block::Name(desk.firm().facts.name.clone())];
    desk.write(Changes { candidates: vec![candidate], ..Changes::default() }).await;
    assert_eq!(desk.may_see().await, None);
    assert!(everybody_for(&desk.db, desk.firm().id).await.unwrap().is_empty());
    let again = grant(&desk.hand(), desk.firm().id, Scope::Profile, desk.tools()).await;
    assert!(matches!(again, Err(ConsentError::Barred)));
}

#[tokio::test]
async fn who_shows_the_profile_to_firms_is_seen_without_a_name() {
    let desk = Desk::new().await;
    let mut candidate = desk.candidate();
    candidate.facts.name = "佐藤 花".to_owned();
    candidate.facts.motive = Some("佐藤花です。佐藤と呼んでください。".to_owned());
    candidate.facts.consent = Consent::Given;
    desk.write(Changes { candidates: vec![candidate.clone()], ..Changes::default() }).await;
    let seen = seen_by(&desk.db, desk.firm().id, candidate.id).await.unwrap().unwrap();
    assert_eq!((seen.scope, seen.name), (Scope::Profile, None));
    assert_eq!(seen.motive.unwrap(), "〇〇です。〇〇と呼んでください。");
    candidate.facts.more.visibility = Some(Visibility::Desk);
    desk.write(Changes { candidates: vec![candidate.clone()], ..Changes::default() }).await;
    assert_eq!(desk.may_see().await, None);
    grant(&desk.hand(), desk.firm().id, Scope::Identity, desk.tools()).await.unwrap();
    let seen = seen_by(&desk.db, desk.firm().id, candidate.id).await.unwrap().unwrap();
    assert_eq!(seen.name.as_deref(), Some("佐藤 花"));
}

#[tokio::test]
async fn to_consent_to_one_firm_is_not_to_be_found_by_all() {
    let desk = Desk::new().await;
    grant(&desk.hand(), desk.firm().id, Scope::Identity, desk.tools()).await.unwrap();
    let mut tx = desk.db.begin().await.unwrap();
    let now = rows::candidate_in(&mut tx, desk.candidate().id).await.unwrap().unwrap().facts;
    assert_eq!(now.consent, Consent::Given, "may take part in a round");
    assert!(!now.may_be_found());
}

#[tokio::test]
async fn a_candidate_reads_who_looked_and_a_page_that_is_loaded_twice_counts_once() {
    let desk = Desk::new().await;
    let person: PersonId = desk.tools().id();
    let viewer = Viewer { person: Some(person), acted_as: "firm", firm: Some(desk.firm().id) };
    for _ in 0..2 {
        saw(&viewer, desk.candidate().id, Scope::Profile, desk.tools()).await.unwrap();
    }
    saw(&viewer, desk.candidate().id, Scope::Identity, desk.tools()).await.unwrap();
    let views = views(&desk.db, desk.candidate().id, 50).await.unwrap();
    assert_eq!(views.len(), 2);
    assert_eq!(views[0].firm.as_ref(), Some(&desk.firm().facts.name));
}
