//! The form of an opening: its fields, in the order and the steps in which they are asked, told once for the editor, the
//! checks, the preview and the public page.

use crate::rules::wording::Scope;

/// A page of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What is tried, and its heading.
    Basics,
    /// Why, and who we are.
    Story,
    /// What there is to do.
    Work,
    /// What the law asks.
    Terms,
    /// Whom to ask.
    Contact,
}

impl Step {
    /// In order.
    pub const ALL: [Self; 5] = [Self::Basics, Self::Story, Self::Work, Self::Terms, Self::Contact];

    /// As addresses and text keys name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Story => "story",
            Self::Work => "work",
            Self::Terms => "terms",
            Self::Contact => "contact",
        }
    }

    /// The step of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// The one after it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// So many lines.
    Lines(u8),
    /// A whole number within bounds.
    Number(u64, u64),
    /// Days of a week: 0.5 to 7.
    Days,
    /// A day.
    Date,
    /// One of these codes.
    One(&'static [&'static str]),
    /// Yes or nothing.
    Check,
}

/// Of which contracts a field is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Of every one.
    All,
    /// Of employment.
    Employment,
    /// Of services.
    Freelance,
}

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Its name in forms, texts and addresses; for an item of the law the item's field.
    pub name: &'static str,
    /// The page where it is asked.
    pub step: Step,
    /// How it is filled in.
    pub shape: Shape,
    /// Of which contracts it is asked.
    pub of: Of,
    /// Which rules of wording are for it; none for what is no prose.
    pub scope: Option<Scope>,
    /// Whether an opening without it cannot be published, whatever the contract.
    pub must: bool,
    /// The advised length in characters; (0, 0) for none.
    pub length: (usize, usize),
}

const fn field(name: &'static str, step: Step, shape: Shape) -> Spec {
    Spec { name, step, shape, of: Of::All, scope: None, must: false, length: (0, 0) }
}

impl Spec {
    const fn must(mut self) -> Self {
        self.must = true;
        self
    }

    const fn of(mut self, of: Of) -> Self {
        self.of = of;
        self
    }

    const fn said_in(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }

    const fn advised(mut self, from: usize, to: usize) -> Self {
        self.length = (from, to);
        self
    }

    /// Whether it is asked of a contract (`employment`, `freelance`).
    pub fn is_asked(&self, contract: &str) -> bool {
        match self.of {
            Of::All => true,
            Of::Employment => contract == "employment",
            Of::Freelance => contract == "freelance",
        }
    }
}

use Scope::{Conditions, Requirements, Story as Narrative};
use Shape::{Check, Date, Days, Line, Lines, Number, One};
use Step::{Basics, Contact, Story, Terms, Work};

/// Every field, in order.
pub const FIELDS: &[Spec] = &[
    field("kind", Basics, One(&["trial_succession", "trial_cxo"])).must(),
    field("both_kinds", Basics, Check),
    field("title", Basics, Line).must().said_in(Requirements).advised(22, 48),
    field("catch", Basics, Lines(2)).said_in(Requirements).advised(30, 60),
    field("role", Basics, Line).said_in(Requirements),
    field("seats", Basics, Number(1, 20)).must(),
    field("start", Basics, Date),
    field("deadline", Basics, Date),
    field("story", Story, Lines(14)).said_in(Narrative).advised(900, 1800),
    field("why_now", Story, Lines(5)).said_in(Narrative).advised(120, 300),
    field("honest", Story, Lines(5)).must().said_in(Narrative),
    field("region", Story, Lines(5)).said_in(Narrative).advised(200, 400),
    field("mission", Work, Lines(4)).must().said_in(Requirements),
    field("job_content", Work, Lines(6)).must().said_in(Requirements),
    field("entrusted", Work, Lines(3)).said_in(Requirements),
    field("not_entrusted", Work, Lines(3)).said_in(Requirements),
    field("wanted", Work, Lines(4)).said_in(Requirements),
    field("welcome", Work, Lines(3)).said_in(Requirements),
    field("not_fit", Work, Lines(3)).said_in(Requirements),
    field("skills", Work, Line).said_in(Requirements),
    field("handover_outlook", Work, Lines(4)).said_in(Narrative).advised(100, 250),
    field("faq", Work, Lines(6)).said_in(Requirements),
    field("contract", Terms, One(&["service", "permanent", "fixed_term"])).must(),
    field("days_min", Terms, Days).must(),
    field("days_max", Terms, Days),
    field("remote_max", Terms, Number(0, 100)),
    field("months_min", Terms, Number(1, 120)),
    field("months_max", Terms, Number(1, 120)),
    field("pay_unit", Terms, One(&["month", "hour", "day", "year", "success", "unpaid"])).must(),
    field("pay_min", Terms, Number(0, 100_000_000)),
    field("pay_max", Terms, Number(0, 100_000_000)),
    field("wage", Terms, Lines(3)).of(Of::Employment).said_in(Conditions),
    field("fee", Terms, Lines(3)).of(Of::Freelance).said_in(Conditions),
    field("place_period_time", Terms, Lines(3)).of(Of::Freelance).said_in(Conditions),
    field("termination", Terms, Lines(3)).of(Of::Freelance).said_in(Conditions),
    field("workplace", Terms, Lines(2)).said_in(Conditions),
    field("workplace_range", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("job_content_range", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("contract_period", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("renewable", Terms, Check).of(Of::Employment),
    field("renewal_criteria", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("renewal_limit", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("probation", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("probation_differs", Terms, Check).of(Of::Employment),
    field("probation_terms", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("working_hours", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("breaks", Terms, Line).of(Of::Employment).said_in(Conditions),
    field("overtime", Terms, Line).of(Of::Employment).said_in(Conditions),
    field("holidays", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("has_discretionary_work", Terms, Check).of(Of::Employment),
    field("discretionary_work", Terms, Lines(2)).of(Of::Employment).said_in(Conditions),
    field("has_fixed_overtime", Terms, Check).of(Of::Employment),
    field("fixed_overtime", Terms, Lines(3)).of(Of::Employment).said_in(Conditions),
    field("social_insurance", Terms, Line).of(Of::Employment).said_in(Conditions),
    field("smoking_measures", Terms, Line).of(Of::Employment).said_in(Conditions),
    field("dispatch_flag", Terms, One(&["no", "yes"])).of(Of::Employment),
    field("recruiter_name", Contact, Line),
    field("recruiter_address", Contact, Line),
    field("recruiter_contact", Contact, Line),
    field("consultation_desk", Contact, Lines(2)),
    field("contact_rules", Contact, Lines(3)),
    field("overnight", Contact, Check),
    field("overnight_plan", Contact, Lines(3)),
];

/// The field of this name.
pub fn spec(name: &str) -> Option<&'static Spec> {
    FIELDS.iter().find(|spec| spec.name == name)
}
