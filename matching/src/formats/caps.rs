//! The JSON of regional rules: caps, floors, targets and an order, by the openings' keys.
//!
//! ```json
//! {"regions": [{"name": "33", "cap": 10, "floor": 2, "openings": ["O-1", "O-2"], "targets": {"O-1": 5, "O-2": 5},
//!               "regions": [{"name": "33-1", "cap": 4, "openings": ["O-2"]}]}],
//!  "order": ["O-1", "O-2"]}
//! ```
//! Every member but `name` may be left out: no `cap` is no limit, no `floor` is 0; targets and order not told are
//! filled in by the rules of [`Regions`]. A region contains the openings of the regions nested in it, whether it lists
//! them or not. Members that this format does not know are refused, for a rule that is silently left out is a wrong
//! answer. [`write()`] gives the rules as they were used, everything filled in, and [`read()`] reads them back as the
//! same.

use serde::{Deserialize, Serialize};

use super::pairs::Pairs;
use super::{Fault, FormatError, Names, Repeats, json};
use crate::Opening;
use crate::caps::{Region, Regions};
use crate::market::{Market, Side};

/// The document of some rules; a member of a result file too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object of regions and their order")]
pub(super) struct RulesText {
    #[serde(default)]
    regions: Vec<RegionText>,
    #[serde(default)]
    order: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a region's object")]
struct RegionText {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cap: Option<u32>,
    #[serde(default, skip_serializing_if = "is_none")]
    floor: u32,
    #[serde(default)]
    openings: Vec<String>,
    #[serde(default = "no_targets")]
    targets: Pairs<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    regions: Vec<RegionText>,
}

fn is_none(floor: &u32) -> bool {
    *floor == 0
}

fn no_targets() -> Pairs<u32> {
    Pairs(Vec::new())
}

/// Reads the rules for a market whose openings have these keys.
///
/// # Errors
/// What is not JSON of this shape, with its line (regions nested more than some sixty deep among it; regions may also
/// be told side by side); unknown or repeated keys, and rules that cannot be, with the member they stand in.
///
/// ```
/// use migiude_matching::formats::{caps, json};
///
/// // Haruka may go to the brewery or the inn, which may take one person together; Kenji and Mei go elsewhere.
/// let listing = json::read(
///     r#"{"candidates": {"Haruka": ["brewery", "inn"], "Kenji": [], "Mei": []},
///         "openings": {"brewery": {"quota": 1, "list": ["Haruka"]}, "inn": {"quota": 2, "list": ["Haruka"]}}}"#,
/// )?;
/// let market = listing.market()?;
/// let rules = r#"{"regions": [{"name": "valley", "cap": 1, "openings": ["brewery", "inn"]}]}"#;
/// let regions = caps::read(rules, &listing.openings, &market)?;
/// assert_eq!(regions.all()[0].targets, [(0, 0), (1, 1)]); // by quotas, 1 : 2
/// let wrong = caps::read(r#"{"regions": [{"name": "valley", "openings": ["in"]}]}"#, &listing.openings, &market);
/// assert_eq!(wrong.expect_err("a slip").to_string(), "regions[0].openings: there is no opening `in`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(text: &str, openings: &Names, market: &Market) -> Result<Regions, FormatError> {
    regions(json::parse(text)?, openings, market)
}

/// The rules of a document that may stand inside another one.
pub(super) fn regions(rules: RulesText, openings: &Names, market: &Market) -> Result<Regions, FormatError> {
    let RulesText { regions, order } = rules;
    let mut keys = Keys { openings, seen: Repeats::among(openings.len()), lists: 0 };
    let mut paths: Vec<String> = Vec::new();
    let mut told: Vec<Region> = Vec::new();
    let mut waiting: Vec<(String, Option<usize>, RegionText)> = Vec::new();
    wait(&mut waiting, "regions", None, regions);
    while let Some((path, within, region)) = waiting.pop() {
        let at = |member: &str| format!("{path}.{member}");
        let listed = keys.numbers(&region.openings).map_err(|fault| fault.at_member(at("openings")))?;
        let (aims, seats): (Vec<String>, Vec<u32>) = region.targets.0.into_iter().unzip();
        let aims = keys.numbers(&aims).map_err(|fault| fault.at_member(at("targets")))?;
        wait(&mut waiting, &at("regions"), Some(told.len()), region.regions);
        told.push(Region {
            name: region.name,
            within,
            cap: region.cap,
            floor: region.floor,
            openings: listed,
            targets: aims.into_iter().zip(seats).collect(),
        });
        paths.push(path);
    }
    let order = keys.numbers(&order).map_err(|fault| fault.at_member("order".to_owned()))?;
    let names: Vec<String> = told.iter().map(|region| region.name.clone()).collect();
    Regions::new(market, told, order).map_err(|error| {
        let last = error.regions().last().and_then(|name| names.iter().rposition(|other| other == name));
        let place = last.map_or("order".to_owned(), |region| paths[region].clone());
        let opening = error.opening().map_or_else(String::new, |opening| openings.key(opening).to_owned());
        Fault::Rules { why: error, opening }.at_member(place)
    })
}

/// Puts regions on the stack so that they are taken up in the file's order.
fn wait(
    waiting: &mut Vec<(String, Option<usize>, RegionText)>,
    path: &str,
    within: Option<usize>,
    regions: Vec<RegionText>,
) {
    let regions = regions.into_iter().enumerate().rev();
    waiting.extend(regions.map(|(at, region)| (format!("{path}[{at}]"), within, region)));
}

/// Turns lists of keys into numbers.
struct Keys<'a> {
    openings: &'a Names,
    seen: Repeats,
    lists: u32,
}

impl Keys<'_> {
    fn numbers(&mut self, keys: &[String]) -> Result<Vec<Opening>, Fault> {
        self.lists += 1;
        let number = |key: &String| {
            let number = self.openings.known(Side::Opening, key)?;
            if self.seen.again(self.lists, number) { Err(Fault::EntryTwice(key.clone())) } else { Ok(number) }
        };
        keys.iter().map(number).collect()
    }
}

/// Writes the rules as they were used: nesting, targets and order filled in.
pub fn write(regions: &Regions, openings: &Names) -> String {
    json::to_text(&document(regions, openings))
}

/// Regions nested deeper than this are written side by side, each with all that it contains.
const DEEPEST: usize = 32;

/// The rules as a document.
pub(super) fn document(regions: &Regions, openings: &Names) -> RulesText {
    let all = regions.all();
    let mut depth = vec![1; all.len()];
    for &region in regions.outer_first() {
        depth[region] = all[region].within.map_or(1, |outer| depth[outer] + 1);
    }
    let nested = depth.iter().all(|&depth| depth <= DEEPEST);
    let mut texts: Vec<Option<RegionText>> = all.iter().map(|region| Some(text(region, openings))).collect();
    let mut inside: Vec<Vec<RegionText>> = vec![Vec::new(); all.len()];
    let mut outermost = Vec::new();
    // Inner regions first, so that each is whole before it goes into the one around it.
    for &region in regions.outer_first().iter().rev() {
        let Some(mut text) = texts[region].take() else { continue };
        let within = all[region].within;
        if nested {
            text.regions = std::mem::take(&mut inside[region]);
            text.regions.reverse();
        } else if let Some(outer) = within.and_then(|outer| texts[outer].as_mut()) {
            outer.openings.extend_from_slice(&text.openings);
        }
        within.filter(|_| nested).map_or(&mut outermost, |outer| &mut inside[outer]).push(text);
    }
    outermost.reverse();
    let order = regions.order().iter().map(|&opening| openings.key(opening).to_owned()).collect();
    RulesText { regions: outermost, order }
}

fn text(region: &Region, openings: &Names) -> RegionText {
    let key = |opening: Opening| openings.key(opening).to_owned();
    RegionText {
        name: region.name.clone(),
        cap: region.cap,
        floor: region.floor,
        openings: region.openings.iter().map(|&opening| key(opening)).collect(),
        targets: Pairs(region.targets.iter().map(|&(opening, target)| (key(opening), target)).collect()),
        regions: Vec::new(),
    }
}
