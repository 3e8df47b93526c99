//! Why an opening that was public is not shown any more: a code that stands in its blocks.

use crate::domain::Opening;

/// The firm took it down. Nobody is told that it was ever there.
pub(super) const UNPUBLISHED: &str = "P-UNPUBLISHED";
/// The firm ended it.
pub(super) const CLOSED: &str = "P-CLOSED";
/// The firm did not confirm it for too long.
pub(super) const EXPIRED: &str = "P-EXPIRED";

/// Whether it was public and came to its end: who still has its address is told so. What was taken down, or was never
/// public, is answered like what is not there.
pub fn has_ended(opening: &Opening) -> bool {
    !opening.blocks.is_empty() && opening.blocks.iter().all(|block| block == CLOSED || block == EXPIRED)
}
