//! A text with gaps: 「{name} 様」. Which gaps there are, where an unknown one stands, and filling them. Pure.

/// The gaps that a letter may have; `desk-gap-{name}` says what goes into each.
pub const NAMES: [&str; 5] = ["name", "firm", "desk", "operator", "today"];

/// Something between braces that is no gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// As it stands in the text, braces included.
    pub text: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// Everything between braces that is no gap, and braces that are never closed, in order.
pub fn misplaced(text: &str) -> Vec<Misplaced> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let mut from = 0;
        while let Some(open) = line[from..].find('{').map(|at| at + from) {
            let end = line[open..].find('}').map_or(line.len(), |at| open + at + 1);
            let gap = &line[open..end];
            if name_of(gap).is_none() {
                let column = line[..open].chars().count() + 1;
                found.push(Misplaced { text: gap.to_owned(), line: number, column });
            }
            from = end;
        }
    }
    found
}

/// The gaps of a text, each once, in order.
pub fn used(text: &str) -> Vec<&'static str> {
    NAMES.into_iter().filter(|name| text.contains(&format!("{{{name}}}"))).collect()
}

/// The text with its gaps filled. What goes in is not looked at again: a name with braces stays a name.
pub fn fill(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out += &rest[..open];
        let end = rest[open..].find('}').map(|at| open + at + 1);
        match end.and_then(|end| Some((name_of(&rest[open..end])?, end))) {
            Some((name, end)) => {
                out += &value(name);
                rest = &rest[end..];
            }
            None => {
                out.push('{');
                rest = &rest[open + 1..];
            }
        }
    }
    out + rest
}

fn name_of(gap: &str) -> Option<&'static str> {
    let inner = gap.strip_prefix('{')?.strip_suffix('}')?;
    NAMES.into_iter().find(|name| *name == inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_gap_is_told_with_its_place() {
        let text = "{name} 様\nお世話になります。{frim}の皆様へ、{today}\n終わり{";
        let place = |text: &str, line, column| Misplaced { text: text.to_owned(), line, column };
        assert_eq!(misplaced(text), [place("{frim}", 2, 10), place("{", 3, 4)]);
        assert_eq!(misplaced("{name}{firm}{desk}{operator}{today} 100}%"), []);
    }

    #[test]
    fn gaps_are_filled_once_and_what_goes_in_is_left_alone() {
        let value = |name: &str| if name == "name" { "{firm}".to_owned() } else { "備中酒造".to_owned() };
        assert_eq!(fill("{name}様、{firm}の{x}", value), "{firm}様、備中酒造の{x}");
    }

    #[test]
    fn the_gaps_in_use_are_known() {
        assert_eq!(used("{today}に{name}様"), ["name", "today"]);
    }
}
