//! Receipts: a page, a file to be shown to anybody, and a file for the owner alone.

use askama::Template;
use axum::extract::{RawPathParams, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::place::{Place, called_by_id, deadline, refuse};
use crate::board::rankings::{self, Certified, Sheet};
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page, wording};

#[derive(Template)]
#[template(path = "ranking/receipt.html")]
struct Page {
    shell: Shell,
    base: String,
    sheet: Sheet,
    deadline: String,
    receipts: Vec<Row>,
}

struct Row {
    number: String,
    at: String,
    version: i64,
    ranks: i64,
    commitment: String,
    withdrawn: Option<String>,
}

/// `GET …/receipt`
pub async fn show(shell: Shell, State(web): State<Web>, place: Place) -> Result<Response, Refusal> {
    let (sheet, receipts) = found(&web, &place, &shell).await?;
    let lang = shell.lang;
    let row = |Certified { receipt, withdrawn_at, .. }: Certified| Row {
        at: wording::second(receipt.at_ms, lang),
        number: receipt.number,
        version: receipt.version,
        ranks: receipt.ranks,
        commitment: receipt.commitment,
        withdrawn: withdrawn_at.map(|at| wording::second(at, lang)),
    };
    let receipts = receipts.into_iter().map(row).collect();
    page(&Page { base: place.base(), deadline: deadline(&sheet, &shell), sheet, receipts, shell })
}

/// `GET …/receipt/{number}`: the part that may be shared.
pub async fn download(
    shell: Shell,
    State(web): State<Web>,
    place: Place,
    params: RawPathParams,
) -> Result<Response, Refusal> {
    let (_, one) = one(&web, &place, &params, &shell).await?;
    let receipt = &one.receipt;
    let time = wording::second(receipt.at_ms, shell.lang);
    let remarks = [shell.t("rankings-file-receipt"), shell.with("rankings-file-time", "time", time)];
    Ok(file("receipt", &receipt.number, &remarks, &receipt.to_string()))
}

/// `GET …/opening/{number}`: the list with its salt, for the owner alone, after a recent proof of who it is.
pub async fn open(
    shell: Shell,
    State(web): State<Web>,
    place: Place,
    params: RawPathParams,
) -> Result<Response, Refusal> {
    let (sheet, one) = one(&web, &place, &params, &shell).await?;
    shell.proved(&web)?;
    let mut remarks = vec![shell.t("rankings-file-opening"), shell.t("rankings-violation")];
    let ids = one.opening.list.lines().skip(3).filter_map(|line| line.split_once(' '));
    remarks.extend(ids.filter_map(|(rank, id)| {
        Some(format!("{rank}: {}", called_by_id(&sheet, id.parse().ok()?, &shell)))
    }));
    Ok(file("opening", &one.receipt.number, &remarks, &one.opening.to_string()))
}

async fn found(web: &Web, place: &Place, shell: &Shell) -> Result<(Sheet, Vec<Certified>), Refusal> {
    let found = rankings::receipts(&place.ranker, &web.db, place.round).await;
    found.map_err(|error| refuse(error, shell.lang))
}

async fn one(
    web: &Web,
    place: &Place,
    params: &RawPathParams,
    shell: &Shell,
) -> Result<(Sheet, Certified), Refusal> {
    let number = params.iter().find(|(key, _)| *key == "number").map(|(_, value)| value.to_owned());
    let (sheet, all) = found(web, place, shell).await?;
    let one = all.into_iter().find(|one| Some(&one.receipt.number) == number.as_ref());
    Ok((sheet, one.ok_or(Refusal::NotFound)?))
}

/// A text file: remarks for people, then what `/verify` reads.
fn file(what: &str, number: &str, remarks: &[String], text: &str) -> Response {
    let remarks: String = remarks.iter().map(|line| format!("# {}\n", line.replace('\n', " "))).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"migiude-{what}-{number}.txt\"")),
    ];
    (headers, remarks + text).into_response()
}
