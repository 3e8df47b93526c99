//! All records in batches, the latest first: for whoever has to look through everything and must not hold it at once.

use super::region::{OpeningRow, read, read_id};
use super::{Db, StoreError, reading};
use crate::domain::{Candidate, Firm, Opening};

/// Behind every id.
pub const FROM_THE_LATEST: &str = "z";

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    opening: OpeningRow,
    firm: String,
}

/// Up to `limit` openings before this id, each with its firm (without the coordinator's numbers), the latest first. With
/// `posted` only those against which nothing stands in themselves.
pub async fn openings(
    db: &Db,
    before: &str,
    posted: bool,
    limit: i64,
) -> Result<Vec<(Opening, Firm)>, StoreError> {
    const SQL: &str = "SELECT o.id, o.firm_id, o.code, o.facts, o.blocks, f.facts AS firm \
        FROM openings o JOIN firms f ON f.id = o.firm_id \
        WHERE o.id < $1 AND ($2 = 0 OR o.blocks = '[]') ORDER BY o.id DESC LIMIT $3";
    let rows: Vec<Row> = reading!(db, on => {
        sqlx::query_as(SQL).bind(before).bind(i64::from(posted)).bind(limit).fetch_all(on).await?
    });
    let with_firm = |row: Row| {
        let opening = row.opening.read()?;
        let facts = read("firm", &opening.firm.to_string(), &row.firm)?;
        let firm = Firm { id: opening.firm, codes: Vec::new(), facts };
        Ok((opening, firm))
    };
    rows.into_iter().map(with_firm).collect()
}

/// Up to `limit` candidates before this id, without the coordinator's numbers, the latest first.
pub async fn candidates(db: &Db, before: &str, limit: i64) -> Result<Vec<Candidate>, StoreError> {
    const SQL: &str = "SELECT id, facts FROM candidates WHERE id < $1 ORDER BY id DESC LIMIT $2";
    let rows: Vec<(String, String)> =
        reading!(db, on => sqlx::query_as(SQL).bind(before).bind(limit).fetch_all(on).await?);
    let candidate = |(id, facts): (String, String)| {
        let facts = read("candidate", &id, &facts)?;
        Ok(Candidate { id: read_id("candidate", &id)?, codes: Vec::new(), facts })
    };
    rows.into_iter().map(candidate).collect()
}
