//! `migiude search`: the operator's look into everything, drafts and people without consent too, each flagged.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::Output;
use super::table::{csv, table};
use crate::domain::{Areas, Candidate};
use crate::search::{
    Ask, BadFilter, EVERYWHERE, Found, FoundHit, FoundOpening, Search, SearchError, Side, Span, say_note,
    say_reason,
};
use crate::texts::Lang;

/// Find openings or candidates by words.
#[derive(Args, Clone, Debug)]
pub struct SearchArgs {
    /// What to look for
    #[arg(value_enum)]
    pub what: What,
    /// Words to look for, with spaces between them; without any, everything
    pub text: Vec<String>,
    /// Filter as name=value, such as pref=Okayama; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub filter: Vec<String>,
    /// How many to print
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
}

/// What can be searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Openings of firms
    Openings,
    /// Profiles of candidates
    Profiles,
}

/// One line of an answer, the same for both kinds.
struct Line {
    key: String,
    title: String,
    flag: Option<String>,
    /// The firm and its place, or the areas wanted.
    beside: Vec<(&'static str, String)>,
    score: f64,
    reasons: Vec<String>,
    snippet: String,
}

/// Searches and returns the text to print.
///
/// # Errors
/// [`SearchError::Question`] for a filter that means nothing.
pub async fn run(
    args: &SearchArgs,
    search: &Search,
    output: Output,
    lang: Lang,
) -> Result<String, SearchError> {
    let ask = Ask {
        filters: args.filter.iter().map(|typed| read_filter(typed, args.what)).collect::<Result<_, _>>()?,
        shown_only: false,
        limit: args.limit,
        ..Ask::new(args.text.join(" "))
    };
    Ok(match args.what {
        What::Openings => printed(search.openings(&ask).await?, opening_line, output, lang),
        What::Profiles => printed(search.profiles(&ask).await?, profile_line, output, lang),
    })
}

fn read_filter(typed: &str, what: What) -> Result<(String, String), BadFilter> {
    let side = match what {
        What::Openings => Side::Openings,
        What::Profiles => Side::Profiles,
    };
    let (name, value) = typed
        .split_once(['=', '＝'])
        .ok_or_else(|| BadFilter::Unreadable { typed: typed.to_owned(), side })?;
    Ok((name.to_owned(), value.to_owned()))
}

fn opening_line(hit: &FoundHit<FoundOpening>, lang: Lang) -> Line {
    let firm = &hit.record.firm.facts;
    let place = format!("{}{}", firm.prefecture, firm.municipality.as_deref().unwrap_or_default());
    let beside = vec![("firm", firm.name.clone()), ("place", place)];
    line(hit, beside, "search-draft", lang)
}

fn profile_line(hit: &FoundHit<Candidate>, lang: Lang) -> Line {
    let areas = match &hit.record.facts.areas {
        None => String::new(),
        Some(Areas::Everywhere) => EVERYWHERE.to_owned(),
        Some(Areas::Prefectures(list)) => list.join(lang.pick("、", ", ")),
    };
    line(hit, vec![("areas", areas)], "search-no-consent", lang)
}

fn line<T>(hit: &FoundHit<T>, beside: Vec<(&'static str, String)>, flag: &str, lang: Lang) -> Line {
    Line {
        key: hit.key.clone(),
        title: hit.plain_title(),
        flag: (!hit.shown).then(|| lang.say(flag)),
        beside,
        score: (f64::from(hit.score) * 1000.0).round() / 1000.0,
        reasons: hit.reasons.iter().map(|reason| say_reason(reason, lang)).collect(),
        snippet: plain(&hit.snippet),
    }
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn printed<T>(
    found: Found<T>,
    read: impl Fn(&FoundHit<T>, Lang) -> Line,
    output: Output,
    lang: Lang,
) -> String {
    let lines: Vec<Line> = found.hits.iter().map(|hit| read(hit, lang)).collect();
    let mut notes: Vec<String> = found.notes.iter().map(|note| say_note(note, lang)).collect();
    if found.behind > 0 {
        notes.push(lang.say_with("search-behind", &[("behind", &found.behind)]));
    }
    match output {
        Output::Json => json_of(&found, &lines, &notes, lang),
        Output::Csv => {
            let (headers, rows) = cells(&lines, lang);
            csv(&headers, &rows)
        }
        Output::Table => {
            let mut out: String = notes.iter().map(|note| format!("{note}\n")).collect();
            if lines.is_empty() && found.total == 0 {
                return out + &lang.say("search-none") + "\n";
            }
            let (headers, rows) = cells(&lines, lang);
            out.push_str(&table(&headers, &rows));
            let (total, shown) = (found.total, lines.len());
            let key = if shown as u64 == total { "search-total" } else { "search-total-first" };
            out.push_str(&lang.say_with(key, &[("total", &total), ("shown", &shown)]));
            out.push('\n');
            out
        }
    }
}

fn cells(lines: &[Line], lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    let beside = lines.first().map(|line| line.beside.as_slice()).unwrap_or_default();
    let names = ["key", "title"].into_iter().chain(beside.iter().map(|(name, _)| *name));
    let headers = names.chain(["score", "reasons"]).map(|name| lang.say(&format!("search-{name}"))).collect();
    let row = |line: &Line| {
        let title = format!("{}{}", line.title, line.flag.as_deref().unwrap_or_default());
        let mut cells = vec![line.key.clone(), title];
        cells.extend(line.beside.iter().map(|(_, text)| text.clone()));
        cells.extend([line.score.to_string(), line.reasons.join(lang.pick("、", "; "))]);
        cells
    };
    (headers, lines.iter().map(row).collect())
}

fn json_of<T>(found: &Found<T>, lines: &[Line], notes: &[String], lang: Lang) -> String {
    let hits: Vec<Value> = lines
        .iter()
        .map(|line| {
            let mut hit = json!({
                "id": line.key,
                "title": line.title,
                "score": line.score,
                "reasons": line.reasons,
                "shown": line.flag.is_none(),
                "snippet": line.snippet,
            });
            if let Some(fields) = hit.as_object_mut() {
                fields.extend(line.beside.iter().map(|(name, text)| ((*name).to_owned(), json!(text))));
            }
            hit
        })
        .collect();
    let facets: Map<String, Value> = found
        .facets
        .iter()
        .map(|one| {
            let values = one.values.iter().map(|(value, count)| {
                json!({"value": value, "label": one.facet.value_label(value, lang), "count": count})
            });
            (one.facet.name().to_owned(), values.collect())
        })
        .collect();
    let whole = json!({"total": found.total, "hits": hits, "facets": facets, "notes": notes});
    format!("{whole:#}\n")
}
