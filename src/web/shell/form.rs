//! What a form sends, read within half a minute; and writing on behalf of somebody who may hang up.

use std::future::Future;
use std::time::Duration;

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::{Refusal, Web};

/// A form takes no longer to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// The fields of a form. Missing and unreadable ones get a page that says so.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequest<Web> for Form<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Refusal> {
        let read = axum::extract::Form::<T>::from_request(request, web);
        let form = tokio::time::timeout(PATIENCE, read).await.map_err(|_| Refusal::SlowBody)?;
        form.map(|form| Self(form.0)).map_err(|cause| Refusal::Unread(cause.status()))
    }
}

/// Does a piece of work to its end, also when the browser hangs up: the server then drops the handler, but not
/// the task that it waits for.
pub async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, Refusal>> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::spawn(work).await.map_err(|cause| Refusal::broken(&cause))?
}
