//! Through the pages.

mod browser;
