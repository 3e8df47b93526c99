//! Documents whose texts resemble a given text, for shortlists.
//!
//! Not for hard conditions (region, days, pay): those are compared in memory, for all pairs. No phrases, no synonyms: in
//! a batch they cost more than everything else. A batch asks one commit of the index, whose ids are read once: looking
//! them up hit by hit would take longer than finding the hits.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tantivy::query::{BooleanQuery, Occur, Query as Clause, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, TantivyError, Term};

use crate::analysis::{Role, analyse};
use crate::clause;
use crate::collect::Collect;
use crate::document::Kind;
use crate::schema::{Fields, ID};
use crate::snapshot::{Index, IndexError};

/// Terms of a text that are asked: the ten that say most.
const MAX_TERMS: usize = 10;
/// Characters of a text that are read.
const MAX_CHARS: usize = 10_000;

/// One commit of the index, made ready to be asked for many texts. Threads may share it.
pub struct Similar {
    searcher: Searcher,
    fields: Fields,
    /// In order.
    ids: Vec<String>,
    /// For each segment and document, the place of its id.
    places: Vec<Vec<u32>>,
}

impl Index {
    /// The last commit, made ready for [`Similar::to`].
    ///
    /// # Errors
    /// As [`Index::search`]. Cost: reads all ids.
    pub fn similarity(&self) -> Result<Similar, IndexError> {
        let live = self.live()?;
        let searcher = live.reader.searcher();
        let mut by_segment = Vec::new();
        for segment in searcher.segment_readers() {
            by_segment.push(ids_of(segment)?);
        }
        let mut ids: Vec<String> = by_segment.iter().flatten().cloned().collect();
        ids.sort_unstable();
        ids.dedup();
        let place = |id: &String| ids.binary_search(id).unwrap_or_default() as u32;
        let places = by_segment.iter().map(|segment| segment.iter().map(place).collect()).collect();
        Ok(Similar { searcher, fields: live.fields, ids, places })
    }

    /// [`Similar::to`] for a single text.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn similar(
        &self,
        kind: Kind,
        terms_text: &str,
        limit: usize,
    ) -> Result<Vec<(String, f32)>, IndexError> {
        let similarity = self.similarity()?;
        let found = similarity.to(kind, terms_text, limit)?;
        Ok(found.into_iter().map(|(id, score)| (id.to_owned(), score)).collect())
    }
}

impl Similar {
    /// The documents of a kind, shown or not, most like the text in their words: at most `limit` of them with their
    /// scores, best first, equals by id. The text's terms are weighed by how often it has them and how rare they are in
    /// the index; the ten heaviest are asked.
    ///
    /// # Errors
    /// [`IndexError::Library`] when the index cannot be read any more.
    pub fn to(&self, kind: Kind, text: &str, limit: usize) -> Result<Vec<(&str, f32)>, IndexError> {
        let asked_fields = [self.fields.strong_words, self.fields.title_words, self.fields.text_words];
        let text = text.char_indices().nth(MAX_CHARS).map_or(text, |(at, _)| &text[..at]);
        let mut frequencies: BTreeMap<String, u32> = BTreeMap::new();
        for token in analyse(text).tokens.into_iter().filter(|token| token.role == Role::Noun) {
            *frequencies.entry(token.term).or_default() += 1;
        }
        let documents = self.searcher.num_docs() as f64;
        let mut weighed = Vec::new();
        for (term, frequency) in frequencies {
            let mut holders = 0;
            for field in asked_fields {
                holders = holders.max(self.searcher.doc_freq(&Term::from_field_text(field, &term))?);
            }
            if holders > 0 {
                let rarity = (1.0 + documents / holders as f64).ln();
                weighed.push((f64::from(frequency).sqrt() * rarity, term));
            }
        }
        // Stable, and the terms come in their own order: equals never change places.
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
        let terms = weighed.into_iter().take(MAX_TERMS).map(|(_, term)| term);
        let clauses: Vec<(Occur, Box<dyn Clause>)> = terms
            .flat_map(|term| asked_fields.map(|field| Term::from_field_text(field, &term)))
            .map(|term| -> (Occur, Box<dyn Clause>) {
                (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
            })
            .collect();
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        let scope = clause::filter([self.fields.scope_of(kind, false)]);
        let asked = clause::all_of(vec![scope, Box::new(BooleanQuery::new(clauses))]);
        let found = self.searcher.search(&asked, &Collect { facets: false })?.documents;
        let place = |address: tantivy::DocAddress| -> Option<u32> {
            self.places.get(address.segment_ord as usize)?.get(address.doc_id as usize).copied()
        };
        let mut ranked: Vec<(Reverse<i64>, u32)> =
            found.iter().filter_map(|scored| Some((Reverse(scored.score), place(scored.address)?))).collect();
        if limit < ranked.len() {
            ranked.select_nth_unstable(limit);
            ranked.truncate(limit);
        }
        ranked.sort_unstable();
        let named = ranked.into_iter().filter_map(|(Reverse(score), place)| {
            Some((self.ids.get(place as usize)?.as_str(), score as f32 / 1000.0))
        });
        Ok(named.collect())
    }
}

/// The ids of all documents of a segment, by their column.
fn ids_of(segment: &tantivy::SegmentReader) -> Result<Vec<String>, IndexError> {
    let count = segment.max_doc();
    let Some(column) = segment.fast_fields().str(ID)? else { return Ok(Vec::new()) };
    let mut names = vec![String::new(); column.num_terms()];
    for (name, term) in names.iter_mut().zip(0..) {
        column.ord_to_str(term, name).map_err(TantivyError::from)?;
    }
    let name = |document| {
        let term = column.term_ords(document).next().and_then(|term| names.get(usize::try_from(term).ok()?));
        term.cloned().unwrap_or_default()
    };
    Ok((0..count).map(name).collect())
}
