//! How many statements a piece of work sends to the database: the tests hold pages to a limit by it.

use std::cell::Cell;
use std::future::Future;

tokio::task_local! {
    static STATEMENTS: Cell<usize>;
}

/// Does a piece of work and counts its statements. What it hands to other tasks is not counted.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, usize) {
    STATEMENTS
        .scope(Cell::new(0), async {
            let done = work.await;
            (done, STATEMENTS.with(Cell::get))
        })
        .await
}

/// One more.
pub(crate) fn one() {
    // Outside of a counted piece of work nobody asks.
    let _ = STATEMENTS.try_with(|count| count.set(count.get() + 1));
}
