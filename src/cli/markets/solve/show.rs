//! A result at the terminal: columns to read, rows for a spreadsheet, JSON for programs.

use migiude_matching::formats::Names;
use migiude_matching::formats::result::{self, NoneExists, Places, Record};
use migiude_matching::{Dropped, Edge, Market, Side};

use crate::cli::Output;
use crate::cli::markets::files::Outcome;
use crate::texts::Lang;

/// Prints a result in the form asked for; `notes` are lines for people, below the columns.
pub(super) fn result(
    record: &Record<'_>,
    market: &Market,
    notes: &[String],
    output: Output,
    lang: Lang,
) -> Result<Outcome, String> {
    let notes: String = notes.iter().map(|note| format!("{note}\n")).collect();
    Ok(match output {
        Output::Json => Outcome::answer(true, result::write(record)),
        Output::Csv => Outcome {
            code: 0,
            out: csv(record, market)?,
            err: notes + &dropped(record.candidates, record.openings, record.dropped, lang),
        },
        Output::Table => Outcome::answer(true, table(record, market, &notes, lang)),
    })
}

/// Prints that there is no result, and why. Exit code 1.
pub(super) fn none(none: &NoneExists<'_>, output: Output, lang: Lang) -> Outcome {
    match output {
        Output::Json => Outcome::answer(false, result::write_none(none)),
        Output::Csv | Output::Table => {
            let rules = none.rules.iter().map(|rule| format!("- {rule}\n"));
            let touched = [
                ("solve-touched-candidates", keys(none.candidates, none.touched_candidates)),
                ("solve-touched-openings", keys(none.openings, none.touched_openings)),
            ];
            let touched = touched.into_iter().filter(|(_, keys)| !keys.is_empty());
            let touched = touched.map(|(key, keys)| lang.say_with(key, &[("keys", &keys)]) + "\n");
            let dropped = dropped(none.candidates, none.openings, none.dropped, lang);
            let text = format!("{}\n", none.reason);
            Outcome::answer(false, [text, rules.collect(), touched.collect(), dropped].concat())
        }
    }
}

fn keys(names: &Names, numbers: &[u32]) -> String {
    numbers.iter().map(|&number| names.key(number)).collect::<Vec<_>>().join(", ")
}

/// A row for each pair, and one for each candidate without: keys, the rank it gives and the rank it has there.
fn rows(record: &Record<'_>, market: &Market) -> Vec<[String; 4]> {
    let mut rows = Vec::new();
    for (candidate, key) in (0..).zip(record.candidates.keys()) {
        let held = match record.places {
            Places::One(matching) => matching.opening_of(candidate).into_iter().collect(),
            Places::Several(matching) => matching.openings_of(candidate).to_vec(),
        };
        if held.is_empty() {
            rows.push([key.clone(), String::new(), String::new(), String::new()]);
        }
        for opening in held {
            let ranks: Option<(u32, Edge)> =
                market.candidates().ranked(candidate).find(|(_, edge)| edge.partner == opening);
            let (own, other) =
                ranks.map_or_else(Default::default, |(rank, edge)| (rank.to_string(), edge.rank.to_string()));
            rows.push([key.clone(), record.openings.key(opening).to_owned(), own, other]);
        }
    }
    rows
}

fn csv(record: &Record<'_>, market: &Market) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let write = |writer: &mut csv::Writer<Vec<u8>>| -> csv::Result<()> {
        writer.write_record(["candidate", "opening", "candidate_rank", "opening_rank"])?;
        rows(record, market).iter().try_for_each(|row| writer.write_record(row))
    };
    write(&mut writer).map_err(|error| error.to_string())?;
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn table(record: &Record<'_>, market: &Market, notes: &str, lang: Lang) -> String {
    let head = ["candidate", "opening", "candidate-rank", "opening-rank"];
    let mut all = vec![head.map(|column| lang.say(&format!("solve-column-{column}")))];
    let unmatched = lang.say("solve-unmatched");
    all.extend(rows(record, market).into_iter().map(|[candidate, opening, own, other]| {
        // Without a rank there is no opening: a key may be empty.
        let opening = if own.is_empty() { unmatched.clone() } else { printable(opening) };
        [printable(candidate), opening, own, other]
    }));
    let figures = record.figures;
    let placed = match record.places {
        Places::One(_) => figures.size as usize,
        Places::Several(matching) => (0..matching.len() as u32)
            .filter(|&candidate| !matching.openings_of(candidate).is_empty())
            .count(),
    };
    let summary = lang.say_with(
        "solve-summary",
        &[
            ("mechanism", &record.mechanism),
            ("placed", &placed),
            ("candidates", &record.candidates.len()),
            ("candidate_cost", &figures.candidate_cost),
            ("opening_cost", &figures.opening_cost),
            ("blocking", &figures.blocking_pairs),
        ],
    );
    let lottery = record.lottery_seed.map(|seed| lang.say_with("solve-lottery", &[("seed", &seed)]) + "\n");
    let dropped = dropped(record.candidates, record.openings, record.dropped, lang);
    format!("{}\n{summary}\n{}{notes}{dropped}", aligned(&all), lottery.unwrap_or_default())
}

/// One line for each entry that only one side had; empty when there was none.
fn dropped(candidates: &Names, openings: &Names, dropped: &[Dropped], lang: Lang) -> String {
    let line = |drop: &Dropped| {
        let (key, agent, entry) = match drop.side {
            Side::Candidate => {
                ("solve-dropped-candidate", candidates.key(drop.agent), openings.key(drop.entry))
            }
            Side::Opening => ("solve-dropped-opening", openings.key(drop.agent), candidates.key(drop.entry)),
        };
        lang.say_with(key, &[("agent", &agent), ("entry", &entry)]) + "\n"
    };
    dropped.iter().map(line).collect()
}

/// Rows in columns, padded by the width a terminal gives the characters.
fn aligned(rows: &[[String; 4]]) -> String {
    let widths: [usize; 4] =
        std::array::from_fn(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0));
    let cell = |(text, column): (&String, usize)| {
        let blanks = " ".repeat(column - width(text));
        format!("{text}{blanks}")
    };
    let line = |row: &[String; 4]| row.iter().zip(widths).map(cell).collect::<Vec<_>>().join("  ");
    rows.iter().map(|row| line(row).trim_end().to_owned() + "\n").collect()
}

/// A key that would break the line or steer the terminal is shown escaped.
fn printable(key: String) -> String {
    if key.chars().any(char::is_control) { key.escape_debug().to_string() } else { key }
}

fn width(text: &str) -> usize {
    let of = |c: char| {
        if matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}') {
            2
        } else {
            1
        }
    };
    text.chars().map(of).sum()
}
