//! What the form of a list says, however it was filled in: numbers in boxes, a button, or the whole order as the script on
//! the page writes it.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::board::rankings::Change;
use crate::domain::{RankOrder, RankStep, RankedId};

/// The fields of the form.
pub type Fields = BTreeMap<String, String>;

/// What cannot be read: the box and the key of the text that says why.
pub type Faults = Vec<(RankedId, &'static str)>;

/// Ranks are counted to here at most.
const LAST: u32 = 999;

/// The order as the page and the script write it: groups with blanks between, ids in a group with commas.
pub fn write(order: &RankOrder) -> String {
    let groups = order
        .groups()
        .iter()
        .map(|group| group.iter().map(RankedId::to_string).collect::<Vec<_>>().join(","));
    groups.collect::<Vec<_>>().join(" ")
}

/// The order that was written so.
pub fn read(text: &str) -> Option<RankOrder> {
    let group = |group: &str| group.split(',').map(|id| id.parse().ok()).collect::<Option<Vec<_>>>();
    RankOrder::new(text.split_whitespace().map(group).collect::<Option<_>>()?)
}

/// What is to be done. Numbers that were typed hold also when a button was pressed.
///
/// # Errors
/// Every box whose number cannot be.
pub fn change(fields: &Fields, ties: bool) -> Result<Option<Change>, Faults> {
    match fields.get("act").map(String::as_str) {
        Some("undo") => return Ok(Some(Change::Undo)),
        Some("redo") => return Ok(Some(Change::Redo)),
        _ => {}
    }
    if let Some(order) = fields.get("order") {
        return Ok(read(order).map(Change::Order));
    }
    let Some(was) = fields.get("was").and_then(|was| read(was)) else { return Ok(None) };
    let order = by_numbers(&was, fields, ties)?;
    let step = fields.get("step").and_then(|step| pressed(step));
    Ok(Some(match step {
        Some((who, step)) => Change::Step(order, who, step),
        None => Change::Order(order),
    }))
}

/// `up:{id}`
fn pressed(button: &str) -> Option<(RankedId, RankStep)> {
    let (step, who) = button.split_once(':')?;
    let step = match step {
        "up" => RankStep::Up,
        "down" => RankStep::Down,
        "top" => RankStep::Top,
        "bottom" => RankStep::Bottom,
        "tie" => RankStep::Tie,
        "off" => RankStep::Off,
        _ => return None,
    };
    Some((who.parse().ok()?, step))
}

/// The list that the boxes describe. A single new number moves its partner there, as people expect who type a 1 to put
/// somebody first; several numbers are taken as they stand. Where ties are allowed, equal numbers are ties.
fn by_numbers(was: &RankOrder, fields: &Fields, ties: bool) -> Result<RankOrder, Faults> {
    let (mut ranks, mut faults, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for (name, value) in fields {
        let Some(id) = name.strip_prefix("rank-").and_then(|id| id.parse::<RankedId>().ok()) else {
            continue;
        };
        let value: String = value.nfkc().filter(|c| !c.is_whitespace()).collect();
        let rank = if value.is_empty() {
            None
        } else if let Some(rank) = value.parse().ok().filter(|rank| (1..=LAST).contains(rank)) {
            Some(rank)
        } else {
            faults.push((id, "rankings-bad-number"));
            continue;
        };
        if was.rank_of(id) != rank {
            moved.push((id, rank));
        }
        ranks.extend(rank.map(|rank| (id, rank)));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if let ([(who, rank)], false) = (&moved[..], ties) {
        let mut order = was.clone();
        order.step(*who, rank.map_or(RankStep::Off, RankStep::To));
        return Ok(order);
    }
    if !ties {
        let twice = |rank: u32| ranks.iter().filter(|(_, one)| *one == rank).count() > 1;
        let doubled = ranks.iter().filter(|(_, rank)| twice(*rank)).map(|(id, _)| (*id, "rankings-twice"));
        let doubled: Faults = doubled.collect();
        if !doubled.is_empty() {
            return Err(doubled);
        }
    }
    Ok(RankOrder::of_ranks(ranks).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> RankedId {
        RankedId::new(&mut || Uuid::from_u128(number))
    }

    fn order(groups: &[&[u128]]) -> RankOrder {
        RankOrder::new(groups.iter().map(|group| group.iter().map(|n| id(*n)).collect()).collect()).unwrap()
    }

    /// The form of a page that showed `was`, with these numbers in its boxes and perhaps a button pressed.
    fn form(was: &RankOrder, numbers: &[(u128, &str)], step: &str) -> Fields {
        let mut fields = Fields::new();
        fields.insert("was".to_owned(), write(was));
        for (who, number) in numbers {
            fields.insert(format!("rank-{}", id(*who)), (*number).to_owned());
        }
        if !step.is_empty() {
            fields.insert("step".to_owned(), step.to_owned());
        }
        fields
    }

    #[test]
    fn a_single_new_number_moves_its_partner_there() {
        let was = order(&[&[1], &[2], &[3]]);
        let typed = |numbers: &[(u128, &str)]| change(&form(&was, numbers, ""), false);
        let first = typed(&[(1, "1"), (2, "2"), (3, "１")]).unwrap();
        assert_eq!(first, Some(Change::Order(order(&[&[3], &[1], &[2]]))));
        let gone = typed(&[(1, "1"), (2, " "), (3, "3")]).unwrap();
        assert_eq!(gone, Some(Change::Order(order(&[&[1], &[3]]))));
        let new = typed(&[(1, "1"), (2, "2"), (3, "3"), (4, "2")]).unwrap();
        assert_eq!(new, Some(Change::Order(order(&[&[1], &[4], &[2], &[3]]))));
    }

    #[test]
    fn several_numbers_are_taken_as_they_stand_and_may_leave_gaps() {
        let was = order(&[&[1], &[2]]);
        let typed = change(&form(&was, &[(1, "20"), (2, "10"), (3, "15")], ""), false).unwrap();
        assert_eq!(typed, Some(Change::Order(order(&[&[2], &[3], &[1]]))));
    }

    #[test]
    fn a_number_given_twice_is_a_tie_where_ties_are_allowed_and_else_a_mistake_at_each_box() {
        let was = order(&[]);
        let fields = form(&was, &[(1, "1"), (2, "2"), (3, "2")], "");
        assert_eq!(change(&fields, true).unwrap(), Some(Change::Order(order(&[&[1], &[2, 3]]))));
        let twice = vec![(id(2), "rankings-twice"), (id(3), "rankings-twice")];
        assert_eq!(change(&fields, false), Err(twice));
    }

    #[test]
    fn what_is_no_rank_is_said_at_its_box() {
        let was = order(&[&[1]]);
        for number in ["0", "-1", "first", "1000", "1.5"] {
            let typed = change(&form(&was, &[(1, number)], ""), false);
            assert_eq!(typed, Err(vec![(id(1), "rankings-bad-number")]), "{number}");
        }
    }

    #[test]
    fn numbers_that_were_typed_hold_when_a_button_is_pressed() {
        let was = order(&[&[1], &[2], &[3]]);
        let fields = form(&was, &[(1, "1"), (2, "2"), (3, "1")], &format!("down:{}", id(1)));
        let Some(Change::Step(typed, who, step)) = change(&fields, false).unwrap() else { panic!("a step") };
        assert_eq!((typed, who, step), (order(&[&[3], &[1], &[2]]), id(1), RankStep::Down));
    }

    #[test]
    fn an_order_is_read_as_it_was_written() {
        for groups in [&[][..], &[&[1][..], &[2, 3][..]][..]] {
            let order = order(groups);
            assert_eq!(read(&write(&order)), Some(order));
        }
        assert_eq!(read(&format!("{} {}", id(1), id(1))), None);
        assert_eq!(read("nobody"), None);
    }
}
