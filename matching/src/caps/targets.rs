//! The targets nobody told: a proportional share of the caps by quotas.

use super::nesting::Nesting;
use super::regions::Region;
use crate::Opening;

/// What wants seats of a region: an opening of its own or a region nested in it.
#[derive(Clone, Copy)]
struct Share {
    /// Seats it could use.
    want: u64,
    /// Seats told for it, which nothing takes away.
    told: u64,
}

/// A target for every opening in some region. The told ones stay, and no more than the cap is told for a region.
///
/// From outside inwards each region's seats (its cap, or what it can use when that is less) are divided among the
/// regions nested in it, as told, and its own openings, in `order`: first everybody's told targets, then what is
/// left in proportion to what each could still use, rounded down, and the seats left by rounding one by one to the
/// largest fractions, the earlier first (largest remainders). O((regions + openings) · log).
pub(super) fn shared_out(
    regions: &[Region],
    nesting: &Nesting,
    told: &[Option<u32>],
    quotas: &[u32],
    order: &[Opening],
) -> Vec<u32> {
    let mut openings: Vec<Vec<Opening>> = vec![Vec::new(); regions.len()];
    for &opening in order {
        if let Some(region) = nesting.innermost[opening as usize] {
            openings[region].push(opening);
        }
    }
    let mut nested: Vec<Vec<usize>> = vec![Vec::new(); regions.len()];
    for (region, within) in nesting.within.iter().enumerate() {
        if let Some(outer) = *within {
            nested[outer].push(region);
        }
    }
    let of_opening = |&opening: &Opening| match told[opening as usize] {
        Some(target) => Share { want: target.into(), told: target.into() },
        None => Share { want: quotas[opening as usize].into(), told: 0 },
    };

    let mut shares = vec![Share { want: 0, told: 0 }; regions.len()];
    let parts = |region: usize, shares: &[Share]| -> Vec<Share> {
        let nested = nested[region].iter().map(|&inner| shares[inner]);
        nested.chain(openings[region].iter().map(of_opening)).collect()
    };
    for &region in nesting.outer_first.iter().rev() {
        let parts = parts(region, &shares);
        let want: u64 = parts.iter().map(|part| part.want).sum();
        shares[region] = Share {
            want: regions[region].cap.map_or(want, |cap| want.min(cap.into())),
            told: parts.iter().map(|part| part.told).sum(),
        };
    }
    let mut seats: Vec<u64> = shares.iter().map(|share| share.want).collect();
    let mut targets = vec![0; quotas.len()];
    for &region in &nesting.outer_first {
        let divided = divide(seats[region], &parts(region, &shares));
        let (to_regions, to_openings) = divided.split_at(nested[region].len());
        for (&inner, &share) in nested[region].iter().zip(to_regions) {
            seats[inner] = share;
        }
        for (&opening, &share) in openings[region].iter().zip(to_openings) {
            targets[opening as usize] = u32::try_from(share).expect("nobody gets more seats than it wants");
        }
    }
    targets
}

/// Divides so many seats, at least the told and at most the wanted ones.
fn divide(seats: u64, parts: &[Share]) -> Vec<u64> {
    let could_use = |part: &Share| u128::from(part.want - part.told);
    let told: u64 = parts.iter().map(|part| part.told).sum();
    let all: u128 = parts.iter().map(could_use).sum();
    let left = u128::from(seats - told).min(all);
    let share = |part: &Share| (left * could_use(part)).checked_div(all).unwrap_or(0) as u64;
    let mut divided: Vec<u64> = parts.iter().map(|part| part.told + share(part)).collect();

    let rounded: u64 = divided.iter().sum();
    let remaining = (left as u64) - (rounded - told);
    let mut by_fraction: Vec<usize> = (0..parts.len()).collect();
    let fraction = |&part: &usize| (left * could_use(&parts[part])).checked_rem(all).unwrap_or(0);
    by_fraction.sort_by_key(|part| std::cmp::Reverse(fraction(part)));
    for &part in by_fraction.iter().take(remaining as usize) {
        divided[part] += 1;
    }
    divided
}
