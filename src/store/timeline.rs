//! What lies ahead of a candidate: days that somebody fixed.

use super::region::read;
use super::{Db, StoreError, reading};
use crate::domain::{CandidateId, OpeningFacts};

/// Something that lies ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// A booked visit to the firm of the opening of this title.
    Visit {
        /// When it begins, milliseconds.
        at: i64,
        /// The opening's title.
        title: String,
    },
    /// An answer that the candidate owes.
    Answer {
        /// Until when.
        at: i64,
        /// The opening's title.
        title: String,
    },
    /// Lists of a round can be certified from then on.
    Opens {
        /// From when on.
        at: i64,
        /// The round.
        round: i64,
    },
    /// Lists of a round can be certified until then.
    Closes {
        /// Until when.
        at: i64,
        /// The round.
        round: i64,
    },
}

impl Ahead {
    /// When.
    pub fn at(&self) -> i64 {
        match self {
            Self::Visit { at, .. }
            | Self::Answer { at, .. }
            | Self::Opens { at, .. }
            | Self::Closes { at, .. } => *at,
        }
    }
}

/// The next ten, in order of time.
pub async fn ahead(db: &Db, candidate: CandidateId, now_ms: i64) -> Result<Vec<Ahead>, StoreError> {
    const SQL: &str = "SELECT 'visit', s.starts_at AS at, o.facts, CAST(0 AS BIGINT) FROM visit_bookings b \
        JOIN visit_slots s ON s.id = b.slot_id JOIN openings o ON o.id = s.opening_id WHERE b.candidate_id = $1 \
        AND b.cancelled_at IS NULL AND s.cancelled_at IS NULL AND s.starts_at > $2 \
        UNION ALL SELECT 'answer', a.answer_by, o.facts, CAST(0 AS BIGINT) FROM applications a \
        JOIN openings o ON o.id = a.opening_id WHERE a.candidate_id = $1 AND a.waits_for = 'candidate' \
        AND a.answer_by IS NOT NULL \
        UNION ALL SELECT 'opens', opens_at, '', round FROM round_windows WHERE opens_at > $2 \
        UNION ALL SELECT 'closes', closes_at, '', round FROM round_windows WHERE opens_at <= $2 AND closes_at > $2 \
        ORDER BY at LIMIT 10";
    let rows: Vec<(String, i64, String, i64)> = reading!(db, on => sqlx::query_as(SQL)
        .bind(candidate.to_string()).bind(now_ms).fetch_all(on).await)?;
    rows.into_iter()
        .map(|(kind, at, facts, round)| {
            let title = || read("opening ahead", &kind, &facts).map(|facts: OpeningFacts| facts.title);
            Ok(match kind.as_str() {
                "visit" => Ahead::Visit { at, title: title()? },
                "answer" => Ahead::Answer { at, title: title()? },
                "opens" => Ahead::Opens { at, round },
                _ => Ahead::Closes { at, round },
            })
        })
        .collect()
}
