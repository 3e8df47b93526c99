//! A list is its owner's alone: nobody else reads it, nor its length, nor that somebody is on it.

use super::{Answer, HOUR, LIST, Site, Town, certify, rank, send, value_of};

/// Every page and every form of a list.
fn addresses(list: &str, number: &str) -> Vec<String> {
    let parts = ["", "/check", "/receipt", "/history"].map(str::to_owned);
    let files = [format!("/receipt/{number}"), format!("/opening/{number}")];
    parts.into_iter().chain(files).map(|part| format!("{list}{part}")).collect()
}

async fn as_operator(site: &mut Site) -> &mut Site {
    let site = site.another_browser();
    site.log_in().await;
    site
}

fn number_on(page: &Answer) -> String {
    let at = page.body.find("/opening/").unwrap();
    page.body[at + "/opening/".len()..].split('"').next().unwrap().to_owned()
}

async fn is_closed_to(site: &mut Site, who: &str, list: &str, number: &str) {
    for address in addresses(list, number) {
        let answer = site.get(&address).await;
        assert_eq!(answer.status.as_u16(), 404, "{who} reads {address}:\n{}", answer.body);
    }
    let fields = [("version", "1"), ("order", ""), ("restore", "1")];
    for address in ["", "/check", "/history"].map(|part| format!("{list}{part}")) {
        let answer = site.post(&address, &fields).await;
        assert_eq!(answer.status.as_u16(), 404, "{who} writes {address}:\n{}", answer.body);
    }
}

#[tokio::test]
async fn a_list_is_closed_to_every_role_but_its_owner_the_operator_included() {
    let mut town = Town::open(false).await;
    let (of_brewery, hanako) = (town.of_brewery(), town.hanako.id.to_string());
    let site = town.as_brewer().await;
    rank(site, &of_brewery, &[hanako]).await;
    certify(site, &of_brewery).await.is(303);
    let number = number_on(&site.get(&format!("{of_brewery}/receipt")).await);
    let ids = town.ids(&[0]);
    let site = town.as_hanako().await;
    rank(site, LIST, &ids).await;
    certify(site, LIST).await.is(303);
    let of_hanako = number_on(&site.get(&format!("{LIST}/receipt")).await);
    is_closed_to(site, "a candidate", &of_brewery, &number).await;
    site.get(&format!("{LIST}/opening/{number}")).await.is(404);
    let site = town.as_carpenter().await;
    is_closed_to(site, "another firm", &of_brewery, &number).await;
    is_closed_to(site, "a firm", LIST, &of_hanako).await;
    // Their own address with somebody else's opening in it.
    let mixed = of_brewery.replace(&town.brewery.id.to_string(), &town.carpenter.id.to_string());
    is_closed_to(&mut town.site, "another firm", &mixed, &number).await;
    let site = as_operator(&mut town.site).await;
    is_closed_to(site, "an operator", &of_brewery, &number).await;
    is_closed_to(site, "an operator", LIST, &of_hanako).await;
    let site = town.as_jiro().await;
    site.get(&format!("{LIST}/opening/{of_hanako}")).await.is(404);
    site.get(&format!("{LIST}/receipt/{of_hanako}")).await.is(404);
    site.get(LIST).await.is(200).shows("だれにも順位をつけていません").hides("工務店の後継ぎ");
    let site = town.site.another_browser();
    for address in addresses(&of_brewery, &number).into_iter().chain(addresses(LIST, &of_hanako)) {
        let answer = site.get(&address).await;
        assert!(answer.is(303).header("location").starts_with("/login?next="), "{address}");
    }
    // Unknown rounds and openings get the same answer as foreign ones.
    let site = town.again("brewer@example.jp").await;
    for address in [of_brewery.replace("rounds/1", "rounds/2"), of_brewery.replace("rounds/1", "rounds/x")] {
        site.get(&address).await.is(404);
    }
}

/// What everybody but the owner reads while lists are being made, Hanako's list reading so.
async fn read_by_others(places: &[usize]) -> Vec<String> {
    let mut town = Town::open(false).await;
    let ids = town.ids(places);
    let site = town.as_hanako().await;
    rank(site, LIST, &ids).await;
    certify(site, LIST).await.is(303);
    let (of_brewery, firm) = (town.of_brewery(), town.brewery.id);
    let mut read = Vec::new();
    let site = as_operator(&mut town.site).await;
    for page in ["/op", "/op/rounds", "/op/rounds/1", "/op/rounds/1/lists"] {
        read.push(site.get(page).await.is(200).body.clone());
    }
    let site = town.as_brewer().await;
    for page in [of_brewery.clone(), format!("{of_brewery}/check"), format!("/firm/{firm}/ranking")] {
        read.push(site.get(&page).await.is(200).body.clone());
    }
    let site = town.as_jiro().await;
    for page in [LIST, "/me/ranking", "/rounds", "/rounds/1", "/"] {
        read.push(site.get(page).await.is(200).body.clone());
    }
    read.into_iter().map(without_clock).collect()
}

/// A deadline is set around the database's present, which differs between two runs.
fn without_clock(page: String) -> String {
    page.lines().filter(|line| !line.contains("日本時間")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn another_order_another_length_another_name_change_nothing_that_others_read() {
    let one = read_by_others(&[0, 1, 2]).await;
    for other in [&[2, 1, 0][..], &[1][..]] {
        assert_eq!(one, read_by_others(other).await);
    }
}

#[tokio::test]
async fn operators_learn_who_has_certified_and_nothing_else() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 2]);
    let site = town.as_hanako().await;
    rank(site, LIST, &ids).await;
    let site = as_operator(&mut town.site).await;
    let page = site.get("/op/rounds/1/lists").await;
    page.is(200).shows("佐藤 花子").shows("白壁酒造株式会社 酒蔵の番頭").hides("✓").shows("封をしてあります");
    certify(town.again("hanako@example.jp").await, LIST).await.is(303);
    let site = as_operator(&mut town.site).await;
    site.get("/op/rounds/1/lists").await.shows("✓ 確定").hides("rankings-");
    site.get("/op/rounds/1").await.is(200).shows("確定の状況").hides("rankings-");
    site.another_browser().get("/op/rounds/1/lists").await.is(303);
}

#[tokio::test]
async fn a_sealed_round_is_closed_run_and_published_without_showing_a_rank() {
    let mut town = Town::open(false).await;
    let (of_brewery, hanako) = (town.of_brewery(), town.hanako.id.to_string());
    let ids = town.ids(&[1, 0]);
    rank(town.as_hanako().await, LIST, &ids).await;
    certify(&mut town.site, LIST).await.is(303);
    rank(town.as_brewer().await, &of_brewery, &[hanako]).await;
    certify(&mut town.site, &of_brewery).await.is(303);
    // The carpenter's list is made and not certified: it does not count.
    let of_carpenter = format!("/firm/{}/rounds/1/ranking/{}", town.carpenter.id, town.openings[2].id);
    let hanako = town.hanako.id.to_string();
    rank(town.as_carpenter().await, &of_carpenter, &[hanako]).await;
    let site = as_operator(&mut town.site).await;
    site.post("/op/rounds/1/freeze", &[]).await.is(409).shows("順位表を受け付けています");
    town.window(-2 * HOUR, -1, false).await;
    let site = &mut town.site;
    site.post("/op/rounds/1/freeze", &[]).await.is(303);
    site.post("/op/rounds/1/run", &[]).await.is(303);
    let run = site.get("/op/rounds/1").await;
    run.is(200).shows("佐藤 花子").shows("封をしています").hides("第2希望").hides("<svg").hides("rankings-");
    site.get("/op/rounds/1/compare").await.is(200).shows("封をしてあります").hides("C-0021");
    site.post("/op/rounds/1/publish", &[]).await.is(303);
    let late = send(town.again("hanako@example.jp").await, LIST, &[("act", "undo")]).await;
    late.is(409).shows("確定した順番が反映されます");
    let page = town.site.get(LIST).await;
    assert_eq!(value_of(&page, "was"), format!("{} {}", ids[0], ids[1]), "the owner still reads the list");
    let site = as_operator(&mut town.site).await;
    let fields = [("opens", "2020-01-01T09:00"), ("closes", "2030-12-05T17:00")];
    site.post("/op/rounds/1/window", &fields).await.is(409).shows("変えられません");
}
