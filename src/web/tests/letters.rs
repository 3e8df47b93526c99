//! What the operators see of the letters, and what they do not.

use super::Site;
use crate::domain::{Letter, Recipient};
use crate::store::letters;

const SECRET: &str = "/t/s3cr3t";

impl Site {
    /// Asks for a letter, as a room does.
    async fn ask(&self, id: &str, letter: &Letter) {
        let to = Recipient { person: None, address: "hanako@example.jp".to_owned(), lang: "ja".to_owned() };
        let mut tx = self.web.db.begin().await.unwrap();
        letters::post(&mut tx, id, letter, &to, None, self.web.clock.now_ms()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Carries the letters out, as the job does: into the folder, or away with the server.
    async fn carry(&self, into_folder: bool) {
        let now = self.web.clock.now_ms();
        let mut tx = self.web.db.begin().await.unwrap();
        while let Some(letter) = letters::claim(&mut tx, now, now + 1).await.unwrap() {
            letters::keep(&mut tx, &letter.id, "as drawn").await.unwrap();
            let rest = crate::mail::emptied(letter.letter);
            letters::sent(&mut tx, &letter.id, (!into_folder).then_some(&rest), now).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// A try in vain, the last one or not.
    async fn fail(&self, for_good: bool) {
        let now = self.web.clock.now_ms();
        let mut tx = self.web.db.begin().await.unwrap();
        let letter = letters::claim(&mut tx, now, now + 1).await.unwrap().unwrap();
        let next = (!for_good).then_some(now + 60_000);
        letters::failed(&mut tx, &letter.id, letter.tries, next, "550 nobody of that name").await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn recovery() -> Letter {
    Letter::Recover { path: SECRET.to_owned() }
}

#[tokio::test]
async fn where_the_folder_is_the_delivery_a_letter_and_its_link_can_be_read() {
    let mut site = Site::with_operator().await;
    site.ask("1", &recovery()).await;
    site.log_in().await;
    site.get("/op/mail").await.is(200).shows("パスワードの再設定").shows("h…@example.jp").hides("hanako");
    site.get("/op/mail/1").await.is(200).hides(SECRET);
    site.carry(true).await;
    site.get("/op/mail/1").await.is(200).shows("href=\"/t/s3cr3t\"").shows("パスワードの再設定のお申し込み");
}

#[tokio::test]
async fn what_a_mail_server_carried_is_read_by_its_reader_alone() {
    let mut site = Site::with_operator().await;
    site.log_in().await;
    site.ask("1", &recovery()).await;
    site.carry(false).await;
    site.get("/op/mail?state=sent").await.is(200).shows("送信済み");
    site.get("/op/mail/1").await.is(200).hides("s3cr3t").shows("ここに残しません");
    site.get("/op/mail/1?lang=en").await.is(200).shows("New password").shows("not kept here");
}

#[tokio::test]
async fn a_letter_that_failed_shows_why_and_is_tried_again_once() {
    let mut site = Site::with_operator().await;
    site.log_in().await;
    site.ask("1", &recovery()).await;
    site.fail(true).await;
    site.get("/op/mail?state=failed").await.is(200).shows("1通を送れませんでした").shows("550 nobody");
    site.get("/op/mail/1").await.is(200).shows("もう一度送る").hides(SECRET);
    for _ in 0..2 {
        site.post("/op/mail/1/retry", &[]).await.is(303);
    }
    site.get("/op/mail?state=waiting").await.is(200).shows("送信待ち (1)").shows("送れませんでした (0)");
    site.fail(false).await;
    site.get("/op/mail").await.is(200).shows("次の送信を待っています").shows("1回試しました");
    site.post("/op/mail/nothing/retry", &[]).await.is(404);
    site.get("/op/mail/nothing").await.is(404);
}

#[tokio::test]
async fn letters_are_for_operators() {
    let mut site = Site::with_operator().await;
    site.ask("1", &recovery()).await;
    for path in ["/op/mail", "/op/mail/1"] {
        assert!(site.get(path).await.is(303).header("location").starts_with("/login"));
    }
    site.post("/op/mail/1/retry", &[]).await.is(303);
}
