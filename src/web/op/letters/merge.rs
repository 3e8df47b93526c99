//! `/op/letters/templates/{id}/merge`: choose to whom, read what each will get, send.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::accounts::Operator;
use crate::desk::DeskError;
use crate::desk::cases::{CANDIDATE_STAGES, FIRM_STAGES};
use crate::desk::letters::{self, AUDIENCES, Batch, MOST};
use crate::store::templates::{self as rows, TemplateRow};
use crate::web::Web;
use crate::web::op::cases::say_stage;
use crate::web::op::desk_refusal;
use crate::web::shell::form::to_the_end;
use crate::web::shell::{Form, Refusal, Shell, Signed, page_as};

#[derive(Template)]
#[template(path = "op/letters/merge.html")]
struct Page {
    shell: Shell,
    template: TemplateRow,
    wish: Wish,
    audiences: Vec<(&'static str, String)>,
    stages: Vec<(&'static str, String)>,
    /// Whether somebody was asked for.
    asked: bool,
    batch: String,
    letters: Vec<Preview>,
    too_many: bool,
    most: usize,
    fault: Option<String>,
}

struct Preview {
    key: String,
    name: String,
    firm: String,
    subject: String,
    body: String,
    chosen: bool,
}

/// To whom.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wish {
    #[serde(default)]
    audience: String,
    #[serde(default)]
    stage: String,
}

/// `GET /op/letters/templates/{id}/merge`
pub async fn show(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Query(wish): Query<Wish>,
) -> Result<Response, Refusal> {
    let typed = Typed { wish, batch: web.tools().new_id(), chosen: None, fault: None };
    draw(StatusCode::OK, shell, &web, &operator, &id, typed).await
}

/// `POST /op/letters/templates/{id}/merge`
pub async fn send(
    shell: Shell,
    Signed(operator): Signed,
    State(web): State<Web>,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let one = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let one = |name: &str| one(name).unwrap_or_default();
    let to: Vec<_> = pairs.iter().filter(|(key, _)| key == "to").map(|(_, key)| key.clone()).collect();
    let wish = Wish { audience: one("audience"), stage: one("stage") };
    let batch = Batch {
        id: one("batch"),
        template: id.clone(),
        version: one("version").parse().unwrap_or(0),
        audience: wish.audience.clone(),
        stage: wish.stage.clone(),
        to: to.clone(),
        by: name(&shell),
    };
    let (here, hand, number) = (web.clone(), operator.clone(), batch.id.clone());
    let done = to_the_end(async move { Ok(letters::send(&hand, &batch, here.tools()).await) }).await?;
    let (status, fault) = match done {
        Ok(_) => return Ok(Redirect::to("/op/letters").into_response()),
        Err(DeskError::Conflict) => (StatusCode::CONFLICT, shell.t("desk-fault-moved")),
        Err(DeskError::Faults(faults)) => {
            let said = faults.iter().map(|fault| fault.say(shell.lang)).collect::<Vec<_>>();
            (StatusCode::UNPROCESSABLE_ENTITY, said.join("\n"))
        }
        Err(other) => return Err(desk_refusal(other)),
    };
    let typed = Typed { wish, batch: number, chosen: Some(to), fault: Some(fault) };
    draw(status, shell, &web, &operator, &id, typed).await
}

/// The operator's name as readers know it.
fn name(shell: &Shell) -> String {
    shell.person.as_ref().map(|person| person.person().name.clone()).unwrap_or_default()
}

/// What the page was sent, and what was wrong with it.
struct Typed {
    wish: Wish,
    /// The number of the batch, the same for every try.
    batch: String,
    /// The keys of those who were ticked; everybody before anything was sent.
    chosen: Option<Vec<String>>,
    fault: Option<String>,
}

async fn draw(
    status: StatusCode,
    shell: Shell,
    web: &Web,
    operator: &Operator,
    id: &str,
    typed: Typed,
) -> Result<Response, Refusal> {
    let Typed { wish, batch, chosen, fault } = typed;
    let template = rows::find(&web.db, id).await?.ok_or(Refusal::NotFound)?;
    let asked = AUDIENCES.contains(&wish.audience.as_str());
    let lacking = asked && letters::lacks(&template, &wish.audience);
    let fault = if lacking { Some(shell.t("desk-fault-no-firm")) } else { fault };
    let status = if lacking { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    let mut readers = if asked && !lacking {
        letters::readers(&wish.audience, &wish.stage, web.tools()).await.map_err(desk_refusal)?
    } else {
        Vec::new()
    };
    let too_many = readers.len() > MOST;
    readers.truncate(MOST);
    let by = name(&shell);
    let letters = readers.into_iter().map(|reader| {
        let (subject, body) = letters::letter_to(&reader, &template, operator, &by, web.tools());
        let chosen = chosen.as_ref().is_none_or(|chosen| chosen.contains(&reader.key));
        Preview { key: reader.key, name: reader.name, firm: reader.firm, subject, body, chosen }
    });
    let letters = letters.collect();
    let stages = match wish.audience.as_str() {
        "candidates" => CANDIDATE_STAGES.to_vec(),
        _ => FIRM_STAGES.to_vec(),
    };
    let page = Page {
        audiences: AUDIENCES.map(|one| (one, shell.t(&format!("desk-audience-{one}")))).to_vec(),
        stages: stages.into_iter().map(|stage| (stage, say_stage(stage, &shell))).collect(),
        template,
        wish,
        asked: asked && !lacking,
        batch,
        letters,
        too_many,
        most: MOST,
        fault,
        shell,
    };
    page_as(status, &page)
}
