//! A small world in which everybody has something of their own: two firms, two candidates, an operator and the others.

use super::Site;
use super::house::{candidate, firm, opening};
use super::matrix::Somebody;
use crate::accounts::{NewAccount, create_account};
use crate::domain::{Changes, OpenName, PartnerId, Role, Standing};
use crate::web::policy::Who;

pub struct World {
    pub site: Site,
    pub people: Vec<Somebody>,
}

const PASSWORD: &str = "a long and quiet sentence";

pub async fn world() -> World {
    let mut site = Site::with_operator().await;
    let firms =
        [firm(1, "山田醸造", "岡山県", OpenName::Agreed), firm(2, "海辺の宿", "広島県", OpenName::Agreed)];
    let openings = [opening(11, &firms[0], "蔵の番頭"), opening(12, &firms[1], "宿の若女将の右腕")];
    let candidates = [candidate(21, "田中 春"), candidate(22, "佐藤 健")];
    site.write(&Changes {
        firms: firms.to_vec(),
        openings: openings.to_vec(),
        candidates: candidates.to_vec(),
        ..Changes::default()
    })
    .await;
    let partner: PartnerId = site.web.tools().id();
    let [brewery, inn] = [&firms[0], &firms[1]].map(|firm| firm.id);
    let casts = [
        ("the candidate Haru", vec![Role::Candidate(candidates[0].id)], vec![Who::Candidate]),
        ("the candidate Ken", vec![Role::Candidate(candidates[1].id)], vec![Who::Candidate]),
        (
            "the brewery's president",
            vec![Role::Firm(brewery, Standing::Admin)],
            vec![Who::Firm, Who::FirmAdmin, Who::AnyFirm],
        ),
        ("the brewery's clerk", vec![Role::Firm(brewery, Standing::Member)], vec![Who::Firm, Who::AnyFirm]),
        (
            "the inn's president",
            vec![Role::Firm(inn, Standing::Admin)],
            vec![Who::Firm, Who::FirmAdmin, Who::AnyFirm],
        ),
        ("the partner", vec![Role::Partner(partner)], vec![Who::Partner]),
        ("the secretariat", vec![Role::Secretariat], vec![Who::Secretariat]),
        ("the administrator", vec![Role::Administrator], vec![Who::Administrator]),
    ];
    let mut people = vec![Somebody {
        name: "a visitor",
        may: Vec::new(),
        firm: None,
        circle: "",
        cookies: Default::default(),
    }];
    for (number, (name, roles, mut may)) in casts.into_iter().enumerate() {
        let firm = roles.iter().find_map(|role| match role {
            Role::Firm(id, _) => Some(id.to_string()),
            _ => None,
        });
        let mail = format!("p{number}@example.jp");
        let new = NewAccount {
            mail: mail.clone(),
            name: name.to_owned(),
            lang: "ja".to_owned(),
            password: PASSWORD.to_owned(),
            roles,
        };
        create_account(&new, site.web.tools()).await.unwrap();
        site.another_browser().post("/login", &[("login", &mail), ("password", PASSWORD)]).await.is(303);
        site.has_proved().await;
        may.extend([Who::Entering, Who::SignedIn]);
        // Haru applies at the brewery, and Ken at the inn.
        let circle = match name {
            "the candidate Haru" | "the brewery's president" | "the brewery's clerk" => "brewery",
            "the candidate Ken" | "the inn's president" => "inn",
            _ => name,
        };
        people.push(Somebody { name, may, firm, circle, cookies: site.cookies() });
    }
    // Whoever has an account keeps a question.
    for person in people.iter().skip(1) {
        let asked = [("q", "蔵"), ("often", "daily")];
        site.with_cookies(&person.cookies).post("/searches", &asked).await.is(303);
    }
    // Everybody begins something of their own, so that there is something to reach for.
    for (person, opening) in [(1, &openings[0]), (2, &openings[1])] {
        let apply = format!("/openings/{}/apply", opening.id);
        site.with_cookies(&people[person].cookies).post(&apply, &[]).await.is(303);
    }
    for (person, firm) in [(3, brewery), (5, inn)] {
        let begin = format!("/firm/{firm}/openings/new");
        site.with_cookies(&people[person].cookies).post(&begin, &[]).await.is(303);
    }
    for (firm, opening) in [(3, &openings[0]), (5, &openings[1])] {
        let at = format!("/firm/{}/visits", opening.firm);
        let slot = [
            ("opening", &*opening.id.to_string()),
            ("kind", "visit"),
            ("starts", "2026-12-05T13:00"),
            ("ends", "2026-12-05T15:00"),
            ("place", "蔵の前"),
            ("capacity", "9"),
        ];
        site.with_cookies(&people[firm].cookies).post(&at, &slot).await.is(303);
    }
    for person in [1, 2] {
        let page = site.with_cookies(&people[person].cookies).get("/me/visits").await;
        let (_, rest) = page.body.split_once("action=\"/me/visits/").expect("a slot to book");
        let to = format!("/me/visits/{}", rest.split('"').next().unwrap_or_default());
        site.post(&to, &[]).await.is(303);
        let page = site.get("/me/applications").await;
        let (_, rest) = page.body.split_once("href=\"/me/proposals/").expect("a proposal to write");
        let to = format!("/me/proposals/{}", rest.split('"').next().unwrap_or_default());
        let sheet = [("saw", "よい蔵でした"), ("plan", "帳場から"), ("bring", "営業二十年")];
        site.post(&to, &sheet).await.is(303);
    }
    site.another_browser().log_in().await;
    let may = vec![Who::Entering, Who::SignedIn, Who::Operator, Who::Administrator];
    let name = "the operator";
    people.push(Somebody { name, may, firm: None, circle: name, cookies: site.cookies() });
    World { site, people }
}
