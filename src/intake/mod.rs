//! Coordinators' spreadsheets in, rejected rows back out.
//!
//! Four steps: [`gather`] reads the bytes, [`open`] finds each sheet's encoding, kind and header, [`plan`] thinks:
//! what the rows mean, whom they speak of, what is to be written and what has to be said; and [`take_in`] acts, in one
//! transaction over [`Plan::changes`].
//!
//! The convention that every rule here follows, section by section, is the coordinators' import convention; `§` in
//! comments means its sections.
//!
//! Useful for: anything that arrives as a sheet. Not useful for: single records from a form or an API (`board`), or
//! deciding whether an opening may be published (`board`; here its blocks are only written down).

mod cells;
mod code;
mod columns;
mod content;
mod encoding;
mod files;
mod found;
mod header;
mod identity;
mod kinds;
mod lexer;
mod log;
mod patch;
mod plan;
mod rejects;
mod relations;
mod report;
mod row;
mod sheet;
mod take_in;
mod workbook;

#[cfg(test)]
mod tests;

pub use code::{Code, Level};
pub use files::{Gathered, RawFile, gather};
pub use kinds::Kind;
pub use plan::{Plan, plan};
pub use rejects::Rejects;
pub use report::{FileReport, Note, Problem, Report};
pub use sheet::{Refusal, Refused, Sheet, Why, open};
pub use take_in::{rehearse, take_in};
