//! Files that stay readable, finished, and free of the machine they were written on.

use super::{Source, none, sources};

/// More than this and a file has more than one thought.
const LONGEST: usize = 500;

fn too_long(sources: &[Source]) -> Vec<String> {
    let written = [".rs", ".html", ".css", ".sql", ".sh"];
    let ours = |source: &&Source| {
        written.iter().any(|end| source.path.ends_with(end)) && !source.path.contains("/vendor/")
    };
    let lines = |source: &Source| source.text.lines().count();
    let long = sources.iter().filter(ours).filter(|source| lines(source) > LONGEST);
    long.map(|source| format!("{}: {} lines; a file is one thought", source.path, lines(source))).collect()
}

fn holding(sources: &[Source], banned: &[&str], why: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| !source.path.starts_with("tests/tidy")) {
        for (number, line) in (1..).zip(source.text.lines()) {
            if let Some(word) = banned.iter().find(|word| line.contains(**word)) {
                complaints.push(format!("{}:{number}: {word}: {why}", source.path));
            }
        }
    }
    complaints
}

/// The long run of a test whose short run is never left out.
const LONG_RUN: &str = "#[ignore = \"long: ";

fn unfinished(sources: &[Source]) -> Vec<String> {
    let rust: Vec<Source> = sources
        .iter()
        .filter(|source| source.is_rust())
        .map(|source| Source::new(&source.path, &source.text.replace(LONG_RUN, "")))
        .collect();
    holding(&rust, &["todo!(", "unimplemented!(", "#[ignore", "dbg!("], "finish it or leave it out")
}

fn homesick(sources: &[Source]) -> Vec<String> {
    holding(
        sources,
        &[concat!("/", "root/"), "/home/", "/Users/", concat!("/", "work/"), "C:\\Users"],
        "a path of somebody's machine",
    )
}

#[test]
fn every_file_is_one_thought() {
    none(&too_long(&sources("")));
}

#[test]
fn a_file_that_is_too_long_is_found() {
    assert_eq!(too_long(&[Source::new("src/web/all.rs", &"x\n".repeat(501))]).len(), 1);
    assert_eq!(too_long(&[Source::new("src/web/assets/vendor/htmx.css", &"x\n".repeat(501))]).len(), 0);
    assert_eq!(too_long(&[Source::new("src/web/page.rs", &"x\n".repeat(500))]).len(), 0);
}

#[test]
fn nothing_is_left_unfinished() {
    none(&unfinished(&sources("")));
}

#[test]
fn an_unfinished_thing_is_found() {
    assert_eq!(unfinished(&[Source::new("src/a.rs", "fn f() { todo!() }")]).len(), 1);
    assert_eq!(unfinished(&[Source::new("src/a.rs", "#[ignore = \"slow\"]\nfn f() {}")]).len(), 1);
    assert_eq!(unfinished(&[Source::new("src/a.rs", "#[ignore = \"long: an hour\"]\nfn f() {}")]).len(), 0);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    none(&homesick(&sources("")));
}

#[test]
fn a_path_of_somebodys_machine_is_found() {
    assert_eq!(homesick(&[Source::new("Makefile", "TOOLS = /home/mika/bin")]).len(), 1);
}
