//! Through the pages.

mod browser;
mod crawl;
mod desk;
mod hands;
mod people;
mod profile;
mod ranking;
mod typing;
