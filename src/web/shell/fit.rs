//! How well two fit, as people read it: in words and bars, part by part, and what counts how much.

use super::Shell;
use crate::search::shortlist::{Condition, Fitting, Part, WHOLE};

/// A partner's points in words.
#[derive(Clone, Debug)]
pub struct Fit {
    /// How it is as a whole.
    pub whole: String,
    /// Points out of all.
    pub points: String,
    /// Its place, and whether others are equally good.
    pub place: String,
    /// Names of the parts that fit best and least; empty for none.
    pub good: String,
    /// See `good`.
    pub poor: String,
    /// Every part that counts.
    pub lines: Vec<Line>,
}

/// One part in words.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it compares.
    pub label: String,
    /// How it is.
    pub words: String,
    /// The length of its bar, 1 to 4; 0 when it was not told.
    pub level: u8,
    /// Points out of those it could give.
    pub points: String,
}

/// From how many thousandths on a part, and a whole, is of a level. A whole is made of many parts that are not told, so it
/// seldom comes near to all.
const OF_PART: [u32; 3] = [350, 600, 850];
const OF_WHOLE: [u32; 3] = [400, 550, 700];

/// Says how well a partner fits.
pub fn fit<Id>(fitting: &Fitting<Id>, shell: &Shell) -> Fit {
    let counts: Vec<&Part> = fitting.parts.iter().filter(|part| part.of > 0).collect();
    let of: u32 = counts.iter().map(|part| part.of).sum();
    let named = |levels: &[u8]| {
        let fits = counts.iter().filter(|part| levels.contains(&level_of(part)));
        let labels: Vec<_> = fits.map(|part| part.label(shell.lang)).collect();
        labels.join(shell.lang.pick("、", ", "))
    };
    Fit {
        whole: shell.t(&format!("fits-whole-{}", level(fitting.score, of, OF_WHOLE))),
        points: points(fitting.score, of, shell),
        place: shell.with(if fitting.is_tied { "fits-place-tied" } else { "fits-place" }, "n", fitting.place),
        good: named(&[4]),
        poor: named(&[1]),
        lines: counts.iter().map(|part| Line::of(part, shell)).collect(),
    }
}

impl Line {
    fn of(part: &Part, shell: &Shell) -> Self {
        let level = level_of(part);
        Self {
            label: part.label(shell.lang),
            words: shell.t(&format!("fits-level-{level}")),
            level,
            points: points(part.points, part.of, shell),
        }
    }
}

/// What a part compares, and how much it counts.
#[derive(Clone, Debug)]
pub struct Share {
    /// Its name.
    pub label: String,
    /// In a sentence.
    pub why: String,
    /// Of the whole.
    pub share: String,
}

/// The parts that count. `side` is who looks: `me` or `firm`.
pub fn shares(named: &[(&'static str, u16)], side: &str, shell: &Shell) -> Vec<Share> {
    let row = |(name, points): &(&'static str, u16)| Share {
        label: shell.t(&format!("part-{name}")),
        why: shell.t(&format!("fits-why-{side}-{name}")),
        share: share(*points),
    };
    named.iter().filter(|(_, points)| *points > 0).map(row).collect()
}

/// 「25%」「2.5%」
pub fn share(points: u16) -> String {
    let thousandths = u32::from(points) * 1000 / WHOLE;
    match (thousandths / 10, thousandths % 10) {
        (whole, 0) => format!("{whole}%"),
        (whole, tenth) => format!("{whole}.{tenth}%"),
    }
}

/// Why partners were left out: how many, and by which condition. `side` is who looks: `me`, `firm` or `desk`.
pub fn reason(condition: Condition, side: &str, shell: &Shell) -> String {
    shell.t(&format!("fits-not-{side}-{}", condition.name()))
}

fn points(points: u32, of: u32, shell: &Shell) -> String {
    shell.lang.say_with("fits-points", &[("points", &points), ("of", &of)])
}

fn level_of(part: &Part) -> u8 {
    if part.told { level(part.points, part.of, OF_PART) } else { 0 }
}

fn level(points: u32, of: u32, from: [u32; 3]) -> u8 {
    let thousandths = points * 1000 / of.max(1);
    1 + from.iter().map(|from| u8::from(thousandths >= *from)).sum::<u8>()
}
