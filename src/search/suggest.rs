//! How the word that somebody is typing may go on.

use migiude_index::Index;

use super::{Ask, Search, SearchError, Side, Suggestion};
use crate::domain::Block;

/// Suggestions that can be read at a glance.
const MOST: usize = 8;

impl Search {
    /// Ways of ending the last of the words, those that most openings have first. Only openings that the reader may see count:
    /// without those of firms that are barred. Nothing is suggested while there is no index.
    ///
    /// # Errors
    /// As [`Search::openings`].
    pub async fn suggest(&self, words: &str, barred: &[Block]) -> Result<Vec<Suggestion>, SearchError> {
        let ask = Ask { barred: barred.to_vec(), limit: MOST, ..Ask::new(words) };
        let found = self.ask_index(Side::Openings, &ask, Index::suggest).await?;
        Ok(found.map(|(ways, _)| ways).unwrap_or_default())
    }
}
