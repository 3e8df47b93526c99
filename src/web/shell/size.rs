//! The size of the letters: `?size=large` for this page and from now on, `?size=normal` back again. The links for it stand
//! at the foot of every page, so that nobody need know the browser's own way.

use axum::extract::{Request, State};
use axum::http::Extensions;
use axum::http::header::SET_COOKIE;
use axum::middleware::Next;
use axum::response::Response;

use super::{Web, cookies, language};

/// A year.
const COOKIE_LIFE: u32 = 365 * 24 * 60 * 60;

/// How large the letters are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// As the browser has them.
    #[default]
    Normal,
    /// 18 px where the browser's own are 16.
    Large,
}

impl Size {
    /// The word for it in addresses and in the cookie.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Normal => Self::Large,
            Self::Large => Self::Normal,
        }
    }

    fn from_tag(tag: &str) -> Option<Self> {
        [Self::Normal, Self::Large].into_iter().find(|size| size.tag() == tag)
    }
}

/// Finds the size once for everything inside, and remembers a new choice.
pub async fn choose(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let asked = language::asked_in(request.uri(), "size").find_map(Size::from_tag);
    let kept = cookies::read(request.headers(), cookies::SIZE, web.https).and_then(Size::from_tag);
    request.extensions_mut().insert(asked.or(kept).unwrap_or_default());
    let mut response = next.run(request).await;
    if let Some(size) = asked
        && let Ok(cookie) = cookies::set(cookies::SIZE, size.tag(), Some(COOKIE_LIFE), web.https)
    {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The size that [`choose`] left in a request.
pub fn found(extensions: &Extensions) -> Size {
    extensions.get().copied().unwrap_or_default()
}
