//! The closed lists of answers that sheets, forms and filters share, with their Japanese and English names.

use serde::{Deserialize, Serialize};

/// One of a closed list of answers.
pub trait Choice: Copy + Sized + 'static {
    /// Every answer, in the order in which a form offers them.
    const ALL: &'static [Self];
    /// The answer as Japanese sheets and pages write it.
    fn ja(self) -> &'static str;
    /// The answer in English.
    fn en(self) -> &'static str;
    /// A short name that never changes: used in addresses and stored facts.
    fn code(self) -> &'static str;
    /// The answer whose Japanese name is exactly this.
    fn from_ja(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.ja() == text)
    }
}

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $ja:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("「", $ja, "」")] #[serde(rename = $code)] $variant,)+ }

        impl Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn ja(self) -> &'static str {
                match self { $(Self::$variant => $ja),+ }
            }

            fn en(self) -> &'static str {
                match self { $(Self::$variant => $en),+ }
            }

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
    };
}

choice!(
    /// What is tried: the succession or the executive post.
    TrialKind {
        Succession = "trial_succession", "お試し事業承継", "Trial succession";
        Cxo = "trial_cxo", "お試しCxO", "Trial CxO";
    }
);
choice!(
    /// The contract of an opening.
    Contract {
        Service = "service", "業務委託", "Contract work";
        Permanent = "permanent", "雇用（無期）", "Employment (permanent)";
        FixedTerm = "fixed_term", "雇用（有期）", "Employment (fixed term)";
        Officer = "officer", "役員・取締役（委任）", "Officer of the company (mandate)";
        Secondment = "secondment", "出向（在籍型）", "Secondment";
        Visit = "visit", "見学・体験（無償）", "Visit (unpaid)";
        Transfer = "transfer", "譲渡を前提", "Towards a transfer of the firm";
    }
);

impl Contract {
    /// Whether the firm employs whoever comes.
    pub fn is_employment(self) -> bool {
        matches!(self, Self::Permanent | Self::FixedTerm)
    }

    /// Whether the firm pays whoever comes: a visit is unpaid, the employer at home pays who is seconded, and what a firm
    /// costs is for its transfer to say.
    pub fn is_paid(self) -> bool {
        !matches!(self, Self::Visit | Self::Secondment | Self::Transfer)
    }
}

choice!(
    /// What a firm says about its successor.
    Succession {
        Decided = "decided", "後継者決定済", "Successor decided";
        Undecided = "undecided", "決めたいが決められていない", "Wants one, undecided";
        Closing = "closing", "自分の代で廃業予定", "Will close with this generation";
        NotConsidered = "not_considered", "未検討", "Not considered yet";
    }
);
choice!(
    /// The result of the latest business year.
    Profit {
        Black = "black", "黒字", "In the black";
        Red = "red", "赤字", "In the red";
    }
);
choice!(
    /// Whether the firm agreed to recruit under its own name.
    OpenName {
        Agreed = "agreed", "同意", "Agreed";
        Refused = "refused", "未同意", "Not agreed";
        Asking = "asking", "確認中", "Being asked";
    }
);
choice!(
    /// What a candidate wants to become.
    Track {
        Successor = "successor", "後継者候補", "Successor";
        Executive = "executive", "経営幹部候補", "Executive";
        Both = "both", "両方", "Either";
    }
);
choice!(
    /// Whether a candidate wants to move.
    MoveWish {
        Move = "move", "移住希望", "Wants to move";
        TwoHomes = "two_homes", "二地域居住希望", "Wants two homes";
        Thinking = "thinking", "検討中", "Thinking about it";
        No = "no", "なし", "No";
    }
);
choice!(
    /// The contract a candidate wants.
    ContractWish {
        Service = "service", "業務委託", "Contract work";
        Employment = "employment", "雇用", "Employment";
        Either = "either", "どちらでも", "Either";
    }
);
choice!(
    /// Whether the main employer permits a side job.
    SideJob {
        Permitted = "permitted", "許可済", "Permitted";
        Asked = "asked", "申請中", "Asked";
        NotNeeded = "not_needed", "不要", "Not needed";
        Unknown = "unknown", "未確認", "Not confirmed";
    }
);
choice!(
    /// Consent to handing personal data to firms.
    Consent {
        Given = "given", "同意", "Given";
        Unknown = "unknown", "未確認", "Not confirmed";
    }
);
choice!(
    /// How strong a candidate's interest in an opening is.
    InterestKind {
        Application = "application", "応募", "Application";
        Interested = "interested", "気になる", "Interested";
    }
);
choice!(
    /// How close two people who move together must be placed.
    CoupleCondition {
        SameFirm = "same_firm", "同じ企業", "Same firm";
        SameTown = "same_town", "同じ市区町村", "Same municipality";
        SamePrefecture = "same_prefecture", "同じ都道府県", "Same prefecture";
        Commutable = "commutable", "通える範囲", "Within commuting distance";
    }
);
choice!(
    /// What holds when only one of the two can be placed.
    OneOnly {
        BothDecline = "both_decline", "二人とも辞退", "Both decline";
        OneIsFine = "one_is_fine", "片方だけでも可", "One alone is fine";
    }
);
choice!(
    /// How far a candidate would go, from listening to taking over.
    Resolve {
        Listen = "listen", "聞いてみたい", "I would like to hear more";
        RightHand = "right_hand", "右腕として力になりたい", "I would help as a right hand";
        MaySucceed = "may_succeed", "継ぐことも考えたい", "I would consider taking over";
        Succeed = "succeed", "継ぎたい", "I want to take over";
    }
);
choice!(
    /// Who may find a candidate's profile without having been asked.
    Visibility {
        Nobody = "nobody", "だれにも見せない", "Nobody";
        Desk = "desk", "窓口の担当だけ", "The regional desk only";
        Firms = "firms", "企業にも（お名前なし）", "Firms too, without my name";
    }
);
choice!(
    /// How much of a candidate a firm may see.
    Scope {
        Profile = "profile", "プロフィール（お名前なし）", "Profile without the name";
        Identity = "identity", "お名前と経歴", "Name and career";
    }
);
choice!(
    /// What somebody comes to a firm for.
    VisitKind {
        Talk = "talk", "話し合い", "Talk";
        Visit = "visit", "見学・訪問", "Visit";
        Interview = "interview", "面談", "Interview";
    }
);

choice!(
    /// How often somebody wants to be told what is new.
    Often {
        AtOnce = "at_once", "すぐに", "At once";
        Daily = "daily", "毎日（朝7時）", "Every day (7 in the morning)";
        Weekly = "weekly", "毎週月曜日（朝7時）", "Every Monday (7 in the morning)";
    }
);
