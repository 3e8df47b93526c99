//! From spreadsheets to published pairings.

use crate::house::on_both_engines;

on_both_engines! {
    fn a_town_can_be_made(town: Town) {
        assert!(town.path().is_dir());
        town.run(["--version"]);
    }
}
