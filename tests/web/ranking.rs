//! One list, made in every way there is: what is stored is the same to the byte.

use fantoccini::key::Key;

use crate::house::{Browser, Pointer, Rankers, Server, on_both_engines};

/// Where a candidate ranks.
const LIST: &str = "/me/rounds/1/ranking";

/// The order in which everybody puts the openings of the pool, by their places; the fourth is left out.
const WANTED: [usize; 4] = [2, 0, 4, 1];

on_both_engines! {
    fn a_list_is_the_same_to_the_byte_whichever_way_it_is_made(town: Town) {
        let ways: [fn(&Browser, &Rankers); 7] =
            [by_buttons, by_numbers, by_keys, by_mouse, by_finger, by_pen, by_plain_form];
        let (town, rankers) = town.with_rankers(ways.len(), 5, false);
        let server = Server::of(&town);
        let browser = Browser::open();
        let plain = Browser::open();
        plain.without_javascript();
        let wanted: Vec<&str> = WANTED.iter().map(|place| rankers.openings[*place].0.as_str()).collect();
        for (way, mail) in ways.iter().zip(&rankers.candidates) {
            let is_plain = std::ptr::eq(way, &ways[6]);
            let browser = if is_plain { &plain } else { &browser };
            browser.log_in(&server, mail);
            browser.goto(&format!("{}{LIST}", server.address()));
            way(browser, &rankers);
            browser.goto(&format!("{}{LIST}", server.address()));
            assert_eq!(was(browser), wanted.join(" "), "the list of {mail}");
            browser.press("ログアウト");
        }
    }

    fn in_a_list_of_a_hundred_a_move_is_drawn_within_a_tenth_of_a_second(town: Town) {
        let (town, rankers) = town.with_rankers(1, 100, false);
        let server = Server::of(&town);
        let browser = Browser::open();
        browser.log_in(&server, &rankers.candidates[0]);
        browser.goto(&format!("{}{LIST}", server.address()));
        browser.ask("document.querySelectorAll('[data-step=add]').forEach(button => button.click())");
        kept(&browser, 100);
        let took = browser.ask(
            "const moves = [...Array(7)].map(() => {
                 const last = document.querySelector('[data-ranking-list]').lastElementChild;
                 const begun = performance.now();
                 last.querySelector('[data-step=top]').click();
                 last.getBoundingClientRect();
                 return performance.now() - begun;
             });
             return moves.sort((one, other) => one - other)[3]",
        );
        assert!(took.as_f64().expect("milliseconds") <= 100.0, "{took} ms");
        // What was done meanwhile arrives as well.
        let first = &rankers.openings[93].0;
        browser.waits_for(&format!("document.querySelector('input[name=was]').value.startsWith('{first}')"));
        browser.goto(&format!("{}{LIST}", server.address()));
        assert_eq!(was(&browser).split(' ').count(), 100);
    }

    fn the_pages_of_a_list_have_no_fault_and_fit_a_small_phone_in_the_light_and_in_the_dark(town: Town) {
        let (town, rankers) = town.with_rankers(1, 5, true);
        let server = Server::of(&town);
        let browser = Browser::open();
        browser.log_in(&server, &rankers.candidates[0]);
        browser.goto(&format!("{}{LIST}", server.address()));
        by_keys(&browser, &rankers);
        browser.goto(&format!("{}{LIST}/check", server.address()));
        browser.press("この順番で確定する");
        browser.shows("確定を受け付けました");
        let of_list = ["", "/check", "/receipt", "/history?one=1&other=2"].map(|part| format!("{LIST}{part}"));
        let others = ["/me/ranking", "/me/partner", "/rounds", "/rounds/1", "/verify"].map(str::to_owned);
        for page in of_list.iter().chain(&others) {
            for dark in [false, true] {
                browser.dark(dark);
                browser.phone(320, 640);
                browser.goto(&format!("{}{page}", server.address()));
                let mut faults = [browser.axe(), browser.faults_in_sight()].concat();
                browser.desktop();
                faults.extend(browser.axe());
                assert!(faults.is_empty(), "{page}, dark: {dark}\n{}", faults.join("\n"));
            }
        }
        browser.dark(false);
        browser.phone(375, 1600);
        browser.goto(&format!("{}{LIST}", server.address()));
        browser.whole_picture("ranking-phone");
        browser.goto(&format!("{}/me/partner", server.address()));
        browser.whole_picture("partner-phone");
    }

    fn a_candidate_ranks_by_keyboard_takes_a_step_back_and_certifies(town: Town) {
        let (town, rankers) = town.with_rankers(1, 5, true);
        let server = Server::of(&town);
        let browser = Browser::open();
        browser.log_in(&server, &rankers.candidates[0]);
        browser.goto(&format!("{}/me/ranking", server.address()));
        browser.shows("まだ確定していません");
        browser.follow("第1回");
        browser.shows("決して組み合わされません");
        browser.picture("ranking-empty");
        by_keys(&browser, &rankers);
        browser.picture("ranking");
        browser.shows("保存しました");
        let before = was(&browser);

        // A tie by a button, and back.
        let second = &rankers.openings[WANTED[1]];
        browser.click(&format!("//li[@data-id='{}']//button[@data-step='tie']", second.0));
        browser.waits_for("document.querySelector('input[name=was]').value.includes(',')");
        browser.click("//button[@value='undo']");
        browser.waits_for(&format!("document.querySelector('input[name=was]').value === '{before}'"));
        browser.goto(&format!("{}{LIST}", server.address()));
        assert_eq!(was(&browser), before, "the step back was kept");

        browser.follow("確定へ進む");
        browser.shows("順位を聞くことは違反です");
        browser.shows("全4件");
        browser.picture("ranking-check");
        browser.press("この順番で確定する");
        browser.shows("確定を受け付けました");
        browser.picture("ranking-receipt");
        let (receipt, opening) = (file(&browser, "receipt"), file(&browser, "opening"));
        browser.goto(&format!("{}/verify", server.address()));
        write(&browser, "receipt", &receipt);
        write(&browser, "opening", &opening);
        browser.press("確かめる");
        browser.shows("ここで出したものです");
        browser.shows("控えは、この受領証のものです");
        browser.picture("verify");

        // A change by key ends the certificate at once, on the same page.
        browser.goto(&format!("{}{LIST}", server.address()));
        browser.shows("このまま反映されます");
        focus(&browser, &rankers.openings[WANTED[0]].0);
        browser.hold(Key::Alt, Key::Down);
        browser.waits_for("!document.querySelector('[data-ranking-lost]').hidden");
        browser.shows("確定が外れました。このままでは反映されません");
        browser.picture("ranking-lost");
        browser.follow("順番の履歴");
        browser.shows("いまの順番");
        browser.picture("ranking-history");
    }
}

/// The order that the page shows, as the server wrote it.
fn was(browser: &Browser) -> String {
    let value = browser.ask("return document.querySelector('input[name=was]').value");
    value.as_str().expect("the list").to_owned()
}

/// Waits until the server has kept so many.
fn kept(browser: &Browser, count: usize) {
    browser.waits_for(&format!(
        "document.querySelector('input[name=was]').value.split(' ').filter(Boolean).length === {count} \
         && document.querySelector('[data-ranking-saved]').textContent.startsWith('保存しました')"
    ));
}

/// Waits until the server has kept the wanted order.
fn kept_as_wanted(browser: &Browser, rankers: &Rankers) {
    let wanted: Vec<&str> = WANTED.iter().map(|place| rankers.openings[*place].0.as_str()).collect();
    let wanted = wanted.join(" ");
    browser.waits_for(&format!("document.querySelector('input[name=was]').value === '{wanted}'"));
}

fn press_step(browser: &Browser, id: &str, step: &str) {
    browser.click(&format!("//li[@data-id='{id}']//button[@data-step='{step}']"));
}

fn focus(browser: &Browser, id: &str) {
    browser.ask(&format!("document.getElementById('rank-{id}').focus()"));
}

fn by_buttons(browser: &Browser, rankers: &Rankers) {
    let id = |place: usize| rankers.openings[place].0.as_str();
    for place in [0, 1, 2, 3, 4] {
        press_step(browser, id(place), "add");
    }
    press_step(browser, id(2), "top");
    press_step(browser, id(3), "off");
    press_step(browser, id(1), "bottom");
    press_step(browser, id(4), "down");
    press_step(browser, id(4), "up");
    kept_as_wanted(browser, rankers);
    browser.shows("3番目に動かしました（全4件）");
}

fn by_numbers(browser: &Browser, rankers: &Rankers) {
    for (place, number) in [(0, "1"), (1, "2"), (2, "1"), (4, "3")] {
        browser.fill(&format!("rank-{}", rankers.openings[place].0), number);
        browser.key(Key::Enter);
    }
    kept_as_wanted(browser, rankers);
}

fn by_keys(browser: &Browser, rankers: &Rankers) {
    let id = |place: usize| rankers.openings[place].0.as_str();
    for place in [0, 1, 4, 2] {
        focus(browser, id(place));
        browser.hold(Key::Alt, Key::Down);
    }
    for _ in 0..3 {
        browser.hold(Key::Alt, Key::Up);
    }
    focus(browser, id(1));
    browser.hold(Key::Alt, Key::Down);
    kept_as_wanted(browser, rankers);
    let focused = browser.ask("return document.activeElement.id");
    assert_eq!(focused, format!("rank-{}", id(1)), "who moves something by keys stays with it");
}

fn by_mouse(browser: &Browser, rankers: &Rankers) {
    by_dragging(browser, rankers, Pointer::Mouse);
    // Escape leaves everything as it was.
    let before = was(browser);
    browser.ask(
        "const grip = document.querySelector('[data-ranking-list] [data-grip]');
         const at = grip.getBoundingClientRect();
         const event = (name, y) => new PointerEvent(name, { pointerId: 9, button: 0, clientX: at.x, clientY: y, bubbles: true });
         grip.dispatchEvent(event('pointerdown', at.y));
         document.dispatchEvent(event('pointermove', at.y + 400));",
    );
    browser.key(Key::Escape);
    browser.shows("動かすのをやめました");
    assert_eq!(was(browser), before);
    kept_as_wanted(browser, rankers);
}

fn by_finger(browser: &Browser, rankers: &Rankers) {
    by_dragging(browser, rankers, Pointer::Finger);
}

fn by_pen(browser: &Browser, rankers: &Rankers) {
    by_dragging(browser, rankers, Pointer::Pen);
}

fn by_dragging(browser: &Browser, rankers: &Rankers, pointer: Pointer) {
    let grip = |place: usize| format!("//li[@data-id='{}']//*[@data-grip]", rankers.openings[place].0);
    let row = |place: usize| format!("//li[@data-id='{}']", rankers.openings[place].0);
    browser.ask("document.querySelector('[data-ranking-list]').scrollIntoView()");
    // Each is dragged up into the list, above who stands there already.
    browser.drag(pointer, &grip(1), "//*[@data-ranking-list]");
    kept(browser, 1);
    for (place, above, count) in [(4, 1, 2), (0, 4, 3), (2, 0, 4)] {
        browser.drag(pointer, &grip(place), &row(above));
        kept(browser, count);
    }
    kept_as_wanted(browser, rankers);
}

/// In a browser that runs no script: numbers and a button to save them, then a button for each step.
fn by_plain_form(browser: &Browser, rankers: &Rankers) {
    let id = |place: usize| rankers.openings[place].0.as_str();
    browser.shows_no("Altキーを押しながら");
    for (place, number) in [(0, "2"), (1, "4"), (2, "1"), (3, "3")] {
        browser.fill(&format!("rank-{}", id(place)), number);
    }
    browser.press("この順番で保存する");
    for (place, step) in [(3, "off"), (4, "add"), (4, "up")] {
        browser.press_in(&format!("//li[@data-id='{}']//button[@data-step='{step}']", id(place)));
    }
}

/// The text of a file that the page offers.
fn file(browser: &Browser, what: &str) -> String {
    let link = format!("//a[contains(@href, '/ranking/{what}/')]");
    let address = browser.ask(&format!(
        "return document.evaluate(\"{link}\", document, null, 9, null).singleNodeValue.getAttribute('href')"
    ));
    let address = address.as_str().expect("a link").to_owned();
    browser.ask(&format!(
        "window.fetched = null; fetch('{address}').then(one => one.text()).then(text => window.fetched = text)"
    ));
    browser.waits_for("window.fetched");
    browser.ask("return window.fetched").as_str().expect("a text").to_owned()
}

/// Pastes several lines.
fn write(browser: &Browser, name: &str, text: &str) {
    let text = serde_json::Value::from(text);
    browser.ask(&format!("document.querySelector('textarea[name={name}]').value = {text}"));
}
