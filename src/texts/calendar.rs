//! iCalendar (RFC 5545): what a person's own calendar takes in, for visits and for the days of a round.
//!
//! Instants are written in UTC, so that no calendar has to know where Japan is. Not useful for reading calendars.

use jiff::Timestamp;

/// What the file asks of the calendar that opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To take the events in, or the newer state of those it knows.
    Publish,
    /// To strike the events out.
    Cancel,
}

/// One event. Texts are plain; escaping is done here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// What the event is known by for ever: a calendar that meets it again replaces what it has. `visit-{id}@{host}`.
    pub uid: String,
    /// Counts up whenever the event changes.
    pub sequence: u32,
    /// When this state of it was written, milliseconds since 1970.
    pub stamp_ms: i64,
    /// When it begins.
    pub starts_ms: i64,
    /// When it ends; the same as its beginning for a deadline.
    pub ends_ms: i64,
    /// Its name.
    pub summary: String,
    /// More about it; may be empty.
    pub description: String,
    /// Where; may be empty.
    pub place: String,
    /// A page about it; may be empty.
    pub url: String,
    /// How many minutes before it the calendar should ring.
    pub alarm: Option<u32>,
}

impl Event {
    /// A booked visit as it stood at `at_ms`: letters and pages name it alike, so that a calendar keeps one of it, and
    /// whoever books, gives up and books again is told in order of time.
    pub fn of_visit(slot: &str, origin: &str, at_ms: i64) -> Self {
        Self {
            uid: format!("visit-{slot}@{}", host(origin)),
            sequence: u32::try_from(at_ms / 1000 - 1_700_000_000).unwrap_or(0),
            stamp_ms: at_ms,
            alarm: Some(24 * 60),
            ..Self::default()
        }
    }
}

/// The host of an origin: what we name for good is named after it.
pub fn host(origin: &str) -> &str {
    let rest = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or(rest);
    if host.is_empty() { "localhost" } else { host }
}

/// The media type under which a calendar is sent.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// The text of a calendar file.
pub fn write(method: Method, events: &[Event]) -> String {
    let mut out = Lines::default();
    out.put("BEGIN:VCALENDAR");
    out.put("VERSION:2.0");
    out.put("PRODID:-//Migiude//Migiude//JA");
    out.put("CALSCALE:GREGORIAN");
    out.put(match method {
        Method::Publish => "METHOD:PUBLISH",
        Method::Cancel => "METHOD:CANCEL",
    });
    for event in events {
        out.event(event, method);
    }
    out.put("END:VCALENDAR");
    out.text
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn event(&mut self, event: &Event, method: Method) {
        self.put("BEGIN:VEVENT");
        self.put(&format!("UID:{}", escaped(&event.uid)));
        self.put(&format!("SEQUENCE:{}", event.sequence));
        self.put(&format!("DTSTAMP:{}", utc(event.stamp_ms)));
        self.put(&format!("DTSTART:{}", utc(event.starts_ms)));
        self.put(&format!("DTEND:{}", utc(event.ends_ms)));
        for (name, value) in
            [("SUMMARY", &event.summary), ("DESCRIPTION", &event.description), ("LOCATION", &event.place)]
        {
            if !value.is_empty() {
                self.put(&format!("{name}:{}", escaped(value)));
            }
        }
        if !event.url.is_empty() {
            // A URI is not escaped; what would end the line is left out.
            self.put(&format!("URL:{}", event.url.replace(char::is_control, "")));
        }
        self.put(match method {
            Method::Publish => "STATUS:CONFIRMED",
            Method::Cancel => "STATUS:CANCELLED",
        });
        if let (Some(minutes), Method::Publish) = (event.alarm, method) {
            self.put("BEGIN:VALARM");
            self.put("ACTION:DISPLAY");
            self.put(&format!("DESCRIPTION:{}", escaped(&event.summary)));
            self.put(&format!("TRIGGER:-PT{minutes}M"));
            self.put("END:VALARM");
        }
        self.put("END:VEVENT");
    }

    /// Adds a line, folded: none is longer than 75 octets, and no character is cut.
    fn put(&mut self, line: &str) {
        const LONGEST: usize = 75;
        let mut room = LONGEST;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LONGEST - 1;
            }
            self.text.push(letter);
            room -= letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// A text as a value: no sign of it is taken for the end of the value or of the line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push_str("\\n"),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// `20261205T080000Z`
fn utc(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 5 December 2026, 17:00 in Japan.
    const FIVE: i64 = 1_796_457_600_000;

    fn visit() -> Event {
        Event {
            uid: "visit-1@migiude.example".to_owned(),
            stamp_ms: FIVE - 86_400_000,
            starts_ms: FIVE,
            ends_ms: FIVE + 3_600_000,
            summary: "備中酒造の見学".to_owned(),
            place: "高梁市, 本町1; 蔵の前".to_owned(),
            url: "https://migiude.example/me/visits".to_owned(),
            ..Event::default()
        }
    }

    /// The lines as a calendar reads them: folded ones joined again.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn an_evening_in_japan_is_a_morning_in_utc() {
        let lines = unfolded(&write(Method::Publish, &[visit()]));
        assert!(lines.contains(&"DTSTART:20261205T080000Z".to_owned()), "{lines:?}");
        assert!(lines.contains(&"DTEND:20261205T090000Z".to_owned()));
        assert!(lines.contains(&"DTSTAMP:20261204T080000Z".to_owned()));
        assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
        assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    }

    #[test]
    fn commas_semicolons_and_ends_of_lines_stay_inside_their_value() {
        let mut visit = visit();
        visit.description = "持ち物：名刺\r\nATTENDEE:mailto:x@example.jp\n\\o/\u{7}".to_owned();
        let lines = unfolded(&write(Method::Publish, &[visit]));
        assert!(lines.contains(&"LOCATION:高梁市\\, 本町1\\; 蔵の前".to_owned()), "{lines:?}");
        let said = "DESCRIPTION:持ち物：名刺\\nATTENDEE:mailto:x@example.jp\\n\\\\o/ ";
        assert!(lines.contains(&said.to_owned()), "{lines:?}");
        assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE")));
    }

    #[test]
    fn long_lines_are_folded_between_characters_at_75_octets() {
        for summary in ["あ".repeat(200), "a".repeat(300), format!("a{}", "漢𠮷b".repeat(90))] {
            let text = write(Method::Publish, &[Event { summary: summary.clone(), ..visit() }]);
            assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
            assert!(unfolded(&text).contains(&format!("SUMMARY:{summary}")));
        }
    }

    #[test]
    fn a_cancelled_event_keeps_its_name_and_rings_no_more() {
        let event = Event { alarm: Some(60), sequence: 1, ..visit() };
        let booked = unfolded(&write(Method::Publish, std::slice::from_ref(&event)));
        assert!(booked.contains(&"TRIGGER:-PT60M".to_owned()));
        let cancelled = unfolded(&write(Method::Cancel, &[event]));
        for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "UID:visit-1@migiude.example", "SEQUENCE:1"]
            .map(str::to_owned)
        {
            assert!(cancelled.contains(&line), "{line} in {cancelled:?}");
        }
        assert!(!cancelled.iter().any(|line| line == "BEGIN:VALARM"));
    }
}
