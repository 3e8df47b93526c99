//! How many stable matchings a market has, up to a limit.
//!
//! The closed sets of an order that falls into parts multiply; those of a connected one are split by an element in
//! the middle: the sets without it lack all that comes after it, the sets with it have all that comes before it.
//! An order of p elements has at least p + 1 closed sets, which ends the search as soon as the parts still to be
//! counted cannot stay below the limit.
//!
//! To count exactly is #P-complete (Provan & Ball 1983; Irving & Leather 1986). Guaranteed: a count up to the limit
//! is exact. Cost: with p elements and limit N about O((p + N) log p) list entries, since a middle element either
//! splits the order into two that are both smaller by a fixed part, or raises what is certain by one such part; for
//! N beyond what can be waited for, a caller's patience ends it. No recursion.

use crate::poset::Poset;
use crate::rotations::Rotation;

/// The number of stable matchings, as far as it was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Exactly so many.
    Exactly(u64),
    /// More than so many: the limit, or less when patience ended before.
    MoreThan(u64),
}

/// What waits for the count of a part.
enum Waiting {
    /// The other half is still to be counted.
    Half(Vec<Rotation>),
    /// The first half had so many.
    Counted(u64),
    /// Parts that multiply: the product of those counted, and those still to be counted.
    Parts(u64, Vec<Vec<Rotation>>),
}

pub(super) fn count(order: &Poset, limit: u64, patience: &mut dyn FnMut() -> bool) -> Count {
    if limit == 0 {
        return Count::MoreThan(0);
    }
    let mut split = Split::new(order);
    // Each waits with the most that it and its part may come to.
    let mut waiting: Vec<(Waiting, u64)> = Vec::new();
    let mut part: Vec<Rotation> = (0..order.len() as Rotation).collect();
    let mut most = limit;
    loop {
        if least(&part) > most {
            return Count::MoreThan(limit);
        }
        if !patience() {
            return Count::MoreThan(certain(&waiting, &part) - 1);
        }
        if part.len() > 1 {
            let mut parts = split.connected(&part);
            if parts.len() == 1 {
                let (without, with) = split.at_the_middle(&part);
                if least(&without).saturating_add(least(&with)) > most {
                    return Count::MoreThan(limit);
                }
                let rest = least(&with);
                waiting.push((Waiting::Half(with), most));
                (part, most) = (without, most - rest);
            } else if let Some(first) = parts.pop() {
                let product = product(1, &parts);
                waiting.push((Waiting::Parts(1, parts), most));
                (part, most) = (first, most / product);
            }
            continue;
        }
        let mut counted = least(&part);
        // Hand the count to whoever waits for it, until one of them has more to count.
        loop {
            match waiting.pop() {
                None => return Count::Exactly(counted),
                Some((Waiting::Half(other), limit)) => {
                    waiting.push((Waiting::Counted(counted), limit));
                    (part, most) = (other, limit - counted);
                    break;
                }
                Some((Waiting::Counted(first), _)) => counted += first,
                Some((Waiting::Parts(before, mut parts), limit)) => {
                    counted *= before;
                    if let Some(next) = parts.pop() {
                        most = limit / product(counted, &parts);
                        part = next;
                        waiting.push((Waiting::Parts(counted, parts), limit));
                        break;
                    }
                }
            }
        }
    }
}

/// An order has at least so many closed sets: its elements one after the other.
fn least(part: &[Rotation]) -> u64 {
    part.len() as u64 + 1
}

/// A product, but no more than fits; beyond any limit it does not matter by how much.
fn product(counted: u64, parts: &[Vec<Rotation>]) -> u64 {
    parts.iter().fold(counted, |product, part| product.saturating_mul(least(part)))
}

/// How many closed sets there are at least when counting stops at a part.
fn certain(waiting: &[(Waiting, u64)], part: &[Rotation]) -> u64 {
    waiting.iter().rev().fold(least(part), |certain, (waiting, _)| match waiting {
        Waiting::Half(other) => certain.saturating_add(least(other)),
        Waiting::Counted(first) => certain.saturating_add(*first),
        Waiting::Parts(counted, parts) => certain.saturating_mul(product(*counted, parts)),
    })
}

/// The connected parts of an order, each in order.
pub(crate) fn connected_parts(order: &Poset) -> Vec<Vec<Rotation>> {
    let all: Vec<Rotation> = (0..order.len() as Rotation).collect();
    Split::new(order).connected(&all)
}

/// Splits convex parts of an order: those that hold, with two elements, all that lie between them.
struct Split<'a> {
    order: &'a Poset,
    /// For each element the latest mark it was given.
    marks: Vec<u64>,
    latest: u64,
}

impl<'a> Split<'a> {
    fn new(order: &'a Poset) -> Self {
        Self { order, marks: vec![0; order.len()], latest: 0 }
    }

    /// A part's connected parts, each in order.
    fn connected(&mut self, part: &[Rotation]) -> Vec<Vec<Rotation>> {
        let member = self.mark(part);
        for &element in part {
            if self.marks[element as usize] == member {
                self.latest += 1;
                self.reach(element, member, |order, element| [order.before(element), order.after(element)]);
            }
        }
        let mut parts = vec![Vec::new(); (self.latest - member) as usize];
        let number = |element: Rotation| (self.marks[element as usize] - member - 1) as usize;
        part.iter().for_each(|&element| parts[number(element)].push(element));
        parts
    }

    /// A part without the middle element and all after it, and a part without the middle element and all before it.
    fn at_the_middle(&mut self, part: &[Rotation]) -> (Vec<Rotation>, Vec<Rotation>) {
        let middle = part[part.len() / 2];
        let without = self.rest(part, middle, |order, element| [order.after(element), &[]]);
        let with = self.rest(part, middle, |order, element| [order.before(element), &[]]);
        (without, with)
    }

    /// A part less what is reached from an element.
    fn rest(&mut self, part: &[Rotation], from: Rotation, neighbours: Neighbours) -> Vec<Rotation> {
        let member = self.mark(part);
        self.latest += 1;
        self.reach(from, member, neighbours);
        part.iter().copied().filter(|&element| self.marks[element as usize] == member).collect()
    }

    /// Gives all elements of a part a new mark.
    fn mark(&mut self, part: &[Rotation]) -> u64 {
        self.latest += 1;
        part.iter().for_each(|&element| self.marks[element as usize] = self.latest);
        self.latest
    }

    /// Gives the latest mark to what is reached from an element through those marked as members.
    fn reach(&mut self, from: Rotation, member: u64, neighbours: Neighbours) {
        self.marks[from as usize] = self.latest;
        let mut open = vec![from];
        while let Some(element) = open.pop() {
            for &next in neighbours(self.order, element).into_iter().flatten() {
                if self.marks[next as usize] == member {
                    self.marks[next as usize] = self.latest;
                    open.push(next);
                }
            }
        }
    }
}

/// Where to go from an element.
type Neighbours = fn(&Poset, Rotation) -> [&[Rotation]; 2];
