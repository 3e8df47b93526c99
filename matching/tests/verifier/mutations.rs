//! Ten thousand single changes of good results, each of which makes the result wrong: all must be refused.
//!
//! A change of the matching comes in two kinds: plain, in one map alone, and cunning, where both maps, the size and
//! the costs follow, so that only stability or the recomputed optimum can tell.

use migiude_matching::Matching;
use serde_json::{Value, json};

use crate::agreement;
use crate::dice::Dice;
use crate::markets::{MARRIAGE, MIDDLE, MIDDLE_WITH_TIES, SMALL, SMALL_WITH_TIES, random};
use crate::python::Cases;
use crate::results::Round;

/// One result of candidate-optimal or opening-optimal that is right, with all that is needed to spoil it.
struct Good {
    round: Round,
    mechanism: &'static str,
    seed: u64,
    matching: Matching,
    result: Value,
}

impl Good {
    fn random(dice: &mut Dice) -> Self {
        let kind = *dice.pick(&[SMALL, SMALL_WITH_TIES, MARRIAGE, MIDDLE, MIDDLE_WITH_TIES]);
        let round = Round::of(random(dice, kind));
        let seed = u64::from(dice.below(1 << 20));
        let (mechanism, matching) = match dice.below(2) {
            0 => ("candidate-optimal", round.candidate_optimal(seed)),
            _ => ("opening-optimal", round.opening_optimal(seed)),
        };
        let result = round.result(mechanism, &matching, round.used(seed));
        Self { round, mechanism, seed, matching, result }
    }

    fn openings(&self) -> u32 {
        self.round.market.openings().len() as u32
    }

    /// The result of another matching under the same mechanism and seed, with maps, size and costs to match.
    fn cunning(&self, openings: Vec<Option<u32>>) -> Value {
        self.round.result(self.mechanism, &Matching::new(openings), self.round.used(self.seed))
    }

    fn opening_of_each(&self) -> Vec<Option<u32>> {
        self.round.market.each_candidate().map(|candidate| self.matching.opening_of(candidate)).collect()
    }
}

type Mutation = fn(&Good, &mut Dice) -> Option<Value>;

/// Every way to be wrong; none where a market has no place for it.
const MUTATIONS: &[(&str, Mutation)] = &[
    ("a candidate is moved, all follows", |good, dice| {
        let mut openings = good.opening_of_each();
        let at = place(&openings, dice)?;
        let target = (good.openings() > 0).then(|| dice.below(good.openings()))?;
        (openings[at].replace(target) != Some(target)).then(|| good.cunning(openings))
    }),
    ("two candidates are swapped, all follows", |good, dice| {
        let mut openings = good.opening_of_each();
        let (one, other) = (place(&openings, dice)?, place(&openings, dice)?);
        openings.swap(one, other);
        (openings != good.opening_of_each()).then(|| good.cunning(openings))
    }),
    ("a candidate loses its opening, all follows", |good, dice| {
        let mut openings = good.opening_of_each();
        let at = place(&openings, dice)?;
        openings[at].take().map(|_| good.cunning(openings))
    }),
    ("an acceptable pair is added, all follows", |good, dice| {
        let mut openings = good.opening_of_each();
        let at = place(&openings, dice)?;
        let list = good.round.market.candidates().list(at as u32);
        let target = (!list.is_empty()).then(|| dice.pick(list).partner)?;
        (openings[at].replace(target) != Some(target)).then(|| good.cunning(openings))
    }),
    ("the other end of the lattice", |good, _| {
        let other = match good.mechanism {
            "candidate-optimal" => good.round.opening_optimal(good.seed),
            _ => good.round.candidate_optimal(good.seed),
        };
        (other != good.matching)
            .then(|| good.round.result(good.mechanism, &other, good.round.used(good.seed)))
    }),
    ("another lottery", |good, dice| {
        let seed = u64::from(dice.below(1 << 20));
        let other = match good.mechanism {
            "candidate-optimal" => good.round.candidate_optimal(seed),
            _ => good.round.opening_optimal(seed),
        };
        (other != good.matching).then(|| with(good, "lottery_seed", json!(seed)))
    }),
    ("one candidate's entry names another opening", |good, dice| {
        let (candidate, opening) = (key(good, "candidates", dice)?, key(good, "openings", dice)?);
        change(good, "candidates", &candidate, json!(opening))
    }),
    ("one candidate's entry is emptied", |good, dice| {
        let candidate = key(good, "candidates", dice)?;
        change(good, "candidates", &candidate, Value::Null)
    }),
    ("one opening's holders lose one", |good, dice| {
        let opening = key(good, "openings", dice)?;
        let mut holders = good.result["openings"][&opening].as_array()?.clone();
        holders.pop()?;
        change(good, "openings", &opening, json!(holders))
    }),
    ("one opening's holders gain one", |good, dice| {
        let (opening, candidate) = (key(good, "openings", dice)?, key(good, "candidates", dice)?);
        let mut holders = good.result["openings"][&opening].as_array()?.clone();
        holders.push(json!(candidate));
        change(good, "openings", &opening, json!(holders))
    }),
    ("a candidate is left out", |good, dice| leave_out(good, "candidates", dice)),
    ("an opening is left out", |good, dice| leave_out(good, "openings", dice)),
    ("a stranger is added", |good, dice| {
        let side = *dice.pick(&["candidates", "openings"]);
        let value = if side == "candidates" { Value::Null } else { json!([]) };
        change(good, side, "X-1", value)
    }),
    ("a value of another type", |good, dice| {
        let (side, values) = match dice.below(2) {
            0 => ("candidates", [json!(1), json!([]), json!({}), json!(""), json!(true)]),
            _ => ("openings", [json!(1), Value::Null, json!({}), json!("C-01"), json!([1])]),
        };
        change(good, side, &key(good, side, dice)?, dice.pick(&values).clone())
    }),
    ("a count is off by one", |good, dice| {
        let name = *dice.pick(&["size", "candidate_cost", "opening_cost", "blocking_pairs"]);
        let count = good.result[name].as_i64()?;
        Some(with(good, name, json!(if dice.once_in(2) { count + 1 } else { count - 1 })))
    }),
    ("a count is no whole number", |good, dice| {
        let name = *dice.pick(&["size", "candidate_cost", "opening_cost", "blocking_pairs"]);
        let count = good.result[name].as_i64()?;
        let values =
            [json!(count as f64), json!(count.to_string()), Value::Null, json!([count]), json!(count > 0)];
        Some(with(good, name, dice.pick(&values).clone()))
    }),
    ("a member is left out", |good, dice| {
        let mut result = good.result.clone();
        let names: Vec<String> = result.as_object()?.keys().cloned().collect();
        result.as_object_mut()?.remove(dice.pick(&names));
        Some(result)
    }),
    ("a dropped entry is hidden", |good, dice| {
        let mut dropped = good.result["dropped"].as_array()?.clone();
        let at = place(&dropped, dice)?;
        dropped.remove(at);
        Some(with(good, "dropped", json!(dropped)))
    }),
    ("a dropped entry is made up", |good, dice| {
        let mut dropped = good.result["dropped"].as_array()?.clone();
        let (agent, entry) = (key(good, "candidates", dice)?, key(good, "openings", dice)?);
        dropped.push(json!({"side": "candidate", "agent": agent, "entry": entry}));
        Some(with(good, "dropped", json!(dropped)))
    }),
    ("a dropped entry is told of the other side", |good, dice| {
        let mut dropped = good.result["dropped"].as_array()?.clone();
        let at = place(&dropped, dice)?;
        let other = if dropped[at]["side"] == "candidate" { "opening" } else { "candidate" };
        dropped[at]["side"] = json!(other);
        Some(with(good, "dropped", json!(dropped)))
    }),
    ("a lottery without ties, or ties without a lottery", |good, dice| {
        let seed = if good.round.market.has_ties() { Value::Null } else { json!(dice.below(9)) };
        Some(with(good, "lottery_seed", seed))
    }),
    ("a seed that is no seed", |good, dice| {
        let seeds =
            [json!(-1), json!(0.5), json!("7"), json!(18_446_744_073_709_551_616.0), json!(false), json!([])];
        Some(with(good, "lottery_seed", dice.pick(&seeds).clone()))
    }),
    ("a mechanism nobody knows", |good, dice| {
        let names = ["candidate-optimul", "", "optimal", "Candidate-Optimal"];
        Some(with(good, "mechanism", json!(dice.pick(&names))))
    }),
    ("the other mechanism's name", |good, _| {
        let (other, name) = match good.mechanism {
            "candidate-optimal" => (good.round.opening_optimal(good.seed), "opening-optimal"),
            _ => (good.round.candidate_optimal(good.seed), "candidate-optimal"),
        };
        (other != good.matching).then(|| with(good, "mechanism", json!(name)))
    }),
    ("nothing is said to exist", |good, _| {
        let mut result = with(good, "candidates", Value::Null);
        result["reason"] = json!("no stable matching exists");
        Some(result)
    }),
];

fn place<T>(among: &[T], dice: &mut Dice) -> Option<usize> {
    (!among.is_empty()).then(|| dice.below(among.len() as u32) as usize)
}

fn key(good: &Good, side: &str, dice: &mut Dice) -> Option<String> {
    let keys: Vec<&String> = good.result[side].as_object()?.keys().collect();
    place(&keys, dice).map(|at| keys[at].clone())
}

fn with(good: &Good, name: &str, value: Value) -> Value {
    let mut result = good.result.clone();
    result[name] = value;
    result
}

/// One entry of one map changed; none when that changes nothing.
fn change(good: &Good, side: &str, key: &str, value: Value) -> Option<Value> {
    let mut result = good.result.clone();
    result[side][key] = value;
    (result != good.result).then_some(result)
}

fn leave_out(good: &Good, side: &str, dice: &mut Dice) -> Option<Value> {
    let key = key(good, side, dice)?;
    let mut result = good.result.clone();
    result[side].as_object_mut()?.remove(&key);
    Some(result)
}

/// So many mutations of good results, the market of each before it; the good results themselves go to `good`.
fn mutated(wanted: usize, seed: u64, good: &mut Cases) -> (Cases, Vec<usize>) {
    let mut dice = Dice::new(seed);
    let (mut cases, mut of_each) = (Cases::new(), vec![0; MUTATIONS.len()]);
    while of_each.iter().sum::<usize>() < wanted {
        let one = Good::random(&mut dice);
        let market = one.round.document();
        good.market(&market);
        good.result("the good result", &one.result);
        cases.market(&market);
        for (count, (name, mutate)) in of_each.iter_mut().zip(MUTATIONS) {
            if let Some(result) = mutate(&one, &mut dice) {
                cases.result(name, &result);
                *count += 1;
            }
        }
    }
    (cases, of_each)
}

/// One leaf of a result of any mechanism changed: a number is one larger, a key is another, nothing is something.
/// None for leaves whose change need not be wrong.
fn twist(dice: &mut Dice, result: &Value) -> Option<Value> {
    let mut leaves = Vec::new();
    collect_leaves(result, String::new(), &mut leaves);
    let (path, leaf) = dice.pick(&leaves);
    let member = path.split('/').nth(1)?;
    // Another seed may give the same matching, a reason may read differently, and a weaker claim is no wrong one.
    if ["lottery_seed", "exact", "proven", "reason"].contains(&member) || path.starts_with("/clash/rules") {
        return None;
    }
    let siblings =
        leaves.iter().filter(|(other, value)| other.starts_with(&format!("/{member}/")) && value != leaf);
    let others: Vec<&Value> = siblings.map(|(_, value)| value).filter(|value| value.is_string()).collect();
    let twisted = match leaf {
        Value::Number(number) => json!(number.as_i64()? + 1),
        Value::String(_) if member != "clash" && !others.is_empty() => (*dice.pick(&others)).clone(),
        Value::String(_) => json!("stranger"),
        Value::Null if member == "candidates" && !path.contains("candidates/") => return None,
        Value::Null => json!("O-01"),
        _ => return None,
    };
    let mut result = result.clone();
    *result.pointer_mut(path)? = twisted;
    Some(result)
}

fn collect_leaves(value: &Value, path: String, leaves: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| collect_leaves(value, format!("{path}/{key}"), leaves));
        }
        Value::Array(entries) => {
            (0..)
                .zip(entries)
                .for_each(|(at, value): (u32, _)| collect_leaves(value, format!("{path}/{at}"), leaves));
        }
        leaf => leaves.push((path, leaf.clone())),
    }
}

#[test]
fn two_thousand_twisted_leaves_of_every_mechanism_are_refused() {
    let mut dice = Dice::new(8);
    let mut cases = Cases::new();
    while cases.len() < 2_000 {
        let mut good = Cases::new();
        agreement::random_setting(&mut dice, &mut good);
        for case in good.lines() {
            match case.get("market") {
                Some(market) => cases.market(market),
                None => {
                    if let Some(result) = twist(&mut dice, &case["result"]) {
                        cases.asked(case["id"].as_str().unwrap(), &result, case);
                    }
                }
            }
        }
    }
    cases.expect_refused();
}

#[test]
fn ten_thousand_single_mutations_of_good_results_are_refused() {
    let mut good = Cases::new();
    let (cases, of_each) = mutated(10_000, 7, &mut good);
    good.expect_accepted();
    cases.expect_refused();
    for (count, (name, _)) in of_each.iter().zip(MUTATIONS) {
        assert!(*count >= 25, "only {count} times: {name}");
    }
}
