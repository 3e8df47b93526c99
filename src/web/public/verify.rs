//! `/verify`: whether a receipt is one of ours, and whether an opening opens it. What is pasted in is looked at and
//! forgotten.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::board::rankings::{Opening, Receipt};
use crate::store::rankings;
use crate::web::Web;
use crate::web::shell::{Field, Form, Kind, Refusal, Shell, page_as, wording};

#[derive(Template)]
#[template(path = "public/verify.html")]
struct Page {
    shell: Shell,
    fields: Vec<Field>,
    facts: Vec<(String, String)>,
    /// Each finding, and whether it is good.
    findings: Vec<(String, bool)>,
}

/// What was pasted in.
#[derive(Default, Deserialize)]
pub struct Pasted {
    #[serde(default)]
    receipt: String,
    #[serde(default)]
    opening: String,
}

/// `GET /verify`
pub async fn show(shell: Shell) -> Result<Response, Refusal> {
    let fields = fields(&shell, &Pasted::default(), None, None);
    page_as(StatusCode::OK, &Page { shell, fields, facts: Vec::new(), findings: Vec::new() })
}

/// `POST /verify`
pub async fn check(
    shell: Shell,
    State(web): State<Web>,
    Form(pasted): Form<Pasted>,
) -> Result<Response, Refusal> {
    let receipt = Receipt::read(&pasted.receipt);
    let has_opening = !pasted.opening.trim().is_empty();
    let opening = Opening::read(&pasted.opening).filter(|_| has_opening);
    let bad_receipt = receipt.is_none().then_some("rankings-verify-bad-receipt");
    let bad_opening = (has_opening && opening.is_none()).then_some("rankings-verify-bad-opening");
    let fields = fields(&shell, &pasted, bad_receipt, bad_opening);
    let (Some(receipt), None) = (receipt, bad_opening) else {
        let drawn = Page { shell, fields, facts: Vec::new(), findings: Vec::new() };
        return page_as(StatusCode::UNPROCESSABLE_ENTITY, &drawn);
    };
    let mut tx = web.db.begin_reading().await?;
    let known = rankings::receipt(&mut tx, &receipt.number).await?;
    let is_ours = known.is_some_and(|(round, at_ms, version, ranks, commitment)| {
        receipt == Receipt { number: receipt.number.clone(), round, at_ms, version, ranks, commitment }
    });
    let mut findings = vec![if is_ours {
        (shell.t("rankings-verify-ours"), true)
    } else {
        (shell.t("rankings-verify-not-ours"), false)
    }];
    if let Some(opening) = &opening {
        findings.push(if receipt.is_opened_by(opening) {
            (shell.t("rankings-verify-opens"), true)
        } else {
            (shell.t("rankings-verify-opens-not"), false)
        });
    }
    let facts = facts(&receipt, &shell);
    page_as(StatusCode::OK, &Page { shell, fields, facts, findings })
}

fn facts(receipt: &Receipt, shell: &Shell) -> Vec<(String, String)> {
    [
        ("rankings-receipt-label", receipt.number.clone()),
        ("rankings-receipt-round", shell.with("web-round-number", "n", receipt.round)),
        ("rankings-receipt-time", wording::second(receipt.at_ms, shell.lang)),
        ("rankings-receipt-version", receipt.version.to_string()),
        ("rankings-receipt-ranks", receipt.ranks.to_string()),
        ("rankings-receipt-commitment", receipt.commitment.clone()),
    ]
    .map(|(key, value)| (shell.t(key), value))
    .to_vec()
}

fn fields(
    shell: &Shell,
    pasted: &Pasted,
    receipt: Option<&'static str>,
    opening: Option<&'static str>,
) -> Vec<Field> {
    let form = "verify";
    let error = |key: Option<&'static str>| key.map(|key| shell.t(key));
    let field = |name: &str, value: &str, key| {
        Field::new(shell, form, name).hinted(shell, form).filled(value).as_a(Kind::Lines(8)).wrong(error(key))
    };
    vec![field("receipt", &pasted.receipt, receipt).required(), field("opening", &pasted.opening, opening)]
}
