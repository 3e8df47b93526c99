//! The regional minimum wage (地域別最低賃金) of a prefecture on a day.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error};

use crate::rules::table;

#[derive(Deserialize)]
struct Rate {
    pref_name: String,
    yen_per_hour: u32,
    previous_yen_per_hour: u32,
    #[serde(deserialize_with = "day")]
    effective_from: Date,
}

fn day<'de, D: Deserializer<'de>>(cell: D) -> Result<Date, D::Error> {
    String::deserialize(cell)?.parse().map_err(D::Error::custom)
}

static RATES: LazyLock<Vec<Rate>> = LazyLock::new(|| table::rows(include_str!("data/minimum_wage.csv")));

/// Yen an hour in the prefecture of this official name on `day`; `None` for a name that is no prefecture.
///
/// The newest rate in force on the day holds. Days after the last known rate get that rate, days before the
/// first get the rate it replaced.
pub fn minimum_hourly(prefecture: &str, day: Date) -> Option<u32> {
    let rates = || RATES.iter().filter(|rate| rate.pref_name == prefecture);
    let in_force = rates().filter(|rate| rate.effective_from <= day).max_by_key(|rate| rate.effective_from);
    let first = || rates().min_by_key(|rate| rate.effective_from);
    in_force.map(|rate| rate.yen_per_hour).or_else(|| first().map(|rate| rate.previous_yen_per_hour))
}

/// Whether the table cannot know the rate of a day: rates change every year, and its newest is older than that.
pub fn is_stale(prefecture: &str, day: Date) -> bool {
    let newest =
        RATES.iter().filter(|rate| rate.pref_name == prefecture).map(|rate| rate.effective_from).max();
    newest.is_some_and(|newest| newest.checked_add(jiff::Span::new().years(1)).is_ok_and(|next| next <= day))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rules::prefectures;

    #[test]
    fn the_new_rate_begins_on_its_day() {
        assert_eq!(minimum_hourly("山口県", date(2025, 10, 15)), Some(979));
        assert_eq!(minimum_hourly("山口県", date(2025, 10, 16)), Some(1043));
        assert_eq!(minimum_hourly("秋田県", date(2026, 3, 30)), Some(951));
        assert_eq!(minimum_hourly("秋田県", date(2027, 4, 1)), Some(1031));
    }

    #[test]
    fn every_prefecture_has_a_rate() {
        for prefecture in prefectures::all() {
            assert!(minimum_hourly(&prefecture.kanji, date(2027, 4, 1)) >= Some(1023));
        }
        assert_eq!(minimum_hourly("岡山", date(2027, 4, 1)), None);
    }
}
