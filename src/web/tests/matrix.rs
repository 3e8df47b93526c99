//! Everybody tries everything. Each person walks through all pages that are linked to them and notes every address and
//! every form; then all others open those addresses and send those forms. Nobody gets what is another's, and what is
//! another's is answered exactly like what is not there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::LazyLock;

use regex::Regex;
use uuid::Uuid;

use super::Site;
use super::house::{Answer, Cookies};
use super::world::{World, world};
use crate::store::tally;
use crate::web::policy::{RULES, Rule, Who};
use crate::web::shell;

/// Pages a walk opens at most; there are fewer.
const FAR: usize = 400;

/// A person of the world with the browser they are logged in with.
pub struct Somebody {
    pub name: &'static str,
    pub may: Vec<Who>,
    /// The firm of which they are a member.
    pub firm: Option<String>,
    /// With whom they have a thread.
    pub circle: &'static str,
    pub cookies: Cookies,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sent {
    address: String,
    fields: Vec<(String, String)>,
}

/// What somebody could open and send.
#[derive(Default)]
struct Reach {
    pages: BTreeSet<String>,
    forms: BTreeSet<Sent>,
}

#[tokio::test]
async fn nobody_reaches_what_is_anothers_by_any_address_or_form() {
    let World { mut site, people } = world().await;
    let mut reaches = Vec::new();
    for person in &people {
        reaches.push(walk(&mut site, person).await);
    }
    let mut tries = 0;
    for (owner, reach) in people.iter().zip(&reaches) {
        for other in people.iter().filter(|other| other.name != owner.name) {
            for page in &reach.pages {
                if let Some(refused) = expected(page, "GET", owner, other) {
                    let answer = open(&mut site, other, page).await;
                    refused.holds(&answer, page, owner, other);
                    tries += 1;
                }
            }
            for form in &reach.forms {
                if let Some(refused) = expected(&form.address, "POST", owner, other) {
                    let answer = send(&mut site, other, form).await;
                    refused.holds(&answer, &form.address, owner, other);
                    tries += 1;
                }
            }
        }
    }
    assert!(tries > 500, "only {tries} tries: the walks see too little");
}

#[tokio::test]
async fn every_page_of_the_policy_is_there_for_who_may_and_for_nobody_else() {
    let World { mut site, people } = world().await;
    for rule in RULES.iter() {
        for method in &rule.methods {
            for person in &people {
                let may = rule
                    .who
                    .iter()
                    .any(|who| matches!(who, Who::Everybody | Who::Participant) || person.may.contains(who));
                // For an address without ids, or with ids that nobody has.
                let address = with_unknown_ids(&rule.path);
                if may || address == rule.path && rule.who.contains(&Who::Everybody) {
                    continue;
                }
                let form = Sent { address: address.clone(), fields: Vec::new() };
                let answer = match method.as_str() {
                    "GET" => open(&mut site, person, &address).await,
                    _ => send(&mut site, person, &form).await,
                };
                let refused = if person.may.is_empty() { Refused::LogIn } else { Refused::NotThere };
                refused.holds(&answer, &address, person, person);
            }
        }
    }
}

#[tokio::test]
async fn what_is_anothers_and_what_is_not_there_get_the_same_answer() {
    let World { mut site, people } = world().await;
    for owner in 0..people.len() {
        let reach = walk(&mut site, &people[owner]).await;
        for other in people.iter().filter(|other| other.name != people[owner].name) {
            for page in reach.pages.iter().filter(|page| has_id(page)) {
                if !matches!(expected(page, "GET", &people[owner], other), Some(Refused::NotThere)) {
                    continue;
                }
                let unknown = strange(page);
                let of_another = open(&mut site, other, page).await;
                let of_nobody = open(&mut site, other, &unknown).await;
                assert_eq!(of_another.status, of_nobody.status, "{page} for {}", other.name);
                assert_eq!(
                    plain(&of_another.body, page),
                    plain(&of_nobody.body, &unknown),
                    "{page} for {}",
                    other.name
                );
            }
        }
    }
}

#[tokio::test]
async fn no_page_asks_the_database_more_than_twelve_things() {
    let World { mut site, people } = world().await;
    let mut greedy = BTreeMap::new();
    for person in &people {
        for page in walk(&mut site, person).await.pages {
            let (answer, statements) = tally::counted(open(&mut site, person, &page)).await;
            // A sheet of everything is no page.
            let is_page = answer.header("content-type").starts_with("text/html");
            if is_page && statements > 12 {
                greedy.insert(format!("{page} ({}, {})", person.name, answer.status), statements);
            }
        }
    }
    assert!(greedy.is_empty(), "{greedy:#?}");
}

#[tokio::test]
async fn the_first_view_of_every_page_is_light() {
    let World { mut site, people } = world().await;
    let frame = [shell::assets::stylesheet(), shell::assets::script(), shell::assets::icon()];
    let mut weight = 0;
    for part in frame {
        weight += site.get(part).await.is(200).body.len();
    }
    for person in &people {
        for page in walk(&mut site, person).await.pages {
            let answer = open(&mut site, person, &page).await;
            if answer.header("content-type").starts_with("text/html") {
                let whole = weight + answer.body.len();
                assert!(
                    whole <= 100 * 1024,
                    "{page} for {}: {whole} bytes, {weight} of them frame",
                    person.name
                );
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Refused {
    LogIn,
    NotThere,
}

impl Refused {
    #[track_caller]
    fn holds(self, answer: &Answer, address: &str, owner: &Somebody, other: &Somebody) {
        let status = answer.status.as_u16();
        let right = match self {
            Self::LogIn => status == 303 && answer.header("location").starts_with("/login"),
            // A form that cannot even be read is refused before anybody looks whose it is.
            Self::NotThere => matches!(status, 404 | 422 | 415 | 400),
        };
        assert!(right, "{} got {status} at {address} of {}: {}", other.name, owner.name, answer.body);
    }
}

/// How `other` must be refused at an address that `owner` can use; none where `other` may use it too.
fn expected(address: &str, method: &str, owner: &Somebody, other: &Somebody) -> Option<Refused> {
    let path = address.split('?').next().unwrap_or(address);
    let (rule, firm) = rule_of(path)?;
    if rule.who.iter().any(|who| matches!(who, Who::Everybody | Who::Participant))
        || !rule.methods.iter().any(|known| known == method)
    {
        return None;
    }
    if other.may.is_empty() {
        return Some(Refused::LogIn);
    }
    let admits = rule.who.iter().any(|who| match who {
        Who::Firm | Who::FirmAdmin => other.may.contains(who) && other.firm.as_deref() == firm,
        _ => other.may.contains(who),
    });
    if !admits {
        return Some(Refused::NotThere);
    }
    // The operator sits in every thread: whose it is, is known from its own people.
    let writes_to = path.starts_with("/messages/")
        && (owner.circle == other.circle || owner.may.contains(&Who::Operator));
    let shares = writes_to || owner.firm.is_some() && owner.firm == other.firm;
    let stands_above = other.may.contains(&Who::Operator) || other.may.contains(&Who::Administrator);
    // An opening is there for everybody; what one does with it is one's own.
    let is_public = path.starts_with("/openings/");
    (has_id(path) && !is_public && !shares && !stands_above).then_some(Refused::NotThere)
}

/// The line of the policy for an address, and the firm in it.
fn rule_of(path: &str) -> Option<(&'static Rule, Option<&str>)> {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |rule: &&Rule| {
        let known: Vec<&str> = rule.path.split('/').collect();
        known.len() == parts.len()
            && known.iter().zip(&parts).all(|(known, part)| known.starts_with('{') || known == part)
    };
    // A word stands before a hole, as in the router.
    let rule = RULES.iter().filter(fits).min_by_key(|rule| rule.path.matches('{').count())?;
    let firm = rule.path.split('/').position(|part| part == "{firm}").map(|at| parts[at]);
    Some((rule, firm))
}

static ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").unwrap());

fn has_id(path: &str) -> bool {
    ID.is_match(path)
}

/// The address with its last id replaced by one that nobody has.
fn strange(page: &str) -> String {
    let last = ID.find_iter(page).last().unwrap();
    format!("{}{}{}", &page[..last.start()], Uuid::from_u128(7), &page[last.end()..])
}

/// A page without its own address: the language toggle comes back to it.
fn plain(body: &str, page: &str) -> String {
    body.replace(page, "HERE")
}

fn with_unknown_ids(path: &str) -> String {
    static HOLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{(\w+)\}").unwrap());
    HOLE.replace_all(path, |hole: &regex::Captures| match &hole[1] {
        "n" => "999".to_owned(),
        "name" | "token" | "kind" => "unknown".to_owned(),
        _ => Uuid::from_u128(7).to_string(),
    })
    .into_owned()
}

async fn open(site: &mut Site, person: &Somebody, page: &str) -> Answer {
    site.with_cookies(&person.cookies).get(page).await
}

async fn send(site: &mut Site, person: &Somebody, form: &Sent) -> Answer {
    let fields: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    site.with_cookies(&person.cookies).post(&form.address, &fields).await
}

/// Opens every page that is linked to this person. No link leads nowhere.
async fn walk(site: &mut Site, person: &Somebody) -> Reach {
    static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"href="(/[^"\#]*)"#).unwrap());
    let mut reach = Reach::default();
    let mut ahead = VecDeque::from(["/".to_owned(), "/account".to_owned()]);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(address) = ahead.pop_front() {
        let path = address.split('?').next().unwrap_or_default().to_owned();
        // A few addresses of each page are enough: a search has endless ones.
        let times = seen.entry(path.clone()).or_default();
        *times += 1;
        if *times > 2 || path.starts_with("/assets/") || !reach.pages.insert(address.clone()) {
            continue;
        }
        assert!(reach.pages.len() < FAR, "{} walks without end: {address}", person.name);
        let answer = open(site, person, &address).await;
        let status = answer.status.as_u16();
        if status == 303 {
            ahead.push_back(answer.header("location").to_owned());
            continue;
        }
        assert!(status == 200, "{}: a link leads to {address}, which answers {status}", person.name);
        reach.forms.extend(forms(&answer.body));
        let links = LINK
            .captures_iter(&answer.body)
            .map(|found| found[1].replace("&amp;", "&").replace("&#38;", "&"));
        ahead.extend(links.filter(|link| !link.contains("lang=") && !link.contains("size=")));
    }
    reach
}

fn forms(body: &str) -> Vec<Sent> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)</form>"#).unwrap()
    });
    static INPUT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"<(?:input|button|textarea|select)[^>]*name="([^"]*)"[^>]*"#).unwrap());
    static VALUE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"value="([^"]*)""#).unwrap());
    FORM.captures_iter(body)
        .map(|form| Sent {
            address: form[1].to_owned(),
            fields: INPUT
                .captures_iter(&form[2])
                .map(|input| {
                    let value = VALUE.captures(&input[0]).map(|value| value[1].to_owned());
                    (input[1].to_owned(), value.unwrap_or_else(|| "x".to_owned()))
                })
                .collect(),
        })
        .collect()
}
