//! What proves that somebody is who they are, besides the password: passkeys, the secret of an authenticator app,
//! recovery codes; and the server's half of a ceremony under way.

use super::region::read_id;
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::PersonId;

/// A passkey.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Passkey {
    /// The id of the credential, in hexadecimal.
    pub credential_id: String,
    person_id: String,
    /// As its owner calls it.
    pub name: String,
    /// The public key and its counter, as JSON.
    pub credential: String,
    /// Milliseconds.
    pub made_at: i64,
    /// When it last opened the account, milliseconds.
    pub used_at: Option<i64>,
}

impl Passkey {
    /// Whose it is.
    pub fn person(&self) -> Result<PersonId, StoreError> {
        read_id("passkey of person", &self.person_id)
    }
}

const PASSKEY: &str = "SELECT credential_id, person_id, name, credential, made_at, used_at FROM passkeys";

/// A person's passkeys, the oldest first.
pub async fn passkeys_of(db: &Db, person: PersonId) -> Result<Vec<Passkey>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("{PASSKEY} WHERE person_id = $1 ORDER BY made_at, credential_id"));
    Ok(reading!(db, on => sqlx::query_as(sql).bind(person.to_string()).fetch_all(on).await)?)
}

/// The passkey of this id, unless its owner's account is closed.
pub async fn passkey(db: &Db, id: &str) -> Result<Option<Passkey>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{PASSKEY} WHERE credential_id = $1 \
         AND EXISTS (SELECT 1 FROM people WHERE people.id = person_id AND disabled_at IS NULL)"
    ));
    Ok(reading!(db, on => sqlx::query_as(sql).bind(id).fetch_optional(on).await)?)
}

/// Writes a new passkey; `false` when this credential is known already.
pub async fn add_passkey(
    tx: &mut Tx,
    person: PersonId,
    id: &str,
    name: &str,
    credential: &str,
    now_ms: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO passkeys (credential_id, person_id, name, credential, made_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (credential_id) DO NOTHING";
    let written = in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(person.to_string()).bind(name).bind(credential)
        .bind(now_ms).execute(on).await.map(|done| done.rows_affected())?);
    Ok(written == 1)
}

/// Notes that a passkey opened its owner's account, and what has become of its counter.
pub async fn use_passkey(tx: &mut Tx, id: &str, credential: &str, now_ms: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE passkeys SET credential = $2, used_at = $3 WHERE credential_id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(id).bind(credential).bind(now_ms).execute(on).await.map(drop)?);
    Ok(())
}

/// Takes away one of a person's passkeys; `false` when it is not theirs.
pub async fn remove_passkey(tx: &mut Tx, person: PersonId, id: &str) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM passkeys WHERE person_id = $1 AND credential_id = $2";
    let gone = in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(id).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(gone == 1)
}

/// How many passkeys and recovery codes a person has, and the secret of their app.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct Factors {
    /// The secret of the authenticator app, in base 32.
    pub totp_secret: Option<String>,
    /// Passkeys.
    pub passkeys: i64,
    /// Recovery codes that are not used.
    pub codes: i64,
}

/// What a person can prove themselves with besides the password.
pub async fn of(tx: &mut Tx, person: PersonId) -> Result<Factors, StoreError> {
    const SQL: &str = "SELECT totp_secret, \
        (SELECT COUNT(*) FROM passkeys WHERE person_id = people.id) AS passkeys, \
        (SELECT COUNT(*) FROM recovery_codes WHERE person_id = people.id) AS codes \
        FROM people WHERE id = $1";
    let found = in_tx!(tx, on => sqlx::query_as(SQL).bind(person.to_string()).fetch_optional(on).await)?;
    Ok(found.unwrap_or_default())
}

/// Sets the secret of the authenticator app, or takes it away.
pub async fn set_totp(tx: &mut Tx, person: PersonId, secret: Option<&str>) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE people SET totp_secret = $2, totp_step = NULL WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(secret).execute(on).await.map(drop)?);
    Ok(())
}

/// Uses up the code of a time step; `false` when it, or a later one, was used before.
pub async fn use_step(tx: &mut Tx, person: PersonId, step: i64) -> Result<bool, StoreError> {
    const SQL: &str =
        "UPDATE people SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)";
    let used = in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(step).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(used == 1)
}

/// Replaces a person's recovery codes by these hashes.
pub async fn set_codes(tx: &mut Tx, person: PersonId, hashes: &[String]) -> Result<(), StoreError> {
    const NONE: &str = "DELETE FROM recovery_codes WHERE person_id = $1";
    const SQL: &str = "INSERT INTO recovery_codes (person_id, code_hash) VALUES ($1, $2)";
    in_tx!(tx, on => sqlx::query(NONE).bind(person.to_string()).execute(on).await.map(drop)?);
    for hash in hashes {
        in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(hash).execute(on).await.map(drop)?);
    }
    Ok(())
}

/// Uses a recovery code up; `false` when there is none of this hash.
pub async fn use_code(tx: &mut Tx, person: PersonId, hash: &str) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM recovery_codes WHERE person_id = $1 AND code_hash = $2";
    let gone = in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(hash).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(gone == 1)
}

/// Takes everything away but the password.
pub async fn clear(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    const PASSKEYS: &str = "DELETE FROM passkeys WHERE person_id = $1";
    set_totp(tx, person, None).await?;
    set_codes(tx, person, &[]).await?;
    in_tx!(tx, on => sqlx::query(PASSKEYS).bind(person.to_string()).execute(on).await.map(drop)?);
    Ok(())
}

/// Keeps the server's half of a ceremony until a time; one of the same name begins anew. Those that were never ended are
/// cleared away.
pub async fn begin(
    tx: &mut Tx,
    hash: &str,
    kind: &str,
    state: &str,
    until: i64,
    now_ms: i64,
) -> Result<(), StoreError> {
    const OLD: &str = "DELETE FROM ceremonies WHERE expires_at <= $1";
    const SQL: &str = "INSERT INTO ceremonies (token_hash, kind, state, expires_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (token_hash) DO UPDATE SET kind = excluded.kind, state = excluded.state, \
        expires_at = excluded.expires_at";
    in_tx!(tx, on => sqlx::query(OLD).bind(now_ms).execute(on).await.map(drop)?);
    in_tx!(tx, on => sqlx::query(SQL).bind(hash).bind(kind).bind(state).bind(until).execute(on).await.map(drop)?);
    Ok(())
}

/// The state of a ceremony that is under way.
pub async fn under_way(db: &Db, hash: &str, kind: &str, now_ms: i64) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT state FROM ceremonies WHERE token_hash = $1 AND kind = $2 AND expires_at > $3";
    Ok(
        reading!(db, on => sqlx::query_scalar(SQL).bind(hash).bind(kind).bind(now_ms).fetch_optional(on).await)?,
    )
}

/// Ends a ceremony that is under way; its state, once.
pub async fn end(tx: &mut Tx, hash: &str, kind: &str, now_ms: i64) -> Result<Option<String>, StoreError> {
    const SQL: &str =
        "DELETE FROM ceremonies WHERE token_hash = $1 AND kind = $2 AND expires_at > $3 RETURNING state";
    Ok(in_tx!(tx, on => sqlx::query_scalar(SQL).bind(hash).bind(kind).bind(now_ms).fetch_optional(on).await)?)
}
