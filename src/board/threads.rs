//! Threads: a candidate and a firm write to each other about an opening, and the desk is a member that both see by name.
//! Whoever reads a thread is named on it.
//!
//! Addresses stay with the house: who types a mail address or a telephone number is asked whether they mean it. Not
//! useful for the desk's own letters, nor for anything about ranks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::accounts::{SignedIn, Tools};
use crate::domain::{ApplicationId, CandidateId, Letter, OpeningId, Person, PersonId, Recipient, RoleKind};
use crate::store::applications::{self, Listed};
use crate::store::threads::{self as rows, Message, Of};
use crate::store::{Db, StoreError, journal, letters, people};
use crate::texts::Lang;

/// The longest message, in characters.
pub const LONGEST: usize = 3_000;
/// So many of the latest messages are shown.
const SHOWN: i64 = 300;

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ThreadError {
    /// Nothing was written.
    #[error("nothing was written")]
    Empty,
    /// Too much was written.
    #[error("more than {LONGEST} characters")]
    TooLong,
    /// An address stands in it, and it was not said that it is meant to.
    #[error("an address stands in it")]
    Address,
    /// What it is about has ended.
    #[error("what it is about has ended")]
    Ended,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ThreadError {
    /// The refusal in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Empty => lang.say("talks-message-empty"),
            Self::TooLong => lang.say_with("talks-message-long", &[("n", &LONGEST)]),
            Self::Address => lang.say("talks-message-address"),
            Self::Ended => lang.say("talks-message-ended"),
            Self::Store(_) => lang.say("accounts-broken"),
        }
    }
}

/// As whom somebody sits in a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The candidate.
    Candidate,
    /// A member of the firm.
    Firm,
    /// The desk.
    Desk,
}

impl Side {
    fn code(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Firm => "firm",
            Self::Desk => "operator",
        }
    }

    /// The side that a message was written from.
    pub fn of(message: &Message) -> Self {
        match message.acted_as.as_str() {
            "candidate" => Self::Candidate,
            "firm" => Self::Firm,
            _ => Self::Desk,
        }
    }
}

/// The permission to read a thread and to write into it.
#[derive(Clone, Debug)]
pub struct Seat {
    /// What the thread is about.
    pub about: Listed,
    /// As whom.
    pub side: Side,
    person: PersonId,
    application: ApplicationId,
}

/// The seat that somebody has in the thread of an application; none for whom it is not there.
pub async fn seat(db: &Db, who: &SignedIn, id: ApplicationId) -> Result<Option<Seat>, StoreError> {
    let Some((about, open_to_firm)) = applications::listed(db, id).await? else { return Ok(None) };
    let (candidate, firm) = (about.row.candidate()?, about.row.firm()?);
    let side = if who.candidate().is_some_and(|own| own.candidate() == candidate) {
        Side::Candidate
    } else if open_to_firm && who.member_of(firm).is_some() {
        Side::Firm
    } else if who.operator().is_some() {
        Side::Desk
    } else {
        return Ok(None);
    };
    Ok(Some(Seat { about, side, person: who.person().id, application: id }))
}

impl Seat {
    /// Whether anything can still be written.
    pub fn is_open(&self) -> bool {
        !matches!(self.about.row.stage.as_str(), "declined" | "withdrawn")
    }

    /// Whether a message is the reader's own.
    pub fn wrote(&self, message: &Message) -> bool {
        message.person_id.as_deref() == Some(&self.person.to_string())
    }
}

/// Everybody who can read a thread: the firm's members and the desk's operators. The candidate is the third.
pub async fn members(seat: &Seat, tools: Tools<'_>) -> Result<(Vec<Person>, Vec<Person>), StoreError> {
    let firm = seat.about.row.firm()?.to_string();
    let now = tools.now_ms();
    let members = people::holders(tools.db, RoleKind::Firm, &firm, now).await?;
    Ok((members, people::operators(tools.db, now).await?))
}

/// The messages of a thread; the reader has then read them. That the desk looked is written down.
pub async fn read(seat: &Seat, tools: Tools<'_>) -> Result<Vec<Message>, StoreError> {
    let row = &seat.about.row;
    let found = rows::find(tools.db, row.candidate()?, row.opening()?, seat.person).await?;
    let Some((thread, read_at)) = found else { return Ok(Vec::new()) };
    let messages = rows::messages(tools.db, thread, SHOWN).await?;
    let has_news = messages.iter().any(|message| message.sent_at > read_at && !seat.wrote(message));
    if has_news {
        let now = tools.now_ms();
        let mut tx = tools.db.begin().await?;
        rows::read(&mut tx, thread, seat.person, now).await?;
        if seat.side == Side::Desk {
            let entry = journal::Entry {
                at: now,
                person: Some(seat.person),
                acted_as: "operator".to_owned(),
                action: "thread.read".to_owned(),
                subject_kind: "thread".to_owned(),
                subject: thread.to_string(),
                facts: "{}".to_owned(),
            };
            journal::add(&mut tx, &entry).await?;
        }
        tx.commit().await?;
    }
    Ok(messages)
}

/// Writes a message. `id` names it: the same sent twice is one. The other side gets a letter that there is something to
/// read, one until they have looked.
///
/// # Errors
/// [`ThreadError::Address`] unless `is_sure`; [`ThreadError::Ended`] when the application was declined or withdrawn.
pub async fn write(
    seat: &Seat,
    id: &str,
    body: &str,
    is_sure: bool,
    tools: Tools<'_>,
) -> Result<(), ThreadError> {
    let body = body.replace("\r\n", "\n");
    let body = body.trim();
    match body.chars().count() {
        0 => return Err(ThreadError::Empty),
        length if length > LONGEST => return Err(ThreadError::TooLong),
        _ if !is_sure && holds_address(body) => return Err(ThreadError::Address),
        _ => {}
    }
    let now = tools.now_ms();
    let (members, _) = members(seat, tools).await?;
    let candidate = seat.about.row.candidate()?;
    let owners = people::holders(tools.db, RoleKind::Candidate, &candidate.to_string(), now).await?;
    let mut tx = tools.db.begin().await?;
    let row =
        applications::find(&mut tx, seat.application).await?.ok_or_else(|| gone("application", seat))?;
    if matches!(row.stage.as_str(), "declined" | "withdrawn") {
        return Err(ThreadError::Ended);
    }
    let thread = rows::open(&mut tx, &tools.new_id(), candidate, row.firm()?, row.opening()?, now).await?;
    if !rows::write(&mut tx, id, thread, (seat.person, seat.side.code()), body, now).await? {
        return Ok(());
    }
    let looked: BTreeMap<String, i64> = rows::readers(&mut tx, thread).await?.into_iter().collect();
    rows::read(&mut tx, thread, seat.person, now).await?;
    let path = format!("/messages/{}", seat.application);
    let letter = Letter::MessageWaiting { title: seat.about.title.clone(), path };
    for person in owners.iter().chain(&members).filter(|person| person.id != seat.person) {
        let Some(mail) = &person.mail else { continue };
        let to = Recipient { person: Some(person.id), address: mail.clone(), lang: person.lang.clone() };
        let since = looked.get(&person.id.to_string()).copied().unwrap_or(0);
        let once = format!("thread:{thread}:{}:{since}", person.id);
        letters::post(&mut tx, &tools.new_id(), &letter, &to, Some(&once), now).await?;
    }
    Ok(tx.commit().await?)
}

fn gone(what: &'static str, seat: &Seat) -> StoreError {
    StoreError::damaged(what, &seat.application.to_string(), "deleted meanwhile")
}

/// A thread in somebody's list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is about.
    pub about: Listed,
    /// As whom the reader sits in it.
    pub side: Side,
    /// When the latest was written; none when nothing was yet.
    pub latest_at: Option<i64>,
    /// Not read yet.
    pub unread: i64,
}

/// Everything that somebody may read or begin, what was written last first.
pub async fn list(db: &Db, who: &SignedIn) -> Result<Vec<Entry>, StoreError> {
    let reader = who.person().id;
    let mut entries = Vec::new();
    let mut add = |about: Vec<Listed>, threads: Vec<rows::Row>, side| -> Result<(), StoreError> {
        let threads: BTreeMap<(CandidateId, OpeningId), rows::Row> =
            threads.into_iter().map(|row| Ok((row.pair()?, row))).collect::<Result<_, StoreError>>()?;
        for one in about {
            let thread = threads.get(&(one.row.candidate()?, one.row.opening()?));
            entries.push(Entry {
                latest_at: thread.map(|thread| thread.latest_at),
                unread: thread.map_or(0, |thread| thread.unread),
                about: one,
                side,
            });
        }
        Ok(())
    };
    if let Some(own) = who.candidate() {
        let id = own.candidate();
        let threads = rows::list(db, Of::Candidate(id), reader).await?;
        add(applications::of_candidate(db, id).await?, threads, Side::Candidate)?;
    }
    for firm in who.firms() {
        let threads = rows::list(db, Of::Firm(firm), reader).await?;
        add(applications::of_firm(db, firm).await?, threads, Side::Firm)?;
    }
    if who.operator().is_some() {
        let threads = rows::list(db, Of::Everybody, reader).await?;
        add(applications::all(db).await?, threads, Side::Desk)?;
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.latest_at));
    Ok(entries)
}

/// Whether a mail address or a telephone number stands in a text, whatever its width.
pub fn holds_address(text: &str) -> bool {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]|(?:\+81|(?-u:\b)0)[-\d() ]{8,16}\d")
            .expect("a pattern")
    });
    let plain: String = text.nfkc().map(|c| if "‐‑–—―ー−".contains(c) { '-' } else { c }).collect();
    ADDRESS.find_iter(&plain).any(|found| {
        let digits = found.as_str().bytes().filter(u8::is_ascii_digit).count();
        found.as_str().contains('@') || (10..=13).contains(&digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses_and_telephone_numbers_are_seen_in_any_width() {
        for text in [
            "haru@example.jp へどうぞ",
            "ｈａｒｕ＠ｅｘａｍｐｌｅ．ｊｐ",
            "電話は090-1234-5678です",
            "０９０－１２３４－５６７８",
            "0866(00)0000",
            "+81 90 1234 5678",
        ] {
            assert!(holds_address(text), "{text}");
        }
    }

    #[test]
    fn dates_money_and_time_are_no_addresses() {
        for text in [
            "2026年12月01日の10:00から",
            "月30万円、年間3,600,000円",
            "0.5日から",
            "法人番号 7999990000002",
            "週1日＠リモート",
            "2026-12-01 10:00-12:00",
        ] {
            assert!(!holds_address(text), "{text}");
        }
    }
}
