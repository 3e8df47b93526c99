//! The dictionary that splits Japanese into words: IPADIC in a slim form, carried inside the program.
//!
//! `examples/make_dictionary.rs` makes the file from the sources of the distribution's package `mecab-ipadic`;
//! `data/NOTICE-ipadic` carries its terms. The file is tied to the version of vibrato that wrote it.

use std::cell::RefCell;
use std::sync::OnceLock;

use vibrato::tokenizer::worker::Worker;
use vibrato::{Dictionary, Tokenizer};

/// vibrato's binary form, compressed; each word carries two columns of its part of speech and its base form (`*`
/// when that is the word itself).
const COMPRESSED: &[u8] = include_bytes!("../data/ipadic-slim.dic.zst");

/// The shared tokenizer. The first call reads the dictionary (a third of a second, some 50 MB that stay); later calls
/// are free.
pub(crate) fn tokenizer() -> &'static Tokenizer {
    static TOKENIZER: OnceLock<Tokenizer> = OnceLock::new();
    TOKENIZER.get_or_init(|| {
        let reader = zstd::Decoder::new(COMPRESSED).expect("the embedded dictionary begins a zstd frame");
        let dictionary = Dictionary::read(reader).expect("the embedded dictionary is of this vibrato");
        Tokenizer::new(dictionary)
    })
}

/// Cuts a string into words and lets `read` look at them. Each thread keeps its room for the work: making it anew takes as
/// long as cutting a short text.
pub(crate) fn with_words<T>(string: &str, read: impl FnOnce(&Worker<'static>) -> T) -> T {
    thread_local! {
        static WORKER: RefCell<Worker<'static>> = RefCell::new(tokenizer().new_worker());
    }
    WORKER.with_borrow_mut(|worker| {
        worker.reset_sentence(string);
        worker.tokenize();
        read(worker)
    })
}

/// A number that changes with the dictionary: an index made with another one must be rebuilt.
pub(crate) fn stamp() -> u64 {
    static STAMP: OnceLock<u64> = OnceLock::new();
    *STAMP.get_or_init(|| fnv1a(COMPRESSED))
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo), for telling versions apart, not for secrets.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
