//! The house law, held by reading the sources.
//!
//! Each rule is a function from texts to complaints and two tests: what stands in the repository gives none, and a
//! bad example gives one. A complaint says where, what, and what to do.

mod arrows;
mod keys;
mod shape;

use std::fs;
use std::path::Path;

/// A file of the repository.
struct Source {
    /// From the root, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The lines of Rust code with their numbers, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).map(|(number, line)| (number, line.split("//").next().unwrap_or(line)))
    }

    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }
}

/// What is made, fetched or private, and what others wrote.
const NOT_OURS: &[&str] = &["target", ".git", "node_modules", "migiude-data", "tests/fixtures", "Cargo.lock"];

/// Every text file below a folder of the repository; an empty folder name means all of it.
fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(root, &root.join(folder), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push(Source { path: name, text });
        }
    }
}

#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
