//! People and their roles.
//!
//! Nothing here knows a secret: callers hand over hashes.

use super::region::read_id;
use super::{Db, StoreError, Tx, in_tx, reading};
use crate::domain::{FirmId, Person, PersonId, Role, RoleKind, Standing};

/// A person as the table holds it, without roles.
#[derive(Clone, Debug, sqlx::FromRow)]
struct PersonRow {
    id: String,
    login: String,
    mail: Option<String>,
    name: String,
    lang: String,
}

impl PersonRow {
    fn read(self, roles: Vec<Role>) -> Result<Person, StoreError> {
        let Self { id, login, mail, name, lang } = self;
        Ok(Person { id: read_id("person", &id)?, login, mail, name, lang, roles })
    }
}

/// What a log-in is checked against.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Proofs {
    /// The person's id.
    pub id: String,
    /// Argon2id, in PHC form; none for who only has passkeys.
    pub password_hash: Option<String>,
    /// The shared secret of one-time codes.
    pub totp_secret: Option<String>,
    /// The last time step whose code was used.
    pub totp_step: Option<i64>,
    /// Since when the account is closed.
    pub disabled_at: Option<i64>,
}

/// A person to be written.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Ours.
    pub id: PersonId,
    /// What will be typed to log in.
    pub login: String,
    /// The verified address.
    pub mail: Option<String>,
    /// As others read it.
    pub name: String,
    /// `ja` or `en`.
    pub lang: String,
    /// Argon2id, in PHC form.
    pub password_hash: Option<String>,
}

/// Writes a new person; `false` when the log-in name is taken.
pub async fn add(tx: &mut Tx, new: &NewPerson, now_ms: i64) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO people (id, login, mail, name, lang, password_hash, created_at, verified_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (login) DO NOTHING";
    let written = in_tx!(tx, on => sqlx::query(SQL).bind(new.id.to_string()).bind(&new.login).bind(&new.mail)
        .bind(&new.name).bind(&new.lang).bind(&new.password_hash).bind(now_ms).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(written == 1)
}

/// Grants a role; granting it again renews it. `by` is the granting person's id.
pub async fn grant(
    tx: &mut Tx,
    person: PersonId,
    role: &Role,
    by: Option<&str>,
    until: Option<i64>,
    now_ms: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO roles (person_id, kind, scope_id, standing, granted_at, granted_by, until) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person_id, kind, scope_id) DO UPDATE SET \
        standing = excluded.standing, granted_at = excluded.granted_at, granted_by = excluded.granted_by, \
        until = excluded.until";
    let (scope, standing) = scope_of(role);
    in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(role.kind().code()).bind(scope)
        .bind(standing.code()).bind(now_ms).bind(by).bind(until).execute(on).await.map(drop)?);
    Ok(())
}

/// Takes a role away; `false` when there was none.
pub async fn revoke(tx: &mut Tx, person: PersonId, role: &Role) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM roles WHERE person_id = $1 AND kind = $2 AND scope_id = $3";
    let (scope, _) = scope_of(role);
    let gone = in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(role.kind().code()).bind(scope)
        .execute(on).await.map(|done| done.rows_affected())?);
    Ok(gone == 1)
}

/// The person of this id with the roles that hold now.
pub async fn person(db: &Db, id: PersonId, now_ms: i64) -> Result<Option<Person>, StoreError> {
    const SQL: &str = "SELECT id, login, mail, name, lang FROM people WHERE id = $1";
    let row: Option<PersonRow> =
        reading!(db, on => sqlx::query_as(SQL).bind(id.to_string()).fetch_optional(on).await)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(row.read(roles(db, id, now_ms).await?)?))
}

/// What the log-in of this name is checked against.
pub async fn proofs(db: &Db, login: &str) -> Result<Option<Proofs>, StoreError> {
    const SQL: &str =
        "SELECT id, password_hash, totp_secret, totp_step, disabled_at FROM people WHERE login = $1";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(login).fetch_optional(on).await)?)
}

const ROLES: &str = "SELECT kind, scope_id, standing FROM roles \
    WHERE person_id = $1 AND (until IS NULL OR until > $2) ORDER BY kind, scope_id";

/// The roles of a person that hold now.
pub async fn roles(db: &Db, person: PersonId, now_ms: i64) -> Result<Vec<Role>, StoreError> {
    let rows: Vec<(String, String, String)> =
        reading!(db, on => sqlx::query_as(ROLES).bind(person.to_string()).bind(now_ms).fetch_all(on).await)?;
    rows.iter().map(|(kind, scope, standing)| read_role(kind, scope, standing)).collect()
}

/// The same, inside the transaction that may just have granted one.
pub async fn roles_in(tx: &mut Tx, person: PersonId, now_ms: i64) -> Result<Vec<Role>, StoreError> {
    let rows: Vec<(String, String, String)> = in_tx!(tx, on => sqlx::query_as(ROLES).bind(person.to_string())
        .bind(now_ms).fetch_all(on).await)?;
    rows.iter().map(|(kind, scope, standing)| read_role(kind, scope, standing)).collect()
}

/// Everybody who holds a role now in a scope (`""` for roles without one), in order of granting.
pub async fn holders(db: &Db, kind: RoleKind, scope: &str, now_ms: i64) -> Result<Vec<Person>, StoreError> {
    const SQL: &str = "SELECT people.id, login, mail, name, lang, roles.scope_id, standing FROM roles \
        JOIN people ON people.id = person_id WHERE kind = $1 AND scope_id = $2 \
        AND (until IS NULL OR until > $3) AND disabled_at IS NULL ORDER BY granted_at, people.id";
    type Row = (String, String, Option<String>, String, String, String, String);
    let rows: Vec<Row> = reading!(db, on => sqlx::query_as(SQL).bind(kind.code()).bind(scope).bind(now_ms)
        .fetch_all(on).await)?;
    rows.into_iter()
        .map(|(id, login, mail, name, lang, scope, standing)| {
            let role = read_role(kind.code(), &scope, &standing)?;
            PersonRow { id, login, mail, name, lang }.read(vec![role])
        })
        .collect()
}

/// Who decides for a firm now.
pub async fn admins_of(tx: &mut Tx, firm: FirmId, now_ms: i64) -> Result<Vec<PersonId>, StoreError> {
    const SQL: &str = "SELECT person_id FROM roles JOIN people ON people.id = person_id \
        WHERE kind = 'firm' AND scope_id = $1 AND standing = 'admin' \
        AND (until IS NULL OR until > $2) AND disabled_at IS NULL ORDER BY person_id";
    let ids: Vec<String> = in_tx!(tx, on => sqlx::query_scalar(SQL).bind(firm.to_string()).bind(now_ms)
        .fetch_all(on).await)?;
    ids.iter().map(|id| read_id("person", id)).collect()
}

/// Everybody who is an operator now, of whichever desk.
pub async fn operators(db: &Db, now_ms: i64) -> Result<Vec<Person>, StoreError> {
    const SQL: &str = "SELECT DISTINCT people.id, login, mail, name, lang FROM roles \
        JOIN people ON people.id = person_id WHERE kind = 'operator' \
        AND (until IS NULL OR until > $1) AND disabled_at IS NULL ORDER BY people.id";
    let rows: Vec<PersonRow> = reading!(db, on => sqlx::query_as(SQL).bind(now_ms).fetch_all(on).await)?;
    rows.into_iter().map(|row| row.read(Vec::new())).collect()
}

/// Sets a new password.
pub async fn set_password(tx: &mut Tx, person: PersonId, hash: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE people SET password_hash = $2 WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(hash).execute(on).await.map(drop)?);
    Ok(())
}

/// Sets name and language.
pub async fn set_name(tx: &mut Tx, person: PersonId, name: &str, lang: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE people SET name = $2, lang = $3 WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(name).bind(lang).execute(on).await.map(drop)?);
    Ok(())
}

/// Sets another address, which is then also the log-in name; `false` when somebody else has it.
pub async fn set_mail(tx: &mut Tx, person: PersonId, mail: &str) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE people SET login = $2, mail = $2 WHERE id = $1 \
        AND NOT EXISTS (SELECT 1 FROM people WHERE login = $2 AND id <> $1)";
    let set = in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(mail).execute(on).await
        .map(|done| done.rows_affected())?);
    Ok(set == 1)
}

/// Closes an account, or opens it again.
pub async fn set_disabled(tx: &mut Tx, person: PersonId, at: Option<i64>) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE people SET disabled_at = $2 WHERE id = $1";
    in_tx!(tx, on => sqlx::query(SQL).bind(person.to_string()).bind(at).execute(on).await.map(drop)?);
    Ok(())
}

/// A role of somebody, as the desk's list shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// The person's id.
    pub id: String,
    /// The log-in name.
    pub login: String,
    /// As others read it.
    pub name: String,
    /// Since when the account is closed.
    pub disabled_at: Option<i64>,
    /// The kind of the role; empty for who has none.
    pub kind: String,
    /// The firm of a firm's member; empty for others.
    pub firm: String,
}

/// People with their roles, a line for each role, those who came last first; of those whose name or address holds `words`.
pub async fn listed(db: &Db, words: &str, limit: i64) -> Result<Vec<Listed>, StoreError> {
    const SQL: &str = "SELECT people.id, people.login, people.name, people.disabled_at, \
        COALESCE(roles.kind, '') AS kind, COALESCE(firms.name, '') AS firm FROM people \
        LEFT JOIN roles ON roles.person_id = people.id \
        LEFT JOIN firms ON roles.kind = 'firm' AND firms.id = roles.scope_id \
        WHERE $1 = '' OR people.login LIKE '%' || $1 || '%' OR people.name LIKE '%' || $1 || '%' \
        ORDER BY people.created_at DESC, people.id, roles.kind LIMIT $2";
    Ok(reading!(db, on => sqlx::query_as(SQL).bind(words).bind(limit).fetch_all(on).await)?)
}

/// How many people there are.
pub async fn count(db: &Db) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM people";
    Ok(reading!(db, on => sqlx::query_scalar(SQL).fetch_one(on).await)?)
}

fn scope_of(role: &Role) -> (String, Standing) {
    match role {
        Role::Candidate(id) => (id.to_string(), Standing::Member),
        Role::Firm(id, standing) => (id.to_string(), *standing),
        Role::Operator { desk } => (desk.clone(), Standing::Member),
        Role::Partner(id) => (id.to_string(), Standing::Member),
        Role::Secretariat | Role::Administrator => (String::new(), Standing::Member),
    }
}

fn read_role(kind: &str, scope: &str, standing: &str) -> Result<Role, StoreError> {
    let known = RoleKind::from_code(kind).ok_or_else(|| StoreError::damaged("role", scope, kind))?;
    Ok(match known {
        RoleKind::Candidate => Role::Candidate(read_id("role of candidate", scope)?),
        RoleKind::Firm => Role::Firm(read_id("role in firm", scope)?, Standing::from_code(standing)),
        RoleKind::Operator => Role::Operator { desk: scope.to_owned() },
        RoleKind::Partner => Role::Partner(read_id("role of partner", scope)?),
        RoleKind::Secretariat => Role::Secretariat,
        RoleKind::Administrator => Role::Administrator,
    })
}
