//! `migiude demo`: everything at once, on an invented region, through the same rooms as real work.

use std::net::SocketAddr;
use std::time::Instant;

use super::output::say;
use super::serve::PostArgs;
use super::{Done, Failure, Serving, Workplace, round, season};
use crate::accounts::{self, Chance, NewDesk, Operator, SystemChance, Tools};
use crate::clock::Clock;
use crate::demo::{Region, Size, region};
use crate::domain::{CandidateId, Owner, Settings};
use crate::intake::{self, RawFile};
use crate::rounds;
use crate::store;
use crate::texts::Lang;

/// See everything at once: an invented region, imported, matched, published and served
#[derive(clap::Args, Debug)]
pub struct DemoArgs {
    /// End before serving pages
    #[arg(long)]
    pub once: bool,
    /// Number of firms
    #[arg(long, default_value_t = 40, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=5000))]
    pub firms: u16,
    /// Number of candidates
    #[arg(long, default_value_t = 160, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=20000))]
    pub candidates: u16,
    /// The same number makes the same region
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Address and port to listen on; the next free port when it is taken
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
}

/// The log-in of the demo's operator.
const LOGIN: &str = "demo@example.jp";

/// How many participants' private links are printed of each kind.
const LINKS: usize = 2;

/// Walks from spreadsheets to published pairings, saying each step with its time, then asks for the door.
pub async fn run(args: DemoArgs, workplace: &Workplace, lang: Lang) -> Result<Done, Failure> {
    let begun = Instant::now();
    say(&(lang.say("demo-hello") + "\n\n"));
    let invented = invent(&args, workplace.clock.as_ref(), lang);
    import(&invented, workplace, lang).await?;
    index(workplace, lang).await?;
    let number = match published(workplace, lang).await? {
        Some(number) => {
            say(&(lang.say_with("demo-already", &[("number", &number)]) + "\n"));
            number
        }
        None => play_round(&args, workplace, lang).await?,
    };
    say(&format!("\n{}", round::show_text(&workplace.db, number, lang).await?));
    say(&format!("\n{}\n", lang.say_with("demo-took", &[("seconds", &seconds(begun))])));
    if args.once {
        return Ok(Done::default());
    }
    let greeting = greeting(&invented, number, workplace, lang).await?;
    let serving = Serving {
        listen: args.listen,
        or_next: true,
        https: false,
        public_url: None,
        greeting,
        post: PostArgs::default(),
    };
    Ok(Done { serve: Some(serving), ..Done::default() })
}

/// Says what a step did and how long it took.
fn step(
    lang: Lang,
    key: &'static str,
    values: &[(&'static str, &dyn crate::texts::ToFluent)],
    begun: Instant,
) {
    let said = lang.say_with(key, values);
    say(&format!("{said}  [{} {}]\n", seconds(begun), lang.say("demo-seconds")));
}

fn seconds(begun: Instant) -> String {
    format!("{:.2}", begun.elapsed().as_secs_f64())
}

fn invent(args: &DemoArgs, clock: &dyn Clock, lang: Lang) -> Region {
    let begun = Instant::now();
    let today = clock.today();
    let size = Size { firms: args.firms.into(), candidates: args.candidates.into() };
    let invented = region(args.seed, size, (today.year(), today.month(), today.day()));
    step(lang, "demo-invented", &[("desk", &invented.desk), ("seed", &args.seed)], begun);
    invented
}

async fn import(invented: &Region, workplace: &Workplace, lang: Lang) -> Result<(), Failure> {
    let begun = Instant::now();
    let file = |sheet: &crate::demo::Sheet| RawFile {
        name: sheet.name.to_owned(),
        bytes: sheet.text.clone().into_bytes(),
    };
    let sheets = intake::open(invented.sheets.iter().map(file).collect())
        .map_err(|refused| Failure::bad_input(refused.say(lang)))?;
    let plan = intake::take_in(&workplace.db, workplace.clock.as_ref(), sheets)
        .await
        .map_err(|error| Failure::of_store(&error, lang))?;
    let sum = |count: fn(&intake::FileReport) -> usize| plan.report.files.iter().map(count).sum::<usize>();
    let values: [(&'static str, &dyn crate::texts::ToFluent); 4] = [
        ("rows", &sum(|file| file.rows)),
        ("accepted", &sum(|file| file.accepted)),
        ("warned", &sum(|file| file.warned)),
        ("rejected", &sum(|file| file.rejected)),
    ];
    step(lang, "demo-imported", &values, begun);
    Ok(())
}

async fn index(workplace: &Workplace, lang: Lang) -> Result<(), Failure> {
    let begun = Instant::now();
    workplace.search.catch_up().await.map_err(|error| Failure::bad_input(error.say(lang)))?;
    let counts =
        store::shown::counts(&workplace.db).await.map_err(|error| Failure::of_store(&error, lang))?;
    step(lang, "demo-indexed", &[("openings", &counts.openings), ("candidates", &counts.candidates)], begun);
    Ok(())
}

/// The published round of an earlier demo in the same directory.
async fn published(workplace: &Workplace, lang: Lang) -> Result<Option<i64>, Failure> {
    let rounds = rounds::list(&workplace.db).await.map_err(|error| round::failure(&error, lang))?;
    Ok(rounds.iter().find(|round| round.published_at.is_some()).map(|round| round.number))
}

async fn play_round(args: &DemoArgs, workplace: &Workplace, lang: Lang) -> Result<i64, Failure> {
    let (db, clock, operator) = (&workplace.db, workplace.clock.as_ref(), Operator::at_the_console());
    let refused = |error: rounds::RoundError| round::failure(&error, lang);
    let settings = Settings { seed: args.seed, ..Settings::default() };
    let number = rounds::new(&operator, db, clock, settings).await.map_err(refused)?.number;

    let begun = Instant::now();
    rounds::freeze(&operator, db, clock, Some(number), None).await.map_err(refused)?;
    step(lang, "demo-frozen", &[("number", &number)], begun);
    let begun = Instant::now();
    rounds::run(&operator, db, clock, Some(number)).await.map_err(refused)?;
    step(lang, "demo-proposed", &[("number", &number)], begun);
    let begun = Instant::now();
    rounds::publish(&operator, db, clock, Some(number)).await.map_err(refused)?;
    step(lang, "demo-published", &[("number", &number)], begun);
    Ok(number)
}

/// The log-in, and private links of a few participants, each of which opens once.
async fn greeting(
    invented: &Region,
    number: i64,
    workplace: &Workplace,
    lang: Lang,
) -> Result<String, Failure> {
    let (db, clock) = (&workplace.db, workplace.clock.as_ref());
    let refused = |error: accounts::AccountError| Failure::bad_input(error.say(lang));
    let password = password();
    let desk = NewDesk {
        name: invented.desk.clone(),
        prefecture: invented.prefecture.clone(),
        about: lang.say("demo-desk-about"),
        fictional: true,
    };
    let tools = Tools { db, clock, chance: &SystemChance };
    let operator = accounts::create_operator(&desk, LOGIN, &password, tools).await;
    let mut greeting = lang.say("demo-open") + "\n";
    greeting += &match &operator {
        Ok(_) => lang.say_with("demo-login", &[("login", &LOGIN), ("password", &password)]),
        // An earlier demo in this directory made it; its password was printed then and is not kept.
        Err(_) => lang.say_with("demo-login-kept", &[("login", &LOGIN)]),
    };
    greeting.push('\n');
    let view = rounds::show(db, Some(number)).await.map_err(|error| round::failure(&error, lang))?;
    if operator.is_ok() {
        let free = free_candidates(&view, workplace, lang).await?;
        if season::play(&free, &password, workplace, lang).await? {
            for (key, login) in [("demo-president", season::PRESIDENT), ("demo-candidate", season::CANDIDATE)]
            {
                let said = lang.say_with(key, &[("login", &login), ("password", &password)]);
                greeting += &format!("{said}\n");
            }
        }
    }
    let operator = operator.unwrap_or_else(|_| Operator::at_the_console());
    let matched = view.pairs.iter().take(LINKS).map(|pair| {
        (Owner::Candidate(pair.candidate_id), lang.say_with("demo-link-matched", &[("key", &pair.candidate)]))
    });
    let firms = view.pairs.iter().take(1).map(|pair| {
        (Owner::Opening(pair.opening_id), lang.say_with("demo-link-firm", &[("key", &pair.opening)]))
    });
    let mut people: Vec<(Owner, String)> = matched.chain(firms).collect();
    for key in view.unmatched_candidates.iter().take(1) {
        let id = store::shown::candidate_by_code(db, key)
            .await
            .map_err(|error| Failure::of_store(&error, lang))?;
        let label = lang.say_with("demo-link-unmatched", &[("key", key)]);
        people.extend(id.map(|id| (Owner::Candidate(id), label)));
    }
    let owners: Vec<Owner> = people.iter().map(|(owner, _)| *owner).collect();
    let links = accounts::links::issue(&operator, db, number, &owners, clock, &SystemChance)
        .await
        .map_err(refused)?;
    for ((_, label), (_, token)) in people.iter().zip(&links) {
        greeting += &format!("  {label}  {{url}}/r/{token}\n");
    }
    Ok(greeting + &lang.say("demo-end") + "\n")
}

/// Two people whom the first round left without a place; the very first gets a private link instead.
async fn free_candidates(
    view: &rounds::View,
    workplace: &Workplace,
    lang: Lang,
) -> Result<Vec<(CandidateId, String)>, Failure> {
    let broken = |error: store::StoreError| Failure::of_store(&error, lang);
    let mut free = Vec::new();
    for key in view.unmatched_candidates.iter().skip(1) {
        let Some(id) = store::shown::candidate_by_code(&workplace.db, key).await.map_err(broken)? else {
            continue;
        };
        let known = store::shown::candidate(&workplace.db, id).await.map_err(broken)?;
        free.extend(known.map(|known| (id, known.facts.name)));
        if free.len() == 2 {
            break;
        }
    }
    Ok(free)
}

/// A password nobody can guess and everybody can type: four groups of four letters and digits.
fn password() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 16];
    SystemChance.fill(&mut bytes);
    let groups = bytes
        .chunks(4)
        .map(|group| group.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}
