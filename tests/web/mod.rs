//! Through the pages.

mod browser;
mod crawl;
mod hands;
