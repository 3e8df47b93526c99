//! The linter of job texts: unlawful or unsafe wording, each with its law and a better way to say it.
//!
//! It advises on publication. The check that blocks an imported row is narrower; see
//! [`age_sex`](crate::rules::age_sex).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::rules::phrases::{self, Phrases};
use crate::rules::table;

/// The kind of contract an opening offers, as far as the rules tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contract {
    /// 雇用, with or without a term.
    Employment,
    /// 業務委託.
    Freelance,
    /// Anything else, such as an office held without employment.
    Other,
}

/// The kind of field a text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Title, catch phrase, missions, authority, wanted and welcome, questions and answers.
    Requirements,
    /// The table of terms.
    Conditions,
    /// Narrative about the firm; only rules for all fields run here.
    Story,
}

/// What a rule protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// No limit by age.
    Age,
    /// No limit by sex.
    Sex,
    /// Fair selection, clear terms, freelance law.
    Other,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Shown.
    Info,
    /// Needs a written reason.
    Warn,
    /// Blocks publication.
    Error,
}

/// One place in a text that a rule objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The stable id of the rule: `age-01`.
    pub rule_id: &'static str,
    /// What the rule protects.
    pub category: Category,
    /// How grave it is for this contract.
    pub severity: Severity,
    /// The words found, in NFKC and without spaces.
    pub matched: String,
    /// The law, in Japanese.
    pub article: &'static str,
    /// What to write instead, in Japanese.
    pub suggestion: &'static str,
}

#[derive(Deserialize)]
struct Rule {
    id: String,
    category: Category,
    severity: Verdict,
    severity_other: Verdict,
    contract: String,
    scope: String,
    pattern: String,
    article: String,
    suggestion: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Error,
    Warn,
    Info,
    Allow,
}

impl Rule {
    fn applies(&self, contract: Contract, scope: Scope) -> bool {
        let contract_fits = match self.contract.as_str() {
            "employment" => contract == Contract::Employment,
            "freelance" => contract == Contract::Freelance,
            _ => true,
        };
        let scope_fits = self.scope.split('|').any(|name| match name {
            "requirements" => scope == Scope::Requirements,
            "conditions" => scope == Scope::Conditions,
            _ => true,
        });
        contract_fits && scope_fits
    }

    /// `None` when the rule allows.
    fn severity(&self, contract: Contract) -> Option<Severity> {
        match if contract == Contract::Employment { self.severity } else { self.severity_other } {
            Verdict::Error => Some(Severity::Error),
            Verdict::Warn => Some(Severity::Warn),
            Verdict::Info => Some(Severity::Info),
            Verdict::Allow => None,
        }
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| table::rows(include_str!("data/wording_lint.csv")));

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let patterns: Vec<_> = RULES.iter().map(|rule| &rule.pattern).collect();
    Phrases::new(&patterns).expect("the patterns compiled into the program are regular expressions")
});

/// Everything the rules find in a text, line by line, in the order of the rules within a line.
pub fn lint(text: &str, contract: Contract, scope: Scope) -> Vec<Finding> {
    phrases::lines(text).flat_map(|line| lint_line(&line, contract, scope)).collect()
}

fn lint_line(line: &str, contract: Contract, scope: Scope) -> Vec<Finding> {
    let rules: &'static [Rule] = &RULES;
    let hits = PHRASES.hits(line, |pattern| rules[pattern].applies(contract, scope));
    let role = |pattern: usize| (rules[pattern].category, rules[pattern].severity(contract).is_none());
    phrases::upheld(hits, role)
        .into_iter()
        .filter_map(|hit| {
            let rule = &rules[hit.pattern];
            Some(Finding {
                rule_id: &rule.id,
                category: rule.category,
                severity: rule.severity(contract)?,
                matched: line[hit.span].to_owned(),
                article: &rule.article,
                suggestion: &rule.suggestion,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Vector {
        id: String,
        category: Category,
        expect: String,
        text: String,
        contract: Contract,
        scope: Scope,
        expected_rule_ids: String,
    }

    #[test]
    fn every_vector_is_judged_as_it_says() {
        let vectors: Vec<Vector> = table::rows(include_str!("data/wording_lint_vectors.csv"));
        assert_eq!(vectors.len(), 161);
        for vector in vectors {
            let findings = lint(&vector.text, vector.contract, vector.scope);
            let of_category = || findings.iter().filter(|finding| finding.category == vector.category);
            for id in vector.expected_rule_ids.split('|').filter(|id| !id.is_empty()) {
                assert!(of_category().any(|finding| finding.rule_id == id), "{} {findings:?}", vector.id);
            }
            let hit = of_category().next().is_some();
            assert_eq!(hit, vector.expect == "hit", "{} {} {findings:?}", vector.id, vector.text);
        }
    }

    #[test]
    fn the_same_words_weigh_less_outside_employment() {
        let severity =
            |contract| lint("35歳まで", contract, Scope::Requirements).first().map(|found| found.severity);
        assert_eq!(severity(Contract::Employment), Some(Severity::Error));
        assert_eq!(severity(Contract::Freelance), Some(Severity::Warn));
        assert_eq!(severity(Contract::Other), Some(Severity::Warn));
    }

    #[test]
    fn a_finding_names_words_law_and_a_better_wording() {
        let findings = lint("未経験可\n応募は ４５ 歳以下の方", Contract::Employment, Scope::Requirements);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].matched, "45歳以下");
        assert!(findings[0].article.contains("9条"));
        assert!(!findings[0].suggestion.is_empty());
    }

    #[test]
    fn only_rules_for_all_fields_run_in_a_story() {
        assert!(lint("60歳まで現場に立った", Contract::Employment, Scope::Story).is_empty());
        assert!(!lint("本籍をお書きください", Contract::Employment, Scope::Story).is_empty());
    }
}
