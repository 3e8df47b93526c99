use crate::rules::disclosure::{Item, Severity};
use crate::texts::Lang;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Good to know.
    Info,
    /// To be thought about; does not block.
    Warn,
    /// Blocks publication.
    Error,
}

/// One thing that stands against publishing, or is worth a thought.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Stable: the id of the item or rule, or the key of the form's own check.
    pub id: String,
    /// The field of the form where it is.
    pub field: &'static str,
    /// How grave it is.
    pub grade: Grade,
    /// The law with its article; empty for the form's own checks.
    pub article: String,
    pub(super) message_ja: String,
    pub(super) message_en: String,
    pub(super) fix_ja: String,
    /// The words that may not stand there.
    pub quoted: Option<String>,
    /// What the field may hold instead, ready to be taken over.
    pub corrected: Option<String>,
    /// The text that says it, when it is not the table's.
    pub(super) key: &'static str,
    /// Numbers of that text.
    pub(super) numbers: Option<(usize, usize, usize)>,
}

impl Finding {
    pub(super) fn of_form(field: &'static str, key: &'static str, grade: Grade) -> Self {
        Self {
            id: key.to_owned(),
            field,
            grade,
            article: String::new(),
            message_ja: String::new(),
            message_en: String::new(),
            fix_ja: String::new(),
            quoted: None,
            corrected: None,
            key,
            numbers: None,
        }
    }

    pub(super) fn of_item(item: &Item, field: &'static str, corrected: Option<String>) -> Self {
        Self {
            id: item.id.clone(),
            grade: match item.severity {
                Severity::Info => Grade::Info,
                Severity::Warn => Grade::Warn,
                Severity::Error => Grade::Error,
            },
            article: item.article.clone(),
            message_ja: item.message_ja.clone(),
            message_en: item.message_en.clone(),
            fix_ja: item.fix_ja.clone(),
            corrected,
            key: "",
            ..Self::of_form(field, "", Grade::Error)
        }
    }

    /// What is wrong.
    pub fn say(&self, lang: Lang) -> String {
        let (one, two, three) = self.numbers.unwrap_or_default();
        match self.key {
            "" => lang.pick(&self.message_ja, &self.message_en).to_owned(),
            "postings-wording" => {
                lang.say_with("postings-wording", &[("words", &self.quoted.clone().unwrap_or_default())])
            }
            "postings-status-doubt" | "postings-status-strong" => {
                lang.say_with(self.key, &[("count", &one), ("of", &two)])
            }
            "postings-visit-days" => lang.say_with("postings-visit-days", &[("days", &one)]),
            "postings-length" => {
                lang.say_with("postings-length", &[("from", &one), ("to", &two), ("length", &three)])
            }
            "postings-wage" => {
                let message = lang.pick(&self.message_ja, &self.message_en);
                format!(
                    "{message} {}",
                    lang.say_with("postings-wage", &[("hourly", &one), ("minimum", &two)])
                )
            }
            key => lang.say(key),
        }
    }

    /// How to mend it; the law's tables say so in Japanese.
    pub fn remedy(&self) -> &str {
        &self.fix_ja
    }
}
