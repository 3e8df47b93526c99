//! The median stable matching: everybody's middle one.
//!
//! Let each candidate sort its partners in all N stable matchings, as often as they occur; if everybody takes the
//! k-th best, the result is again a stable matching (Teo & Sethuraman 1998). The median takes k = N / 2, rounded up.
//! In terms of rotations it has eliminated those that more than half of all stable matchings have eliminated, and
//! parts of the order that are not connected decide for themselves, which makes the count much shorter.
//!
//! To find it is as hard as counting, so each connected part is counted up to a limit. A part beyond it takes the
//! middle of the rotation order instead: rotations with a longer chain after than before them. That too is a
//! stable matching half way between the extremes, but not the median, and the answer says so.
//!
//! Guaranteed: the matching is stable; where the answer says `exact`, it is the median, the same seen from either
//! side but for the rounding, which favours the candidates. Not guaranteed: that it is exact within the limit.
//!
//! Cost: O(n + moves + arcs), and O(log + arcs of a rotation) for each closed set counted.

use crate::lattice::{Lattice, Walk, connected_parts};
use crate::matching::Matching;
use crate::poset::Poset;
use crate::rotations::Rotation;

/// A stable matching in the middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Median {
    /// The matching.
    pub matching: Matching,
    /// Whether it is the median, or only the middle of the rotation order where there was too much to count.
    pub exact: bool,
}

/// The median of the stable matchings; exact when the parts of the lattice have no more stable matchings in sum
/// than `limit`.
///
/// ```
/// use migiude_matching::{Lattice, Market, median};
///
/// // Haruka (0), Kenji (1) and Mei (2) like the brewery (0), the inn (1) and the foundry (2) in a circle, and are
/// // liked the other way round: three stable matchings, everybody's first, second and third choice.
/// let mut market = Market::builder();
/// market.candidate([0, 1, 2]);
/// market.candidate([1, 2, 0]);
/// market.candidate([2, 0, 1]);
/// market.opening(1, [1, 2, 0]);
/// market.opening(1, [2, 0, 1]);
/// market.opening(1, [0, 1, 2]);
/// let market = market.build()?;
/// let strict = market.strict().expect("no ties");
/// let middle = median(&Lattice::of(&strict), 1_000);
/// assert!(middle.exact);
/// assert_eq!([0, 1, 2].map(|candidate| middle.matching.opening_of(candidate)), [Some(1), Some(2), Some(0)]);
/// # Ok::<(), migiude_matching::MarketError>(())
/// ```
pub fn median(lattice: &Lattice<'_>, limit: u64) -> Median {
    let order = &lattice.found.order;
    let mut closed = in_the_first_half(order);
    let mut walk = Walk::nowhere(order);
    let mut left = limit;
    let mut exact = true;
    for part in connected_parts(order) {
        match sets_having(&mut walk, &part, left) {
            Some((sets, having)) => {
                left -= sets;
                for (&rotation, having) in part.iter().zip(having) {
                    closed[rotation as usize] = having > sets / 2;
                }
            }
            None => exact = false,
        }
    }
    Median { matching: lattice.matching_of(&closed), exact }
}

/// For each element whether a longest chain that ends there is shorter than one that begins there.
fn in_the_first_half(order: &Poset) -> Vec<bool> {
    let each = 0..order.len() as Rotation;
    let (mut up_to, mut from) = (vec![1u32; order.len()], vec![1u32; order.len()]);
    for element in each.clone() {
        for &before in order.before(element) {
            up_to[element as usize] = up_to[element as usize].max(up_to[before as usize] + 1);
        }
    }
    for element in each.rev() {
        for &after in order.after(element) {
            from[element as usize] = from[element as usize].max(from[after as usize] + 1);
        }
    }
    up_to.iter().zip(&from).map(|(up_to, from)| up_to < from).collect()
}

/// How many closed sets a part has, and how many of them have each of its elements; none when beyond the limit.
fn sets_having(walk: &mut Walk<'_>, part: &[Rotation], limit: u64) -> Option<(u64, Vec<u64>)> {
    let place = |rotation: Rotation| part.partition_point(|&other| other < rotation);
    walk.begin(part.iter().copied());
    // The empty set is the first.
    let mut sets = 1;
    let mut since = vec![0; part.len()];
    let mut having = vec![0; part.len()];
    while sets <= limit {
        if let Some(rotation) = walk.add() {
            since[place(rotation)] = sets;
            sets += 1;
        } else if let Some(rotation) = walk.take_back() {
            having[place(rotation)] += sets - since[place(rotation)];
        } else {
            return Some((sets, having));
        }
    }
    while walk.take_back().is_some() {}
    None
}
