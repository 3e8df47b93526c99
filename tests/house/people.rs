//! Accounts for those who are to look around. How an account comes to be is told elsewhere; here it is written down.

use migiude::accounts::{NewAccount, NewDesk, SystemChance, Tools, create_account, create_operator};
use migiude::clock::SystemClock;
use migiude::domain::{OpeningId, PartnerId, Role, Standing};
use migiude::store::{partners, region};

use super::{Browser, PASSWORD, Server, Town};

/// Somebody of a partner, where there is a desk.
pub const PARTNER: &str = "partner@example.jp";
/// Somebody of the secretariat.
pub const SECRETARIAT: &str = "secretariat@example.jp";

impl Browser {
    /// Logs in somebody who has [`PASSWORD`].
    #[track_caller]
    pub fn log_in(&self, server: &Server, mail: &str) {
        self.goto(&format!("{}/login", server.address()));
        self.fill("login", mail);
        self.fill("password", PASSWORD);
        self.press("ログインする");
        self.shows("ログアウト");
    }
}

impl Town {
    /// Gives the firm of this opening a member who may do everything for it, and the town an invented desk with its
    /// operator. All of them log in with [`PASSWORD`]. The mail addresses: the member's, the operator's.
    pub fn with_a_firm_and_a_desk(&self, opening: &str) -> (String, String) {
        let opening: OpeningId = opening.parse().expect("an id");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let db = self.tables().await;
            let region = region::snapshot(&db).await.expect("the region");
            let opening =
                region.openings.iter().find(|one| one.id == opening).expect("an opening of the region");
            let tools = Tools { db: &db, clock: &SystemClock, chance: &SystemChance };
            let member = NewAccount {
                mail: "president@example.jp".to_owned(),
                name: "山田 一郎".to_owned(),
                lang: "ja".to_owned(),
                password: PASSWORD.to_owned(),
                roles: vec![Role::Firm(opening.firm, Standing::Admin)],
            };
            create_account(&member, tools).await.expect("an account");
            let partner: PartnerId = tools.id();
            let mut tx = db.begin().await.expect("a transaction");
            partners::add(&mut tx, partner, "長門商工会議所", "", tools.now_ms()).await.expect("a partner");
            tx.commit().await.expect("written");
            for (mail, role) in [(PARTNER, Role::Partner(partner)), (SECRETARIAT, Role::Secretariat)] {
                let outer = NewAccount { mail: mail.to_owned(), roles: vec![role], ..member.clone() };
                create_account(&outer, tools).await.expect("an account");
            }
            let desk = NewDesk {
                name: "長門の人事部".to_owned(),
                prefecture: "山口県".to_owned(),
                about: String::new(),
                fictional: true,
            };
            let operator = "desk@example.jp".to_owned();
            create_operator(&desk, &operator, PASSWORD, tools).await.expect("a desk");
            db.close().await;
            (member.mail, operator)
        })
    }
}
