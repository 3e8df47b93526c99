//! People go and see a firm: times offered, booked, given up, taken back.

use jiff::SignedDuration;

use super::Site;
use super::house::{Cookies, candidate, firm, opening};
use crate::accounts::{CandidateSelf, signed_in};
use crate::board::visits::{self, VisitError};
use crate::domain::{Candidate, Changes, Firm, Letter, OpenName, Opening, SlotId, Standing};

struct Town {
    site: Site,
    brewery: Firm,
    bantou: Opening,
    haru: Candidate,
    ken: Candidate,
    hers: Cookies,
    his: Cookies,
    president: Cookies,
}

/// A brewery whose opening Haru and Ken have applied for.
async fn town() -> Town {
    let mut site = Site::with_operator().await;
    let brewery = firm(1, "山田醸造", "岡山県", OpenName::Agreed);
    let mut bantou = opening(11, &brewery, "蔵の番頭");
    let desk = "総務 山本（社長とは別の担当）".to_owned();
    bantou.facts.more.insert("consultation_desk".to_owned(), desk);
    let (haru, ken) = (candidate(21, "田中 春"), candidate(22, "佐藤 健"));
    site.write(&Changes {
        firms: vec![brewery.clone()],
        openings: vec![bantou.clone()],
        candidates: vec![haru.clone(), ken.clone()],
        ..Changes::default()
    })
    .await;
    site.as_member("ichiro", &brewery, Standing::Member).await;
    let president = site.cookies();
    let apply = format!("/openings/{}/apply", bantou.id);
    site.as_candidate("haru", &haru).await;
    site.post(&apply, &[]).await.is(303);
    let hers = site.cookies();
    site.as_candidate("ken", &ken).await;
    site.post(&apply, &[]).await.is(303);
    let his = site.cookies();
    Town { site, brewery, bantou, haru, ken, hers, his, president }
}

impl Town {
    fn slots(&self) -> String {
        format!("/firm/{}/visits", self.brewery.id)
    }

    /// The president offers an afternoon for so many; the address of the slot on the candidates' pages.
    async fn afternoon(&mut self, capacity: &str) -> String {
        let (at, opening) = (self.slots(), self.bantou.id.to_string());
        let form = [
            ("opening", &*opening),
            ("kind", "visit"),
            ("starts", "2026-12-05T13:00"),
            ("ends", "2026-12-05T15:00"),
            ("place", "高梁市, 本町1"),
            ("capacity", capacity),
            ("meeting", "改札に総務の山本が参ります。"),
            ("cost", "往復の交通費は会社が払います。"),
            ("safety", ""),
        ];
        self.site.with_cookies(&self.president).post(&at, &form).await.is(303);
        let page = self.site.get(&at).await;
        let (_, rest) = page.body.split_once(&format!("action=\"{at}/")).expect("a slot");
        format!("/me/visits/{}", rest.split('/').next().unwrap())
    }

    fn as_haru(&mut self) -> &mut Site {
        self.site.with_cookies(&self.hers)
    }

    fn as_ken(&mut self) -> &mut Site {
        self.site.with_cookies(&self.his)
    }

    /// What the candidate of this browser may do.
    async fn permission(&self, cookies: &Cookies) -> CandidateSelf {
        let (web, token) = (&self.site.web, cookies["migiude_session"].parse().unwrap());
        let reader = signed_in(&web.db, &token, &*web.clock).await.unwrap().unwrap();
        reader.candidate().unwrap()
    }

    async fn count(&self, who: &str, what: fn(&Letter) -> bool) -> usize {
        self.site.letters_to(&format!("{who}@example.jp")).await.iter().filter(|letter| what(letter)).count()
    }
}

fn booked(letter: &Letter) -> bool {
    matches!(letter, Letter::VisitBooked { .. })
}

fn cancelled(letter: &Letter) -> bool {
    matches!(letter, Letter::VisitCancelled { .. })
}

fn moved(letter: &Letter) -> bool {
    matches!(letter, Letter::BookingsMoved { .. })
}

#[tokio::test]
async fn whoever_applied_books_an_afternoon_and_takes_it_into_the_calendar() {
    let mut town = town().await;
    let slot = town.afternoon("2").await;
    let page = town.as_haru().get("/me/visits").await;
    page.is(200).shows("2026年12月5日（土） 13:00〜15:00").shows("空きあり").shows("総務 山本");
    page.shows("改札に総務の山本が参ります。").shows("往復の交通費は会社が払います。").hides("安全と同席者");
    town.site.get(&format!("{slot}/visit.ics")).await.is(404);
    town.site.post(&format!("{slot}/book"), &[]).await.is(303);
    town.site.post(&format!("{slot}/book"), &[]).await.is(303);
    town.site.get("/me/visits").await.shows("予約済み").hides("空きあり");
    assert_eq!(town.count("haru", booked).await, 1, "twice is once");
    assert_eq!(town.count("ichiro", moved).await, 1);
    let file = town.site.get(&format!("{slot}/visit.ics")).await;
    assert!(file.is(200).header("content-type").starts_with("text/calendar"));
    let id = slot.rsplit('/').next().unwrap();
    let calendar = file.body.replace("\r\n ", "");
    for line in [
        "METHOD:PUBLISH",
        &format!("UID:visit-{id}@localhost"),
        "DTSTART:20261205T040000Z",
        "DTEND:20261205T060000Z",
        "SUMMARY:見学・訪問 蔵の番頭",
        "LOCATION:高梁市\\, 本町1",
        "STATUS:CONFIRMED",
    ] {
        assert!(calendar.lines().any(|known| known == line), "{line} in {calendar}");
    }
    let firms = town.slots();
    town.site.with_cookies(&town.president).get(&firms).await.shows("田中 春").shows("予約1名（定員2名）");
}

#[tokio::test]
async fn a_place_given_up_is_free_for_another_and_leaves_the_calendar() {
    let mut town = town().await;
    let slot = town.afternoon("1").await;
    town.as_haru().post(&format!("{slot}/book"), &[]).await.is(303);
    let page = town.as_ken().get("/me/visits").await;
    page.shows("満席").hides("/book").hides("田中").hides("定員");
    town.site.post(&format!("{slot}/book"), &[]).await.is(409).shows("席がすべて埋まりました");
    town.site.post(&format!("{slot}/give-up"), &[]).await.is(404);
    for _ in 0..2 {
        town.as_haru().post(&format!("{slot}/give-up"), &[]).await.is(303);
    }
    assert_eq!(town.count("haru", cancelled).await, 1);
    assert_eq!(town.count("ichiro", moved).await, 2);
    let file = town.site.get(&format!("{slot}/visit.ics")).await;
    file.is(200).shows("METHOD:CANCEL").shows("STATUS:CANCELLED");
    town.as_ken().get("/me/visits").await.shows("空きあり");
    town.site.post(&format!("{slot}/book"), &[]).await.is(303);
    town.as_haru().post(&format!("{slot}/book"), &[]).await.is(409);
}

#[tokio::test]
async fn two_reach_for_the_last_place_and_one_gets_it() {
    let mut town = town().await;
    let slot = town.afternoon("1").await;
    let slot: SlotId = slot.rsplit('/').next().unwrap().parse().unwrap();
    let (haru, ken) = (town.permission(&town.hers).await, town.permission(&town.his).await);
    let web = town.site.web.clone();
    let both = tokio::join!(visits::book(&haru, slot, web.tools()), visits::book(&ken, slot, web.tools()));
    match both {
        (Ok(()), Err(VisitError::Full)) | (Err(VisitError::Full), Ok(())) => {}
        other => panic!("{other:?}"),
    }
    let firms = town.slots();
    let page = town.site.with_cookies(&town.president).get(&firms).await;
    page.shows("予約1名（定員1名）");
    assert_ne!(page.body.contains("田中 春"), page.body.contains("佐藤 健"), "{}", page.body);
}

#[tokio::test]
async fn a_cancelled_afternoon_is_told_to_who_booked_it() {
    let mut town = town().await;
    let slot = town.afternoon("5").await;
    town.as_haru().post(&format!("{slot}/book"), &[]).await.is(303);
    let cancel = format!("{}/{}/cancel", town.slots(), slot.rsplit('/').next().unwrap());
    for _ in 0..2 {
        town.site.with_cookies(&town.president).post(&cancel, &[]).await.is(303);
    }
    town.site.get(&town.slots()).await.shows("中止").hides("/cancel");
    assert_eq!((town.count("haru", cancelled).await, town.count("ken", cancelled).await), (1, 0));
    town.as_haru().get("/me/visits").await.shows("中止").hides("/give-up").hides("予約済み");
    town.site.get(&format!("{slot}/visit.ics")).await.is(200).shows("METHOD:CANCEL");
    town.as_ken().get("/me/visits").await.hides("蔵の番頭");
    town.site.post(&format!("{slot}/book"), &[]).await.is(404);
}

#[tokio::test]
async fn who_came_is_noted_once_it_has_begun() {
    let mut town = town().await;
    let slot = town.afternoon("5").await;
    town.as_haru().post(&format!("{slot}/book"), &[]).await.is(303);
    let at = format!("{}/{}", town.slots(), slot.rsplit('/').next().unwrap());
    let (haru, ken) = (town.haru.id.to_string(), town.ken.id.to_string());
    let [haru, ken] = [&haru, &ken].map(|id| [("candidate", id.as_str()), ("came", "yes")]);
    town.site.with_cookies(&town.president).post(&format!("{at}/came"), &haru).await.is(409);
    town.site.pass(SignedDuration::from_hours(4 * 24 + 4));
    town.site.another_browser().come_in("ichiro").await;
    town.site.post(&format!("{at}/came"), &haru).await.is(303);
    town.site.post(&format!("{at}/came"), &ken).await.is(404);
    town.site.post(&format!("{at}/cancel"), &[]).await.is(409);
    town.site.another_browser().come_in("haru").await;
    town.site.get("/me/visits").await.shows("来ました");
    town.site.pass(SignedDuration::from_hours(2));
    town.site.get("/me/visits").await.shows("来ました").hides("/give-up");
    town.site.post(&format!("{slot}/give-up"), &[]).await.is(409);
    town.site.another_browser().come_in("ken").await;
    town.site.post(&format!("{slot}/book"), &[]).await.is(409);
}

#[tokio::test]
async fn who_withdraws_does_not_keep_a_place() {
    let mut town = town().await;
    let slot = town.afternoon("1").await;
    town.as_haru().post(&format!("{slot}/book"), &[]).await.is(303);
    let page = town.site.get("/me/applications").await;
    let (_, rest) = page.body.split_once("action=\"/me/applications/").unwrap();
    let withdraw = format!("/me/applications/{}/withdraw", rest.split('/').next().unwrap());
    town.site.post(&withdraw, &[]).await.is(303);
    assert_eq!(town.count("haru", cancelled).await, 1);
    town.site.get("/me/visits").await.hides("蔵の番頭");
    town.site.post(&format!("{slot}/book"), &[]).await.is(404);
    town.as_ken().post(&format!("{slot}/book"), &[]).await.is(303);
}

#[tokio::test]
async fn who_only_looks_and_who_took_the_consent_back_cannot_come() {
    let mut town = town().await;
    let slot = town.afternoon("5").await;
    let aki = candidate(23, "木村 秋");
    town.site.write(&Changes { candidates: vec![aki.clone()], ..Changes::default() }).await;
    town.site.as_candidate("aki", &aki).await;
    town.site.post(&format!("/openings/{}/interest", town.bantou.id), &[]).await.is(303);
    town.site.get("/me/visits").await.is(200).hides("蔵の番頭");
    town.site.post(&format!("{slot}/book"), &[]).await.is(404);
    let firm = town.brewery.id.to_string();
    town.as_ken().post("/me/consents", &[("firm", &*firm)]).await.is(303);
    town.site.post(&format!("{slot}/book"), &[]).await.is(404);
}

#[tokio::test]
async fn another_firm_neither_offers_nor_cancels_here_and_the_desk_does_by_proxy() {
    let mut town = town().await;
    let slot = town.afternoon("5").await;
    let id = slot.rsplit('/').next().unwrap().to_owned();
    town.as_haru().post(&format!("{slot}/book"), &[]).await.is(303);
    let inn = firm(2, "海辺の宿", "広島県", OpenName::Agreed);
    town.site.write(&Changes { firms: vec![inn.clone()], ..Changes::default() }).await;
    town.site.as_member("hana", &inn, Standing::Admin).await;
    let haru = town.haru.id.to_string();
    for firm in [town.brewery.id, inn.id] {
        town.site.post(&format!("/firm/{firm}/visits/{id}/cancel"), &[]).await.is(404);
        let came = [("candidate", &*haru), ("came", "yes")];
        town.site.post(&format!("/firm/{firm}/visits/{id}/came"), &came).await.is(404);
    }
    town.site.get(&town.slots()).await.is(404);
    let opening = town.bantou.id.to_string();
    let form = [
        ("opening", &*opening),
        ("kind", "talk"),
        ("starts", "2026-12-06T13:00"),
        ("ends", "2026-12-06T14:00"),
        ("place", "オンライン"),
        ("capacity", "1"),
    ];
    town.site.post(&format!("/firm/{}/visits", inn.id), &form).await.is(404);
    town.site.another_browser().log_in().await;
    town.site.get(&town.slots()).await.is(200).shows("代理");
    for _ in 0..2 {
        town.site.post(&town.slots(), &form).await.is(303);
    }
    let page = town.site.get(&town.slots()).await;
    assert_eq!(page.body.matches("2026年12月6日").count(), 2, "one slot: its heading and its button");
}

#[tokio::test]
async fn a_slot_that_cannot_be_is_told_field_by_field() {
    let mut town = town().await;
    let at = town.slots();
    let form = [
        ("kind", "visit"),
        ("starts", "2026-11-30T13:00"),
        ("ends", "2026-11-30T12:00"),
        ("place", " "),
        ("capacity", "51"),
        ("cost", "書きかけの費用"),
    ];
    let page = town.site.with_cookies(&town.president).post(&at, &form).await;
    page.is(422).shows("どの募集のための日程か").shows("これからの日時").shows("始まりより後");
    page.shows("場所を書いて").shows("1から50まで").shows("書きかけの費用");
    let opening = town.bantou.id.to_string();
    let long = [
        ("opening", &*opening),
        ("kind", "visit"),
        ("starts", "2026-12-05T13:00"),
        ("ends", "2026-12-09T13:00"),
        ("place", "蔵"),
        ("capacity", "1"),
    ];
    town.site.post(&at, &long).await.is(303);
    town.site.get(&at).await.shows("見学が3日を超えています").shows("見学は3日までに");
}
