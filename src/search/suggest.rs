//! How the word that somebody is typing may go on.

use migiude_index::{Index, Kind, Query};

use super::{Search, SearchError, Suggestion};
use crate::domain::Block;

/// Suggestions that can be read at a glance.
const MOST: usize = 8;

impl Search {
    /// Ways of ending the last of the words, those that most openings have first. Only openings that the reader may see count:
    /// without those of firms that are barred.
    ///
    /// # Errors
    /// As [`Search::openings`].
    pub async fn suggest(&self, words: &str, barred: &[Block]) -> Result<Vec<Suggestion>, SearchError> {
        let without = barred.iter().map(Block::key).collect();
        let query = Query { without, limit: MOST, ..Query::new(Kind::Opening, words) };
        self.ask_index(&query, Index::suggest).await
    }
}
