//! What there is to do for a firm, each thing with how far it is: 未着手, 入力中, 確認待ち, 完了.

use crate::accounts::{FirmHand, members};
use crate::board::firms::{self, Completeness, Sheet};
use crate::board::postings::{self, Form, Posting, Stage, openness};
use crate::store::tickets;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell};

use super::review::stage_words;

/// How far something is, as the texts name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    Todo,
    /// Begun, and the firm's turn.
    Doing,
    /// Somebody else's turn.
    Waiting,
    /// Nothing to do.
    Done,
}

impl State {
    /// As keys and classes name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Waiting => "waiting",
            Self::Done => "done",
        }
    }

    /// Of its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Todo => "look-task-todo",
            Self::Doing => "look-task-doing",
            Self::Waiting => "look-task-waiting",
            Self::Done => "look-task-done",
        }
    }
}

/// One thing to do.
pub struct Task {
    /// What it is called.
    pub name: String,
    /// More about where it stands.
    pub hint: String,
    /// Where it is done.
    pub href: String,
    /// How far it is.
    pub state: State,
}

/// What there is to do before and beside the openings.
pub async fn of_firm(hand: &FirmHand, sheet: &Sheet, shell: &Shell, web: &Web) -> Result<Vec<Task>, Refusal> {
    let at = format!("/firm/{}", hand.firm());
    let (said, version) = openness::find(&web.db, hand.firm()).await?;
    let Completeness { done, of } = firms::completeness(&sheet.facts);
    let mut tasks = vec![
        Task {
            name: shell.t("firms-profile-title"),
            hint: shell.lang.say_with("firms-answered", &[("done", &done), ("of", &of)]),
            href: format!("{at}/profile"),
            state: of_profile(sheet),
        },
        Task {
            name: shell.t("postings-openness-title"),
            hint: shell.t("firms-task-openness-hint"),
            href: format!("{at}/openness"),
            state: of_openness(sheet, &said, version),
        },
    ];
    if let FirmHand::Own(member) = hand {
        let people = members::of_firm(member, web.tools()).await?.len();
        let invited = tickets::invited_to_firm(&web.db, member.firm(), web.clock.now_ms()).await?;
        tasks.push(Task {
            name: shell.t("accounts-members-title"),
            hint: shell.with("firms-task-members-hint", "count", people),
            href: format!("{at}/members"),
            state: match (invited, people) {
                (1.., _) => State::Waiting,
                (_, 2..) => State::Done,
                _ => State::Todo,
            },
        });
    }
    Ok(tasks)
}

fn of_profile(sheet: &Sheet) -> State {
    let Completeness { done, of } = firms::completeness(&sheet.facts);
    match done {
        _ if sheet.unsaved => State::Doing,
        _ if done == of => State::Done,
        // Whoever registered a firm has said its number, and nothing else yet.
        0 | 1 => State::Todo,
        _ => State::Doing,
    }
}

fn of_openness(sheet: &Sheet, said: &Form, version: i64) -> State {
    let is_open = sheet.facts.may_be_named() && openness::missing(said, &sheet.facts).is_empty();
    match version {
        _ if is_open => State::Done,
        0 => State::Todo,
        _ => State::Doing,
    }
}

/// An opening as a thing to do.
pub fn of_opening(posting: &Posting, home: &str, shell: &Shell) -> Task {
    Task {
        name: match posting.title() {
            "" => shell.t("postings-untitled"),
            title => title.to_owned(),
        },
        hint: stage_words(posting, shell),
        href: format!("{home}/openings/{}", posting.id),
        state: state_of(posting),
    }
}

fn state_of(posting: &postings::Posting) -> State {
    match posting.stage {
        Stage::Draft if posting.title().is_empty() => State::Todo,
        Stage::Submitted { .. } => State::Waiting,
        Stage::Published { .. } if posting.is_waiting => State::Waiting,
        Stage::Published { .. } if posting.has_changes() => State::Doing,
        Stage::Scheduled { .. } | Stage::Published { .. } | Stage::Closed => State::Done,
        Stage::Draft | Stage::Returned { .. } | Stage::Unpublished => State::Doing,
    }
}
