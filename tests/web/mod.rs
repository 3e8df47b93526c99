//! Through the pages.

mod browser;
mod crawl;
mod desk;
mod fitting;
mod hands;
mod passkey;
mod people;
mod profile;
mod ranking;
mod search;
mod typing;
