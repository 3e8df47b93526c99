//! A firm's data as a form: texts as typed become facts, and facts become texts again.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::domain::{Choice, FirmFacts};
use crate::rules::corporate_number::{CorporateNumber, CorporateNumberError};
use crate::rules::{municipalities, prefectures};
use crate::store::drafts::Fields;

/// Characters of one line, and of a text of several.
const LINE: usize = 200;
const TEXT: usize = 3_000;
/// The oldest firm of Japan was founded in 578.
const OLDEST: i16 = 578;
/// The western year before the first of each era.
const ERAS: [(&str, i16); 5] =
    [("明治", 1867), ("大正", 1911), ("昭和", 1925), ("平成", 1988), ("令和", 2018)];

/// Every field of the form, in its order.
pub const FIELDS: [&str; 13] = [
    "name",
    "kana",
    "number",
    "prefecture",
    "municipality",
    "address",
    "industry",
    "employees",
    "founded",
    "website",
    "about",
    "profit",
    "succession",
];

/// Something that cannot be taken as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field.
    pub field: &'static str,
    /// The key of the text that says what would be right.
    pub text: &'static str,
}

impl Wrong {
    pub(super) fn at(field: &'static str, text: &'static str) -> Self {
        Self { field, text }
    }
}

/// The form of what is known.
pub fn of(facts: &FirmFacts) -> Fields {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let fields = [
        ("name", facts.name.clone()),
        ("kana", text(&facts.kana)),
        ("number", text(&facts.corporate_number)),
        ("prefecture", facts.prefecture.clone()),
        ("municipality", text(&facts.municipality)),
        ("address", text(&facts.address)),
        ("industry", text(&facts.industry)),
        ("employees", facts.employees.map(|number| number.to_string()).unwrap_or_default()),
        ("founded", facts.founded.map(|year| year.to_string()).unwrap_or_default()),
        ("website", text(&facts.website)),
        ("about", text(&facts.about)),
        ("profit", code(facts.profit)),
        ("succession", code(facts.succession)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Writes a form into the facts; what the form has no field for stays as it is, and so do fields that it does not hold.
///
/// # Errors
/// Every field that cannot be taken, and then nothing is written.
pub fn read(form: &Fields, facts: &mut FirmFacts, today: Date) -> Result<(), Vec<Wrong>> {
    let mut read = Reader { form, wrong: Vec::new() };
    let mut new = facts.clone();
    if let Some(name) = read.typed("name", LINE) {
        new.name = name.unwrap_or_else(|| read.refuse("name", "firms-wrong-name"));
    }
    read.put("kana", &mut new.kana, LINE);
    if let Some(typed) = read.typed("number", LINE) {
        new.corporate_number = read.number(typed, facts.corporate_number.as_deref());
    }
    if let Some(typed) = read.typed("prefecture", LINE) {
        let known = typed.and_then(|typed| prefectures::parse(&typed)).map(str::to_owned);
        new.prefecture = known.unwrap_or_else(|| read.refuse("prefecture", "firms-wrong-prefecture"));
    }
    if let Some(typed) = read.typed("municipality", LINE) {
        // The official name where it is known.
        let official =
            |typed: String| municipalities::find(&new.prefecture, &typed).map_or(typed, str::to_owned);
        new.municipality = typed.map(official);
    }
    read.put("address", &mut new.address, LINE);
    read.put("industry", &mut new.industry, LINE);
    if let Some(typed) = read.typed("employees", LINE) {
        new.employees = read.reading("employees", "firms-wrong-employees", typed, people);
    }
    if let Some(typed) = read.typed("founded", LINE) {
        new.founded = read.reading("founded", "firms-wrong-founded", typed, |typed| year(typed, today));
    }
    if let Some(typed) = read.typed("website", LINE) {
        new.website = read.reading("website", "firms-wrong-website", typed, website);
    }
    read.put("about", &mut new.about, TEXT);
    read.choose("profit", &mut new.profit);
    read.choose("succession", &mut new.succession);
    if !read.wrong.is_empty() {
        return Err(read.wrong);
    }
    *facts = new;
    Ok(())
}

struct Reader<'a> {
    form: &'a Fields,
    wrong: Vec<Wrong>,
}

impl Reader<'_> {
    /// What was typed, without needless space; `None` when the form has no such field, `Some(None)` when it is empty.
    fn typed(&mut self, name: &'static str, most: usize) -> Option<Option<String>> {
        let text = self.form.get(name)?.replace("\r\n", "\n");
        let text = text.trim();
        if text.chars().count() > most {
            let key = if most == LINE { "firms-wrong-long" } else { "firms-wrong-long-text" };
            self.wrong.push(Wrong::at(name, key));
        }
        Some((!text.is_empty()).then(|| text.to_owned()))
    }

    fn put(&mut self, name: &'static str, into: &mut Option<String>, most: usize) {
        if let Some(typed) = self.typed(name, most) {
            *into = typed;
        }
    }

    fn refuse<T: Default>(&mut self, name: &'static str, text: &'static str) -> T {
        self.wrong.push(Wrong::at(name, text));
        T::default()
    }

    fn reading<T>(
        &mut self,
        name: &'static str,
        text: &'static str,
        typed: Option<String>,
        by: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let typed = typed?;
        let value = by(&typed);
        if value.is_none() {
            self.wrong.push(Wrong::at(name, text));
        }
        value
    }

    /// The number, with what is wrong with it. A known one may be mended but not taken away: everything public hangs on it.
    fn number(&mut self, typed: Option<String>, known: Option<&str>) -> Option<String> {
        let Some(typed) = typed else {
            return if known.is_some() { self.refuse("number", "firms-wrong-number-gone") } else { None };
        };
        // What an import took on trust stays as it is until somebody changes it.
        if known == Some(typed.as_str()) {
            return Some(typed);
        }
        match CorporateNumber::parse(&typed) {
            Ok(number) => Some(number.to_string()),
            Err(CorporateNumberError::Format) => self.refuse("number", "firms-wrong-number"),
            Err(CorporateNumberError::CheckDigit) => self.refuse("number", "firms-wrong-number-check"),
        }
    }

    fn choose<T: Choice>(&mut self, name: &'static str, into: &mut Option<T>) {
        let Some(typed) = self.typed(name, LINE) else { return };
        let chosen = typed.as_deref().and_then(|code| T::ALL.iter().copied().find(|one| one.code() == code));
        if typed.is_some() && chosen.is_none() {
            self.wrong.push(Wrong::at(name, "firms-wrong-choice"));
        }
        *into = chosen;
    }
}

fn code<T: Choice>(choice: Option<T>) -> String {
    choice.map(|choice| choice.code().to_owned()).unwrap_or_default()
}

fn plain(text: &str) -> String {
    text.nfkc().filter(|sign| !matches!(sign, ',' | ' ' | '人' | '名' | '年')).collect()
}

fn people(typed: &str) -> Option<u32> {
    plain(typed).parse().ok().filter(|number| *number <= 1_000_000)
}

/// A western year, or one of an era: 昭和3年, 令和元年.
fn year(typed: &str, today: Date) -> Option<i16> {
    let text = plain(typed);
    let of_era = ERAS.iter().find_map(|(era, before)| Some((text.strip_prefix(era)?, before)));
    let year = match of_era {
        Some(("元", before)) => before + 1,
        Some((years, before)) => before.checked_add(years.parse().ok()?)?,
        None => text.parse().ok()?,
    };
    (OLDEST..=today.year()).contains(&year).then_some(year)
}

/// The address of a page. Without `https://` in front it is still meant as one.
fn website(typed: &str) -> Option<String> {
    let text: String = typed.nfkc().collect();
    let whole = if text.contains("://") { text } else { format!("https://{text}") };
    let address = url::Url::parse(&whole).ok()?;
    let is_page = matches!(address.scheme(), "http" | "https")
        && address.host_str().is_some_and(|host| host.contains('.'))
        && address.username().is_empty()
        && address.password().is_none();
    is_page.then(|| address.to_string())
}
