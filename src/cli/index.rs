//! `migiude index`: checks the search index and makes it anew. Judging it stands in [`super::judge`].

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use super::Output;
use crate::search::{Checked, Search, SearchError};
use crate::texts::Lang;

/// Check the search index or make it anew.
#[derive(Args, Clone, Debug)]
pub struct IndexArgs {
    /// What to do
    #[command(subcommand)]
    pub act: IndexAct,
}

/// What can be done with the index.
#[derive(Clone, Debug, Subcommand)]
pub enum IndexAct {
    /// Make the index anew from the database
    Rebuild,
    /// Check that the index is sound and agrees with the database
    Check,
    /// Ask the judged questions and tell how good the answers are
    Judge(JudgeArgs),
}

/// Ask the judged questions and tell how good the answers are
#[derive(Args, Clone, Debug)]
pub struct JudgeArgs {
    /// Every question with its figures and its first hits
    #[arg(long)]
    pub each: bool,
    /// Another set of questions over the same records, instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub set: Option<PathBuf>,
}

/// Checks it, after making it anew where asked, and returns whether the index is sound now and the text to print.
///
/// # Errors
/// When the database or the disk fails.
pub async fn run(
    args: &IndexArgs,
    search: &Search,
    output: Output,
    lang: Lang,
) -> Result<(bool, String), SearchError> {
    let mut out = String::new();
    if let IndexAct::Rebuild = args.act {
        let count = search.rebuild().await?;
        out = lang.say_with("index-rebuilt", &[("count", &count)]) + "\n";
    }
    let checked = search.check().await?;
    let sound = checked.is_sound();
    match (output, &args.act) {
        (Output::Json, _) => out = format!("{:#}\n", json_of(&checked)),
        (_, IndexAct::Rebuild) if sound => {}
        _ => out += &(words_of(&checked, lang) + "\n"),
    }
    Ok((sound, out))
}

fn words_of(checked: &Checked, lang: Lang) -> String {
    let Checked { doubt, position, head, openings, profiles, in_database } = checked;
    match doubt {
        Some(cause) => lang.say_with("index-doubt", &[("cause", cause)]),
        None if checked.is_sound() => {
            lang.say_with("index-sound", &[("openings", openings), ("profiles", profiles)])
        }
        None => lang.say_with(
            "index-behind",
            &[
                ("position", position),
                ("head", head),
                ("openings", openings),
                ("openings_stored", &in_database.openings),
                ("profiles", profiles),
                ("profiles_stored", &in_database.candidates),
            ],
        ),
    }
}

fn json_of(checked: &Checked) -> serde_json::Value {
    json!({
        "sound": checked.is_sound(),
        "doubt": checked.doubt,
        "position": checked.position,
        "head": checked.head,
        "openings": {"index": checked.openings, "database": checked.in_database.openings},
        "profiles": {"index": checked.profiles, "database": checked.in_database.candidates},
    })
}
