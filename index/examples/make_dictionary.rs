//! Makes `data/ipadic-slim.dic.zst`, `data/readings.txt.zst` and `data/NOTICE-ipadic` from the package `mecab-ipadic`.
//!
//! Not part of the build: run it when vibrato's format or the rules of normalisation change, and commit the result.
//!
//! ```text
//! apt-get install mecab-ipadic
//! cargo run --release -p migiude-index --example make_dictionary -- \
//!     /usr/share/mecab/dic/ipadic /usr/share/doc/mecab-ipadic/copyright index/data
//! ```

use std::collections::{BTreeMap, HashMap};
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
    let readings = readings(source)?;
    fs::write(target.join("readings.txt.zst"), zstd::encode_all(readings.as_bytes(), 19)?)?;
    fs::copy(notice, target.join("NOTICE-ipadic"))?;
    println!("{} bytes before compression", bytes.len());
    Ok(())
}

fn text(path: &Path) -> Result<String, Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let (text, _, garbled) = EUC_JP.decode(&bytes);
    if garbled { Err(format!("{}: not EUC-JP", path.display()).into()) } else { Ok(text.into_owned()) }
}

/// The lists of words in the order of their names.
fn lists(source: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(source)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    Ok(files)
}

/// A line for each way of reading nouns that are written with kanji: the kana, and the nouns, most usual first. Of names only
/// those of places; two kana are read in too many ways to mean anything.
fn readings(source: &Path) -> Result<String, Box<dyn Error>> {
    const SHORTEST: usize = 3;
    const MOST: usize = 12;
    let is_kanji = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut nouns: BTreeMap<String, HashMap<String, i32>> = BTreeMap::new();
    for file in lists(source)? {
        for line in text(&file)?.lines() {
            let columns: Vec<&str> = line.split(',').collect();
            let [surface, _, _, cost, "名詞", pos2, pos3, _, _, _, _, kana, ..] = columns[..] else {
                continue;
            };
            let no_word = matches!(pos2, "数" | "非自立" | "代名詞" | "接尾" | "特殊");
            let no_place = pos2 == "固有名詞" && pos3 != "地域";
            if no_word || no_place || !surface.contains(is_kanji) || kana.chars().count() < SHORTEST {
                continue;
            }
            let (surface, cost) = (normalise::normalise(surface), cost.parse()?);
            let least = nouns.entry(normalise::normalise(kana)).or_default().entry(surface).or_insert(cost);
            *least = cost.min(*least);
        }
    }
    let line = |(kana, nouns): (String, HashMap<String, i32>)| {
        let mut nouns: Vec<_> = nouns.into_iter().map(|(noun, cost)| (cost, noun)).collect();
        nouns.sort();
        let nouns: Vec<String> = nouns.into_iter().take(MOST).map(|(_, noun)| noun).collect();
        format!("{kana}\t{}\n", nouns.join(" "))
    };
    Ok(nouns.into_iter().map(line).collect())
}

/// Every word of every list, spelled as the index spells its texts.
fn slim_lexicon(source: &Path) -> Result<String, Box<dyn Error>> {
    let mut slim = String::new();
    for file in lists(source)? {
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
