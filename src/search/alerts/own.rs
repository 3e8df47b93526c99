//! What owners do with the questions they keep. Somebody with an account is who they are; for an address, whoever holds a
//! letter about the question decides: the number of the letter is the permission.

use super::keep::{Asked, life};
use super::{Alert, AlertError, NAME, OF_AN_ADDRESS, next_due};
use crate::accounts::{SignedIn, Tools};
use crate::domain::{Choice, Often};
use crate::search::Search;
use crate::store::alerts::{self as rows, AlertRow, Owner};
use crate::store::{Db, letters};

/// Everything that a person keeps, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn own(person: &SignedIn, db: &Db) -> Result<Vec<Alert>, AlertError> {
    let kept = rows::of(db, &Owner::Person(person.person().id)).await?;
    kept.into_iter().map(Alert::read).collect()
}

/// One of them.
///
/// # Errors
/// [`AlertError::NotFound`], also for what is somebody else's.
pub async fn find_own(person: &SignedIn, id: &str, db: &Db) -> Result<Alert, AlertError> {
    Alert::read(row(person, id, db).await?)
}

async fn row(person: &SignedIn, id: &str, db: &Db) -> Result<AlertRow, AlertError> {
    let found = rows::find(db, id).await?;
    found.filter(|one| one.owner == Owner::Person(person.person().id)).ok_or(AlertError::NotFound)
}

/// Calls a question otherwise, empty for its own words, and tells as often as said.
///
/// # Errors
/// [`AlertError::NotFound`], [`AlertError::LongName`].
pub async fn change(
    person: &SignedIn,
    id: &str,
    name: &str,
    often: Often,
    tools: Tools<'_>,
) -> Result<(), AlertError> {
    let alert = row(person, id, tools.db).await?;
    let name = name.trim();
    if name.chars().count() > NAME || name.contains(char::is_control) {
        return Err(AlertError::LongName);
    }
    let mut tx = tools.db.begin().await?;
    rows::change(&mut tx, &alert.id, name, often.code(), next_due(often, tools.now_ms())).await?;
    Ok(tx.commit().await?)
}

/// Tells nothing more about a question; it stays in the list.
///
/// # Errors
/// [`AlertError::NotFound`].
pub async fn stop(person: &SignedIn, id: &str, tools: Tools<'_>) -> Result<(), AlertError> {
    let alert = row(person, id, tools.db).await?;
    let mut tx = tools.db.begin().await?;
    rows::stop(&mut tx, &alert.id, tools.now_ms()).await?;
    Ok(tx.commit().await?)
}

/// Begins again. What is there at this moment is known.
///
/// # Errors
/// [`AlertError::NotFound`]; [`AlertError::Search`] when the question cannot be asked any more.
pub async fn start(search: &Search, person: &SignedIn, id: &str, tools: Tools<'_>) -> Result<(), AlertError> {
    let alert = row(person, id, tools.db).await?;
    go_on(search, alert, tools).await
}

/// Takes a question off the list and forgets what was told.
///
/// # Errors
/// [`AlertError::NotFound`].
pub async fn delete(person: &SignedIn, id: &str, tools: Tools<'_>) -> Result<(), AlertError> {
    let alert = row(person, id, tools.db).await?;
    let mut tx = tools.db.begin().await?;
    rows::delete(&mut tx, &alert.id).await?;
    Ok(tx.commit().await?)
}

/// The question that a letter is about.
///
/// # Errors
/// [`AlertError::NotFound`] when there is no such letter, or its question is gone.
pub async fn of_letter(letter: &str, db: &Db) -> Result<Alert, AlertError> {
    Alert::read(row_of(letter, db).await?)
}

async fn row_of(letter: &str, db: &Db) -> Result<AlertRow, AlertError> {
    let letter = letters::find(db, letter).await?.ok_or(AlertError::NotFound)?;
    let id = letter.letter.alert().ok_or(AlertError::NotFound)?;
    rows::find(db, id).await?.ok_or(AlertError::NotFound)
}

/// Tells nothing more about the question of a letter. Said twice, it is noted once.
///
/// # Errors
/// [`AlertError::NotFound`].
pub async fn stop_with(letter: &str, tools: Tools<'_>) -> Result<(), AlertError> {
    let alert = row_of(letter, tools.db).await?;
    let mut tx = tools.db.begin().await?;
    rows::stop(&mut tx, &alert.id, tools.now_ms()).await?;
    Ok(tx.commit().await?)
}

/// Goes on with the question of a letter for its whole time, or begins again when it has ended.
///
/// # Errors
/// [`AlertError::NotFound`]; [`AlertError::Search`] when the question cannot be asked any more.
pub async fn go_on_with(search: &Search, letter: &str, tools: Tools<'_>) -> Result<(), AlertError> {
    let alert = row_of(letter, tools.db).await?;
    go_on(search, alert, tools).await
}

async fn go_on(search: &Search, alert: AlertRow, tools: Tools<'_>) -> Result<(), AlertError> {
    let now = tools.now_ms();
    let (owner, is_stopped) = (alert.owner.clone(), alert.stopped_at.is_some());
    let kept = Alert::read(alert.clone())?;
    let asked = if is_stopped { Some(Asked::now(search, &kept.question, &owner).await?) } else { None };
    if is_stopped && matches!(owner, Owner::Address(_)) {
        let running = rows::of(tools.db, &owner).await?.iter().filter(|one| one.stopped_at.is_none()).count();
        if running >= OF_AN_ADDRESS {
            return Err(AlertError::TooMany { most: OF_AN_ADDRESS });
        }
    }
    let mut tx = tools.db.begin().await?;
    match asked {
        Some(asked) => asked.begin(&mut tx, &alert, kept.often, now).await?,
        None => rows::put_off(&mut tx, &alert.id, life(&owner, now)).await?,
    }
    Ok(tx.commit().await?)
}
