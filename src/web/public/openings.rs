//! `/openings`: the search page. Its address is its whole state: words, filters, order and page.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use crate::domain::Block;
use crate::search::{
    Ask, Facet, Found, FoundFacet, FoundHit, FoundOpening, Page as Place, SearchError, Sort, Span, say_note,
    say_reason,
};
use crate::store::consents;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, address, page, wording};

/// Hits a page.
const PAGE: usize = 20;
/// Characters of a question.
const LONGEST: usize = 200;
/// Values of a facet shown at once; the rest is folded.
const AT_ONCE: usize = 8;

#[derive(Template)]
#[template(path = "public/openings.html")]
struct Page {
    shell: Shell,
    /// The words and filters that a new search keeps.
    question: Question,
    total: u64,
    hits: Vec<Hit>,
    notes: Vec<String>,
    facets: Vec<FacetList>,
    /// Filters in force: what they are, and the address without them.
    in_force: Vec<(String, String)>,
    /// When nothing was found: the same, with how many there would be.
    ways_out: Vec<(String, String, u64)>,
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

struct FacetValue {
    label: String,
    count: u64,
    href: String,
    in_force: bool,
}

/// What the address asks.
#[derive(Clone, Debug, Default, PartialEq)]
struct Question {
    words: String,
    filters: Vec<(String, String)>,
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
    let mut question = Question::read(pairs, &shell)?;
    if let Some(own) = shell.person.as_ref().and_then(|person| person.candidate()) {
        let facts = consents::facts(&web.db, own.candidate()).await?;
        question.barred = facts.map(|(facts, _)| facts.more.blocks).unwrap_or_default();
    }
    let refuse = |error: SearchError| match error {
        error if error.is_bad_question() => Refusal::BadQuestion(error.say(shell.lang)),
        error => error.into(),
    };
    let found = web.search.openings(&question.ask(PAGE)).await.map_err(refuse)?;
    let mut ways_out = Vec::new();
    if found.total == 0 {
        for (label, without) in question.ways_out(&shell) {
            let total = web.search.openings(&without.ask(1)).await.map_err(refuse)?.total;
            if total > 0 {
                ways_out.push((label, without.address(), total));
            }
        }
    }
    page(&Page::new(shell, question, found, ways_out))
}

impl Page {
    fn new(
        shell: Shell,
        question: Question,
        found: Found<FoundOpening>,
        ways_out: Vec<(String, String, u64)>,
    ) -> Self {
        let lang = shell.lang;
        let turned = |page: Place| Question { page, ..question.clone() }.address();
        let order = |(sort, key): (Sort, &'static str)| {
            let address = || Question { sort, page: Place::First, ..question.clone() }.address();
            (shell.t(key), (sort != question.sort).then(address))
        };
        let in_force = |(name, value): &(String, String)| {
            let label = label_of(name, value, &shell);
            (label, question.without(name, value).address())
        };
        Self {
            total: found.total,
            notes: found.notes.iter().map(|note| say_note(note, lang)).collect(),
            facets: found
                .facets
                .iter()
                .filter_map(|facet| FacetList::new(facet, &question, &shell))
                .collect(),
            in_force: question.filters.iter().map(in_force).collect(),
            orders: ORDERS.map(order).to_vec(),
            start: found.start,
            before: found.before.clone().map(|row| turned(Place::Before(row))),
            after: found.after.clone().map(|row| turned(Place::After(row))),
            hits: found.hits.into_iter().map(|hit| Hit::new(hit, &shell)).collect(),
            ways_out,
            question,
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

impl Question {
    fn read(pairs: Vec<(String, String)>, shell: &Shell) -> Result<Self, Refusal> {
        let mut question = Self::default();
        let mut seen = BTreeSet::new();
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            match name.as_str() {
                "lang" | "size" => {}
                _ if value.is_empty() => {}
                "q" => question.words = value,
                "sort" => {
                    let order = ORDERS.iter().find(|(sort, _)| code(*sort) == Some(value.as_str()));
                    let bad = || Refusal::BadQuestion(shell.with("web-search-bad-sort", "typed", &value));
                    question.sort = order.ok_or_else(bad)?.0;
                }
                "after" | "before" => {
                    let bad = |_| Refusal::BadQuestion(shell.t("web-search-bad-page"));
                    let row = value.parse().map_err(bad)?;
                    question.page = if name == "after" { Place::After(row) } else { Place::Before(row) };
                }
                _ if seen.insert((name.clone(), value.clone())) => question.filters.push((name, value)),
                _ => {}
            }
        }
        if question.words.chars().count() > LONGEST {
            return Err(Refusal::BadQuestion(shell.with("web-search-too-long", "most", LONGEST)));
        }
        Ok(question)
    }

    fn ask(&self, limit: usize) -> Ask {
        Ask {
            filters: self.filters.clone(),
            limit,
            page: self.page.clone(),
            sort: self.sort,
            barred: self.barred.clone(),
            ..Ask::new(&self.words)
        }
    }

    /// The address that asks this.
    fn address(&self) -> String {
        let mut pairs = Vec::new();
        let mut pair = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
        if !self.words.is_empty() {
            pair("q", &self.words);
        }
        self.filters.iter().for_each(|(name, value)| pair(name, value));
        if let Some(code) = code(self.sort) {
            pair("sort", code);
        }
        match &self.page {
            Place::First => {}
            Place::After(row) => pair("after", &row.to_string()),
            Place::Before(row) => pair("before", &row.to_string()),
        }
        address::of("/openings", &pairs)
    }

    /// The order, as addresses name it.
    fn order(&self) -> Option<&'static str> {
        code(self.sort)
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.filters.iter().any(|(n, v)| n == name && v == value)
    }

    fn without(&self, name: &str, value: &str) -> Self {
        let mut other = Self { page: Place::First, ..self.clone() };
        other.filters.retain(|(n, v)| !(n == name && v == value));
        other
    }

    fn with(&self, name: &str, value: &str) -> Self {
        let mut other = Self { page: Place::First, ..self.clone() };
        other.filters.push((name.to_owned(), value.to_owned()));
        other
    }

    /// Wider questions, each with what it leaves out.
    fn ways_out(&self, shell: &Shell) -> Vec<(String, Self)> {
        let dropped = |(name, value): &(String, String)| {
            let label = shell.with("web-search-without", "what", label_of(name, value, shell));
            (label, self.without(name, value))
        };
        let mut ways: Vec<_> = self.filters.iter().take(5).map(dropped).collect();
        if !self.words.is_empty() && !self.filters.is_empty() {
            let words = Self { words: self.words.clone(), ..Self::default() };
            ways.push((shell.t("web-search-words-only"), words));
            let filters = Self { words: String::new(), page: Place::First, ..self.clone() };
            ways.push((shell.with("web-search-without", "what", &self.words), filters));
        }
        if !self.words.is_empty() || !self.filters.is_empty() {
            ways.push((shell.t("web-search-everything"), Self::default()));
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

impl FacetList {
    fn new(found: &FoundFacet, question: &Question, shell: &Shell) -> Option<Self> {
        let name = found.facet.name();
        let value = |(value, count): &(String, u64)| {
            let in_force = question.has(name, value);
            let target = if in_force { question.without(name, value) } else { question.with(name, value) };
            let label = found.facet.value_label(value, shell.lang);
            FacetValue { label, count: *count, href: target.address(), in_force }
        };
        let mut first: Vec<_> = found.values.iter().map(value).collect();
        let rest = first.split_off(first.len().min(AT_ONCE));
        let is_open = rest.is_empty() || first.iter().chain(&rest).any(|value| value.in_force);
        (!first.is_empty()).then(|| Self { label: found.facet.label(shell.lang), is_open, first, rest })
    }
}

/// 「都道府県: 岡山県」
fn label_of(name: &str, value: &str, shell: &Shell) -> String {
    match Facet::named(name) {
        Some(facet) => {
            format!("{}: {}", facet.label(shell.lang), facet.value_label(value, shell.lang))
        }
        None => format!("{name}: {value}"),
    }
}
