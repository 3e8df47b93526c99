//! Records that are never changed again, and the hash that shows whether they were.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// A kind of record that can be sealed.
pub trait Sealable: Serialize + DeserializeOwned {
    /// Stands before the bytes that are hashed, so that a hash of one kind is never a hash of another.
    const TAG: &'static str;
}

/// A record with the bytes in which it was written down and their hash.
///
/// The hash is SHA-256 over the tag, a line feed, and the record as compact JSON, in hexadecimal. What was read
/// back may have been altered meanwhile: [`Sealed::is_intact`] tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed<T> {
    record: T,
    text: String,
    hash: String,
}

impl<T: Sealable> Sealed<T> {
    /// Seals a record.
    pub fn new(record: T) -> Self {
        let text = serde_json::to_string(&record).expect("records of numbers, texts and lists become JSON");
        let hash = hash_of(T::TAG, &text);
        Self { record, text, hash }
    }

    /// Takes up what was stored.
    ///
    /// # Errors
    /// The text is not such a record.
    pub fn stored(text: String, hash: String) -> Result<Self, serde_json::Error> {
        Ok(Self { record: serde_json::from_str(&text)?, text, hash })
    }

    /// Whether the bytes are those that were sealed.
    pub fn is_intact(&self) -> bool {
        hash_of(T::TAG, &self.text) == self.hash
    }
}

impl<T> Sealed<T> {
    /// The record.
    pub fn record(&self) -> &T {
        &self.record
    }

    /// The bytes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The hash of the bytes when they were sealed.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

fn hash_of(tag: &str, text: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(tag);
    hasher.update("\n");
    hasher.update(text);
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
