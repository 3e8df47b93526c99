//! The first operator: a code that the server prints on an empty data directory, good for one account.

use super::operator::New;
use super::secret::{hash, letters, plain};
use super::{AccountError, Chance, NewDesk, Operator, Token, Tools, sessions};
use crate::clock::Clock;
use crate::store::accounts as rows;
use crate::store::{Db, people};

/// A code is good for a day, in milliseconds.
const LIFE: i64 = 24 * 60 * 60_000;
/// Sixteen letters are 80 bits: beyond guessing, so tries need no counting.
const LENGTH: usize = 16;

/// Makes a set-up code, which takes the place of any former one; `None` when there is an operator already.
/// Only its hash is kept: whoever prints it has the only copy.
pub async fn setup_code(
    db: &Db,
    clock: &dyn Clock,
    chance: &dyn Chance,
) -> Result<Option<String>, AccountError> {
    if people::count(db).await? > 0 {
        return Ok(None);
    }
    let code = letters::<LENGTH>(4, chance);
    let mut tx = db.begin().await?;
    rows::replace_setup_code(&mut tx, &hash(plain(&code).as_bytes()), clock.now_ms() + LIFE).await?;
    tx.commit().await?;
    Ok(Some(code))
}

/// What the first operator fills in.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The code as typed; case, spaces and dashes do not matter.
    pub code: String,
    /// The desk.
    pub desk: NewDesk,
    /// The log-in name.
    pub login: String,
    /// The password.
    pub password: String,
}

/// Makes the first desk and operator and logs the operator in, all or nothing. A mistake in a field does not use
/// the code up.
///
/// # Errors
/// [`AccountError::WrongCode`] when the code does not open anything (any more), before anything else is said.
pub async fn set_up(
    setup: &Setup,
    device: &str,
    tools: Tools<'_>,
) -> Result<(Operator, Token), AccountError> {
    let code = hash(plain(&setup.code).as_bytes());
    if !rows::setup_code_is_open(tools.db, &code, tools.now_ms()).await? {
        return Err(AccountError::WrongCode);
    }
    let new = New::check(&setup.desk, &setup.login, &setup.password)?.hash(tools).await?;
    let mut tx = tools.db.begin().await?;
    if !rows::use_setup_code(&mut tx, &code, tools.now_ms()).await? {
        return Err(AccountError::WrongCode);
    }
    let person = new.write(&mut tx, tools.now_ms()).await?;
    let token = sessions::open(&mut tx, person, device, false, tools).await?;
    tx.commit().await?;
    Ok((new.operator(), token))
}
