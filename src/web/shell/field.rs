//! One field of a form as a page draws it: label, help, the reason we ask, who will see it, how long it stays, what was
//! typed, and what is wrong with it.
//!
//! A form is a list of fields; `shell/forms.html` draws them and says at its head how a page asks for that. The words follow
//! from two names: `field-{form}-{name}`, and with `-hint`, `-why` where a field has them.

use super::Shell;
use crate::domain::Choice;

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line; the type and the autocomplete token of the input.
    Line(&'static str, &'static str),
    /// Several lines; so many are shown.
    Lines(u8),
    /// One of a few, all in sight. Value and label of each.
    Radios(Vec<(String, String)>),
    /// One of many.
    Select(Vec<(String, String)>),
    /// Any of a few; the value is their codes with commas between.
    Checks(Vec<(String, String)>),
    /// Yes or nothing.
    Check,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Of the input.
    pub name: String,
    /// Its label.
    pub label: String,
    /// How to fill it in; empty for none.
    pub hint: String,
    /// Why we ask, who sees it, how long it stays; empty for none.
    pub about: Vec<String>,
    /// Whether that is told in one line, who sees it, that opens on the rest: where one question follows the other.
    pub folded: bool,
    /// What was typed.
    pub value: String,
    /// What is wrong with it and what would be right.
    pub error: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// The word for "must be filled in".
    pub must: String,
    /// What a select says while nothing is chosen.
    pub choose: String,
    /// How it is filled in.
    pub kind: Kind,
}

impl Field {
    /// A line of text, not required.
    pub fn new(shell: &Shell, form: &str, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            label: shell.t(&format!("field-{form}-{name}")),
            hint: String::new(),
            about: Vec::new(),
            folded: false,
            value: String::new(),
            error: None,
            required: false,
            must: shell.t("look-must"),
            choose: shell.t("web-choose"),
            kind: Kind::Line("text", "off"),
        }
    }

    /// With the hint of its key.
    pub fn hinted(mut self, shell: &Shell, form: &str) -> Self {
        self.hint = shell.t(&format!("field-{form}-{}-hint", self.name));
        self
    }

    /// With the reason of its key, who sees it (`seen-by-{audience}`) and how long it stays (`kept-{how_long}`).
    pub fn about(self, shell: &Shell, form: &str, audience: &str, how_long: &str) -> Self {
        let why = shell.t(&format!("field-{form}-{}-why", self.name));
        self.because(shell, why, audience, how_long)
    }

    /// With a reason in words that several fields share.
    pub fn because(mut self, shell: &Shell, why: String, audience: &str, how_long: &str) -> Self {
        self.about = vec![
            shell.with("look-why", "why", why),
            shell.with("look-seen-by", "who", shell.t(&format!("seen-by-{audience}"))),
            shell.with("look-kept", "until", shell.t(&format!("kept-{how_long}"))),
        ];
        self
    }

    /// The same in one line that opens.
    pub fn folded(mut self) -> Self {
        self.folded = true;
        self
    }

    /// Who will see it.
    pub fn seen_by(&self) -> &str {
        self.about.get(1).map(String::as_str).unwrap_or_default()
    }

    /// Filled in with this.
    pub fn filled(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Filled in in this way.
    #[expect(clippy::wrong_self_convention, reason = "it reads as it is meant: a field, as a select")]
    pub fn as_a(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// One of a closed list, all in sight.
    pub fn one_of<T: Choice>(self, shell: &Shell) -> Self {
        let options =
            T::ALL.iter().map(|one| (one.code().to_owned(), shell.lang.pick(one.ja(), one.en()).to_owned()));
        let options = options.collect();
        self.as_a(Kind::Radios(options))
    }

    /// Must be filled in.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With a mistake.
    pub fn wrong(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// The ids of what describes it, for `aria-describedby`.
    pub fn described_by(&self) -> String {
        let parts = [
            (!self.hint.is_empty()).then(|| format!("{}-hint", self.name)),
            self.error.is_some().then(|| format!("{}-error", self.name)),
            (!self.about.is_empty()).then(|| format!("{}-about", self.name)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Whether this code is chosen.
    pub fn holds(&self, code: &str) -> bool {
        self.value.split(',').any(|one| one == code)
    }
}
