//! The one integration binary: the house from outside, through its doors.

mod cli;
mod house;
mod stories;
mod tidy;
mod web;
