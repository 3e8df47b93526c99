//! A letter as a message: drawn once and kept, so that every try sends the same bytes under the same Message-ID.

use std::time::{Duration, SystemTime};

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

use super::words::{Words, words};
use crate::domain::{Letter, Stops};
use crate::texts::Lang;
use crate::texts::calendar::{self, Event, Method, host};

/// A letter that waits to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// Its id: the Message-ID is made of it.
    pub id: &'a str,
    /// The mail address of the reader.
    pub to: &'a str,
    /// Who the reader is, where we know.
    pub name: Option<&'a str>,
    /// The reader's language.
    pub lang: Lang,
    /// What it is about.
    pub letter: &'a Letter,
    /// When it was asked for, milliseconds.
    pub made_at: i64,
}

/// Why a letter can never be written, however often one tries.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    /// Nothing can be sent to such an address.
    #[error("the address cannot be written to: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The message cannot be put together.
    #[error("the message cannot be put together: {0}")]
    Message(#[from] lettre::error::Error),
    /// A page of the message cannot be drawn.
    #[error("the message cannot be drawn: {0}")]
    Page(#[from] askama::Error),
    /// The calendar file of the message cannot be named.
    #[error("the attachment cannot be typed: {0}")]
    Attachment(#[from] lettre::message::header::ContentTypeErr),
}

/// Draws the message: text and HTML, and a calendar file where a time is booked.
///
/// # Errors
/// [`Unwritable`]: trying again would not help.
pub fn draw(draft: Draft<'_>, from: &Mailbox, origin: &str) -> Result<String, Unwritable> {
    let Draft { id, to, name, lang, letter, made_at } = draft;
    let mut words = words(letter, lang, name, origin);
    let stop = letter.stops().map(|stops| (stops, format!("{origin}/stop/{id}")));
    if let Some((stops, address)) = &stop {
        let key = match stops {
            Stops::Many => "mail-stop",
            Stops::Alert => "mail-stop-alert",
        };
        words.notes.push(lang.say_with(key, &[("address", address)]));
    }
    let both = MultiPart::alternative()
        .singlepart(SinglePart::plain(words.text(lang)))
        .singlepart(SinglePart::html(words.html(lang)?));
    let asked_at = SystemTime::UNIX_EPOCH + Duration::from_millis(made_at.max(0).unsigned_abs());
    let mut builder = Message::builder()
        .message_id(Some(format!("<{id}@{}>", host(origin))))
        .date(asked_at)
        .from(from.clone())
        // The address alone: a name is text that somebody typed.
        .to(Mailbox::new(None, to.parse()?))
        .subject(words.subject.clone())
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("Content-Language", lang.tag()));
    if let Some((_, address)) = &stop {
        // What the desk writes to many ends by one click, and so does an alert; what is about one's own matters does not.
        builder = builder
            .raw_header(raw("List-Unsubscribe", &format!("<{address}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let message = match calendar_of(letter, &words, origin, made_at) {
        None => builder.multipart(both)?,
        Some(text) => {
            let kind: ContentType = calendar::MEDIA_TYPE.parse()?;
            let file = Attachment::new("visit.ics".to_owned()).body(text, kind);
            builder.multipart(MultiPart::mixed().multipart(both).singlepart(file))?
        }
    };
    Ok(String::from_utf8_lossy(&message.formatted()).into_owned())
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// The calendar file that goes with a letter about a booked time.
fn calendar_of(letter: &Letter, words: &Words, origin: &str, made_at: i64) -> Option<String> {
    let (method, slot, starts_ms, ends_ms, place) = match letter {
        Letter::VisitBooked { slot, starts_at, ends_at, place, .. } => {
            (Method::Publish, slot, *starts_at, *ends_at, place)
        }
        Letter::VisitCancelled { slot, starts_at, ends_at, place, .. } => {
            (Method::Cancel, slot, *starts_at, *ends_at, place)
        }
        _ => return None,
    };
    let event = Event {
        starts_ms,
        ends_ms,
        summary: words.facts.first().map(|(_, title)| title.clone()).unwrap_or_default(),
        place: place.clone(),
        url: words.link.as_ref().map(|(_, address)| address.clone()).unwrap_or_default(),
        ..Event::of_visit(slot, origin, made_at)
    };
    Some(calendar::write(method, &[event]))
}

#[cfg(test)]
mod tests {
    use super::super::samples::samples;
    use super::*;

    fn drawn(letter: &Letter, to: &str) -> Result<String, Unwritable> {
        let from: Mailbox = "備中の人事部 <desk@migiude.example>".parse().unwrap();
        let draft = Draft {
            id: "0198c0de",
            to,
            name: Some("山田 花子"),
            lang: Lang::Ja,
            letter,
            made_at: 1_796_457_600_000,
        };
        draw(draft, &from, "https://migiude.example:8443")
    }

    #[test]
    fn every_letter_becomes_a_message_with_text_and_html() {
        for letter in samples() {
            let message = drawn(&letter, "hanako@example.jp").unwrap();
            for part in [
                "Message-ID: <0198c0de@migiude.example>\r\n",
                "To: hanako@example.jp\r\n",
                "Auto-Submitted: auto-generated\r\n",
                "Content-Type: text/plain; charset=utf-8\r\n",
                "Content-Type: text/html; charset=utf-8\r\n",
                "Date: Sat, 05 Dec 2026 08:00:00 +0000\r\n",
            ] {
                assert!(message.contains(part), "{part} in {message}");
            }
            assert!(message.lines().all(|line| line.len() <= 998 && line.is_ascii()), "{message}");
            let booked = matches!(letter, Letter::VisitBooked { .. } | Letter::VisitCancelled { .. });
            assert_eq!(message.contains("text/calendar"), booked);
        }
    }

    #[test]
    fn only_letters_to_many_and_alerts_can_be_stopped_by_one_click() {
        for letter in samples() {
            let message = drawn(&letter, "hanako@example.jp").unwrap();
            let stops = message
                .contains("List-Unsubscribe: <https://migiude.example:8443/stop/0198c0de>\r\n")
                && message.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
            assert_eq!(stops, letter.stops().is_some(), "{message}");
        }
    }

    #[test]
    fn a_subject_with_ends_of_lines_makes_no_header_of_its_own() {
        let subject = "お知らせ\r\nBcc: x@evil.example\r\n\r\n本文".to_owned();
        let message = drawn(&Letter::Plain { subject, body: "b".to_owned() }, "hanako@example.jp").unwrap();
        assert!(!message.lines().any(|line| line.starts_with("Bcc")), "{message}");
        assert_eq!(message.lines().filter(|line| line.starts_with("Subject:")).count(), 1);
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        for address in ["", "hanako", "a@b\r\nRCPT TO:<x@evil.example>", "a@b.example, c@d.example"] {
            assert!(matches!(drawn(&Letter::Deleted, address), Err(Unwritable::Address(_))), "{address}");
        }
    }
}
