//! As whom the reader acts: a person may be a candidate, a member of a firm and an operator, and what they press counts for
//! one of these. The line under the header says which.

use super::Shell;
use crate::accounts::{FirmHand, SignedIn};
use crate::domain::FirmId;

impl Shell {
    /// As whom the reader acts on this page; nothing on pages that are for everybody.
    pub fn acting_as(&self) -> Option<String> {
        let person = self.person.as_ref()?;
        let mut parts = self.here.split(['/', '?']).skip(1);
        match parts.next()? {
            "op" => person.operator().map(|operator| self.with("look-acting-desk", "desk", operator.desk())),
            "firm" => self.acting_for(person, parts.next()?.parse().ok()?),
            "me" => person.candidate().map(|own| self.with("look-acting-candidate", "name", own.name())),
            _ => None,
        }
    }

    fn acting_for(&self, person: &SignedIn, firm: FirmId) -> Option<String> {
        match person.hand_for_firm(firm)? {
            FirmHand::Own(member) => Some(self.with("look-acting-firm", "name", member.name())),
            FirmHand::Proxy(operator, _) => Some(self.with("look-acting-proxy", "desk", operator.desk())),
        }
    }

    /// Whether this page is below that address: its link in the header says so.
    pub fn is_at(&self, address: &str) -> bool {
        let path = self.here.split('?').next().unwrap_or_default();
        path.strip_prefix(address).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
