//! Words that mean the same at this desk: 帳場さん for 番頭. They are added to what the search knows by itself, for whoever asks next;
//! no index is made anew for them.

use std::collections::HashSet;
use std::sync::PoisonError;

use migiude_index::{Synonyms, normalise};
use unicode_normalization::UnicodeNormalization;

use super::{Search, SearchError, blocking, places};
use crate::accounts::{Operator, Tools};
use crate::store::journal::{self, Entry};
use crate::store::words::{self as rows, WordsRow};
use crate::store::{Db, StoreError};
use crate::texts::Lang;

/// Lists that a desk may keep, words of one list, and characters of a word.
const MOST_LISTS: usize = 200;
const MOST_WORDS: usize = 20;
const LONGEST: usize = 40;
/// Choices that [`history`] tells.
const TOLD: i64 = 20;

/// Lists of words; those of a list mean the same.
pub type Lists = Vec<Vec<String>>;

/// The words in force, and since when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// What means the same.
    pub lists: Lists,
    /// Counts the choices; 0 when nobody ever made one.
    pub version: i64,
    /// When and by whom they were set.
    pub set: Option<(i64, String)>,
}

/// What is wrong with lines of words; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadWords {
    /// More lines than [`MOST_LISTS`].
    TooMany,
    /// One word alone means the same as nothing.
    Alone(usize),
    /// More than [`MOST_WORDS`] in a line.
    Long(usize),
    /// A word of too many characters, or of signs alone.
    NoWord(usize, String),
    /// A word stands in two lines.
    Twice(usize, String),
    /// Two words that the law or the programme keeps apart.
    Apart(usize, String, String),
}

impl BadWords {
    /// What, where, and what to do.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::TooMany => lang.say_with("words-too-many", &[("most", &MOST_LISTS)]),
            Self::Alone(line) => lang.say_with("words-alone", &[("line", line)]),
            Self::Long(line) => lang.say_with("words-long", &[("line", line), ("most", &MOST_WORDS)]),
            Self::NoWord(line, word) => {
                lang.say_with("words-no-word", &[("line", line), ("word", word), ("most", &LONGEST)])
            }
            Self::Twice(line, word) => lang.say_with("words-twice", &[("line", line), ("word", word)]),
            Self::Apart(line, one, other) => {
                lang.say_with("words-apart", &[("line", line), ("one", one), ("other", other)])
            }
        }
    }
}

/// Why words were not set.
#[derive(Debug, thiserror::Error)]
pub enum WordsNotSet {
    /// Somebody else set others meanwhile.
    #[error("somebody else set others meanwhile")]
    Conflict,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a list a line, its words with commas between them.
///
/// # Errors
/// The first thing that is wrong.
pub fn read_lists(typed: &str) -> Result<Lists, BadWords> {
    let table = places::table();
    let mut lists = Lists::new();
    let mut seen = HashSet::new();
    for (number, line) in (1..).zip(typed.lines()) {
        let words = line.split(['、', ',', '，']).map(|word| word.nfkc().collect::<String>());
        let words: Vec<String> =
            words.map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            continue;
        }
        let is_word = |word: &str| word.chars().count() <= LONGEST && word.chars().any(char::is_alphanumeric);
        if let Some(bad) = words.iter().find(|word| !is_word(word)) {
            return Err(BadWords::NoWord(number, bad.clone()));
        }
        if let Some(again) = words.iter().find(|word| !seen.insert(normalise(word))) {
            return Err(BadWords::Twice(number, again.clone()));
        }
        match words.len() {
            1 => return Err(BadWords::Alone(number)),
            2..=MOST_WORDS => {}
            _ => return Err(BadWords::Long(number)),
        }
        if let Some((one, other)) = table.kept_apart(&words) {
            return Err(BadWords::Apart(number, one.to_owned(), other.to_owned()));
        }
        lists.push(words);
    }
    if lists.len() > MOST_LISTS { Err(BadWords::TooMany) } else { Ok(lists) }
}

/// The latest choices, the one in force first.
///
/// # Errors
/// The database's.
pub async fn history(db: &Db) -> Result<Vec<OwnWords>, StoreError> {
    rows::latest(&mut db.begin_reading().await?, TOLD).await?.iter().map(read).collect()
}

/// Sets what means the same, by who began from `version`. The same lists again are set once.
///
/// # Errors
/// [`WordsNotSet::Conflict`].
pub async fn set_words(
    operator: &Operator,
    lists: &Lists,
    version: i64,
    tools: Tools<'_>,
) -> Result<(), WordsNotSet> {
    let mut tx = tools.db.begin().await?;
    let now = rows::latest(&mut tx, 1).await?.first().map(read).transpose()?.unwrap_or_default();
    if now.lists == *lists {
        return Ok(());
    }
    let row = WordsRow {
        version: version + 1,
        words: serde_json::to_string(lists).expect("texts become JSON"),
        set_at: tools.now_ms(),
        set_by: operator.name().to_owned(),
    };
    if now.version != version || !rows::add(&mut tx, &row).await? {
        return Err(WordsNotSet::Conflict);
    }
    let entry = Entry {
        at: row.set_at,
        person: operator.person(),
        acted_as: operator.acts_as().to_owned(),
        action: "words.set".to_owned(),
        subject_kind: "words".to_owned(),
        subject: row.version.to_string(),
        facts: row.words,
    };
    journal::add(&mut tx, &entry).await?;
    Ok(tx.commit().await?)
}

impl Search {
    /// What means the same at this desk, beside the rest; none when the desk has said nothing. Cost: one statement; after a change,
    /// cutting the new words once.
    pub(super) async fn own_words(&self) -> Result<Option<Synonyms>, SearchError> {
        let Some(row) = rows::in_force(&self.db).await? else { return Ok(None) };
        let kept = self.words.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, table)) = kept.filter(|(version, _)| *version == row.version) {
            return Ok(Some(table));
        }
        let lists = read(&row)?.lists;
        let table = blocking(move || Ok(places::table().extended(&lists))).await?;
        *self.words.write().unwrap_or_else(PoisonError::into_inner) = Some((row.version, table.clone()));
        Ok(Some(table))
    }
}

/// The words of one choice of the desk, cut.
pub(super) type Cut = Option<(i64, Synonyms)>;

fn read(row: &WordsRow) -> Result<OwnWords, StoreError> {
    let lists = serde_json::from_str(&row.words)
        .map_err(|cause| StoreError::damaged("words", &row.version.to_string(), cause))?;
    Ok(OwnWords { lists, version: row.version, set: Some((row.set_at, row.set_by.clone())) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_list_of_words_that_mean_the_same() {
        let lists = read_lists("番頭、帳場さん\n\n 湯守 ，　湯もり,湯番 \n").unwrap();
        assert_eq!(lists, [vec!["番頭", "帳場さん"], vec!["湯守", "湯もり", "湯番"]]);
        assert_eq!(read_lists(""), Ok(Lists::new()));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let long = "湯".repeat(41);
        let many = (0..21).map(|number| format!("語{number}")).collect::<Vec<_>>().join("、");
        for (typed, bad) in [
            ("番頭".to_owned(), BadWords::Alone(1)),
            ("湯守、湯番\n番頭、！！".to_owned(), BadWords::NoWord(2, "!!".to_owned())),
            (format!("湯守、{long}"), BadWords::NoWord(1, long.clone())),
            ("湯守、湯番\n湯番、湯もり".to_owned(), BadWords::Twice(2, "湯番".to_owned())),
            ("ＹＵ、yu".to_owned(), BadWords::Twice(1, "yu".to_owned())),
            ("派遣、出向".to_owned(), BadWords::Apart(1, "派遣".to_owned(), "出向".to_owned())),
            (many, BadWords::Long(1)),
        ] {
            assert_eq!(read_lists(&typed), Err(bad.clone()), "{typed}");
            assert!(!bad.say(Lang::Ja).is_empty());
        }
        let lines = (0..201).map(|number| format!("語{number}、言{number}\n")).collect::<String>();
        assert_eq!(read_lists(&lines), Err(BadWords::TooMany));
    }
}
