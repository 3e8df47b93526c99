//! A town: a new data directory, a database of the asked engine, and the command line in it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::postgres;

/// Which database keeps a town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The file in the data directory.
    Sqlite,
    /// A database of the server that the harness keeps.
    Postgres,
}

/// A place where one story happens. Its directory goes with it.
pub struct Town {
    dir: TempDir,
    database_url: Option<String>,
}

/// What a command answered.
#[derive(Debug)]
pub struct Told {
    /// The exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Town {
    /// A new, empty town.
    pub fn on(engine: Engine) -> Self {
        let dir = TempDir::with_prefix("migiude-town-").expect("a temporary directory");
        let database_url = (engine == Engine::Postgres).then(postgres::database);
        Self { dir, database_url }
    }

    /// A new town without any need for a database server.
    pub fn anywhere() -> Self {
        Self::on(Engine::Sqlite)
    }

    /// The directory in which its commands run.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    /// The address of its database on a server, if it has one.
    pub fn database_url(&self) -> Option<&str> {
        self.database_url.as_deref()
    }

    /// Writes a file into the town's directory.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// The command line with these words, for this town, ready to run.
    pub fn command<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = binary();
        command.current_dir(self.path()).args(words).arg("--data-dir").arg(self.data());
        if let Some(url) = &self.database_url {
            command.args(["--database-url", url]);
        }
        command
    }

    /// Runs a command for this town to its end.
    pub fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Told {
        said(&mut self.command(words))
    }

    /// Runs a command that must be done (exit 0).
    #[track_caller]
    pub fn does<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Told {
        self.run(words).done()
    }
}

/// Runs a prepared command to its end.
pub fn said(command: &mut Command) -> Told {
    told(command.stdin(Stdio::null()).output().expect("the binary runs"))
}

/// What an ended process answered.
pub fn told(Output { status, stdout, stderr }: Output) -> Told {
    let text = |bytes| String::from_utf8(bytes).expect("the binary speaks UTF-8");
    Told { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

/// The real binary, without the settings of whoever runs the tests.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_migiude"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("MIGIUDE_") {
            command.env_remove(name);
        }
    }
    command.env_remove("RUST_LOG").env_remove("DATABASE_URL");
    command
}

impl Told {
    /// It was done: exit 0.
    #[track_caller]
    pub fn done(self) -> Self {
        self.exits(0)
    }

    /// It ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nstandard output:\n{}\nstandard error:\n{}", self.out, self.err);
        assert!(!self.err.contains("panicked at"), "{}", self.err);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("not JSON ({why}):\n{}", self.out))
    }
}
