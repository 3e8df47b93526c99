//! What the command line says of itself, in the user's language.
//!
//! The English help stands beside the code as doc comments; Japanese takes its place from the texts, found by the
//! names of command and option, so a new option without a text shows its English rather than nothing.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::texts::Lang;

/// The language asked for, found before the words are parsed: a refusal of the words themselves needs it.
pub fn language_of(words: &[String]) -> Lang {
    let after_flag = words
        .iter()
        .zip(words.iter().skip(1))
        .filter(|(flag, _)| *flag == "--lang")
        .map(|(_, tag)| tag.as_str());
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    let from_environment = std::env::var("MIGIUDE_LANG").ok();
    after_flag
        .chain(joined)
        .last()
        .or(from_environment.as_deref())
        .and_then(Lang::from_tag)
        .unwrap_or_default()
}

/// The command with its help in the language.
pub fn in_language(command: clap::Command, lang: Lang) -> clap::Command {
    match lang {
        Lang::En => command,
        Lang::Ja => {
            let mut command = command;
            // Only a built command has its own --help and --version, which are to be Japanese too.
            command.build();
            translate(command, "help", lang)
        }
    }
}

// clap takes headings only as constants; English has its own.
const COMMANDS: &str = "コマンド";
const OPTIONS: &str = "指定";

fn translate(command: clap::Command, path: &str, lang: Lang) -> clap::Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = match text(path, lang) {
        Some(about) => command.about(about),
        None => command,
    };
    command = command.help_template(lang.say("help-template")).subcommand_help_heading(COMMANDS);
    command = command.mut_args(|arg| {
        let arg = arg.help_heading(OPTIONS);
        let id = arg.get_id().as_str().replace('_', "-");
        match text(&format!("{path}--{id}"), lang).or_else(|| text(&format!("help--{id}"), lang)) {
            Some(help) => with_values(arg, help, lang),
            None => arg,
        }
    });
    for name in names {
        let path = format!("{path}-{name}");
        command = command.mut_subcommand(name, |sub| translate(sub, &path, lang));
    }
    command
}

/// The help of an option, followed by what each of its values means.
fn with_values(arg: clap::Arg, help: String, lang: Lang) -> clap::Arg {
    let shown = !arg.is_hide_possible_values_set() && arg.get_action().takes_values();
    let values = if shown { arg.get_possible_values() } else { Vec::new() };
    let meaning = |name: &str| text(&format!("help-value-{name}"), lang);
    let line =
        |name: &str| meaning(name).map_or_else(String::new, |meaning| format!("\n- {name}：{meaning}"));
    let names: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
    let lines: String = if names.iter().any(|name| meaning(name).is_some()) {
        names.iter().map(|name| line(name)).collect()
    } else if names.is_empty() {
        String::new()
    } else {
        format!("\n（{}）", names.join("・"))
    };
    arg.help(help + &lines).hide_possible_values(true)
}

fn text(key: &str, lang: Lang) -> Option<String> {
    Some(lang.say(key)).filter(|said| said != key)
}

/// A refusal of the words on the command line: what, and what to do.
pub fn refusal(error: &clap::Error, lang: Lang) -> String {
    if lang == Lang::En {
        return error.to_string();
    }
    let part = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let arg = part(ContextKind::InvalidArg);
    let value = part(ContextKind::InvalidValue);
    let valid = part(ContextKind::ValidValue);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => lang.say_with("cli-unknown-argument", &[("arg", &arg)]),
        ErrorKind::InvalidSubcommand => {
            lang.say_with("cli-unknown-command", &[("name", &part(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::InvalidValue if value.is_empty() => lang.say_with("cli-no-value", &[("arg", &arg)]),
        ErrorKind::InvalidValue => {
            lang.say_with("cli-invalid-value", &[("arg", &arg), ("value", &value), ("valid", &valid)])
        }
        ErrorKind::ValueValidation => {
            lang.say_with("cli-unreadable-value", &[("arg", &arg), ("value", &value)])
        }
        ErrorKind::MissingRequiredArgument => lang.say_with("cli-missing-argument", &[("arg", &arg)]),
        ErrorKind::MissingSubcommand => lang.say("cli-missing-command"),
        ErrorKind::ArgumentConflict => lang.say_with("cli-conflict", &[("arg", &arg)]),
        _ => return error.to_string(),
    };
    format!("{said}\n{}\n", lang.say("cli-see-help"))
}
