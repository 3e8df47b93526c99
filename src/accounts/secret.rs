//! Secrets that the machine makes: where chance comes from, tokens, and the hash under which a secret is kept.

use std::fmt;
use std::str::FromStr;

use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::clock::Clock;

/// Where unguessable bytes come from. An argument, so that a test can hand out its own.
pub trait Chance: Send + Sync {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        SysRng
            .try_fill_bytes(bytes)
            .expect("an operating system without random numbers cannot serve anybody");
    }
}

/// A secret of 256 bits that opens a session or a result. Its holder has the only copy: we keep the hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// Makes a new one.
    pub fn new(chance: &dyn Chance) -> Self {
        let mut bytes = [0; 32];
        chance.fill(&mut bytes);
        Self(bytes)
    }

    /// What is kept of it. A plain hash is enough: 256 bits of chance cannot be guessed from it.
    pub(super) fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// As it stands in a cookie or an address: 64 hexadecimal digits.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

/// A log never shows one.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What was brought is not a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAToken;

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let digits = text.as_bytes();
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() {
            return Err(NotAToken);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(secret: &[u8]) -> String {
    struct Hex([u8; 32]);
    impl fmt::Display for Hex {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write_hex(f, &self.0)
        }
    }
    Hex(Sha256::digest(secret).into()).to_string()
}

/// A new id for a row: a UUID of version 7, so that ids sort by time.
pub(super) fn new_id(clock: &dyn Clock, chance: &dyn Chance) -> String {
    let mut bytes = [0; 10];
    chance.fill(&mut bytes);
    let ms = u64::try_from(clock.now_ms()).unwrap_or(0);
    let id: Uuid = uuid::Builder::from_unix_timestamp_millis(ms, &bytes).into_uuid();
    id.to_string()
}

/// A code that people read from one place and type into another, in groups: 32 letters and digits that cannot be mistaken
/// for one another when read aloud, five bits each.
pub(super) fn letters<const LENGTH: usize>(group: usize, chance: &dyn Chance) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut bytes = [0; LENGTH];
    chance.fill(&mut bytes);
    let letters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    letters.chunks(group).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// Such a code as it is compared: case, width, spaces and dashes do not matter.
pub(super) fn plain(code: &str) -> String {
    code.nfkc().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

fn digit(byte: u8) -> Result<u8, NotAToken> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        _ => Err(NotAToken),
    }
}
