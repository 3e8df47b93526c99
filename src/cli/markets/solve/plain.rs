//! Two sides of lists and nothing more: all mechanisms.

use migiude_matching::audit::ties::{Stability, blocking_pairs};
use migiude_matching::certificate::Certificate;
use migiude_matching::formats::result::{Facts, Figures, Places};
use migiude_matching::{
    Candidate, Lattice, Matching, NoOptimum, Obstacle, Opening, StrictMarket, Weight, Why, Wish, audit,
    balanced, both_ranks, break_ties, candidate_optimal, comparisons, largest_weakly_stable, median,
    minimum_regret, moved_from, opening_optimal, optimum, promotion, rematch, strategy, strongly_stable,
    super_stable,
};

use super::{Ask, Clash, Mechanism, Repair, name};
use crate::cli::markets::files::Outcome;
use crate::cli::markets::patience;

/// Stable matchings that are looked at one by one before the best found is answered with a bound.
const LOOKED_AT: u64 = 1_000_000;

/// What a mechanism found, before it is audited.
struct Found {
    matching: Matching,
    stability: Stability,
    /// Whether a pair may be left that would rather have each other.
    envy_allowed: bool,
    lottery: bool,
    facts: Facts<'static>,
}

impl Found {
    fn stable(matching: Matching) -> Self {
        let facts = Facts::default();
        Self { matching, stability: Stability::Weak, envy_allowed: false, lottery: true, facts }
    }

    fn with(self, facts: Facts<'static>) -> Self {
        Self { facts, ..self }
    }
}

pub(super) fn solve(ask: &Ask<'_>, earlier: Option<&Matching>, wishes: &[Wish]) -> Result<Outcome, String> {
    check_options(ask, !wishes.is_empty())?;
    let market = &ask.file.market;
    let strict = break_ties(market, ask.args.seed);
    let found = match find(ask, &strict, earlier, wishes)? {
        Ok(found) => found,
        Err(none) => {
            // What is strong or super-stable is looked for among the ties themselves.
            let lottery = !matches!(ask.args.mechanism, Mechanism::Strong | Mechanism::Super);
            return Ok(ask.show_none(&none, ask.lottery().filter(|_| lottery)));
        }
    };
    let Found { matching, stability, envy_allowed, lottery, facts } = found;

    let audit = audit(market, &matching);
    let blocking = blocking_pairs(market, &matching, stability);
    ask.audited(audit.is_valid() && (envy_allowed || blocking.is_empty()))?;
    let moved: Option<Vec<Candidate>> = earlier
        .map(|earlier| rematch::moves(earlier, &matching).iter().map(|moved| moved.candidate).collect());
    let mut patience = patience::of_seconds(ask.args.patience);
    let certificate = ask.args.certificate.then(|| Certificate::of(market, &matching)).transpose();
    let certificate = certificate.map_err(|flaw| flaw.to_string())?;
    let compared = ask.args.compare.then(|| comparisons::beside(market, ask.args.seed));
    let notes = ask.args.notes.then(|| strategy::notes(&strict, &mut patience));
    let figures = Figures { blocking_pairs: blocking.len(), ..(&audit).into() };
    let facts = Facts {
        moved: moved.as_deref(),
        envy: envy_allowed.then_some(&blocking),
        certificate: certificate.as_ref(),
        comparisons: compared.as_deref(),
        strategy: notes.as_ref(),
        ..facts
    };
    let remarks = remarks(ask, &facts);
    ask.show(Places::One(&matching), figures, ask.lottery().filter(|_| lottery), facts, &remarks)
}

/// Refuses options that the mechanism has no place for.
fn check_options(ask: &Ask<'_>, wishes: bool) -> Result<(), String> {
    let args = ask.args;
    let refuse = |option: &str, with: &str| {
        Err(ask.lang.say_with("solve-not-with", &[("option", &option), ("with", &with)]))
    };
    let by_weights = matches!(args.mechanism, Mechanism::CandidateOptimal | Mechanism::Egalitarian);
    let mechanism = format!("--mechanism {}", ask.mechanism);
    if args.otherwise.is_some() {
        return Err(ask.lang.say("solve-otherwise-for-couples-and-days"));
    }
    if args.previous.is_some() && !by_weights {
        return refuse("--previous", &mechanism);
    }
    if wishes && !by_weights {
        return refuse(if args.force.is_empty() { "--forbid" } else { "--force" }, &mechanism);
    }
    let repair = format!("--repair {}", name(&args.repair));
    if args.repair != Repair::FewestMoves && wishes {
        return refuse(&repair, if args.force.is_empty() { "--forbid" } else { "--force" });
    }
    if args.repair != Repair::FewestMoves && args.mechanism == Mechanism::Egalitarian {
        return refuse(&repair, &mechanism);
    }
    Ok(())
}

/// The matching, or why there is none of the kind.
fn find(
    ask: &Ask<'_>,
    strict: &StrictMarket<'_>,
    earlier: Option<&Matching>,
    wishes: &[Wish],
) -> Result<Result<Found, Clash>, String> {
    let market = &ask.file.market;
    let without_lottery =
        |matching, stability| Found { stability, lottery: false, ..Found::stable(matching) };
    Ok(Ok(match (ask.args.mechanism, earlier) {
        (Mechanism::CandidateOptimal, Some(earlier)) if ask.args.repair == Repair::Freeze => {
            Found { envy_allowed: true, ..Found::stable(rematch::freeze(strict, earlier).matching) }
        }
        (Mechanism::CandidateOptimal, Some(earlier)) if ask.args.repair == Repair::VacancyChain => {
            Found { envy_allowed: true, ..Found::stable(rematch::vacancy_chain(strict, earlier).matching) }
        }
        (Mechanism::CandidateOptimal, None) if wishes.is_empty() => {
            Found::stable(candidate_optimal(strict).matching)
        }
        (Mechanism::CandidateOptimal | Mechanism::Egalitarian, _) => {
            return by_weights(ask, strict, earlier, wishes);
        }
        (Mechanism::OpeningOptimal, _) => Found::stable(opening_optimal(strict).matching),
        (Mechanism::MinRegret, _) => {
            let least = minimum_regret(&Lattice::of(strict));
            Found::stable(least.matching).with(Facts { regret: Some(least.regret), ..Facts::default() })
        }
        (Mechanism::Median, _) => {
            let middle = median(&Lattice::of(strict), LOOKED_AT);
            Found::stable(middle.matching).with(Facts { exact: Some(middle.exact), ..Facts::default() })
        }
        (Mechanism::Balanced, _) => {
            let best = balanced(&Lattice::of(strict), LOOKED_AT);
            let (exact, bound) = (Some(best.exact), Some(best.bound));
            Found::stable(best.matching).with(Facts { exact, bound, ..Facts::default() })
        }
        (Mechanism::Promotion, _) => Found::stable(promotion(market, ask.args.seed).matching),
        (Mechanism::Strong, _) => match strongly_stable(market) {
            Ok(matching) => without_lottery(matching, Stability::Strong),
            Err(obstacle) => return Ok(Err(in_the_way(ask, &obstacle))),
        },
        (Mechanism::Super, _) => match super_stable(market) {
            Ok(matching) => without_lottery(matching, Stability::Super),
            Err(obstacle) => return Ok(Err(in_the_way(ask, &obstacle))),
        },
        (Mechanism::MaxWeaklyStable, _) => {
            let mut patience = patience::of_seconds(ask.args.patience);
            let most = largest_weakly_stable(market, ask.args.seed, &mut patience);
            let (proven, bound) = (Some(most.is_proven()), Some(most.bound as u64));
            Found::stable(most.matching).with(Facts { proven, bound, ..Facts::default() })
        }
    }))
}

/// Fewest moves first, then the least sum of ranks, then best for the candidates.
fn by_weights(
    ask: &Ask<'_>,
    strict: &StrictMarket<'_>,
    earlier: Option<&Matching>,
    wishes: &[Wish],
) -> Result<Result<Found, Clash>, String> {
    let moves = earlier.map(moved_from);
    let mut weights: Vec<Weight<'_>> = Vec::new();
    if let Some(moves) = &moves {
        weights.push(moves);
    }
    let egalitarian = ask.args.mechanism == Mechanism::Egalitarian;
    if egalitarian {
        weights.push(&both_ranks);
    }
    match optimum(&Lattice::of(strict), &weights, wishes) {
        Ok(best) => {
            let objective = best.objectives.last().copied().filter(|_| egalitarian);
            Ok(Ok(Found::stable(best.matching).with(Facts { objective, ..Facts::default() })))
        }
        Err(NoOptimum::Clash(clash)) => {
            let mut candidates: Vec<Candidate> = clash.wishes.iter().map(|wish| wish.pair().0).collect();
            let mut openings: Vec<Opening> = clash.wishes.iter().map(|wish| wish.pair().1).collect();
            for numbers in [&mut candidates, &mut openings] {
                numbers.sort_unstable();
                numbers.dedup();
            }
            let rule = |wish: &Wish| {
                let (candidate, opening) = wish.pair();
                let option = if matches!(wish, Wish::Forced(..)) { "--force" } else { "--forbid" };
                format!("{option} {}:{}", ask.candidate(candidate), ask.opening(opening))
            };
            let rules = clash.wishes.iter().map(rule).chain(ask.lottery_rule()).collect();
            Ok(Err(Clash {
                reason: ask.lang.say("solve-none-wishes"),
                proven: true,
                rules,
                candidates,
                openings,
            }))
        }
        Err(NoOptimum::TooLarge) => Err(ask.lang.say("solve-weights-too-large")),
    }
}

fn in_the_way(ask: &Ask<'_>, obstacle: &Obstacle) -> Clash {
    let rule = match obstacle.why {
        Why::TooFewSeats => "solve-why-too-few-seats",
        Why::Torn => "solve-why-torn",
    };
    Clash {
        proven: true,
        reason: ask.lang.say_with("solve-none-of-kind", &[("mechanism", &ask.mechanism)]),
        rules: vec![ask.lang.say(rule)],
        candidates: obstacle.candidates.clone(),
        openings: obstacle.openings.clone(),
    }
}

/// The facts in words.
fn remarks(ask: &Ask<'_>, facts: &Facts<'_>) -> Vec<String> {
    let lang = ask.lang;
    let mut remarks = Vec::new();
    if ask.args.mechanism == Mechanism::Promotion {
        remarks.push(lang.say("solve-promotion-not-safe"));
    }
    if let Some(objective) = facts.objective {
        remarks.push(lang.say_with("solve-objective", &[("sum", &objective)]));
    }
    if let Some(regret) = facts.regret {
        remarks.push(lang.say_with("solve-regret", &[("rank", &regret)]));
    }
    if facts.exact == Some(false) || facts.proven == Some(false) {
        remarks.push(match facts.bound {
            Some(bound) => lang.say_with("solve-not-proven", &[("bound", &bound)]),
            None => lang.say("solve-not-exact"),
        });
    }
    if let Some(moved) = facts.moved {
        let keys: Vec<&str> = moved.iter().map(|&candidate| ask.candidate(candidate)).collect();
        remarks.push(match keys[..] {
            [] => lang.say("solve-moved-nobody"),
            _ => lang.say_with("solve-moved", &[("count", &moved.len()), ("keys", &keys.join(", "))]),
        });
    }
    for &(candidate, opening) in facts.envy.unwrap_or_default() {
        let (candidate, opening) = (ask.candidate(candidate), ask.opening(opening));
        remarks.push(lang.say_with("solve-envy", &[("candidate", &candidate), ("opening", &opening)]));
    }
    for (way, compared) in facts.comparisons.unwrap_or_default() {
        let way = lang.say(&format!("solve-way-{}", way.replace('_', "-")));
        remarks.push(lang.say_with(
            "solve-compared",
            &[
                ("way", &way),
                ("placed", &compared.placed),
                ("candidate_cost", &compared.candidate_cost),
                ("opening_cost", &compared.opening_cost),
                ("blocking", &compared.blocking_pairs),
            ],
        ));
    }
    if let Some(notes) = facts.strategy {
        let strategy::CappedLists { longest, at_longest, lists } = notes.lists;
        remarks.push(
            lang.say_with(
                "solve-note-lists",
                &[("lists", &lists), ("longest", &longest), ("at", &at_longest)],
            ),
        );
        let (candidates, openings) = (notes.room.candidates.len(), notes.room.openings.len());
        remarks
            .push(lang.say_with("solve-note-room", &[("candidates", &candidates), ("openings", &openings)]));
        let sure = notes.gains.gains.iter().filter(|gain| gain.sure).count();
        remarks
            .push(lang.say_with("solve-note-gains", &[("sure", &sure), ("examined", &notes.gains.examined)]));
        if notes.shares_score {
            remarks.push(lang.say("solve-note-one-score"));
        }
    }
    remarks
}
