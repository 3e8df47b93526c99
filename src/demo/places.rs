//! Where a region lies, and which trade can be where.

use super::rng::Rng;
use super::vocabulary::{BACKGROUND, Landscape, Prefecture, Story, VOCABULARY};

/// The prefectures of a region: a centre drawn by the seed, then its neighbours.
pub fn area(seed: u64) -> Vec<&'static Prefecture> {
    let mut rng = Rng::of(seed, "area", 0);
    let block = rng.weighted(&VOCABULARY.distributions.region_block.weights());
    let inside: Vec<&Prefecture> =
        BACKGROUND.prefectures.iter().filter(|prefecture| prefecture.block == block).collect();
    let centre = *rng.pick(&inside);
    let neighbours =
        BACKGROUND.prefectures.iter().filter(|prefecture| centre.neighbours.contains(&prefecture.name));
    std::iter::once(centre).chain(neighbours).collect()
}

/// Deals out trades: an industry by its share, in it the story told least often so far, so that few firms sound alike.
pub struct Trades {
    industries: Vec<(&'static str, usize)>,
    told: Vec<(&'static Story, usize)>,
}

impl Trades {
    /// The trades possible in `area`.
    pub fn of(area: &[&'static Prefecture]) -> Trades {
        let possible = |story: &&Story| match BACKGROUND.trades[&story.id].needs {
            Landscape::Any => true,
            Landscape::Sea => area.iter().any(|prefecture| !prefecture.sea.is_empty()),
            Landscape::Warm => area.iter().all(|prefecture| prefecture.is_warm()),
            Landscape::Snow => area.iter().all(|prefecture| prefecture.has_snow()),
        };
        let told: Vec<_> = VOCABULARY.firm_story.iter().filter(possible).map(|story| (story, 0)).collect();
        let mut industries = VOCABULARY.distributions.industry.weights();
        industries.retain(|(industry, _)| told.iter().any(|(story, _)| story.industry == *industry));
        Trades { industries, told }
    }

    /// The trade of the next firm.
    pub fn next(&mut self, rng: &mut Rng) -> &'static Story {
        let industry = rng.weighted(&self.industries);
        let inside = || self.told.iter().enumerate().filter(|(_, (story, _))| story.industry == industry);
        let least = inside().map(|(_, (_, times))| *times).min().unwrap_or(0);
        let candidates: Vec<usize> =
            inside().filter(|(_, (_, times))| *times == least).map(|(index, _)| index).collect();
        let chosen = *rng.pick(&candidates);
        self.told[chosen].1 += 1;
        self.told[chosen].0
    }
}

/// A municipality that has what the trade needs; two of three in the centre.
pub fn place(needs: Landscape, area: &[&'static Prefecture], rng: &mut Rng) -> (usize, &'static str) {
    let towns = |prefecture: &'static Prefecture| -> Vec<&'static str> {
        let inland: &[String] = if needs == Landscape::Sea { &[] } else { &prefecture.inland };
        prefecture.sea.iter().chain(inland).map(String::as_str).collect()
    };
    let weights: Vec<(usize, usize)> = area
        .iter()
        .enumerate()
        .map(|(index, prefecture)| {
            (
                index,
                if towns(prefecture).is_empty() {
                    0
                } else if index == 0 {
                    2 * area.len().max(2)
                } else {
                    2
                },
            )
        })
        .collect();
    let prefecture = rng.weighted(&weights);
    let towns = towns(area[prefecture]);
    (prefecture, towns[rng.below(towns.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_of_the_sea_is_by_the_sea_and_snow_falls_where_it_is_spoken_of() {
        for seed in 0..60 {
            let area = area(seed);
            let mut trades = Trades::of(&area);
            for index in 0..60 {
                let rng = &mut Rng::of(seed, "trade and place", index);
                let story = trades.next(rng);
                let needs = BACKGROUND.trades[&story.id].needs;
                let (prefecture, town) = place(needs, &area, rng);
                let prefecture = area[prefecture];
                assert!(
                    needs != Landscape::Sea || prefecture.sea.iter().any(|name| name == town),
                    "{}",
                    story.id
                );
                assert!(needs != Landscape::Snow || prefecture.has_snow(), "{}", story.id);
                assert!(needs != Landscape::Warm || prefecture.is_warm(), "{}", story.id);
            }
        }
    }

    #[test]
    fn forty_firms_tell_almost_forty_stories() {
        let mut trades = Trades::of(&area(1));
        let told: Vec<&str> =
            (0..40).map(|index| trades.next(&mut Rng::of(1, "trade", index)).id.as_str()).collect();
        let different: std::collections::BTreeSet<_> = told.iter().collect();
        assert!(different.len() >= 30, "{}", different.len());
    }
}
