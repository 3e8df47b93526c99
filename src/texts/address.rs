//! Addresses of our own pages, as pages and letters write them.

use std::fmt::Write;

/// The address with one more pair in its query.
pub fn with_query(address: &str, name: &str, value: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{}={}", encode(name), encode(value))
}

/// An address of these pairs, in their order.
pub fn of(path: &str, pairs: &[(String, String)]) -> String {
    pairs.iter().fold(path.to_owned(), |address, (name, value)| with_query(&address, name, value))
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            _ => write!(encoded, "%{byte:02X}").expect("a String takes every character"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_holds_japanese_and_signs() {
        assert_eq!(with_query("/openings?q=a", "pref", "岡山&"), "/openings?q=a&pref=%E5%B2%A1%E5%B1%B1%26");
    }
}
