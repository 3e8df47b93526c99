//! What each kind of letter says: what happened, what to do, until when, and where.
//!
//! A subject names no firm and no opening: it is read on locked screens, and by whoever shares a mailbox, while a firm may not
//! yet have told its own people. No letter holds a ranking or a result.

use askama::Template;

use crate::domain::{Letter, RoleKind, Told};
use crate::texts::Lang;
use crate::texts::days::minute;

/// The longest subject, in characters.
const SUBJECT: usize = 60;

/// A letter in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub subject: String,
    /// 「山田 花子 様」; none while we do not know a name.
    pub dear: Option<String>,
    /// What happened and what to do.
    pub paragraphs: Vec<String>,
    /// Label and value of what matters: the opening, until when, where.
    pub facts: Vec<(String, String)>,
    /// The openings that the letter tells of.
    pub items: Vec<Item>,
    /// The page to open: its label and its address.
    pub link: Option<(String, String)>,
    /// What else to know.
    pub notes: Vec<String>,
    /// Who writes.
    pub sender: String,
}

/// An opening in a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its title.
    pub title: String,
    /// The firm and where it is, and why it fits.
    pub lines: Vec<String>,
    /// The address of its page.
    pub address: String,
}

/// Every kind, as texts and stored letters name it.
pub const KINDS: [&str; 29] = [
    "register",
    "already-registered",
    "invitation",
    "recover",
    "security-changed",
    "posting-submitted",
    "posting-returned",
    "posting-approved",
    "posting-stale",
    "posting-expired",
    "application-received",
    "application-moved",
    "answer-due",
    "message-waiting",
    "visit-booked",
    "visit-cancelled",
    "bookings-moved",
    "proposal-received",
    "list-certified",
    "list-uncertified",
    "round-closes",
    "couple-asked",
    "couple-agreed",
    "alert-confirm",
    "alert",
    "alert-ending",
    "alert-ended",
    "deleted",
    "plain",
];

/// The kind of a letter, as texts and stored letters name it.
pub fn kind(letter: &Letter) -> &'static str {
    match letter {
        Letter::Register { .. } => "register",
        Letter::AlreadyRegistered => "already-registered",
        Letter::Invitation { .. } => "invitation",
        Letter::Recover { .. } => "recover",
        Letter::SecurityChanged { .. } => "security-changed",
        Letter::PostingSubmitted { .. } => "posting-submitted",
        Letter::PostingReturned { .. } => "posting-returned",
        Letter::PostingApproved { .. } => "posting-approved",
        Letter::PostingStale { .. } => "posting-stale",
        Letter::PostingExpired { .. } => "posting-expired",
        Letter::ApplicationReceived { .. } => "application-received",
        Letter::ApplicationMoved { .. } => "application-moved",
        Letter::AnswerDue { .. } => "answer-due",
        Letter::MessageWaiting { .. } => "message-waiting",
        Letter::VisitBooked { .. } => "visit-booked",
        Letter::VisitCancelled { .. } => "visit-cancelled",
        Letter::BookingsMoved { .. } => "bookings-moved",
        Letter::ProposalReceived { .. } => "proposal-received",
        Letter::ListCertified { .. } => "list-certified",
        Letter::ListUncertified { .. } => "list-uncertified",
        Letter::RoundCloses { .. } => "round-closes",
        Letter::CoupleAsked { .. } => "couple-asked",
        Letter::CoupleAgreed { .. } => "couple-agreed",
        Letter::AlertConfirm { .. } => "alert-confirm",
        Letter::Alert { .. } => "alert",
        Letter::AlertEnding { .. } => "alert-ending",
        Letter::AlertEnded { .. } => "alert-ended",
        Letter::Deleted => "deleted",
        Letter::Plain { .. } => "plain",
    }
}

/// Whether the letter is the only place where a secret stands: the path of a ticket opens something by itself.
pub fn holds_secret(letter: &Letter) -> bool {
    path(letter).is_some_and(|path| path.starts_with("/t/") || path.starts_with("/r/"))
}

/// The letter without its secret, for keeping after it went out.
pub fn emptied(mut letter: Letter) -> Letter {
    if let Letter::Register { path }
    | Letter::Recover { path }
    | Letter::Invitation { path, .. }
    | Letter::AlertConfirm { path, .. } = &mut letter
    {
        path.clear();
    }
    letter
}

/// What the letter says to `name`, with links to pages under `origin`.
pub fn words(letter: &Letter, lang: Lang, name: Option<&str>, origin: &str) -> Words {
    if let Letter::Plain { subject, body } = letter {
        // The desk's own words, its own form of address included.
        return Words {
            subject: one_line(subject),
            dear: None,
            paragraphs: body.split("\n\n").map(|part| part.trim().to_owned()).collect(),
            facts: Vec::new(),
            items: Vec::new(),
            link: None,
            notes: Vec::new(),
            sender: lang.say_with("mail-sender", &[("origin", &origin)]),
        };
    }
    let kind = kind(letter);
    let link = path(letter).filter(|path| !path.is_empty()).map(|path| {
        let label = lang.say(&format!("mail-{kind}-link"));
        (label, format!("{origin}{path}"))
    });
    let mut notes = Vec::new();
    if holds_secret(letter) {
        notes.push(lang.say("mail-once"));
    }
    notes.push(lang.say(if is_unasked(letter) { "mail-not-you" } else { "mail-no-reply" }));
    Words {
        subject: one_line(&lang.say(&format!("mail-{kind}-subject"))),
        dear: name.map(|name| lang.say_with("mail-dear", &[("name", &one_line(name))])),
        paragraphs: vec![lang.say(&format!("mail-{kind}-news")), lang.say(&format!("mail-{kind}-next"))],
        facts: facts(letter, lang),
        items: items(letter, lang, origin),
        link,
        notes,
        sender: lang.say_with("mail-sender", &[("origin", &origin)]),
    }
}

/// Letters that somebody else may have caused by typing the reader's address.
fn is_unasked(letter: &Letter) -> bool {
    matches!(
        letter,
        Letter::Register { .. }
            | Letter::AlreadyRegistered
            | Letter::Invitation { .. }
            | Letter::Recover { .. }
            | Letter::SecurityChanged { .. }
            | Letter::AlertConfirm { .. }
    )
}

fn path(letter: &Letter) -> Option<&str> {
    match letter {
        Letter::Register { path }
        | Letter::Invitation { path, .. }
        | Letter::Recover { path }
        | Letter::PostingSubmitted { path, .. }
        | Letter::PostingReturned { path, .. }
        | Letter::PostingApproved { path, .. }
        | Letter::PostingStale { path, .. }
        | Letter::PostingExpired { path, .. }
        | Letter::ApplicationReceived { path, .. }
        | Letter::ApplicationMoved { path, .. }
        | Letter::AnswerDue { path, .. }
        | Letter::MessageWaiting { path, .. }
        | Letter::VisitBooked { path, .. }
        | Letter::VisitCancelled { path, .. }
        | Letter::BookingsMoved { path, .. }
        | Letter::ProposalReceived { path, .. }
        | Letter::ListCertified { path, .. }
        | Letter::ListUncertified { path, .. }
        | Letter::RoundCloses { path, .. }
        | Letter::CoupleAsked { path }
        | Letter::CoupleAgreed { path }
        | Letter::AlertConfirm { path, .. }
        | Letter::Alert { path, .. }
        | Letter::AlertEnding { path, .. }
        | Letter::AlertEnded { path, .. } => Some(path),
        Letter::AlreadyRegistered => Some("/login"),
        Letter::SecurityChanged { .. } => Some("/account"),
        Letter::Deleted | Letter::Plain { .. } => None,
    }
}

fn facts(letter: &Letter, lang: Lang) -> Vec<(String, String)> {
    let label = |name: &str| lang.say(&format!("mail-fact-{name}"));
    let at = |ms: i64| lang.say_with("mail-japan-time", &[("at", &minute(ms, lang))]);
    let fact = |name: &str, value: &str| (label(name), value.to_owned());
    let round = |number: i64| (label("round"), lang.say_with("mail-round", &[("n", &number)]));
    match letter {
        Letter::Invitation { by, role, place, .. } => {
            let mut facts = vec![fact("by", by), (label("role"), say_role(*role, lang))];
            facts.extend(place.as_deref().map(|place| fact("of", place)));
            facts
        }
        Letter::SecurityChanged { what } => {
            let known = ["password", "passkey", "second-factor", "mail", "recovery-codes"];
            let what = known.iter().find(|known| *known == what);
            vec![(
                label("what"),
                what.map_or_else(
                    || lang.say("mail-what-other"),
                    |what| lang.say(&format!("mail-what-{what}")),
                ),
            )]
        }
        Letter::PostingSubmitted { firm, title, .. } => vec![fact("firm", firm), fact("opening", title)],
        Letter::PostingReturned { title, note, .. } => vec![fact("opening", title), fact("note", note)],
        Letter::PostingApproved { title, publish_at, .. } => {
            vec![fact("opening", title), (label("public"), at(*publish_at))]
        }
        Letter::PostingStale { title, expires_at, .. } => {
            vec![fact("opening", title), (label("until"), at(*expires_at))]
        }
        Letter::PostingExpired { title, .. }
        | Letter::ApplicationMoved { title, .. }
        | Letter::ProposalReceived { title, .. }
        | Letter::MessageWaiting { title, .. } => vec![fact("opening", title)],
        Letter::ApplicationReceived { title, answer_by, .. } | Letter::AnswerDue { title, answer_by, .. } => {
            vec![fact("opening", title), (label("until"), at(*answer_by))]
        }
        Letter::VisitBooked { title, starts_at, ends_at, place, .. }
        | Letter::VisitCancelled { title, starts_at, ends_at, place, .. }
        | Letter::BookingsMoved { title, starts_at, ends_at, place, .. } => vec![
            fact("opening", title),
            (label("from"), at(*starts_at)),
            (label("to"), at(*ends_at)),
            fact("place", place),
        ],
        Letter::ListCertified { round: number, number: receipt, ranks, commitment, at: when, .. } => vec![
            round(*number),
            fact("receipt", receipt),
            (label("ranks"), lang.say_with("mail-ranks", &[("n", ranks)])),
            (label("certified"), at(*when)),
            fact("commitment", commitment),
        ],
        Letter::ListUncertified { round: number, closes_at, .. }
        | Letter::RoundCloses { round: number, closes_at, .. } => {
            vec![round(*number), (label("until"), at(*closes_at))]
        }
        Letter::AlertConfirm { label: asked, .. } | Letter::AlertEnded { label: asked, .. } => {
            vec![fact("question", asked)]
        }
        Letter::AlertEnding { label: asked, ends_at, .. } => {
            vec![fact("question", asked), (label("until"), at(*ends_at))]
        }
        Letter::Alert { label: asked, more, .. } => {
            let more = (*more > 0).then(|| (label("more"), lang.say_with("mail-more", &[("n", more)])));
            [fact("question", asked)].into_iter().chain(more).collect()
        }
        Letter::Register { .. }
        | Letter::AlreadyRegistered
        | Letter::Recover { .. }
        | Letter::CoupleAsked { .. }
        | Letter::CoupleAgreed { .. }
        | Letter::Deleted
        | Letter::Plain { .. } => Vec::new(),
    }
}

fn items(letter: &Letter, lang: Lang, origin: &str) -> Vec<Item> {
    let Letter::Alert { told, .. } = letter else { return Vec::new() };
    let item = |one: &Told| {
        let reasons = one.reasons.join(lang.pick("・", "; "));
        let why = (!reasons.is_empty()).then(|| lang.say_with("mail-why", &[("reasons", &reasons)]));
        let whose = [one.firm.as_str(), one.place.as_str()].join(lang.pick("　", ", "));
        Item {
            title: one.title.clone(),
            lines: [Some(whose), why].into_iter().flatten().collect(),
            address: format!("{origin}{}", one.path),
        }
    };
    told.iter().map(item).collect()
}

fn say_role(role: RoleKind, lang: Lang) -> String {
    lang.say(&format!("mail-role-{}", role.code()))
}

/// A text that may stand in a header: one line, not too long.
fn one_line(text: &str) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUBJECT {
        return line;
    }
    line.chars().take(SUBJECT - 1).chain(['…']).collect()
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    words: &'a Words,
    lang: Lang,
}

impl Words {
    /// The letter for readers of plain text.
    pub fn text(&self, lang: Lang) -> String {
        let mut parts: Vec<String> = self.dear.iter().cloned().collect();
        parts.extend(self.paragraphs.iter().cloned());
        let colon = lang.pick("：", ": ");
        let facts: Vec<_> =
            self.facts.iter().map(|(label, value)| format!("{label}{colon}{value}")).collect();
        if !facts.is_empty() {
            parts.push(facts.join("\n"));
        }
        for Item { title, lines, address } in &self.items {
            parts.push(format!("■ {title}\n{}\n{address}", lines.join("\n")));
        }
        parts.extend(self.link.iter().map(|(label, address)| format!("{label}\n{address}")));
        parts.extend(self.notes.iter().cloned());
        parts.push(format!("-- \n{}", self.sender));
        parts.join("\n\n") + "\n"
    }

    /// The letter for readers of HTML.
    ///
    /// # Errors
    /// When the template cannot be filled.
    pub fn html(&self, lang: Lang) -> Result<String, askama::Error> {
        Html { words: self, lang }.render()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::samples;
    use super::*;

    const ORIGIN: &str = "https://migiude.example";

    #[test]
    fn every_letter_says_in_both_languages_what_happened_and_where_to_go() {
        for letter in samples() {
            for lang in Lang::ALL {
                let words = words(&letter, lang, Some("山田 花子"), ORIGIN);
                let (text, html) = (words.text(lang), words.html(lang).unwrap());
                let both = format!("{text}\n{html}");
                for gap in ["mail-", "{", "}", "\u{fffd}"] {
                    assert!(!both.contains(gap), "{gap} in {both}");
                }
                assert!((1..=SUBJECT).contains(&words.subject.chars().count()), "{}", words.subject);
                assert!(html.contains(&format!("<html lang=\"{}\">", lang.tag())));
                if let Some(path) = path(&letter) {
                    let address = format!("{ORIGIN}{path}");
                    assert!(
                        text.contains(&address) && html.contains(&format!("href=\"{address}\"")),
                        "{both}"
                    );
                }
                if !matches!(letter, Letter::Plain { .. }) {
                    assert!(text.contains("山田 花子"));
                }
            }
        }
    }

    #[test]
    fn there_is_a_sample_of_every_kind_and_kinds_are_named_as_they_are_stored() {
        let mut seen: Vec<_> = samples().iter().map(kind).collect();
        for letter in samples() {
            let stored = serde_json::to_value(&letter).unwrap();
            assert_eq!(stored["kind"], kind(&letter));
        }
        seen.dedup();
        assert_eq!(seen, KINDS);
    }

    #[test]
    fn until_when_is_told_with_the_day_of_the_week_and_whose_time_it_is() {
        // 5 December 2026, 17:00 in Japan.
        let letter =
            Letter::RoundCloses { round: 3, closes_at: 1_796_457_600_000, path: "/me/ranking/3".to_owned() };
        let ja = words(&letter, Lang::Ja, None, ORIGIN).text(Lang::Ja);
        assert!(ja.contains("2026年12月5日（土） 17:00（日本時間）"), "{ja}");
        let en = words(&letter, Lang::En, None, ORIGIN).text(Lang::En);
        assert!(en.contains("Sat 5 Dec 2026 17:00 (Japan time)"), "{en}");
    }

    #[test]
    fn a_receipt_says_how_many_ranks_were_certified_and_never_which() {
        let receipt = samples().into_iter().find(|one| matches!(one, Letter::ListCertified { .. })).unwrap();
        let text = words(&receipt, Lang::Ja, None, ORIGIN).text(Lang::Ja);
        assert!(text.contains("5件") && text.contains("R3-7K2M-9QXD"), "{text}");
    }

    #[test]
    fn no_subject_tells_whose_opening_it_is() {
        for letter in samples().iter().filter(|one| !matches!(one, Letter::Plain { .. })) {
            for lang in Lang::ALL {
                let subject = words(letter, lang, Some("山田 花子"), ORIGIN).subject;
                for told in ["備中", "番頭", "山田"] {
                    assert!(!subject.contains(told), "{subject}");
                }
            }
        }
    }

    #[test]
    fn no_secret_is_left_in_a_letter_that_is_kept() {
        for letter in samples() {
            let kept = serde_json::to_string(&emptied(letter.clone())).unwrap();
            assert!(!kept.contains("/t/") && !kept.contains("/r/"), "{kept}");
            assert_eq!(kind(&emptied(letter.clone())), kind(&letter));
        }
    }

    #[test]
    fn a_subject_is_one_line_and_short_whatever_was_typed() {
        let subject = format!("お知らせ\r\nBcc: x@example.jp {}", "長い".repeat(80));
        let letter = Letter::Plain { subject, body: "こんにちは。".to_owned() };
        let subject = words(&letter, Lang::Ja, None, ORIGIN).subject;
        assert!(
            subject.starts_with("お知らせ Bcc: x@example.jp 長い") && subject.ends_with('…'),
            "{subject}"
        );
        assert_eq!(subject.chars().count(), SUBJECT);
    }

    #[test]
    fn what_people_typed_is_text_in_html_too() {
        let letter = Letter::PostingReturned {
            title: "<b>番頭</b>".to_owned(),
            note: "\"><script>x</script>".to_owned(),
            path: "/firm/1/openings/2".to_owned(),
        };
        let html = words(&letter, Lang::Ja, Some("<i>山田"), ORIGIN).html(Lang::Ja).unwrap();
        for raw in ["<b>番頭", "<script", "<i>山田"] {
            assert!(!html.contains(raw), "{html}");
        }
    }
}
