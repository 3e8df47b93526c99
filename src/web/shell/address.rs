//! Addresses of our own pages.

pub use crate::texts::address::{of, with_query};

/// Whether this is a page of ours: a path that no browser takes for another site.
pub fn is_local(address: &str) -> bool {
    let mut bytes = address.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && address.bytes().all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\')
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
}
