//! The operators' own work: cases with stage, next step and notes, the succession questionnaire, entries by proxy with the
//! confirmation on record, templates and letters to many, and everything out as a sheet.

pub mod cases;
pub mod confirmations;
pub mod diagnosis;
mod error;
pub mod export;
pub mod figures;
pub mod letters;
pub mod placeholders;
pub mod post;
pub mod sheets;
pub mod uploads;

pub use error::{DeskError, Fault};
