//! Who lies in whom: the forest that a laminar family of regions is, or two regions that make it none.

use super::Region;
use crate::Opening;

/// The forest of some regions, by their numbers.
pub(super) struct Nesting {
    /// The smallest region around each region.
    pub(super) within: Vec<Option<usize>>,
    /// The smallest region around each opening.
    pub(super) innermost: Vec<Option<usize>>,
    /// All regions, every one after those around it.
    pub(super) outer_first: Vec<usize>,
}

/// Two regions that share an opening while neither contains the other.
pub(super) struct Clash {
    pub(super) regions: [usize; 2],
    pub(super) shared: Opening,
}

/// Finds the forest. A region contains what its nested regions contain, whether it lists that or not; a region
/// whose openings all lie in another one is nested in it, whether it was told so or not.
///
/// `told` names outer regions before inner ones, existing openings only, and none twice in one region. Costs
/// O(entries · log) when the nesting told is the whole truth, else the sum of the sizes of the regions.
pub(super) fn nest(told: &[Region], openings: usize) -> Result<Nesting, Clash> {
    let tour = Tour::of(told);
    let mut listed: Vec<(Opening, usize)> = Vec::new();
    for (region, place) in told.iter().zip(&tour.place) {
        listed.extend(region.openings.iter().map(|&opening| (opening, *place)));
    }
    listed.sort_unstable();
    // What lies in a nested region lies in those around it; only the innermost told is kept.
    let mut kept: Vec<(Opening, usize)> = Vec::new();
    for (opening, place) in listed {
        match kept.last_mut() {
            Some(last) if last.0 == opening && place < tour.end[last.1] => last.1 = place,
            _ => kept.push((opening, place)),
        }
    }
    if kept.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return by_size(told, &tour, &kept, openings);
    }
    let mut innermost = vec![None; openings];
    for (opening, place) in kept {
        innermost[opening as usize] = Some(tour.region[place]);
    }
    let within = told.iter().map(|region| region.within).collect();
    Ok(Nesting { within, innermost, outer_first: (0..told.len()).collect() })
}

/// The regions as told in preorder: `place` is a region's place there, and what is nested in the region at a place
/// lies between it and `end`.
struct Tour {
    place: Vec<usize>,
    region: Vec<usize>,
    end: Vec<usize>,
}

impl Tour {
    fn of(told: &[Region]) -> Self {
        let mut size = vec![1; told.len()];
        for (number, region) in told.iter().enumerate().rev() {
            if let Some(outer) = region.within {
                size[outer] += size[number];
            }
        }
        let (mut place, mut region, mut end) =
            (vec![0; size.len()], vec![0; size.len()], vec![0; size.len()]);
        let mut free_among_outermost = 0;
        let mut free_within = vec![0; size.len()];
        for (number, each) in told.iter().enumerate() {
            let free = each.within.map_or(&mut free_among_outermost, |outer| &mut free_within[outer]);
            let at = *free;
            *free += size[number];
            (place[number], region[at], end[at]) = (at, number, at + size[number]);
            free_within[number] = at + 1;
        }
        Self { place, region, end }
    }
}

/// The openings inside a region, whatever the depth they are told at.
struct Contents<'a> {
    tour: &'a Tour,
    entries: Vec<(usize, Opening)>,
    met: Vec<usize>,
    visits: usize,
    inside: Vec<Opening>,
}

impl Contents<'_> {
    /// What the region at a place contains, each opening once.
    fn of(&mut self, place: usize) -> &[Opening] {
        let Self { tour, entries, met, visits, inside } = self;
        *visits += 1;
        let from = entries.partition_point(|entry| entry.0 < place);
        let nested = entries[from..].iter().take_while(|entry| entry.0 < tour.end[place]);
        inside.clear();
        inside.extend(
            nested
                .map(|entry| entry.1)
                .filter(|&opening| std::mem::replace(&mut met[opening as usize], *visits) != *visits),
        );
        inside
    }
}

/// The forest by inclusion alone: largest regions first, all openings of each must lie in one region so far.
fn by_size(
    told: &[Region],
    tour: &Tour,
    kept: &[(Opening, usize)],
    openings: usize,
) -> Result<Nesting, Clash> {
    let mut entries: Vec<(usize, Opening)> = kept.iter().map(|&(opening, place)| (place, opening)).collect();
    entries.sort_unstable();
    let mut contents = Contents { tour, entries, met: vec![0; openings], visits: 0, inside: Vec::new() };
    let sizes: Vec<usize> = (0..told.len()).map(|place| contents.of(place).len()).collect();
    let mut places: Vec<usize> = (0..told.len()).collect();
    places.sort_by_key(|&place| (std::cmp::Reverse(sizes[place]), place));
    let region = |turn: usize| tour.region[places[turn]];

    // The turn of the innermost region of each opening so far; later turns are not larger.
    let mut innermost: Vec<Option<usize>> = vec![None; openings];
    let mut within: Vec<Option<usize>> = told.iter().map(|region| region.within).collect();
    for (turn, &place) in places.iter().enumerate() {
        let inside = contents.of(place);
        let Some(&first) = inside.first() else { continue };
        let around = innermost[first as usize];
        if let Some(&other) = inside.iter().find(|&&other| innermost[other as usize] != around) {
            // Two regions around, or one that ends here; the later of them cannot hold both openings.
            let later = around.max(innermost[other as usize]);
            let shared = if later == around { first } else { other };
            return Err(Clash { regions: [region(later.unwrap_or(turn)), region(turn)], shared });
        }
        within[region(turn)] = around.map(region);
        for &opening in inside {
            innermost[opening as usize] = Some(turn);
        }
    }
    Ok(Nesting {
        within,
        innermost: innermost.into_iter().map(|turn| turn.map(region)).collect(),
        outer_first: (0..told.len()).map(region).collect(),
    })
}
