//! Maximum flow by blocking flows along shortest paths (Dinic 1970), without recursion.
//!
//! Guaranteed: the minimum cut nearest to the source. O(vertices² · arcs) at worst; 24 bytes an arc.

use super::{Arc, Cut, reachable};

/// A network and what may still flow in it.
pub(super) struct Dinic {
    /// Where the arcs that leave a vertex begin in `leaving`.
    starts: Vec<u32>,
    /// Numbers of arcs; arc `2i` is the i-th that was given and `2i + 1` the same backwards.
    leaving: Vec<u32>,
    heads: Vec<u32>,
    residual: Vec<i64>,
}

/// The distance of a vertex from which the sink cannot be reached.
const FAR: u32 = u32::MAX;

impl Dinic {
    pub(super) fn new(vertices: usize, arcs: &[Arc]) -> Self {
        let heads: Vec<u32> = arcs.iter().flat_map(|arc| [arc.to, arc.from]).collect();
        let residual = arcs.iter().flat_map(|arc| [arc.capacity, 0]).collect();
        let mut starts = vec![0u32; vertices + 1];
        heads.iter().for_each(|&head| starts[head as usize + 1] += 1);
        (0..vertices).for_each(|vertex| starts[vertex + 1] += starts[vertex]);
        let mut free = starts.clone();
        let mut leaving = vec![0; heads.len()];
        for (arc, _) in (0u32..).zip(&heads) {
            let place = &mut free[heads[arc as usize ^ 1] as usize];
            leaving[*place as usize] = arc;
            *place += 1;
        }
        Self { starts, leaving, heads, residual }
    }

    pub(super) fn minimum_cut(mut self, source: u32, sink: u32) -> Cut {
        let mut value = 0;
        loop {
            let mut distance = self.distances_to(sink, source);
            if distance[source as usize] == FAR {
                break;
            }
            value += self.blocking_flow(source, sink, &mut distance);
        }
        let source_side = reachable(self.starts.len() - 1, source as usize, |vertex, visit| {
            let open = self.leaving(vertex).iter().filter(|&&arc| self.residual[arc as usize] > 0);
            open.for_each(|&arc| visit(self.heads[arc as usize] as usize));
        });
        Cut { value, source_side }
    }

    fn leaving(&self, vertex: usize) -> &[u32] {
        &self.leaving[self.starts[vertex] as usize..self.starts[vertex + 1] as usize]
    }

    /// How many arcs with room lie between each vertex and the sink; vertices farther than the source are left out.
    fn distances_to(&self, sink: u32, source: u32) -> Vec<u32> {
        let mut distance = vec![FAR; self.starts.len() - 1];
        distance[sink as usize] = 0;
        let mut queue = vec![sink];
        let mut served = 0;
        while let Some(&vertex) = queue.get(served) {
            served += 1;
            if vertex == source {
                break;
            }
            for &arc in self.leaving(vertex as usize) {
                let before = self.heads[arc as usize];
                if self.residual[arc as usize ^ 1] > 0 && distance[before as usize] == FAR {
                    distance[before as usize] = distance[vertex as usize] + 1;
                    queue.push(before);
                }
            }
        }
        distance
    }

    /// Sends flow along shortest paths until each of them has a full arc; answers how much.
    fn blocking_flow(&mut self, source: u32, sink: u32, distance: &mut [u32]) -> i64 {
        let mut next = self.starts.clone();
        let mut path: Vec<u32> = Vec::new();
        let mut vertex = source as usize;
        let mut sent = 0;
        loop {
            if vertex == sink as usize {
                let room = |&arc: &u32| self.residual[arc as usize];
                let flow = path.iter().map(room).min().unwrap_or_default();
                sent += flow;
                for &arc in &path {
                    self.residual[arc as usize] -= flow;
                    self.residual[arc as usize ^ 1] += flow;
                }
                // Go on from where the path broke first.
                let full = path.iter().position(|&arc| self.residual[arc as usize] == 0).unwrap_or_default();
                vertex = self.heads[path[full] as usize ^ 1] as usize;
                path.truncate(full);
                continue;
            }
            let rest = next[vertex] as usize..self.starts[vertex + 1] as usize;
            let nearer = |&arc: &u32| {
                let head = self.heads[arc as usize] as usize;
                self.residual[arc as usize] > 0
                    && distance[head] != FAR
                    && distance[head] + 1 == distance[vertex]
            };
            match self.leaving[rest].iter().position(nearer) {
                Some(skipped) => {
                    next[vertex] += skipped as u32;
                    let arc = self.leaving[next[vertex] as usize];
                    path.push(arc);
                    vertex = self.heads[arc as usize] as usize;
                }
                None => {
                    // A dead end: nobody need come here again.
                    distance[vertex] = FAR;
                    let Some(arc) = path.pop() else { return sent };
                    vertex = self.heads[arc as usize ^ 1] as usize;
                    next[vertex] += 1;
                }
            }
        }
    }
}
