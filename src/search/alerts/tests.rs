//! What is told, to whom, and how often. Time is a hand that the tests move.

use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::accounts::{SystemChance, Token, Tools};
use crate::clock::Clock;
use crate::domain::{Block, Candidate, Changes, Letter, OpenName, Opening, Region};
use crate::search::Search;
use crate::search::samples::{Desk, candidate, counting_from, opening, small_region};
use crate::store::alerts::{self as rows, Owner};
use crate::store::letters;

const HANA: &str = "hana@example.jp";
/// Tuesday, 1 December 2026, 9:00 in Japan.
const NINE: i64 = 1_796_083_200_000;
const HOUR: i64 = 60 * 60_000;

struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct Street {
    desk: Desk,
    search: Search,
    region: Region,
    clock: Hand,
}

impl Street {
    async fn new() -> Self {
        let region = small_region();
        let desk = Desk::with(&region).await;
        let search = desk.search().await;
        Self { desk, search, region, clock: Hand(AtomicI64::new(NINE)) }
    }

    fn tools(&self) -> Tools<'_> {
        Tools { db: &self.desk.db, clock: &self.clock, chance: &SystemChance }
    }

    fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Hana asks to be told, and opens the link of the letter.
    async fn hana_keeps(&self, words: &str, often: Often) -> Alert {
        self.asks(words, often).await;
        let token = self.link().await;
        confirm(&self.search, &token, Lang::Ja, self.tools()).await.unwrap()
    }

    async fn asks(&self, words: &str, often: Often) {
        // The limit of letters is told elsewhere.
        self.pass(16 * 60_000);
        let question = question(words);
        ask_by_mail(&self.search, HANA, &question, often, Lang::Ja, None, self.tools()).await.unwrap();
    }

    async fn link(&self) -> Token {
        let Some(Letter::AlertConfirm { path, .. }) = self.letters().await.pop() else { panic!("no link") };
        path.trim_start_matches("/t/").parse().unwrap()
    }

    async fn letters(&self) -> Vec<Letter> {
        let all = letters::list(&self.desk.db, "", 500, 0).await.unwrap();
        all.into_iter().rev().map(|one| one.letter).collect()
    }

    /// The titles of each alert letter so far, each with how many more there are.
    async fn told(&self) -> Vec<(Vec<String>, u64)> {
        let alerts = self.letters().await.into_iter().filter_map(|letter| match letter {
            Letter::Alert { told, more, .. } => {
                Some((told.into_iter().map(|one| one.title).collect::<Vec<_>>(), more))
            }
            _ => None,
        });
        alerts.collect()
    }

    async fn last_letter(&self) -> String {
        letters::list(&self.desk.db, "", 1, 0).await.unwrap().remove(0).id
    }

    fn opening(&self, number: u128, title: &str) -> Opening {
        let firm = &self.region.firms[0];
        let mut opening = opening(&mut counting_from(number), firm, &format!("N-{number}"), "", title);
        opening.facts.role = None;
        opening
    }

    async fn publish(&self, openings: &[Opening]) {
        let openings = openings.to_vec();
        self.desk.save(Changes { openings, ..Changes::default() }).await;
        self.search.catch_up().await.unwrap();
    }

    async fn look(&self) -> usize {
        self.pass(1);
        look(&self.search, self.tools()).await.unwrap()
    }
}

fn question(words: &str) -> Question {
    Question::read([("q".to_owned(), words.to_owned())]).unwrap()
}

fn blocked(opening: &Opening) -> Opening {
    Opening { blocks: vec!["taken-down".to_owned()], ..opening.clone() }
}

#[tokio::test]
async fn what_is_new_is_told_once_with_its_reasons_and_what_was_there_is_not() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    assert_eq!(street.look().await, 0, "the opening that was there is known");
    let news = street.opening(900, "蔵元の右腕をさがしています");
    street.publish(&[news.clone(), street.opening(901, "温泉の湯守")]).await;
    assert_eq!(street.look().await, 1);
    let Some(Letter::Alert { told, more, path, label, .. }) = street.letters().await.pop() else { panic!() };
    assert_eq!((told.len(), more, label.as_str()), (1, 0, "「右腕」"));
    assert_eq!(
        (told[0].title.as_str(), told[0].firm.as_str()),
        ("蔵元の右腕をさがしています", "備中酒造株式会社")
    );
    assert_eq!(told[0].reasons, ["「右腕」に一致"]);
    assert_eq!(
        (told[0].path.clone(), path),
        (format!("/openings/{}", news.id), "/openings?q=%E5%8F%B3%E8%85%95".to_owned())
    );

    let mut changed = news.clone();
    changed.facts.title = "蔵元の右腕、急いでいます".to_owned();
    street.publish(&[changed]).await;
    street.publish(&[blocked(&news)]).await;
    street.publish(&[news]).await;
    assert_eq!(street.look().await, 0, "changed, taken down and published again: told once");
}

#[tokio::test]
async fn while_there_is_no_index_nothing_is_told_lost_or_told_twice() {
    let street = Street::new().await;
    street.hana_keeps("番頭", Often::AtOnce).await;
    std::fs::remove_dir_all(street.desk.index()).unwrap();
    let new = street.opening(50, "蔵の番頭");
    street.desk.save(Changes { openings: vec![new], ..Changes::default() }).await;
    assert!(street.search.openings(&crate::search::Ask::new("番頭")).await.unwrap().is_from_records());
    assert_eq!((street.look().await, street.look().await), (0, 0));
    street.search.catch_up().await.unwrap();
    assert_eq!((street.look().await, street.look().await), (1, 0));
    assert_eq!(street.told().await, [(vec!["蔵の番頭".to_owned()], 0)]);
}

#[tokio::test]
async fn a_question_kept_while_there_is_no_index_knows_what_is_there() {
    let street = Street::new().await;
    std::fs::remove_dir_all(street.desk.index()).unwrap();
    street.hana_keeps("右腕", Often::AtOnce).await;
    street.search.catch_up().await.unwrap();
    assert_eq!(street.look().await, 0);
    street.publish(&[street.opening(51, "新しい右腕")]).await;
    assert_eq!(street.look().await, 1);
}

#[tokio::test]
async fn what_changes_so_that_it_fits_is_told_and_what_fits_only_in_part_is_not() {
    let street = Street::new().await;
    street.hana_keeps("湯守 右腕", Often::AtOnce).await;
    let mut bath = street.opening(900, "温泉の湯守");
    street.publish(&[bath.clone()]).await;
    assert_eq!(street.look().await, 0, "one word of two");
    bath.facts.title = "温泉の湯守、社長の右腕".to_owned();
    street.publish(&[bath]).await;
    assert_eq!(street.look().await, 1);
}

#[tokio::test]
async fn what_was_taken_down_before_the_letter_is_not_told_until_it_is_back() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    let news = street.opening(900, "蔵元の右腕");
    street.publish(std::slice::from_ref(&news)).await;
    // The index does not know yet.
    street.desk.save(Changes { openings: vec![blocked(&news)], ..Changes::default() }).await;
    assert_eq!(street.look().await, 0);
    street.publish(&[news]).await;
    assert_eq!(street.look().await, 1);
}

#[tokio::test]
async fn whoever_hides_from_a_firm_is_never_told_of_it() {
    let street = Street::new().await;
    let mut hana: Candidate = candidate(&mut counting_from(800), "C-800", "帳場の人", &[]);
    hana.facts.mail = HANA.to_owned();
    hana.facts.more.blocks = vec![Block::Name(street.region.firms[0].facts.name.clone())];
    street.desk.save(Changes { candidates: vec![hana], ..Changes::default() }).await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    street.publish(&[street.opening(900, "蔵元の右腕")]).await;
    assert_eq!(street.look().await, 0);
}

#[tokio::test]
async fn a_firm_that_is_not_to_be_named_is_not_told_of() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    let mut firm = street.region.firms[0].clone();
    firm.facts.open_name = OpenName::Refused;
    street.desk.save(Changes { firms: vec![firm], ..Changes::default() }).await;
    street.publish(&[street.opening(900, "蔵元の右腕")]).await;
    assert_eq!(street.look().await, 0);
}

#[tokio::test]
async fn many_at_once_are_one_letter_with_ten_and_the_number_of_the_rest() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    let many: Vec<_> = (900..913).map(|number| street.opening(number, "蔵元の右腕")).collect();
    street.publish(&many).await;
    assert_eq!(street.look().await, 1);
    let told = street.told().await;
    assert_eq!((told[0].0.len(), told[0].1), (10, 3));
    street.publish(&many).await;
    assert_eq!(street.look().await, 0, "those behind the link are told, too");
}

#[tokio::test]
async fn two_processes_that_look_at_once_write_one_letter() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    street.publish(&[street.opening(900, "蔵元の右腕")]).await;
    let (one, other) = tokio::join!(street.look(), street.look());
    assert_eq!(one + other, 1);
}

#[tokio::test]
async fn a_day_s_news_come_at_seven_and_a_week_s_on_monday() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::Daily).await;
    street.hana_keeps("蔵元", Often::Weekly).await;
    street.publish(&[street.opening(900, "蔵元の右腕")]).await;
    assert_eq!(street.look().await, 0);
    street.pass(22 * HOUR);
    assert_eq!(street.look().await, 1, "Wednesday at seven");
    street.pass(4 * 24 * HOUR);
    assert_eq!(street.look().await, 0, "Sunday");
    street.pass(24 * HOUR);
    assert_eq!(street.look().await, 1, "Monday");
    assert_eq!(street.told().await.len(), 2);
}

#[test]
fn seven_in_the_morning_is_seven_in_japan() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
    let due = |often, now: &str| Timestamp::from_millisecond(next_due(often, at(now))).unwrap().to_string();
    assert_eq!(next_due(Often::AtOnce, NINE), 0);
    assert_eq!(due(Often::Daily, "2026-12-01T06:59:59+09:00"), "2026-11-30T22:00:00Z");
    assert_eq!(due(Often::Daily, "2026-12-01T07:00:00+09:00"), "2026-12-01T22:00:00Z");
    assert_eq!(due(Often::Weekly, "2026-12-01T09:00:00+09:00"), "2026-12-06T22:00:00Z");
    assert_eq!(due(Often::Weekly, "2026-12-07T06:00:00+09:00"), "2026-12-06T22:00:00Z");
    assert_eq!(due(Often::Weekly, "2026-12-07T07:00:00+09:00"), "2026-12-13T22:00:00Z");
}

#[tokio::test]
async fn nothing_begins_before_the_link_is_used_and_a_link_works_once() {
    let street = Street::new().await;
    street.asks("右腕", Often::AtOnce).await;
    let token = street.link().await;
    street.publish(&[street.opening(900, "蔵元の右腕")]).await;
    assert_eq!(street.look().await, 0);
    confirm(&street.search, &token, Lang::Ja, street.tools()).await.unwrap();
    assert_eq!(street.look().await, 0, "it was there when the question was kept");
    let again = confirm(&street.search, &token, Lang::Ja, street.tools()).await;
    assert!(matches!(again, Err(AlertError::Account(AccountError::UsedLink))));
}

#[tokio::test]
async fn the_same_question_is_kept_once_and_an_address_keeps_ten() {
    let street = Street::new().await;
    let first = street.hana_keeps("右腕", Often::AtOnce).await;
    let same = street.hana_keeps(" 右腕 ", Often::Weekly).await;
    assert_eq!((first.id, same.often), (same.id, Often::Weekly));
    for number in 1..OF_AN_ADDRESS {
        street.hana_keeps(&format!("番頭{number}"), Often::Daily).await;
    }
    street.asks("ひとつ多い", Often::Daily).await;
    let token = street.link().await;
    let refused = confirm(&street.search, &token, Lang::Ja, street.tools()).await.unwrap_err();
    assert!(refused.say(Lang::Ja).unwrap().contains("10件まで"));
}

#[tokio::test]
async fn a_letter_stops_its_question_and_begins_it_again_with_everything_known() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    street.publish(&[street.opening(900, "蔵元の右腕")]).await;
    assert_eq!(street.look().await, 1);
    let letter = street.last_letter().await;
    for _ in 0..2 {
        stop_with(&letter, street.tools()).await.unwrap();
    }
    street.publish(&[street.opening(901, "宿の右腕")]).await;
    assert_eq!(street.look().await, 0);
    go_on_with(&street.search, &letter, street.tools()).await.unwrap();
    assert!(!of_letter(&letter, &street.desk.db).await.unwrap().is_stopped);
    assert_eq!(street.look().await, 0, "what came meanwhile is known");
    street.publish(&[street.opening(902, "店の右腕")]).await;
    assert_eq!(street.look().await, 1);
    assert!(matches!(stop_with("nothing", street.tools()).await, Err(AlertError::NotFound)));
}

#[tokio::test]
async fn an_address_is_told_fourteen_and_three_days_before_the_end_and_at_the_end() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    let kinds = async || {
        let letters = street.letters().await;
        let named = letters.iter().map(|letter| match letter {
            Letter::AlertEnding { .. } => "ending",
            Letter::AlertEnded { .. } => "ended",
            _ => "other",
        });
        named.filter(|kind| *kind != "other").collect::<Vec<_>>()
    };
    let say = async || say_endings(street.tools()).await.unwrap();
    street.pass(165 * DAY);
    assert_eq!(say().await, 0);
    street.pass(2 * DAY);
    assert_eq!((say().await, say().await), (1, 0));
    street.pass(11 * DAY);
    assert_eq!((say().await, say().await), (1, 0));
    assert_eq!(kinds().await, ["ending", "ending"]);
    let letter = street.last_letter().await;
    street.pass(2 * DAY);
    street.publish(&[street.opening(900, "蔵元の右腕")]).await;
    assert_eq!(street.look().await, 0, "it has ended");
    assert_eq!((say().await, say().await), (1, 0));
    assert_eq!(kinds().await, ["ending", "ending", "ended"]);
    go_on_with(&street.search, &letter, street.tools()).await.unwrap();
    let kept = rows::of(&street.desk.db, &Owner::Address(HANA.to_owned())).await.unwrap();
    assert_eq!((kept[0].ends_at.unwrap(), kept[0].warned), (street.clock.now_ms() + LIFE, 0));
    stop_with(&letter, street.tools()).await.unwrap();
    street.pass(31 * DAY);
    say().await;
    assert!(rows::of(&street.desk.db, &Owner::Address(HANA.to_owned())).await.unwrap().is_empty());
}

#[tokio::test]
async fn whoever_goes_on_is_told_for_another_half_year() {
    let street = Street::new().await;
    street.hana_keeps("右腕", Often::AtOnce).await;
    street.pass(170 * DAY);
    assert_eq!(say_endings(street.tools()).await.unwrap(), 1);
    let Some(Letter::AlertEnding { path, .. }) = street.letters().await.pop() else { panic!() };
    let letter = path.trim_start_matches("/alerts/");
    go_on_with(&street.search, letter, street.tools()).await.unwrap();
    street.pass(20 * DAY);
    assert_eq!(say_endings(street.tools()).await.unwrap(), 0);
    street.publish(&[street.opening(900, "蔵元の右腕")]).await;
    assert_eq!(street.look().await, 1);
}
