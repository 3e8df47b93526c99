//! A comparison in words: both mechanisms side by side, and what changes for whom.

use serde_json::{Value, json};

use super::super::{Output, table};
use super::text::{line, mechanism};
use crate::domain::Mechanism;
use crate::rounds::{Change, Comparison, Move};
use crate::texts::{Lang, ToFluent};

/// A comparison in the form asked for.
pub fn comparison(compared: &Comparison, output: Output, lang: Lang) -> String {
    match output {
        Output::Json => comparison_json(compared),
        Output::Csv => {
            let headers =
                ["round-kind", "round-candidate", "round-before", "round-now"].map(|key| lang.say(key));
            let against = compared.with.map_or_else(String::new, |with| with.to_string());
            let since = compared.since.iter().map(|change| change_row(&against, change));
            let between = lang.say("round-mechanism");
            let between = compared.between_mechanisms.iter().map(|change| change_row(&between, change));
            table::csv(&headers, &between.chain(since).collect::<Vec<_>>())
        }
        Output::Table => comparison_table(compared, lang),
    }
}

fn comparison_json(compared: &Comparison) -> String {
    let change = |change: &Change| {
        json!({
            "candidate": change.candidate,
            "change": match change.what() { Move::Placed => "placed", Move::Lost => "lost", Move::Moved => "moved" },
            "before": change.before,
            "now": change.now,
            "rank_before": change.rank_before,
            "rank_now": change.rank_now,
        })
    };
    let figures: Vec<Value> = compared
        .figures
        .iter()
        .map(|figures| {
            json!({
                "mechanism": figures.mechanism.name(),
                "placed": figures.audit.placed,
                "unmatched": figures.audit.unmatched,
                "empty_seats": figures.audit.empty_seats,
                "candidate_ranks": figures.audit.candidate_ranks,
                "opening_ranks": figures.audit.opening_ranks,
                "blocking_pairs": figures.audit.blocking_pairs.len(),
            })
        })
        .collect();
    let value = json!({
        "round": compared.number,
        "mechanism": compared.mechanism.name(),
        "mechanisms": figures,
        "between_mechanisms": compared.between_mechanisms.iter().map(change).collect::<Vec<_>>(),
        "with": compared.with,
        "since": compared.since.iter().map(change).collect::<Vec<_>>(),
        "unchanged": compared.unchanged,
        "newcomers": compared.newcomers,
    });
    format!("{value:#}\n")
}

fn comparison_table(compared: &Comparison, lang: Lang) -> String {
    let own = &compared.mechanism;
    let mut out =
        line(lang, "round-compare", &[("number", &compared.number), ("mechanism", &mechanism(*own, lang))]);
    let headers = [
        "round-mechanism",
        "round-placed",
        "round-empty-seats",
        "round-first-choices",
        "round-candidate-mean",
        "round-opening-mean",
        "round-blocking",
    ];
    let rows: Vec<Vec<String>> = compared
        .figures
        .iter()
        .map(|figures| {
            let audit = &figures.audit;
            vec![
                mechanism(figures.mechanism, lang),
                audit.placed.to_string(),
                audit.empty_seats.to_string(),
                audit.candidate_ranks.first().copied().unwrap_or(0).to_string(),
                mean(&audit.candidate_ranks),
                mean(&audit.opening_ranks),
                audit.blocking_pairs.len().to_string(),
            ]
        })
        .collect();
    out += &format!("\n{}", table::table(&headers.map(|key| lang.say(key)), &rows));
    let changes = |changes: &[Change], before: String, now: String| {
        let headers = [lang.say("round-candidate"), before, now];
        let cell = |key: &Option<String>, rank: Option<u32>| match (key, rank) {
            (Some(key), Some(rank)) => lang.say_with("round-with-rank", &[("key", key), ("rank", &rank)]),
            (Some(key), None) => key.clone(),
            (None, _) => lang.say("round-nobody"),
        };
        let rows: Vec<Vec<String>> = changes
            .iter()
            .map(|one| {
                vec![one.candidate.clone(), cell(&one.before, one.rank_before), cell(&one.now, one.rank_now)]
            })
            .collect();
        table::table(&headers, &rows)
    };
    out += &format!("\n{}", line(lang, "round-between", &[("count", &compared.between_mechanisms.len())]));
    if !compared.between_mechanisms.is_empty() {
        let [before, now] = Mechanism::ALL.map(|one| mechanism(one, lang));
        out += &changes(&compared.between_mechanisms, before, now);
    }
    let Some(with) = compared.with else { return out + &line(lang, "round-no-earlier", &[]) };
    let values: [(&'static str, &dyn ToFluent); 4] = [
        ("with", &with),
        ("changed", &compared.since.len()),
        ("unchanged", &compared.unchanged),
        ("newcomers", &compared.newcomers),
    ];
    out += &format!("\n{}", line(lang, "round-since", &values));
    if !compared.since.is_empty() {
        out += &changes(&compared.since, lang.say("round-before"), lang.say("round-now"));
    }
    out
}

fn change_row(kind: &str, change: &Change) -> Vec<String> {
    let cell = |key: &Option<String>| key.clone().unwrap_or_default();
    vec![kind.to_owned(), change.candidate.clone(), cell(&change.before), cell(&change.now)]
}

/// The mean rank with two decimals, in whole arithmetic.
fn mean(ranks: &[u32]) -> String {
    let count: u64 = ranks.iter().map(|&count| u64::from(count)).sum();
    let sum: u64 = (1..).zip(ranks).map(|(rank, &count): (u64, _)| rank * u64::from(count)).sum();
    match (sum * 100).checked_div(count) {
        Some(hundredths) => format!("{}.{:02}", hundredths / 100, hundredths % 100),
        None => "-".to_owned(),
    }
}
