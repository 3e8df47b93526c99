//! Judgements as rules that a person can read and anybody can repeat.
//!
//! A rule says which records a reader would choose, by what the records say: literal characters in named fields. It knows
//! nothing of words, spellings or synonyms, so whoever writes one has to think of every spelling that the records use;
//! that keeps the judgement independent of the search that it judges.
//!
//! ```text
//! title,role: 番頭|右腕                    one of these stands in the title or in the role
//! any: 週1日 & -industry: 製造業            both conditions; the second must not hold
//! role: 後継者 ; title: 跡取り              one of the two
//! id: M-001|DM-012                        exactly these records
//! all                                     every record
//! ```
//!
//! Texts are compared after NFKC and in lower case, nothing else.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// A record as its reader has it: texts by the name of their field.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The coordinator's number.
    pub key: String,
    fields: BTreeMap<&'static str, String>,
}

/// The field whose text is the record's number: compared as a whole.
const ID: &str = "id";
/// The name for all fields together.
const ANY: &str = "any";

impl Record {
    /// A record without texts.
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), fields: BTreeMap::new() }
    }

    /// The record with this text too.
    pub fn with(mut self, field: &'static str, text: &str) -> Self {
        self.fields.insert(field, plain(text));
        self
    }
}

fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// Which records a reader chooses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule(Vec<Vec<Condition>>);

#[derive(Clone, Debug, PartialEq)]
struct Condition {
    wanted: bool,
    fields: Vec<String>,
    texts: Vec<String>,
}

impl Rule {
    /// Reads a rule; an empty one chooses nothing. Refuses what is not one, with the part that is not understood.
    pub fn read(written: &str, known: &[&str]) -> Result<Self, String> {
        if written.trim() == "all" {
            return Ok(Self(vec![Vec::new()]));
        }
        let choices = written.split(';').map(str::trim).filter(|choice| !choice.is_empty());
        let read = |choice: &str| choice.split('&').map(|part| Condition::read(part.trim(), known)).collect();
        choices.map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether it chooses the record.
    pub fn chooses(&self, record: &Record) -> bool {
        self.0.iter().any(|conditions| conditions.iter().all(|condition| condition.holds(record)))
    }
}

impl Condition {
    fn read(part: &str, known: &[&str]) -> Result<Self, String> {
        let (fields, texts) = part.split_once(':').ok_or_else(|| part.to_owned())?;
        let (wanted, fields) = fields.strip_prefix('-').map_or((true, fields), |rest| (false, rest));
        let list = |text: &str, by: char| -> Vec<String> {
            text.split(by).map(|item| plain(item.trim())).filter(|item| !item.is_empty()).collect()
        };
        let (fields, texts) = (list(fields, ','), list(texts, '|'));
        let is_known =
            |field: &String| [ID, ANY].contains(&field.as_str()) || known.contains(&field.as_str());
        if fields.is_empty() || texts.is_empty() || !fields.iter().all(is_known) {
            return Err(part.to_owned());
        }
        Ok(Self { wanted, fields, texts })
    }

    fn holds(&self, record: &Record) -> bool {
        let found = self.fields.iter().any(|field| match field.as_str() {
            ID => self.texts.contains(&plain(&record.key)),
            ANY => record.fields.values().any(|text| self.is_in(text)),
            field => record.fields.get(field).is_some_and(|text| self.is_in(text)),
        });
        found == self.wanted
    }

    fn is_in(&self, text: &str) -> bool {
        self.texts.iter().any(|wanted| text.contains(wanted.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(rule: &str) -> Vec<String> {
        let records = [
            Record::new("M-1").with("title", "番頭を求む").with("work", "ＩＴ化"),
            Record::new("M-2").with("title", "右腕を求む").with("work", "番頭の話"),
            Record::new("M-12").with("title", "女将を求む"),
        ];
        let rule = Rule::read(rule, &["title", "work"]).unwrap();
        records.iter().filter(|record| rule.chooses(record)).map(|record| record.key.clone()).collect()
    }

    #[test]
    fn a_rule_chooses_by_characters_in_fields() {
        assert_eq!(chosen("title: 番頭|右腕"), ["M-1", "M-2"]);
        assert_eq!(chosen("title,work: 番頭"), ["M-1", "M-2"]);
        assert_eq!(chosen("any: it化"), ["M-1"], "width and case are nothing to a reader");
        assert_eq!(chosen("any: 番頭 & -title: 番頭"), ["M-2"]);
        assert_eq!(chosen("title: 女将 ; title: 番頭"), ["M-1", "M-12"]);
        assert_eq!(chosen("id: M-1"), ["M-1"], "a number is a whole");
        assert_eq!(chosen("all").len(), 3);
        assert_eq!(chosen("").len(), 0);
    }

    #[test]
    fn what_is_no_rule_is_refused_with_the_part() {
        for (rule, part) in [("番頭", "番頭"), ("name: 番頭", "name: 番頭"), ("title: 番頭 & work:", "work:")]
        {
            assert_eq!(Rule::read(rule, &["title", "work"]), Err(part.to_owned()));
        }
    }
}
