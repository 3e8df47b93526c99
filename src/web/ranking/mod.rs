//! Rank-order lists for those who make them: candidates under `/me`, members of a firm under `/firm/{firm}`. Both use the
//! same pages; only a list's owner reaches them, whoever else is told that nothing is here.

mod certify;
mod history;
mod index;
mod partner;
mod place;
mod receipt;
mod sheet;
mod typed;

use axum::Router;
use axum::routing::{get, post};

use crate::web::Web;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/me/ranking", get(index::mine))
        .merge(list("/me/rounds/{n}/ranking"))
        .route("/me/partner", get(partner::show).post(partner::ask))
        .route("/me/partner/{link}/agree", post(partner::agree))
        .route("/me/partner/{link}/end", post(partner::end))
        .route("/firm/{firm}/ranking", get(index::of_firm))
        .route("/firm/{firm}/rounds/{n}/ranking", get(index::of_firm))
        .merge(list("/firm/{firm}/rounds/{n}/ranking/{opening}"))
}

/// The pages of one list.
fn list(at: &str) -> Router<Web> {
    Router::new()
        .route(at, get(sheet::show).post(sheet::save))
        .route(&format!("{at}/check"), get(certify::show).post(certify::certify))
        .route(&format!("{at}/receipt"), get(receipt::show))
        .route(&format!("{at}/receipt/{{number}}"), get(receipt::download))
        .route(&format!("{at}/opening/{{number}}"), get(receipt::open))
        .route(&format!("{at}/history"), get(history::show).post(history::restore))
}
