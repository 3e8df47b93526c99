//! The words of the demo, read once: `vocabulary.toml` (phrases, stories, shares) and `background.toml` (places and what belongs together).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The vocabulary; the file is part of the program.
pub static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    toml::from_str(include_str!("vocabulary.toml")).expect("the embedded vocabulary is well formed")
});

/// The background; the file is part of the program.
pub static BACKGROUND: LazyLock<Background> = LazyLock::new(|| {
    toml::from_str(include_str!("background.toml")).expect("the embedded background is well formed")
});

/// What we use of `vocabulary.toml`.
#[derive(Deserialize)]
pub struct Vocabulary {
    pub distributions: Distributions,
    pub issue_tags: BTreeMap<String, String>,
    pub names: Names,
    pub firm_story: Vec<Story>,
    pub mission: Vec<Mission>,
    pub summary: Vec<Summary>,
    pub bank: Bank,
}

/// Shares in percent, by the name of the value.
#[derive(Deserialize)]
pub struct Shares<T = usize> {
    pub values: BTreeMap<String, T>,
}

impl Shares {
    /// The shares as weights to draw from, in the order of their names.
    pub fn weights(&self) -> Vec<(&str, usize)> {
        self.values.iter().map(|(name, &share)| (name.as_str(), share)).collect()
    }
}

#[derive(Deserialize)]
pub struct Bell {
    pub mean: i64,
    pub sd: i64,
    pub min: i64,
    pub max: i64,
}

#[derive(Deserialize)]
pub struct Distributions {
    pub president_age: Bell,
    pub successor_state: Shares,
    pub profitable: Shares,
    pub industry: Shares,
    pub region_block: Shares,
    pub days_per_week: Shares,
    pub remote_share: Shares,
    pub trial_months: Shares,
    pub candidate_home: Shares,
    pub candidate_intent: Shares,
}

#[derive(Deserialize)]
pub struct Names {
    pub surnames: Vec<Name>,
    pub given: Vec<Name>,
}

#[derive(Deserialize)]
pub struct Name {
    pub kanji: String,
    pub kana: String,
}

/// One trade as its president tells it.
#[derive(Deserialize)]
pub struct Story {
    pub id: String,
    pub industry: String,
    pub trade_ja: String,
    pub place: String,
    pub products: Vec<String>,
    pub name_suffix: Vec<String>,
    pub mission_tags: Vec<String>,
    pub roles: Vec<String>,
    pub scene: String,
    pub history: String,
    pub strength: String,
    pub issue: String,
    pub why_now: String,
    pub protect: String,
    pub quotes: Vec<String>,
}

#[derive(Deserialize)]
pub struct Mission {
    pub tag: String,
    pub text: String,
    pub goal: String,
}

#[derive(Deserialize)]
pub struct Summary {
    pub field: String,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Bank {
    pub motive: Vec<String>,
    pub motive_firm: Vec<String>,
    pub motive_offer: Vec<String>,
    pub motive_close: Vec<String>,
    pub achievement: Vec<String>,
    pub title_template: Vec<String>,
    pub story_honest: Vec<String>,
    pub story_invite: Vec<String>,
    pub story_close: Vec<String>,
    pub succession_background: Vec<String>,
    pub handover_outlook: Vec<String>,
    pub want: Vec<String>,
    pub scope_no: Vec<String>,
    pub overview: Vec<String>,
    pub summary_second: Vec<String>,
    pub summary_third: Vec<String>,
}

/// What we use of `background.toml`.
#[derive(Deserialize)]
pub struct Background {
    pub relations: Vec<String>,
    pub introducers: Vec<String>,
    pub channels: Vec<String>,
    pub hours: Vec<String>,
    pub change_scopes: Vec<String>,
    pub probations: Vec<String>,
    pub smoking: Vec<String>,
    pub headlines: Vec<String>,
    pub homes: BTreeMap<String, Vec<String>>,
    pub stems: Stems,
    pub suffixes: BTreeMap<String, String>,
    pub industries: BTreeMap<String, String>,
    pub trades: BTreeMap<String, Trade>,
    pub roles: BTreeMap<String, Role>,
    pub tag_skills: BTreeMap<String, Vec<String>>,
    pub fields: BTreeMap<String, Field>,
    pub prefectures: Vec<Prefecture>,
}

/// Parts of firm names, each with its katakana.
#[derive(Deserialize)]
pub struct Stems {
    pub whole: Vec<(String, String)>,
    pub heads: Vec<(String, String)>,
    pub tails: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub struct Trade {
    pub noun: String,
    pub since: i64,
    #[serde(default)]
    pub needs: Landscape,
    #[serde(default)]
    pub food: bool,
    #[serde(default = "any_size")]
    pub most: i64,
}

fn any_size() -> i64 {
    300
}

/// What a story speaks of and its place must therefore have.
#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Landscape {
    #[default]
    Any,
    Sea,
    Snow,
    Warm,
}

#[derive(Deserialize)]
pub struct Role {
    pub names: Vec<String>,
    pub tags: Vec<String>,
}

/// A career: today's jobs, skills, the issues it answers, and words by which a fitting achievement is known.
#[derive(Deserialize)]
pub struct Field {
    pub jobs: Vec<String>,
    pub skills: Vec<String>,
    pub tags: Vec<String>,
    pub deeds: Vec<String>,
}

#[derive(Deserialize)]
pub struct Prefecture {
    pub name: String,
    pub block: String,
    pub neighbours: Vec<String>,
    pub sea: Vec<String>,
    pub inland: Vec<String>,
}

impl Prefecture {
    /// Whether tea grows here.
    pub fn is_warm(&self) -> bool {
        !matches!(self.block.as_str(), "北海道" | "東北")
    }

    /// Whether winter stories are true here.
    pub fn has_snow(&self) -> bool {
        matches!(self.block.as_str(), "北海道" | "東北" | "中部" | "近畿" | "中国")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_the_two_files_use_is_explained() {
        for story in &VOCABULARY.firm_story {
            assert!(BACKGROUND.trades.contains_key(&story.id), "{}", story.id);
            assert!(BACKGROUND.industries.contains_key(&story.industry), "{}", story.id);
            assert!(
                story.name_suffix.iter().all(|suffix| BACKGROUND.suffixes.contains_key(suffix)),
                "{}",
                story.id
            );
            assert!(story.roles.iter().all(|role| BACKGROUND.roles.contains_key(role)), "{}", story.id);
            assert!(
                story.mission_tags.iter().all(|tag| BACKGROUND.tag_skills.contains_key(tag)),
                "{}",
                story.id
            );
        }
        for summary in &VOCABULARY.summary {
            assert!(BACKGROUND.fields.contains_key(&summary.field), "{}", summary.field);
        }
        for prefecture in &BACKGROUND.prefectures {
            assert!(
                prefecture
                    .neighbours
                    .iter()
                    .all(|name| BACKGROUND.prefectures.iter().any(|p| &p.name == name)),
                "{}",
                prefecture.name
            );
            assert!(!prefecture.inland.is_empty(), "{}", prefecture.name);
        }
    }
}
