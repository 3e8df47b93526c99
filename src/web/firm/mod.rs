//! Pages for members of a firm.

mod members;

use axum::Router;

use crate::web::Web;

/// The pages of this section.
pub fn routes() -> Router<Web> {
    Router::new().merge(members::routes())
}
