//! The rows of people, interests and lists, written once everybody knows whom they want.

use std::collections::BTreeSet;

use super::calendar::Day;
use super::candidates::Candidate;
use super::cells::wide;
use super::firms::{Firm, name_written};
use super::openings::Opening;
use super::rng::Rng;
use super::tastes::{Ranking, Tastes};
use super::vocabulary::{BACKGROUND, Prefecture};

/// The header of `interests.csv`.
pub const INTERESTS: &str = "候補者ID,氏名,募集ID,企業名,区分,経路,応募日,メモ";
/// The header of `rankings_candidates.csv`.
pub const RANKINGS_OF_CANDIDATES: &str = "候補者ID,氏名,順位,募集ID,企業名,メモ";
/// The header of `rankings_openings.csv`.
pub const RANKINGS_OF_OPENINGS: &str = "募集ID,企業名,順位,候補者ID,氏名,メモ";

/// Everything there is, to write the remaining sheets from.
pub struct Book<'a> {
    pub seed: u64,
    pub today: Day,
    pub area: &'a [&'static Prefecture],
    pub firms: &'a [Firm],
    pub openings: &'a [Opening],
    pub people: &'a [Candidate],
    pub tastes: &'a Tastes,
}

impl<'a> Book<'a> {
    fn firm_of(&self, opening: usize) -> &'a Firm {
        &self.firms[self.openings[opening].firm]
    }

    /// The rows of the candidates. Motives are written to the opening a person likes best.
    pub fn candidates(&self) -> Vec<Vec<String>> {
        let mut favourites = vec![None; self.people.len()];
        for interest in self.tastes.interests.iter().rev() {
            favourites[interest.candidate] = Some(interest.opening);
        }
        let mut taken = BTreeSet::new();
        let rows = self.people.iter().zip(favourites).enumerate().map(|(index, (candidate, favourite))| {
            let favourite = favourite.map(|opening| (&self.openings[opening], self.firm_of(opening)));
            candidate.row(self.seed, index, favourite, self.area, &mut taken)
        });
        rows.collect()
    }

    /// The rows of the interests, dated after both sides were registered.
    pub fn interests(&self) -> impl Iterator<Item = Vec<String>> {
        self.tastes.interests.iter().enumerate().map(|(index, interest)| {
            let rng = &mut Rng::of(self.seed, "interest row", index);
            let (candidate, opening) = (&self.people[interest.candidate], &self.openings[interest.opening]);
            let earliest = candidate.registered.max(opening.posted);
            let day = earliest.plus(rng.range(0, self.today.days_after(earliest)));
            vec![
                candidate.id.clone(),
                candidate.person.name_written(rng),
                opening.id.clone(),
                name_written(&self.firm_of(interest.opening).name, rng),
                if interest.applied { "応募" } else { "気になる" }.to_owned(),
                rng.pick(&BACKGROUND.channels).clone(),
                day.written(rng),
                rng.weighted(&[("", 76), ("面談希望", 10), ("見学の希望あり", 8), ("資料を送付済み", 6)])
                    .to_owned(),
            ]
        })
    }

    /// The rows of the candidates' rank-order lists.
    pub fn rankings_of_candidates(&self) -> impl Iterator<Item = Vec<String>> {
        entries(&self.tastes.of_candidates).map(|(index, candidate, (opening, rank))| {
            let rng = &mut Rng::of(self.seed, "candidate ranks", index);
            let person = &self.people[candidate];
            vec![
                person.id.clone(),
                person.person.name_written(rng),
                rank_written(rank, rng),
                self.openings[opening].id.clone(),
                name_written(&self.firm_of(opening).name, rng),
                String::new(),
            ]
        })
    }

    /// The rows of the openings' rank-order lists.
    pub fn rankings_of_openings(&self) -> impl Iterator<Item = Vec<String>> {
        entries(&self.tastes.of_openings).map(|(index, opening, (candidate, rank))| {
            let rng = &mut Rng::of(self.seed, "opening ranks", index);
            vec![
                self.openings[opening].id.clone(),
                name_written(&self.firm_of(opening).name, rng),
                rank_written(rank, rng),
                self.people[candidate].id.clone(),
                self.people[candidate].person.name_written(rng),
                rng.weighted(&[("", 94), ("面談の印象がよい", 4), ("現地見学済み", 2)]).to_owned(),
            ]
        })
    }
}

/// All entries of all lists: a running number, the owner, the entry.
fn entries(lists: &[Ranking]) -> impl Iterator<Item = (usize, usize, (usize, usize))> {
    let entries =
        lists.iter().enumerate().flat_map(|(owner, list)| list.iter().map(move |&entry| (owner, entry)));
    entries.enumerate().map(|(index, (owner, entry))| (index, owner, entry))
}

fn rank_written(rank: usize, rng: &mut Rng) -> String {
    match rng.weighted(&[(0, 92), (1, 5), (2, 3)]) {
        1 => format!("{rank}位"),
        2 => wide(&rank.to_string()),
        _ => rank.to_string(),
    }
}
