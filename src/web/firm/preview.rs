//! `…/preview`: the opening as a candidate will see it, each line with who can see it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::asking::{choice, label};
use crate::accounts::FirmHand;
use crate::board::postings::{self, FIELDS, Form, Shape, Spec, Step};
use crate::domain::OpeningId;
use crate::store::shown;
use crate::web::Web;
use crate::web::shell::{Refusal, Shell, page};

/// One line of an opening: its name and what it says.
pub struct Line {
    /// Its name.
    pub name: String,
    /// What it says.
    pub text: String,
}

#[derive(Template)]
#[template(path = "firm/preview.html")]
struct Page {
    shell: Shell,
    firm: String,
    at: String,
    title: String,
    sections: Vec<(String, Vec<Line>)>,
}

/// `GET …/preview`
pub async fn show(
    shell: Shell,
    hand: FirmHand,
    State(web): State<Web>,
    Path((_, opening)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id: OpeningId = opening.parse().map_err(|_| Refusal::NotFound)?;
    let posting = postings::find(&web.db, hand.firm(), id).await?;
    let firm = shown::firm(&web.db, hand.firm()).await?.ok_or(Refusal::NotFound)?;
    let sections = Step::ALL
        .map(|step| (shell.t(&format!("postings-step-{}", step.code())), lines(&posting.form, step, &shell)));
    let sections = sections.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
    page(&Page {
        firm: firm.facts.name,
        at: format!("/firm/{}/openings/{id}", hand.firm()),
        title: posting.title().to_owned(),
        sections,
        shell,
    })
}

/// What a part of the form says to the public, line by line. Boxes that only lead to another question are left out.
pub fn lines(form: &Form, step: Step, shell: &Shell) -> Vec<Line> {
    told(form, shell, |spec| spec.step == step && !spec.inward)
}

/// What the form says to the desk alone.
pub fn inward(form: &Form, shell: &Shell) -> Vec<Line> {
    told(form, shell, |spec| spec.inward)
}

fn told(form: &Form, shell: &Shell, wanted: impl Fn(&Spec) -> bool) -> Vec<Line> {
    let form = postings::asked(form);
    let told =
        FIELDS.iter().filter(|spec| wanted(spec) && spec.name != "title" && spec.shape != Shape::Check);
    told.filter_map(|spec| {
        let value = form.get(spec.name).filter(|value| !value.trim().is_empty())?;
        let text = match spec.shape {
            Shape::One(codes) if codes.contains(&value.as_str()) => choice(spec, value, shell),
            _ => value.clone(),
        };
        Some(Line { name: shell.t(&label(spec.name)), text })
    })
    .collect()
}
