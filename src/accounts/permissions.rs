//! Permissions as values. A workroom that writes asks for one; only a look-up that checked makes one.

use super::operator::Operator;
use crate::domain::{CandidateId, FirmId, PartnerId, Person, PersonId, Role, Standing};

/// Somebody who is logged in, and the session in which they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub(super) person: Person,
    pub(super) session: String,
    pub(super) proved_at: i64,
    pub(super) desk: String,
    /// A passkey or a second proof was shown at this log-in.
    pub(super) strong: bool,
    /// There is an authenticator app, whose code belongs to every log-in.
    pub(super) has_app: bool,
    /// The person's work asks for a second proof.
    pub(super) is_bound: bool,
}

/// A member of a firm: may write what is the firm's own, its lists included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmMember {
    person: PersonId,
    name: String,
    firm: FirmId,
    standing: Standing,
}

/// A candidate: may write what is their own, their list included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateSelf {
    person: PersonId,
    name: String,
    candidate: CandidateId,
}

/// Somebody of a partner organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerMember {
    person: PersonId,
    partner: PartnerId,
}

/// The programme's secretariat: sees counts, never people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secretariat {
    person: PersonId,
}

/// Who looks after the installation: settings, jobs, accounts; no profiles and no lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrator {
    person: Option<PersonId>,
}

/// The hand that writes something of a firm: a member's, or an operator's on the firm's behalf (代理入力). Never for
/// rank-order lists: those ask for a [`FirmMember`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirmHand {
    /// The firm's own.
    Own(FirmMember),
    /// The desk's, on the firm's behalf.
    Proxy(Operator, FirmId),
}

/// The hand that writes something of a candidate: their own, or an operator's on their behalf. Never for rank-order
/// lists: those ask for a [`CandidateSelf`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CandidateHand {
    /// Their own.
    Own(CandidateSelf),
    /// The desk's, on their behalf.
    Proxy(Operator, CandidateId),
}

impl SignedIn {
    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The id of this session, as the list of sessions names it.
    pub fn session(&self) -> &str {
        &self.session
    }

    /// Whether the password was given, and a second proof is still owed. Until then there is no permission to be had.
    pub fn lacks_second(&self) -> bool {
        !self.strong && (self.has_app || self.is_bound)
    }

    /// Whether the person's work asks for a second proof.
    pub fn is_bound(&self) -> bool {
        self.is_bound
    }

    fn roles(&self) -> &[Role] {
        if self.lacks_second() { &[] } else { &self.person.roles }
    }

    /// Whether the person proved who they are within the last `ms` milliseconds.
    pub fn proved_within(&self, ms: i64, now_ms: i64) -> bool {
        now_ms - self.proved_at < ms
    }

    /// As an operator.
    pub fn operator(&self) -> Option<Operator> {
        self.roles()
            .iter()
            .any(|role| matches!(role, Role::Operator { .. }))
            .then(|| Operator::of(self.person.id, self.person.login.clone(), self.desk.clone()))
    }

    /// As a member of this firm.
    pub fn member_of(&self, firm: FirmId) -> Option<FirmMember> {
        self.roles().iter().find_map(|role| match role {
            Role::Firm(id, standing) if *id == firm => Some(FirmMember {
                person: self.person.id,
                name: self.person.name.clone(),
                firm,
                standing: *standing,
            }),
            _ => None,
        })
    }

    /// The firms of which the person is a member.
    pub fn firms(&self) -> impl Iterator<Item = FirmId> {
        self.roles().iter().filter_map(|role| match role {
            Role::Firm(id, _) => Some(*id),
            _ => None,
        })
    }

    /// As a candidate.
    pub fn candidate(&self) -> Option<CandidateSelf> {
        self.roles().iter().find_map(|role| match role {
            Role::Candidate(candidate) => Some(CandidateSelf {
                person: self.person.id,
                name: self.person.name.clone(),
                candidate: *candidate,
            }),
            _ => None,
        })
    }

    /// As somebody of a partner organisation.
    pub fn partner(&self) -> Option<PartnerMember> {
        self.roles().iter().find_map(|role| match role {
            Role::Partner(partner) => Some(PartnerMember { person: self.person.id, partner: *partner }),
            _ => None,
        })
    }

    /// As the secretariat.
    pub fn secretariat(&self) -> Option<Secretariat> {
        self.roles().contains(&Role::Secretariat).then_some(Secretariat { person: self.person.id })
    }

    /// As the administrator.
    pub fn administrator(&self) -> Option<Administrator> {
        let person = Some(self.person.id);
        self.roles().contains(&Role::Administrator).then_some(Administrator { person })
    }

    /// The hand with which this person may write for a firm, if any.
    pub fn hand_for_firm(&self, firm: FirmId) -> Option<FirmHand> {
        let own = self.member_of(firm).map(FirmHand::Own);
        own.or_else(|| self.operator().map(|operator| FirmHand::Proxy(operator, firm)))
    }

    /// The hand with which this person may write for a candidate, if any.
    pub fn hand_for_candidate(&self, candidate: CandidateId) -> Option<CandidateHand> {
        let own = self.candidate().filter(|own| own.candidate == candidate).map(CandidateHand::Own);
        own.or_else(|| self.operator().map(|operator| CandidateHand::Proxy(operator, candidate)))
    }
}

impl FirmMember {
    /// Who acts.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The member's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// For which firm.
    pub fn firm(&self) -> FirmId {
        self.firm
    }

    /// Whether members may be invited and removed, and consents given.
    pub fn is_admin(&self) -> bool {
        self.standing == Standing::Admin
    }
}

impl CandidateSelf {
    /// Who acts.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The candidate's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// As which candidate.
    pub fn candidate(&self) -> CandidateId {
        self.candidate
    }
}

impl PartnerMember {
    /// Who acts.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// For which organisation.
    pub fn partner(&self) -> PartnerId {
        self.partner
    }
}

impl Secretariat {
    /// Who acts.
    pub fn person(&self) -> PersonId {
        self.person
    }
}

impl Administrator {
    /// Whoever can read and write the data directory.
    pub fn at_the_console() -> Self {
        Self { person: None }
    }

    /// Who acts; nobody at the console.
    pub fn person(&self) -> Option<PersonId> {
        self.person
    }
}

impl FirmHand {
    /// For which firm.
    pub fn firm(&self) -> FirmId {
        match self {
            Self::Own(member) => member.firm,
            Self::Proxy(_, firm) => *firm,
        }
    }

    /// Who acts; none at the console.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Own(member) => Some(member.person),
            Self::Proxy(operator, _) => operator.person(),
        }
    }

    /// Whether the desk acts on the firm's behalf.
    pub fn is_proxy(&self) -> bool {
        matches!(self, Self::Proxy(..))
    }
}

impl CandidateHand {
    /// For which candidate.
    pub fn candidate(&self) -> CandidateId {
        match self {
            Self::Own(own) => own.candidate,
            Self::Proxy(_, candidate) => *candidate,
        }
    }

    /// Who acts; none at the console.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Own(own) => Some(own.person),
            Self::Proxy(operator, _) => operator.person(),
        }
    }

    /// Whether the desk acts on the candidate's behalf.
    pub fn is_proxy(&self) -> bool {
        matches!(self, Self::Proxy(..))
    }
}
