use super::RoundError;
use super::sealed;
use super::steps::{find, gather};
use crate::domain::{Checklist, Stage};
use crate::store::Db;

/// What an operator looks over before the run: lists by source, ties, couples, drafts, who is left out. Of a
/// draft as things stand now, later as they were frozen.
///
/// # Errors
/// [`RoundError::Unknown`], [`RoundError::NoRound`].
pub async fn checklist(db: &Db, number: Option<i64>) -> Result<Checklist, RoundError> {
    let round = find(&mut db.begin_reading().await?, number).await?;
    match &round.stage {
        Stage::Draft => {
            let mut gathered = gather(db, Some(round.number)).await?;
            let with_placed = round.settings.with_placed;
            let (lists, placements) = (gathered.lists.as_ref(), &gathered.placements);
            Ok(sealed::participants(&mut gathered.region, lists, placements, with_placed).checklist)
        }
        Stage::Frozen(locked) | Stage::Proposed(locked, _) | Stage::Published(locked, ..) => {
            Ok(locked.input.record().checklist.clone())
        }
    }
}
