//! Makes `data/ipadic-slim.dic.zst` and `data/NOTICE-ipadic` from the package `mecab-ipadic`.
//!
//! Not part of the build: run it when vibrato's format or the rules of normalisation change, and commit the result.
//!
//! ```text
//! apt-get install mecab-ipadic
//! cargo run --release -p migiude-index --example make_dictionary -- \
//!     /usr/share/mecab/dic/ipadic /usr/share/doc/mecab-ipadic/copyright index/data
//! ```

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use encoding_rs::EUC_JP;
use vibrato::SystemDictionaryBuilder;

#[path = "../src/normalise.rs"]
#[allow(dead_code, reason = "the dictionary must not need the crate that embeds it")]
mod normalise;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [source, notice, target] = &arguments[..] else {
        return Err("usage: make_dictionary IPADIC-DIRECTORY COPYRIGHT-FILE TARGET-DIRECTORY".into());
    };
    let dictionary = SystemDictionaryBuilder::from_readers(
        slim_lexicon(source)?.as_bytes(),
        text(&source.join("matrix.def"))?.as_bytes(),
        text(&source.join("char.def"))?.as_bytes(),
        slim_unknown(&text(&source.join("unk.def"))?).as_bytes(),
    )?;
    let mut bytes = Vec::new();
    dictionary.write(&mut bytes)?;
    fs::write(target.join("ipadic-slim.dic.zst"), zstd::encode_all(&bytes[..], 19)?)?;
    fs::copy(notice, target.join("NOTICE-ipadic"))?;
    println!("{} bytes before compression", bytes.len());
    Ok(())
}

fn text(path: &Path) -> Result<String, Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let (text, _, garbled) = EUC_JP.decode(&bytes);
    if garbled { Err(format!("{}: not EUC-JP", path.display()).into()) } else { Ok(text.into_owned()) }
}

/// Every word of every file in the order of the file names, spelled as the index spells its texts.
fn slim_lexicon(source: &Path) -> Result<String, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(source)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    let mut slim = String::new();
    for file in files {
        for line in text(&file)?.lines() {
            // Two entries are quoted commas, which no text is searched for.
            let columns: Vec<&str> = line.split(',').collect();
            let [surface, left, right, cost, pos1, pos2, _, _, _, _, base, ..] = columns[..] else {
                return Err(format!("{}: {line}", file.display()).into());
            };
            let surface = normalise::normalise(surface);
            if surface.trim().is_empty() || surface.contains(['"', ',']) {
                continue;
            }
            let base = Some(normalise::normalise(base)).filter(|base| *base != surface).unwrap_or("*".into());
            slim += &format!("{surface},{left},{right},{cost},{pos1},{pos2},{base}\n");
        }
    }
    Ok(slim)
}

fn slim_unknown(unknown: &str) -> String {
    let slim = |line: &str| line.split(',').take(6).chain(["*"]).collect::<Vec<_>>().join(",") + "\n";
    unknown.lines().filter(|line| line.contains(',')).map(slim).collect()
}
