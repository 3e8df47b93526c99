//! The two engines behind one door. Nothing outside this file knows which of them is running.
//!
//! One SQL text with `$n` serves both; [`reading!`] and [`in_tx!`] compile it once for each. SQLite has a pool of
//! readers and a single writer, and every write begins IMMEDIATE: a transaction that starts to write late fails
//! at once instead of waiting.
//!
//! No pool has a time limit on its connections. With one, sqlx 0.9 looks through the idle ones in a task that begins beside
//! the first query; their number can be below zero for a moment, read as a number without end, and the task then turns for
//! ever and holds up the end of the process.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Executor, Postgres, Sqlite, Transaction};

use super::StoreError;

/// The first SQLite whose write-ahead log cannot be corrupted by a reset during a checkpoint.
const OLDEST_SQLITE: &str = "3.51.3";

/// A database, migrated and ready. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// The embedded engine.
    Sqlite {
        /// Readers; they never write.
        readers: SqlitePool,
        /// The one writer.
        writer: SqlitePool,
    },
    /// A server.
    Pg(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
pub enum Tx {
    /// On the embedded engine.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a server.
    Pg(Transaction<'static, Postgres>),
}

/// Runs a query on a connection for reading.
macro_rules! reading {
    ($db:expr, $on:ident => $body:expr) => {{
        $crate::store::tally::one();
        match $db {
            $crate::store::Db::Sqlite { readers: $on, .. } => $body,
            $crate::store::Db::Pg($on) => $body,
        }
    }};
}

/// Runs a query inside a transaction.
macro_rules! in_tx {
    ($tx:expr, $on:ident => $body:expr) => {{
        $crate::store::tally::one();
        match $tx {
            $crate::store::Tx::Sqlite(tx) => {
                let $on = &mut **tx;
                $body
            }
            $crate::store::Tx::Pg(tx) => {
                let $on = &mut **tx;
                $body
            }
        }
    }};
}

pub(crate) use {in_tx, reading};

impl Db {
    /// Opens the database file, creating it when it is not there, and brings its schema up to date.
    pub async fn open_file(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("mmap_size", "0")
            .busy_timeout(Duration::from_secs(5));
        let unreadable = |cause| StoreError::Unreachable { at: path.display().to_string(), cause };
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await
            .map_err(unreadable)?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&writer).await?;
        if numbers(&version) < numbers(OLDEST_SQLITE) {
            return Err(StoreError::OldEngine { found: version, needed: OLDEST_SQLITE });
        }
        sqlx::migrate!("./migrations").run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .idle_timeout(None)
            .max_lifetime(None)
            // A file does not hang up, and asking whether it has takes as long as a small question.
            .test_before_acquire(false)
            .connect_with(options.read_only(true))
            .await
            .map_err(unreadable)?;
        Ok(Self::Sqlite { readers, writer })
    }

    /// Connects to a PostgreSQL server and brings the schema up to date.
    pub async fn open_url(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|cause| StoreError::BadUrl { cause })?
            .application_name("migiude")
            .options([
                ("statement_timeout", "30s"),
                ("lock_timeout", "5s"),
                ("idle_in_transaction_session_timeout", "10s"),
            ]);
        let at =
            format!("{}:{}/{}", options.get_host(), options.get_port(), options.get_database().unwrap_or(""));
        let pool = PgPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .idle_timeout(None)
            .max_lifetime(None)
            // A cancelled `begin` can leave the pooled connection inside a transaction; the next borrower must
            // never inherit it. An error here closes the connection.
            .after_release(|connection, _| {
                Box::pin(async move {
                    connection.execute("ROLLBACK").await?;
                    Ok(true)
                })
            })
            .connect_with(options)
            .await
            .map_err(|cause| StoreError::Unreachable { at, cause })?;
        sqlx::migrate!("./migrations").run(&pool).await?;
        Ok(Self::Pg(pool))
    }

    /// Begins to write.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Pg(pool) => Tx::Pg(pool.begin().await?),
        })
    }

    /// Begins to read one state of everything, however long it takes and whoever writes meanwhile.
    pub async fn begin_reading(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            // In WAL mode the first read pins the state; a read-only connection needs no more.
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Pg(pool) => {
                Tx::Pg(pool.begin_with("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// Begins to write as the only one who writes the whole region, and may think for minutes in between.
    /// SQLite's single writer is that already.
    pub async fn begin_alone(&self) -> Result<Tx, StoreError> {
        let mut tx = self.begin().await?;
        if let Tx::Pg(pg) = &mut tx {
            sqlx::query("SET LOCAL idle_in_transaction_session_timeout = '10min'").execute(&mut **pg).await?;
            sqlx::query("SELECT pg_advisory_xact_lock(7209001)").execute(&mut **pg).await?;
        }
        Ok(tx)
    }

    /// Lets go of every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything written through it last.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Pg(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// The database's own time, milliseconds since 1970. Deadlines are decided by it, inside the transaction that they
    /// decide about, so that no two processes disagree.
    pub async fn now_ms(&mut self) -> Result<i64, StoreError> {
        const SQLITE: &str = "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)";
        const PG: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
        Ok(match self {
            Self::Sqlite(tx) => sqlx::query_scalar(SQLITE).fetch_one(&mut **tx).await?,
            Self::Pg(tx) => sqlx::query_scalar(PG).fetch_one(&mut **tx).await?,
        })
    }

    /// Makes others who take the turn of the same name wait until this transaction ends. SQLite's single writer waits anyway.
    pub async fn take_turn(&mut self, name: &str) -> Result<(), StoreError> {
        if let Self::Pg(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock(hashtext($1))").bind(name).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// Takes the next number of a counter. Others who want one wait until this transaction ends, so numbers
    /// become visible in their order.
    pub async fn next_number(&mut self, counter: &str) -> Result<i64, StoreError> {
        self.next_numbers(counter, 1).await
    }

    /// Takes `count` numbers at once and returns the last of them.
    pub async fn next_numbers(&mut self, counter: &str, count: i64) -> Result<i64, StoreError> {
        const SQL: &str = "UPDATE counters SET n = n + $2 WHERE name = $1 RETURNING n";
        Ok(in_tx!(self, on => sqlx::query_scalar(SQL).bind(counter).bind(count).fetch_one(on).await)?)
    }
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}
