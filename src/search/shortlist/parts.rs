//! The parts of a score. Each looks at one thing, in thousandths: 1000 could not be better, 0 could not be worse. A
//! field that one side left empty counts as the middle and is marked as not told; but skills that the other side does not
//! name are not shared.

use super::Part;
use super::columns::{Columns, Person, Post, Wanted};
use super::conditions::is_all_remote;
use super::weights::{CandidateWeights, FirmWeights};
use crate::domain::{ContractWish, Days, MoveWish, SideJob, Track};

/// Thousandths of a field nobody filled.
const MIDDLE: u32 = 500;
/// Days that lie this far apart, in hundredths of a day, could not be worse.
const FAR: u32 = 400;

/// Parts of [`of_opening`].
pub(super) const OF_OPENING: usize = 9;
/// Parts of [`of_candidate`].
pub(super) const OF_CANDIDATE: usize = 8;

/// How an opening looks to a candidate; `text` is how far it resembles the candidate's words.
pub(super) fn of_opening(
    weights: &CandidateWeights,
    columns: &Columns,
    person: &Person,
    post: &Post,
    text: u32,
) -> [Part; OF_OPENING] {
    [
        part("text", weights.text, Some(text)),
        part("skills", weights.skills, shared(&person.skills, &post.skills, person.skills.len())),
        part("region", weights.region, named(person, post, 700, 400)),
        part("days", weights.days, days(person.days, post.days)),
        part("pay", weights.pay, post.pay.map(u32::from)),
        part("industry", weights.industry, industry(columns, person, post)),
        part("remote", weights.remote, remote(person, post)),
        part("track", weights.track, track(person)),
        part("contract", weights.contract, contract(person)),
    ]
}

/// How a candidate looks to an opening's firm; `text` is how far the profile resembles the opening's words.
pub(super) fn of_candidate(
    weights: &FirmWeights,
    person: &Person,
    post: &Post,
    text: u32,
) -> [Part; OF_CANDIDATE] {
    [
        part("text", weights.text, Some(text)),
        part("skills", weights.skills, shared(&post.skills, &person.skills, post.skills.len())),
        part("days", weights.days, days(person.days, post.days)),
        part("region", weights.region, named(person, post, 600, 300)),
        part("move", weights.moving, moving(person, post)),
        part("track", weights.track, track(person)),
        side_job(weights.side_job, person.side_job),
        part("contract", weights.contract, contract(person)),
    ]
}

/// `None` for what was not told.
fn part(name: &'static str, weight: u16, thousandths: Option<u32>) -> Part {
    let of = u32::from(weight);
    let points = of * thousandths.unwrap_or(MIDDLE).min(1000) / 1000;
    Part { name, points, of, told: thousandths.is_some() }
}

/// The share of `count` skills that both have; none when there are none to share.
fn shared(one: &[u32], other: &[u32], count: usize) -> Option<u32> {
    if count == 0 {
        return None;
    }
    let (mut a, mut b, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        both += usize::from(x == y);
        a += usize::from(x <= y);
        b += usize::from(y <= x);
    }
    Some((both * 1000 / count) as u32)
}

/// The candidate named the firm's prefecture, would go anywhere, or would do it from elsewhere.
fn named(person: &Person, post: &Post, anywhere: u32, elsewhere: u32) -> Option<u32> {
    Some(match person.areas? {
        Wanted::Everywhere => anywhere,
        Wanted::Prefectures(wanted) if wanted & post.prefecture != 0 => 1000,
        Wanted::Prefectures(_) => elsewhere,
    })
}

/// How near the two ranges of days are.
fn days(has: Option<Days>, takes: Option<Days>) -> Option<u32> {
    let (has, takes) = (has?, takes?);
    let apart = u32::from(has.min.saturating_sub(takes.max).max(takes.min.saturating_sub(has.max)));
    Some(1000 - apart.min(FAR) * 1000 / FAR)
}

fn industry(columns: &Columns, person: &Person, post: &Post) -> Option<u32> {
    let (wish, industry) = (person.industries?, post.industry?);
    let row = columns.welcome.get(wish as usize);
    let is_welcome = row.and_then(|row| row.get(industry as usize)).is_some_and(|welcome| *welcome);
    Some(if is_welcome { 1000 } else { 0 })
}

/// For those who want to move, remote work makes no difference.
fn remote(person: &Person, post: &Post) -> Option<u32> {
    let share = post.remote?;
    Some(match person.moving {
        Some(MoveWish::Move) => MIDDLE,
        _ => (u32::from(share.min) + u32::from(share.max)) * 5,
    })
}

/// A wish for exactly this says more than a wish for either; a contrary wish has been excluded.
fn track(person: &Person) -> Option<u32> {
    Some(match person.track? {
        Track::Both => 800,
        Track::Successor | Track::Executive => 1000,
    })
}

fn contract(person: &Person) -> Option<u32> {
    Some(match person.contract? {
        ContractWish::Either => 800,
        ContractWish::Service | ContractWish::Employment => 1000,
    })
}

fn moving(person: &Person, post: &Post) -> Option<u32> {
    if is_all_remote(post) {
        return Some(1000);
    }
    Some(match person.moving? {
        MoveWish::Move => 1000,
        MoveWish::TwoHomes => 800,
        MoveWish::Thinking => MIDDLE,
        MoveWish::No => 200,
    })
}

/// Who tells nothing of a permission has less than half of it.
fn side_job(weight: u16, permission: SideJob) -> Part {
    let thousandths = match permission {
        SideJob::Permitted | SideJob::NotNeeded => 1000,
        SideJob::Asked => 600,
        SideJob::Unknown => 300,
    };
    Part { told: permission != SideJob::Unknown, ..part("side_job", weight, Some(thousandths)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Range;

    #[test]
    fn skills_count_by_the_share_of_the_side_that_looks() {
        assert_eq!(shared(&[1, 2, 3, 4], &[2, 4, 9], 4), Some(500));
        assert_eq!(shared(&[2, 4, 9], &[1, 2, 3, 4], 3), Some(666));
        assert_eq!(shared(&[], &[1], 0), None);
        assert_eq!(shared(&[1], &[], 1), Some(0));
    }

    #[test]
    fn days_count_by_their_distance() {
        let one_to_two = Some(Range { min: 100, max: 200 });
        assert_eq!(days(one_to_two, Some(Range::exactly(150))), Some(1000));
        assert_eq!(days(Some(Range::exactly(300)), one_to_two), Some(750));
        assert_eq!(days(Some(Range::exactly(700)), Some(Range::exactly(50))), Some(0));
        assert_eq!(days(None, one_to_two), None);
    }
}
