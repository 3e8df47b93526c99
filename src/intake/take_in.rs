//! The whole of an import: gather what the desk knows, think it through, and write it all or nothing.

use uuid::Uuid;

use super::{Plan, Sheet, plan};
use crate::clock::Clock;
use crate::store::{Db, StoreError, region};

/// Takes the sheets in, in one transaction: a process that ends in between leaves the state before.
pub async fn take_in(db: &Db, clock: &dyn Clock, sheets: Vec<Sheet>) -> Result<Plan, StoreError> {
    let mut tx = db.begin_alone().await?;
    let known = region::load(&mut tx).await?;
    let plan = plan(&known, sheets, clock.today(), &mut Uuid::now_v7);
    if !plan.changes.is_empty() {
        region::save(&mut tx, &plan.changes, clock.now_ms()).await?;
        tx.commit().await?;
    }
    Ok(plan)
}

/// Thinks an import through and writes nothing.
pub async fn rehearse(db: &Db, clock: &dyn Clock, sheets: Vec<Sheet>) -> Result<Plan, StoreError> {
    let known = region::snapshot(db).await?;
    Ok(plan(&known, sheets, clock.today(), &mut Uuid::now_v7))
}
