//! Spreadsheets for the stories, and what an import says of them.

use std::path::PathBuf;

use serde_json::Value;

/// The sample region: seven sheets of an invented desk, CP932, with the everyday mess of spreadsheets.
pub fn sample_region() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/coordinator"))
}

/// The part of an import report about one file.
#[track_caller]
pub fn file_of<'a>(report: &'a Value, name: &str) -> &'a Value {
    let files = report["files"].as_array().expect("a list of files");
    files.iter().find(|file| file["file"] == name).unwrap_or_else(|| panic!("{name} is not in {report:#}"))
}

/// A count of an import report, over all its files.
#[track_caller]
pub fn sum(report: &Value, count: &str) -> u64 {
    let files = report["files"].as_array().expect("a list of files");
    files.iter().map(|file| file[count].as_u64().unwrap_or_else(|| panic!("{count} of {file:#}"))).sum()
}
