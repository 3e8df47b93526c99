//! Spreadsheets for the stories.

use std::path::PathBuf;

/// The sample region: seven sheets of an invented desk, CP932, with the everyday mess of spreadsheets.
pub fn sample_region() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/coordinator"))
}
