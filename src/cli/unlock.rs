//! `migiude unlock`: for somebody who has lost telephone and recovery codes, when nobody else can help them in.

use clap::Args;

use super::failure::Failure;
use super::{Done, Workplace};
use crate::accounts::{AccountError, Administrator, SystemChance, Tools, second};
use crate::texts::Lang;

/// Take passkeys and authenticator app away from an account whose owner has lost them
#[derive(Args, Clone, Debug)]
pub struct UnlockArgs {
    /// The log-in name of the account
    pub login: String,
}

/// Takes the second proofs away; the password stays.
pub async fn run(args: UnlockArgs, workplace: &Workplace, lang: Lang) -> Result<Done, Failure> {
    let tools = Tools { db: &workplace.db, clock: &*workplace.clock, chance: &SystemChance };
    match second::clear_of(&Administrator::at_the_console(), &args.login, tools).await {
        Ok(()) => Ok(Done::saying(lang.say_with("cli-unlocked", &[("login", &args.login)]))),
        Err(AccountError::NotYours) => {
            Err(Failure::bad_input(lang.say_with("cli-unlock-nobody", &[("login", &args.login)])))
        }
        Err(other) => Err(Failure::bad_input(other.say(lang))),
    }
}
