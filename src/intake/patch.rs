//! What one cell does to one stored value, and what a row of such cells does to a record.

use crate::domain::{Consent, OpenName, SideJob};
use unicode_normalization::UnicodeNormalization;

/// What a cell does to the stored value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Patch<T> {
    /// An empty or unreadable cell leaves the value as it is.
    #[default]
    Keep,
    /// A marker such as なし takes the value away.
    Clear,
    /// A value takes the place of the stored one.
    Set(T),
}

impl<T> Patch<T> {
    /// The value, if the cell gives one.
    pub(super) fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// A later row of the same record in the same file: the first row's value stays, a gap is filled.
    pub(super) fn fill_from(&mut self, later: Self) {
        if matches!(self, Self::Keep | Self::Clear) && matches!(later, Self::Set(_)) {
            *self = later;
        }
    }

    /// Writes the cell into its slot.
    pub(super) fn write<S: Slot<Value = T>>(&self, slot: &mut S)
    where
        T: Clone + PartialEq + Same,
    {
        match self {
            Self::Keep => {}
            Self::Clear => slot.clear(),
            Self::Set(value) => {
                if !slot.get().is_some_and(|old| old.same(value)) {
                    slot.set(value.clone());
                }
            }
        }
    }
}

/// Where a fact is kept.
pub(super) trait Slot {
    /// What is kept there.
    type Value;
    /// The value, if there is one.
    fn get(&self) -> Option<&Self::Value>;
    /// Puts a value in.
    fn set(&mut self, value: Self::Value);
    /// Takes the value away, or puts back what an empty cell of a new record means.
    fn clear(&mut self);
}

impl<T> Slot for Option<T> {
    type Value = T;

    fn get(&self) -> Option<&T> {
        self.as_ref()
    }

    fn set(&mut self, value: T) {
        *self = Some(value);
    }

    fn clear(&mut self) {
        *self = None;
    }
}

macro_rules! slots_with_a_ground_value {
    ($($type:ty = $ground:expr),+ $(,)?) => {$(
        impl Slot for $type {
            type Value = Self;

            fn get(&self) -> Option<&Self> {
                Some(self)
            }

            fn set(&mut self, value: Self) {
                *self = value;
            }

            fn clear(&mut self) {
                *self = $ground;
            }
        }
    )+};
}

slots_with_a_ground_value! {
    OpenName = OpenName::Asking,
    SideJob = SideJob::Unknown,
    Consent = Consent::Unknown,
    Vec<String> = Vec::new(),
    // 募集人数: one place unless told otherwise.
    u8 = 1,
}

/// Whether two values are the same for a later edition: differences of width, spaces and line ends are none.
pub(super) trait Same: PartialEq {
    /// Whether putting `other` in the place of `self` would change nothing that counts.
    fn same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Same for String {
    fn same(&self, other: &Self) -> bool {
        self == other || loose(self).eq(loose(other))
    }
}

impl Same for Vec<String> {
    fn same(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(one, two)| one.same(two))
    }
}

fn loose(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc().filter(|letter| !letter.is_whitespace())
}

macro_rules! same_when_equal {
    ($($type:ty),+ $(,)?) => {$(impl Same for $type {})+};
}

use crate::domain::{
    Areas, Contract, ContractWish, CoupleCondition, InterestKind, Length, MoveWish, OneOnly, Pay, Profit,
    Range, Start, Succession, Track, TrialKind,
};

same_when_equal!(
    u8,
    u32,
    i16,
    jiff::civil::Date,
    Range<u8>,
    Range<u16>,
    Range<u64>,
    Areas,
    Contract,
    ContractWish,
    CoupleCondition,
    InterestKind,
    Length,
    MoveWish,
    OneOnly,
    OpenName,
    Pay,
    Profit,
    SideJob,
    Consent,
    Start,
    Succession,
    Track,
    TrialKind,
);

/// Declares the patch of a record: what each cell of one row does to one fact of the same name.
macro_rules! patch_of {
    ($(#[$doc:meta])* $patch:ident for $facts:ty { $($field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(in crate::intake) struct $patch { $(pub(in crate::intake) $field: $crate::intake::patch::Patch<$type>),+ }

        impl $patch {
            /// Writes every cell into its fact.
            pub(in crate::intake) fn write(&self, facts: &mut $facts) {
                $(self.$field.write(&mut facts.$field);)+
            }

            /// Fills the gaps of this row from a later row of the same file.
            pub(in crate::intake) fn fill_from(&mut self, later: Self) {
                $(self.$field.fill_from(later.$field);)+
            }
        }
    };
}
pub(super) use patch_of;
