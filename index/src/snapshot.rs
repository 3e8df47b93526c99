//! Where an index lies on disk, whether it can be trusted, and how a new one takes the place of an old one.
//!
//! ```text
//! index/CURRENT     the name of the folder in use: "g3"
//! index/g3/         the files of tantivy
//! ```
//! The name changes by renaming a file, which is atomic: a process killed at any moment leaves the old index or the new
//! one. What lies beside the folder in use is left over and is cleared by the next replacement.
//!
//! An index is a cache. [`Index::open`] never deletes and never repairs: it says what it doubts, and the caller builds a
//! new index elsewhere and calls [`replace`].

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{IndexReader, ReloadPolicy};

use crate::columns::Columns;
use crate::lexicon::Lexicon;
use crate::schema::{self, Fields};
use crate::synonyms::Synonyms;
use crate::{check, dictionary, encoded};

const CURRENT: &str = "CURRENT";
const META: &str = "meta.json";
/// A replacement may happen while another process opens; it will not happen this often.
const ATTEMPTS: usize = 3;
/// Blocks of stored texts kept unpacked, for each segment.
const STORE_BLOCKS: usize = 10;

/// Why an index cannot be used as it lies there. In every case: build a new one from the database.
#[derive(Debug, thiserror::Error)]
pub enum Doubt {
    /// Nothing was ever built there.
    #[error("there is no search index in {}", .0.display())]
    Missing(PathBuf),
    /// The files cannot be read as an index.
    #[error("the search index in {} cannot be read: {reason}", .path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What was found, in the words of the library or the system.
        reason: String,
    },
    /// The content of files differs from their checksums.
    #[error("files of the search index are damaged: {}", .0.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", "))]
    Damaged(Vec<PathBuf>),
    /// It was built by another version of the schema, the analysis or the dictionary.
    #[error("the search index in {} was built by another version", .0.display())]
    Stale(PathBuf),
}

/// Why an operation on an index failed.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Another process or thread holds the only writer.
    #[error("the search index is being written by another process")]
    Busy,
    /// [`Index::create`] was asked to build where an index is.
    #[error("there is a search index in {} already", .0.display())]
    Exists(PathBuf),
    /// The folder or its pointer cannot be read or written.
    #[error("the search index in {} cannot be reached: {source}", .path.display())]
    Disk {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It cannot be read any more; see [`Index::open`] for what to do.
    #[error(transparent)]
    Doubt(#[from] Doubt),
    /// The library refused; after a failed commit, drop the writer and take a new one.
    #[error("the search index failed: {0}")]
    Library(#[from] tantivy::TantivyError),
}

/// An index for reading. Clones share it; searching needs no lock on the index, and sees each commit of any process at
/// the next search.
#[derive(Clone)]
pub struct Index {
    pub(crate) dir: PathBuf,
    pub(crate) synonyms: Synonyms,
    live: Arc<RwLock<Arc<Live>>>,
}

/// An index as of one commit.
pub(crate) struct Live {
    /// The folder in use.
    generation: String,
    /// The bytes of tantivy's list of segments: they differ after each commit.
    meta: Vec<u8>,
    pub index: tantivy::Index,
    pub reader: IndexReader,
    pub fields: Fields,
    pub position: u64,
    /// The groups whose terms are marked in it.
    pub table: Synonyms,
    pub stamp: u64,
    pub columns: Columns,
    pub lexicon: Lexicon,
}

impl Index {
    /// Opens an index after checking every file against its checksum and the versions it was built by.
    ///
    /// # Errors
    /// Any doubt; nothing is changed on disk. Cost: reads the whole index once, and the dictionary at the first call.
    pub fn open(dir: &Path) -> Result<Index, Doubt> {
        Self::open_with(dir, &Synonyms::default())
    }

    /// [`Index::open`] for one that was built with this table: it is stale when it was another one.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open_with(dir: &Path, table: &Synonyms) -> Result<Index, Doubt> {
        let live = Live::open(dir, table, true, None)?;
        dictionary::tokenizer();
        Ok(Index::of(dir, live))
    }

    /// Builds an empty index, at position 0. For a rebuild: create beside the old one, fill, [`replace`].
    ///
    /// # Errors
    /// [`IndexError::Exists`] when there is one; [`IndexError::Disk`] or [`IndexError::Library`] when it cannot be
    /// written.
    pub fn create(dir: &Path) -> Result<Index, IndexError> {
        Self::create_with(dir, &Synonyms::default())
    }

    /// [`Index::create`] with more groups than the built-in ones. Questions about them are as fast as about those.
    ///
    /// # Errors
    /// As [`Index::create`].
    pub fn create_with(dir: &Path, table: &Synonyms) -> Result<Index, IndexError> {
        let disk = |source| IndexError::Disk { path: dir.to_owned(), source };
        if dir.join(CURRENT).exists() {
            return Err(IndexError::Exists(dir.to_owned()));
        }
        let generation = next_generation(dir).map_err(disk)?;
        let folder = dir.join(&generation);
        fs::create_dir_all(&folder).map_err(disk)?;
        let (schema, _) = schema::schema();
        let index = tantivy::Index::create_in_dir(&folder, schema)?;
        encoded::register(index.tokenizers());
        crate::writer::first_commit(&index, schema::stamp(table))?;
        point(dir, &generation).map_err(disk)?;
        Ok(Index::of(dir, Live::open(dir, table, false, None)?))
    }

    /// The same index, asked with other synonyms than those it was built with.
    pub fn with_synonyms(mut self, synonyms: Synonyms) -> Index {
        self.synonyms = synonyms;
        self
    }

    /// The position of the outbox up to which the last readable commit has read.
    pub fn position(&self) -> u64 {
        self.live().unwrap_or_else(|_| self.held()).position
    }

    fn of(dir: &Path, live: Live) -> Index {
        let synonyms = live.table.clone();
        Index { dir: dir.to_owned(), synonyms, live: Arc::new(RwLock::new(Arc::new(live))) }
    }

    /// The index as of the last commit of any process. Cost when nothing changed: reading two small files.
    pub(crate) fn live(&self) -> Result<Arc<Live>, IndexError> {
        let mut attempt = 1;
        loop {
            match self.refreshed() {
                Err(_) if attempt < ATTEMPTS => attempt += 1,
                answer => return answer,
            }
        }
    }

    /// The index as it was last seen, which stays readable whatever happens on disk.
    pub(crate) fn held(&self) -> Arc<Live> {
        self.live.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    fn refreshed(&self) -> Result<Arc<Live>, IndexError> {
        let held = self.held();
        let generation = current(&self.dir)?;
        let path = self.dir.join(&generation).join(META);
        let meta = fs::read(&path).map_err(|source| IndexError::Disk { path, source })?;
        let fresh = if generation != held.generation {
            Live::open(&self.dir, &held.table, false, Some(&held))?
        } else if meta != held.meta {
            held.reloaded(&self.dir, meta)?
        } else {
            return Ok(held);
        };
        let fresh = Arc::new(fresh);
        *self.live.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = fresh.clone();
        Ok(fresh)
    }
}

impl Live {
    /// The index in use, with or without a look at every file. What `before` holds of its segments is taken over.
    pub fn open(dir: &Path, table: &Synonyms, validate: bool, before: Option<&Live>) -> Result<Live, Doubt> {
        let generation = current(dir)?;
        let folder = dir.join(&generation);
        let list = folder.join(META);
        let meta = fs::read(&list).map_err(|error| check::unreadable(&list, error))?;
        let directory = MmapDirectory::open(&folder).map_err(|error| check::unreadable(&folder, error))?;
        let index = tantivy::Index::open(directory).map_err(|error| check::unreadable(&folder, error))?;
        let (schema, fields) = schema::schema();
        // The stamp of a table takes its time; the same table has the same.
        let stamp = before.map_or_else(|| schema::stamp(table), |before| before.stamp);
        let position = check::position(&index, stamp).filter(|_| index.schema() == schema);
        let position = position.ok_or_else(|| Doubt::Stale(folder.clone()))?;
        if validate {
            check::list_of_segments(&index, &list, &meta)?;
            check::files(&index, &folder)?;
        }
        encoded::register(index.tokenizers());
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORE_BLOCKS)
            .try_into()
            .map_err(|error: tantivy::TantivyError| check::unreadable(&folder, error))?;
        if validate {
            check::counts(&reader, &folder)?;
        }
        let (columns, lexicon) =
            in_memory(&reader, &fields, before).map_err(|error| check::unreadable(&folder, error))?;
        let table = table.clone();
        Ok(Live { generation, meta, index, reader, fields, position, table, stamp, columns, lexicon })
    }

    /// Whether nothing was committed or replaced between the two.
    pub fn is_same_commit(&self, other: &Live) -> bool {
        self.generation == other.generation && self.meta == other.meta
    }

    fn reloaded(&self, dir: &Path, meta: Vec<u8>) -> Result<Live, IndexError> {
        let stale = || Doubt::Stale(dir.join(&self.generation));
        let position = check::position(&self.index, self.stamp).ok_or_else(stale)?;
        self.reader.reload()?;
        let (columns, lexicon) = in_memory(&self.reader, &self.fields, Some(self))?;
        let (index, reader) = (self.index.clone(), self.reader.clone());
        let (generation, table) = (self.generation.clone(), self.table.clone());
        let (fields, stamp) = (self.fields, self.stamp);
        Ok(Live { generation, meta, index, reader, fields, position, table, stamp, columns, lexicon })
    }
}

/// What every question reads, unpacked.
fn in_memory(
    reader: &IndexReader,
    fields: &Fields,
    before: Option<&Live>,
) -> tantivy::Result<(Columns, Lexicon)> {
    let searcher = reader.searcher();
    let (columns, lexicon) = (Columns::default(), Lexicon::default());
    let columns = Columns::of(&searcher, fields, before.map_or(&columns, |before| &before.columns))?;
    let lexicon = Lexicon::of(&searcher, fields, before.map_or(&lexicon, |before| &before.lexicon))?;
    Ok((columns, lexicon))
}

/// Puts the index of `new` in the place of the one of `old`, if there is one, and removes `new`. A process killed on the
/// way leaves the old index or the new one; what is left of `new` may then be removed. An [`Index`] opened on `old`, here
/// or in another process, answers from the new one from its next search on; one opened on `new` is of no more use.
///
/// # Errors
/// [`io::ErrorKind::WouldBlock`] while anyone holds a writer of either; otherwise what the file system says. Both must
/// lie on one file system.
pub fn replace(old: &Path, new: &Path) -> io::Result<()> {
    let built = current(new).map_err(io::Error::other)?;
    let _no_writer = lock(&new.join(&built))?;
    let _no_old_writer = match current(old) {
        Ok(generation) if old.join(&generation).exists() => Some(lock(&old.join(generation))?),
        _ => None,
    };
    let generation = next_generation(old)?;
    fs::remove_file(new.join(CURRENT))?;
    if let Err(error) = fs::rename(new.join(&built), old.join(&generation)) {
        point(new, &built)?;
        return Err(error);
    }
    point(old, &generation)?;
    clear_all_but(old, &generation);
    // Both are empty or left over: whoever meets them may remove them.
    let _ = fs::remove_dir_all(new);
    Ok(())
}

/// Takes the only writer's place for a moment. A writer that has just ended may seem to hold it a little longer: a process
/// that is being started elsewhere in this program has copies of our open files until it has become another program.
fn lock(folder: &Path) -> io::Result<DirectoryLock> {
    const PATIENCE: Duration = Duration::from_millis(500);
    const PAUSE: Duration = Duration::from_millis(5);
    let directory = MmapDirectory::open(folder).map_err(io::Error::other)?;
    let until = Instant::now() + PATIENCE;
    loop {
        match directory.acquire_lock(&INDEX_WRITER_LOCK) {
            Ok(place) => return Ok(place),
            Err(_) if Instant::now() < until => std::thread::sleep(PAUSE),
            Err(_) => return Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

fn current(dir: &Path) -> Result<String, Doubt> {
    let path = dir.join(CURRENT);
    match fs::read_to_string(&path) {
        Ok(name) if is_generation(&name) => Ok(name),
        Ok(_) => Err(Doubt::Unreadable { path, reason: "it does not name a folder".to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Doubt::Missing(dir.to_owned())),
        Err(error) => Err(Doubt::Unreadable { path, reason: error.to_string() }),
    }
}

/// Makes a folder the one in use, so that it is on disk when this returns.
fn point(dir: &Path, generation: &str) -> io::Result<()> {
    let temporary = dir.join("CURRENT.new");
    let mut file = File::create(&temporary)?;
    file.write_all(generation.as_bytes())?;
    file.sync_all()?;
    fs::rename(&temporary, dir.join(CURRENT))?;
    File::open(dir)?.sync_all()
}

fn is_generation(name: &str) -> bool {
    generation_number(name).is_some()
}

fn generation_number(name: &str) -> Option<u64> {
    name.strip_prefix('g').and_then(|number| number.parse().ok())
}

/// A folder name that was not used yet.
fn next_generation(dir: &Path) -> io::Result<String> {
    fs::create_dir_all(dir)?;
    let mut last = 0;
    for entry in fs::read_dir(dir)? {
        last = last.max(entry?.file_name().to_str().and_then(generation_number).unwrap_or(0));
    }
    Ok(format!("g{}", last.saturating_add(1)))
}

/// Removes the folders of former indexes. One that resists is tried again at the next replacement.
fn clear_all_but(dir: &Path, generation: &str) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| is_generation(name) && name != generation) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
