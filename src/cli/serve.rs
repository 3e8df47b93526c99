//! `migiude serve`: the pages, for as long as they are wanted.

use std::net::SocketAddr;

use super::{Done, Failure, Serving, Workplace};
use crate::accounts::{self, SystemChance};
use crate::texts::Lang;

/// Open the pages to a browser
#[derive(clap::Args, Debug)]
pub struct ServeArgs {
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    /// A proxy in front speaks https to the browser: cookies are kept to https
    #[arg(long)]
    pub behind_https: bool,
    /// The address under which browsers reach this server, for letters and passkeys
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Who carries letters
    #[command(flatten)]
    pub post: PostArgs,
}

/// Who carries letters; without a mail server they are put into the data directory.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct PostArgs {
    /// Mail server for letters (smtps://user:password@host, or smtp://host:587?tls=required); without one they are put into
    /// the data directory
    #[arg(long, value_name = "URL", env = "MIGIUDE_SMTP", hide_env_values = true, requires = "mail_from")]
    pub smtp: Option<String>,
    /// Address from which letters come
    #[arg(long, value_name = "ADDRESS", env = "MIGIUDE_MAIL_FROM")]
    pub mail_from: Option<String>,
}

/// Prepares the greeting; `app` opens the door.
pub async fn run(args: ServeArgs, workplace: &Workplace, lang: Lang) -> Result<Done, Failure> {
    let code = accounts::setup_code(&workplace.db, workplace.clock.as_ref(), &SystemChance)
        .await
        .map_err(|error| Failure::bad_input(error.say(lang)))?;
    let mut greeting = lang.say("serve-open") + "\n";
    if let Some(code) = code {
        greeting += &(lang.say_with("serve-setup", &[("code", &code)]) + "\n");
    }
    let serving = Serving {
        listen: args.listen,
        or_next: false,
        https: args.behind_https,
        public_url: args.public_url.map(|url| url.trim_end_matches('/').to_owned()),
        greeting,
        post: args.post,
    };
    Ok(Done { serve: Some(serving), ..Done::default() })
}
