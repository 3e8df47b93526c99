//! Looks for what is new, and tells it once.

use std::collections::{HashMap, HashSet};

use super::keep::barred;
use super::{Alert, AlertError, next_due};
use crate::accounts::Tools;
use crate::domain::{Block, FirmFacts, Letter, OpeningId, Recipient, Told};
use crate::search::{Ask, FoundHit, FoundOpening, Note, Search, Taken, say_reason};
use crate::store::alerts::{self as rows, AlertRow, Owner};
use crate::store::{Tx, letters, outbox};
use crate::texts::{Lang, address};

/// Questions that are looked at in one turn.
const TURN: i64 = 200;
/// Openings that a letter tells of; the rest stands behind its link.
const TOLD: usize = 10;
/// Changed openings that are asked about at once.
const AT_ONCE: usize = 500;

/// Looks at the questions that are due, as far as the index has read the outbox; how many letters were written. Costs one
/// statement when nothing is due. A question that cannot be looked at is logged, and holds up nobody. While there is no index
/// to ask, everything waits: nothing is claimed, so nothing is lost or told twice.
///
/// # Errors
/// When the database fails.
pub async fn look(search: &Search, tools: Tools<'_>) -> Result<usize, AlertError> {
    let Some(position) = search.position().await? else { return Ok(0) };
    let due = rows::due(tools.db, tools.now_ms(), position, TURN).await?;
    let mut changes: HashMap<i64, Vec<OpeningId>> = HashMap::new();
    let (mut letters, mut idle) = (0, Vec::new());
    for alert in due {
        let changed = match changes.get(&alert.seen) {
            Some(changed) => changed.clone(),
            None => {
                let changed = outbox::openings_between(tools.db, alert.seen, position).await?;
                changes.insert(alert.seen, changed.clone());
                changed
            }
        };
        match fitting(search, &alert, &changed).await {
            Ok(None) => break,
            Ok(Some(news)) if news.openings.is_empty() => idle.push(alert),
            Ok(Some(news)) => letters += usize::from(tell(&alert, position, news, tools).await?),
            Err(problem) => {
                tracing::warn!(alert = alert.id, %problem, "a kept question cannot be asked");
                // What only failed is asked again at the next turn.
                idle.extend(problem.is_for_good().then_some(alert));
            }
        }
    }
    if !idle.is_empty() {
        let mut tx = tools.db.begin().await?;
        for alert in idle {
            claim(&mut tx, &alert, position, tools).await?;
        }
        tx.commit().await?;
    }
    Ok(letters)
}

async fn claim(tx: &mut Tx, alert: &AlertRow, position: i64, tools: Tools<'_>) -> Result<bool, AlertError> {
    let often = super::often(&alert.often);
    let due_at = often.map_or(i64::MAX, |often| next_due(often, tools.now_ms()));
    Ok(rows::claim(tx, alert, position.max(alert.seen), due_at).await?)
}

/// What fits, and for whom.
struct News {
    alert: Alert,
    barred: Vec<Block>,
    lang: Lang,
    openings: Vec<(OpeningId, Told)>,
}

/// Those of the changed openings that fit; none when the index can no longer be asked.
async fn fitting(search: &Search, row: &AlertRow, changed: &[OpeningId]) -> Result<Option<News>, AlertError> {
    let alert = Alert::read(row.clone())?;
    let lang = Lang::from_tag(&row.lang).unwrap_or_default();
    let mut news = News { alert, barred: Vec::new(), lang, openings: Vec::new() };
    if changed.is_empty() || row.to.is_none() {
        return Ok(Some(news));
    }
    news.barred = barred(&search.db, &row.owner).await?;
    for some in changed.chunks(AT_ONCE) {
        let (barred, among) = (news.barred.clone(), Some(some.to_vec()));
        let ask = Ask { limit: AT_ONCE, barred, among, ..news.alert.question.ask() };
        let found = search.openings(&ask).await?;
        if found.is_from_records() {
            return Ok(None);
        }
        // What has only some of the words is a guess; a page may show it, a letter does not.
        if found.notes.iter().any(|note| matches!(note, Note::Taken(Taken::Fewer { .. }))) {
            continue;
        }
        news.openings.extend(found.hits.into_iter().map(|hit| told(hit, lang)));
    }
    Ok(Some(news))
}

fn told(hit: FoundHit<FoundOpening>, lang: Lang) -> (OpeningId, Told) {
    let FoundOpening { opening, firm } = hit.record;
    let facts = firm.facts;
    let told = Told {
        title: opening.facts.title,
        firm: facts.name,
        place: format!("{}{}", facts.prefecture, facts.municipality.unwrap_or_default()),
        reasons: hit.reasons.iter().map(|reason| say_reason(reason, lang)).collect(),
        path: format!("/openings/{}", opening.id),
    };
    (opening.id, told)
}

/// Writes the letter and what it tells, in one transaction, unless another has looked meanwhile; whether there is a letter.
async fn tell(row: &AlertRow, position: i64, news: News, tools: Tools<'_>) -> Result<bool, AlertError> {
    let News { alert, barred, lang, openings } = news;
    let Some(to) = &row.to else { return Ok(false) };
    let now = tools.now_ms();
    let mut tx = tools.db.begin().await?;
    if !claim(&mut tx, row, position, tools).await? {
        return Ok(false);
    }
    let ids: Vec<OpeningId> = openings.iter().map(|(id, _)| *id).collect();
    let mut known = HashSet::new();
    let mut posted = HashSet::new();
    for some in ids.chunks(AT_ONCE) {
        known.extend(rows::known(&mut tx, &row.id, some).await?);
        // Taken down since it was found: not told, and not known either.
        let still = rows::posted(&mut tx, some).await?;
        let may = |firm: &FirmFacts| firm.may_be_named() && !barred.iter().any(|block| block.meets(firm));
        posted.extend(still.into_iter().filter(|(_, firm)| may(firm)).map(|(id, _)| id));
    }
    let is_news = |(id, _): &(OpeningId, Told)| posted.contains(id) && !known.contains(id);
    let openings: Vec<_> = openings.into_iter().filter(is_news).collect();
    if openings.is_empty() {
        tx.commit().await?;
        return Ok(false);
    }
    let ids: Vec<OpeningId> = openings.iter().map(|(id, _)| *id).collect();
    rows::know(&mut tx, &row.id, &ids, Some(now)).await?;
    let letter = Letter::Alert {
        alert: row.id.clone(),
        label: alert.label(lang),
        more: openings.len().saturating_sub(TOLD) as u64,
        told: openings.into_iter().take(TOLD).map(|(_, told)| told).collect(),
        path: address::of("/openings", &alert.question.pairs()),
    };
    let person = match &row.owner {
        Owner::Person(id) => Some(*id),
        Owner::Address(_) => None,
    };
    let to = Recipient { person, address: to.clone(), lang: row.lang.clone() };
    letters::post(&mut tx, &tools.new_id(), &letter, &to, None, now).await?;
    tx.commit().await?;
    Ok(true)
}
