//! A round as its operator reads it: by the coordinators' keys, with the audit and where the lists came from.

use super::market::market;
use super::{RoundError, checklist, round, sealed};
use crate::domain::{
    Audited, CandidateId, Checklist, Frozen, OpeningId, Parent, Proposal, Round, Settings, Source, Stage,
    StageName, Stamp,
};
use crate::store::Db;

/// A round to read. Before it is run there are no pairs and nobody is unmatched.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The number of the round.
    pub number: i64,
    /// How far it has come.
    pub stage: StageName,
    /// What the operator decided.
    pub settings: Settings,
    /// When it was made and by whom; so the others.
    pub made: Stamp,
    /// When its input was frozen.
    pub frozen: Option<Stamp>,
    /// When it was run.
    pub proposed: Option<Stamp>,
    /// When its result was published.
    pub published: Option<Stamp>,
    /// The hash of the frozen input.
    pub hash: Option<String>,
    /// The hash of the result.
    pub result_hash: Option<String>,
    /// Whether everything stored is what was sealed. If not, nothing of it is shown.
    pub intact: bool,
    /// Whether its lists are sealed: then nothing is told from which one could be read. Ranks of pairs are 0.
    pub sealed: bool,
    /// The published round it builds upon.
    pub parent: Option<Parent>,
    /// Lists by source, ties, couples, who is left out.
    pub checklist: Checklist,
    /// Who with whom, in order of the candidates' keys.
    pub pairs: Vec<PairView>,
    /// Keys of candidates who got nothing.
    pub unmatched_candidates: Vec<String>,
    /// Keys of openings that got nobody.
    pub unmatched_openings: Vec<String>,
    /// Keys of openings with free seats, and how many.
    pub unfilled: Vec<(String, u32)>,
    /// Keys of people who want to move together and were matched each alone.
    pub couples_not_linked: Vec<[String; 2]>,
    /// Keys of pairs of which only the candidate lists the opening: (candidate, opening).
    pub dropped_of_candidates: Vec<[String; 2]>,
    /// Keys of pairs of which only the opening lists the candidate: (opening, candidate).
    pub dropped_of_openings: Vec<[String; 2]>,
    /// What the audit found.
    pub audit: Option<Audited>,
    /// Keys of the blocking pairs: (candidate, opening).
    pub blocking_pairs: Vec<[String; 2]>,
    /// How long the steps took.
    pub times: Times,
}

/// A pair, with the ranks the two give each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairView {
    /// The candidate's key.
    pub candidate: String,
    /// The opening's key.
    pub opening: String,
    /// Ours.
    pub candidate_id: CandidateId,
    /// Ours.
    pub opening_id: OpeningId,
    /// 1 when the opening is the candidate's first choice among those that list the candidate too.
    pub candidate_rank: u32,
    /// 1 when the candidate is the opening's first choice, counted likewise.
    pub opening_rank: u32,
    /// Whether a shortlist stood in for the candidate's list.
    pub candidate_stands_in: bool,
    /// Whether a shortlist stood in for the opening's list.
    pub opening_stands_in: bool,
}

/// How long the steps took, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Gathering lists, computing shortlists.
    pub freeze_ms: Option<i64>,
    /// The matching.
    pub matching_ms: Option<i64>,
    /// The audit.
    pub audit_ms: Option<i64>,
}

/// Shows a round.
///
/// # Errors
/// [`RoundError::Unknown`], [`RoundError::NoRound`].
pub async fn show(db: &Db, number: Option<i64>) -> Result<View, RoundError> {
    let round = round(db, number).await?;
    let checklist = checklist(db, Some(round.number)).await?;
    let mut view = view(round, checklist);
    if sealed::is_sealed(db, view.number).await? {
        sealed::veil(&mut view);
    }
    Ok(view)
}

fn view(round: Round, checklist: Checklist) -> View {
    let (locked, proposed) = (round.stage.locked(), round.stage.proposed());
    let intact = locked.is_none_or(|locked| locked.input.is_intact())
        && proposed.is_none_or(|proposed| proposed.proposal.is_intact());
    let mut view = View {
        number: round.number,
        stage: round.stage.name(),
        settings: round.settings.clone(),
        made: round.made.clone(),
        frozen: locked.map(|locked| locked.frozen.clone()),
        proposed: proposed.map(|proposed| proposed.proposed.clone()),
        published: match &round.stage {
            Stage::Published(_, _, published) => Some(published.clone()),
            _ => None,
        },
        hash: locked.map(|locked| locked.input.hash().to_owned()),
        result_hash: proposed.map(|proposed| proposed.proposal.hash().to_owned()),
        intact,
        sealed: false,
        parent: locked.and_then(|locked| locked.input.record().parent.clone()),
        checklist,
        pairs: Vec::new(),
        unmatched_candidates: Vec::new(),
        unmatched_openings: Vec::new(),
        unfilled: Vec::new(),
        couples_not_linked: Vec::new(),
        dropped_of_candidates: Vec::new(),
        dropped_of_openings: Vec::new(),
        audit: None,
        blocking_pairs: Vec::new(),
        times: Times {
            freeze_ms: locked.map(|locked| locked.freeze_ms),
            matching_ms: proposed.map(|proposed| proposed.matching_ms),
            audit_ms: proposed.map(|proposed| proposed.audit_ms),
        },
    };
    if intact && let Some(locked) = locked {
        let input = locked.input.record();
        view.couples_not_linked = input
            .couples
            .iter()
            .map(|pair| pair.map(|one| input.candidates[one as usize].key.clone()))
            .collect();
        if let Some(proposed) = proposed {
            tell_result(&mut view, input, proposed.proposal.record());
        }
    }
    view
}

/// Adds what a result says. Both records are as they were sealed, so their numbers are in range.
fn tell_result(view: &mut View, input: &Frozen, proposal: &Proposal) {
    let candidate = |at: u32| input.candidates[at as usize].key.clone();
    let opening = |at: u32| input.openings[at as usize].key.clone();
    let mut held = vec![0; input.openings.len()];
    let ranks = Ranks::of(input);
    for (c, o) in proposal.pairs() {
        held[o as usize] += 1;
        let (of_candidate, of_opening) = (&input.candidates[c as usize], &input.openings[o as usize]);
        let (candidate_rank, opening_rank) = ranks.of_pair(c, o);
        view.pairs.push(PairView {
            candidate: candidate(c),
            opening: opening(o),
            candidate_id: of_candidate.id,
            opening_id: of_opening.id,
            candidate_rank,
            opening_rank,
            candidate_stands_in: of_candidate.source == Source::Shortlist,
            opening_stands_in: of_opening.source == Source::Shortlist,
        });
    }
    let nobody = |(_, got): &(u32, &Option<u32>)| got.is_none();
    view.unmatched_candidates =
        (0..).zip(&proposal.opening_of).filter(nobody).map(|(at, _)| candidate(at)).collect();
    for (one, held) in input.openings.iter().zip(held) {
        if held == 0 {
            view.unmatched_openings.push(one.key.clone());
        }
        if held < one.quota {
            view.unfilled.push((one.key.clone(), one.quota - held));
        }
    }
    let pairs = &proposal.dropped_of_candidates;
    view.dropped_of_candidates = pairs.iter().map(|&(c, o)| [candidate(c), opening(o)]).collect();
    let pairs = &proposal.dropped_of_openings;
    view.dropped_of_openings = pairs.iter().map(|&(o, c)| [opening(o), candidate(c)]).collect();
    let pairs = &proposal.audit.blocking_pairs;
    view.blocking_pairs = pairs.iter().map(|&(c, o)| [candidate(c), opening(o)]).collect();
    view.audit = Some(proposal.audit.clone());
}

/// The ranks that the two of a pair give each other.
pub(super) struct Ranks(Option<migiude_matching::Market>);

impl Ranks {
    pub(super) fn of(input: &Frozen) -> Self {
        Self(market(input).ok())
    }

    /// The candidate's rank of the opening and the opening's of the candidate; 0 when they do not list each other.
    pub(super) fn of_pair(&self, candidate: u32, opening: u32) -> (u32, u32) {
        let Some(market) = &self.0 else { return (0, 0) };
        let mut list = market.candidates().ranked(candidate);
        let found = list.find(|(_, edge)| edge.partner == opening);
        found.map_or((0, 0), |(rank, edge)| (rank, edge.rank))
    }
}
