//! Making a list, as a candidate and as a firm, and the desk that sets the time for it.

use super::{LIST, Town, certify, rank, send, send_by_script, value_of};
use crate::domain::CandidateId;

#[tokio::test]
async fn a_firm_reads_a_name_only_where_the_candidate_lets_it() {
    let mut town = Town::open(false).await;
    let (at, firm) = (town.of_brewery(), town.brewery.id);
    let site = town.as_brewer().await;
    let page = site.get(&at).await;
    page.is(200).shows("佐藤 花子").hides("鈴木 次郎").shows("お名前を公開していない候補者").shows("1人");
    page.shows("来てほしい順のまま並べることをおすすめします").hides("最も有利です");
    let index = site.get(&format!("/firm/{firm}/ranking")).await;
    index.is(200).shows("酒蔵の番頭").shows("まだ確定していません").hides("工務店");
}

#[tokio::test]
async fn every_way_of_input_stores_the_same_bytes() {
    let mut stored = Vec::new();
    for way in ["buttons", "numbers", "one number", "script", "undo"] {
        let mut town = Town::open(false).await;
        let ids = town.ids(&[1, 2, 0]);
        let site = town.as_hanako().await;
        let boxes: Vec<String> = ids.iter().map(|id| format!("rank-{id}")).collect();
        match way {
            "buttons" => {
                rank(site, LIST, &[ids[0].clone(), ids[2].clone(), ids[1].clone()]).await;
                send(site, LIST, &[("step", &format!("up:{}", ids[1]))]).await.is(303);
            }
            "numbers" => {
                let typed = [(&*boxes[0], "１"), (&*boxes[1], "5"), (&*boxes[2], "7")];
                send(site, LIST, &typed).await.is(303);
            }
            "one number" => {
                rank(site, LIST, &[ids[1].clone(), ids[2].clone()]).await;
                send(site, LIST, &[(&*boxes[0], "1")]).await.is(303);
            }
            "script" => {
                send_by_script(site, LIST, "0", &ids.join(" ")).await.is(200);
            }
            _ => {
                rank(site, LIST, &ids).await;
                send(site, LIST, &[("step", &format!("off:{}", ids[0]))]).await.is(303);
                send(site, LIST, &[("act", "undo")]).await.is(303);
            }
        }
        stored.push(town.stored().await);
    }
    assert!(stored.iter().all(|one| *one == stored[0]), "{stored:#?}");
}

#[tokio::test]
async fn twenty_steps_are_taken_back_and_again() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 1, 2]);
    let mut seen = Vec::new();
    town.as_hanako().await;
    for turn in 0..21 {
        // Three come onto the list; then the last goes to the top, over and over.
        let (step, who) = if turn < 3 { ("bottom", 2 - turn) } else { ("top", turn % 3) };
        let step = format!("{step}:{}", ids[who]);
        send(&mut town.site, LIST, &[("step", &step)]).await.is(303);
        seen.push(town.stored().await);
    }
    for back in (0..20).rev() {
        send(&mut town.site, LIST, &[("act", "undo")]).await.is(303);
        assert_eq!(town.stored().await, seen[back], "step {back} back");
    }
    for (again, then) in seen.iter().enumerate().skip(1) {
        send(&mut town.site, LIST, &[("act", "redo")]).await.is(303);
        assert_eq!(town.stored().await, *then, "step {again} again");
    }
    send(&mut town.site, LIST, &[("act", "redo")]).await.is(303);
    assert_eq!(town.stored().await, seen[20], "there is nothing more to take again");
    send(&mut town.site, LIST, &[("act", "undo")]).await.is(303);
    send(&mut town.site, LIST, &[("step", &format!("off:{}", ids[0]))]).await.is(303);
    town.site.get(LIST).await.shows("value=\"redo\" disabled");
}

#[tokio::test]
async fn every_version_is_kept_compared_and_taken_up_again() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 2]);
    town.as_hanako().await;
    rank(&mut town.site, LIST, &ids).await;
    let before = town.stored().await;
    send(&mut town.site, LIST, &[("step", &format!("off:{}", ids[0]))]).await.is(303);
    let history = town.site.get(&format!("{LIST}/history?one=2&other=3")).await;
    history
        .is(200)
        .shows("第3版")
        .shows("第1版")
        .shows("2つの版のちがい")
        .shows("順位なし")
        .hides("rankings-");
    let fields = [("version", "3"), ("restore", "2")];
    town.site.post(&format!("{LIST}/history"), &fields).await.is(303);
    assert_eq!(town.stored().await, before);
    town.site.post(&format!("{LIST}/history"), &[("version", "4"), ("restore", "99")]).await.is(404);
}

#[tokio::test]
async fn of_two_windows_the_second_sees_both_orders_and_chooses() {
    let mut town = Town::open(false).await;
    let ids = town.ids(&[0, 1, 2]);
    let site = town.as_hanako().await;
    rank(site, LIST, &ids[..2]).await;
    let old = value_of(&site.get(LIST).await, "version");
    send(site, LIST, &[("step", &format!("top:{}", ids[2]))]).await.is(303);
    let mine = format!("{} {}", ids[1], ids[0]);
    let conflict = site.post(LIST, &[("version", &old), ("order", &mine)]).await;
    conflict
        .is(409)
        .shows("この画面の順番")
        .shows("いま保存されている順番")
        .shows("工務店の後継ぎ")
        .hides("rankings-");
    assert_eq!(value_of(&conflict, "order"), mine);
    send_by_script(site, LIST, &old, &mine).await.is(409).shows("conflict");
    let version = value_of(&conflict, "version");
    site.post(LIST, &[("version", &version), ("order", &mine)]).await.is(303);
    assert_eq!(value_of(&site.get(LIST).await, "was"), mine);
    // Pressed twice, or sent again because the answer was lost: one effect.
    site.post(LIST, &[("version", &version), ("order", &mine)]).await.is(303);
    let version = value_of(&site.get(LIST).await, "version");
    assert_eq!(version, "4");
}

#[tokio::test]
async fn ties_stand_where_the_round_allows_them_and_nowhere_else() {
    for ties in [true, false] {
        let mut town = Town::open(ties).await;
        let ids = town.ids(&[0, 1, 2]);
        let site = town.as_hanako().await;
        rank(site, LIST, &ids[..2]).await;
        let button = format!("tie:{}", ids[1]);
        let by_button = send(site, LIST, &[("step", &button)]).await;
        let boxes: Vec<String> = ids.iter().map(|id| format!("rank-{id}")).collect();
        let typed = [(&*boxes[0], "4"), (&*boxes[1], "2"), (&*boxes[2], "2")];
        let by_numbers = send(site, LIST, &typed).await;
        if ties {
            by_button.is(303);
            by_numbers.is(303);
            let (second, third) = (&ids[1], &ids[2]);
            assert_eq!(value_of(&site.get(LIST).await, "was"), format!("{second},{third} {}", ids[0]));
            site.get(LIST).await.shows("抽選で決まります");
            certify(site, LIST).await.is(303);
        } else {
            by_button.is(409).shows("同じ順位をつけられません");
            by_numbers.is(422).shows("同じ順位が2つあります").shows("value=\"4\"").shows("aria-invalid");
            site.get(LIST).await.hides("上と同じ順位に");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_a_rank_is_said_at_its_box_and_what_was_typed_stays() {
    let mut town = Town::open(false).await;
    let field = format!("rank-{}", town.openings[1].id);
    let site = town.as_hanako().await;
    let refused = send(site, LIST, &[(&field, "いちばん")]).await;
    refused
        .is(422)
        .shows("次のところを直してください")
        .shows(&format!("href=\"#{field}\""))
        .shows("いちばん");
    let stranger = CandidateId::new(&mut || uuid::Uuid::from_u128(99)).to_string();
    send_by_script(site, LIST, "0", &stranger).await.is(409);
    send_by_script(site, LIST, "0", "nonsense").await.is(422);
    site.post(LIST, &[("order", "")]).await.is(404);
}

#[tokio::test]
async fn the_desk_sets_the_window_and_wrong_times_are_said_beside_them() {
    let mut town = Town::new().await;
    let site = town.site.another_browser();
    site.log_in().await;
    let at = "/op/rounds/1/window";
    site.get(at).await.is(200).shows("受付の開始").shows("いまの時刻");
    let refused =
        site.post(at, &[("opens", "あす"), ("closes", "2030-12-05T17:00"), ("note", "よろしく")]).await;
    refused.is(422).shows("日時を選んでください").shows("よろしく").shows("2030-12-05T17:00");
    let backwards = [("opens", "2030-12-06T09:00"), ("closes", "2030-12-05T17:00")];
    site.post(at, &backwards).await.is(422).shows("締切は、開始より後で");
    site.post(at, &[("opens", "2020-01-01T09:00"), ("closes", "2020-12-05T17:00")]).await.is(422);
    let good = [("opens", "2020-01-01T09:00"), ("closes", "2030-12-05T17:00:30"), ("ties", "yes")];
    site.post(at, &good).await.is(303);
    site.get(at).await.shows("2030-12-05T17:00:30").shows("checked");
    site.get("/op/rounds/9/window").await.is(404);
    let public = site.another_browser().get("/rounds/1").await;
    public
        .is(200)
        .shows("2030年12月5日（木） 17:00:30（日本時間）")
        .shows("同じ順位をつけられます")
        .hides("rankings-");
    site.get("/rounds").await.is(200).shows("2030年12月5日").hides("rankings-");
    let calendar = site.get("/rounds/1/calendar.ics").await;
    assert_eq!(calendar.is(200).header("content-type"), "text/calendar; charset=utf-8");
    calendar.shows("DTSTART:20301205T080030Z").shows("第1回 締切");
    site.get("/rounds/7").await.is(404);
}
