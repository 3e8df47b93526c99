//! Which version of a list its owner certified.

use super::{key, read_owner};
use crate::domain::{ListSource, Owner, PersonId, RankEntry, RankList, RankOrder};
use crate::store::region::read;
use crate::store::{StoreError, Tx, in_tx};

/// A certified version.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Certificate {
    /// Names the receipt. Drawn by chance: a count would tell how many have certified.
    pub number: String,
    /// Of which round.
    pub round: i64,
    /// Which version.
    pub version: i64,
    /// How many stand on it.
    pub ranks: i64,
    /// Shows that this list was certified, and nothing of what it says.
    pub commitment: String,
    /// Hexadecimal; with the list it opens the commitment.
    pub salt: String,
    /// When, by the database's clock.
    pub certified_at: i64,
    /// Since when it does not hold any more.
    pub withdrawn_at: Option<i64>,
}

/// Every certificate of an owner in a round, the latest first.
pub async fn certificates(tx: &mut Tx, round: i64, owner: Owner) -> Result<Vec<Certificate>, StoreError> {
    const SQL: &str = "SELECT number, round, version, ranks, commitment, salt, certified_at, withdrawn_at \
        FROM rank_certificates WHERE round = $1 AND owner_kind = $2 AND owner_id = $3 ORDER BY version DESC";
    let (kind, id) = key(owner);
    Ok(in_tx!(tx, on => sqlx::query_as(SQL).bind(round).bind(kind).bind(id).fetch_all(on).await)?)
}

/// The same, each with its list.
pub async fn certificates_with_lists(
    tx: &mut Tx,
    round: i64,
    owner: Owner,
) -> Result<Vec<(Certificate, RankOrder)>, StoreError> {
    const SQL: &str = "SELECT number, c.round, c.version, ranks, commitment, salt, certified_at, withdrawn_at, \
        v.entries FROM rank_certificates c JOIN rank_versions v ON v.round = c.round \
        AND v.owner_kind = c.owner_kind AND v.owner_id = c.owner_id AND v.version = c.version \
        WHERE c.round = $1 AND c.owner_kind = $2 AND c.owner_id = $3 ORDER BY c.version DESC";
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        certificate: Certificate,
        entries: String,
    }
    let (kind, id) = key(owner);
    let rows: Vec<Row> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(round).bind(kind).bind(&id).fetch_all(on).await)?;
    rows.into_iter().map(|row| Ok((row.certificate, read("list of", &id, &row.entries)?))).collect()
}

/// Adds a certificate. The caller holds the round's turn.
pub async fn add(tx: &mut Tx, owner: Owner, new: &Certificate, by: PersonId) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO rank_certificates (number, round, owner_kind, owner_id, version, ranks, \
        commitment, salt, certified_at, certified_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let (kind, id) = key(owner);
    in_tx!(tx, on => sqlx::query(SQL).bind(&new.number).bind(new.round).bind(kind).bind(id).bind(new.version)
        .bind(new.ranks).bind(&new.commitment).bind(&new.salt).bind(new.certified_at).bind(by.to_string())
        .execute(on).await.map(drop)?);
    Ok(())
}

/// Ends the certificate that holds: its list was changed.
pub async fn withdraw(tx: &mut Tx, number: &str, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE rank_certificates SET withdrawn_at = $2 WHERE number = $1 AND withdrawn_at IS NULL";
    in_tx!(tx, on => sqlx::query(SQL).bind(number).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// What the receipt of a number says: round, time, version, count and commitment.
pub type Said = (i64, i64, i64, i64, String);

/// What the receipt of this number says, if one was ever given out. Whose it is and whether it still holds is its owner's
/// alone to know.
pub async fn receipt(tx: &mut Tx, number: &str) -> Result<Option<Said>, StoreError> {
    const SQL: &str =
        "SELECT round, certified_at, version, ranks, commitment FROM rank_certificates WHERE number = $1";
    Ok(in_tx!(tx, on => sqlx::query_as(SQL).bind(number).fetch_optional(on).await)?)
}

/// The certified lists of a round, in order of their owners. For the freeze of the round alone.
pub async fn certified(tx: &mut Tx, round: i64) -> Result<Vec<RankList>, StoreError> {
    const SQL: &str = "SELECT c.owner_kind, c.owner_id, v.entries FROM rank_certificates c \
        JOIN rank_versions v ON v.round = c.round AND v.owner_kind = c.owner_kind \
        AND v.owner_id = c.owner_id AND v.version = c.version \
        WHERE c.round = $1 AND c.withdrawn_at IS NULL ORDER BY c.owner_kind, c.owner_id";
    let rows: Vec<(String, String, String)> =
        in_tx!(tx, on => sqlx::query_as(SQL).bind(round).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(kind, id, entries)| {
            let order: RankOrder = read("list of", &id, &entries)?;
            let source = ListSource::Certified;
            Ok(match read_owner(&kind, &id)? {
                Owner::Candidate(owner) => {
                    RankList::OfCandidate { owner, source, entries: entries_of(&order) }
                }
                Owner::Opening(owner) => RankList::OfOpening { owner, source, entries: entries_of(&order) },
            })
        })
        .collect()
}

fn entries_of<Id: From<crate::domain::RankedId>>(order: &RankOrder) -> Vec<RankEntry<Id>> {
    order.ranked().map(|(rank, id)| RankEntry { partner: id.into(), rank, memo: None }).collect()
}
