//! The conditions that exclude a pair: both have filled the field, and the answers contradict each other.

use super::columns::{Person, Post, Wanted};
use crate::domain::{Contract, ContractWish, Range, Track, TrialKind};

/// A condition that can keep a candidate and an opening apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// The candidate hides from the firm, or the present job names it.
    Apart,
    /// The firm is in a prefecture that the candidate named, or the work can all be done from elsewhere.
    Region,
    /// Successors try a succession, executives an executive post.
    Track,
    /// The candidate has the days that the post takes at least. Days left over are no obstacle.
    Days,
    /// Employment or service.
    Contract,
    /// The post still starts when the candidate is free: begins that are fixed wait for nobody.
    Start,
    /// The post can pay what a day must earn.
    Pay,
}

impl Condition {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] =
        [Self::Apart, Self::Region, Self::Track, Self::Days, Self::Contract, Self::Start, Self::Pay];

    /// As keys of texts name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Region => "region",
            Self::Track => "track",
            Self::Days => "days",
            Self::Contract => "contract",
            Self::Start => "start",
            Self::Pay => "pay",
        }
    }

    fn allows(self, person: &Person, post: &Post) -> bool {
        match self {
            Self::Apart => person.barred.binary_search(&post.firm).is_err(),
            Self::Region => place(person, post),
            Self::Track => !matches!(
                (person.track, post.kind),
                (Some(Track::Successor), TrialKind::Cxo) | (Some(Track::Executive), TrialKind::Succession)
            ),
            Self::Days => match (person.days, post.days) {
                (Some(has), Some(takes)) => has.max >= takes.min,
                _ => true,
            },
            Self::Contract => contract(person, post),
            Self::Start => {
                !matches!((person.free_from, post.start), (Some(free), Some(start)) if start < free)
            }
            Self::Pay => !matches!((person.floor, post.most), (Some(floor), Some(most)) if most < floor),
        }
    }
}

/// Whether nothing stands against the two meeting. Who hides from a firm meets none of its openings, in no direction.
pub(super) fn allow(person: &Person, post: &Post) -> bool {
    Condition::ALL.into_iter().all(|one| one.allows(person, post))
}

/// Everything that stands against it.
pub(super) fn against(person: &Person, post: &Post) -> Vec<Condition> {
    Condition::ALL.into_iter().filter(|one| !one.allows(person, post)).collect()
}

fn place(person: &Person, post: &Post) -> bool {
    match person.areas {
        None | Some(Wanted::Everywhere) => true,
        Some(Wanted::Prefectures(wanted)) => wanted & post.prefecture != 0 || is_all_remote(post),
    }
}

fn contract(person: &Person, post: &Post) -> bool {
    match person.contract {
        None | Some(ContractWish::Either) => true,
        Some(ContractWish::Service) => !post.contract.is_employment(),
        // A visit, a secondment and a transfer leave it open.
        Some(ContractWish::Employment) => !matches!(post.contract, Contract::Service | Contract::Officer),
    }
}

/// Whether the work can all be done from elsewhere.
pub(super) fn is_all_remote(post: &Post) -> bool {
    matches!(post.remote, Some(Range { max: 100.., .. }))
}
