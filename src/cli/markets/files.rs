//! Market files at the command line: opening them, telling their format, wording what was refused.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use migiude_matching::formats::result::{self, Claims};
use migiude_matching::formats::{FormatError, Names, caps, glasgow, json, suite};
use migiude_matching::{CoupledMarket, Market, Regions};

use super::words::refused;
use crate::texts::Lang;

/// How a file command ends: an exit code and what to print where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// 0 done, 1 the answer is no, 2 bad input.
    pub code: u8,
    /// For standard output.
    pub out: String,
    /// For standard error.
    pub err: String,
}

impl Outcome {
    /// Done, or the answer is no.
    pub(super) fn answer(yes: bool, out: String) -> Self {
        Self { code: u8::from(!yes), out, err: String::new() }
    }

    /// Bad input: what, where, what to do.
    pub(super) fn refusal(message: String) -> Self {
        Self { code: 2, out: String::new(), err: message + "\n" }
    }
}

/// The formats of market files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Counts, then a line for each candidate and opening
    Glasgow,
    /// Lines that begin with r, c or p
    Suite,
    /// Objects of candidates and openings
    Json,
}

impl Format {
    /// By the extension; where it does not tell, by the first word of the text.
    fn of(file: &Path, text: &str) -> Option<Self> {
        let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            "json" => return Some(Self::Json),
            "glasgow" | "hrt" => return Some(Self::Glasgow),
            "suite" => return Some(Self::Suite),
            _ => {}
        }
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
        match first.split_whitespace().next()? {
            word if word.starts_with('{') => Some(Self::Json),
            "r" | "c" | "p" => Some(Self::Suite),
            word if word.starts_with(|c: char| c.is_ascii_digit()) => Some(Self::Glasgow),
            _ => None,
        }
    }
}

/// A market as a file gives it.
pub(super) struct MarketFile {
    pub candidates: Names,
    pub openings: Names,
    /// Everybody one by one; of a couple's member it holds what is acceptable and nothing of what is preferred.
    pub market: Market,
    pub kind: Kind,
}

/// What a market file holds beyond two sides of lists.
pub(super) enum Kind {
    /// Nothing.
    Plain,
    /// Pairs of candidates who move together.
    Couples(Box<CoupledMarket>),
    /// How many openings each candidate may have.
    Slots(Vec<u32>),
    /// How many days of an opening each candidate takes.
    Days(Vec<u32>),
}

/// Reads the market of a file; the refusal is worded for the user.
pub(super) fn read_market(
    file: &Path,
    format: Option<Format>,
    stdin: &mut dyn Read,
    lang: Lang,
) -> Result<MarketFile, String> {
    let text = read_text(file, stdin, lang)?;
    let shown = shown(file, lang);
    let format = format
        .or_else(|| Format::of(file, &text))
        .ok_or_else(|| lang.say_with("market-unknown-format", &[("file", &shown)]))?;
    let read = match format {
        Format::Glasgow => glasgow::read(&text),
        Format::Suite => suite::read(&text),
        Format::Json => json::read(&text),
    };
    let mut listing = read.map_err(|error| refused(&shown, &error, lang))?;
    let impossible =
        |cause: String| lang.say_with("market-impossible", &[("file", &shown), ("cause", &cause)]);
    let (market, kind) = if listing.couples.is_empty() {
        let market = listing.lists.build().map_err(|cause| impossible(cause.to_string()))?;
        let kind = match (listing.slots.is_empty(), listing.days.is_empty()) {
            (false, _) => Kind::Slots(std::mem::take(&mut listing.slots)),
            (true, false) => Kind::Days(std::mem::take(&mut listing.days)),
            (true, true) => Kind::Plain,
        };
        (market, kind)
    } else {
        let coupled = listing.coupled_market().map_err(|cause| impossible(cause.to_string()))?;
        (coupled.market().clone(), Kind::Couples(Box::new(coupled)))
    };
    Ok(MarketFile { candidates: listing.candidates, openings: listing.openings, market, kind })
}

/// Reads regional rules for a market.
pub(super) fn read_rules(
    file: &Path,
    of: &MarketFile,
    stdin: &mut dyn Read,
    lang: Lang,
) -> Result<Regions, String> {
    let text = read_text(file, stdin, lang)?;
    caps::read(&text, &of.openings, &of.market).map_err(|error| refused(&shown(file, lang), &error, lang))
}

/// Reads a result, not yet held against any market.
pub(super) fn read_claims(file: &Path, stdin: &mut dyn Read, lang: Lang) -> Result<Claims, String> {
    let text = read_text(file, stdin, lang)?;
    result::read(&text).map_err(|error| refused(&shown(file, lang), &error, lang))
}

/// The refusal of what a file says.
pub(super) fn refusal_of(file: &Path, error: &FormatError, lang: Lang) -> String {
    refused(&shown(file, lang), error, lang)
}

/// Refuses to read several files from the one standard input.
pub(super) fn at_most_one_stdin<'a>(
    files: impl IntoIterator<Item = &'a PathBuf>,
    lang: Lang,
) -> Result<(), String> {
    let from_stdin = files.into_iter().filter(|file| is_stdin(file)).count();
    if from_stdin > 1 { Err(lang.say("market-two-stdins")) } else { Ok(()) }
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn shown(file: &Path, lang: Lang) -> String {
    if is_stdin(file) { lang.say("market-stdin") } else { file.display().to_string() }
}

fn read_text(file: &Path, stdin: &mut dyn Read, lang: Lang) -> Result<String, String> {
    let shown = shown(file, lang);
    let mut bytes = Vec::new();
    let read = if is_stdin(file) {
        stdin.read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|cause| lang.say_with("market-unreadable", &[("file", &shown), ("cause", &cause)]))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        lang.say_with("market-not-utf8", &[("file", &shown), ("line", &line)])
    })
}
