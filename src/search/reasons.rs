//! Why something was found, in words that a president understands.

use super::facets::Facet;
use super::{Note, Reason, Taken};
use crate::texts::Lang;

/// Says a reason: 「番頭」を言いかえた「右腕」に一致.
pub fn say_reason(reason: &Reason, lang: Lang) -> String {
    match reason {
        Reason::Word { asked } => lang.say_with("reason-word", &[("asked", asked)]),
        Reason::Synonym { asked, found } => {
            lang.say_with("reason-synonym", &[("asked", asked), ("found", found)])
        }
        Reason::Typo { asked, found } => lang.say_with("reason-typo", &[("asked", asked), ("found", found)]),
        Reason::Part { asked } => lang.say_with("reason-part", &[("asked", asked)]),
        Reason::Filter { facet, value } => {
            let (label, value) = match Facet::named(facet) {
                Some(known) => (known.label(lang), known.value_label(value, lang)),
                None => (facet.clone(), value.clone()),
            };
            lang.say_with("reason-filter", &[("facet", &label), ("value", &value)])
        }
    }
}

/// Says how a question was taken, and from where the answer is.
pub fn say_note(note: &Note, lang: Lang) -> String {
    match note {
        Note::Taken(Taken::Cut { kept }) => lang.say_with("note-cut", &[("kept", kept)]),
        Note::Taken(Taken::Fewer { found, asked }) => {
            lang.say_with("note-fewer", &[("found", found), ("asked", asked)])
        }
        Note::Taken(Taken::Perhaps { asked, meant }) => {
            let meant = meant.join(lang.pick("」「", "\", \""));
            lang.say_with("note-perhaps", &[("asked", asked), ("meant", &meant)])
        }
        Note::Taken(Taken::Ignored { word }) => lang.say_with("note-ignored", &[("word", word)]),
        Note::FromRecords => lang.say("note-from-records"),
    }
}
