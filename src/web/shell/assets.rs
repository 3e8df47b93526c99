//! The style sheet, the scripts and the icon, embedded. Their names carry a hash of what they hold, so a browser keeps them for
//! ever and never keeps an old one.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::Refusal;

struct Asset {
    address: String,
    kind: &'static str,
    content: &'static str,
}

static STYLESHEET: LazyLock<Asset> = LazyLock::new(|| {
    const CSS: &str = concat!(
        include_str!("../assets/tokens.css"),
        include_str!("../assets/css/colours.css"),
        include_str!("../assets/css/base.css"),
        include_str!("../assets/css/frame.css"),
        include_str!("../assets/css/forms.css"),
        include_str!("../assets/css/blocks.css"),
        include_str!("../assets/css/journey.css"),
        include_str!("../assets/css/tables.css"),
        include_str!("../assets/css/search.css"),
        include_str!("../assets/css/ranking.css"),
        // Last, so that paper has the last word.
        include_str!("../assets/css/print.css"),
    );
    Asset::new("site", "css", "text/css; charset=utf-8", CSS)
});
static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    // Each file looks for what it serves and leaves other pages alone.
    const JS: &str = concat!(
        include_str!("../assets/start.js"),
        include_str!("../assets/autosave.js"),
        include_str!("../assets/passkey.js"),
        include_str!("../assets/ranking.js"),
        include_str!("../assets/suggest.js"),
    );
    Asset::new("site", "js", "text/javascript; charset=utf-8", JS)
});
static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_str!("../assets/icon.svg")));

impl Asset {
    fn new(name: &str, ending: &str, kind: &'static str, content: &'static str) -> Self {
        let hash: String = Sha256::digest(content)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        Self { address: format!("/assets/{name}.{hash}.{ending}"), kind, content }
    }
}

/// The address of the style sheet.
pub fn stylesheet() -> &'static str {
    &STYLESHEET.address
}

/// The address of the scripts.
pub fn script() -> &'static str {
    &SCRIPT.address
}

/// The address of the icon.
pub fn icon() -> &'static str {
    &ICON.address
}

/// `GET /assets/{name}`
pub async fn show(Path(name): Path<String>) -> Result<Response, Refusal> {
    let asked = format!("/assets/{name}");
    let found = [&*STYLESHEET, &*SCRIPT, &*ICON].into_iter().find(|asset| asset.address == asked);
    let asset = found.ok_or(Refusal::NotFound)?;
    let headers =
        [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.content).into_response())
}
