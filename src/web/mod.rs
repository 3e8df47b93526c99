//! The door for browsers: pages in Japanese and English, drawn by the server, whole without JavaScript.
//!
//! [`router`](router()) is the table of contents; a page is one file and the template of the same name. `shell` is what all
//! pages share: layout, language, errors, cookies, headers. Not useful for programs: they use the command line.

mod account;
mod alerts;
mod firm;
mod me;
mod messages;
mod op;
mod partner;
pub mod policy;
mod public;
mod ranking;
mod result;
mod router;
mod samples;
mod secretariat;
mod serve;
mod shell;
mod talks;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::accounts::{Chance, Tools};
use crate::clock::Clock;
use crate::search::Search;
use crate::store::Db;

pub use router::router;
pub use serve::serve;

/// What the pages need. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The database.
    pub db: Db,
    /// The index of openings and profiles.
    pub search: Search,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Where secrets come from.
    pub chance: Arc<dyn Chance>,
    /// A proxy that speaks TLS stands in front: cookies are for encrypted connections alone.
    pub https: bool,
    /// The address under which browsers reach us, without a slash at the end: letters and passkeys name it.
    pub origin: Arc<str>,
}

impl Web {
    /// What a workroom writes with.
    pub fn tools(&self) -> Tools<'_> {
        Tools { db: &self.db, clock: &*self.clock, chance: &*self.chance }
    }
}
