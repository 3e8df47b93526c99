//! Through the pages.

mod browser;
mod crawl;
mod desk;
mod hands;
mod profile;
mod ranking;
mod typing;
