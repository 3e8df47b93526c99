//! The profile as a form: texts as typed become facts, and facts become texts again.

use unicode_normalization::UnicodeNormalization;

use super::terms;
use crate::domain::{Areas, CandidateFacts, Choice, Days, Range, SideJob};
use crate::rules::prefectures;
use crate::store::drafts::Fields;

/// A word that means every prefecture.
const EVERYWHERE: &str = "全国";
/// Characters of one line, and of a text of several.
const LINE: usize = 200;
const TEXT: usize = 3_000;

/// Something that cannot be taken as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field.
    pub field: &'static str,
    /// The key of the text that says what would be right.
    pub text: &'static str,
    /// The words that were not understood, if there are any.
    pub words: String,
}

impl Wrong {
    fn at(field: &'static str, text: &'static str) -> Self {
        Self { field, text, words: String::new() }
    }
}

/// The form of what is known.
pub fn of(facts: &CandidateFacts) -> Fields {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let days = |pick: fn(Days) -> u16| facts.days.map(|days| pick(days).to_string()).unwrap_or_default();
    let fields = [
        ("name", facts.name.clone()),
        ("kana", text(&facts.kana)),
        ("phone", text(&facts.phone)),
        ("home", text(&facts.home)),
        ("headline", text(&facts.headline)),
        ("track", code(facts.track)),
        ("resolve", code(facts.more.resolve)),
        ("areas", facts.areas.as_ref().map(areas_text).unwrap_or_default()),
        ("ties", text(&facts.ties)),
        ("industries", text(&facts.industries)),
        ("days_from", days(|days| days.min)),
        ("days_to", days(|days| days.max)),
        ("free_from", facts.more.free_from.map(terms::start_text).unwrap_or_default()),
        ("availability", text(&facts.more.availability)),
        ("contract", code(facts.contract)),
        ("pay_floor", facts.more.pay_floor.map(|yen| yen.to_string()).unwrap_or_default()),
        ("present_job", text(&facts.present_job)),
        ("side_job", code(Some(facts.side_job))),
        ("move_wish", code(facts.move_wish)),
        ("summary", text(&facts.summary)),
        ("skills", facts.skills.join("、")),
        ("achievements", text(&facts.achievements)),
        ("motive", text(&facts.motive)),
        ("learn", text(&facts.more.learn)),
        ("housing", text(&facts.more.housing)),
        ("livelihood", text(&facts.more.livelihood)),
        ("community", text(&facts.more.community)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Writes a form into the facts; what the form has no field for stays as it is. Fields the form does not hold are left
/// alone, too: a part of it can be sent.
///
/// # Errors
/// Every field that cannot be taken, and then nothing is written.
pub fn read(form: &Fields, facts: &mut CandidateFacts) -> Result<(), Vec<Wrong>> {
    let mut read = Reader { form, wrong: Vec::new() };
    let mut new = facts.clone();
    if let Some(name) = read.line("name") {
        match name {
            Some(name) => new.name = name,
            None => read.wrong.push(Wrong::at("name", "profiles-wrong-name")),
        }
    }
    read.put("kana", &mut new.kana, Reader::line);
    if let Some(phone) = read.line("phone") {
        new.phone = phone.and_then(|typed| read.telephone(&typed));
    }
    read.put("home", &mut new.home, Reader::line);
    read.put("headline", &mut new.headline, Reader::line);
    read.choose("track", &mut new.track);
    read.choose("resolve", &mut new.more.resolve);
    if let Some(areas) = read.line("areas") {
        new.areas = areas.and_then(|typed| read.areas(&typed));
    }
    read.put("ties", &mut new.ties, Reader::line);
    read.put("industries", &mut new.industries, Reader::line);
    read.days(&mut new.days);
    read.understand("free_from", &mut new.more.free_from, terms::start, "profiles-wrong-start");
    read.put("availability", &mut new.more.availability, Reader::text);
    read.choose("contract", &mut new.contract);
    read.understand("pay_floor", &mut new.more.pay_floor, terms::yen, "profiles-wrong-yen");
    read.put("present_job", &mut new.present_job, Reader::line);
    let mut side_job = Some(new.side_job);
    read.choose("side_job", &mut side_job);
    new.side_job = side_job.unwrap_or(SideJob::Unknown);
    read.choose("move_wish", &mut new.move_wish);
    read.put("summary", &mut new.summary, Reader::text);
    if let Some(skills) = read.text("skills") {
        new.skills = tags(&skills.unwrap_or_default());
    }
    read.put("achievements", &mut new.achievements, Reader::text);
    read.put("motive", &mut new.motive, Reader::text);
    read.put("learn", &mut new.more.learn, Reader::text);
    read.put("housing", &mut new.more.housing, Reader::text);
    read.put("livelihood", &mut new.more.livelihood, Reader::text);
    read.put("community", &mut new.more.community, Reader::text);
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
            self.wrong.push(Wrong { words: most.to_string(), ..Wrong::at(name, "profiles-wrong-long") });
        }
        Some((!text.is_empty()).then(|| text.to_owned()))
    }

    fn line(&mut self, name: &'static str) -> Option<Option<String>> {
        self.typed(name, LINE)
    }

    fn text(&mut self, name: &'static str) -> Option<Option<String>> {
        self.typed(name, TEXT)
    }

    fn put(
        &mut self,
        name: &'static str,
        into: &mut Option<String>,
        by: fn(&mut Self, &'static str) -> Option<Option<String>>,
    ) {
        if let Some(typed) = by(self, name) {
            *into = typed;
        }
    }

    fn choose<T: Choice>(&mut self, name: &'static str, into: &mut Option<T>) {
        let Some(typed) = self.line(name) else { return };
        let found = typed.as_ref().and_then(|typed| T::ALL.iter().find(|one| one.code() == typed));
        if typed.is_some() && found.is_none() {
            self.wrong.push(Wrong::at(name, "profiles-wrong-choice"));
        }
        *into = found.copied();
    }

    /// What was typed, read by `by`; wrong when it cannot be.
    fn understand<T>(
        &mut self,
        name: &'static str,
        into: &mut Option<T>,
        by: fn(&str) -> Option<T>,
        text: &'static str,
    ) {
        let Some(typed) = self.line(name) else { return };
        let read = typed.as_deref().and_then(by);
        if let (Some(words), None) = (typed, &read) {
            self.wrong.push(Wrong { words, ..Wrong::at(name, text) });
        }
        *into = read;
    }

    fn telephone(&mut self, typed: &str) -> Option<String> {
        let plain: String =
            typed.nfkc().filter(|c| !c.is_whitespace() && !"-‐‑–—―ー().".contains(*c)).collect();
        let digits = plain.strip_prefix("+81").map(|rest| format!("0{}", rest.trim_start_matches('0')));
        let digits = digits.unwrap_or(plain);
        let sound = digits.bytes().all(|digit| digit.is_ascii_digit())
            && digits.starts_with('0')
            && matches!(digits.len(), 10 | 11);
        if !sound {
            self.wrong.push(Wrong::at("phone", "profiles-wrong-phone"));
        }
        sound.then_some(digits)
    }

    fn areas(&mut self, typed: &str) -> Option<Areas> {
        let mut named: Vec<String> = Vec::new();
        for word in words(typed) {
            if word == EVERYWHERE {
                return Some(Areas::Everywhere);
            }
            let single = prefectures::parse(&word).map(|name| vec![name]);
            match single.or_else(|| prefectures::region_word(&word).map(<[_]>::to_vec)) {
                Some(names) => named.extend(names.into_iter().map(str::to_owned)),
                None => {
                    self.wrong.push(Wrong { words: word, ..Wrong::at("areas", "profiles-wrong-area") });
                    return None;
                }
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        named.retain(|name| seen.insert(name.clone()));
        (!named.is_empty()).then_some(Areas::Prefectures(named))
    }

    /// Days from and to; who names one of them means exactly that.
    fn days(&mut self, into: &mut Option<Days>) {
        let (Some(from), Some(to)) = (self.line("days_from"), self.line("days_to")) else { return };
        let number =
            |typed: Option<String>| typed.map(|typed| typed.parse::<u16>().ok().filter(|n| *n <= 700));
        let (Some(from), Some(to)) = (number(from).unwrap_or(Some(0)), number(to).unwrap_or(Some(0))) else {
            self.wrong.push(Wrong::at("days_from", "profiles-wrong-choice"));
            return;
        };
        *into = match (from, to) {
            (0, 0) => None,
            (one, 0) | (0, one) => Some(Range::exactly(one)),
            (min, max) if min <= max => Some(Range { min, max }),
            _ => {
                self.wrong.push(Wrong::at("days_to", "profiles-wrong-days"));
                return;
            }
        };
    }
}

fn code<T: Choice>(choice: Option<T>) -> String {
    choice.map(|choice| choice.code().to_owned()).unwrap_or_default()
}

fn areas_text(areas: &Areas) -> String {
    match areas {
        Areas::Everywhere => EVERYWHERE.to_owned(),
        Areas::Prefectures(names) => names.join("、"),
    }
}

/// Words between commas, dots, slashes and spaces.
fn words(text: &str) -> impl Iterator<Item = String> {
    let text: String = text.nfkc().collect();
    let words: Vec<_> =
        text.split(['、', ',', '/', '・', '\n', ' ']).map(|word| word.trim().to_owned()).collect();
    words.into_iter().filter(|word| !word.is_empty())
}

/// Tags between commas and lines, each once; a space may stand inside one.
pub(super) fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(['、', ',', '，', '\n', ';', '；']).map(str::trim) {
        if !tag.is_empty() && !tags.iter().any(|one| one == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}
