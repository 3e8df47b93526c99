//! Days of the civil calendar as whole numbers, and the ways coordinators write them.

use super::cells::wide;
use super::rng::Rng;

/// A day, counted from 1970-01-01 (H. Hinnant, *chrono-Compatible Low-Level Date Algorithms*).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day(i64);

impl Day {
    /// The day of a civil date.
    pub fn new((year, month, day): (i64, i64, i64)) -> Day {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Day(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
    }

    /// Year, month and day.
    pub fn civil(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + days.div_euclid(146_097) * 400 + i64::from(month <= 2);
        (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
    }

    /// `days` later, or earlier if negative.
    pub fn plus(self, days: i64) -> Day {
        Day(self.0 + days)
    }

    /// How many days this day comes after `other`.
    pub fn days_after(self, other: Day) -> i64 {
        self.0 - other.0
    }

    /// How this day is written in a cell: mostly 2026-09-01, sometimes in another accepted way.
    pub fn written(self, rng: &mut Rng) -> String {
        let (year, month, day) = self.civil();
        match rng.weighted(&[(0, 70), (1, 14), (2, 8), (3, 5), (4, 3)]) {
            1 => format!("{year}/{month}/{day}"),
            2 if year > 2019 => format!("令和{}年{month}月{day}日", year - 2018),
            3 if year > 2019 => format!("R{}.{month}.{day}", year - 2018),
            4 => wide(&format!("{year}/{month}/{day}")),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    /// The month of this day as a start of work is written.
    pub fn month_written(self, rng: &mut Rng) -> String {
        let (year, month, _) = self.civil();
        match rng.weighted(&[(0, 70), (1, 20), (2, 10)]) {
            1 => format!("{year}/{month}"),
            2 if year > 2019 => format!("令和{}年{month}月", year - 2018),
            _ => format!("{year}年{month}月"),
        }
    }
}

/// A founding year as written: mostly the plain number, sometimes by its era.
pub fn year_written(year: i64, rng: &mut Rng) -> String {
    // Years in which an era changes are left as they are.
    let era = match year {
        1990..=2018 => Some(("平成", 1988)),
        1927..=1988 => Some(("昭和", 1925)),
        1913..=1925 => Some(("大正", 1911)),
        1869..=1911 => Some(("明治", 1867)),
        _ => None,
    };
    match (rng.weighted(&[(0, 70), (1, 18), (2, 12)]), era) {
        (1, _) => format!("{year}年"),
        (2, Some((name, before))) => format!("{name}{}年", year - before),
        _ => year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_the_same_thing() {
        for days in (-200_000..80_000).step_by(17) {
            assert_eq!(Day::new(Day(days).civil()), Day(days));
        }
        assert_eq!(Day::new((1970, 1, 1)), Day(0));
        assert_eq!(Day::new((2026, 11, 22)).plus(100).civil(), (2027, 3, 2));
    }
}
