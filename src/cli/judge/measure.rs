//! The figures by which an order of hits is judged.
//!
//! nDCG as Järvelin and Kekäläinen define it (2002), with the gains 2^grade − 1: 3 for what the asker wants, 1 for what is
//! useful beside it. Where nothing is wanted there is nothing to order: such a question counts by its false matches alone.

/// What a reader thinks of a record, for one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// 2: what the asker wants.
    Best,
    /// 1: useful beside it.
    Good,
    /// 0: neither wanted nor harmful.
    Other,
    /// 0: a false friend, which must not stand among the first ten.
    False,
}

impl Grade {
    fn gain(self) -> f64 {
        match self {
            Self::Best => 3.0,
            Self::Good => 1.0,
            Self::Other | Self::False => 0.0,
        }
    }

    fn is_relevant(self) -> bool {
        matches!(self, Self::Best | Self::Good)
    }
}

/// Hits that a reader sees before turning the page.
const FIRST: usize = 10;
/// Hits that are asked for.
pub const ASKED: usize = 50;

/// The figures of one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Between 0 and 1; none where nothing is relevant.
    pub ndcg: Option<f64>,
    /// The share of the relevant records, at most fifty of them, that the first fifty hits hold; none where nothing is
    /// relevant.
    pub recall: Option<f64>,
    /// False friends among the first ten.
    pub false_matches: usize,
    /// Whether something is relevant and nothing was found.
    pub empty: bool,
}

impl Figures {
    /// Of the hits in their order, and of every record of the collection in any order.
    pub fn of(hits: &[Grade], collection: &[Grade]) -> Self {
        let mut ideal: Vec<Grade> = collection.to_vec();
        ideal.sort_by(|a, b| b.gain().total_cmp(&a.gain()));
        let relevant = ideal.iter().filter(|grade| grade.is_relevant()).count().min(ASKED);
        let found = hits.iter().take(ASKED).filter(|grade| grade.is_relevant()).count();
        let judged = relevant > 0;
        Self {
            ndcg: judged.then(|| dcg(hits) / dcg(&ideal)),
            recall: judged.then(|| found as f64 / relevant as f64),
            false_matches: hits.iter().take(FIRST).filter(|grade| **grade == Grade::False).count(),
            empty: judged && hits.is_empty(),
        }
    }
}

fn dcg(grades: &[Grade]) -> f64 {
    let ranked = grades.iter().take(FIRST).zip(2_u8..);
    ranked.map(|(grade, rank)| grade.gain() / f64::from(rank).log2()).sum()
}

/// The figures of several questions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sum {
    /// How many were asked.
    pub questions: usize,
    /// The mean of those that have one; 1 where none has.
    pub ndcg: f64,
    /// The same.
    pub recall: f64,
    /// Of all together.
    pub false_matches: usize,
    /// Questions that found nothing although something is relevant.
    pub empty: usize,
}

impl Sum {
    /// Of these questions.
    pub fn of(figures: &[Figures]) -> Self {
        Self {
            questions: figures.len(),
            ndcg: mean(figures.iter().filter_map(|one| one.ndcg)),
            recall: mean(figures.iter().filter_map(|one| one.recall)),
            false_matches: figures.iter().map(|one| one.false_matches).sum(),
            empty: figures.iter().filter(|one| one.empty).count(),
        }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 1.0 } else { sum / f64::from(count) }
}

#[cfg(test)]
mod tests {
    use super::Grade::{Best, False, Good, Other};
    use super::*;

    #[track_caller]
    fn near(found: Option<f64>, expected: f64) {
        assert!(found.is_some_and(|found| (found - expected).abs() < 1e-4), "{found:?}, not {expected}");
    }

    /// By hand: (3/1 + 0/1.58496 + 1/2) / (3/1 + 3/1.58496 + 1/2) = 3.5 / 5.39279.
    #[test]
    fn an_order_with_a_gap_is_worth_its_share_of_the_best_order() {
        let figures = Figures::of(&[Best, Other, Good], &[Other, Good, Best, Best]);
        near(figures.ndcg, 0.649_015);
        near(figures.recall, 2.0 / 3.0);
    }

    /// By hand: (1/1 + 3/1.58496) / (3/1 + 1/1.58496) = 2.89279 / 3.63093.
    #[test]
    fn the_better_record_belongs_before_the_good_one() {
        near(Figures::of(&[Good, Best], &[Good, Best]).ndcg, 0.796_708);
        near(Figures::of(&[Best, Good], &[Good, Best]).ndcg, 1.0);
    }

    #[test]
    fn what_stands_behind_the_tenth_hit_weighs_nothing_but_is_recalled() {
        let hits: Vec<Grade> = std::iter::repeat_n(Other, 10).chain([Best]).collect();
        let figures = Figures::of(&hits, &[Best]);
        near(figures.ndcg, 0.0);
        near(figures.recall, 1.0);
    }

    #[test]
    fn more_than_fifty_relevant_records_cannot_be_asked_of_fifty_hits() {
        let collection = vec![Good; 80];
        near(Figures::of(&collection[..50], &collection).recall, 1.0);
    }

    #[test]
    fn false_friends_are_counted_among_the_first_ten_only() {
        let mut hits = vec![False; 2];
        hits.extend([Other; 8]);
        hits.push(False);
        let figures = Figures::of(&hits, &hits);
        assert_eq!(figures, Figures { ndcg: None, recall: None, false_matches: 2, empty: false });
    }

    #[test]
    fn a_mean_leaves_out_questions_that_want_nothing() {
        let sum = Sum::of(&[
            Figures::of(&[Best], &[Best]),
            Figures::of(&[], &[Good]),
            Figures::of(&[False], &[False, Other]),
        ]);
        assert_eq!(sum, Sum { questions: 3, ndcg: 0.5, recall: 0.5, false_matches: 1, empty: 1 });
    }
}
