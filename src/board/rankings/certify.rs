//! Certifying a list, and the receipts of it.

use super::commitment::{Opening, Receipt, canonical, hex};
use super::save::{note, turn};
use super::{Ranker, RankingError, Sheet};
use crate::accounts::{Chance, Tools};
use crate::domain::Letter;
use crate::store::rankings::{self as rows, Certificate, Version};
use crate::store::{Db, letters};

/// A certified list with both its artefacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certified {
    /// May be shown to anybody.
    pub receipt: Receipt,
    /// The owner's alone.
    pub opening: Opening,
    /// Since when it does not hold any more.
    pub withdrawn_at: Option<i64>,
}

/// Certifies the version of the own list that the owner was looking at. Done twice, it is done once.
///
/// Whoever is on the list and cannot be ranked any more was not shown, and is not certified: such a list becomes a version
/// of its own first.
///
/// # Errors
/// [`RankingError::Closed`] when the database's clock is past the deadline inside this transaction;
/// [`RankingError::Changed`] when the list has changed meanwhile; [`RankingError::Empty`].
pub async fn certify(
    ranker: &Ranker,
    round: i64,
    version: i64,
    tools: Tools<'_>,
) -> Result<Certificate, RankingError> {
    let mut tx = tools.db.begin().await?;
    let sheet = turn(&mut tx, ranker, round).await?;
    if let Some(certificate) =
        sheet.certificate.clone().filter(|one| (version..=version + 1).contains(&one.version))
    {
        return Ok(certificate);
    }
    if sheet.version != version {
        return Err(RankingError::Changed(Box::new(sheet)));
    }
    if sheet.order.is_empty() {
        return Err(RankingError::Empty);
    }
    if sheet.order.has_ties() && !sheet.window.ties {
        return Err(RankingError::Ties);
    }
    let owner = ranker.owner();
    let stored = rows::latest(&mut tx, round, owner).await?.ok_or(RankingError::Empty)?;
    let mut number = stored.number;
    if stored.order != sheet.order {
        number += 1;
        let shown = Version {
            number,
            order: sheet.order.clone(),
            saved_at: sheet.now_ms,
            undo: Some(stored.number),
            redo: None,
            ..stored
        };
        rows::add(&mut tx, round, owner, &shown, ranker.person()).await?;
    }
    let certificate = seal(ranker, &sheet, number, tools.chance);
    rows::certify(&mut tx, owner, &certificate, ranker.person()).await?;
    let letter = Letter::ListCertified {
        round,
        number: certificate.number.clone(),
        ranks: certificate.ranks as u32,
        commitment: certificate.commitment.clone(),
        at: certificate.certified_at,
        path: format!("{}/receipt", ranker.path(round)),
    };
    for to in rows::holders(&mut tx, owner, sheet.now_ms).await? {
        letters::post(&mut tx, &tools.new_id(), &letter, &to, None, sheet.now_ms).await?;
    }
    note(&mut tx, ranker, "ranking.certify", &certificate.number, sheet.now_ms).await?;
    tx.commit().await?;
    Ok(certificate)
}

fn seal(ranker: &Ranker, sheet: &Sheet, version: i64, chance: &dyn Chance) -> Certificate {
    let round = sheet.window.round;
    let mut salt = [0; 32];
    chance.fill(&mut salt);
    let opening = Opening { salt, list: canonical(round, ranker.owner(), version, &sheet.order) };
    Certificate {
        number: draw_number(round, chance),
        round,
        version,
        ranks: sheet.order.len() as i64,
        commitment: opening.commitment(),
        salt: hex(&salt),
        certified_at: sheet.now_ms,
        withdrawn_at: None,
    }
}

/// `3-7K2Q-9F4T-0D6M`: the round, and sixty bits of chance in signs that are read out without mistakes.
fn draw_number(round: i64, chance: &dyn Chance) -> String {
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0; 12];
    chance.fill(&mut bytes);
    let signs: Vec<char> = bytes.iter().map(|byte| SIGNS[usize::from(byte % 32)].into()).collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    format!("{round}-{}", groups.join("-"))
}

/// The receipts of the own lists in a round, the latest first, each with its opening.
///
/// # Errors
/// [`RankingError::NotFound`] for a round without window, and for an opening of another firm.
pub async fn receipts(ranker: &Ranker, db: &Db, round: i64) -> Result<(Sheet, Vec<Certified>), RankingError> {
    let mut tx = db.begin_reading().await?;
    let window = rows::window(&mut tx, round).await?.ok_or(RankingError::NotFound)?;
    let sheet = super::sheet::read(&mut tx, ranker, window).await?;
    let owner = ranker.owner();
    let mut all = Vec::new();
    for (one, order) in rows::certificates_with_lists(&mut tx, round, owner).await? {
        let text = format!("format: migiude/opening/v1\nsalt: {}\n", one.salt);
        let list = canonical(round, owner, one.version, &order);
        let opening = Opening::read(&(text + &list)).ok_or(RankingError::NotFound)?;
        let receipt = Receipt {
            number: one.number,
            round,
            at_ms: one.certified_at,
            version: one.version,
            ranks: one.ranks,
            commitment: one.commitment,
        };
        all.push(Certified { receipt, opening, withdrawn_at: one.withdrawn_at });
    }
    Ok((sheet, all))
}
