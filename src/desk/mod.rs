//! The operators' own work: cases with stage, next step and notes, the succession questionnaire, entries by proxy with the
//! confirmation on record, templates and letters to many, and everything out as a sheet.

mod error;
pub mod post;

pub use error::{DeskError, Fault};
