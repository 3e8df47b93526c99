//! Figures about the whole region for who may see counts and never people: the secretariat.
//!
//! A count of one to four could point at somebody. It is left out, and where one left out alone could be worked out from the
//! rest of its row, the next smallest goes with it.

use crate::domain::{Choice, Contract, FirmFacts, Profit, Region, Succession, Track, TrialKind};

/// The smallest count that is told, apart from none.
pub const FEWEST: usize = 5;

/// A row of counts that add up to its whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is counted; the key of its heading is `secretariat-{name}`.
    pub name: &'static str,
    /// Of the whole row; none where too few.
    pub whole: Option<usize>,
    /// By the code of each part; none where it is left out.
    pub parts: Vec<(String, Option<usize>)>,
}

/// What is not told, as a part of a row.
pub const NOT_TOLD: &str = "not-told";

/// Every row.
pub fn of(region: &Region) -> Vec<Row> {
    let firms = || region.firms.iter().map(|firm| &firm.facts);
    let named: std::collections::BTreeSet<_> =
        region.firms.iter().filter(|firm| firm.facts.may_be_named()).map(|firm| firm.id).collect();
    let public = region.openings.iter().filter(|one| one.blocks.is_empty() && named.contains(&one.firm));
    let public: Vec<_> = public.map(|one| &one.facts).collect();
    let succession = row("succession", codes::<Succession>(), firms().map(|firm| code(firm.succession)));
    let without = firms().filter(lacks_successor);
    let mut profit = row("profit", codes::<Profit>(), without.map(|firm| code(firm.profit)));
    // How many lack a successor is the sum of two parts of the row before: it may not tell the one that is left out there.
    let lacking = [Succession::Undecided.code(), Succession::Closing.code()];
    if succession.parts.iter().any(|(part, count)| lacking.contains(&part.as_str()) && count.is_none()) {
        profit.whole = None;
        profit.parts.iter_mut().for_each(|(_, count)| *count = None);
    }
    let named_or_not = |firm: &FirmFacts| if firm.may_be_named() { "agreed" } else { "not-yet" }.to_owned();
    let candidates = region.candidates.iter().map(|one| code(one.facts.track));
    vec![
        row("named", ["agreed", "not-yet"].map(str::to_owned), firms().map(named_or_not)),
        succession,
        profit,
        row("employees", BANDS.map(|(_, name)| name.to_owned()), firms().map(band)),
        row("kind", codes::<TrialKind>(), public.iter().map(|one| one.kind.code().to_owned())),
        row("contract", codes::<Contract>(), public.iter().map(|one| one.contract.code().to_owned())),
        row("track", codes::<Track>(), candidates),
    ]
}

/// 後継者不在: wants a successor and has none, or will close.
fn lacks_successor(firm: &&FirmFacts) -> bool {
    matches!(firm.succession, Some(Succession::Undecided | Succession::Closing))
}

/// Employees up to so many.
const BANDS: [(u32, &str); 4] = [(5, "to-5"), (20, "to-20"), (50, "to-50"), (u32::MAX, "more")];

fn band(firm: &FirmFacts) -> String {
    let band = firm.employees.and_then(|count| BANDS.iter().find(|(most, _)| count <= *most));
    band.map_or(NOT_TOLD, |(_, name)| name).to_owned()
}

fn codes<T: Choice>() -> Vec<String> {
    T::ALL.iter().map(|one| one.code().to_owned()).collect()
}

fn code<T: Choice>(choice: Option<T>) -> String {
    choice.map_or(NOT_TOLD, Choice::code).to_owned()
}

fn row(
    name: &'static str,
    parts: impl IntoIterator<Item = String>,
    each: impl Iterator<Item = String>,
) -> Row {
    let each: Vec<String> = each.collect();
    let parts: Vec<String> = parts.into_iter().chain([NOT_TOLD.to_owned()]).collect();
    let counts: Vec<usize> =
        parts.iter().map(|part| each.iter().filter(|one| *one == part).count()).collect();
    let whole = (!is_few(each.len())).then_some(each.len());
    Row { name, whole, parts: parts.into_iter().zip(told(&counts)).collect() }
}

fn is_few(count: usize) -> bool {
    (1..FEWEST).contains(&count)
}

/// Which counts of a row may be told.
fn told(counts: &[usize]) -> Vec<Option<usize>> {
    let mut told: Vec<Option<usize>> =
        counts.iter().map(|count| (!is_few(*count)).then_some(*count)).collect();
    let hidden: usize = counts.iter().filter(|count| is_few(**count)).sum();
    // Together those left out must be many, and more than one.
    if hidden > 0 && (hidden < FEWEST || told.iter().filter(|one| one.is_none()).count() < 2) {
        let next = (0..counts.len()).filter(|at| told[*at].is_some() && counts[*at] > 0);
        if let Some(next) = next.min_by_key(|at| counts[*at]) {
            told[next] = None;
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_point_at_somebody_is_left_out() {
        assert_eq!(told(&[0, 5, 12]), [Some(0), Some(5), Some(12)]);
        assert_eq!(told(&[4, 5, 12]), [None, None, Some(12)], "4 would be 21 − 17");
        assert_eq!(
            told(&[1, 1, 12]),
            [None, None, None],
            "two left out that come to two are as good as told"
        );
        assert_eq!(told(&[4, 3, 12]), [None, None, Some(12)]);
        assert_eq!(told(&[3, 0, 0]), [None, Some(0), Some(0)]);
    }

    #[test]
    fn nothing_that_is_left_out_can_be_worked_out_from_its_row() {
        for one in 0..9 {
            for two in 0..9 {
                for three in 0..9 {
                    let counts = [one, two, three];
                    let shown = told(&counts);
                    let whole: usize = counts.iter().sum();
                    let known: usize = shown.iter().flatten().sum();
                    let hidden = shown.iter().filter(|part| part.is_none()).count();
                    // Told the whole, a reader knows what those left out come to.
                    let is_safe = hidden == 0 || is_few(whole) || (hidden > 1 && whole - known >= FEWEST);
                    assert!(is_safe, "{counts:?}: {shown:?}");
                    assert!(shown.iter().flatten().all(|count| !is_few(*count)));
                }
            }
        }
    }

    #[test]
    fn the_parts_of_every_row_are_all_there() {
        let rows = of(&Region::default());
        assert_eq!(rows.len(), 7);
        for row in rows {
            assert!(row.parts.len() >= 3 && row.parts.iter().all(|(_, count)| *count == Some(0)));
            assert_eq!(row.whole, Some(0));
        }
    }
}
