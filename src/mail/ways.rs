//! The ways out: to a mail server, or into a folder that the operators' page shows. The only place that sends.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::message::Mailbox;
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::envelope::{Draft, Unwritable, draw};

/// How long a mail server may take for one answer, and for a whole message.
const ANSWER: Duration = Duration::from_secs(30);
const MESSAGE: Duration = Duration::from_secs(120);

/// Who sends our letters, and how. Cheap to clone.
#[derive(Clone)]
pub struct Sender {
    way: Way,
    from: Mailbox,
    origin: Arc<str>,
}

#[derive(Clone)]
enum Way {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// Why there is no way out as it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Misfit {
    /// The address of the mail server cannot be read.
    #[error("the address of the mail server cannot be read: {0}")]
    Server(#[from] smtp::Error),
    /// The address from which letters come cannot be read.
    #[error("the address from which letters come cannot be read: {0}")]
    From(#[from] lettre::address::AddressError),
}

/// Why a letter did not get out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Another try may help.
    #[error("{0}")]
    ForNow(String),
    /// The server does not answer at all: other letters would fare no better.
    #[error("{0}")]
    NoServer(String),
    /// No other try will help.
    #[error("{0}")]
    ForGood(String),
}

impl Sender {
    /// Over a mail server: `smtps://user:password@host`, or `smtp://host?tls=required`.
    ///
    /// # Errors
    /// [`Misfit`]: an address cannot be read. Nothing is connected yet.
    pub fn over(server: &str, from: &str, origin: Arc<str>) -> Result<Self, Misfit> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)?.timeout(Some(ANSWER)).build();
        Ok(Self { way: Way::Server(transport), from: from.parse()?, origin })
    }

    /// Into a folder, a file a letter.
    ///
    /// # Errors
    /// [`Misfit`]: the address cannot be read.
    pub fn into_folder(folder: PathBuf, from: &str, origin: Arc<str>) -> Result<Self, Misfit> {
        Ok(Self { way: Way::Folder(folder), from: from.parse()?, origin })
    }

    /// Whether what is sent stays with us: the file in the folder is the delivery.
    pub fn keeps(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    /// Draws a letter, to be kept before the first try.
    ///
    /// # Errors
    /// [`Unwritable`].
    pub fn draw(&self, draft: Draft<'_>) -> Result<String, Unwritable> {
        draw(draft, &self.from, &self.origin)
    }

    /// Sends a drawn message to an address. The same message may be sent again: its Message-ID tells that it is the same.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn send(&self, id: &str, to: &str, message: &str) -> Result<(), Trouble> {
        match &self.way {
            Way::Folder(folder) => {
                let (folder, name, text) = (folder.clone(), format!("{id}.eml"), message.to_owned());
                let put = tokio::task::spawn_blocking(move || put(&folder, &name, &text)).await;
                match put {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(cause)) => Err(Trouble::NoServer(cause.to_string())),
                    Err(cause) => Err(Trouble::ForNow(cause.to_string())),
                }
            }
            Way::Server(server) => {
                let to = to.parse().map_err(|cause| Trouble::ForGood(format!("{cause}")))?;
                let envelope = Envelope::new(Some(self.from.email.clone()), vec![to])
                    .map_err(|cause| Trouble::ForGood(cause.to_string()))?;
                let sending = server.send_raw(&envelope, message.as_bytes());
                match tokio::time::timeout(MESSAGE, sending).await {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(cause)) => Err(trouble(&cause)),
                    Err(_) => Err(Trouble::NoServer("the mail server took too long".to_owned())),
                }
            }
        }
    }
}

/// What a refusal means for this letter and for the others.
fn trouble(cause: &smtp::Error) -> Trouble {
    let mut text = cause.to_string();
    let mut next = std::error::Error::source(cause);
    while let Some(source) = next {
        text = format!("{text}: {source}");
        next = source.source();
    }
    // What a server says of this mailbox or message is final; what it says of us (530, 535 …) may be mended.
    const FINAL: [u16; 5] = [550, 551, 552, 553, 554];
    match cause.status().map(u16::from) {
        Some(code) if FINAL.contains(&code) => Trouble::ForGood(text),
        Some(_) => Trouble::ForNow(text),
        None => Trouble::NoServer(text),
    }
}

/// Writes a file whole or not at all, and makes its name last.
fn put(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".writing-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name))?;
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_letter_becomes_one_file_however_often_it_is_sent() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("mail");
        let sender = Sender::into_folder(folder.clone(), "desk@migiude.example", "http://localhost".into());
        let sender = sender.unwrap();
        for _ in 0..2 {
            sender.send("0198", "a@example.jp", "Subject: x\r\n\r\ny").await.unwrap();
        }
        let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|one| one.unwrap().file_name()).collect();
        assert_eq!(names, ["0198.eml"]);
        assert_eq!(std::fs::read_to_string(folder.join("0198.eml")).unwrap(), "Subject: x\r\n\r\ny");
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_to_is_trouble_for_now() {
        let dir = tempfile::tempdir().unwrap();
        let taken = dir.path().join("mail");
        std::fs::write(&taken, "a file stands in the way").unwrap();
        let sender = Sender::into_folder(taken, "desk@migiude.example", "http://localhost".into()).unwrap();
        let sent = sender.send("0198", "a@example.jp", "x").await;
        assert!(matches!(sent, Err(Trouble::NoServer(_))), "{sent:?}");
    }

    #[test]
    fn addresses_that_cannot_be_read_are_told_before_anything_is_sent() {
        assert!(matches!(Sender::over("http://mail", "a@b.example", "".into()), Err(Misfit::Server(_))));
        assert!(matches!(Sender::over("smtp://mail", "nobody", "".into()), Err(Misfit::From(_))));
    }
}
