//! The policy held against the site.

use std::path::Path;

use crate::web::policy;

/// `BLESS=1 cargo test policy` writes the document anew.
#[test]
fn the_document_says_what_the_policy_says() {
    if std::env::var_os("BLESS").is_some() {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/policy.md");
        std::fs::write(place, policy::document()).unwrap();
        return;
    }
    assert_eq!(include_str!("../policy.md"), policy::document(), "run it once with BLESS=1");
}
