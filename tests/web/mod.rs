//! Through the pages.

mod browser;
mod crawl;
mod hands;
mod desk;
mod ranking;
