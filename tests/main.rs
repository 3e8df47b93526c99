//! The one integration binary: the house from outside, through its doors.

#![allow(clippy::panic, reason = "a test fails by panicking")]

mod cli;
mod house;
mod stories;
mod tidy;
mod web;
