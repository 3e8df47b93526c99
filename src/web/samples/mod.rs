//! `/samples`: every component of the look in every state, for those who build pages and for the tests that look at
//! them. Only where the desk is invented; elsewhere there is no such page.

mod components;
mod fields;

use axum::Router;
use axum::routing::get;

use super::Web;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().route("/samples", get(components::show)).route("/samples/fields", get(fields::show))
}
