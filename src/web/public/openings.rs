//! `/openings`: the search page. Its address is its whole state: words, filters, order and page.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use crate::domain::Block;
use crate::rules::prefectures::{self, Prefecture};
use crate::search::{
    Ask, Facet, Found, FoundFacet, FoundHit, FoundOpening, Note, Page as Place, Question, SearchError, Sort,
    Span, Taken, TooLong, label_of, say_note, say_reason,
};
use crate::store::consents;
use crate::texts::Lang;
use crate::web::Web;
use crate::web::alerts::Keep;
use crate::web::shell::{Refusal, Shell, address, page, wording};

/// Hits a page.
const PAGE: usize = 20;
/// Values of a facet shown at once; the rest is folded.
const AT_ONCE: usize = 8;

#[derive(Template)]
#[template(path = "public/openings.html")]
struct Page {
    shell: Shell,
    /// The words, filters and order that a new search keeps.
    asked: Asked,
    total: u64,
    hits: Vec<Hit>,
    notes: Vec<String>,
    /// Words that nothing has, each with those that may have been meant and the address that asks for them instead.
    perhaps: Vec<(String, Vec<(String, String)>)>,
    /// The prefectures, north to south.
    map: Vec<Square>,
    facets: Vec<FacetList>,
    /// Filters in force: what they are, and the address without them.
    in_force: Vec<(String, String)>,
    /// When nothing was found: the same, with how many there would be.
    ways_out: Vec<(String, String, u64)>,
    /// The same question, for feed readers.
    feed: String,
    /// To be told what is new.
    keep: Keep,
    /// The orders there are, with the address of each that is not in force.
    orders: Vec<(String, Option<String>)>,
    /// Where the first hit of the page stands.
    start: u64,
    before: Option<String>,
    after: Option<String>,
}

struct Hit {
    id: String,
    title: Vec<Span>,
    snippet: Vec<Span>,
    kind: String,
    firm: String,
    place: String,
    details: Vec<String>,
    reasons: Vec<String>,
}

struct FacetList {
    label: String,
    /// A short list is open, and one with a value in force.
    is_open: bool,
    first: Vec<FacetValue>,
    rest: Vec<FacetValue>,
}

/// A prefecture on the map.
struct Square {
    /// By its number, where it lies.
    code: String,
    value: FacetValue,
}

struct FacetValue {
    label: String,
    count: u64,
    href: String,
    in_force: bool,
}

/// What the address asks: a question, and what is of this page alone.
#[derive(Clone, Debug, Default, PartialEq)]
struct Asked {
    question: Question,
    sort: Sort,
    page: Place,
    /// Firms that the reader hides from: they are hidden from the reader, too.
    barred: Vec<Block>,
}

/// `GET /openings?q=…&pref=…&sort=new&after=…`
pub async fn show(
    shell: Shell,
    State(web): State<Web>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let mut asked = Asked::read(pairs, &shell)?;
    asked.barred = barred(&shell, &web).await?;
    let refuse = |error: SearchError| match error {
        error if error.is_bad_question() => Refusal::BadQuestion(error.say(shell.lang)),
        error => error.into(),
    };
    let found = web.search.openings(&asked.ask(PAGE)).await.map_err(refuse)?;
    let mut ways_out = Vec::new();
    if found.total == 0 {
        let mut ways = asked.ways_out(&shell);
        if found.is_from_records() {
            // Each costs a reading of all records: the widest one will do.
            ways.drain(..ways.len().saturating_sub(1));
        }
        for (label, without) in ways {
            let total = web.search.openings(&without.ask(1)).await.map_err(refuse)?.total;
            if total > 0 {
                ways_out.push((label, without.address(), total));
            }
        }
    }
    page(&Page::new(shell, asked, found, ways_out))
}

/// Firms that the reader hides from.
pub(super) async fn barred(shell: &Shell, web: &Web) -> Result<Vec<Block>, Refusal> {
    let Some(own) = shell.person.as_ref().and_then(|person| person.candidate()) else {
        return Ok(Vec::new());
    };
    let facts = consents::facts(&web.db, own.candidate()).await?;
    Ok(facts.map(|(facts, _)| facts.more.blocks).unwrap_or_default())
}

impl Page {
    fn new(
        shell: Shell,
        asked: Asked,
        found: Found<FoundOpening>,
        ways_out: Vec<(String, String, u64)>,
    ) -> Self {
        let lang = shell.lang;
        let turned = |page: Place| Asked { page, ..asked.clone() }.address();
        let order = |(sort, key): (Sort, &'static str)| {
            let address = || Asked { sort, page: Place::First, ..asked.clone() }.address();
            (shell.t(key), (sort != asked.sort).then(address))
        };
        let in_force = |(name, value): &(String, String)| {
            (label_of(name, value, lang), asked.turned_to(asked.question.without(name, value)).address())
        };
        Self {
            total: found.total,
            notes: found
                .notes
                .iter()
                .filter(|note| !is_perhaps(note))
                .map(|note| say_note(note, lang))
                .collect(),
            perhaps: found.notes.iter().filter_map(|note| asked.perhaps(note)).collect(),
            map: Square::all(&found.facets, &asked, &shell),
            facets: found.facets.iter().filter_map(|facet| FacetList::new(facet, &asked, &shell)).collect(),
            in_force: asked.question.filters().iter().map(in_force).collect(),
            orders: ORDERS.map(order).to_vec(),
            start: found.start,
            before: found.before.clone().map(|row| turned(Place::Before(row))),
            after: found.after.clone().map(|row| turned(Place::After(row))),
            hits: found.hits.into_iter().map(|hit| Hit::new(hit, &shell)).collect(),
            ways_out,
            feed: address::of("/openings.atom", &asked.question.pairs()),
            keep: Keep::of(&asked.question, &shell),
            asked,
            shell,
        }
    }

    /// Which of the hits these are.
    fn span(&self) -> String {
        let (from, to) = (self.start + 1, self.start + self.hits.len() as u64);
        self.shell.lang.say_with("web-search-span", &[("from", &from), ("to", &to)])
    }
}

/// The orders in which hits may come, with what they are called.
const ORDERS: [(Sort, &str); 3] = [
    (Sort::Relevance, "web-search-best"),
    (Sort::Newest, "web-search-newest"),
    (Sort::Closing, "web-search-closing"),
];

/// An order as addresses name it; the usual one has no name.
fn code(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::Relevance => None,
        Sort::Newest => Some("new"),
        Sort::Closing => Some("closing"),
    }
}

fn is_perhaps(note: &Note) -> bool {
    matches!(note, Note::Taken(Taken::Perhaps { .. }))
}

impl Asked {
    fn read(pairs: Vec<(String, String)>, shell: &Shell) -> Result<Self, Refusal> {
        let mut asked = Self::default();
        let mut of_question = Vec::new();
        for (name, value) in pairs {
            let typed = value.trim();
            match name.as_str() {
                "lang" | "size" => {}
                "sort" | "after" | "before" if typed.is_empty() => {}
                "sort" => {
                    let order = ORDERS.iter().find(|(sort, _)| code(*sort) == Some(typed));
                    let bad = || Refusal::BadQuestion(shell.with("web-search-bad-sort", "typed", typed));
                    asked.sort = order.ok_or_else(bad)?.0;
                }
                "after" | "before" => {
                    let bad = |_| Refusal::BadQuestion(shell.t("web-search-bad-page"));
                    let row = typed.parse().map_err(bad)?;
                    asked.page = if name == "after" { Place::After(row) } else { Place::Before(row) };
                }
                _ => of_question.push((name, value)),
            }
        }
        let too_long = |long: TooLong| Refusal::BadQuestion(long.say(shell.lang));
        asked.question = Question::read(of_question).map_err(too_long)?;
        Ok(asked)
    }

    fn ask(&self, limit: usize) -> Ask {
        Ask {
            limit,
            page: self.page.clone(),
            sort: self.sort,
            barred: self.barred.clone(),
            ..self.question.ask()
        }
    }

    /// The address that asks this.
    fn address(&self) -> String {
        let mut pairs = self.question.pairs();
        let mut pair = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if let Some(code) = code(self.sort) {
            pair("sort", code.to_owned());
        }
        match &self.page {
            Place::First => {}
            Place::After(row) => pair("after", row.to_string()),
            Place::Before(row) => pair("before", row.to_string()),
        }
        address::of("/openings", &pairs)
    }

    /// A word that nothing has, with what may be asked instead.
    fn perhaps(&self, note: &Note) -> Option<(String, Vec<(String, String)>)> {
        let Note::Taken(Taken::Perhaps { asked, meant }) = note else { return None };
        let instead = |word: &String| {
            let question = self.question.worded(&self.question.words().replacen(asked.as_str(), word, 1));
            (word.clone(), self.turned_to(question).address())
        };
        Some((asked.clone(), meant.iter().map(instead).collect()))
    }

    /// The order, as addresses name it.
    fn order(&self) -> Option<&'static str> {
        code(self.sort)
    }

    /// Another question from its first page on, for the same reader in the same order.
    fn turned_to(&self, question: Question) -> Self {
        Self { question, page: Place::First, ..self.clone() }
    }

    /// Wider questions, each with what it leaves out.
    fn ways_out(&self, shell: &Shell) -> Vec<(String, Self)> {
        let question = &self.question;
        let without = |what: &str| shell.with("web-search-without", "what", what);
        let dropped = |(name, value): &(String, String)| {
            (without(&label_of(name, value, shell.lang)), self.turned_to(question.without(name, value)))
        };
        let afresh = |question| Self { question, barred: self.barred.clone(), ..Self::default() };
        let mut ways: Vec<_> = question.filters().iter().take(5).map(dropped).collect();
        if !question.words().is_empty() && !question.filters().is_empty() {
            ways.push((shell.t("web-search-words-only"), afresh(question.words_alone())));
            ways.push((without(question.words()), self.turned_to(question.filters_alone())));
        }
        if !question.is_empty() {
            ways.push((shell.t("web-search-everything"), afresh(Question::default())));
        }
        ways
    }
}

impl Hit {
    fn new(hit: FoundHit<FoundOpening>, shell: &Shell) -> Self {
        let lang = shell.lang;
        let FoundOpening { opening, firm } = hit.record;
        let facts = opening.facts;
        let details = [
            Some(wording::choice(facts.contract, lang)),
            facts.days.map(|days| wording::days(days, lang)),
            facts.remote.map(|share| shell.with("web-remote", "share", wording::remote(share, lang))),
            facts.pay.map(|pay| wording::pay(pay, lang)),
            facts.deadline.map(|date| shell.with("web-until", "day", wording::day(date, lang))),
        ];
        Self {
            id: hit.id,
            title: hit.title,
            snippet: hit.snippet,
            kind: wording::choice(facts.kind, lang),
            firm: firm.facts.name,
            place: format!("{}{}", firm.facts.prefecture, firm.facts.municipality.unwrap_or_default()),
            details: details.into_iter().flatten().collect(),
            reasons: hit.reasons.iter().map(|reason| say_reason(reason, lang)).collect(),
        }
    }
}

impl FacetValue {
    fn new(facet: Facet, value: &str, count: u64, asked: &Asked, lang: Lang) -> Self {
        let (question, name) = (&asked.question, facet.name());
        let in_force = question.has(name, value);
        let target = if in_force { question.without(name, value) } else { question.with(name, value) };
        let href = asked.turned_to(target).address();
        Self { label: facet.value_label(value, lang), count, href, in_force }
    }
}

impl Square {
    /// Every prefecture, as soon as there is an opening in one.
    fn all(found: &[FoundFacet], asked: &Asked, shell: &Shell) -> Vec<Self> {
        let Some(found) = found.iter().find(|found| found.facet == Facet::Pref) else { return Vec::new() };
        let square = |row: &Prefecture| {
            let count =
                found.values.iter().find(|(value, _)| *value == row.kanji).map_or(0, |(_, count)| *count);
            let value = FacetValue::new(Facet::Pref, &row.kanji, count, asked, shell.lang);
            let label = shell.lang.pick(row.short_kanji.as_str(), row.romaji.as_str()).to_owned();
            Self { code: row.jis_code.clone(), value: FacetValue { label, ..value } }
        };
        prefectures::all().iter().map(square).collect()
    }
}

impl FacetList {
    fn new(found: &FoundFacet, asked: &Asked, shell: &Shell) -> Option<Self> {
        let value =
            |(value, count): &(String, u64)| FacetValue::new(found.facet, value, *count, asked, shell.lang);
        let mut first: Vec<_> = found.values.iter().map(value).collect();
        let rest = first.split_off(first.len().min(AT_ONCE));
        let is_open = rest.is_empty() || first.iter().chain(&rest).any(|value| value.in_force);
        (!first.is_empty()).then(|| Self { label: found.facet.label(shell.lang), is_open, first, rest })
    }
}
