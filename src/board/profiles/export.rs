//! Everything we keep of a candidate, as a file for programs and as one for spreadsheets.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::form;
use crate::accounts::CandidateSelf;
use crate::clock::in_japan;
use crate::domain::CandidateFacts;
use crate::store::leaving::{self, Section};
use crate::store::{Db, StoreError, consents};
use crate::texts::Lang;

/// Everything, gathered.
#[derive(Clone, Debug)]
pub struct Everything {
    facts: CandidateFacts,
    sections: Vec<Section>,
}

/// Gathers everything; none when the profile is gone.
pub async fn everything(db: &Db, own: &CandidateSelf) -> Result<Option<Everything>, StoreError> {
    let Some((mut facts, _)) = consents::facts(db, own.candidate()).await? else { return Ok(None) };
    // The desk's own note is given out by the desk, with its reasons.
    facts.note = None;
    let sections = leaving::everything(db, own.candidate(), own.person()).await?;
    Ok(Some(Everything { facts, sections }))
}

impl Everything {
    /// As JSON: the profile with our codes, the rest as lists of objects. Instants are ISO 8601 in Japan's time.
    pub fn json(&self) -> String {
        let mut all = Map::new();
        all.insert("profile".to_owned(), json!(self.facts));
        for section in &self.sections {
            let rows = section.rows.iter().map(|row| {
                let cells = section.columns.iter().zip(row);
                let cells =
                    cells.map(|(column, text)| ((*column).to_owned(), value(column, text.as_deref())));
                Value::Object(cells.collect())
            });
            all.insert(section.name.to_owned(), rows.collect());
        }
        serde_json::to_string_pretty(&all).expect("texts become JSON")
    }

    /// As a table for spreadsheets, with labels in the reader's language: kind, number, item, content.
    pub fn table(&self, lang: Lang) -> Vec<[String; 4]> {
        let head = ["kind", "number", "item", "content"];
        let mut rows = vec![head.map(|one| lang.say(&format!("profiles-export-head-{one}")))];
        let profile = lang.say("profiles-export-kind-profile");
        for (name, text) in form::of(&self.facts) {
            if !text.is_empty() {
                let label = lang.say(&format!("field-profile-{name}"));
                rows.push([profile.clone(), "1".to_owned(), label, text]);
            }
        }
        for section in &self.sections {
            let kind = lang.say(&format!("profiles-export-kind-{}", section.name));
            for (number, row) in (1..).zip(&section.rows) {
                for (column, text) in section.columns.iter().zip(row) {
                    let Some(text) = text else { continue };
                    let text = instant(column, text).unwrap_or_else(|| text.clone());
                    let label = lang.say(&format!("profiles-export-item-{column}"));
                    rows.push([kind.clone(), i32::to_string(&number), label, text]);
                }
            }
        }
        rows
    }
}

fn value(column: &str, text: Option<&str>) -> Value {
    let Some(text) = text else { return Value::Null };
    if let Some(at) = instant(column, text) {
        return Value::String(at);
    }
    let nested = (column == "facts").then(|| serde_json::from_str(text).ok()).flatten();
    nested.unwrap_or_else(|| Value::String(text.to_owned()))
}

fn instant(column: &str, text: &str) -> Option<String> {
    let ms = text.parse().ok().filter(|_| matches!(column, "at" | "until"))?;
    let at = in_japan(Timestamp::from_millisecond(ms).ok()?);
    Some(at.strftime("%Y-%m-%dT%H:%M:%S+09:00").to_string())
}
