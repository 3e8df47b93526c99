//! What firms and candidates put up and say to each other before any round: openings on their way to publication, profiles
//! and consents, applications, talks and visits, and the rank-order lists that both sides certify.
//!
//! Every write asks for the permission as a value and is one transaction with its letters, its journal entry and the
//! outbox. Not useful for what coordinators bring as sheets (`intake`) nor for what a round makes of lists (`rounds`).

pub mod applications;
pub mod consents;
pub mod firms;
pub mod interviews;
pub mod postings;
pub mod profiles;
pub mod proposals;
pub mod rankings;
pub mod threads;
pub mod visits;
