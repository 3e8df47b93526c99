//! Rounds in words: tables to read, JSON for programs, CSV for spreadsheets.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::{Output, table};
use crate::domain::{Audited, CandidateId, Checklist, Lists, Mechanism, OpeningId, StageName};
use crate::rounds::{PairView, Summary, View};
use crate::store::{Db, StoreError, shown};
use crate::texts::{Lang, ToFluent};

/// The names behind the keys of a round's pairs.
#[derive(Debug, Default)]
pub struct Names {
    candidates: BTreeMap<CandidateId, String>,
    openings: BTreeMap<OpeningId, String>,
}

impl Names {
    /// Looks them up.
    pub async fn of(db: &Db, view: &View) -> Result<Self, StoreError> {
        let mut names = Self::default();
        for pair in &view.pairs {
            if let Some(candidate) = shown::candidate(db, pair.candidate_id).await? {
                names.candidates.insert(candidate.id, candidate.facts.name);
            }
            if !names.openings.contains_key(&pair.opening_id)
                && let Some(opening) = shown::opening(db, pair.opening_id).await?
                && let Some(firm) = shown::firm(db, opening.firm).await?
            {
                names.openings.insert(opening.id, firm.facts.name);
            }
        }
        Ok(names)
    }
}

/// The round for programs, by the coordinators' keys.
pub fn json(view: &View) -> String {
    let audit = view.audit.as_ref();
    let value = json!({
        "round": view.number,
        "stage": view.stage.as_str(),
        "hash": view.hash,
        "result_hash": view.result_hash,
        "intact": view.intact,
        "mechanism": view.settings.mechanism.name(),
        "seed": view.settings.seed,
        "top_k": view.settings.top_k,
        "with_placed": view.settings.with_placed,
        "parent": view.parent.as_ref().map(|parent| json!({"round": parent.round, "hash": parent.hash})),
        "pairs": view.pairs.iter().map(pair_json).collect::<Vec<_>>(),
        "unmatched": {"candidates": view.unmatched_candidates, "openings": view.unmatched_openings},
        "unfilled": view.unfilled.iter().map(|(key, seats)| json!({"opening": key, "seats": seats})).collect::<Vec<_>>(),
        "blocking_pairs": audit.map(|audit| audit.blocking_pairs.len()),
        "problems": audit.map(|audit| &audit.problems),
        "ranks": audit.map(|audit| json!({"candidates": audit.candidate_ranks, "openings": audit.opening_ranks})),
        "lists": lists_json(&view.checklist),
        "couples_not_linked": view.couples_not_linked,
        "dropped": {"candidates": view.dropped_of_candidates, "openings": view.dropped_of_openings},
        "times_ms": {
            "freeze": view.times.freeze_ms,
            "matching": view.times.matching_ms,
            "audit": view.times.audit_ms,
        },
    });
    format!("{value:#}\n")
}

fn pair_json(pair: &PairView) -> Value {
    json!({
        "candidate": pair.candidate,
        "opening": pair.opening,
        "candidate_rank": told(pair.candidate_rank),
        "opening_rank": told(pair.opening_rank),
        "candidate_stands_in": pair.candidate_stands_in,
        "opening_stands_in": pair.opening_stands_in,
    })
}

/// A rank; none in a round whose lists are sealed.
fn told(rank: u32) -> Option<u32> {
    (rank > 0).then_some(rank)
}

fn rank(rank: u32) -> String {
    told(rank).map(|rank| rank.to_string()).unwrap_or_default()
}

fn lists_json(checklist: &Checklist) -> Value {
    serde_json::to_value(checklist).unwrap_or_default()
}

/// The pairs for a spreadsheet.
pub fn csv(view: &View, lang: Lang) -> String {
    let headers =
        ["round-candidate", "round-opening", "round-candidate-rank", "round-opening-rank", "round-list"];
    let rows: Vec<Vec<String>> = view
        .pairs
        .iter()
        .map(|pair| {
            vec![
                pair.candidate.clone(),
                pair.opening.clone(),
                rank(pair.candidate_rank),
                rank(pair.opening_rank),
                stands_in(pair, lang),
            ]
        })
        .collect();
    table::csv(&headers.map(|key| lang.say(key)), &rows)
}

/// The round to read.
pub fn table(view: &View, names: &Names, lang: Lang) -> String {
    let mut out = head(view, lang);
    out += &checklist(&view.checklist, lang);
    for [one, other] in &view.couples_not_linked {
        out += &line(lang, "round-couple", &[("one", one), ("other", other)]);
    }
    let Some(audit) = &view.audit else { return out };
    out += &format!("\n{}", pairs(view, names, lang));
    out += &keys(lang, "round-unmatched-candidates", &view.unmatched_candidates);
    out += &keys(lang, "round-unmatched-openings", &view.unmatched_openings);
    let dropped = view.dropped_of_candidates.len() + view.dropped_of_openings.len();
    if dropped > 0 {
        out += &line(lang, "round-dropped", &[("count", &dropped)]);
    }
    out += &format!("\n{}\n", histogram(audit, lang));
    let seats = &audit.empty_seats;
    out += &line(
        lang,
        "round-sums",
        &[("placed", &audit.placed), ("unmatched", &audit.unmatched), ("seats", seats)],
    );
    for problem in &audit.problems {
        out += &line(lang, "round-problem", &[("problem", problem)]);
    }
    for [candidate, opening] in &view.blocking_pairs {
        out += &line(lang, "round-blocking-pair", &[("candidate", candidate), ("opening", opening)]);
    }
    out += &line(lang, "round-audit", &[("count", &audit.blocking_pairs.len())]);
    let ms = |time: Option<i64>| time.unwrap_or(0);
    let (freeze, matching, audit) =
        (ms(view.times.freeze_ms), ms(view.times.matching_ms), ms(view.times.audit_ms));
    out + &line(lang, "round-times", &[("freeze", &freeze), ("matching", &matching), ("audit", &audit)])
}

/// That the stored records are not what was sealed.
pub fn altered(number: i64, lang: Lang) -> String {
    line(lang, "round-altered", &[("number", &number)])
}

/// Every round.
pub fn list(rounds: &[Summary], output: Output, lang: Lang) -> String {
    if output == Output::Json {
        let rounds: Vec<Value> = rounds
            .iter()
            .map(|round| {
                json!({
                    "round": round.number,
                    "stage": round.stage.as_str(),
                    "mechanism": round.mechanism.name(),
                    "seed": round.seed,
                    "hash": round.hash,
                })
            })
            .collect();
        return format!("{:#}\n", json!({ "rounds": rounds }));
    }
    let headers = ["round-number", "round-stage", "round-mechanism", "round-seed", "round-hash"];
    let headers = headers.map(|key| lang.say(key));
    let rows: Vec<Vec<String>> = rounds
        .iter()
        .map(|round| {
            vec![
                round.number.to_string(),
                stage(round.stage, lang),
                mechanism(round.mechanism, lang),
                round.seed.to_string(),
                round.hash.clone().unwrap_or_default(),
            ]
        })
        .collect();
    if output == Output::Csv { table::csv(&headers, &rows) } else { table::table(&headers, &rows) }
}

fn head(view: &View, lang: Lang) -> String {
    let mut out = line(lang, "round-head", &[("number", &view.number), ("stage", &stage(view.stage, lang))]);
    if let Some(hash) = &view.hash {
        out += &line(lang, "round-head-hash", &[("hash", hash)]);
    }
    let values: [(&'static str, &dyn ToFluent); 3] = [
        ("mechanism", &mechanism(view.settings.mechanism, lang)),
        ("seed", &view.settings.seed),
        ("k", &view.settings.top_k),
    ];
    out += &line(lang, "round-head-settings", &values);
    if let Some(parent) = &view.parent {
        out += &line(lang, "round-head-parent", &[("number", &parent.round)]);
    }
    if view.settings.with_placed {
        out += &line(lang, "round-head-with-placed", &[]);
    }
    out
}

fn checklist(list: &Checklist, lang: Lang) -> String {
    let headers = [
        "round-lists",
        "round-certified",
        "round-imported",
        "round-shortlist",
        "round-no-list",
        "round-ties",
    ];
    let row = |key: &str, lists: &Lists| {
        let counts = [lists.certified, lists.imported, lists.shortlist, lists.nothing, lists.with_ties];
        std::iter::once(lang.say(key)).chain(counts.map(|count| count.to_string())).collect::<Vec<_>>()
    };
    let rows = [row("round-candidate", &list.candidates), row("round-opening", &list.openings)];
    let mut out = format!("\n{}", table::table(&headers.map(|key| lang.say(key)), &rows));
    out += &line(lang, "round-seats", &[("seats", &list.seats), ("couples", &list.couples)]);
    let out_of_it = &list.left_out;
    let notes: [(&'static str, u32); 6] = [
        ("round-drafts-in", list.drafts),
        ("round-unconsented-in", list.unconsented),
        ("round-drafts-out", out_of_it.drafts),
        ("round-unconsented-out", out_of_it.unconsented),
        ("round-placed-out", out_of_it.placed),
        ("round-filled-out", out_of_it.filled),
    ];
    for (key, count) in notes.into_iter().filter(|(_, count)| *count > 0) {
        out += &line(lang, key, &[("count", &count)]);
    }
    if list.cut_off > 0 {
        out += &line(lang, "round-cut-off", &[("count", &list.cut_off)]);
    }
    if list.one_score {
        out += &line(lang, "round-one-score", &[]);
    }
    if out_of_it.entries > 0 {
        out += &line(lang, "round-entries-out", &[("count", &out_of_it.entries)]);
    }
    out
}

fn pairs(view: &View, names: &Names, lang: Lang) -> String {
    let headers = [
        "round-candidate",
        "round-name",
        "round-opening",
        "round-firm",
        "round-candidate-rank",
        "round-opening-rank",
        "round-list",
    ];
    let rows: Vec<Vec<String>> = view
        .pairs
        .iter()
        .map(|pair| {
            vec![
                pair.candidate.clone(),
                names.candidates.get(&pair.candidate_id).cloned().unwrap_or_default(),
                pair.opening.clone(),
                names.openings.get(&pair.opening_id).cloned().unwrap_or_default(),
                rank(pair.candidate_rank),
                rank(pair.opening_rank),
                stands_in(pair, lang),
            ]
        })
        .collect();
    table::table(&headers.map(|key| lang.say(key)), &rows)
}

/// For whom a shortlist stood in; empty when both brought a list.
fn stands_in(pair: &PairView, lang: Lang) -> String {
    match (pair.candidate_stands_in, pair.opening_stands_in) {
        (false, false) => String::new(),
        (true, false) => lang.say("round-stands-in-candidate"),
        (false, true) => lang.say("round-stands-in-opening"),
        (true, true) => lang.say("round-stands-in-both"),
    }
}

/// How many got their first, second, … choice, on both sides.
fn histogram(audit: &Audited, lang: Lang) -> String {
    const LONGEST_BAR: u32 = 30;
    let (candidates, openings) = (&audit.candidate_ranks, &audit.opening_ranks);
    let most = candidates.iter().chain(openings).copied().max().unwrap_or(0).max(1);
    let bar = |count: u32| "#".repeat((count * LONGEST_BAR).div_ceil(most) as usize);
    let cell = |ranks: &[u32], at: usize| match ranks.get(at).copied().unwrap_or(0) {
        0 => String::new(),
        count => format!("{count:>4} {}", bar(count)),
    };
    let rows: Vec<Vec<String>> = (0..candidates.len().max(openings.len()))
        .map(|at| vec![(at + 1).to_string(), cell(candidates, at), cell(openings, at)])
        .filter(|row| row[1..].iter().any(|cell| !cell.is_empty()))
        .collect();
    table::table(
        &["round-rank", "round-candidates-got", "round-openings-got"].map(|key| lang.say(key)),
        &rows,
    )
}

/// How many keys a line names before it only counts the others.
const KEYS: usize = 100;

fn keys(lang: Lang, key: &'static str, keys: &[String]) -> String {
    if keys.is_empty() {
        return String::new();
    }
    let named = &keys[..keys.len().min(KEYS)];
    let mut joined = named.join(lang.pick("、", ", "));
    if named.len() < keys.len() {
        joined += &lang.say_with("round-and-others", &[("count", &(keys.len() - named.len()))]);
    }
    line(lang, key, &[("count", &keys.len()), ("keys", &joined)])
}

fn stage(stage: StageName, lang: Lang) -> String {
    lang.say(match stage {
        StageName::Draft => "round-stage-draft",
        StageName::Frozen => "round-stage-frozen",
        StageName::Proposed => "round-stage-proposed",
        StageName::Published => "round-stage-published",
    })
}

pub(super) fn mechanism(mechanism: Mechanism, lang: Lang) -> String {
    lang.say(match mechanism {
        Mechanism::CandidateOptimal => "round-candidate-optimal",
        Mechanism::OpeningOptimal => "round-opening-optimal",
    })
}

pub(super) fn line(lang: Lang, key: &'static str, values: &[(&'static str, &dyn ToFluent)]) -> String {
    lang.say_with(key, values) + "\n"
}
