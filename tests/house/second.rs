//! The second proof that whoever works for the programme owes, given as they would give it.

use std::time::{SystemTime, UNIX_EPOCH};

use totp_rs::{Builder, Secret};

use super::Browser;

impl Browser {
    /// Sets up an authenticator app on the page that asks for a second proof. The recovery codes, one for each log-in to
    /// come: a code of the app works once.
    #[track_caller]
    pub fn sets_up_an_app(&self) -> Vec<String> {
        self.shows("もうひとつの確認");
        self.press("認証アプリを使い始める");
        let secret = self.texts("//code").concat().replace(' ', "");
        self.fill("code", &code_of(&secret));
        self.press("番号を確かめて使い始める");
        let codes = self.texts("//code");
        assert_eq!(codes.len(), 10, "{}", self.text());
        self.follow("控えました");
        codes
    }
}

/// What the app shows now.
pub fn code_of(secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret in base 32");
    let app = Builder::new().with_secret(secret).build().expect("an app");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970").as_secs();
    app.generate(now).to_string()
}
