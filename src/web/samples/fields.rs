//! `/samples/fields`: every kind of field, empty, filled in and with a mistake.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use crate::domain::Contract;
use crate::web::shell::{Field, Kind, Refusal, Shell, page};

#[derive(Template)]
#[template(path = "samples/fields.html")]
struct Page {
    shell: Shell,
    /// Address, name, and whether it is the one being shown.
    states: Vec<(String, String, bool)>,
    fields: Vec<Field>,
}

/// Which state of the fields is asked for.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: State,
}

/// The states of a field.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum State {
    #[default]
    Empty,
    Filled,
    Wrong,
}

/// `GET /samples/fields`
pub async fn show(shell: Shell, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    if !shell.fictional {
        return Err(Refusal::NotFound);
    }
    let named = |state: State| {
        let code = match state {
            State::Empty => "empty",
            State::Filled => "filled",
            State::Wrong => "wrong",
        };
        let address = format!("/samples/fields?state={code}");
        (address, shell.t(&format!("look-sample-state-{code}")), state == asked.state)
    };
    let states = [State::Empty, State::Filled, State::Wrong].map(named).to_vec();
    let fields = fields(&shell, asked.state);
    page(&Page { shell, states, fields })
}

fn fields(shell: &Shell, state: State) -> Vec<Field> {
    let days =
        ["none", "one", "two"].map(|code| (code.to_owned(), shell.t(&format!("look-sample-days-{code}"))));
    let field = |name: &str, value: &str| {
        let field = Field::new(shell, "sample", name).hinted(shell, "sample").about(
            shell,
            "sample",
            "firm-applied",
            "account",
        );
        match state {
            State::Empty => field,
            State::Filled => field.filled(value),
            State::Wrong => field.filled(value).wrong(Some(shell.t("look-sample-fault"))),
        }
    };
    vec![
        field("headline", "営業ひとすじ二十年").required(),
        field("story", "新潟の蔵で十年。\n春に高梁へ移りました。").as_a(Kind::Lines(4)),
        field("days", "one").as_a(Kind::Select(days.to_vec())).required(),
        field("contract", "service").one_of::<Contract>(shell).required(),
        field("wishes", "one,two").as_a(Kind::Checks(days.to_vec())),
        field("agree", "yes").as_a(Kind::Check).required(),
    ]
}
