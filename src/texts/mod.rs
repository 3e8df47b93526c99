//! One function to say a thing in a language. Every text a person meets that is not data stands in `locales/`.

pub mod address;
pub mod calendar;
pub mod days;

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};

static_loader! {
    static LOCALES = {
        locales: "./src/texts/locales",
        fallback_language: "ja",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The languages of the house.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// 日本語, the source of every text.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// Both, Japanese first.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The tag of HTML's `lang` and of `--lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The language of this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// Says the text of `key`. A key nobody wrote is shown as itself; `tests/tidy.rs` keeps that from happening.
    pub fn say(self, key: &str) -> String {
        self.lookup(key, None)
    }

    /// Says the text of `key` with its variables filled in.
    pub fn say_with(self, key: &str, values: &[(&'static str, &dyn ToFluent)]) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.to_fluent())).collect();
        self.lookup(key, Some(&values))
    }

    /// The one of two texts that is in this language, for data that carries both.
    pub fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    fn lookup(self, key: &str, values: Option<&HashMap<Cow<'static, str>, FluentValue<'_>>>) -> String {
        // The tags are our own two; a parse cannot fail.
        let tag: LanguageIdentifier = self.tag().parse().unwrap_or_default();
        LOCALES.try_lookup_complete(&tag, key, values).unwrap_or_else(|| key.to_owned())
    }
}

/// A value that may stand in a text. Numbers are written plainly: grouping them is the text's business.
pub trait ToFluent {
    /// The value as Fluent takes it.
    fn to_fluent(&self) -> FluentValue<'static>;
}

impl<T: ToString> ToFluent for T {
    fn to_fluent(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_string())
    }
}
