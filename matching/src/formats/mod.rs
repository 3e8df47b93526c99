//! Market files that other tools read and write: text in, text out, the callers open files.
//!
//! Every reader gives a [`Listing`]: what the file says, in the file's order, before it is a market. Reading
//! refuses a malformed line or member and says where it stands; [`Listing::market`] then drops and reports what
//! only one side lists.

pub mod caps;
pub mod glasgow;
pub mod json;
pub mod names;
pub mod pairs;
pub mod result;
pub mod suite;

use thiserror::Error;

use crate::caps::RegionsError;
pub use crate::couples::Couple;
use crate::couples::{CoupledMarket, CouplesError};
use crate::market::{Market, MarketBuilder, MarketError, Side};
pub use names::Names;

/// What a market file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The candidates' keys, in the order of the market.
    pub candidates: Names,
    /// The openings' keys, in the order of the market.
    pub openings: Names,
    /// Quotas and lists, by number.
    pub lists: MarketBuilder,
    /// Pairs of candidates who only move together; they have no list of their own.
    pub couples: Vec<Couple>,
    /// How many openings each candidate may have; empty when all may have one.
    pub slots: Vec<u32>,
    /// How many of an opening's days each candidate takes, and quotas count days; empty when all take one. At most
    /// one of `slots` and `days` is not empty.
    pub days: Vec<u32>,
}

impl Listing {
    /// The market of the lists; couples, slots and days are left aside.
    ///
    /// # Errors
    /// As [`MarketBuilder::build`]; what a reader gave can only fail by its size.
    pub fn market(&self) -> Result<Market, MarketError> {
        self.lists.clone().build()
    }

    /// The market of the lists and the couples.
    ///
    /// # Errors
    /// As [`CoupledMarket::new`]; what a reader gave can only fail by its size.
    pub fn coupled_market(&self) -> Result<CoupledMarket, CouplesError> {
        CoupledMarket::new(&self.lists, self.couples.clone())
    }
}

/// Why a file was refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {fault}")]
pub struct FormatError {
    /// Where in the file.
    pub place: Place,
    /// What is wrong there.
    pub fault: Fault,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A line, from 1.
    Line(usize),
    /// A member of a JSON document, like `candidates."C-1"`.
    Member(String),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Member(path) => f.write_str(path),
        }
    }
}

/// What is wrong at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// Not JSON, or not of the shape asked for.
    #[error("{0}")]
    Json(String),
    /// A whole number was expected.
    #[error("`{0}` is not a whole number from 0 to 4294967295")]
    NotANumber(String),
    /// A line with a count holds something else beside it.
    #[error("expected one number, the count of {0}s, and nothing else")]
    NotACount(Side),
    /// The file has too few lines for the counts in its head.
    #[error("expected {expected} lines of candidates and openings, found {found}")]
    TooFewLines {
        /// Lines the head promises.
        expected: u64,
        /// Lines there are.
        found: usize,
    },
    /// A line after the last one promised.
    #[error("one line more than the counts of candidates and openings promise")]
    ExtraLine,
    /// An opening's line without a quota.
    #[error("an opening needs an id and a quota")]
    NoQuota,
    /// A line without an id.
    #[error("the id is missing")]
    NoId,
    /// An id that names nobody.
    #[error("there is no {side} `{id}`")]
    Unknown {
        /// The side it should belong to.
        side: Side,
        /// The id as written.
        id: String,
    },
    /// The same agent described twice.
    #[error("{side} `{id}` is described twice")]
    AgentTwice {
        /// Its side.
        side: Side,
        /// The id as written.
        id: String,
    },
    /// A list names the same partner twice.
    #[error("`{0}` is listed twice")]
    EntryTwice(String),
    /// A tie inside a tie.
    #[error("a tie cannot hold a tie")]
    NestedTie,
    /// `(` without `)`, or `)` without `(`.
    #[error("the parentheses of a tie do not match")]
    UnmatchedTie,
    /// A tie of nobody.
    #[error("a tie needs at least one entry")]
    EmptyTie,
    /// A suite line that starts with another letter.
    #[error("a line starts with r (candidate), c (couple) or p (opening), not with `{0}`")]
    UnknownLine(String),
    /// A couple's joint list with half a pair.
    #[error("a couple needs two members and pairs of openings")]
    HalfPair,
    /// A couple's joint choice of nothing at all.
    #[error("a joint choice needs at least one opening")]
    EmptyPair,
    /// The same joint choice twice.
    #[error("the same joint choice is listed twice")]
    PairTwice,
    /// A couple's member with a list of its own.
    #[error("`{0}` is member of a couple and has a list of its own")]
    MemberWithList(String),
    /// A couple's member with slots or days.
    #[error("`{0}` is member of a couple and cannot have slots or days")]
    MemberWithSize(String),
    /// Some candidates with slots and some with days.
    #[error("a file has slots or days, not both")]
    SlotsAndDays,
    /// Slots or days in a file with couples.
    #[error("a file has couples, or slots or days, not both")]
    CouplesAndSizes,
    /// A candidate that takes no days.
    #[error("a candidate takes at least one day")]
    NoDays,
    /// A candidate in two couples, or twice in one.
    #[error("`{0}` is member of a couple twice")]
    MemberTwice(String),
    /// Regional rules that cannot be.
    #[error("{}", why.told(&|_| format!("opening `{opening}`")))]
    Rules {
        /// Why.
        why: RegionsError,
        /// The key of the opening that it is about; empty when it is about none.
        opening: String,
    },
}

impl Fault {
    fn at_line(self, line: usize) -> FormatError {
        FormatError { place: Place::Line(line), fault: self }
    }

    fn at_member(self, path: String) -> FormatError {
        FormatError { place: Place::Member(path), fault: self }
    }
}

/// Why a listing cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WriteError {
    /// The format has no words for couples.
    #[error("this format cannot hold couples")]
    Couples,
    /// The format has no words for slots or days.
    #[error("this format cannot hold slots or days")]
    Sizes,
    /// The format has no words for ties.
    #[error("this format cannot hold ties")]
    Ties,
    /// A key that the format would read as something else.
    #[error("this format cannot hold the key `{0}`")]
    Key(String),
}

impl Listing {
    /// Refuses slots and days for a format that has no words for them.
    fn check_no_sizes(&self) -> Result<(), WriteError> {
        let ones = |sizes: &[u32]| sizes.iter().all(|&size| size == 1);
        if ones(&self.slots) && ones(&self.days) { Ok(()) } else { Err(WriteError::Sizes) }
    }
}

/// Tells whether a list names a partner again; one for each side that is read.
struct Repeats {
    last: Vec<u32>,
}

impl Repeats {
    fn among(partners: usize) -> Self {
        Self { last: vec![u32::MAX; partners] }
    }

    /// Whether `agent`, who comes after all agents asked about before, names `entry` again.
    fn again(&mut self, agent: u32, entry: u32) -> bool {
        std::mem::replace(&mut self.last[entry as usize], agent) == agent
    }
}

/// Refuses a couple's list with a choice of nothing, or the same choice twice.
fn check_joint_list(list: &[[Option<u32>; 2]]) -> Result<(), Fault> {
    if list.contains(&[None, None]) {
        return Err(Fault::EmptyPair);
    }
    let mut sorted = list.to_vec();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| pair[0] == pair[1]) { Err(Fault::PairTwice) } else { Ok(()) }
}

/// The lines that say something, numbered from 1, without comments.
fn telling_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    (1..).zip(lines).filter(|(_, line)| !line.is_empty())
}

/// A number written with digits alone.
fn number(text: &str) -> Result<u32, Fault> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| Fault::NotANumber(text.to_owned()))
}
