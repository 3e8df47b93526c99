//! A candidate as a firm sees the person: the same rows for the candidate's own preview and for the firm.

use super::{Shell, wording};
use crate::board::consents::Seen;
use crate::domain::{Areas, Choice};

/// Label and value of everything that was told and may be seen, in the order in which one reads a person.
pub fn rows(seen: &Seen, shell: &Shell) -> Vec<(String, String)> {
    fn choice<T: Choice>(value: Option<T>, shell: &Shell) -> Option<String> {
        value.map(|value| wording::choice(value, shell.lang))
    }
    let areas = seen.areas.as_ref().map(|areas| match areas {
        Areas::Everywhere => shell.t("profiles-everywhere"),
        Areas::Prefectures(names) => names.join("、"),
    });
    let skills = (!seen.skills.is_empty()).then(|| seen.skills.join("、"));
    let rows = [
        ("name", seen.name.clone()),
        ("kana", seen.kana.clone()),
        ("present_job", seen.present_job.clone()),
        ("home", seen.home.clone()),
        ("headline", seen.headline.clone()),
        ("track", choice(seen.track, shell)),
        ("resolve", choice(seen.resolve, shell)),
        ("days_from", seen.days.map(|days| wording::days(days, shell.lang))),
        ("free_from", seen.free_from.map(|start| wording::start(start, shell.lang))),
        ("availability", seen.availability.clone()),
        ("contract", choice(seen.contract, shell)),
        ("side_job", choice(Some(seen.side_job), shell)),
        ("areas", areas),
        ("ties", seen.ties.clone()),
        ("move_wish", choice(seen.move_wish, shell)),
        ("industries", seen.industries.clone()),
        ("summary", seen.summary.clone()),
        ("skills", skills),
        ("achievements", seen.achievements.clone()),
        ("motive", seen.motive.clone()),
        ("learn", seen.learn.clone()),
        ("housing", seen.housing.clone()),
        ("livelihood", seen.livelihood.clone()),
        ("community", seen.community.clone()),
    ];
    let label = |name: &str| match name {
        "days_from" => shell.t("profiles-days"),
        name => shell.t(&format!("field-profile-{name}")),
    };
    rows.into_iter().filter_map(|(name, value)| Some((label(name), value?))).collect()
}
