//! Couples: two candidates who want to move together.

use super::candidates::Candidate;
use super::rng::Rng;

/// The header of `couples.csv`.
pub const HEADER: &str = "候補者ID1,氏名1,候補者ID2,氏名2,条件,片方のみの場合,備考";

/// Two candidates who want to move together.
pub struct Couple {
    pub first: usize,
    pub second: usize,
    condition: &'static str,
    alone: &'static str,
}

impl Couple {
    /// One to three pairs of neighbours in the sheet, one for every fifty candidates; the second takes over where the first lives.
    pub fn among(seed: u64, people: &mut [Candidate]) -> Vec<Couple> {
        let rng = &mut Rng::of(seed, "couples", 0);
        let count = (people.len() / 50).min(3).max(usize::from(people.len() >= 10));
        let stretch = people.len() / count.max(1);
        (0..count)
            .map(|turn| {
                let first = turn * stretch + rng.below(stretch - 1);
                let (before, after) = people.split_at_mut(first + 1);
                after[0].marry(&before[first]);
                let condition =
                    rng.weighted(&[("同じ都道府県", 50), ("通える範囲", 30), ("同じ市区町村", 20)]);
                Couple {
                    first,
                    second: first + 1,
                    condition,
                    alone: rng.weighted(&[("片方だけでも可", 60), ("二人とも辞退", 40)]),
                }
            })
            .collect()
    }

    /// The cells of its row.
    pub fn row(&self, people: &[Candidate]) -> Vec<String> {
        let (first, second) = (&people[self.first], &people[self.second]);
        [
            &first.id,
            &first.person.name(),
            &second.id,
            &second.person.name(),
            self.condition,
            self.alone,
            "夫婦で応募",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}
