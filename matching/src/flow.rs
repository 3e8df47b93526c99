//! Networks: minimum cut and assignment; the only file that names `pathfinding`.
//!
//! A minimum cut decides which rotations an optimal stable matching has eliminated. Small networks go to
//! `pathfinding`'s Edmonds–Karp, larger ones to our own [Dinic](dinic); both give the same cut, since the one
//! nearest to the source is unique.

mod cardinality;
mod dinic;

use pathfinding::prelude::{EdmondsKarp, Matrix, SparseCapacity, kuhn_munkres};

pub(crate) use cardinality::largest_matching;
use dinic::Dinic;

// Minimum cut.

/// A directed arc of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    pub from: u32,
    pub to: u32,
    /// How much may flow; not negative.
    pub capacity: i64,
}

/// A cut that lets the least flow through and has the fewest vertices on the source's side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The sum of the capacities cut.
    pub value: i64,
    /// For each vertex, whether it is on the source's side.
    pub source_side: Vec<bool>,
}

/// Up to so many vertices a cut is `pathfinding`'s work: beyond, its ordered maps cost more than they save.
const SMALL: usize = 128;

/// The minimum cut of a network of vertices `0..vertices` between two different ones of them.
///
/// Among the minimum cuts it is the one whose source side is contained in all others'. Arcs may be repeated,
/// their capacities add up. Twice the sum of all finite capacities must fit an `i64`; so must one infinite
/// capacity more. O(vertices² · arcs) at worst, near linear on the sparse networks of rotations.
pub(crate) fn minimum_cut(vertices: usize, source: u32, sink: u32, arcs: Vec<Arc>) -> Cut {
    if vertices <= SMALL {
        edmonds_karp(vertices, source, sink, arcs)
    } else {
        Dinic::new(vertices, &arcs).minimum_cut(source, sink)
    }
}

fn edmonds_karp(vertices: usize, source: u32, sink: u32, arcs: Vec<Arc>) -> Cut {
    let (source, sink) = (source as usize, sink as usize);
    let mut network = SparseCapacity::new(vertices, source, sink);
    for arc in merged(arcs) {
        network.set_capacity(arc.from as usize, arc.to as usize, arc.capacity);
    }
    network.omit_details();
    let (_, value, _) = network.augment();
    let source_side = reachable(vertices, source, |vertex, visit| {
        network.residual_successors(vertex).into_iter().for_each(|(next, _)| visit(next));
    });
    Cut { value, source_side }
}

/// One arc for each pair of vertices, since `pathfinding` lets a repeated arc overwrite the one before.
fn merged(mut arcs: Vec<Arc>) -> Vec<Arc> {
    arcs.sort_unstable_by_key(|arc| (arc.from, arc.to));
    arcs.dedup_by(|arc, kept| {
        let same = (arc.from, arc.to) == (kept.from, kept.to);
        if same {
            kept.capacity += arc.capacity;
        }
        same
    });
    arcs
}

/// The vertices that can be reached from `source`.
fn reachable(vertices: usize, source: usize, successors: impl Fn(usize, &mut dyn FnMut(usize))) -> Vec<bool> {
    let mut reached = vec![false; vertices];
    reached[source] = true;
    let mut open = vec![source];
    while let Some(vertex) = open.pop() {
        successors(vertex, &mut |next| {
            if !std::mem::replace(&mut reached[next], true) {
                open.push(next);
            }
        });
    }
    reached
}

// Assignment.

/// The heaviest assignment of each row to a column of its own, as the column of each row; there are at least as many
/// columns as rows. `weights` holds row after row. O(rows² · columns), and slowly so where weights are alike: the
/// caller keeps it small. Sums of as many weights as there are rows must be far from the ends of an `i64`.
pub(crate) fn heaviest_assignment(rows: usize, weights: Vec<i64>) -> Vec<usize> {
    if rows == 0 {
        return Vec::new();
    }
    let columns = weights.len() / rows;
    let matrix = Matrix::from_vec(rows, columns, weights).expect("whole rows");
    kuhn_munkres(&matrix).1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn network() -> impl Strategy<Value = (usize, Vec<Arc>)> {
        (2..9usize).prop_flat_map(|vertices| {
            let vertex = 0..vertices as u32;
            let arc = (vertex.clone(), vertex, 0..6i64);
            let arcs = proptest::collection::vec(arc, 0..30);
            let arcs = arcs.prop_map(|arcs| {
                let loopless = arcs.into_iter().filter(|(from, to, _)| from != to);
                loopless.map(|(from, to, capacity)| Arc { from, to, capacity }).collect()
            });
            (Just(vertices), arcs)
        })
    }

    /// The minimum cut by trying every set of vertices: the least value, then the intersection of the best.
    fn by_trying(vertices: usize, arcs: &[Arc]) -> Cut {
        let sides = (0..1u32 << vertices).filter(|side| side & 0b11 == 0b01);
        let value = |side: u32| -> i64 {
            let cut = arcs.iter().filter(|arc| side >> arc.from & 1 == 1 && side >> arc.to & 1 == 0);
            cut.map(|arc| arc.capacity).sum()
        };
        let least = sides.clone().map(value).min().unwrap();
        let inner = sides.filter(|&side| value(side) == least).fold(u32::MAX, |inner, side| inner & side);
        Cut { value: least, source_side: (0..vertices).map(|vertex| inner >> vertex & 1 == 1).collect() }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_engines_find_the_minimum_cut_nearest_to_the_source((vertices, arcs) in network()) {
            let expected = by_trying(vertices, &arcs);
            prop_assert_eq!(&Dinic::new(vertices, &arcs).minimum_cut(0, 1), &expected);
            prop_assert_eq!(&edmonds_karp(vertices, 0, 1, arcs), &expected);
        }
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let vertices = 200_000;
        let arcs = (1..vertices).map(|to| Arc { from: to - 1, to, capacity: 1 + i64::from(to == 7) });
        let cut = minimum_cut(vertices as usize, 0, vertices - 1, arcs.collect());
        assert_eq!(cut.value, 1);
        assert_eq!(cut.source_side.iter().filter(|&&side| side).count(), 1);
    }
}
