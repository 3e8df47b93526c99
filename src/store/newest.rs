//! What the public may see, as it changed last.

use super::region::{OpeningRow, read};
use super::{Db, StoreError, reading, shown};
use crate::domain::{FirmFacts, Opening, OpeningId};

/// An opening with its firm, and when it was last changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Newest {
    /// The opening.
    pub opening: Opening,
    /// What is known of its firm.
    pub firm: FirmFacts,
    /// Milliseconds.
    pub updated_at: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    opening: OpeningRow,
    firm: String,
    updated_at: i64,
}

/// The openings against which nothing stands in themselves, the latest changed first. Whether their firms may be named is
/// for the reader to ask.
pub async fn openings(db: &Db, limit: i64) -> Result<Vec<Newest>, StoreError> {
    const SQL: &str = "SELECT openings.id, firm_id, code, openings.facts, blocks, firms.facts AS firm, \
        openings.updated_at FROM openings JOIN firms ON firms.id = firm_id WHERE blocks = '[]' \
        ORDER BY openings.updated_at DESC, openings.id LIMIT $1";
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).bind(limit).fetch_all(on).await)?;
    rows.into_iter().map(Row::read).collect()
}

/// The same for those of these openings alone, in the same order. Few: SQLite takes some thousands.
pub async fn among(db: &Db, ids: &[OpeningId]) -> Result<Vec<Newest>, StoreError> {
    const SQL: &str = "SELECT openings.id, firm_id, code, openings.facts, blocks, firms.facts AS firm, \
        openings.updated_at FROM openings JOIN firms ON firms.id = firm_id WHERE blocks = '[]' AND openings.id IN (";
    const ORDER: &str = ") ORDER BY openings.updated_at DESC, openings.id";
    let rows: Vec<Row> =
        reading!(db, on => shown::among(SQL, ids, ORDER).build_query_as().fetch_all(on).await)?;
    rows.into_iter().map(Row::read).collect()
}

impl Row {
    fn read(self) -> Result<Newest, StoreError> {
        let opening = self.opening.read()?;
        let firm = read("firm of opening", &opening.id.to_string(), &self.firm)?;
        Ok(Newest { opening, firm, updated_at: self.updated_at })
    }
}
