//! Whether somebody who is to work without being employed would be a worker by another name: ten questions of the table, counted.
//! Advice, never an obstacle: what a court would say hangs on more than ten answers.

use super::check::Reader;
use super::{Finding, Grade};
use crate::rules::disclosure::{self, Question};

impl Reader<'_> {
    /// What the answers come to, and an unpaid visit that is longer than a visit.
    pub(super) fn of_status(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.doubts().into_iter().collect();
        let longest = disclosure::longest_visit();
        if let Some(item) = disclosure::items().iter().find(|item| item.id == "visit-unpaid")
            && self.contract() == "visit"
            && self.number("visit_days").is_some_and(|days| days > longest)
        {
            findings.push(Finding {
                id: "visit-days".to_owned(),
                key: "postings-visit-days",
                numbers: Some((longest as usize, 0, 0)),
                ..Finding::of_item(item, "visit_days", None)
            });
        }
        findings
    }

    fn doubts(&self) -> Option<Finding> {
        let check = disclosure::self_check();
        let is_worker_like = |question: &&Question| self.said(&question.field()) == question.worker_like();
        let count = check.questions.iter().filter(is_worker_like).count();
        if count < check.warn_from {
            return None;
        }
        let is_strong = count >= check.strong_from;
        Some(Finding {
            article: check.source.clone(),
            fix_ja: check.advice_ja.clone(),
            numbers: Some((count, check.questions.len(), 0)),
            ..Finding::of_form(
                "status_refuse",
                if is_strong { "postings-status-strong" } else { "postings-status-doubt" },
                Grade::Warn,
            )
        })
    }
}
