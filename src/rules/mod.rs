//! Dated rules of law and of the programme: tables beside the code and the small readers that apply them.
//!
//! Useful for: what is a prefecture or a municipality, is this corporate number sound, are these two names
//! the same, may this sentence stand in a job offer, is this wage lawful on that day. Not useful for: who
//! may do what (accounts), what a spreadsheet cell means (intake), or anything that needs a clock or a store.
//!
//! The tables are explained in `data/README.md`.

pub mod age_sex;
pub mod corporate_number;
pub mod disclosure;
pub mod employment;
pub mod municipalities;
pub mod prefectures;
pub mod variants;
pub mod wage;
pub mod wording;

mod phrases;
mod table;
