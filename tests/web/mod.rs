//! Through the pages.

mod browser;
mod desk;
mod ranking;
