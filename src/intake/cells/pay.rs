//! 報酬: a period and an amount, pay by result, or none.

use super::money::yen;
use super::plain::{plain, without_brackets};
use super::{Read, Reading};
use crate::domain::{Contract, Pay, PayUnit};
use crate::intake::code::Code;

const BEFORE: [(&str, PayUnit); 15] = [
    ("月額", PayUnit::Month),
    ("月々", PayUnit::Month),
    ("月給", PayUnit::Month),
    ("月", PayUnit::Month),
    ("時間給", PayUnit::Hour),
    ("時給", PayUnit::Hour),
    ("時間", PayUnit::Hour),
    ("時", PayUnit::Hour),
    ("日給", PayUnit::Day),
    ("日当", PayUnit::Day),
    ("日", PayUnit::Day),
    ("年収", PayUnit::Year),
    ("年俸", PayUnit::Year),
    ("年額", PayUnit::Year),
    ("年", PayUnit::Year),
];

const BEHIND: [(&str, PayUnit); 7] = [
    ("/月", PayUnit::Month),
    ("/月額", PayUnit::Month),
    ("/時", PayUnit::Hour),
    ("/時間", PayUnit::Hour),
    ("/日", PayUnit::Day),
    ("/年", PayUnit::Year),
    ("/か月", PayUnit::Month),
];

/// Whether the cell leaves the pay to be talked about: no pay, as if it were empty.
pub(in crate::intake) fn is_left_open(text: &str) -> bool {
    ["応相談", "要相談"].contains(&without_brackets(&plain(text)).as_str())
}

/// Reads 報酬. An amount without a period is monthly by guess for contract work, and E-PAY-UNIT for employment; when
/// the contract itself could not be read (`None`), its own error is enough.
pub(in crate::intake) fn pay(text: &str, contract: Option<Contract>) -> Reading<Pay> {
    let text = without_brackets(&plain(text));
    match text.as_str() {
        "無償" | "無給" | "ボランティア" => {
            return Read::but(Pay { unit: PayUnit::Unpaid, amount: None }, Code::Unpaid);
        }
        "成果連動" | "成果報酬" | "成果連動型" | "成果報酬型" | "完全成果報酬" | "成果連動報酬" =>
        {
            return Read::sure(Pay { unit: PayUnit::Success, amount: None });
        }
        _ => {}
    }
    let before = BEFORE.iter().find_map(|(word, unit)| Some((*unit, text.strip_prefix(word)?)));
    let period =
        before.or_else(|| BEHIND.iter().find_map(|(word, unit)| Some((*unit, text.strip_suffix(word)?))));
    let amount = |text: &str| yen(text.trim_start_matches([':', '/']), 1).ok_or(Code::Unparsed);
    match (period, contract) {
        (Some((unit, rest)), _) => Read::sure(Pay { unit, amount: Some(amount(rest)?) }),
        (None, Some(Contract::Permanent | Contract::FixedTerm)) => amount(&text).and(Err(Code::PayUnit)),
        (None, _) => Read::but(Pay { unit: PayUnit::Month, amount: Some(amount(&text)?) }, Code::UnitAssumed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Range;

    fn service(text: &str) -> Reading<Pay> {
        pay(text, Some(Contract::Service))
    }

    fn paid(unit: PayUnit, min: u64, max: u64) -> Reading<Pay> {
        Read::sure(Pay { unit, amount: Some(Range { min, max }) })
    }

    #[test]
    fn a_period_stands_before_or_behind_the_amount() {
        for text in [
            "月3万円",
            "月額30,000円",
            "月々3万円",
            "3万円／月",
            "月額3万円（税別）",
            "月３万円",
            "月額三万円",
        ] {
            assert_eq!(service(text), paid(PayUnit::Month, 30_000, 30_000), "{text}");
        }
        for text in ["時給1500円", "時間給1,500円", "１，５００／時", "1500円/時"] {
            assert_eq!(service(text), paid(PayUnit::Hour, 1_500, 1_500), "{text}");
        }
        for text in ["日給1万円", "日当10,000円"] {
            assert_eq!(service(text), paid(PayUnit::Day, 10_000, 10_000), "{text}");
        }
        assert_eq!(service("年収700万円～900万円"), paid(PayUnit::Year, 7_000_000, 9_000_000));
        assert_eq!(service("年俸600万円"), paid(PayUnit::Year, 6_000_000, 6_000_000));
        assert_eq!(service("月3〜5万円"), paid(PayUnit::Month, 30_000, 50_000));
    }

    #[test]
    fn pay_by_result_and_unpaid_work_have_no_amount() {
        for text in ["成果連動", "成果報酬", "成果連動（売上の5%）"] {
            assert_eq!(service(text), Read::sure(Pay { unit: PayUnit::Success, amount: None }), "{text}");
        }
        for text in ["無償", "無給", "ボランティア"] {
            assert_eq!(
                service(text),
                Read::but(Pay { unit: PayUnit::Unpaid, amount: None }, Code::Unpaid),
                "{text}"
            );
        }
    }

    #[test]
    fn without_a_period_contract_work_is_monthly_and_employment_is_refused() {
        let monthly = Pay { unit: PayUnit::Month, amount: Some(Range::exactly(30_000)) };
        assert_eq!(service("3万円"), Read::but(monthly, Code::UnitAssumed));
        assert_eq!(pay("3万円", Some(Contract::Permanent)), Err(Code::PayUnit));
        assert_eq!(pay("3万円", Some(Contract::FixedTerm)), Err(Code::PayUnit));
        assert_eq!(pay("月35万円", Some(Contract::FixedTerm)), paid(PayUnit::Month, 350_000, 350_000));
    }

    #[test]
    fn what_names_no_pay_is_missing_and_what_is_unclear_is_left_unread() {
        assert!(is_left_open("応相談"));
        assert!(is_left_open("要相談（経験による）"));
        assert!(!is_left_open("月3万円（応相談）"));
        assert_eq!(service("桜の咲く頃"), Err(Code::Unparsed));
        assert_eq!(pay("弾みます", Some(Contract::Permanent)), Err(Code::Unparsed));
    }
}
