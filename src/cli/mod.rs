//! The door for operators at a terminal: parses every command and runs those that end by themselves.
//!
//! Commands that serve are handed back to `app`, which alone starts doors.

pub mod demo;
pub mod failure;
pub mod help;
pub mod import;
pub mod index;
mod judge;
pub mod markets;
pub mod output;
pub mod round;
pub mod search;
mod season;
pub mod serve;
pub mod table;
pub mod unlock;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};

pub use failure::Failure;
pub use output::Output;

use self::index::{IndexAct, IndexArgs};
use self::markets::{audit, lattice, solve, why};
use crate::clock::Clock;
use crate::config::{Config, DEFAULT_DATA_DIR, DataDir};
use crate::search::Search;
use crate::store::Db;
use crate::texts::Lang;

/// Matches firms without a successor with the people who may become one.
#[derive(Debug, Parser)]
#[command(name = "migiude", version, disable_help_subcommand = true)]
pub struct Cli {
    /// What every command takes, in any position.
    #[command(flatten)]
    pub common: Common,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes, in any position.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Directory that holds everything; created on first start
    #[arg(long, global = true, value_name = "DIR", env = "MIGIUDE_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// PostgreSQL server to use instead of the embedded database
    #[arg(long, global = true, value_name = "URL", env = "MIGIUDE_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Language of messages: ja or en
    #[arg(long, global = true, value_enum, env = "MIGIUDE_LANG", hide_possible_values = true)]
    pub lang: Option<Lang>,
    /// Form in which lists are printed: table, json or csv
    #[arg(long, global = true, value_enum, hide_possible_values = true)]
    pub output: Option<Output>,
}

impl Common {
    /// Where things lie.
    pub fn config(&self) -> Config {
        let data_dir = self.data_dir.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_DATA_DIR));
        Config { data_dir: DataDir::at(data_dir), database_url: self.database_url.clone() }
    }

    /// The language of messages; Japanese unless asked otherwise.
    pub fn lang(&self) -> Lang {
        self.lang.unwrap_or_default()
    }

    /// The form of lists; a table unless asked otherwise.
    pub fn output(&self) -> Output {
        self.output.unwrap_or_default()
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// See everything at once: an invented region, imported, matched, published and served
    Demo(demo::DemoArgs),
    /// Take in a coordinator's spreadsheets
    Import(import::ImportArgs),
    /// Find openings or profiles
    Search(search::SearchArgs),
    /// Look after the search index
    Index(index::IndexArgs),
    /// Run a matching round: new, freeze, run, show, compare, publish, export
    Round(round::RoundArgs),
    /// Open the pages to a browser
    Serve(serve::ServeArgs),
    /// Take passkeys and authenticator app away from an account whose owner has lost them
    Unlock(unlock::UnlockArgs),
    /// Solve a market in a file
    Solve(solve::SolveArgs),
    /// Describe all stable matchings of a market in a file
    Lattice(lattice::LatticeArgs),
    /// Audit a result against a market in a file
    Audit(audit::AuditArgs),
    /// Explain why a candidate did not get an opening
    Why(why::WhyArgs),
}

impl Command {
    /// Whether the command works in a directory that is thrown away afterwards.
    pub fn wants_scratch(&self, common: &Common) -> bool {
        matches!(self, Self::Demo(_)) && common.data_dir.is_none()
    }

    /// Whether the command brings the index up to date while it runs, and need not wait for one.
    pub fn keeps_an_index(&self) -> bool {
        matches!(self, Self::Serve(_))
    }
}

/// What a command works with.
#[derive(Clone)]
pub struct Workplace {
    /// The database.
    pub db: Db,
    /// The index.
    pub search: Search,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The files.
    pub data_dir: DataDir,
}

/// How a command went on.
#[derive(Debug, Default)]
pub struct Done {
    /// The exit code.
    pub code: u8,
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub err: String,
    /// A door to open now.
    pub serve: Option<Serving>,
}

impl Done {
    /// Well done, with this to print.
    pub fn saying(out: impl Into<String>) -> Self {
        Self { out: out.into(), ..Self::default() }
    }
}

/// A door that `app` is asked to open.
#[derive(Clone, Debug)]
pub struct Serving {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whether the next free port will do when that one is taken.
    pub or_next: bool,
    /// Whether a proxy in front speaks https to the browser.
    pub https: bool,
    /// The address under which browsers reach us, when it is not where we listen.
    pub public_url: Option<String>,
    /// Who carries letters.
    pub post: serve::PostArgs,
    /// What to print once the door is open; `{url}` stands for the address.
    pub greeting: String,
}

/// Runs a command that needs nothing but files; none for the others.
pub fn with_files(command: &Command, common: &Common) -> Option<Done> {
    let (lang, mut stdin) = (common.lang(), std::io::stdin().lock());
    let outcome = match command {
        Command::Solve(args) => solve::solve(args, common.output(), lang, &mut stdin),
        Command::Lattice(args) => lattice::lattice(args, lang, &mut stdin),
        Command::Audit(args) => audit::audit(args, lang, &mut stdin),
        Command::Why(args) => why::why(args, lang, &mut stdin),
        _ => return None,
    };
    Some(Done { code: outcome.code, out: outcome.out, err: outcome.err, serve: None })
}

/// Runs a command that brings its own place and needs no data directory; none for the others.
pub async fn elsewhere(command: &Command, common: &Common) -> Option<Result<Done, Failure>> {
    match command {
        Command::Index(IndexArgs { act: IndexAct::Judge(args) }) => {
            Some(judge::run(args, common.output(), common.lang()).await)
        }
        _ => None,
    }
}

/// Runs a command at its workplace.
pub async fn at_the_desk(command: Command, common: &Common, workplace: &Workplace) -> Result<Done, Failure> {
    let (lang, output) = (common.lang(), common.output());
    match command {
        Command::Demo(args) => demo::run(args, workplace, lang).await,
        Command::Import(args) => import::run(args, workplace, output, lang).await,
        Command::Search(args) => search::run(&args, &workplace.search, output, lang)
            .await
            .map(Done::saying)
            .map_err(|error| Failure::bad_input(error.say(lang))),
        Command::Index(IndexArgs { act: IndexAct::Judge(args) }) => judge::run(&args, output, lang).await,
        Command::Index(args) => index::run(&args, &workplace.search, output, lang)
            .await
            .map(|(sound, out)| Done {
                code: if sound { failure::DONE } else { failure::NO },
                ..Done::saying(out)
            })
            .map_err(|error| Failure::bad_input(error.say(lang))),
        Command::Round(args) => round::run(args, workplace, output, lang).await,
        Command::Unlock(args) => unlock::run(args, workplace, lang).await,
        Command::Serve(args) => serve::run(args, workplace, lang).await,
        Command::Solve(_) | Command::Lattice(_) | Command::Audit(_) | Command::Why(_) => {
            Ok(with_files(&command, common).unwrap_or_default())
        }
    }
}
