//! What a score takes for granted about the rest of the collection.
//!
//! BM25 weighs a term by how rare it is among all documents, counting deleted ones until segments merge, and a document
//! by how long the others are. With figures that never change, a document's score depends on the question and on itself
//! alone: the pages of a list fit together whatever is posted in the meantime, and every copy of the index gives the
//! same order. What is lost is little: a document must have all the words that were asked, so that rarity has nothing to
//! decide between documents.

use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;

use crate::schema::Fields;

/// Documents, and those of them that have any one term.
const DOCUMENTS: u64 = 1_000;
const HOLDERS: u64 = 20;
/// Terms of a title or of all short texts, and of a narrative, as openings have them.
const OF_HEADING: u64 = 15;
const OF_TEXT: u64 = 150;
/// Marks are not weighed by their number.
const OF_MARKS: u64 = 1;

pub(crate) struct Fixed(pub Fields);

impl Bm25StatisticsProvider for Fixed {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let of_one = match field {
            field if field == self.0.text_words => OF_TEXT,
            field if field == self.0.heading_marks || field == self.0.text_marks => OF_MARKS,
            _ => OF_HEADING,
        };
        Ok(of_one * DOCUMENTS)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(DOCUMENTS)
    }

    fn doc_freq(&self, _: &Term) -> tantivy::Result<u64> {
        Ok(HOLDERS)
    }
}
