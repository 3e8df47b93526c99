//! An opening on its way to the public: written step by step, checked by law, approved by the desk, shown, confirmed every
//! month, and taken down at once.
//!
//! What is typed is kept as typed; facts are read from it when it is published. `openings.blocks` is the one gate of
//! visibility: page, feed, structured data and index look at nothing else.

mod adopt;
mod check;
mod corrected;
mod ended;
mod error;
mod fields;
mod finding;
mod lifecycle;
pub mod openness;
mod posting;
mod saving;
mod status;
#[cfg(test)]
mod tests;
mod wages;

use std::collections::BTreeMap;

pub use adopt::{adopt, form_of, imported};
pub use check::{Checked, check};
pub use ended::has_ended;
pub use error::PostingError;
pub use fields::{FIELDS, Of, Shape, Spec, Step, asked, contract_of, spec};
pub use finding::{Finding, Grade};
pub use lifecycle::{
    approve, close, confirm, expire_stale, give_back, publish_due, start, submit, unpublish,
};
pub use posting::{Posting, Queued, Stage, Version, find, of_firm, queue, versions};
pub use saving::{keep, save};

/// The fields of an opening as typed.
pub type Form = BTreeMap<String, String>;
