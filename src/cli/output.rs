//! Printing. A reader that went away (`migiude … | head`) is no reason to stop, so failures to print are passed over.

use std::io::Write;

use clap::ValueEnum;

/// The form in which lists are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// Columns to read.
    #[default]
    Table,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Prints a result at once.
pub fn say(text: &str) {
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints what is said beside the result.
pub fn complain(text: &str) {
    if !text.is_empty() {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let _ = write!(std::io::stderr(), "{text}{end}");
    }
}
