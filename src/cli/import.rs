//! `migiude import`: a coordinator's spreadsheets in, rejected rows back out.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use super::failure::DONE;
use super::{Done, Failure, Output, Workplace, table};
use crate::intake::{self, Plan, Rejects};
use crate::texts::Lang;

/// Take in a coordinator's spreadsheets
#[derive(clap::Args, Debug)]
pub struct ImportArgs {
    /// Files or folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Show the result and store nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Folder for the rejected rows (default: inside the data directory)
    #[arg(long, value_name = "DIR")]
    pub rejects: Option<PathBuf>,
    /// Print the result for programs
    #[arg(long, value_enum, value_name = "FORM")]
    pub report: Option<ReportForm>,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ReportForm {
    /// Every row with a problem, by file.
    Json,
}

/// Reads everything, stores what is sound, and gives back what is not.
pub async fn run(
    args: ImportArgs,
    workplace: &Workplace,
    output: Output,
    lang: Lang,
) -> Result<Done, Failure> {
    let begun = Instant::now();
    let progress = ProgressBar::new_spinner();
    progress.enable_steady_tick(Duration::from_millis(100));
    progress.set_message(lang.say("import-reading"));
    let refused = |refused: intake::Refused| Failure::bad_input(refused.say(lang));
    let gathered = intake::gather(&args.paths).map_err(refused)?;
    let ignored = gathered.ignored;
    let sheets = intake::open(gathered.files).map_err(refused)?;

    progress.set_message(lang.say("import-checking"));
    let (db, clock) = (&workplace.db, workplace.clock.as_ref());
    let plan = if args.dry_run {
        intake::rehearse(db, clock, sheets).await
    } else {
        intake::take_in(db, clock, sheets).await
    }
    .map_err(|error| Failure::of_store(&error, lang))?;

    let mut err = String::new();
    for name in &ignored {
        err += &(lang.say_with("import-ignored", &[("file", name)]) + "\n");
    }
    if !args.dry_run {
        progress.set_message(lang.say("import-indexing"));
        // The rows are stored; an index that cannot be fed now is fed by the next command.
        if let Err(problem) = workplace.search.catch_up().await {
            err += &(problem.say(lang) + "\n");
        }
    }
    let kept = keep_rejects(&plan, &args, workplace, lang)?;
    progress.finish_and_clear();

    let json = args.report.is_some() || output == Output::Json;
    let out = match output {
        _ if json => format!("{:#}\n", plan.report.json(lang)),
        Output::Csv => csv(&plan, lang),
        _ => plan.report.table(lang),
    };
    // A program that reads the report gets the report alone; people are told where the rejected rows are.
    let told = said_of(&plan, &kept, &args, begun.elapsed(), lang);
    let (out, err) = if json || output == Output::Csv { (out, err + &told) } else { (out + &told, err) };
    Ok(Done { code: DONE, out, err, serve: None })
}

fn csv(plan: &Plan, lang: Lang) -> String {
    let rows = plan.report.rows_csv(lang);
    rows.split_first().map_or_else(String::new, |(headers, rows)| table::csv(headers, rows))
}

fn said_of(plan: &Plan, kept: &[PathBuf], args: &ImportArgs, took: Duration, lang: Lang) -> String {
    let mut told = String::new();
    if plan.changes.is_empty() {
        told += &(lang.say("import-no-change") + "\n");
    }
    for path in kept {
        told += &(lang.say_with("import-rejects-at", &[("path", &path.display())]) + "\n");
    }
    if args.dry_run {
        told += &(lang.say("import-dry-run") + "\n");
    }
    let seconds = format!("{:.1}", took.as_secs_f64());
    told + &lang.say_with("import-took", &[("seconds", &seconds)]) + "\n"
}

/// Writes the rejected rows, one file a sheet. A rehearsal writes them only where it was told to.
fn keep_rejects(
    plan: &Plan,
    args: &ImportArgs,
    workplace: &Workplace,
    lang: Lang,
) -> Result<Vec<PathBuf>, Failure> {
    let folder = match &args.rejects {
        Some(folder) => folder.clone(),
        None if args.dry_run => return Ok(Vec::new()),
        None => workplace.data_dir.rejects(),
    };
    let write = |rejects: &Rejects| {
        let path = folder.join(&rejects.name);
        put(&path, &rejects.to_csv(lang)).map(|()| path.clone()).map_err(|cause| {
            let path = path.display();
            Failure::bad_input(
                lang.say_with("import-rejects-unwritable", &[("path", &path), ("cause", &cause)]),
            )
        })
    };
    plan.rejects.iter().map(write).collect()
}

/// Writes a file whole or not at all: the one that is there may be the one being mended.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
