//! A believable fictional region, as the spreadsheets a coordinator would send.
//!
//! Useful for: the `demo` command, screenshots, load tests. Pure: the same seed, size and day give the same bytes on every
//! machine. Not useful for: anything about real firms or people. Names are put together from syllables, corporate numbers lie in
//! a range no registry office uses, mail and telephone cannot be reached; only prefectures and municipalities are real.
//!
//! The texts come from `vocabulary.toml`, what it leaves open from `background.toml`. `firms`, `openings` and `candidates`
//! make the three kinds of rows, `tastes` who wants whom, `telling` decides which sentence may be said of whom.

mod calendar;
mod candidates;
mod cells;
mod firms;
mod openings;
mod people;
mod rng;
mod tastes;
mod telling;
mod vocabulary;

use std::collections::BTreeSet;

use calendar::Day;
use candidates::{Candidate, candidate};
use firms::{Firm, firms};
use openings::{Opening, openings};
use rng::Rng;
use tastes::{Ranking, Tastes, tastes};
use vocabulary::{BACKGROUND, Prefecture};

/// How many firms and candidates. Openings follow: one and a half a firm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// 1–5,000 firms; 0 gives a region without firms and openings.
    pub firms: usize,
    /// 0–20,000 candidates.
    pub candidates: usize,
}

impl Default for Size {
    fn default() -> Size {
        Size { firms: 40, candidates: 160 }
    }
}

/// One file as a coordinator sends it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// The file name, `firms.csv` for example.
    pub name: &'static str,
    /// The CSV text, UTF-8 without BOM, CRLF between rows.
    pub text: String,
}

/// A region: its desk and its seven sheets in the order of import.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Region {
    /// The prefecture in the middle, for example 山口県.
    pub prefecture: String,
    /// The name of the regional desk; says that it is fictional.
    pub desk: String,
    /// firms, openings, candidates, interests, rankings_candidates, rankings_openings, couples.
    pub sheets: Vec<Sheet>,
}

/// Makes the region of `seed` as it stands on `today` (year, month, day).
pub fn region(seed: u64, size: Size, today: (i16, i8, i8)) -> Region {
    let today = Day::new((today.0.into(), today.1.into(), today.2.into()));
    let area = firms::area(seed);
    let firms = firms(seed, size.firms, &area, today);
    let openings = openings(seed, &firms, &area, today);
    let mut people: Vec<Candidate> =
        (0..size.candidates).map(|index| candidate(seed, index, &area, today)).collect();
    let couples = Couple::among(seed, &mut people);
    let faithful: Vec<usize> = couples.iter().flat_map(|couple| [couple.first, couple.second]).collect();
    let tastes = tastes(seed, &firms, &openings, &people, &faithful);

    let book = Book {
        seed,
        today,
        area: &area,
        firms: &firms,
        openings: &openings,
        candidates: &people,
        tastes: &tastes,
    };
    Region {
        prefecture: area[0].name.clone(),
        desk: format!("{}みらい人事部（架空）", area[0].name.trim_end_matches(['県', '府'])),
        sheets: vec![
            sheet("firms.csv", &firms::HEADER, firms.iter().map(|firm| firm.row.clone())),
            sheet("openings.csv", &openings::HEADER, openings.iter().map(|opening| opening.row.clone())),
            sheet("candidates.csv", &candidates::HEADER, book.candidates().into_iter()),
            sheet(
                "interests.csv",
                &["候補者ID", "氏名", "募集ID", "企業名", "区分", "経路", "応募日", "メモ"],
                book.interests(),
            ),
            sheet(
                "rankings_candidates.csv",
                &["候補者ID", "氏名", "順位", "募集ID", "企業名", "メモ"],
                book.rankings_of_candidates(),
            ),
            sheet(
                "rankings_openings.csv",
                &["募集ID", "企業名", "順位", "候補者ID", "氏名", "メモ"],
                book.rankings_of_openings(),
            ),
            sheet(
                "couples.csv",
                &["候補者ID1", "氏名1", "候補者ID2", "氏名2", "条件", "片方のみの場合", "備考"],
                couples.iter().map(|couple| couple.row(&people)),
            ),
        ],
    }
}

/// Two candidates who want to move together.
struct Couple {
    first: usize,
    second: usize,
    condition: &'static str,
    alone: &'static str,
}

impl Couple {
    /// One to three pairs of neighbours in the sheet, one for every fifty candidates; the second takes over where the first lives.
    fn among(seed: u64, people: &mut [Candidate]) -> Vec<Couple> {
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

    fn row(&self, people: &[Candidate]) -> Vec<String> {
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

/// Everything there is, to write the remaining sheets from.
struct Book<'a> {
    seed: u64,
    today: Day,
    area: &'a [&'static Prefecture],
    firms: &'a [Firm],
    openings: &'a [Opening],
    candidates: &'a [Candidate],
    tastes: &'a Tastes,
}

impl<'a> Book<'a> {
    fn firm_of(&self, opening: usize) -> &'a Firm {
        &self.firms[self.openings[opening].firm]
    }

    /// Motives are written to the opening a person likes best.
    fn candidates(&self) -> Vec<Vec<String>> {
        let mut favourites = vec![None; self.candidates.len()];
        for interest in self.tastes.interests.iter().rev() {
            favourites[interest.candidate] = Some(interest.opening);
        }
        let mut taken = BTreeSet::new();
        let rows =
            self.candidates.iter().zip(favourites).enumerate().map(|(index, (candidate, favourite))| {
                let favourite = favourite
                    .map(|opening| (&self.openings[opening], self.firm_of(opening).trade.noun.as_str()));
                candidate.row(self.seed, index, favourite, self.area, &mut taken)
            });
        rows.collect()
    }

    fn interests(&self) -> impl Iterator<Item = Vec<String>> {
        self.tastes.interests.iter().enumerate().map(|(index, interest)| {
            let rng = &mut Rng::of(self.seed, "interest row", index);
            let (candidate, opening) =
                (&self.candidates[interest.candidate], &self.openings[interest.opening]);
            let earliest = candidate.registered.max(opening.posted);
            let day = earliest.plus(rng.range(0, 60)).min(self.today);
            vec![
                candidate.id.clone(),
                candidate.person.name_written(rng),
                opening.id.clone(),
                firms::name_written(&self.firm_of(interest.opening).name, rng),
                if interest.applied { "応募" } else { "気になる" }.to_owned(),
                rng.pick(&BACKGROUND.channels).clone(),
                day.written(rng),
                rng.weighted(&[("", 76), ("面談希望", 10), ("見学の希望あり", 8), ("資料を送付済み", 6)])
                    .to_owned(),
            ]
        })
    }

    fn rankings_of_candidates(&self) -> impl Iterator<Item = Vec<String>> {
        entries(&self.tastes.of_candidates).map(|(index, candidate, (opening, rank))| {
            let rng = &mut Rng::of(self.seed, "candidate ranks", index);
            let person = &self.candidates[candidate];
            vec![
                person.id.clone(),
                person.person.name_written(rng),
                rank_written(rank, rng),
                self.openings[opening].id.clone(),
                firms::name_written(&self.firm_of(opening).name, rng),
                String::new(),
            ]
        })
    }

    fn rankings_of_openings(&self) -> impl Iterator<Item = Vec<String>> {
        entries(&self.tastes.of_openings).map(|(index, opening, (candidate, rank))| {
            let rng = &mut Rng::of(self.seed, "opening ranks", index);
            vec![
                self.openings[opening].id.clone(),
                firms::name_written(&self.firm_of(opening).name, rng),
                rank_written(rank, rng),
                self.candidates[candidate].id.clone(),
                self.candidates[candidate].person.name_written(rng),
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
        2 => cells::wide(&rank.to_string()),
        _ => rank.to_string(),
    }
}

fn sheet(name: &'static str, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Sheet {
    let mut text = String::new();
    line(&mut text, header.iter().copied());
    for row in rows {
        line(&mut text, row.iter().map(String::as_str));
    }
    Sheet { name, text }
}

/// One CSV row (RFC 4180).
fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests;
