//! Ten thousand questions as nobody would ask them: each is answered, or refused with a sentence.

use std::fmt::Write;

use super::Site;
use super::house::{firm, on_postgresql, opening};
use crate::domain::{Changes, OpenName};

const QUESTIONS: u64 = 10_000;
/// The same answers come from the same index; another engine keeps only the records.
const ON_POSTGRESQL: u64 = 500;

/// What words are made of.
const PIECES: [&str; 48] = [
    "番頭",
    "右腕",
    "週1",
    "週に二日",
    "三ヶ月",
    "酒",
    "酒蔵",
    "さかぐら",
    "トウフ",
    "ﾏｰｹﾃｨﾝｸﾞ",
    "マーケテイング",
    "kintone",
    "KINTNE",
    "京都",
    "東京都",
    "髙﨑",
    "葛󠄀",
    "社長の右腕として新しい売り先を探す仕事",
    "お試し事業承継",
    "雇用（無期）",
    "ー",
    "ーーーー",
    "か\u{3099}",
    "㈱",
    "ｱﾞﾞﾞ",
    "🏭",
    "👨‍👩‍👧",
    "\u{202e}",
    "\u{0}",
    "\u{7f}",
    "\u{feff}",
    "é̀̂̃",
    "Ω",
    "שלום",
    "مرحبا",
    "한국",
    "ไทย",
    "\"",
    "'; DROP TABLE openings; --",
    "<script>alert(1)</script>",
    "AND OR NOT",
    "*:*",
    "[a TO z]",
    "番~2^3",
    "..",
    "\\",
    "%",
    "９９９９９９９９９９９９９９９９９９９９",
];
/// Names of filters, known and unknown.
const NAMES: [&str; 18] = [
    "kind",
    "region",
    "pref",
    "muni",
    "industry",
    "role",
    "days",
    "remote",
    "contract",
    "pay",
    "start",
    "horizon",
    "residence",
    "skill",
    "sort",
    "after",
    "before",
    "nonsense",
];
/// Values, right and wrong.
const VALUES: [&str; 20] = [
    "",
    "岡山県",
    "Okayama",
    "中国",
    "cxo",
    "trial_cxo",
    "お試しCxO",
    "1",
    "週1日",
    "le1",
    "full",
    "service",
    "99999999999999999999",
    "-1",
    "0.5",
    "new",
    "closing",
    "1000.0190",
    "9223372036854775808.x",
    ".",
];

/// splitmix64 (Steele, Lea and Flood, 2014): the same questions every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn words(&mut self) -> String {
        let count = self.below(6);
        let spaces = [" ", "　", "", "、", "\t", "\n"];
        let mut words = String::new();
        for _ in 0..count {
            let times = if self.below(40) == 0 { 1 + self.below(400) } else { 1 };
            let _ = write!(words, "{}{}", self.one(&PIECES).repeat(times), self.one(&spaces));
        }
        // A longer address is no address.
        words.chars().take(1_000).collect()
    }

    fn address(&mut self) -> String {
        let page = if self.below(10) == 0 { "/openings/suggest" } else { "/openings" };
        let mut address = format!("{page}?q={}", encoded(&self.words()));
        for _ in 0..self.below(4) {
            let value = if self.below(4) == 0 { self.words() } else { self.one(&VALUES).to_owned() };
            let _ = write!(address, "&{}={}", self.one(&NAMES), encoded(&value));
        }
        // What no browser sends: bytes that are no text, half an escape, a name without a value.
        match self.below(50) {
            0 => address.push_str("%ff%fe"),
            1 => address.push_str("%e7%95"),
            2 => address.push_str("&pref&&=&%"),
            _ => {}
        }
        address
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "%{byte:02x}");
        all
    })
}

#[tokio::test]
async fn any_question_is_answered_or_refused_with_a_sentence() {
    let mut site = Site::with_operator().await;
    let brewery = firm(1, "白壁酒造株式会社", "岡山県", OpenName::Agreed);
    let openings = ["酒蔵の番頭", "マーケティングの右腕", "豆腐屋の後継者"];
    let openings = (11..).zip(openings).map(|(number, title)| opening(number, &brewery, title)).collect();
    site.write(&Changes { firms: vec![brewery], openings, ..Changes::default() }).await;
    site.another_browser();
    let mut chance = Chance(2026);
    let (mut answered, mut refused) = (0, 0);
    for number in 0..if on_postgresql() { ON_POSTGRESQL } else { QUESTIONS } {
        let address = chance.address();
        let answer = site.get(&address).await;
        match answer.status.as_u16() {
            200 => answered += 1,
            400 => {
                refused += 1;
                assert!(
                    answer.body.contains('。'),
                    "question {number} is refused without a sentence: {address}"
                );
            }
            status => panic!("question {number} gets {status}: {address}"),
        }
    }
    assert!(answered * 3 > refused && refused > 0, "{answered} answered, {refused} refused");
}
