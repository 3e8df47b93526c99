//! What is searched while the search is judged: the invented region as it stood on one day, the coordinators' sample, and a
//! few records written as false friends. They are taken in as sheets and indexed as everything is, in a place that is
//! thrown away afterwards.

use jiff::Timestamp;
use tempfile::TempDir;

use super::rule::Record;
use crate::cli::Failure;
use crate::clock::StillClock;
use crate::demo::{Size, region};
use crate::domain::{Areas, Candidate, Choice, Days, Firm, Opening, Range};
use crate::intake::{self, RawFile};
use crate::search::Search;
use crate::store::{self, Db};
use crate::texts::Lang;

/// The region that `migiude demo` invents unless told otherwise.
const SEED: u64 = 1;
/// The day on which it was invented: its dates, and nothing else, follow the day.
const DAY: (i16, i8, i8) = (2026, 11, 22);
/// The instant of its import, on that day.
const NOW: i64 = 1_795_305_600_000;

/// Both samples number their rows alike; the invented ones get a D before their letter.
const NUMBERS: [(&str, &str); 3] = [("F-", "DF-"), ("M-", "DM-"), ("C-", "DC-")];

/// Sheets of firms, openings and candidates; the other sheets say nothing that is searched.
const SAMPLE: [(&str, &[u8]); 3] = [
    ("firms.csv", include_bytes!("../../../tests/fixtures/coordinator/firms.csv")),
    ("openings.csv", include_bytes!("../../../tests/fixtures/coordinator/openings.csv")),
    ("candidates.csv", include_bytes!("../../../tests/fixtures/coordinator/candidates.csv")),
];
const FRIENDS: [(&str, &[u8]); 3] = [
    ("firms.csv", include_bytes!("friends/firms.csv")),
    ("openings.csv", include_bytes!("friends/openings.csv")),
    ("candidates.csv", include_bytes!("friends/candidates.csv")),
];

/// The records and the search over them.
pub struct Corpus {
    /// Every opening, as its reader has it.
    pub openings: Vec<Record>,
    /// Every profile.
    pub profiles: Vec<Record>,
    /// The search.
    pub search: Search,
    _place: TempDir,
}

impl Corpus {
    /// Makes it. Cost: some seconds.
    pub async fn make(lang: Lang) -> Result<Self, Failure> {
        let place = tempfile::Builder::new().prefix("migiude-judge-").tempdir();
        let place = place.map_err(|cause| Failure::bad_input(cause.to_string()))?;
        let broken = |error: store::StoreError| Failure::of_store(&error, lang);
        let db = Db::open_file(&place.path().join("migiude.db")).await.map_err(broken)?;
        for sheets in [invented(), given(&SAMPLE), given(&FRIENDS)] {
            let sheets = intake::open(sheets).map_err(|refused| Failure::bad_input(refused.say(lang)))?;
            let clock = StillClock(Timestamp::from_millisecond(NOW).unwrap_or_default());
            intake::take_in(&db, &clock, sheets).await.map_err(broken)?;
        }
        let search = Search::open(db.clone(), place.path().join("index"))
            .await
            .map_err(|error| Failure::bad_input(error.say(lang)))?;
        let stored = store::region::snapshot(&db).await.map_err(broken)?;
        let openings = stored.openings.iter().filter_map(|opening| {
            let firm = stored.firms.iter().find(|firm| firm.id == opening.firm)?;
            Some(of_opening(opening, firm))
        });
        Ok(Self {
            openings: openings.collect(),
            profiles: stored.candidates.iter().map(of_profile).collect(),
            search,
            _place: place,
        })
    }
}

fn invented() -> Vec<RawFile> {
    let sheets = region(SEED, Size::default(), DAY).sheets;
    let wanted = sheets.into_iter().filter(|sheet| SAMPLE.iter().any(|(name, _)| *name == sheet.name));
    let numbered = |text: String| NUMBERS.iter().fold(text, |text, (from, to)| text.replace(from, to));
    wanted
        .map(|sheet| RawFile { name: sheet.name.to_owned(), bytes: numbered(sheet.text).into_bytes() })
        .collect()
}

fn given(sheets: &[(&str, &[u8])]) -> Vec<RawFile> {
    sheets.iter().map(|(name, bytes)| RawFile { name: (*name).to_owned(), bytes: bytes.to_vec() }).collect()
}

fn of_opening(opening: &Opening, firm: &Firm) -> Record {
    let (facts, of_firm) = (&opening.facts, &firm.facts);
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
    Record::new(&opening.code.clone().unwrap_or_else(|| opening.id.to_string()))
        .with("title", &facts.title)
        .with("role", &or_nothing(&facts.role))
        .with("mission", &or_nothing(&facts.mission))
        .with("work", &facts.work)
        .with("wanted", &or_nothing(&facts.wanted))
        .with("skills", &facts.skills.join("\n"))
        .with("limits", &or_nothing(&facts.not_entrusted))
        .with("place", &or_nothing(&facts.place))
        .with("kind", facts.kind.ja())
        .with("contract", facts.contract.ja())
        .with("days", &days(facts.days))
        .with("remote", remote(facts.remote))
        .with("firm", &of_firm.name)
        .with("industry", &or_nothing(&of_firm.industry))
        .with("pref", &of_firm.prefecture)
        .with("town", &or_nothing(&of_firm.municipality))
        .with("about", &or_nothing(&of_firm.about))
}

fn of_profile(candidate: &Candidate) -> Record {
    let facts = &candidate.facts;
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
    let areas = match &facts.areas {
        Some(Areas::Prefectures(list)) => list.join("\n"),
        Some(Areas::Everywhere) => "全国".to_owned(),
        None => String::new(),
    };
    let key = candidate.codes.first().cloned().unwrap_or_else(|| candidate.id.to_string());
    Record::new(&key)
        .with("headline", &or_nothing(&facts.headline))
        .with("summary", &or_nothing(&facts.summary))
        .with("skills", &facts.skills.join("\n"))
        .with("industries", &or_nothing(&facts.industries))
        .with("job", &or_nothing(&facts.present_job))
        .with("areas", &areas)
        .with("achievements", &or_nothing(&facts.achievements))
        .with("motive", &or_nothing(&facts.motive))
        .with("track", facts.track.map_or("", Choice::ja))
        .with("days", &days(facts.days))
}

/// 週0.5日 or 週1日, 週2日 …, as a reader would say the number in the sheet.
fn days(days: Option<Days>) -> String {
    let Some(Range { min, max }) = days else { return String::new() };
    let halves = (1..=14_u16).filter(|half| (min..=max).contains(&(half * 50)));
    halves.map(|half| format!("週{}日\n", f32::from(half) / 2.0)).collect()
}

fn remote(share: Option<Range<u8>>) -> &'static str {
    match share {
        None => "",
        Some(Range { max: 0, .. }) => "現地",
        Some(Range { min: 100.., .. }) => "フルリモート",
        Some(_) => "一部リモート",
    }
}
