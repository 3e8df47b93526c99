//! People with a list to make. Accounts and applications are written to the tables: this is about ranking, and how an
//! account and an application come to be is told elsewhere.

use migiude::accounts::{NewAccount, SystemChance, Tools, create_account};
use migiude::clock::SystemClock;
use migiude::domain::{CandidateId, Changes, Mechanism, OpeningId, Role};
use migiude::store::rankings::{Window, set, take_turn};
use migiude::store::{Db, Tx, region};

use uuid::Uuid;

use super::Town;

/// What all of them log in with.
pub const PASSWORD: &str = "yama no ue no kumo made";

/// Who ranks, and whom, in the order of their pools.
pub struct Rankers {
    /// Mail addresses of candidates.
    pub candidates: Vec<String>,
    /// The openings that each of them may rank: id and title.
    pub openings: Vec<(String, String)>,
}

impl Town {
    /// Gives so many candidates of the sample region an account and applications to the same openings, in a first round
    /// whose lists are taken now.
    pub fn with_rankers(self, people: usize, openings: usize, ties: bool) -> (Self, Rankers) {
        let town = self.with_sample_region();
        town.round(&["new"]).done();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let rankers = runtime.block_on(town.write_rankers(people, openings, ties));
        (town, rankers)
    }

    /// The tables of the town.
    pub async fn tables(&self) -> Db {
        match self.database_url() {
            Some(url) => Db::open_url(url).await,
            None => Db::open_file(&self.data().join("migiude.db")).await,
        }
        .expect("the database of the town")
    }

    /// Moves the deadline of the first round to so many milliseconds from now.
    pub async fn move_deadline(&self, db: &Db, from_now: i64) {
        let mut tx = db.begin().await.expect("a transaction");
        let now = tx.now_ms().await.expect("the time");
        let window = take_turn(&mut tx, 1).await.expect("a window").expect("a window");
        let window = Window { closes_at: now + from_now, ..window };
        set(&mut tx, &window, "console", now).await.expect("a window");
        tx.commit().await.expect("written");
    }

    async fn write_rankers(&self, people: usize, openings: usize, ties: bool) -> Rankers {
        let db = self.tables().await;
        let mut region = region::snapshot(&db).await.expect("the sample region");
        // More than the region has are copies of one, each with a title of its own.
        for number in region.openings.len()..openings {
            let mut copy = region.openings[0].clone();
            copy.id = OpeningId::new(&mut || uuid::Uuid::from_u128(0xA000_0000 + number as u128));
            copy.code = None;
            copy.facts.title = format!("{number}番目の募集");
            region.openings.push(copy);
        }
        let tools = Tools { db: &db, clock: &SystemClock, chance: &SystemChance };
        let mut candidates = Vec::new();
        for candidate in region.candidates.iter().take(people) {
            let new = NewAccount {
                mail: format!("ranker{}@example.jp", candidates.len()),
                name: candidate.facts.name.clone(),
                lang: "ja".to_owned(),
                password: PASSWORD.to_owned(),
                roles: vec![Role::Candidate(candidate.id)],
            };
            create_account(&new, tools).await.expect("an account");
            candidates.push(new.mail);
        }
        let mut tx = db.begin().await.expect("a transaction");
        let changes = Changes { openings: region.openings.clone(), ..Changes::default() };
        region::save(&mut tx, &changes, 0).await.expect("openings");
        let openings: Vec<_> = region.openings.iter().take(openings).collect();
        for candidate in region.candidates.iter().take(people) {
            for (at, opening) in (1..).zip(&openings) {
                apply(&mut tx, candidate.id, opening.id, at).await;
            }
        }
        let now = tx.now_ms().await.expect("the time");
        const HOUR: i64 = 60 * 60_000;
        let window = Window {
            round: 1,
            opens_at: now - HOUR,
            closes_at: now + 50 * HOUR,
            ties,
            note: String::new(),
            draft: true,
            mechanism: Mechanism::default(),
        };
        set(&mut tx, &window, "console", now).await.expect("a window");
        tx.commit().await.expect("written");
        db.close().await;
        let titled = openings.iter().map(|one| (one.id.to_string(), one.facts.title.clone()));
        Rankers { candidates, openings: titled.collect() }
    }
}

/// An application whose talks have begun.
async fn apply(tx: &mut Tx, candidate: CandidateId, opening: OpeningId, at: i64) {
    const SQL: &str = "INSERT INTO applications (id, candidate_id, opening_id, level, stage, stage_at, waits_for, \
        version, created_at, updated_at) VALUES ($1, $2, $3, 'applied', 'talk', $4, '', 1, $4, $4)";
    // Any id will do that no other pair has.
    let [one, other] =
        [candidate.to_string(), opening.to_string()].map(|id| id.parse::<Uuid>().expect("an id").as_u128());
    let id = Uuid::from_u128(one ^ other.rotate_left(64)).to_string();
    let (candidate, opening) = (candidate.to_string(), opening.to_string());
    match tx {
        Tx::Sqlite(tx) => sqlx::query(SQL)
            .bind(id)
            .bind(candidate)
            .bind(opening)
            .bind(at)
            .execute(&mut **tx)
            .await
            .map(drop),
        Tx::Pg(tx) => sqlx::query(SQL)
            .bind(id)
            .bind(candidate)
            .bind(opening)
            .bind(at)
            .execute(&mut **tx)
            .await
            .map(drop),
    }
    .expect("an application");
}
