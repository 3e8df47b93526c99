//! What lies on disk: commits, damage, replacement, the one writer.

#![allow(clippy::unwrap_used, reason = "a helper that fails is a failed test")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{opening, shelf};
use migiude_index::{Doubt, Index, IndexError, Kind, Query, replace};
use tempfile::TempDir;

/// The folder in use.
fn folder(dir: &Path) -> PathBuf {
    dir.join(fs::read_to_string(dir.join("CURRENT")).unwrap())
}

fn total(index: &Index, text: &str) -> u64 {
    index.search(&Query::new(Kind::Opening, text)).unwrap().total
}

#[test]
fn the_position_comes_and_goes_with_the_commit() {
    let dir = TempDir::new().unwrap();
    let index = Index::create(dir.path()).unwrap();
    assert_eq!(index.position(), 0);
    let mut writer = index.writer().unwrap();
    writer.put(&opening("1", "番頭"));
    assert_eq!((index.position(), index.count(Kind::Opening)), (0, 0), "nothing is seen before the commit");
    writer.commit(42).unwrap();
    assert_eq!((index.position(), index.count(Kind::Opening)), (42, 1));
    writer.put(&opening("2", "番頭"));
    drop(writer);
    let reopened = Index::open(dir.path()).unwrap();
    assert_eq!(
        (reopened.position(), reopened.count(Kind::Opening)),
        (42, 1),
        "what was not committed is gone"
    );
}

#[test]
fn a_document_put_again_takes_the_place_of_the_former() {
    let shelf = shelf(&["番頭を求む", "女将を求む"]);
    let mut writer = shelf.index.writer().unwrap();
    writer.put(&opening("0", "料理長を求む"));
    writer.delete(Kind::Opening, "1");
    writer.delete(Kind::Profile, "0");
    writer.commit(2).unwrap();
    assert_eq!(shelf.find("番頭"), [""; 0]);
    assert_eq!(shelf.find("女将"), [""; 0]);
    assert_eq!(shelf.find("料理長"), ["0"]);
    assert_eq!(shelf.index.count(Kind::Opening), 1);
}

#[test]
fn a_reader_opened_elsewhere_sees_each_commit_at_its_next_search() {
    let dir = TempDir::new().unwrap();
    let index = Index::create(dir.path()).unwrap();
    let elsewhere = Index::open(dir.path()).unwrap();
    let clone = index.clone();
    let mut writer = index.writer().unwrap();
    for i in 1..=20 {
        writer.put(&opening(&i.to_string(), "番頭"));
        writer.commit(i).unwrap();
        assert_eq!((total(&elsewhere, "番頭"), total(&clone, "番頭")), (i, i));
        assert_eq!(elsewhere.position(), i);
    }
}

#[test]
fn there_is_one_writer() {
    let dir = TempDir::new().unwrap();
    let index = Index::create(dir.path()).unwrap();
    let first = index.writer().unwrap();
    assert!(matches!(index.writer(), Err(IndexError::Busy)));
    assert!(matches!(Index::open(dir.path()).unwrap().writer(), Err(IndexError::Busy)));
    drop(first);
    index.writer().unwrap();
}

#[test]
fn writers_of_several_processes_take_turns_without_losing_files() {
    let dir = TempDir::new().unwrap();
    let first = Index::create(dir.path()).unwrap();
    let second = Index::open(dir.path()).unwrap();
    for i in 1..=12 {
        let index = if i % 2 == 0 { &first } else { &second };
        let mut writer = index.writer().unwrap();
        writer.put(&opening(&i.to_string(), "番頭"));
        writer.commit(i).unwrap();
    }
    assert_eq!((total(&first, "番頭"), total(&second, "番頭")), (12, 12));
    // Merged and superseded segments are cleared away, whoever wrote them.
    first.writer().unwrap().commit(13).unwrap();
    let segments = fs::read_dir(folder(dir.path())).unwrap();
    let stores = segments.filter(|entry| {
        let path = entry.as_ref().unwrap().path();
        path.extension().is_some_and(|extension| extension == "store")
    });
    assert!(stores.count() < 12);
    assert_eq!(Index::open(dir.path()).unwrap().count(Kind::Opening), 12);
}

#[test]
fn an_index_is_never_created_over_another() {
    let shelf = shelf(&["番頭"]);
    assert!(matches!(Index::create(&shelf.dir.path().join("index")), Err(IndexError::Exists(_))));
    assert_eq!(shelf.find("番頭"), ["0"]);
}

#[test]
fn a_folder_without_an_index_is_missing_one() {
    let dir = TempDir::new().unwrap();
    assert!(matches!(Index::open(dir.path()), Err(Doubt::Missing(_))));
    assert!(matches!(Index::open(&dir.path().join("nowhere")), Err(Doubt::Missing(_))));
}

/// A copy of an index of some commits, to be damaged.
fn copy_of(dir: &Path) -> TempDir {
    let copy = TempDir::new().unwrap();
    let from = folder(dir);
    let to = copy.path().join(from.file_name().unwrap());
    fs::create_dir(&to).unwrap();
    fs::copy(dir.join("CURRENT"), copy.path().join("CURRENT")).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
    copy
}

/// Places in each file that are damaged in turn.
const ROUNDS: usize = 24;

/// Damages each file of an index with a deletion in each place, and expects that opening it is refused.
fn damaged_in_many_ways(damage: impl Fn(&[u8], usize) -> Option<Vec<u8>>) {
    let shelf = shelf(&["番頭を求む", "女将を求む", "東京都の会社"]);
    let mut writer = shelf.index.writer().unwrap();
    writer.delete(Kind::Opening, "0");
    writer.commit(2).unwrap();
    drop(writer);
    let dir = shelf.dir.path().join("index");
    for entry in fs::read_dir(folder(&dir)).unwrap() {
        let name = entry.unwrap().file_name();
        if name.to_str().unwrap().starts_with('.') {
            continue;
        }
        for round in 0..ROUNDS {
            let copy = copy_of(&dir);
            let path = folder(copy.path()).join(&name);
            let before = fs::read(&path).unwrap();
            let Some(after) = damage(&before, round) else { continue };
            fs::write(&path, &after).unwrap();
            let opened = Index::open(copy.path());
            assert!(opened.is_err(), "{name:?}: round {round} of the damage was not seen");
            assert_eq!(fs::read(&path).unwrap(), after, "nothing is repaired or deleted");
        }
    }
}

#[test]
fn one_flipped_bit_is_doubted() {
    damaged_in_many_ways(|bytes, round| {
        let mut bytes = bytes.to_vec();
        let at = bytes.len() * round / ROUNDS;
        *bytes.get_mut(at)? ^= 1 << (round % 8);
        Some(bytes)
    });
}

#[test]
fn a_truncated_file_is_doubted() {
    damaged_in_many_ways(|bytes, round| Some(bytes[..bytes.len() * round / ROUNDS].to_vec()));
}

#[test]
fn a_lost_list_of_segments_or_a_lost_segment_is_doubted() {
    let shelf = shelf(&["番頭を求む"]);
    let dir = shelf.dir.path().join("index");
    for entry in fs::read_dir(folder(&dir)).unwrap() {
        let name = entry.unwrap().file_name();
        if !name.to_str().unwrap().starts_with('.') {
            let copy = copy_of(&dir);
            fs::remove_file(folder(copy.path()).join(&name)).unwrap();
            assert!(matches!(Index::open(copy.path()), Err(Doubt::Unreadable { .. })), "{name:?}");
        }
    }
}

#[test]
fn an_index_of_another_version_is_stale() {
    let shelf = shelf(&["番頭を求む"]);
    let dir = shelf.dir.path().join("index");
    let meta = folder(&dir).join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let payload = text.split("\"payload\": \"").nth(1).unwrap().split('"').next().unwrap();
    let (position, _) = payload.split_once(' ').unwrap();
    assert_eq!(position, "1");
    for foreign in ["", "1", "2 0 0000000000000000 0000000000000000", &payload.replacen('1', "2", 1)] {
        fs::write(&meta, text.replace(payload, foreign)).unwrap();
        assert!(matches!(Index::open(&dir), Err(Doubt::Stale(_))), "{foreign}");
    }
    fs::write(&meta, &text).unwrap();
    Index::open(&dir).unwrap();
}

#[test]
fn a_pointer_that_leads_elsewhere_is_doubted() {
    let shelf = shelf(&["番頭を求む"]);
    let dir = shelf.dir.path().join("index");
    for pointer in ["", "../index/g1", "g", "g99"] {
        fs::write(dir.join("CURRENT"), pointer).unwrap();
        assert!(matches!(Index::open(&dir), Err(Doubt::Unreadable { .. })), "{pointer}");
    }
}

#[test]
fn a_new_index_takes_the_place_of_the_old_one_under_its_readers() {
    let old = shelf(&["番頭を求む"]);
    let new = shelf(&["女将を求む", "女将を求む"]);
    let (old_dir, new_dir) = (old.dir.path().join("index"), new.dir.path().join("index"));
    assert_eq!(total(&old.index, "番頭"), 1);
    replace(&old_dir, &new_dir).unwrap();
    assert_eq!((total(&old.index, "番頭"), total(&old.index, "女将")), (0, 2));
    assert!(!new_dir.exists());
    assert_eq!(fs::read_dir(&old_dir).unwrap().count(), 2, "one folder and the pointer to it");
    old.index.writer().unwrap().commit(7).unwrap();
    assert_eq!(Index::open(&old_dir).unwrap().position(), 7);
}

#[test]
fn a_first_or_a_damaged_index_is_replaced_alike() {
    let dir = TempDir::new().unwrap();
    for damage in [None, Some("CURRENT"), Some("g1/meta.json")] {
        if let Some(file) = damage {
            fs::write(dir.path().join("index").join(file.replace("g1", "g2")), "?").unwrap();
        }
        let new = shelf(&["番頭を求む"]);
        replace(&dir.path().join("index"), &new.dir.path().join("index")).unwrap();
        assert_eq!(total(&Index::open(&dir.path().join("index")).unwrap(), "番頭"), 1);
    }
}

#[test]
fn an_index_that_is_being_written_is_not_replaced() {
    let (old, new) = (shelf(&["番頭を求む"]), shelf(&["女将を求む"]));
    let (old_dir, new_dir) = (old.dir.path().join("index"), new.dir.path().join("index"));
    for busy in [&old, &new] {
        let writer = busy.index.writer().unwrap();
        assert_eq!(replace(&old_dir, &new_dir).unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
        drop(writer);
    }
    assert_eq!(total(&old.index, "番頭"), 1);
    replace(&old_dir, &new_dir).unwrap();
    assert_eq!(total(&old.index, "女将"), 1);
}

#[test]
fn what_a_killed_replacement_leaves_is_cleared_by_the_next() {
    let old = shelf(&["番頭を求む"]);
    let old_dir = old.dir.path().join("index");
    // As after a kill between the move of the folder and the change of the pointer.
    fs::create_dir(old_dir.join("g2")).unwrap();
    fs::write(old_dir.join("CURRENT.new"), "g2").unwrap();
    assert_eq!(total(&Index::open(&old_dir).unwrap(), "番頭"), 1);
    let new = shelf(&["女将を求む"]);
    replace(&old_dir, &new.dir.path().join("index")).unwrap();
    assert_eq!(total(&Index::open(&old_dir).unwrap(), "女将"), 1);
    assert!(!old_dir.join("g1").exists() && !old_dir.join("g2").exists());
}
