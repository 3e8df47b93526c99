//! The form with which a firm offers a time.

use std::collections::BTreeMap;

use crate::board::visits::{LONGEST, MOST_PLACES, NewSlot};
use crate::domain::{Choice, OpeningId, SlotFacts, VisitKind};
use crate::web::shell::{Field, Kind, Shell};

/// The fields as typed.
pub type Typed = BTreeMap<String, String>;

/// What is wrong, by field: the key of what to say.
pub type Faults = Vec<(&'static str, &'static str)>;

/// The longest place, and the longest note.
const LONG: [usize; 2] = [200, 500];
const NOTES: [&str; 3] = ["meeting", "cost", "safety"];

/// The fields of the form; the openings are those that people may be received for.
pub fn fields(shell: &Shell, openings: &[(String, String)], typed: &Typed, faults: &Faults) -> Vec<Field> {
    let kinds: Vec<_> = VisitKind::ALL.iter().map(|kind| kind.code()).collect();
    let label = |code: &str| {
        let kind = VisitKind::ALL.iter().find(|kind| kind.code() == code);
        kind.map(|kind| shell.lang.pick(kind.ja(), kind.en()).to_owned()).unwrap_or_default()
    };
    let kinds = kinds.into_iter().map(|code| (code.to_owned(), label(code))).collect();
    let time = Kind::Line("datetime-local", "off");
    let all = [
        ("opening", Kind::Select(openings.to_vec()), true),
        ("kind", Kind::Radios(kinds), true),
        ("starts", time.clone(), true),
        ("ends", time, true),
        ("place", Kind::Line("text", "off"), true),
        ("capacity", Kind::Line("number", "off"), true),
        ("meeting", Kind::Lines(2), false),
        ("cost", Kind::Lines(2), false),
        ("safety", Kind::Lines(3), false),
    ];
    let field = |(name, kind, required): (&str, Kind, bool)| {
        let fault = faults.iter().find(|(field, _)| *field == name).map(|(_, key)| shell.t(key));
        let field = Field::new(shell, "slot", name)
            .hinted(shell, "slot")
            .about(shell, "slot", "applied", "posting")
            .as_a(kind)
            .filled(typed.get(name).cloned().unwrap_or_default())
            .wrong(fault);
        if required { field.required() } else { field }
    };
    all.into_iter().map(field).collect()
}

/// What was typed, as a slot.
///
/// # Errors
/// Every field that cannot be taken as it is.
pub fn read(typed: &Typed, now_ms: i64) -> Result<NewSlot, Faults> {
    let text = |name: &str| typed.get(name).map(|value| value.trim()).unwrap_or_default();
    let opening: Option<OpeningId> = text("opening").parse().ok();
    let kind = VisitKind::ALL.iter().copied().find(|kind| kind.code() == text("kind"));
    let (starts, ends) = (in_japan(text("starts")), in_japan(text("ends")));
    let capacity = text("capacity").parse().ok().filter(|n| (1..=MOST_PLACES).contains(n));
    let mut faults: Faults = Vec::new();
    let mut fault = |is_wrong: bool, field, key| {
        if is_wrong && !faults.iter().any(|(known, _)| *known == field) {
            faults.push((field, key));
        }
    };
    fault(opening.is_none(), "opening", "talks-slot-which");
    fault(kind.is_none(), "kind", "talks-slot-what-for");
    fault(starts.is_none(), "starts", "talks-slot-bad-time");
    fault(starts.is_some_and(|at| at <= now_ms), "starts", "talks-slot-gone");
    fault(ends.is_none(), "ends", "talks-slot-bad-time");
    if let (Some(starts), Some(ends)) = (starts, ends) {
        fault(ends <= starts, "ends", "talks-slot-ends-first");
        fault(ends - starts > LONGEST, "ends", "talks-slot-too-long");
    }
    fault(text("place").is_empty(), "place", "talks-slot-where");
    fault(text("place").chars().count() > LONG[0], "place", "talks-slot-long-place");
    fault(capacity.is_none(), "capacity", "talks-slot-places");
    for name in NOTES {
        fault(text(name).chars().count() > LONG[1], name, "talks-slot-long-note");
    }
    match (opening, kind, starts, ends, capacity) {
        (Some(opening), Some(kind), Some(starts_at), Some(ends_at), Some(capacity)) if faults.is_empty() => {
            let note = |name| text(name).replace("\r\n", "\n");
            let facts = SlotFacts { meeting: note("meeting"), cost: note("cost"), safety: note("safety") };
            Ok(NewSlot {
                opening,
                kind,
                starts_at,
                ends_at,
                place: text("place").to_owned(),
                capacity,
                facts,
            })
        }
        _ => Err(faults),
    }
}

/// A time as the browser's field writes it, on a Japanese clock.
fn in_japan(text: &str) -> Option<i64> {
    let at: jiff::civil::DateTime = text.parse().ok()?;
    jiff::tz::offset(9).to_timestamp(at).ok().map(|at| at.as_millisecond())
}
