//! Whether what lies on disk is what was written: tantivy checks sums only when asked, and its list of segments has none.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use tantivy::index::{IndexMeta, SegmentComponent};
use tantivy::{IndexReader, IndexSettings, Opstamp};

use crate::dictionary;
use crate::schema::POSTED;
use crate::snapshot::Doubt;

/// The files that every segment has.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Store,
];

/// More bytes than the ending of any file has.
const LONGEST_FOOTER: u64 = 512;

/// What a commit carries: the position of the outbox, tantivy's number of the commit, the versions, and a check of all.
pub(crate) fn payload(position: u64, commit: Opstamp, stamp: u64) -> String {
    let content = format!("{position} {commit} {stamp:016x}");
    format!("{content} {:016x}", dictionary::fnv1a(content.as_bytes()))
}

/// The position in the last commit, when what has this stamp wrote it.
pub(crate) fn position(index: &tantivy::Index, stamp: u64) -> Option<u64> {
    let meta = index.load_metas().ok()?;
    let found = meta.payload?;
    let position = found.split(' ').next()?.parse().ok()?;
    (payload(position, meta.opstamp, stamp) == found).then_some(position)
}

/// The list of segments, whose bytes are given, against what tantivy would write from it: whatever in it is not checked
/// elsewhere can only have one form.
pub(crate) fn list_of_segments(index: &tantivy::Index, path: &Path, bytes: &[u8]) -> Result<(), Doubt> {
    let meta = index.load_metas().map_err(|error| unreadable(path, error))?;
    let mut written = serde_json::to_vec_pretty(&meta).map_err(|error| unreadable(path, error))?;
    written.push(b'\n');
    let IndexMeta { index_settings, persisted_custom_extensions, .. } = meta;
    if written == bytes
        && index_settings == IndexSettings::default()
        && persisted_custom_extensions.is_empty()
    {
        Ok(())
    } else {
        Err(Doubt::Damaged(vec![path.to_owned()]))
    }
}

/// Every file of every segment against its checksum. Cost: reads the whole index.
pub(crate) fn files(index: &tantivy::Index, folder: &Path) -> Result<(), Doubt> {
    let mut damaged = Vec::new();
    for segment in index.searchable_segment_metas().map_err(|error| unreadable(folder, error))? {
        let deletes = segment.has_deletes().then_some(SegmentComponent::Delete);
        for component in COMPONENTS.into_iter().chain(deletes) {
            let file = segment.relative_path(component);
            let path = folder.join(&file);
            let whole = has_whole_footer(&path).map_err(|error| unreadable(&path, error))?;
            if !whole
                || !index.directory().validate_checksum(&file).map_err(|error| unreadable(&path, error))?
            {
                damaged.push(path);
            }
        }
    }
    if damaged.is_empty() { Ok(()) } else { Err(Doubt::Damaged(damaged)) }
}

/// Whether a file ends as this version of tantivy ends one: `{"version":…,"crc":…}`, the length of that, a magic number.
/// tantivy forgives other versions and takes a file shorter than an ending for granted.
fn has_whole_footer(path: &Path) -> io::Result<bool> {
    let version = serde_json::to_string(tantivy::version())?;
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST_FOOTER)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let Some((rest, _)) = tail.split_last_chunk::<4>() else { return Ok(false) };
    let Some((rest, size)) = rest.split_last_chunk::<4>() else { return Ok(false) };
    let start = usize::try_from(u32::from_le_bytes(*size)).ok().and_then(|size| rest.len().checked_sub(size));
    let footer = start.and_then(|start| std::str::from_utf8(&rest[start..]).ok());
    let sum = footer
        .and_then(|footer| footer.strip_prefix(&format!("{{\"version\":{version},\"crc\":")))
        .and_then(|footer| footer.strip_suffix('}'));
    Ok(sum.is_some_and(|sum| sum.parse::<u32>().is_ok()))
}

/// The numbers of documents in the list of segments against those in the segments.
pub(crate) fn counts(reader: &IndexReader, folder: &Path) -> Result<(), Doubt> {
    let searcher = reader.searcher();
    let metas = searcher.index().searchable_segment_metas().map_err(|error| unreadable(folder, error))?;
    for segment in searcher.segment_readers() {
        let column = segment.fast_fields().i64(POSTED).map_err(|error| unreadable(folder, error))?;
        let meta = metas.iter().find(|meta| meta.id() == segment.segment_id());
        let listed = meta.is_none_or(|meta| meta.num_docs() == segment.num_docs());
        if column.num_docs() != segment.max_doc() || !listed {
            return Err(unreadable(folder, "the list of segments miscounts their documents"));
        }
    }
    Ok(())
}

pub(crate) fn unreadable(path: &Path, reason: impl Display) -> Doubt {
    Doubt::Unreadable { path: path.to_owned(), reason: reason.to_string() }
}
