//! The one door of regional rules: caps, floors, targets and an order, over regions that form a forest.

use std::ops::Range;

use thiserror::Error;

use super::nesting::{Clash, nest};
use super::targets::shared_out;
use crate::Opening;
use crate::market::Market;

/// One region of the rules: a prefecture, a firm in it, a track of the firm.
///
/// Told to [`Regions::new`] it may leave out what it has no rule for; as [`Regions::all`] gives it back, everything
/// is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Region {
    /// Its name, different from all others.
    pub name: String,
    /// The place, in the same list, of the region it is nested in; told after that one.
    pub within: Option<usize>,
    /// At most so many candidates are placed in it; none = as many as there are seats.
    pub cap: Option<u32>,
    /// At least so many candidates are placed in it; 0 = no such rule. Only [`floors`](crate::floors) looks at it.
    pub floor: u32,
    /// Its openings. It contains those of the regions nested in it whether it lists them or not.
    pub openings: Vec<Opening>,
    /// The seats of its openings that are filled before any opening of the region gets a further one.
    pub targets: Vec<(Opening, u32)>,
}

/// Regional rules that can be kept: a laminar family of regions, a target for each of its openings, an order.
///
/// Targets and order decide who wins when a cap binds, so they are part of the result: whatever was not told is
/// filled in here, and [`Regions::all`] and [`Regions::order`] say what was used.
/// - The **order** not told: openings told come first, the others follow in the order of the market.
/// - **Targets** not told: a share of the cap in proportion to the quotas. From outside inwards each region's
///   seats are divided among its nested regions and own openings, largest remainders, the earlier first.
///
/// ```
/// use migiude_matching::{Market, Region, Regions};
///
/// // Haruka, Kenji and Mei; the brewery (0) and the inn (1) lie in the valley, which may take two of them.
/// let mut market = Market::builder();
/// for _ in ["Haruka", "Kenji", "Mei"] {
///     market.candidate([0, 1, 2]);
/// }
/// for quota in [3, 1, 2] {
///     market.opening(quota, [0, 1, 2]);
/// }
/// let market = market.build()?;
/// let valley = Region { name: "valley".into(), cap: Some(2), openings: vec![0, 1], ..Region::default() };
/// let regions = Regions::new(&market, vec![valley.clone()], vec![])?;
/// assert_eq!(regions.all()[0].targets, [(0, 2), (1, 0)]); // of 1.5 and 0.5 the brewery's half is the earlier
/// assert_eq!(regions.order(), [0, 1]);
///
/// let coast = Region { name: "coast".into(), openings: vec![1, 2], ..Region::default() };
/// let refused = Regions::new(&market, vec![valley, coast], vec![]).expect_err("they overlap");
/// assert_eq!(
///     refused.to_string(),
///     "regions `valley` and `coast` share opening 1, and neither contains the other"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regions {
    all: Vec<Region>,
    outer_first: Vec<usize>,
    /// In preorder a region stands at the start of its span, and what is nested in it within the span.
    spans: Vec<Range<usize>>,
    innermost: Vec<Option<usize>>,
    targets: Vec<u32>,
    order: Vec<Opening>,
}

/// Why regional rules are refused: which region or regions, which opening.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.told(&|opening| format!("opening {opening}")))]
pub enum RegionsError {
    /// Two regions of one name.
    NameTwice(String),
    /// A region nested in one that is not told before it.
    NotWithin(String),
    /// A region lists an opening that does not exist.
    Unknown {
        /// The region.
        region: String,
        /// What does not exist.
        opening: Opening,
    },
    /// A region lists an opening twice.
    Repeated {
        /// The region.
        region: String,
        /// The opening.
        opening: Opening,
    },
    /// Two regions share an opening, and neither contains the other.
    Overlap {
        /// The two regions.
        regions: [String; 2],
        /// An opening in both.
        opening: Opening,
    },
    /// A target for an opening that lies outside the region.
    ForeignTarget {
        /// The region.
        region: String,
        /// The opening.
        opening: Opening,
    },
    /// Two targets for one opening.
    TargetTwice {
        /// The region of the second.
        region: String,
        /// The opening.
        opening: Opening,
    },
    /// A target above the quota of its opening.
    TargetAboveQuota {
        /// The region.
        region: String,
        /// The opening.
        opening: Opening,
        /// Its target.
        target: u32,
        /// Its seats.
        quota: u32,
    },
    /// Targets that sum to more than a cap around them.
    TargetsAboveCap {
        /// The region.
        region: String,
        /// The sum of the targets told inside it.
        targets: u64,
        /// Its cap.
        cap: u32,
    },
    /// The floors of a region, or of the regions nested in it, ask for more than its cap.
    FloorsAboveCap {
        /// The region.
        region: String,
        /// At least so many are asked for inside it.
        floors: u64,
        /// Its cap.
        cap: u32,
    },
    /// A floor above the seats that quotas and caps leave in its region.
    FloorAboveSeats {
        /// The region.
        region: String,
        /// Its floor.
        floor: u32,
        /// Its seats.
        seats: u64,
    },
    /// The order names an opening twice.
    OrderTwice(Opening),
    /// The order names an opening that lies in no region.
    OrderOutside(Opening),
}

impl RegionsError {
    /// The reason in words, each opening called by what `name` gives.
    pub fn told(&self, name: &dyn Fn(Opening) -> String) -> String {
        match self {
            Self::NameTwice(region) => format!("there are two regions `{region}`"),
            Self::NotWithin(region) => format!("region `{region}` is nested in a region not told before it"),
            Self::Unknown { region, opening } => {
                format!("region `{region}` lists {}, which does not exist", name(*opening))
            }
            Self::Repeated { region, opening } => format!("region `{region}` lists {} twice", name(*opening)),
            Self::Overlap { regions: [one, other], opening } => format!(
                "regions `{one}` and `{other}` share {}, and neither contains the other",
                name(*opening)
            ),
            Self::ForeignTarget { region, opening } => {
                format!("region `{region}` has a target for {}, which lies outside it", name(*opening))
            }
            Self::TargetTwice { region, opening } => {
                format!("region `{region}` has a target for {}, which has one already", name(*opening))
            }
            Self::TargetAboveQuota { region, opening, target, quota } => {
                format!(
                    "region `{region}`: the target {target} of {} is above its quota {quota}",
                    name(*opening)
                )
            }
            Self::TargetsAboveCap { region, targets, cap } => {
                format!("region `{region}`: its targets sum to {targets}, its cap is {cap}")
            }
            Self::FloorsAboveCap { region, floors, cap } => {
                format!("region `{region}`: its floors ask for {floors}, its cap is {cap}")
            }
            Self::FloorAboveSeats { region, floor, seats } => {
                format!("region `{region}`: its floor is {floor}, and it has {seats} seats")
            }
            Self::OrderTwice(opening) => format!("the order names {} twice", name(*opening)),
            Self::OrderOutside(opening) => {
                format!("the order names {}, which is in no region", name(*opening))
            }
        }
    }

    /// The opening it is about, if it is about one.
    pub fn opening(&self) -> Option<Opening> {
        match self {
            Self::Unknown { opening, .. }
            | Self::Repeated { opening, .. }
            | Self::Overlap { opening, .. }
            | Self::ForeignTarget { opening, .. }
            | Self::TargetTwice { opening, .. }
            | Self::TargetAboveQuota { opening, .. }
            | Self::OrderTwice(opening)
            | Self::OrderOutside(opening) => Some(*opening),
            Self::NameTwice(_)
            | Self::NotWithin(_)
            | Self::TargetsAboveCap { .. }
            | Self::FloorsAboveCap { .. }
            | Self::FloorAboveSeats { .. } => None,
        }
    }

    /// The names of the regions it is about.
    pub fn regions(&self) -> &[String] {
        match self {
            Self::Overlap { regions, .. } => regions,
            Self::OrderTwice(_) | Self::OrderOutside(_) => &[],
            Self::NameTwice(region)
            | Self::NotWithin(region)
            | Self::Unknown { region, .. }
            | Self::Repeated { region, .. }
            | Self::ForeignTarget { region, .. }
            | Self::TargetTwice { region, .. }
            | Self::TargetAboveQuota { region, .. }
            | Self::TargetsAboveCap { region, .. }
            | Self::FloorsAboveCap { region, .. }
            | Self::FloorAboveSeats { region, .. } => std::slice::from_ref(region),
        }
    }
}

impl Regions {
    /// Checks the rules against the market's openings and quotas and fills in what was not told.
    ///
    /// A nested region may hold openings that the one around it does not list: they are in both. Regions may also
    /// be told side by side when one contains the other; which is nested in which follows from their openings.
    ///
    /// # Errors
    /// The first rule that cannot be, with the region's name: see [`RegionsError`].
    pub fn new(market: &Market, told: Vec<Region>, order: Vec<Opening>) -> Result<Self, RegionsError> {
        let quotas: Vec<u32> = market.each_opening().map(|opening| market.quota(opening)).collect();
        check_names_and_openings(&told, quotas.len())?;
        let nesting =
            nest(&told, quotas.len()).map_err(|Clash { regions, shared }| RegionsError::Overlap {
                regions: regions.map(|region| told[region].name.clone()),
                opening: shared,
            })?;
        let mut all = told;
        let spans = spans(&nesting.within, &nesting.outer_first);
        let targets = told_targets(&all, &spans, &nesting.innermost, &quotas)?;
        for (region, within) in all.iter_mut().zip(&nesting.within) {
            region.within = *within;
        }
        let order = whole_order(order, &nesting.innermost)?;
        check_sums(&all, &nesting.outer_first, &nesting.innermost, &targets, &quotas)?;
        let targets = shared_out(&all, &nesting, &targets, &quotas, &order);

        for region in &mut all {
            region.openings.clear();
            region.targets.clear();
        }
        for (opening, region) in (0..).zip(&nesting.innermost) {
            if let Some(region) = *region {
                all[region].openings.push(opening);
                all[region].targets.push((opening, targets[opening as usize]));
            }
        }
        Ok(Self {
            all,
            outer_first: nesting.outer_first,
            spans,
            innermost: nesting.innermost,
            targets,
            order,
        })
    }

    /// Every region as told, with its nesting and targets filled in; it lists the openings that lie in no region
    /// nested in it.
    pub fn all(&self) -> &[Region] {
        &self.all
    }

    /// The openings that lie in some region, in the order in which further seats are given.
    pub fn order(&self) -> &[Opening] {
        &self.order
    }

    /// The smallest region around an opening, by its place in [`Regions::all`].
    pub fn innermost(&self, opening: Opening) -> Option<usize> {
        self.innermost.get(opening as usize).copied().flatten()
    }

    /// The target of an opening; none when it lies in no region.
    pub fn target(&self, opening: Opening) -> Option<u32> {
        self.innermost(opening).map(|_| self.targets[opening as usize])
    }

    /// The regions around an opening, smallest first.
    pub fn around(&self, opening: Opening) -> impl Iterator<Item = usize> {
        std::iter::successors(self.innermost(opening), |&region| self.all[region].within)
    }

    /// Whether a region, by its place in [`Regions::all`], contains an opening, in itself or in one nested in it.
    pub fn contains(&self, region: usize, opening: Opening) -> bool {
        self.innermost(opening).is_some_and(|inner| self.spans[region].contains(&self.spans[inner].start))
    }

    /// Places in [`Regions::all`], each region after those around it.
    pub(crate) fn outer_first(&self) -> &[usize] {
        &self.outer_first
    }
}

/// The spans of the regions in preorder.
fn spans(within: &[Option<usize>], outer_first: &[usize]) -> Vec<Range<usize>> {
    let mut size = vec![1; within.len()];
    for &region in outer_first.iter().rev() {
        if let Some(outer) = within[region] {
            size[outer] += size[region];
        }
    }
    let mut spans = vec![0..0; within.len()];
    let mut free_among_outermost = 0;
    let mut free_within = vec![0; within.len()];
    for &region in outer_first {
        let free = within[region].map_or(&mut free_among_outermost, |outer| &mut free_within[outer]);
        let start = *free;
        *free += size[region];
        free_within[region] = start + 1;
        spans[region] = start..start + size[region];
    }
    spans
}

fn check_names_and_openings(told: &[Region], openings: usize) -> Result<(), RegionsError> {
    let mut names: Vec<&str> = told.iter().map(|region| region.name.as_str()).collect();
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(RegionsError::NameTwice(pair[0].to_owned()));
    }
    let mut listed_by = vec![None; openings];
    for (number, Region { name, within, openings, .. }) in told.iter().enumerate() {
        if within.is_some_and(|outer| outer >= number) {
            return Err(RegionsError::NotWithin(name.clone()));
        }
        for &opening in openings {
            let region = || name.clone();
            match listed_by.get_mut(opening as usize) {
                None => return Err(RegionsError::Unknown { region: region(), opening }),
                Some(last) if *last == Some(number) => {
                    return Err(RegionsError::Repeated { region: region(), opening });
                }
                Some(last) => *last = Some(number),
            }
        }
    }
    Ok(())
}

/// Each opening's target as told.
fn told_targets(
    told: &[Region],
    spans: &[Range<usize>],
    innermost: &[Option<usize>],
    quotas: &[u32],
) -> Result<Vec<Option<u32>>, RegionsError> {
    let mut targets = vec![None; quotas.len()];
    for (number, Region { name, targets: told, .. }) in told.iter().enumerate() {
        for &(opening, target) in told {
            let region = name.clone();
            let inner = innermost.get(opening as usize).copied().flatten();
            if !inner.is_some_and(|inner| spans[number].contains(&spans[inner].start)) {
                return Err(RegionsError::ForeignTarget { region, opening });
            }
            let quota = quotas[opening as usize];
            if target > quota {
                return Err(RegionsError::TargetAboveQuota { region, opening, target, quota });
            }
            if targets[opening as usize].replace(target).is_some() {
                return Err(RegionsError::TargetTwice { region, opening });
            }
        }
    }
    Ok(targets)
}

/// The order told, and after it the other openings of the regions.
fn whole_order(mut order: Vec<Opening>, innermost: &[Option<usize>]) -> Result<Vec<Opening>, RegionsError> {
    let mut left: Vec<bool> = innermost.iter().map(Option::is_some).collect();
    for &opening in &order {
        if innermost.get(opening as usize).copied().flatten().is_none() {
            return Err(RegionsError::OrderOutside(opening));
        }
        if !std::mem::take(&mut left[opening as usize]) {
            return Err(RegionsError::OrderTwice(opening));
        }
    }
    order.extend((0..).zip(&left).filter(|(_, left)| **left).map(|(opening, _)| opening));
    Ok(order)
}

/// Refuses targets and floors that sum to more than the caps, quotas and seats around them.
fn check_sums(
    all: &[Region],
    outer_first: &[usize],
    innermost: &[Option<usize>],
    told: &[Option<u32>],
    quotas: &[u32],
) -> Result<(), RegionsError> {
    #[derive(Clone, Copy, Default)]
    struct Sums {
        seats: u64,
        floors: u64,
        targets: u64,
    }
    let mut sums = vec![Sums::default(); all.len()];
    for ((innermost, told), quota) in innermost.iter().zip(told).zip(quotas) {
        if let Some(region) = *innermost {
            sums[region].seats += u64::from(*quota);
            sums[region].targets += u64::from(told.unwrap_or(0));
        }
    }
    for &number in outer_first.iter().rev() {
        let (Region { name, within, cap, floor, .. }, sum) = (&all[number], &mut sums[number]);
        let region = || name.clone();
        if u64::from(*floor) > sum.seats {
            return Err(RegionsError::FloorAboveSeats { region: region(), floor: *floor, seats: sum.seats });
        }
        sum.floors = sum.floors.max((*floor).into());
        if let Some(cap) = *cap {
            if sum.floors > cap.into() {
                return Err(RegionsError::FloorsAboveCap { region: region(), floors: sum.floors, cap });
            }
            if sum.targets > cap.into() {
                return Err(RegionsError::TargetsAboveCap { region: region(), targets: sum.targets, cap });
            }
            sum.seats = sum.seats.min(cap.into());
        }
        let Sums { seats, floors, targets } = *sum;
        if let Some(outer) = *within {
            let outer = &mut sums[outer];
            outer.seats += seats;
            outer.floors += floors;
            outer.targets += targets;
        }
    }
    Ok(())
}
