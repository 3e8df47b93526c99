//! The first thing a newcomer runs.

use std::net::TcpListener;

use crate::house::{Server, Town, binary, on_both_engines, pairs_of, said};

const SMALL: &[&str] = &["demo", "--firms", "8", "--candidates", "24"];

fn small<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [SMALL, more].concat()
}

on_both_engines! {
    fn a_demo_goes_from_spreadsheets_to_published_pairings(town: Town) {
        let told = town.does(small(&["--once"]));
        assert!(told.out.contains("blocking pairs: 0"), "{}", told.out);
        let round = town.shown_round();
        assert_eq!(round["stage"], "published");
        assert!(!pairs_of(&round).is_empty());
        let found = town.does(["search", "openings", "", "--output", "json"]).json();
        assert!(found["total"].as_u64().expect("a number") > 0);
    }

    fn a_demo_in_the_same_place_goes_on_from_there(town: Town) {
        town.does(small(&["--once"]));
        let first = town.shown_round();
        town.does(small(&["--once"]));
        assert_eq!(town.shown_round()["hash"], first["hash"]);
    }
}

#[test]
fn the_same_seed_makes_the_same_region() {
    let titles = |seed: &str| {
        let town = Town::anywhere();
        town.does(small(&["--once", "--seed", seed]));
        town.does(["search", "openings", "", "--limit", "100", "--output", "json"]).json()["hits"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|hit| hit["title"].to_string())
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(titles("3"), titles("3"));
    assert_ne!(titles("3"), titles("4"));
}

#[test]
fn a_demo_leaves_nothing_behind_unless_it_was_given_a_place() {
    let town = Town::anywhere();
    let told =
        said(binary().current_dir(town.path()).env("TMPDIR", town.path()).args(small(&["--once"]))).done();
    assert!(told.out.contains("blocking pairs: 0"), "{}", told.out);
    let left: Vec<_> = std::fs::read_dir(town.path()).expect("a directory").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_demo_takes_the_next_port_when_its_own_is_taken() {
    let town = Town::anywhere();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("bound").port();
    let server = Server::start(&town.command(small(&["--listen", &format!("127.0.0.1:{port}")])));
    assert_ne!(server.address(), format!("http://localhost:{port}"));
}

#[test]
fn serving_on_a_taken_port_is_refused_with_what_to_do() {
    let town = Town::anywhere();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("bound").to_string();
    let told = town.run(["serve", "--listen", &address]).exits(2);
    assert!(told.err.contains(&address), "{}", told.err);
}
