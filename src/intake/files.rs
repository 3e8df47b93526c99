//! Gathering: from paths to bytes. The only part of the room that touches the disk.

use std::path::{Path, PathBuf};

use super::sheet::{Refusal, Refused, Why};

/// A file before anybody looked inside.
#[derive(Clone, Debug, PartialEq)]
pub struct RawFile {
    /// Its name without folders.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What stands at the given paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// The files to import.
    pub files: Vec<RawFile>,
    /// Files of a given folder that are no spreadsheets.
    pub ignored: Vec<String>,
}

/// Reads every path: a file as it is, a folder by its `*.csv` and `*.xlsx` directly inside, in order of name.
///
/// # Errors
/// Every path that is missing, unreadable or a folder without spreadsheets.
pub fn gather(paths: &[PathBuf]) -> Result<Gathered, Refused> {
    let mut gathered = Gathered::default();
    let mut refusals = Vec::new();
    for path in paths {
        if path.is_dir() {
            match sheets_of(path, &mut gathered.ignored) {
                Ok(inside) if inside.is_empty() => refusals.push(refusal(path, Why::EmptyFolder)),
                Ok(inside) => inside.iter().for_each(|path| read(path, &mut gathered.files, &mut refusals)),
                Err(error) => refusals.push(refusal(path, Why::Unreadable(error.to_string()))),
            }
        } else {
            read(path, &mut gathered.files, &mut refusals);
        }
    }
    if refusals.is_empty() { Ok(gathered) } else { Err(Refused(refusals)) }
}

fn sheets_of(folder: &Path, ignored: &mut Vec<String>) -> std::io::Result<Vec<PathBuf>> {
    let mut sheets = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            continue;
        }
        let name = name_of(&path);
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let is_sheet = matches!(extension.as_deref(), Some("csv" | "xlsx"));
        // ~$ is what Excel leaves beside an open workbook.
        if is_sheet && !name.starts_with("~$") && !name.starts_with('.') {
            sheets.push(path);
        } else {
            ignored.push(name);
        }
    }
    sheets.sort();
    ignored.sort();
    Ok(sheets)
}

fn read(path: &Path, files: &mut Vec<RawFile>, refusals: &mut Vec<Refusal>) {
    match std::fs::read(path) {
        Ok(bytes) => files.push(RawFile { name: name_of(path), bytes }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            refusals.push(refusal(path, Why::NotThere))
        }
        Err(error) => refusals.push(refusal(path, Why::Unreadable(error.to_string()))),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn refusal(path: &Path, why: Why) -> Refusal {
    Refusal { file: path.display().to_string(), why, headers: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_its_spreadsheets_in_order_of_name() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.csv", "a.XLSX", "README.md", "~$a.xlsx"] {
            std::fs::write(folder.path().join(name), name).expect("a file");
        }
        let gathered = gather(&[folder.path().to_owned()]).expect("readable");
        assert_eq!(
            gathered.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
            ["a.XLSX", "b.csv"]
        );
        assert_eq!(gathered.ignored, ["README.md", "~$a.xlsx"]);
    }

    #[test]
    fn what_is_not_there_or_empty_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let refused =
            gather(&[folder.path().to_owned(), folder.path().join("firms.csv")]).expect_err("refused");
        assert_eq!(
            refused.0.iter().map(|refusal| &refusal.why).collect::<Vec<_>>(),
            [&Why::EmptyFolder, &Why::NotThere]
        );
    }
}
