//! Addresses of our own pages.

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

/// Whether this is a page of ours: a path that no browser takes for another site.
pub fn is_local(address: &str) -> bool {
    let mut bytes = address.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && address.bytes().all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\')
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
    fn a_local_address_is_a_path_and_nothing_that_looks_like_another_site() {
        for local in ["/op", "/op/rounds/3?lang=en", "/"] {
            assert!(is_local(local), "{local}");
        }
        for foreign in
            ["", "op", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "/a b"]
        {
            assert!(!is_local(foreign), "{foreign}");
        }
    }

    #[test]
    fn a_query_holds_japanese_and_signs() {
        assert_eq!(with_query("/openings?q=a", "pref", "岡山&"), "/openings?q=a&pref=%E5%B2%A1%E5%B1%B1%26");
    }
}
