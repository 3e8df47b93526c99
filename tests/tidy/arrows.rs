//! Who may name whom: rooms in an order, foreign libraries in one place.

use std::sync::LazyLock;

use regex::Regex;

use super::{Source, none, sources};

/// The order of the rooms, as `ARCHITECTURE.md` draws it.
struct Drawing {
    /// The rows from the ground up: a kind and its rooms.
    rows: Vec<(String, Vec<String>)>,
}

impl Drawing {
    /// Reads the first block after the heading "Who may name whom".
    fn read(architecture: &str) -> Self {
        let (_, after) = architecture.split_once("## Who may name whom").expect("the heading");
        let block = after.split("```").nth(1).expect("a drawing in a code block");
        let row = |line: &str| {
            let mut words = line.split([' ', '→']).filter(|word| !word.is_empty()).map(str::to_owned);
            words.next().map(|kind| (kind, words.collect()))
        };
        Self { rows: block.lines().filter_map(row).collect() }
    }

    fn rooms(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().flat_map(|(_, rooms)| rooms).map(String::as_str)
    }

    /// Row and place in the row.
    fn place(&self, room: &str) -> Option<(usize, usize)> {
        (0..).zip(&self.rows).find_map(|(row, (_, rooms))| Some((row, rooms.iter().position(|r| r == room)?)))
    }

    fn allows(&self, from: &str, to: &str) -> bool {
        let (Some(from_at), Some(to_at)) = (self.place(from), self.place(to)) else { return false };
        let kind = self.rows[from_at.0].0.as_str();
        match (kind, from, to) {
            // The generator of invented regions serves the command that shows them.
            (_, _, "demo") => from == "cli",
            ("memory", _, _) => to == "domain",
            _ if to_at.0 < from_at.0 => true,
            ("ground", _, _) => to_at.0 == from_at.0,
            ("work" | "top", _, _) => to_at.0 == from_at.0 && to_at.1 < from_at.1,
            _ => false,
        }
    }
}

/// The room of a source: `src/store/db.rs` and `src/store.rs` are both in `store`.
fn room_of(path: &str) -> Option<&str> {
    let below = path.strip_prefix("src/")?;
    let first = below.split('/').next()?;
    let room = first.strip_suffix(".rs").unwrap_or(first);
    (room != "lib").then_some(room)
}

/// Every room that a line of code names, as `crate::room`, `crate::{room, …}` or by climbing with `super`.
fn rooms_named(source: &Source) -> Vec<(usize, String)> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(crate|migiude|(?:super::)*super)::(\{[^;]*|[a-z_]+)").expect("a pattern")
    });
    static FIRSTS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\{?\s*([a-z_]+)").expect("a pattern"));
    let code: String = source.code().map(|(_, line)| format!("{line}\n")).collect();
    let mut named = Vec::new();
    for found in NAMED.captures_iter(&code) {
        let start = found.get(0).map_or(0, |whole| whole.start());
        let line = code[..start].matches('\n').count() + 1;
        let climbs = found[1].matches("super").count();
        if climbs > 0 && climbs < depth(&source.path) {
            continue;
        }
        for part in top_level(&found[2]) {
            if let Some(first) = FIRSTS.captures(part) {
                named.push((line, first[1].to_owned()));
            }
        }
    }
    named
}

/// How many times `super` climbs from a file to the crate.
fn depth(path: &str) -> usize {
    let parts = path.trim_start_matches("src/").split('/').count();
    if path.ends_with("/mod.rs") { parts - 1 } else { parts }
}

/// `{a::{b, c}, d}` → `a::{b, c}` and `d`.
fn top_level(group: &str) -> Vec<&str> {
    let Some(inner) = group.strip_prefix('{') else { return vec![group] };
    let (mut parts, mut open, mut start) = (Vec::new(), 0, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open == 0 => {
                parts.push(&inner[start..at]);
                return parts;
            }
            '}' => open -= 1,
            ',' if open == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

fn upward_arrows(drawing: &Drawing, sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let Some(from) = room_of(&source.path) else { continue };
        for (line, to) in rooms_named(source) {
            // What lib.rs re-exports is no room; the compiler knows whether it exists.
            if to != from && drawing.place(&to).is_some() && !drawing.allows(from, &to) {
                complaints.push(format!(
                    "{}:{line}: {from} names {to}, which lies above or beside it: write the news down for a job, \
                     or move the thing down",
                    source.path
                ));
            }
        }
    }
    complaints
}

fn rooms_and_drawing(drawing: &Drawing, sources: &[Source]) -> Vec<String> {
    let mut built: Vec<&str> = sources.iter().filter_map(|source| room_of(&source.path)).collect();
    built.sort_unstable();
    built.dedup();
    let unknown = built.iter().filter(|room| drawing.place(room).is_none());
    let unbuilt = drawing.rooms().filter(|room| !built.contains(room));
    let draw = unknown.map(|room| format!("src/{room} is not in ARCHITECTURE.md: draw it where it belongs"));
    let erase = unbuilt
        .map(|room| format!("ARCHITECTURE.md draws {room}, which is not in src: build it or erase it"));
    draw.chain(erase).collect()
}

/// Foreign libraries and our crates, and the only places that name them.
const KEPT: &[(&str, &[&str])] = &[
    ("sqlx", &["src/store/"]),
    ("migiude_index", &["src/search/", "index/"]),
    ("migiude_matching", &["src/rounds/", "src/cli/markets/", "matching/", "benches/"]),
    ("tantivy", &["index/"]),
    ("vibrato", &["index/"]),
    ("calamine", &["src/intake/"]),
    ("argon2", &["src/accounts/"]),
    ("fluent_templates", &["src/texts/"]),
    ("lettre", &["src/mail/"]),
    ("rust_xlsxwriter", &["src/desk/"]),
];

fn strangers(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust() && !source.path.starts_with("tests/")) {
        for (library, places) in KEPT {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            for (line, code) in source.code() {
                if code.contains(&format!("{library}::")) || code.contains(&format!("use {library}")) {
                    let places = places.join(", ");
                    complaints.push(format!("{}:{line}: {library} is named in {places} only", source.path));
                }
            }
        }
    }
    complaints
}

fn drawn() -> Drawing {
    let map = sources("").into_iter().find(|source| source.path == "ARCHITECTURE.md").expect("a map");
    Drawing::read(&map.text)
}

#[cfg(test)]
fn example() -> Drawing {
    Drawing::read(
        "## Who may name whom\n```\nground  domain clock demo\nmemory  store\nwork    search → rounds\ndoors   web cli\ntop     app main\n```",
    )
}

#[test]
fn no_room_names_a_room_above_it() {
    none(&upward_arrows(&drawn(), &sources("src")));
}

#[test]
fn an_arrow_that_runs_upward_is_found() {
    let upward = |path, code: &str| upward_arrows(&example(), &[Source::new(path, code)]).len();
    assert_eq!(upward("src/search/mod.rs", "use crate::rounds::freeze;"), 1);
    assert_eq!(upward("src/search/deep/in.rs", "use super::super::super::rounds::freeze;"), 1);
    assert_eq!(
        upward("src/search/mod.rs", "use crate::{\n    domain::Firm,\n    web::{Page, shell},\n};"),
        1
    );
    assert_eq!(upward("src/web/page.rs", "use crate::cli::Output;"), 1, "doors never name each other");
    assert_eq!(upward("src/store/firms.rs", "use crate::clock::Clock;"), 1, "memory knows the domain alone");
    assert_eq!(upward("src/domain/firm.rs", "fn f(s: crate::store::Db) {}"), 1);
    assert_eq!(upward("src/web/mod.rs", "use crate::demo;"), 1, "the generator serves the command alone");
}

#[test]
fn an_arrow_that_runs_down_is_fine() {
    let upward = |path, code: &str| upward_arrows(&example(), &[Source::new(path, code)]).len();
    assert_eq!(
        upward("src/rounds/mod.rs", "use crate::{domain::Firm, search::{Fit, Search}, store::Db};"),
        0
    );
    assert_eq!(upward("src/rounds/run.rs", "use super::store::proposals;"), 0, "its own file of that name");
    assert_eq!(upward("src/app.rs", "use crate::{cli, web};"), 0);
    assert_eq!(upward("src/main.rs", "fn main() { migiude::app::main() }"), 0);
    assert_eq!(upward("src/domain/firm.rs", "/// See [`crate::store`].\nuse crate::clock;"), 0);
    assert_eq!(upward("src/cli/demo.rs", "use crate::demo;"), 0);
}

#[test]
fn every_room_is_drawn_and_every_drawn_room_is_there() {
    none(&rooms_and_drawing(&drawn(), &sources("src")));
}

#[test]
fn a_room_that_is_not_drawn_is_found() {
    let house = |extra: &[&str]| {
        let rooms = ["domain", "clock", "demo", "store", "search", "rounds", "web", "cli", "main"];
        let all = rooms.iter().chain(extra).map(|room| Source::new(&format!("src/{room}/mod.rs"), ""));
        rooms_and_drawing(&example(), &all.collect::<Vec<_>>())
    };
    assert_eq!(house(&["app"]), Vec::<String>::new());
    assert_eq!(house(&["app", "mail"]).len(), 1, "built and not drawn");
    assert_eq!(house(&[]).len(), 1, "drawn and not built");
}

#[test]
fn a_foreign_library_is_named_in_one_place() {
    none(&strangers(&sources("")));
}

#[test]
fn a_library_named_elsewhere_is_found() {
    assert_eq!(strangers(&[Source::new("src/web/page.rs", "let rows = sqlx::query(\"…\");")]).len(), 1);
    assert_eq!(strangers(&[Source::new("src/cli/round.rs", "use migiude_matching::Market;")]).len(), 1);
    assert_eq!(
        strangers(&[Source::new("src/store/db.rs", "use sqlx::Row; // sqlx::Any would not do")]).len(),
        0
    );
}
