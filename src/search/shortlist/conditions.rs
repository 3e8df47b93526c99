//! The conditions that exclude a pair: both have filled the field, and the answers contradict each other.

use super::columns::{Person, Post, Wanted};
use crate::domain::{Contract, ContractWish, Range, Track, TrialKind};

/// Whether nothing stands against the two meeting. Who hides from a firm meets none of its openings, in no direction.
pub(super) fn allow(person: &Person, post: &Post) -> bool {
    let barred = person.barred.binary_search(&post.firm).is_ok();
    !barred
        && place(person, post)
        && track(person, post)
        && days(person, post)
        && contract(person, post)
        && start(person, post)
        && pay(person, post)
}

/// The firm is in a prefecture that the candidate named, or the work can all be done from elsewhere.
fn place(person: &Person, post: &Post) -> bool {
    match person.areas {
        None | Some(Wanted::Everywhere) => true,
        Some(Wanted::Prefectures(wanted)) => wanted & post.prefecture != 0 || is_all_remote(post),
    }
}

/// Successors try a succession, executives an executive post.
fn track(person: &Person, post: &Post) -> bool {
    !matches!(
        (person.track, post.kind),
        (Some(Track::Successor), TrialKind::Cxo) | (Some(Track::Executive), TrialKind::Succession)
    )
}

/// The candidate has the days that the post takes at least. Days left over are no obstacle.
fn days(person: &Person, post: &Post) -> bool {
    match (person.days, post.days) {
        (Some(has), Some(takes)) => has.max >= takes.min,
        _ => true,
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

/// The post still starts when the candidate is free: begins that are fixed wait for nobody.
fn start(person: &Person, post: &Post) -> bool {
    !matches!((person.free_from, post.start), (Some(free), Some(start)) if start < free)
}

/// The post can pay what a day must earn.
fn pay(person: &Person, post: &Post) -> bool {
    !matches!((person.floor, post.most), (Some(floor), Some(most)) if most < floor)
}

/// Whether the work can all be done from elsewhere.
pub(super) fn is_all_remote(post: &Post) -> bool {
    matches!(post.remote, Some(Range { max: 100.., .. }))
}
