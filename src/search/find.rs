//! A question becomes an answer: filters are read as people type them, the index is asked, and each hit gets the
//! record behind it as the database has it now.

use std::collections::{BTreeMap, HashMap};

use migiude_index::{Answer, Cursor, Hit, Index, IndexError, Kind, Page, Query};

use super::facets::{Facet, Side};
use super::{BadFilter, Reason, Search, SearchError, Sort, Span, Taken, asked, documents, plain};
use crate::domain::{Block, Candidate, CandidateId, Firm, Opening, OpeningId, Visibility};
use crate::store::shown;

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Words; none finds everything.
    pub text: String,
    /// Names of facets with values as people type them. Several values of one facet: any of them; several facets:
    /// all of them.
    pub filters: Vec<(String, String)>,
    /// Leave out what only the desk may see.
    pub shown_only: bool,
    /// The number of hits wanted.
    pub limit: usize,
    /// Where the wanted page lies.
    pub page: Page,
    /// The order.
    pub sort: Sort,
    /// Firms that the reader and they keep from each other: their openings are left out.
    pub barred: Vec<Block>,
    /// Look at these openings alone; at all when there is no list.
    pub among: Option<Vec<OpeningId>>,
}

impl Ask {
    /// The first twenty hits that anybody may see, best first.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let (filters, barred) = (Vec::new(), Vec::new());
        let (page, sort) = (Page::First, Sort::Relevance);
        Self { text, filters, shown_only: true, limit: 20, page, sort, barred, among: None }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// How many there are on all pages.
    pub total: u64,
    /// How many of them lie before this page.
    pub start: u64,
    /// The wanted page.
    pub hits: Vec<FoundHit<T>>,
    /// Where the page begins, when there is more before it.
    pub before: Option<Cursor>,
    /// Where the page ends, when there is more behind it.
    pub after: Option<Cursor>,
    /// What one could filter by; each number is what choosing that value finds, beside the other filters.
    pub facets: Vec<FoundFacet>,
    /// What the reader should know.
    pub notes: Vec<Note>,
    /// How many changes the index has not read yet: unless it is 0, the answer may be incomplete, and says so.
    pub behind: u64,
}

/// What the reader of an answer should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// How the question was taken.
    Taken(Taken),
    /// There is no index that can be trusted at the moment: the records were looked through, less exactly.
    FromRecords,
}

impl<T> Found<T> {
    /// Whether the index was not asked.
    pub fn is_from_records(&self) -> bool {
        self.notes.contains(&Note::FromRecords)
    }
}

/// A hit and the record behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundHit<T> {
    /// Our id.
    pub id: String,
    /// The coordinator's number (募集ID, 候補者ID), or our id when there is none.
    pub key: String,
    /// The record as the database has it now.
    pub record: T,
    /// Whether people outside the desk may see it.
    pub shown: bool,
    /// The heading, with what was found marked.
    pub title: Vec<Span>,
    /// The passage where most was found.
    pub snippet: Vec<Span>,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
    /// Why it was found; [`say_reason`](super::say_reason) words them.
    pub reasons: Vec<Reason>,
}

impl<T> FoundHit<T> {
    /// The heading without marks.
    pub fn plain_title(&self) -> String {
        self.title.iter().map(|span| span.text.as_str()).collect()
    }
}

/// An opening with its firm.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundOpening {
    /// The opening.
    pub opening: Opening,
    /// The firm that posts it.
    pub firm: Firm,
}

/// A facet with the values of what was found, most first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFacet {
    /// The facet.
    pub facet: Facet,
    /// Stored values, which can be asked for as filters, and how many have them.
    pub values: Vec<(String, u64)>,
}

impl Search {
    /// Finds openings.
    ///
    /// # Errors
    /// [`SearchError::Question`] for a filter that means nothing; otherwise when the database or the index fails.
    pub async fn openings(&self, ask: &Ask) -> Result<Found<FoundOpening>, SearchError> {
        let (answer, from) = self.answer(Side::Openings, ask).await?;
        let mut found = Found::begin(Side::Openings, &answer, from);
        let ids: Vec<OpeningId> = answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
        let posted = shown::posted(&self.db, &ids).await?;
        let mut posted: HashMap<_, _> =
            posted.into_iter().map(|(opening, firm)| (opening.id.to_string(), (opening, firm))).collect();
        for hit in answer.hits {
            let Some((opening, firm)) = posted.remove(&hit.id) else {
                found.total = found.total.saturating_sub(1);
                continue;
            };
            let barred = ask.barred.iter().any(|block| block.meets(&firm.facts));
            let shown = documents::may_be_shown(&opening, &firm.facts);
            let key = opening.code.clone();
            found.add(hit, key, shown && !barred, ask.shown_only, FoundOpening { opening, firm });
        }
        Ok(found)
    }

    /// The ids of the openings that [`Search::openings`] would find, as the index has them, without their records: many
    /// cost little.
    ///
    /// # Errors
    /// As [`Search::openings`].
    pub(super) async fn opening_ids(&self, ask: &Ask) -> Result<Vec<OpeningId>, SearchError> {
        let asked = self.ask_index(Side::Openings, ask, Index::ids).await?;
        let ids = match asked {
            Some((ids, _)) => ids,
            None => self.plain(Side::Openings, ask).await?.hits.into_iter().map(|hit| hit.id).collect(),
        };
        Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
    }

    /// Finds profiles.
    ///
    /// # Errors
    /// As [`Search::openings`].
    pub async fn profiles(&self, ask: &Ask) -> Result<Found<Candidate>, SearchError> {
        let (answer, from) = self.answer(Side::Profiles, ask).await?;
        let mut found = Found::begin(Side::Profiles, &answer, from);
        let ids: Vec<CandidateId> = answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
        let candidates = shown::candidates(&self.db, &ids).await?;
        let mut candidates: HashMap<_, _> =
            candidates.into_iter().map(|candidate| (candidate.id.to_string(), candidate)).collect();
        for hit in answer.hits {
            let candidate = candidates.remove(&hit.id);
            let Some(candidate) =
                candidate.filter(|one| one.facts.more.visibility != Some(Visibility::Nobody))
            else {
                found.total = found.total.saturating_sub(1);
                continue;
            };
            let shown = candidate.facts.may_be_found();
            let key = candidate.codes.first().cloned();
            found.add(hit, key, shown, ask.shown_only, candidate);
        }
        Ok(found)
    }

    /// Up to which entry of the outbox the index has read; none while there is no index to trust.
    pub(super) async fn position(&self) -> Result<Option<i64>, SearchError> {
        let trusted = self.trusted().await?;
        Ok(trusted.map(|(index, _)| i64::try_from(index.position()).unwrap_or(i64::MAX)))
    }

    async fn answer(&self, side: Side, ask: &Ask) -> Result<(Answer, From), SearchError> {
        Ok(match self.ask_index(side, ask, Index::search).await? {
            Some((answer, behind)) => (answer, From::Index { behind }),
            None => (self.plain(side, ask).await?, From::Records),
        })
    }

    /// Asks the index, with the number of changes that it has not read yet; none when there is none to trust.
    pub(super) async fn ask_index<T: Send + 'static>(
        &self,
        side: Side,
        ask: &Ask,
        how: fn(&Index, &Query) -> Result<T, IndexError>,
    ) -> Result<Option<(T, u64)>, SearchError> {
        // Side by side: neither has to wait for the other.
        let (trusted, own_words) = tokio::try_join!(self.trusted(), self.own_words())?;
        let Some((mut index, behind)) = trusted else { return Ok(None) };
        let query = query(side, ask, |facet| index.values(facet.name()))?;
        if let Some(table) = own_words {
            index = index.with_synonyms(table);
        }
        match asked(&index, query, how).await {
            Ok(answer) => Ok(Some((answer, behind))),
            // Reading what is damaged may end in any way.
            Err(cause @ (SearchError::Index(_) | SearchError::Interrupted)) => {
                self.doubt(&cause);
                Ok(None)
            }
            Err(cause) => Err(cause),
        }
    }

    /// Looks through the records.
    async fn plain(&self, side: Side, ask: &Ask) -> Result<Answer, SearchError> {
        let mut taken = query(side, ask, |_| Vec::new())?;
        let _turn = self.readings.acquire().await.map_err(|_| SearchError::Interrupted)?;
        let named = ask.filters.iter().filter_map(|(name, _)| Facet::named(name));
        let open: Vec<Facet> = named.filter(|facet| facet.is_open()).collect();
        if !open.is_empty() {
            let values = plain::values(&self.db, taken.kind, ask.shown_only, &open).await?;
            let of = |facet: Facet| values.get(facet.name()).into_iter().flatten().cloned().collect();
            taken = query(side, ask, of)?;
        }
        plain::answer(&self.db, taken).await
    }
}

/// Who answered.
#[derive(Clone, Copy)]
enum From {
    Index { behind: u64 },
    Records,
}

/// A question as the index takes it; `present` are the values that a facet has.
fn query(side: Side, ask: &Ask, present: impl Fn(Facet) -> Vec<String>) -> Result<Query, BadFilter> {
    let kind = match side {
        Side::Openings => Kind::Opening,
        Side::Profiles => Kind::Profile,
    };
    Ok(Query {
        kind,
        text: ask.text.clone(),
        filters: read_filters(side, &ask.filters, present)?,
        without: ask.barred.iter().map(Block::key).collect(),
        among: ask.among.as_ref().map(|ids| ids.iter().map(OpeningId::to_string).collect()),
        shown_only: ask.shown_only,
        limit: ask.limit,
        page: ask.page.clone(),
        sort: ask.sort,
    })
}

impl<T> Found<T> {
    fn begin(side: Side, answer: &Answer, from: From) -> Self {
        let (behind, note) = match from {
            From::Index { behind } => (behind, None),
            From::Records => (0, Some(Note::FromRecords)),
        };
        let of = |facet: &Facet| {
            let (_, values) = answer.facets.iter().find(|(name, _)| name == facet.name())?;
            Some(FoundFacet { facet: *facet, values: values.clone() })
        };
        let facets = side.facets().iter().filter_map(of).collect();
        Self {
            total: answer.total,
            start: answer.start,
            hits: Vec::new(),
            before: answer.before.clone(),
            after: answer.after.clone(),
            facets,
            notes: note.into_iter().chain(answer.notes.iter().cloned().map(Note::Taken)).collect(),
            behind,
        }
    }

    /// Adds a hit, unless it may not be seen any more: the database is ahead of the index.
    fn add(&mut self, hit: Hit, key: Option<String>, shown: bool, shown_only: bool, record: T) {
        if shown_only && !shown {
            self.total = self.total.saturating_sub(1);
            return;
        }
        let Hit { id, title, snippet, score, reasons } = hit;
        let key = key.unwrap_or_else(|| id.clone());
        self.hits.push(FoundHit { id, key, record, shown, title, snippet, score, reasons });
    }
}

type Values = Vec<(String, Vec<String>)>;

fn read_filters(
    side: Side,
    asked: &[(String, String)],
    present: impl Fn(Facet) -> Vec<String>,
) -> Result<Values, BadFilter> {
    let mut filters: BTreeMap<Facet, Vec<String>> = BTreeMap::new();
    for (name, value) in asked {
        let facet = Facet::named(name).filter(|facet| side.facets().contains(facet));
        let facet = facet.ok_or_else(|| BadFilter::Name { name: name.clone(), side })?;
        let known = if facet.is_open() { present(facet) } else { Vec::new() };
        let read = facet.read(value, side, &known);
        let read = read.ok_or_else(|| BadFilter::Value { facet, value: value.clone(), side })?;
        filters.entry(facet).or_default().extend(read);
    }
    Ok(filters.into_iter().map(|(facet, values)| (facet.name().to_owned(), values)).collect())
}
