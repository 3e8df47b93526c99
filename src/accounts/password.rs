//! Passwords: what may be chosen, how it is kept, and how many are checked at a time.
//!
//! Rules after NIST SP 800-63B-4: a minimal length, no composition rules, no expiry, any Unicode (compared in
//! NFKC, so that half and full width are the same), and no password that everybody knows.

use std::sync::{Arc, LazyLock};

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::{AccountError, Chance};

/// The fewest characters of a password that stands alone (NIST SP 800-63B-4, 3.1.1.2).
pub(super) const SHORTEST: usize = 15;
/// The most; hashing more would only serve those who want to keep us busy.
pub(super) const LONGEST: usize = 128;

/// Passwords (15 characters or more, lower case) that are tried first by everybody who guesses.
const KNOWN: &str = include_str!("known_passwords.txt");

/// Argon2id with its default cost (19 MiB, two passes) takes tens of milliseconds of a whole core; two at a time
/// leave the server able to answer everybody else.
static SLOTS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));
/// More waiting than this are asked to come back.
static QUEUE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2 + 16)));

/// The hash of a password nobody has: checking an unknown log-in name costs the same time as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bWlnaXVkZS1ub2JvZHktMQ$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What is wrong with a chosen password: the key of the text that says it.
pub(super) fn fault(password: &str, login: &str) -> Option<&'static str> {
    let normal = normal(password);
    let length = normal.chars().count();
    let lower = normal.to_lowercase();
    if length < SHORTEST {
        Some("accounts-password-short")
    } else if length > LONGEST {
        Some("accounts-password-long")
    } else if KNOWN.lines().any(|known| known == lower) || repeats(&lower) || lower == login {
        Some("accounts-password-known")
    } else {
        None
    }
}

/// Hashes a password to be kept.
pub(super) async fn hash(password: &str, chance: &dyn Chance) -> Result<String, AccountError> {
    let mut salt = [0; 16];
    chance.fill(&mut salt);
    let password = normal(password);
    in_a_slot(move || {
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|cause| AccountError::Hash(cause.to_string()))
    })
    .await
}

/// Whether this is the password of the account whose hash is given. Without an account it takes as long and says no.
pub(super) async fn is_right(password: &str, hash: Option<&str>) -> Result<bool, AccountError> {
    // Nobody has a password this long, and hashing it would cost more.
    let password: String = normal(password).chars().take(LONGEST + 1).collect();
    let (hash, known) = (hash.unwrap_or(NOBODY).to_owned(), hash.is_some());
    in_a_slot(move || {
        let hash = argon2::PasswordHash::new(&hash).map_err(|cause| AccountError::Hash(cause.to_string()))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known)
    })
    .await
}

async fn in_a_slot<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AccountError> + Send + 'static,
) -> Result<T, AccountError> {
    let _place = QUEUE.clone().try_acquire_owned().map_err(|_| AccountError::Busy)?;
    let slot = SLOTS.clone().acquire_owned().await.map_err(|_| AccountError::Busy)?;
    let work = tokio::task::spawn_blocking(move || {
        let _slot = slot;
        work()
    });
    work.await.map_err(|cause| AccountError::Hash(cause.to_string()))?
}

fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// Whether a password is a short piece over and over: 「ああああ…」, `abc123abc123…`.
fn repeats(password: &str) -> bool {
    let signs: Vec<char> = password.chars().collect();
    (1..=signs.len() / 2).any(|period| signs.iter().zip(&signs[period..]).all(|(one, other)| one == other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::SystemChance;

    #[test]
    fn a_long_sentence_is_a_good_password_and_a_short_or_famous_one_is_not() {
        assert_eq!(fault("うちの蔵は三代目です。", "tanaka"), Some("accounts-password-short"));
        assert_eq!(fault("うちの蔵は三代目で百年続く", "tanaka"), Some("accounts-password-short"));
        assert_eq!(fault("うちの蔵は三代目で百年と五年です", "tanaka"), None);
        assert_eq!(fault("Password12345678", "tanaka"), Some("accounts-password-known"));
        assert_eq!(fault("ｐａｓｓｗｏｒｄ１２３４５６７８", "tanaka"), Some("accounts-password-known"));
        assert_eq!(fault("あああああああああああああああ", "tanaka"), Some("accounts-password-known"));
        assert_eq!(
            fault("tanaka-hanako@example.jp", "tanaka-hanako@example.jp"),
            Some("accounts-password-known")
        );
        assert_eq!(fault(&"長".repeat(129), "tanaka"), Some("accounts-password-long"));
    }

    #[tokio::test]
    async fn the_same_password_in_another_width_is_the_same_password() {
        let hash = hash("kura no migiude 3", &SystemChance).await.unwrap();
        assert!(is_right("ｋｕｒａ ｎｏ ｍｉｇｉｕｄｅ ３", Some(&hash)).await.unwrap());
        assert!(!is_right("kura no migiude 4", Some(&hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_logs_in_with_the_hash_of_nobody() {
        assert!(!is_right("", None).await.unwrap());
    }
}
