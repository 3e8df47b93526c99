//! Through the pages.

mod browser;
mod ranking;
