//! Who logs in, and what a person may act as.

use serde::{Deserialize, Serialize};

use super::{CandidateId, FirmId, PartnerId, PersonId};

/// Somebody with an account. What the person may do follows from the roles; `accounts` makes permissions of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Ours.
    pub id: PersonId,
    /// What is typed to log in: a mail address, or an operator's plain name.
    pub login: String,
    /// Where letters go; none for an operator who only has a name.
    pub mail: Option<String>,
    /// As others read it.
    pub name: String,
    /// The language of letters: `ja` or `en`.
    pub lang: String,
    /// Everything the person may act as, at this moment.
    pub roles: Vec<Role>,
}

/// Something a person may act as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The candidate of this profile.
    Candidate(CandidateId),
    /// A member of this firm.
    Firm(FirmId, Standing),
    /// An operator of this desk.
    Operator {
        /// The desk's id.
        desk: String,
    },
    /// Somebody of a partner organisation.
    Partner(PartnerId),
    /// The programme's secretariat.
    Secretariat,
    /// Who looks after the installation.
    Administrator,
}

/// What kind of role it is: a role without what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleKind {
    /// See [`Role::Candidate`].
    Candidate,
    /// See [`Role::Firm`].
    Firm,
    /// See [`Role::Operator`].
    Operator,
    /// See [`Role::Partner`].
    Partner,
    /// See [`Role::Secretariat`].
    Secretariat,
    /// See [`Role::Administrator`].
    Administrator,
}

/// How a member stands in a firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// May also invite and remove members, and consents for the firm.
    Admin,
    /// May do the daily work.
    Member,
}

impl RoleKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Candidate, Self::Firm, Self::Operator, Self::Partner, Self::Secretariat, Self::Administrator];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Firm => "firm",
            Self::Operator => "operator",
            Self::Partner => "partner",
            Self::Secretariat => "secretariat",
            Self::Administrator => "administrator",
        }
    }

    /// The kind of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Role {
    /// Its kind.
    pub fn kind(&self) -> RoleKind {
        match self {
            Self::Candidate(_) => RoleKind::Candidate,
            Self::Firm(..) => RoleKind::Firm,
            Self::Operator { .. } => RoleKind::Operator,
            Self::Partner(_) => RoleKind::Partner,
            Self::Secretariat => RoleKind::Secretariat,
            Self::Administrator => RoleKind::Administrator,
        }
    }
}

impl Standing {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    /// The standing of this code; an unknown one is the lesser.
    pub fn from_code(code: &str) -> Self {
        if code == "admin" { Self::Admin } else { Self::Member }
    }
}
