//! The top of the house: opens what a command needs, runs it, and alone starts doors.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::failure::{BAD_INPUT, DONE};
use crate::cli::output::{complain, say};
use crate::cli::{self, Cli, Done, Failure, Workplace};
use crate::clock::SystemClock;
use crate::config::{Config, DataDir};
use crate::search::Search;
use crate::store::Db;
use crate::texts::Lang;

mod serving;

/// Runs the program.
pub fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let lang = cli::help::language_of(&words);
    let command = cli::help::in_language(Cli::command(), lang);
    let parsed = command.try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let code = match parsed {
        Ok(cli) => run(cli),
        Err(words) if words.exit_code() == 0 => {
            say(&words.to_string());
            DONE
        }
        Err(words) => {
            complain(&cli::help::refusal(&words, lang));
            BAD_INPUT
        }
    };
    ExitCode::from(code)
}

fn run(cli: Cli) -> u8 {
    let lang = cli.common.lang();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => {
            complain(&cause.to_string());
            return BAD_INPUT;
        }
    };
    match runtime.block_on(act(cli, lang)) {
        Ok(code) => code,
        Err(failure) => {
            complain(&failure.message);
            failure.code
        }
    }
}

async fn act(cli: Cli, lang: Lang) -> Result<u8, Failure> {
    if let Some(done) = cli::with_files(&cli.command, &cli.common) {
        return Ok(tell(&done));
    }
    if let Some(done) = cli::elsewhere(&cli.command, &cli.common).await {
        return Ok(tell(&done?));
    }
    let scratch = if cli.command.wants_scratch(&cli.common) {
        let made = tempfile::Builder::new().prefix("migiude-demo-").tempdir();
        Some(made.map_err(|cause| unusable(&std::env::temp_dir(), &cause, lang))?)
    } else {
        None
    };
    let mut config = cli.common.config();
    if let Some(scratch) = &scratch {
        config.data_dir = DataDir::at(scratch.path());
    }
    let workplace = open(&config, cli.command.keeps_an_index(), lang).await?;
    let done = cli::at_the_desk(cli.command, &cli.common, &workplace).await?;
    let code = tell(&done);
    if let Some(serving) = done.serve {
        serving::serve(&workplace, &serving, lang).await?;
    }
    workplace.db.close().await;
    Ok(code)
}

/// Opens the data directory, the database and the index; the first start makes what is not there yet. Who keeps the index
/// beside its other work does not wait for it.
async fn open(config: &Config, keeps_an_index: bool, lang: Lang) -> Result<Workplace, Failure> {
    config.data_dir.create().map_err(|cause| unusable(config.data_dir.path(), &cause, lang))?;
    let db = match &config.database_url {
        Some(url) => Db::open_url(url).await,
        None => Db::open_file(&config.data_dir.database()).await,
    }
    .map_err(|error| Failure::of_store(&error, lang))?;
    let (of, at) = (db.clone(), config.data_dir.index());
    let search = if keeps_an_index { Search::open_at_once(of, at).await } else { Search::open(of, at).await };
    let search = search.map_err(|error| Failure::bad_input(error.say(lang)))?;
    Ok(Workplace { db, search, clock: Arc::new(SystemClock), data_dir: config.data_dir.clone() })
}

fn unusable(path: &Path, cause: &std::io::Error, lang: Lang) -> Failure {
    Failure::bad_input(lang.say_with("data-dir-unusable", &[("path", &path.display()), ("cause", cause)]))
}

/// Prints what a command has to say and returns its exit code.
fn tell(done: &Done) -> u8 {
    say(&done.out);
    complain(&done.err);
    done.code
}
