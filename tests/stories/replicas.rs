//! Several processes on one database server: each keeps an index of its own, in a data directory of its own, from the one
//! outbox.

use crate::house::{Engine, Told, Town, binary, said, sample_region};

/// A second machine of the same office.
struct Second {
    place: Town,
    url: String,
}

impl Second {
    fn beside(town: &Town) -> Self {
        let url = town.database_url().expect("a server").to_owned();
        Self { place: Town::anywhere(), url }
    }

    fn does(&self, words: &[&str]) -> Told {
        let mut command = binary();
        command.current_dir(self.place.path()).args(words).arg("--data-dir").arg(self.place.data());
        said(command.args(["--database-url", &self.url])).done()
    }
}

#[test]
fn two_processes_on_one_server_find_the_same_each_in_an_index_of_its_own() {
    let town = Town::on(Engine::Postgres);
    let second = Second::beside(&town);
    let everything = ["search", "openings", "", "--limit", "1000", "--output", "json"];
    assert_eq!(second.does(&everything).json()["total"], 0);
    let town = town.with_sample_region();
    let (here, there) = (town.does(everything).json(), second.does(&everything).json());
    assert!(here["total"].as_u64() > Some(20), "{here:#}");
    assert_eq!(here, there);

    let bytes = std::fs::read(sample_region().join("openings.csv")).expect("the sample sheet");
    let (sheet, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
    let sheet = second.place.write("openings.csv", sheet.replace("を募集", "を急募"));
    second.does(&["import", sheet.to_str().expect("a path")]);
    let hurried = ["search", "openings", "急募", "--limit", "1000", "--output", "json"];
    let (here, there) = (town.does(hurried).json(), second.does(&hurried).json());
    assert!(here["total"].as_u64() > Some(10), "{here:#}");
    assert_eq!(here, there);
    for checked in [town.does(["index", "check"]), second.does(&["index", "check"])] {
        checked.done();
    }
    assert!(second.place.data().join("index/CURRENT").exists() && town.data().join("index/CURRENT").exists());
}
