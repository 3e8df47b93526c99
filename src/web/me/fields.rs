//! The profile's fields, section by section, and the advice beside them.

use crate::board::profiles::{About, Advice, Wrong};
use crate::domain::{Choice, ContractWish, MoveWish, Range, Resolve, SideJob, Track};
use crate::store::drafts::Fields;
use crate::web::shell::{Field, Kind, Shell, wording};

/// A group of fields under a heading.
pub struct Section {
    /// Of the heading's text.
    pub key: &'static str,
    /// In order.
    pub fields: Vec<Field>,
}

/// Who sees what is written: whoever firms may be, firms that were allowed to know the name, the desk.
const CHOSEN: &str = "chosen";
const ALLOWED: &str = "allowed";
const DESK: &str = "desk";

/// Days a week that can be chosen, in hundredths.
const DAYS: [u16; 10] = [25, 50, 100, 150, 200, 250, 300, 400, 500, 700];

/// The form, filled in.
pub fn sections(shell: &Shell, form: &Fields, wrong: &[Wrong]) -> Vec<Section> {
    let draw = Drawing { shell, form, wrong };
    let line = |name, auto| draw.field(name, CHOSEN).as_a(Kind::Line("text", auto));
    let text = |name, rows| draw.field(name, CHOSEN).as_a(Kind::Lines(rows));
    let known = |name, kind, auto| draw.field(name, ALLOWED).as_a(Kind::Line(kind, auto));
    let wish = |name| draw.field(name, ALLOWED).as_a(Kind::Lines(3));
    vec![
        Section {
            key: "who",
            fields: vec![
                known("name", "text", "name").required(),
                known("kana", "text", "off"),
                draw.field("phone", DESK).as_a(Kind::Line("tel", "tel")),
                known("home", "text", "address-level1"),
                known("present_job", "text", "organization-title"),
            ],
        },
        Section {
            key: "wish",
            fields: vec![
                line("headline", "off"),
                draw.field("track", CHOSEN).one_of::<Track>(shell),
                draw.field("resolve", CHOSEN).one_of::<Resolve>(shell),
                line("areas", "off"),
                line("ties", "off"),
                line("industries", "off"),
            ],
        },
        Section {
            key: "terms",
            fields: vec![
                draw.days("days_from"),
                draw.days("days_to"),
                line("free_from", "off"),
                text("availability", 3),
                draw.field("contract", CHOSEN).one_of::<ContractWish>(shell),
                draw.field("pay_floor", DESK),
                draw.field("side_job", CHOSEN).one_of::<SideJob>(shell),
                draw.field("move_wish", CHOSEN).one_of::<MoveWish>(shell),
            ],
        },
        Section {
            key: "career",
            fields: vec![
                text("summary", 8),
                text("skills", 3),
                text("achievements", 6),
                text("motive", 8),
                text("learn", 3),
            ],
        },
        Section { key: "life", fields: vec![wish("housing"), wish("livelihood"), wish("community")] },
    ]
}

struct Drawing<'a> {
    shell: &'a Shell,
    form: &'a Fields,
    wrong: &'a [Wrong],
}

impl Drawing<'_> {
    fn field(&self, name: &str, audience: &str) -> Field {
        let wrong = self.wrong.iter().find(|one| one.field == name);
        Field::new(self.shell, "profile", name)
            .hinted(self.shell, "profile")
            .about(self.shell, "profile", audience, "account")
            .filled(self.value(name))
            .wrong(wrong.map(|wrong| self.shell.with(wrong.text, "words", &wrong.words)))
    }

    fn value(&self, name: &str) -> &str {
        self.form.get(name).map(String::as_str).unwrap_or_default()
    }

    fn days(&self, name: &str) -> Field {
        let mut days = DAYS.to_vec();
        // What came in by a sheet may lie between.
        days.extend(self.value(name).parse::<u16>().ok().filter(|day| *day > 0 && !DAYS.contains(day)));
        days.sort_unstable();
        let option = |day: u16| (day.to_string(), wording::days(Range::exactly(day), self.shell.lang));
        self.field(name, CHOSEN).as_a(Kind::Select(days.into_iter().map(option).collect()))
    }
}

/// A piece of advice in the reader's language, beginning with the field's label.
pub fn say(advice: &Advice, shell: &Shell) -> String {
    let label = shell.t(&format!("field-profile-{}", advice.field));
    let range = |key: &str, now: usize, from: usize, to: usize| {
        shell.lang.say_with(key, &[("field", &label), ("now", &now), ("from", &from), ("to", &to)])
    };
    match &advice.about {
        About::Length { now, from, to } => range("profiles-advice-length", *now, *from, *to),
        About::Count { now, from, to } => range("profiles-advice-count", *now, *from, *to),
        About::Name => shell.with("profiles-advice-name", "field", label),
        About::Private { word } => {
            shell.lang.say_with("profiles-advice-private", &[("field", &label), ("word", word)])
        }
    }
}

/// The value of a field as people read it: the name of a choice instead of its code.
pub fn read(name: &str, value: &str, shell: &Shell) -> String {
    fn named<T: Choice>(value: &str, shell: &Shell) -> Option<String> {
        T::ALL.iter().find(|one| one.code() == value).map(|one| wording::choice(*one, shell.lang))
    }
    let words = match name {
        "track" => named::<Track>(value, shell),
        "resolve" => named::<Resolve>(value, shell),
        "contract" => named::<ContractWish>(value, shell),
        "side_job" => named::<SideJob>(value, shell),
        "move_wish" => named::<MoveWish>(value, shell),
        "days_from" | "days_to" => {
            value.parse().ok().map(|day| wording::days(Range::exactly(day), shell.lang))
        }
        _ => None,
    };
    words.unwrap_or_else(|| value.to_owned())
}
