//! Work that falls into equal pieces, over all processors of the machine.

use std::num::NonZero;
use std::ops::Range;

/// Gives each processor a run of the places `0..count`; what they make, in the order of the runs. `least` places are done
/// here: for fewer, another thread is not worth its start.
///
/// # Panics
/// When the work does.
pub(crate) fn share<T: Send>(count: usize, least: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let length = count.div_ceil(workers).max(least).max(1);
    let mut runs = (0..count).step_by(length).map(|from| from..(from + length).min(count));
    let Some(own) = runs.next() else { return Vec::new() };
    let work = &work;
    std::thread::scope(|scope| {
        let others: Vec<_> = runs.map(|run| scope.spawn(move || work(run))).collect();
        let mut made = vec![work(own)];
        made.extend(
            others
                .into_iter()
                .map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))),
        );
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_worked_once_and_in_order() {
        for count in [0, 1, 2, 3, 7, 100] {
            for least in [1, 3, 1000] {
                let all: Vec<usize> = share(count, least, |run| run.collect::<Vec<_>>()).concat();
                assert_eq!(all, (0..count).collect::<Vec<_>>());
            }
        }
    }
}
