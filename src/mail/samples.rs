//! A letter of every kind, in the order of [`KINDS`](super::KINDS).

use crate::domain::{Letter, RoleKind, Told};

/// 5 December 2026, 17:00 in Japan.
const FIVE: i64 = 1_796_457_600_000;

/// One of every kind, and of some more than one.
pub fn samples() -> Vec<Letter> {
    let title = || "創業98年の味噌蔵の番頭".to_owned();
    let path = |path: &str| path.to_owned();
    vec![
        Letter::Register { path: path("/t/r4nd0m") },
        Letter::AlreadyRegistered,
        Letter::Invitation {
            by: "備中の人事部".to_owned(),
            role: RoleKind::Firm,
            place: Some("備中酒造株式会社".to_owned()),
            path: path("/t/r4nd0m"),
        },
        Letter::Invitation {
            by: "備中の人事部".to_owned(),
            role: RoleKind::Secretariat,
            place: None,
            path: path("/t/r4nd0m"),
        },
        Letter::Recover { path: path("/t/r4nd0m") },
        Letter::SecurityChanged { what: "password".to_owned() },
        Letter::SecurityChanged { what: "passkey".to_owned() },
        Letter::SecurityChanged { what: "second-factor".to_owned() },
        Letter::SecurityChanged { what: "mail".to_owned() },
        Letter::SecurityChanged { what: "recovery-codes".to_owned() },
        Letter::SecurityChanged { what: "something new".to_owned() },
        Letter::PostingSubmitted {
            firm: "備中酒造株式会社".to_owned(),
            title: title(),
            path: path("/op/approvals/1"),
        },
        Letter::PostingReturned {
            title: title(),
            note: "就業時間を書き足してください。".to_owned(),
            path: path("/firm/1/openings/2"),
        },
        Letter::PostingApproved { title: title(), publish_at: FIVE, path: path("/openings/2") },
        Letter::PostingStale { title: title(), expires_at: FIVE, path: path("/firm/1/openings/2") },
        Letter::PostingExpired { title: title(), path: path("/firm/1/openings/2") },
        Letter::ApplicationReceived { title: title(), answer_by: FIVE, path: path("/firm/1/applicants/3") },
        Letter::ApplicationMoved { title: title(), path: path("/me/applications") },
        Letter::AnswerDue { title: title(), answer_by: FIVE, path: path("/firm/1/applicants/3") },
        Letter::MessageWaiting { title: title(), path: path("/messages/4") },
        Letter::VisitBooked {
            title: title(),
            slot: "5".to_owned(),
            starts_at: FIVE,
            ends_at: FIVE + 3_600_000,
            place: "高梁市本町1、蔵の前".to_owned(),
            path: path("/me/visits"),
        },
        Letter::VisitCancelled {
            title: title(),
            slot: "5".to_owned(),
            starts_at: FIVE,
            ends_at: FIVE + 3_600_000,
            place: "高梁市本町1、蔵の前".to_owned(),
            path: path("/me/visits"),
        },
        Letter::BookingsMoved {
            title: title(),
            starts_at: FIVE,
            ends_at: FIVE + 3_600_000,
            place: "高梁市本町1、蔵の前".to_owned(),
            path: path("/firm/1/visits"),
        },
        Letter::ProposalReceived { title: title(), path: path("/firm/1/applicants/3") },
        Letter::ListCertified {
            round: 3,
            number: "R3-7K2M-9QXD".to_owned(),
            ranks: 5,
            commitment: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            at: FIVE,
            path: path("/me/ranking/3/receipt"),
        },
        Letter::ListUncertified { round: 3, closes_at: FIVE, path: path("/me/ranking/3") },
        Letter::RoundCloses { round: 3, closes_at: FIVE, path: path("/me/ranking/3") },
        Letter::CoupleAsked { path: path("/me/partner") },
        Letter::CoupleAgreed { path: path("/me/partner") },
        Letter::AlertConfirm {
            label: "「番頭」・都道府県: 岡山県".to_owned(), path: path("/t/r4nd0m")
        },
        Letter::Alert {
            alert: "6".to_owned(),
            label: "「番頭」・都道府県: 岡山県".to_owned(),
            told: vec![Told {
                title: title(),
                firm: "備中酒造株式会社".to_owned(),
                place: "岡山県高梁市".to_owned(),
                reasons: vec!["「番頭」に一致".to_owned(), "都道府県が「岡山県」".to_owned()],
                path: path("/openings/2"),
            }],
            more: 3,
            path: path("/openings?q=%E7%95%AA%E9%A0%AD"),
        },
        Letter::AlertEnding {
            alert: "6".to_owned(),
            label: "「番頭」".to_owned(),
            ends_at: FIVE,
            path: path("/alerts/7"),
        },
        Letter::AlertEnded {
            alert: "6".to_owned(), label: "「番頭」".to_owned(), path: path("/alerts/7")
        },
        Letter::Deleted,
        Letter::Plain {
            subject: "合同見学会のご案内".to_owned(),
            body: "山田 花子 様\n\n合同見学会を開きます。\nどうぞお越しください。".to_owned(),
        },
    ]
}
