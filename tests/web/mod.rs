//! Through the pages.

mod browser;
mod desk;
mod profile;
mod ranking;
