//! How high on their lists people got: bars, and the same facts as a table.

use crate::web::shell::Shell;

/// Ranks that get a bar of their own; the rest share one.
const ALONE: usize = 10;
/// The longest bar, in units of the drawing.
const WIDEST: u64 = 360;

/// A drawing of ranks with its table twin.
pub struct Histogram {
    /// What it counts.
    pub title: String,
    /// The bars, best rank first.
    pub bars: Vec<Bar>,
    /// Height of the drawing.
    pub height: usize,
}

/// A bar.
pub struct Bar {
    /// The rank, in words.
    pub label: String,
    /// How many.
    pub count: u64,
    /// How many of a hundred.
    pub share: String,
    /// Where it stands.
    pub y: usize,
    /// How long it is.
    pub width: u64,
}

impl Histogram {
    /// Draws how many got their first, second, … choice; none when nobody got any.
    pub fn new(title: String, ranks: &[u32], shell: &Shell) -> Option<Self> {
        let total: u64 = ranks.iter().map(|&count| u64::from(count)).sum();
        if total == 0 {
            return None;
        }
        let (alone, rest) = ranks.split_at(ranks.len().min(ALONE));
        let mut counts: Vec<_> = (1..)
            .zip(alone)
            .map(|(rank, &count)| (shell.with("web-rank", "rank", rank), u64::from(count)))
            .collect();
        let rest: u64 = rest.iter().map(|&count| u64::from(count)).sum();
        if rest > 0 {
            counts.push((shell.with("web-rank-rest", "rank", ALONE + 1), rest));
        }
        let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
        let bars: Vec<_> = (0..)
            .zip(counts)
            .map(|(at, (label, count))| Bar {
                label,
                count,
                share: format!("{}%", (count * 100 + total / 2) / total),
                y: at * 32,
                width: count * WIDEST / most,
            })
            .collect();
        Some(Self { title, height: bars.len() * 32, bars })
    }
}
