//! A mail server of a few lines, as friendly or unfriendly as it is told to be.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::*;
use crate::domain::{Letter, Recipient};

struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// What the server does with the next messages.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Takes,
    /// A passing fault.
    Busy,
    /// There is no such mailbox.
    Refuses,
    /// Takes the message and hangs up without a word.
    TakesAndHangsUp,
}

struct Server {
    mood: Mutex<Mood>,
    got: Mutex<Vec<String>>,
}

impl Server {
    async fn start(mood: Mood) -> (Arc<Self>, String) {
        let server = Arc::new(Self { mood: Mutex::new(mood), got: Mutex::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let this = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(this.clone().talk(stream));
            }
        });
        (server, url)
    }

    async fn talk(self: Arc<Self>, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 here\r\n").await?;
        let mut line = String::new();
        while stream.read_line(&mut line).await? > 0 {
            let mood = *self.mood.lock().unwrap();
            let verb = line.get(..4).unwrap_or("").to_uppercase();
            let answer = match (verb.as_str(), mood) {
                ("RCPT", Mood::Busy) => "450 later\r\n",
                ("RCPT", Mood::Refuses) => "550 nobody of that name\r\n",
                ("DATA", _) => {
                    stream.write_all(b"354 go on\r\n").await?;
                    let mut message = String::new();
                    while !message.ends_with("\r\n.\r\n") {
                        stream.read_line(&mut message).await?;
                    }
                    self.got.lock().unwrap().push(message);
                    if mood == Mood::TakesAndHangsUp {
                        return Ok(());
                    }
                    "250 taken\r\n"
                }
                ("QUIT", _) => "221 bye\r\n",
                _ => "250 fine\r\n",
            };
            stream.write_all(answer.as_bytes()).await?;
            line.clear();
        }
        Ok(())
    }

    fn got(&self) -> Vec<String> {
        self.got.lock().unwrap().clone()
    }

    fn turn(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

struct Desk {
    db: Db,
    clock: Hands,
    sender: Sender,
    stop: watch::Receiver<bool>,
    _stopping: watch::Sender<bool>,
    dir: TempDir,
}

impl Desk {
    async fn over(url: &str) -> Self {
        Self::with(Sender::over(url, "desk@migiude.example", "https://migiude.example".into()).unwrap()).await
    }

    async fn with(sender: Sender) -> Self {
        let dir = TempDir::new().unwrap();
        let db = Db::open_file(&dir.path().join("migiude.db")).await.unwrap();
        let (stopping, stop) = watch::channel(false);
        let clock = Hands(AtomicI64::new(1_796_457_600_000));
        Self { db, clock, sender, stop, _stopping: stopping, dir }
    }

    async fn ask(&self, id: &str, address: &str, letter: &Letter) {
        let to = Recipient { person: None, address: address.to_owned(), lang: "ja".to_owned() };
        let mut tx = self.db.begin().await.unwrap();
        letters::post(&mut tx, id, letter, &to, None, self.clock.now_ms()).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn send(&self) -> usize {
        send_due(&self.db, &self.sender, &self.clock, &self.stop).await.unwrap()
    }

    fn pass(&self, minutes: i64) {
        self.clock.0.fetch_add(minutes * MINUTE, Ordering::SeqCst);
    }

    async fn letter(&self, id: &str) -> letters::Shown {
        letters::find(&self.db, id).await.unwrap().unwrap()
    }
}

fn recovery() -> Letter {
    Letter::Recover { path: "/t/s3cr3t".to_owned() }
}

fn message_id(message: &str) -> &str {
    message.lines().find(|line| line.starts_with("Message-ID:")).unwrap()
}

#[tokio::test]
async fn a_letter_goes_out_once_and_its_secret_does_not_stay() {
    let (server, url) = Server::start(Mood::Takes).await;
    let desk = Desk::over(&url).await;
    desk.ask("1", "hanako@example.jp", &recovery()).await;
    assert_eq!(desk.send().await, 1);
    assert_eq!(desk.send().await, 0);
    let got = server.got();
    assert_eq!(got.len(), 1);
    assert_eq!(message_id(&got[0]), "Message-ID: <1@migiude.example>");
    let letter = desk.letter("1").await;
    assert_eq!((letter.state.as_str(), letter.is_kept, letter.tries), ("sent", false, 1));
    assert_eq!(letter.letter, Letter::Recover { path: String::new() });
}

#[tokio::test]
async fn in_a_folder_the_letter_itself_is_the_delivery() {
    let dir = TempDir::new().unwrap();
    let sender =
        Sender::into_folder(dir.path().join("mail"), "desk@migiude.example", "http://localhost".into());
    let desk = Desk::with(sender.unwrap()).await;
    desk.ask("1", "hanako@example.jp", &recovery()).await;
    assert_eq!(desk.send().await, 1);
    let file = std::fs::read_to_string(dir.path().join("mail/1.eml")).unwrap();
    assert_eq!(message_id(&file), "Message-ID: <1@localhost>");
    let letter = desk.letter("1").await;
    assert!(letter.is_kept);
    assert_eq!(letter.letter, recovery());
}

#[tokio::test]
async fn a_server_that_is_away_loses_nothing_and_is_tried_less_and_less_often() {
    let (server, url) = Server::start(Mood::Busy).await;
    let desk = Desk::over(&url).await;
    desk.ask("1", "hanako@example.jp", &recovery()).await;
    let mut due = Vec::new();
    for _ in 0..7 {
        assert_eq!(desk.send().await, 0);
        let letter = desk.letter("1").await;
        assert_eq!(letter.state, "waiting");
        assert!(letter.trouble.unwrap().contains("450"));
        let wait = (letter.due_at - desk.clock.now_ms()) / MINUTE;
        due.push(wait);
        assert_eq!(desk.send().await, 0, "not before it is due");
        desk.pass(wait);
    }
    assert_eq!(due, WAITS);
    server.turn(Mood::Takes);
    assert_eq!(desk.send().await, 1);
    assert_eq!(server.got().len(), 1);
    assert_eq!(desk.letter("1").await.tries, 8);
}

#[tokio::test]
async fn after_eight_tries_a_letter_is_given_up_until_somebody_asks_again() {
    let (server, url) = Server::start(Mood::Busy).await;
    let desk = Desk::over(&url).await;
    desk.ask("1", "hanako@example.jp", &recovery()).await;
    for _ in 0..8 {
        desk.send().await;
        desk.pass(240);
    }
    assert_eq!(desk.letter("1").await.state, "failed");
    assert_eq!(letters::counts(&desk.db).await.unwrap().failed, 1);
    server.turn(Mood::Takes);
    assert_eq!(desk.send().await, 0);
    let mut tx = desk.db.begin().await.unwrap();
    assert!(letters::retry(&mut tx, "1", desk.clock.now_ms()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(desk.send().await, 1);
    assert_eq!(message_id(&server.got()[0]), "Message-ID: <1@migiude.example>");
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_not_tried_twice_and_holds_up_nobody() {
    let (server, url) = Server::start(Mood::Refuses).await;
    let desk = Desk::over(&url).await;
    desk.ask("1", "nobody@example.jp", &recovery()).await;
    desk.ask("2", "no address", &recovery()).await;
    desk.send().await;
    for id in ["1", "2"] {
        assert_eq!(desk.letter(id).await.state, "failed");
    }
    server.turn(Mood::Takes);
    desk.ask("3", "hanako@example.jp", &recovery()).await;
    assert_eq!(desk.send().await, 1);
}

#[tokio::test]
async fn an_answer_that_was_lost_sends_the_same_message_again() {
    let (server, url) = Server::start(Mood::TakesAndHangsUp).await;
    let desk = Desk::over(&url).await;
    desk.ask("1", "hanako@example.jp", &recovery()).await;
    assert_eq!(desk.send().await, 0);
    server.turn(Mood::Takes);
    desk.pass(1);
    assert_eq!(desk.send().await, 1);
    let got = server.got();
    assert_eq!(got.len(), 2);
    assert_eq!(got[0], got[1], "the same bytes: whoever has it already can tell");
}

#[tokio::test]
async fn a_kill_between_sending_and_noting_sends_the_same_message_once_more() {
    let (server, url) = Server::start(Mood::Takes).await;
    let desk = Desk::over(&url).await;
    desk.ask("1", "hanako@example.jp", &recovery()).await;
    // All that one turn does before the note, as if the process ended there.
    let (claimed, message) = take(&desk.db, &desk.sender, desk.clock.now_ms()).await.unwrap().unwrap();
    desk.sender.send(&claimed.id, &claimed.address, &message.unwrap()).await.unwrap();
    assert_eq!(desk.send().await, 0, "claimed: nobody else takes it");
    desk.pass(5);
    assert_eq!(desk.send().await, 1);
    let got = server.got();
    assert_eq!((got.len(), &got[0]), (2, &got[1]));
    desk.pass(300);
    assert_eq!(desk.send().await, 0);
}

#[tokio::test]
async fn two_who_send_at_once_never_send_a_letter_twice() {
    let (server, url) = Server::start(Mood::Takes).await;
    let desk = Desk::over(&url).await;
    for id in 0..20 {
        desk.ask(&id.to_string(), "hanako@example.jp", &Letter::Deleted).await;
    }
    let (one, other) = tokio::join!(desk.send(), desk.send());
    assert_eq!(one + other, 20);
    let mut ids: Vec<_> = server.got().iter().map(|message| message_id(message).to_owned()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    assert!(desk.dir.path().exists());
}
