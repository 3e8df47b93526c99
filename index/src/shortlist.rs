//! Documents whose texts resemble a given text, for shortlists.
//!
//! Not for hard conditions (region, days, pay): those are compared in memory, for all pairs. No phrases, no synonyms: in
//! a batch they cost more than everything else.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, Query as Clause, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::analysis::{Role, analyse};
use crate::clause;
use crate::collect::Collect;
use crate::document::Kind;
use crate::search::{id_of, page};
use crate::snapshot::{Index, IndexError};

/// Terms of a text that are asked: the ten that say most.
const MAX_TERMS: usize = 10;
/// Characters of a text that are read.
const MAX_CHARS: usize = 10_000;

impl Index {
    /// The documents of a kind, shown or not, most like the text in their words: at most `limit` of them with their
    /// scores, best first, equals by id. The text's terms are weighed by how often it has them and how rare they are in
    /// the index; the ten heaviest are asked.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn similar(
        &self,
        kind: Kind,
        terms_text: &str,
        limit: usize,
    ) -> Result<Vec<(String, f32)>, IndexError> {
        let live = self.live()?;
        let (searcher, fields) = (live.reader.searcher(), live.fields);
        let asked_fields = [fields.strong_words, fields.title_words, fields.text_words];
        let text = terms_text.char_indices().nth(MAX_CHARS).map_or(terms_text, |(at, _)| &terms_text[..at]);
        let mut frequencies: BTreeMap<String, u32> = BTreeMap::new();
        for token in analyse(text).tokens.into_iter().filter(|token| token.role == Role::Noun) {
            *frequencies.entry(token.term).or_default() += 1;
        }
        let documents = searcher.num_docs() as f64;
        let mut weighed = Vec::new();
        for (term, frequency) in frequencies {
            let mut holders = 0;
            for field in asked_fields {
                holders = holders.max(searcher.doc_freq(&Term::from_field_text(field, &term))?);
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
        let scope = clause::filter([fields.scope_of(kind, false)]);
        let asked = clause::all_of(vec![scope, Box::new(BooleanQuery::new(clauses))]);
        let found = searcher.search(&asked, &Collect { facets: false })?;
        let ranked = page(&searcher, found.documents, false, 0, limit)?;
        let scored = |scored: &crate::collect::Scored| {
            Ok((id_of(&searcher, scored.address)?, scored.score as f32 / 1000.0))
        };
        ranked.iter().map(scored).collect()
    }
}
