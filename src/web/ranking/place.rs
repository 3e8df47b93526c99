//! Whose list a page is about, taken from its address, and how refusals about lists become pages.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use crate::accounts::{CandidateSelf, FirmMember};
use crate::board::rankings::{Phase, Ranker, RankingError, Sheet};
use crate::domain::{Mechanism, Owner, RankedId};
use crate::store::rankings::Named;
use crate::texts::Lang;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, wording};

/// A list and the permission to make it.
pub struct Place {
    /// Who makes it.
    pub ranker: Ranker,
    /// In which round.
    pub round: i64,
}

impl FromRequestParts<Web> for Place {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let params = RawPathParams::from_request_parts(parts, web).await.map_err(|_| Refusal::NotFound)?;
        let param =
            |name: &str| params.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
        let (round, firm, opening) = (param("n"), param("firm"), param("opening"));
        let ranker = if firm.is_some() {
            let member = FirmMember::from_request_parts(parts, web).await?;
            let opening = opening.and_then(|id| id.parse().ok()).ok_or(Refusal::NotFound)?;
            Ranker::Firm(member, opening)
        } else {
            Ranker::Candidate(CandidateSelf::from_request_parts(parts, web).await?)
        };
        let round = round.and_then(|n| n.parse().ok()).ok_or(Refusal::NotFound)?;
        Ok(Self { ranker, round })
    }
}

impl Place {
    /// The address of the list.
    pub fn base(&self) -> String {
        self.ranker.path(self.round)
    }
}

/// A refusal of the board as a page. Another version ([`RankingError::Changed`]) has a page of its own before it comes here.
pub fn refuse(error: RankingError, lang: Lang) -> Refusal {
    match error {
        RankingError::NotFound => Refusal::NotFound,
        RankingError::Store(cause) => cause.into(),
        other => Refusal::Conflict(told(&other, lang)),
    }
}

/// What was refused, with the times that it is about.
pub fn told(error: &RankingError, lang: Lang) -> String {
    let second = |ms: i64| wording::second(ms, lang);
    match error {
        RankingError::TooEarly { opens_at } => {
            format!(
                "{} {}",
                error.say(lang),
                lang.say_with("rankings-opens", &[("time", &second(*opens_at))])
            )
        }
        RankingError::Closed { closes_at, certified_at } => {
            let closed = lang.say_with("rankings-closed-at", &[("time", &second(*closes_at))]);
            let recorded = certified_at
                .map(|at| lang.say_with("rankings-recorded", &[("time", &second(at))]))
                .unwrap_or_default();
            format!("{closed} {} {recorded}", error.say(lang)).trim_end().to_owned()
        }
        other => other.say(lang),
    }
}

/// How somebody who may be ranked is called.
pub fn called(one: &Named, shell: &Shell) -> String {
    one.name.clone().unwrap_or_else(|| {
        // The first signs of an id tell two people without a name apart.
        shell.with("rankings-unnamed", "sign", one.id.to_string().split('-').next_back().unwrap_or(""))
    })
}

/// The same, by id.
pub fn called_by_id(sheet: &Sheet, id: RankedId, shell: &Shell) -> String {
    sheet.named(id).map_or_else(|| shell.t("rankings-gone"), |one| called(one, shell))
}

/// 「12月5日（土）17:00（日本時間）まで、あと2日」
pub fn deadline(sheet: &Sheet, shell: &Shell) -> String {
    let lang = shell.lang;
    let time = wording::second(sheet.window.closes_at, lang);
    match sheet.phase() {
        Phase::Early => {
            let opens = wording::second(sheet.window.opens_at, lang);
            lang.say_with("rankings-deadline-early", &[("opens", &opens), ("time", &time)])
        }
        Phase::Closed => shell.with("rankings-closed-at", "time", time),
        Phase::Open => {
            let minutes = (sheet.window.closes_at - sheet.now_ms) / 60_000;
            let left = match minutes {
                2880.. => shell.with("rankings-left-days", "n", minutes / 1440),
                120.. => shell.with("rankings-left-hours", "n", minutes / 60),
                _ => shell.with("rankings-left-minutes", "n", minutes),
            };
            lang.say_with("rankings-deadline", &[("time", &time), ("left", &left)])
        }
    }
}

/// How to rank: where the truth is safe it is said so, where it is not that is said as plainly.
pub fn advice(sheet: &Sheet, ranker: &Ranker, shell: &Shell) -> Vec<String> {
    let one_seat = sheet.opening.as_ref().is_some_and(|opening| opening.seats == 1);
    let main = match (ranker.owner(), sheet.window.mechanism) {
        (Owner::Candidate(_), Mechanism::CandidateOptimal) => "rankings-advice-safe",
        (Owner::Candidate(_), Mechanism::OpeningOptimal) => "rankings-advice-candidate-other",
        (Owner::Opening(_), Mechanism::OpeningOptimal) if one_seat => "rankings-advice-safe",
        (Owner::Opening(_), _) => "rankings-advice-firm",
    };
    let ties = sheet.window.ties.then_some("rankings-advice-ties");
    [Some(main), ties].into_iter().flatten().map(|key| shell.t(key)).collect()
}
