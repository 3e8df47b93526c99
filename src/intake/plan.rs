//! Thinking: from what the desk knows and what the sheets say to what is to be written. No clock, no store, no disk.

use jiff::civil::Date;

use super::identity::candidates::Candidates;
use super::identity::changed;
use super::identity::firms::Firms;
use super::identity::openings::Openings;
use super::kinds::Kind;
use super::log::Log;
use super::rejects::Rejects;
use super::relations::Known;
use super::relations::couples::Couples;
use super::relations::interests::Interests;
use super::relations::rankings::Rankings;
use super::report::Report;
use super::sheet::Sheet;
use crate::domain::{Changes, IdSource, Region};

/// What an import will write, and what it has to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// New and changed records.
    pub changes: Changes,
    /// Row by row.
    pub report: Report,
    /// The rejected rows, one file a sheet that has any.
    pub rejects: Vec<Rejects>,
}

/// Plans an import. Sheets are taken in import order whatever the order given, those of one kind by name. Planning the
/// same sheets over a region to which the changes were applied changes nothing.
///
/// `today` stands in where an opening does not say when it starts: a minimum wage is that of a day. Cost: linear in
/// the sheets and the region.
pub fn plan(region: &Region, mut sheets: Vec<Sheet>, today: Date, ids: &mut dyn IdSource) -> Plan {
    sheets.sort_by(|one, two| (one.kind, &one.file).cmp(&(two.kind, &two.file)));
    let mut firms = Firms::of(&region.firms);
    let mut openings = Openings::of(&region.openings);
    let mut candidates = Candidates::of(&region.candidates);
    let mut interests = Interests::of(&region.interests);
    let mut rankings = Rankings::of(&region.rankings);
    let mut couples = Couples::of(&region.couples);
    let mut report = Report::default();
    let mut rejects: Vec<Rejects> = Vec::new();
    for sheet in &sheets {
        let mut log = Log::of(sheet);
        let known = || Known::of(&firms, &openings, &candidates);
        match sheet.kind {
            Kind::Firms => firms.import(&mut log, ids),
            Kind::Openings => openings.import(&mut log, &firms, today, ids),
            Kind::Candidates => candidates.import(&mut log, ids),
            Kind::Interests => interests.import(&mut log, &known()),
            Kind::RankingsCandidates | Kind::RankingsOpenings => {
                rankings.import(&mut log, sheet.kind, &known())
            }
            Kind::Couples => couples.import(&mut log, &known()),
        }
        let (file, rejected) = log.finish();
        report.files.push(file);
        rejects.extend(rejected);
    }
    let changed_firms = changed(&firms.records, &region.firms);
    openings.check_again(&changed_firms, today);
    Rejects::name_apart(&mut rejects);
    let changes = Changes {
        firms: changed_firms,
        openings: changed(&openings.records, &region.openings),
        candidates: changed(&candidates.records, &region.candidates),
        interests: changed(&interests.records, &region.interests),
        rankings: changed(&rankings.records, &region.rankings),
        couples: changed(&couples.records, &region.couples),
    };
    Plan { changes, report, rejects }
}
