//! The form of an opening: its fields, in the order and the steps in which they are asked, told once for the editor, the
//! checks, the preview and the public page.

use super::Form;
use crate::domain::{HORIZONS, RESIDENCES};
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

/// Of which contracts a field is asked, as the table of the law names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Of every one.
    All,
    /// Of these.
    Only(&'static [&'static str]),
}

/// The contract of a form as the table of the law names it; a service while none is chosen.
pub fn contract_of(form: &Form) -> &'static str {
    match form.get("contract").map(|code| code.trim()) {
        Some("permanent" | "fixed_term") => "employment",
        Some("officer") => "officer",
        Some("secondment") => "secondment",
        Some("visit") => "visit",
        Some("transfer") => "transfer",
        _ => "freelance",
    }
}

/// The fields of a form that are asked of its contract: what was typed for another one is kept, and says nothing.
pub fn asked(form: &Form) -> Form {
    let contract = contract_of(form);
    let asked = FIELDS.iter().filter(|spec| spec.is_asked(contract));
    asked.filter_map(|spec| Some((spec.name.to_owned(), form.get(spec.name)?.clone()))).collect()
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
    /// Whether an opening without it cannot be published.
    pub must: bool,
    /// Whether it is for the firm and the desk alone.
    pub inward: bool,
    /// The advised length in characters; (0, 0) for none.
    pub length: (usize, usize),
}

const fn field(name: &'static str, step: Step, shape: Shape) -> Spec {
    Spec { name, step, shape, of: Of::All, scope: None, must: false, inward: false, length: (0, 0) }
}

impl Spec {
    const fn must(mut self) -> Self {
        self.must = true;
        self
    }

    const fn inward(mut self) -> Self {
        self.inward = true;
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

    /// Whether it is asked of a contract (`employment`, `freelance` …).
    pub fn is_asked(&self, contract: &str) -> bool {
        match self.of {
            Of::All => true,
            Of::Only(contracts) => contracts.contains(&contract),
        }
    }
}

use Scope::{Conditions, Requirements, Story as Narrative};
use Shape::{Check, Date, Days, Line, Lines, Number, One};
use Step::{Basics, Contact, Story, Terms, Work};

const CONTRACTS: [&str; 7] =
    ["service", "permanent", "fixed_term", "officer", "secondment", "visit", "transfer"];
const EMPLOYMENT: Of = Of::Only(&["employment"]);
const SERVICE: Of = Of::Only(&["freelance"]);
const OFFICER: Of = Of::Only(&["officer"]);
const SECONDMENT: Of = Of::Only(&["secondment"]);
const VISIT: Of = Of::Only(&["visit"]);
const TRANSFER: Of = Of::Only(&["transfer"]);
/// Work that goes on, week by week.
const WORKING: Of = Of::Only(&["employment", "freelance", "officer", "secondment"]);
/// Work that the firm pays.
const PAID: Of = Of::Only(&["employment", "freelance", "officer"]);
/// Of which somebody could be a worker by another name.
const DOUBTFUL: Of = Of::Only(&["freelance", "visit"]);
const YES_NO: Shape = One(&["yes", "no"]);

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
    field("horizon", Work, One(&HORIZONS)),
    field("handover_outlook", Work, Lines(4)).said_in(Narrative).advised(100, 250),
    field("faq", Work, Lines(6)).said_in(Requirements),
    field("contract", Terms, One(&CONTRACTS)).must(),
    field("days_min", Terms, Days).of(WORKING).must(),
    field("days_max", Terms, Days).of(WORKING),
    field("remote_max", Terms, Number(0, 100)).of(WORKING),
    field("months_min", Terms, Number(1, 120)).of(WORKING),
    field("months_max", Terms, Number(1, 120)).of(WORKING),
    field("pay_unit", Terms, One(&["month", "hour", "day", "year", "success", "unpaid"])).of(PAID).must(),
    field("pay_min", Terms, Number(0, 100_000_000)).of(PAID),
    field("pay_max", Terms, Number(0, 100_000_000)).of(PAID),
    field("wage", Terms, Lines(3)).of(EMPLOYMENT).said_in(Conditions),
    field("fee", Terms, Lines(3)).of(Of::Only(&["freelance", "officer"])).said_in(Conditions),
    field("place_period_time", Terms, Lines(3)).of(SERVICE).said_in(Conditions),
    field("termination", Terms, Lines(3)).of(SERVICE).said_in(Conditions),
    field("workplace", Terms, Lines(2)).said_in(Conditions),
    field("residence", Terms, One(&RESIDENCES)),
    field("workplace_range", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("job_content_range", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("contract_period", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("renewable", Terms, Check).of(EMPLOYMENT),
    field("renewal_criteria", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("renewal_limit", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("probation", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("probation_differs", Terms, Check).of(EMPLOYMENT),
    field("probation_terms", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("working_hours", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("breaks", Terms, Line).of(EMPLOYMENT).said_in(Conditions),
    field("overtime", Terms, Line).of(EMPLOYMENT).said_in(Conditions),
    field("holidays", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("has_discretionary_work", Terms, Check).of(EMPLOYMENT),
    field("discretionary_work", Terms, Lines(2)).of(EMPLOYMENT).said_in(Conditions),
    field("has_fixed_overtime", Terms, Check).of(EMPLOYMENT),
    field("fixed_overtime", Terms, Lines(3)).of(EMPLOYMENT).said_in(Conditions),
    field("social_insurance", Terms, Line).of(EMPLOYMENT).said_in(Conditions),
    field("smoking_measures", Terms, Line).of(EMPLOYMENT).said_in(Conditions),
    field("dispatch_flag", Terms, One(&["no", "yes"])).of(EMPLOYMENT),
    field("appointment", Terms, Lines(4)).of(OFFICER).said_in(Conditions),
    field("origin_agreement", Terms, Lines(4)).of(SECONDMENT).said_in(Conditions),
    field("visit_plan", Terms, Lines(4)).of(VISIT).said_in(Conditions),
    field("visit_days", Terms, Number(1, 30)).of(VISIT).must(),
    field("insurance", Terms, Line).of(VISIT).said_in(Conditions),
    field("transfer_terms", Terms, Lines(4)).of(TRANSFER).said_in(Conditions),
    field("transfer_support", Terms, Lines(2)).of(TRANSFER).said_in(Conditions),
    field("status_refuse", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_orders", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_place_time", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_attendance", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_substitute", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_pay_by_time", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_penalty", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_tools", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_exclusive", Terms, YES_NO).of(DOUBTFUL).inward(),
    field("status_rules", Terms, YES_NO).of(DOUBTFUL).inward(),
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
