//! The harness: towns on either engine, the real binary, a server and a browser.
//!
//! Useful for telling a story through the doors: the command line and the pages. Not useful for looking into the
//! tables: what only a table can show is tested in its room. Nothing here sleeps blindly; where another process
//! must get ready, its own word is awaited, until [`PATIENCE`] ends.

mod browser;
mod eyes;
mod leash;
mod market;
mod people;
mod postgres;
mod ranking;
mod rounds;
mod second;
mod server;
mod sheets;
mod town;

use std::time::Duration;

pub use browser::{Browser, Pointer};
pub use eyes::key;
pub use market::{Market, places};
pub use people::{PARTNER, SECRETARIAT};
pub use ranking::{PASSWORD, Rankers};
pub use rounds::pairs_of;
pub use server::Server;
pub use sheets::{file_of, sample_region, sum};
pub use town::{Engine, Told, Town, binary, said};

/// How long another process may take to answer before a test fails. Generous: only a failing test waits this long.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Tells each story once on SQLite and once on PostgreSQL, in a new town each time.
macro_rules! on_both_engines {
    ($($(#[$about:meta])* fn $name:ident($town:ident: Town) $story:block)*) => {$(
        $(#[$about])*
        mod $name {
            #[allow(unused_imports, reason = "a story may need nothing of its file")]
            use super::*;

            fn story($town: $crate::house::Town) $story

            #[test]
            fn on_sqlite() {
                story($crate::house::Town::on($crate::house::Engine::Sqlite));
            }

            #[test]
            fn on_postgres() {
                story($crate::house::Town::on($crate::house::Engine::Postgres));
            }
        }
    )*};
}
pub(crate) use on_both_engines;
