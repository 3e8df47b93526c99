//! `migiude index judge`: asks the questions of the judged set and says how good the answers are, by class.
//!
//! The judgements are a reader's, written before the search was asked (`questions.toml`, as rules over what the records say:
//! [`rule`]). They are never copied from what the search returns: where both differ, one of them is wrong, and a person has to
//! look which.

mod corpus;
mod measure;
mod rule;
mod set;

use serde_json::{Value, json};

use self::corpus::Corpus;
use self::measure::{ASKED, Figures, Sum};
use self::set::{Class, Floor, Question, Set, Side};
use super::index::JudgeArgs;
use super::table::{csv, table};
use super::{Done, Failure, Output, failure};
use crate::search::Ask;
use crate::texts::Lang;

/// What a question came to.
struct Answered {
    ask: String,
    why: String,
    figures: Figures,
    /// Numbers of the first hits with their grades.
    first: Vec<String>,
}

/// Asks every question, and is done when no figure lies below its floor.
///
/// # Errors
/// When the set cannot be read, or database or disk fail.
pub async fn run(args: &JudgeArgs, output: Output, lang: Lang) -> Result<Done, Failure> {
    let set = Set::read(args.set.as_deref()).map_err(|cause| unreadable(&cause, lang))?;
    let corpus = Corpus::make(lang).await?;
    let mut classes: Vec<(&Class, Vec<Answered>)> = Vec::new();
    for class in &set.class {
        let mut answered = Vec::new();
        for question in &class.questions {
            answered.push(asked(question, &corpus, lang).await?);
        }
        classes.push((class, answered));
    }
    let figures = |answered: &[Answered]| answered.iter().map(|one| one.figures).collect::<Vec<_>>();
    let all: Vec<Figures> = classes.iter().flat_map(|(_, answered)| figures(answered)).collect();
    let mut lines: Vec<(String, Sum, Floor)> = classes
        .iter()
        .map(|(class, answered)| (class.name.clone(), Sum::of(&figures(answered)), class.floor))
        .collect();
    lines.push((lang.say("judge-all"), Sum::of(&all), set.floor));
    let fallen: Vec<&(String, Sum, Floor)> =
        lines.iter().filter(|(_, sum, floor)| is_below(sum, floor)).collect();
    let err = fallen.iter().map(|(name, sum, floor)| fallen_words(name, sum, floor, lang)).collect();
    let out = match output {
        Output::Json => format!("{:#}\n", json_of(&lines, &classes)),
        Output::Csv => csv(&headers(lang), &lines.iter().map(cells).collect::<Vec<_>>()),
        Output::Table if args.each => {
            let rows: Vec<Vec<String>> = classes
                .iter()
                .flat_map(|(class, answered)| answered.iter().map(|one| question_cells(&class.name, one)))
                .collect();
            let names = ["class", "question", "ndcg", "recall", "false", "first"];
            table(&names.map(|name| lang.say(&format!("judge-{name}"))), &rows)
        }
        Output::Table => table(&headers(lang), &lines.iter().map(cells).collect::<Vec<_>>()),
    };
    let code = if fallen.is_empty() { failure::DONE } else { failure::NO };
    Ok(Done { code, out, err, serve: None })
}

fn unreadable(cause: &str, lang: Lang) -> Failure {
    Failure::bad_input(lang.say_with("judge-unreadable", &[("cause", &cause)]))
}

async fn asked(question: &Question, corpus: &Corpus, lang: Lang) -> Result<Answered, Failure> {
    let judgement = question.judgement().map_err(|cause| unreadable(&cause, lang))?;
    let ask = Ask { shown_only: false, limit: ASKED, ..Ask::new(&question.ask) };
    let refused = |error: crate::search::SearchError| Failure::bad_input(error.say(lang));
    let (keys, records): (Vec<String>, _) = match question.of {
        Side::Openings => {
            let found = corpus.search.openings(&ask).await.map_err(refused)?;
            (found.hits.into_iter().map(|hit| hit.key).collect(), &corpus.openings)
        }
        Side::Profiles => {
            let found = corpus.search.profiles(&ask).await.map_err(refused)?;
            (found.hits.into_iter().map(|hit| hit.key).collect(), &corpus.profiles)
        }
    };
    let grade =
        |key: &String| records.iter().find(|record| record.key == *key).map(|record| judgement.of(record));
    let hits: Vec<_> = keys.iter().filter_map(grade).collect();
    let collection: Vec<_> = records.iter().map(|record| judgement.of(record)).collect();
    let first = keys.iter().zip(&hits).take(10).map(|(key, grade)| format!("{key} {grade:?}")).collect();
    let (ask, why) = (question.ask.clone(), question.why.clone());
    Ok(Answered { ask, why, figures: Figures::of(&hits, &collection), first })
}

fn is_below(sum: &Sum, floor: &Floor) -> bool {
    sum.ndcg < floor.ndcg || sum.recall < floor.recall || sum.false_matches > floor.false_matches
}

fn fallen_words(name: &str, sum: &Sum, floor: &Floor, lang: Lang) -> String {
    let said = lang.say_with(
        "judge-fallen",
        &[
            ("class", &name),
            ("ndcg", &three(sum.ndcg)),
            ("ndcg_floor", &three(floor.ndcg)),
            ("recall", &three(sum.recall)),
            ("recall_floor", &three(floor.recall)),
            ("wrong", &sum.false_matches),
            ("wrong_floor", &floor.false_matches),
        ],
    );
    said + "\n"
}

/// Cut, never rounded up: a figure that is printed is reached.
fn three(figure: f64) -> String {
    format!("{:.3}", (figure * 1000.0 + 1e-9).floor() / 1000.0)
}

fn headers(lang: Lang) -> Vec<String> {
    let names = ["class", "questions", "ndcg", "recall", "false", "empty"];
    names.iter().map(|name| lang.say(&format!("judge-{name}"))).collect()
}

fn cells((name, sum, _): &(String, Sum, Floor)) -> Vec<String> {
    let Sum { questions, ndcg, recall, false_matches, empty } = sum;
    let figures = [three(*ndcg), three(*recall)];
    let counts = [false_matches.to_string(), empty.to_string()];
    [name.clone(), questions.to_string()].into_iter().chain(figures).chain(counts).collect()
}

fn question_cells(class: &str, one: &Answered) -> Vec<String> {
    let figure = |value: Option<f64>| value.map(three).unwrap_or_default();
    let Figures { ndcg, recall, false_matches, .. } = one.figures;
    vec![
        class.to_owned(),
        one.ask.clone(),
        figure(ndcg),
        figure(recall),
        false_matches.to_string(),
        one.first.join(", "),
    ]
}

fn json_of(lines: &[(String, Sum, Floor)], classes: &[(&Class, Vec<Answered>)]) -> Value {
    let of_sum = |(name, sum, floor): &(String, Sum, Floor)| {
        json!({
            "class": name,
            "questions": sum.questions,
            "ndcg": sum.ndcg,
            "recall": sum.recall,
            "false_matches": sum.false_matches,
            "empty": sum.empty,
            "below": is_below(sum, floor),
        })
    };
    let of_question = |class: &str, one: &Answered| {
        json!({
            "class": class,
            "ask": one.ask,
            "why": one.why,
            "ndcg": one.figures.ndcg,
            "recall": one.figures.recall,
            "false_matches": one.figures.false_matches,
            "first": one.first,
        })
    };
    let (of_classes, of_all) = lines.split_at(lines.len().saturating_sub(1));
    json!({
        "all": of_all.first().map(of_sum),
        "classes": of_classes.iter().map(of_sum).collect::<Vec<_>>(),
        "questions": classes
            .iter()
            .flat_map(|(class, answered)| answered.iter().map(|one| of_question(&class.name, one)))
            .collect::<Vec<_>>(),
    })
}
