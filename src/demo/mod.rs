//! A believable fictional region, as the spreadsheets a coordinator would send.
//!
//! Useful for: the `demo` command, screenshots, load tests. Pure: the same seed, size and day give the same bytes on every
//! machine. Not useful for: anything about real firms or people. Names are put together from syllables, corporate numbers lie in
//! a range no registry office uses, mail and telephone cannot be reached; only prefectures and municipalities are real.
//!
//! The texts come from `vocabulary.toml`, what it leaves open from `background.toml`. `firms`, `openings` and `candidates`
//! make the three kinds of rows, `tastes` who wants whom, `telling` decides which sentence may be said of whom.

mod book;
mod calendar;
mod candidates;
mod cells;
mod couples;
mod firms;
mod openings;
mod people;
mod places;
mod rng;
mod tastes;
mod telling;
mod terms;
mod vocabulary;

use book::Book;
use calendar::Day;
use candidates::{Candidate, candidate};
use couples::Couple;
use firms::firms;
use openings::openings;
use tastes::tastes;

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
    let area = places::area(seed);
    let firms = firms(seed, size.firms, &area, today);
    let openings = openings(seed, &firms, today);
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
        people: &people,
        tastes: &tastes,
    };
    Region {
        prefecture: area[0].name.clone(),
        desk: format!("{}みらい人事部（架空）", area[0].name.trim_end_matches(['県', '府'])),
        sheets: vec![
            sheet("firms.csv", firms::HEADER, firms.iter().map(|firm| firm.row.clone())),
            sheet("openings.csv", openings::HEADER, openings.iter().map(|opening| opening.row.clone())),
            sheet("candidates.csv", candidates::HEADER, book.candidates()),
            sheet("interests.csv", book::INTERESTS, book.interests()),
            sheet("rankings_candidates.csv", book::RANKINGS_OF_CANDIDATES, book.rankings_of_candidates()),
            sheet("rankings_openings.csv", book::RANKINGS_OF_OPENINGS, book.rankings_of_openings()),
            sheet("couples.csv", couples::HEADER, couples.iter().map(|couple| couple.row(&people))),
        ],
    }
}

/// The CSV text (RFC 4180) of `rows` under `header`, the names of the columns parted by commas.
fn sheet(name: &'static str, header: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Sheet {
    let mut text = format!("{header}\r\n");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    Sheet { name, text }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests;
