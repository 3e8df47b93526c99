//! The keys of one side: any texts, each once, numbered in their order.

use std::collections::BTreeMap;

use super::Fault;
use crate::market::Side;

/// Keys by number and numbers by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    keys: Vec<String>,
    numbers: BTreeMap<String, u32>,
}

impl Names {
    /// Numbers the keys in their order.
    ///
    /// # Errors
    /// The first key that stands there twice.
    pub fn new(keys: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut names = Self::default();
        for key in keys {
            names.add(key)?;
        }
        Ok(names)
    }

    /// The keys `1`, `2`, … of `count` agents.
    pub fn counted(count: u32) -> Self {
        let keys: Vec<String> = (1..=count).map(|id| id.to_string()).collect();
        let numbers = keys.iter().cloned().zip(0..).collect();
        Self { keys, numbers }
    }

    /// Adds the next key and gives its number.
    ///
    /// # Errors
    /// The key, when it is there already.
    pub fn add(&mut self, key: String) -> Result<u32, String> {
        if self.numbers.contains_key(&key) {
            return Err(key);
        }
        let number = self.keys.len() as u32;
        self.numbers.insert(key.clone(), number);
        self.keys.push(key);
        Ok(number)
    }

    /// The number of a key.
    pub fn number(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    /// The number of a key that a file names, or the fault of naming nobody of this side.
    pub(super) fn known(&self, side: Side, key: &str) -> Result<u32, Fault> {
        self.number(key).ok_or_else(|| Fault::Unknown { side, id: key.to_owned() })
    }

    /// The key of a number given out before.
    ///
    /// # Panics
    /// If it was not given out.
    pub fn key(&self, number: u32) -> &str {
        &self.keys[number as usize]
    }

    /// All keys in order.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}
