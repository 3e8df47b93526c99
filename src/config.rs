//! Where things lie: the data directory and the database behind it.

use std::io;
use std::path::{Path, PathBuf};

/// The data directory when none is named.
pub const DEFAULT_DATA_DIR: &str = "./migiude-data";

/// What was asked for on the command line or by the environment.
#[derive(Clone, Debug)]
pub struct Config {
    /// Everything that is ours on this machine.
    pub data_dir: DataDir,
    /// A PostgreSQL server; without one the data directory holds the database too.
    pub database_url: Option<String>,
}

/// The data directory and the names in it.
#[derive(Clone, Debug)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// Names a directory; nothing is touched.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Makes the directory when it is not there, for its owner alone. What is there stays as it is.
    pub fn create(&self) -> io::Result<()> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0)
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The embedded database.
    pub fn database(&self) -> PathBuf {
        self.0.join("migiude.db")
    }

    /// The search index: disposable, made again from the database when lost.
    pub fn index(&self) -> PathBuf {
        self.0.join("index")
    }

    /// Where rejected rows go to be mended.
    pub fn rejects(&self) -> PathBuf {
        self.0.join("rejects")
    }

    /// Where letters lie when no mail server is named.
    pub fn mail(&self) -> PathBuf {
        self.0.join("mail")
    }

    /// Held by the one serving process.
    pub fn serving_lock(&self) -> PathBuf {
        self.0.join("serving.lock")
    }
}
