//! Which entries of one side's lists are held: a bit for each.
//!
//! Lists lie one after the other, best partner first, so the worst that an agent holds is the last bit of its list.
//! It is found from the end, 64 entries at a time; where it only ever moves towards the head, all searches together
//! pass each word once.

/// Some of the places among all entries of one side's lists.
#[derive(Debug, Clone)]
pub(crate) struct Places(Vec<u64>);

impl Places {
    pub(crate) fn none_of(places: usize) -> Self {
        Self(vec![0; places.div_ceil(64)])
    }

    #[inline]
    pub(crate) fn put(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    #[inline]
    pub(crate) fn take(&mut self, place: usize) {
        self.0[place / 64] &= !(1 << (place % 64));
    }

    #[inline]
    pub(crate) fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    /// The last place before `end`; the caller knows that there is one.
    #[inline]
    pub(crate) fn last_before(&self, end: usize) -> usize {
        let last = end - 1;
        let mut word = last / 64;
        let mut bits = self.0[word] & (u64::MAX >> (63 - last % 64));
        while bits == 0 {
            word -= 1;
            bits = self.0[word];
        }
        word * 64 + 63 - bits.leading_zeros() as usize
    }

    /// The last place from `start` to before `end`, if there is one. Looks no further than `start`.
    #[inline]
    pub(crate) fn last_in(&self, start: usize, end: usize) -> Option<usize> {
        let last = end.checked_sub(1).filter(|&last| last >= start)?;
        let mut word = last / 64;
        let mut bits = self.0[word] & (u64::MAX >> (63 - last % 64));
        while bits == 0 {
            if word == start / 64 {
                return None;
            }
            word -= 1;
            bits = self.0[word];
        }
        let place = word * 64 + 63 - bits.leading_zeros() as usize;
        (place >= start).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_place_held_is_found_across_words_and_not_beyond_the_start() {
        let mut places = Places::none_of(200);
        for place in [0, 63, 64, 130, 199] {
            places.put(place);
        }
        places.take(130);
        let held: Vec<usize> = (0..200).filter(|&place| places.has(place)).collect();
        assert_eq!(held, [0, 63, 64, 199]);
        for start in 0..200 {
            for end in 0..=200 {
                let last = held.iter().copied().filter(|place| (start..end).contains(place)).max();
                assert_eq!(places.last_in(start, end), last);
                if let Some(last) = last {
                    assert_eq!(places.last_before(end), last);
                }
            }
        }
    }
}
