//! What a receipt proves, and how. Pure: no database, no clock.
//!
//! The commitment is SHA-256 over, in this order: the tag `migiude/rol/v1`, a line feed, the 32 bytes of the salt, and the
//! list as text. The list as text is UTF-8, every line ended by one line feed:
//!
//! ```text
//! round 3
//! candidate 0194f6c0-…          or: opening 0194f6c0-…
//! version 7
//! 1 0194f6c1-…                  rank, space, id; best first
//! 2 0194f6c2-…                  those of one rank in order of their ids
//! 2 0194f6c3-…
//! ```
//!
//! Two artefacts come of it. The [`Receipt`] holds no list and no salt and may be shown to anybody. The [`Opening`] holds
//! both; with it anybody can see what the list says, so it is the owner's alone. Held together they show that this list
//! and no other was certified, without asking us.

use std::fmt::{self, Write};

use sha2::{Digest, Sha256};

use crate::domain::{Owner, RankOrder, RankedId};

/// Stands before everything that is hashed here.
const TAG: &str = "migiude/rol/v1";
const RECEIPT: &str = "migiude/receipt/v1";
const OPENING: &str = "migiude/opening/v1";

/// Shows that a list was certified: when, how many stand on it, and its commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its number.
    pub number: String,
    /// The round.
    pub round: i64,
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// Which version of the list.
    pub version: i64,
    /// How many stand on it.
    pub ranks: i64,
    /// Hexadecimal.
    pub commitment: String,
}

/// Shows what a list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// 32 bytes.
    pub salt: [u8; 32],
    /// The list as text.
    pub list: String,
}

/// The list as text, from which the commitment is made.
pub fn canonical(round: i64, owner: Owner, version: i64, order: &RankOrder) -> String {
    let owner = match owner {
        Owner::Candidate(id) => format!("candidate {id}"),
        Owner::Opening(id) => format!("opening {id}"),
    };
    let head = format!("round {round}\n{owner}\nversion {version}\n");
    order.ranked().fold(head, |mut text, (rank, id)| {
        writeln!(text, "{rank} {id}").expect("a String takes every character");
        text
    })
}

impl Opening {
    /// The commitment, hexadecimal.
    pub fn commitment(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(TAG);
        hasher.update("\n");
        hasher.update(self.salt);
        hasher.update(&self.list);
        hex(&hasher.finalize())
    }

    /// The ranks and whom they go to; none when a line is none of ours.
    fn entries(&self) -> Option<Vec<(u32, RankedId)>> {
        let entry = |line: &str| {
            let (rank, id) = line.split_once(' ')?;
            Some((rank.parse().ok()?, id.parse().ok()?))
        };
        self.list.lines().skip(3).map(entry).collect()
    }

    /// Reads an opening as it was downloaded or pasted.
    pub fn read(text: &str) -> Option<Self> {
        let lines: Vec<&str> = spoken(text).collect();
        let at = lines.iter().position(|line| *line == format!("format: {OPENING}"))?;
        let salt = lines.get(at + 1)?.strip_prefix("salt: ")?;
        let list = lines.get(at + 2..)?;
        let mut bytes = [0; 32];
        if salt.len() != 64 || !salt.is_ascii() {
            return None;
        }
        for (byte, digits) in bytes.iter_mut().zip(salt.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        let list = list.iter().fold(String::new(), |text, line| text + line + "\n");
        let opening = Self { salt: bytes, list };
        opening.entries().map(|_| opening)
    }
}

impl Receipt {
    /// Reads a receipt as it was downloaded or pasted.
    pub fn read(text: &str) -> Option<Self> {
        let lines: Vec<&str> = spoken(text).collect();
        let value = |name: &str| {
            lines.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned)
        };
        (value("format")? == RECEIPT).then_some(())?;
        Some(Self {
            number: value("number")?,
            round: value("round")?.parse().ok()?,
            at_ms: value("at-ms")?.parse().ok()?,
            version: value("version")?.parse().ok()?,
            ranks: value("ranks")?.parse().ok()?,
            commitment: value("commitment")?,
        })
    }

    /// Whether this opening opens this receipt: the commitment is made from it, and round, version and count are its own.
    pub fn is_opened_by(&self, opening: &Opening) -> bool {
        let mut lines = opening.list.lines();
        let head = (lines.next(), lines.nth(1));
        let round = format!("round {}", self.round);
        let version = format!("version {}", self.version);
        head == (Some(&*round), Some(&*version))
            && opening.entries().is_some_and(|entries| i64::try_from(entries.len()) == Ok(self.ranks))
            && opening.commitment() == self.commitment.to_ascii_lowercase()
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, round, at_ms, version, ranks, commitment } = self;
        writeln!(f, "format: {RECEIPT}\nnumber: {number}\nround: {round}\nat-ms: {at_ms}")?;
        writeln!(f, "version: {version}\nranks: {ranks}\ncommitment: {commitment}")
    }
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "format: {OPENING}\nsalt: {}\n{}", hex(&self.salt), self.list)
    }
}

/// The lines that mean something: remarks begin with `#`, and pasting adds blanks and carriage returns.
fn spoken(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes every character");
        text
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::CandidateId;

    fn id<T: std::str::FromStr<Err: fmt::Debug>>(number: u128) -> T {
        Uuid::from_u128(number).to_string().parse().unwrap()
    }

    fn example() -> (Receipt, Opening) {
        let order = RankOrder::new(vec![vec![id(1)], vec![id(3), id(2)]]).unwrap();
        let owner = Owner::Candidate(id::<CandidateId>(9));
        let opening = Opening { salt: [7; 32], list: canonical(3, owner, 5, &order) };
        let receipt = Receipt {
            number: "3-7K2Q-9F4T".to_owned(),
            round: 3,
            at_ms: 1_796_457_600_123,
            version: 5,
            ranks: 3,
            commitment: opening.commitment(),
        };
        (receipt, opening)
    }

    #[test]
    fn the_list_as_text_is_as_described() {
        let (_, opening) = example();
        assert_eq!(
            opening.list,
            "round 3\ncandidate 00000000-0000-0000-0000-000000000009\nversion 5\n\
             1 00000000-0000-0000-0000-000000000001\n2 00000000-0000-0000-0000-000000000002\n\
             2 00000000-0000-0000-0000-000000000003\n"
        );
    }

    #[test]
    fn the_commitment_is_what_any_sha256_makes_of_the_description() {
        // printf 'migiude/rol/v1\n' ; 32 × \x07 ; the list above | sha256sum
        let (receipt, _) = example();
        assert_eq!(receipt.commitment, "78fca4d5f0cc277c82de15f8846537b32ae536922c07dc11638f8d2b155e270b");
    }

    #[test]
    fn receipt_and_opening_survive_copying_and_pasting() {
        let (receipt, opening) = example();
        let pasted = |text: String| format!("  # 受領証\r\n\r\n{}\r\n", text.replace('\n', " \r\n"));
        assert_eq!(Receipt::read(&pasted(receipt.to_string())), Some(receipt.clone()));
        assert_eq!(Opening::read(&pasted(opening.to_string())), Some(opening.clone()));
        assert!(receipt.is_opened_by(&opening));
    }

    #[test]
    fn whatever_is_altered_does_not_open_it() {
        let (receipt, opening) = example();
        let lists = [
            opening.list.replace("\n1 ", "\n3 "),
            opening.list.replace("version 5", "version 6"),
            opening.list.replace("candidate", "opening"),
            opening.list.lines().take(5).fold(String::new(), |text, line| text + line + "\n"),
        ];
        for list in lists {
            assert!(!receipt.is_opened_by(&Opening { list, ..opening.clone() }));
        }
        assert!(!receipt.is_opened_by(&Opening { salt: [8; 32], ..opening.clone() }));
        for other in [
            Receipt { round: 4, ..receipt.clone() },
            Receipt { version: 6, ..receipt.clone() },
            Receipt { ranks: 2, ..receipt.clone() },
        ] {
            assert!(!other.is_opened_by(&opening));
        }
    }

    #[test]
    fn what_is_no_receipt_is_not_read_as_one() {
        let (receipt, opening) = example();
        for text in ["", "format: migiude/receipt/v1", &opening.to_string(), "number: 1\nround: x"] {
            assert_eq!(Receipt::read(text), None);
        }
        for text in ["", &receipt.to_string(), "format: migiude/opening/v1\nsalt: 00\nround 1"] {
            assert_eq!(Opening::read(text), None);
        }
        let multibyte = format!("format: migiude/opening/v1\nsalt: {}\nround 1", "あ".repeat(64));
        assert_eq!(Opening::read(&multibyte), None);
    }
}
