//! What the index may know of an opening and of a profile.
//!
//! Never in the index: names of people, mail, telephone, home and ties to a place, the desk's notes, a president's age,
//! figures of a firm and what it says about its successor. What is not in it can neither leak from it nor weigh in a
//! shortlist.

use jiff::civil::Date;
use migiude_index::{Document, Kind};

use super::facets;
use crate::domain::{
    Areas, Candidate, CandidateFacts, Choice, Consent, Days, Firm, FirmFacts, Opening, OpeningFacts, Range,
    Visibility,
};

/// Whether people outside the desk may see an opening.
pub fn may_be_shown(opening: &Opening, firm: &FirmFacts) -> bool {
    opening.blocks.is_empty() && firm.may_be_named()
}

/// Whether a candidate may be shown to firms and be matched.
pub fn has_consented(candidate: &CandidateFacts) -> bool {
    candidate.consent == Consent::Given
}

/// An opening as the index takes it.
pub(super) fn of_opening(opening: &Opening, firm: &Firm) -> Document {
    let (facts, of_firm) = (&opening.facts, &firm.facts);
    let mut strong = vec![of_firm.name.clone(), of_firm.prefecture.clone()];
    strong.extend([&facts.role, &of_firm.industry, &of_firm.municipality].into_iter().flatten().cloned());
    strong.extend(facts.skills.iter().cloned());
    strong.extend([facts.kind.ja().to_owned(), facts.contract.ja().to_owned()]);
    strong.extend(days_words(facts.days));
    strong.extend(remote_words(facts.remote));
    Document {
        kind: Kind::Opening,
        id: opening.id.to_string(),
        title: facts.title.clone(),
        strong,
        text: lines([
            facts.mission.as_deref(),
            Some(&facts.work),
            facts.wanted.as_deref(),
            facts.not_entrusted.as_deref(),
            facts.place.as_deref(),
            of_firm.about.as_deref(),
        ]),
        shown: may_be_shown(opening, of_firm),
        facets: facets::of_opening(facts, of_firm),
        marks: of_firm.keys(),
        posted_at: midnight_ms(facts.posted_on).unwrap_or_default(),
        closes_at: midnight_ms(facts.deadline),
    }
}

/// A profile as the index takes it.
pub(super) fn of_profile(candidate: &Candidate) -> Document {
    let facts = &candidate.facts;
    if facts.more.visibility == Some(Visibility::Nobody) {
        return unseen(candidate);
    }
    // Who hides from a firm must not be found by its name.
    let job = if facts.more.blocks.is_empty() { &facts.present_job } else { &None };
    let mut strong: Vec<String> = facts.skills.clone();
    strong.extend([&facts.industries, job].into_iter().flatten().cloned());
    match &facts.areas {
        Some(Areas::Everywhere) => strong.push(facets::EVERYWHERE.to_owned()),
        Some(Areas::Prefectures(list)) => strong.extend(list.iter().cloned()),
        None => {}
    }
    strong.extend(facts.track.map(|track| track.ja().to_owned()));
    strong.extend(days_words(facts.days));
    Document {
        kind: Kind::Profile,
        id: candidate.id.to_string(),
        title: heading(facts).to_owned(),
        strong,
        text: lines([facts.summary.as_deref(), facts.achievements.as_deref(), facts.motive.as_deref()]),
        shown: facts.may_be_found(),
        facets: facets::of_profile(facts),
        marks: Vec::new(),
        posted_at: midnight_ms(facts.registered_on).unwrap_or_default(),
        closes_at: None,
    }
}

/// A profile that nobody may find: only that it is there, so that index and database count alike.
fn unseen(candidate: &Candidate) -> Document {
    Document {
        kind: Kind::Profile,
        id: candidate.id.to_string(),
        title: String::new(),
        strong: Vec::new(),
        text: String::new(),
        shown: false,
        facets: Vec::new(),
        marks: Vec::new(),
        posted_at: 0,
        closes_at: None,
    }
}

/// What stands for a person where no name may stand.
pub fn heading(facts: &CandidateFacts) -> &str {
    let job = facts.present_job.as_deref().filter(|_| facts.more.blocks.is_empty());
    facts.headline.as_deref().or(job).unwrap_or_default()
}

/// What an opening asks for, in words: compared with profiles. Without name and place of the firm, which say nothing
/// about who fits.
pub(super) fn wanted_words(facts: &OpeningFacts) -> String {
    let skills = facts.skills.join(" ");
    lines([
        Some(&facts.title),
        facts.role.as_deref(),
        Some(&skills),
        facts.mission.as_deref(),
        Some(&facts.work),
        facts.wanted.as_deref(),
    ])
}

/// What a candidate offers and wants, in words: compared with openings.
pub(super) fn offered_words(facts: &CandidateFacts) -> String {
    let skills = facts.skills.join(" ");
    lines([
        facts.headline.as_deref(),
        Some(&skills),
        facts.industries.as_deref(),
        facts.summary.as_deref(),
        facts.achievements.as_deref(),
        facts.motive.as_deref(),
    ])
}

fn lines<const N: usize>(parts: [Option<&str>; N]) -> String {
    let told: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    told.join("\n")
}

/// 週1日, 週2日 … for whole numbers of days and 月2日 for half a day, so that 週一 and 月二回 find what a sheet gives as a
/// number.
fn days_words(days: Option<Days>) -> Vec<String> {
    let Some(Range { min, max }) = days else { return Vec::new() };
    let whole = (1..=7u16).filter(|day| (min..=max).contains(&(day * 100))).map(|day| format!("週{day}日"));
    let half = (min..=max).contains(&50).then(|| "月2日".to_owned());
    half.into_iter().chain(whole).collect()
}

fn remote_words(remote: Option<Range<u8>>) -> Option<String> {
    let word = match remote? {
        Range { max: 0, .. } => return None,
        Range { min: 100.., .. } => "フルリモート",
        _ => "リモート可",
    };
    Some(word.to_owned())
}

/// The beginning of a day in Japan, in milliseconds since 1970.
fn midnight_ms(day: Option<Date>) -> Option<i64> {
    let instant = jiff::tz::offset(9).to_timestamp(day?.into()).ok()?;
    Some(instant.as_millisecond())
}
