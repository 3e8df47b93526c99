//! How far texts resemble each other, asked once for everybody, over all processors.

use std::collections::HashMap;
use std::num::NonZero;

use migiude_index::{IndexError, Kind, Similar};

/// Partners a person or a post is compared with in words; the others resemble it too little to count.
const NEAREST: usize = 500;
/// Thousandths that make no difference: the index's figures shift a little with what else is in it.
const STEP: u32 = 50;

/// The partners that resemble one text, by their place in the columns, with thousandths of the nearest.
#[derive(Debug, Default)]
pub(super) struct Resemblance(Vec<(u32, u16)>);

impl Resemblance {
    fn of(found: Vec<(&str, f32)>, places: &HashMap<&str, u32>) -> Self {
        let partners = found.into_iter().filter_map(|(id, score)| Some((*places.get(id)?, score)));
        let partners: Vec<(u32, f32)> = partners.collect();
        let nearest = partners.iter().map(|(_, score)| *score).fold(f32::MIN_POSITIVE, f32::max);
        let thousandths = |score: f32| {
            let share = (score / nearest * 1000.0).clamp(0.0, 1000.0) as u32;
            ((share + STEP / 2) / STEP * STEP) as u16
        };
        let mut partners: Vec<_> =
            partners.into_iter().map(|(place, score)| (place, thousandths(score))).collect();
        partners.sort_unstable();
        Self(partners)
    }

    /// The thousandths of one partner.
    pub(super) fn with(&self, partner: usize) -> u16 {
        let found = self.0.binary_search_by_key(&partner, |(place, _)| *place as usize);
        found.ok().and_then(|at| self.0.get(at)).map_or(0, |(_, thousandths)| *thousandths)
    }

    /// The thousandths of all `count` partners.
    pub(super) fn spread(&self, count: usize) -> Vec<u16> {
        let mut all = vec![0; count];
        for &(place, thousandths) in &self.0 {
            if let Some(one) = all.get_mut(place as usize) {
                *one = thousandths;
            }
        }
        all
    }
}

/// For each of `count` texts, the partners of a kind that resemble it. `partners` are the ids that take part, in the
/// order of their column.
pub(super) fn resemblances(
    index: &Similar,
    kind: Kind,
    partners: &[String],
    count: usize,
    text: impl Fn(usize) -> String + Sync,
) -> Result<Vec<Resemblance>, IndexError> {
    let places: HashMap<&str, u32> = partners.iter().map(String::as_str).zip(0..).collect();
    let ask = |at: usize| -> Result<Resemblance, IndexError> {
        Ok(Resemblance::of(index.to(kind, &text(at), NEAREST)?, &places))
    };
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = count.div_ceil(workers).max(1);
    let ask = &ask;
    std::thread::scope(|scope| {
        let shares = (0..count).step_by(share).map(|from| {
            let until = (from + share).min(count);
            scope.spawn(move || (from..until).map(ask).collect::<Result<Vec<_>, _>>())
        });
        let shares: Vec<_> = shares.collect();
        let mut all = Vec::with_capacity(count);
        for worker in shares {
            all.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(all)
    })
}
