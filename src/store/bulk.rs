//! Many rows in few statements: an import writes tens of thousands.

use sqlx::QueryBuilder;

use super::{StoreError, Tx, in_tx};

/// A value of a row. Three kinds are all our tables hold.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Maybe(Option<String>),
    Int(i64),
}

/// Rows a statement; SQLite allows 32,766 values in one.
const ROWS: usize = 400;

/// Runs `INSERT INTO {into} VALUES (…), (…) {conflict}` over all rows. `into` and `conflict` are our own words.
pub(super) async fn insert(
    tx: &mut Tx,
    into: &'static str,
    rows: &[Vec<Value>],
    conflict: &'static str,
) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS) {
        in_tx!(tx, on => {
            let mut builder = QueryBuilder::new("INSERT INTO ");
            builder.push(into).push(" ");
            builder.push_values(rows, |mut row, values| {
                for value in values {
                    match value {
                        Value::Text(text) => row.push_bind(text.clone()),
                        Value::Maybe(text) => row.push_bind(text.clone()),
                        Value::Int(number) => row.push_bind(*number),
                    };
                }
            });
            builder.push(" ").push(conflict);
            builder.build().execute(on).await.map(drop)?;
        });
    }
    Ok(())
}
