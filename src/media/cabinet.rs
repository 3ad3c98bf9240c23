//! Where the files are kept: `DATA_DIR/media/ab/abcdef….jpg`, named by the SHA-256 of what is in them, so that the same content is
//! kept once. A file is written beside, made safe on the disk, and only then put in its place under its name.
//!
//! Files and rows agree whatever happens: a file is put in its place before its row is there, and taken away after its row is gone,
//! each while [`crate::db::Lock::Clinic`] is held; what is left without a row goes at the next start. Who writes beside holds a lock
//! on that file, which ends with the program: so another copy of the program on the same folder takes away only what nobody writes.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::domain::{self, Format};
use crate::accounts::Token;
use crate::error::{AppError, Invalid};

/// How many files are looked into at once; each may take much memory for a moment.
const AT_ONCE: usize = 2;
/// How many may wait for that before the next one is told to come back.
const LONGEST_QUEUE: usize = 8;

/// The folder, and how much may be in it; cheap to clone.
#[derive(Clone)]
pub struct Cabinet(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    quota: u64,
    hands: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Cabinet {
    /// Opens the folder below `data_dir`, and makes it when it is not there.
    ///
    /// # Errors
    /// A sentence that names the setting and the folder.
    pub fn open(data_dir: &Path, quota: u64) -> Result<Self, String> {
        let folder = data_dir.join("media");
        let beside = folder.join("tmp");
        fs::create_dir_all(&beside).map_err(|error| format!("DATA_DIR: folder {} cannot be made: {error}", beside.display()))?;
        let hands = Arc::new(Semaphore::new(AT_ONCE));
        let waiting = Arc::new(Semaphore::new(AT_ONCE + LONGEST_QUEUE));
        Ok(Self(Arc::new(Inner { folder, quota, hands, waiting })))
    }

    /// How many bytes all of them together may have.
    #[must_use]
    pub fn quota(&self) -> u64 {
        self.0.quota
    }

    /// A new file beside the others, which goes by itself unless it is put in its place.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn beside(&self) -> Result<Beside, AppError> {
        let name = Token::new()?.to_string();
        let path = self.0.folder.join("tmp").join(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|error| failed(&error))?;
        let beside = Beside { path, file };
        beside.file.try_lock().map_err(|error| failed(&error.into()))?;
        Ok(beside)
    }

    /// A file of these bytes, ready to be put in its place.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn write(&self, bytes: &[u8], format: Format) -> Result<Ready, AppError> {
        let mut beside = self.beside()?;
        beside.file.write_all(bytes).map_err(|error| failed(&error))?;
        beside.ready(format)
    }

    /// Puts a file in its place, where it may stand already. Hold the clinic's lock, and write its row afterwards.
    ///
    /// # Errors
    /// Why it cannot be put there.
    pub fn put(&self, ready: &Ready) -> Result<(), AppError> {
        let place = self.place(&ready.file);
        let folder = place.parent().unwrap_or(&self.0.folder);
        let put = || {
            fs::create_dir_all(folder)?;
            fs::rename(&ready.beside.path, &place)?;
            // The names are on the disk as well, before a row says so.
            for folder in [folder, &self.0.folder] {
                File::open(folder)?.sync_all()?;
            }
            Ok(())
        };
        put().map_err(|error| failed(&error))
    }

    /// Opens a file that is kept.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is not there, which is logged.
    pub fn fetch(&self, file: &domain::File) -> Result<File, AppError> {
        File::open(self.place(file)).map_err(|error| {
            tracing::error!(file = %file.hash, %error, "a file that should be kept cannot be opened");
            if error.kind() == io::ErrorKind::NotFound { AppError::NotFound } else { failed(&error) }
        })
    }

    /// Takes a file away; that it is gone already is no trouble. Hold the clinic's lock, when no row names it any more.
    ///
    /// # Errors
    /// Why it stays.
    pub fn discard(&self, file: &domain::File) -> Result<(), AppError> {
        match fs::remove_file(self.place(file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&error)),
            _ => Ok(()),
        }
    }

    /// Takes away what no row names, and what was left beside by a program that ended early; says how many. Hold the clinic's lock.
    ///
    /// # Errors
    /// Why the folder cannot be read.
    pub fn sweep(&self, known: &HashSet<String>) -> io::Result<usize> {
        let mut gone = 0;
        for shelf in fs::read_dir(&self.0.folder)? {
            let shelf = shelf?.path();
            if !shelf.is_dir() {
                continue;
            }
            let beside = shelf.ends_with("tmp");
            for file in fs::read_dir(&shelf)? {
                let path = file?.path();
                let named = path.file_stem().is_some_and(|stem| known.contains(&*stem.to_string_lossy()));
                if if beside { nobody_writes(&path) } else { !named } {
                    fs::remove_file(&path)?;
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }

    /// Looks into a file, away from the threads that serve, a few at once.
    ///
    /// # Errors
    /// [`AppError::Busy`] when too many wait; what `look` returns; a file that `look` cannot bear is refused.
    pub async fn handle<T: Send + 'static>(&self, look: impl FnOnce(&Self) -> Result<T, AppError> + Send + 'static) -> Result<T, AppError> {
        let _place = Arc::clone(&self.0.waiting).try_acquire_owned().map_err(|_| AppError::Busy)?;
        let hand = Arc::clone(&self.0.hands).acquire_owned().await.map_err(|error| AppError::Internal(error.to_string()))?;
        let cabinet = self.clone();
        let looked = tokio::task::spawn_blocking(move || {
            // The hand goes along: a request that is given up must not free it before the work is done.
            let _hand = hand;
            look(&cabinet)
        });
        looked.await.unwrap_or_else(|error| {
            tracing::error!(%error, "looking into a file ended early");
            Err(Invalid::one("file", "This file is damaged. Save it again on your device, then choose that").into())
        })
    }

    fn place(&self, file: &domain::File) -> PathBuf {
        let shelf = file.hash.get(..2).unwrap_or("__");
        self.0.folder.join(shelf).join(format!("{}.{}", file.hash, file.format.ending()))
    }
}

/// Whether a file beside was left there: who writes it holds its lock.
fn nobody_writes(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// A file that is being written. It goes when it is dropped, unless it was put in its place.
#[derive(Debug)]
pub struct Beside {
    path: PathBuf,
    file: File,
}

impl Beside {
    /// The file itself.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// All that is in it.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn bytes(&mut self) -> Result<Vec<u8>, AppError> {
        let mut bytes = Vec::new();
        let read = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(|error| failed(&error))
    }

    /// Makes it safe on the disk, and gives it its name.
    ///
    /// # Errors
    /// Why it cannot be written or read.
    pub fn ready(mut self, format: Format) -> Result<Ready, AppError> {
        let (hash, bytes) = self.finish().map_err(|error| failed(&error))?;
        Ok(Ready { file: domain::File { hash, format, bytes }, beside: self })
    }

    fn finish(&mut self) -> io::Result<(String, u64)> {
        self.file.sync_all()?;
        self.file.seek(SeekFrom::Start(0))?;
        let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 64 << 10]);
        loop {
            let read = self.file.read(&mut buffer)?;
            let Some(read) = buffer.get(..read).filter(|read| !read.is_empty()) else { break };
            hash.update(read);
            bytes += read.len() as u64;
        }
        let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((hash, bytes))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It is not there any more when it was put in its place.
        let _ = fs::remove_file(&self.path);
    }
}

/// A file that has its name, and waits to be put in its place.
#[derive(Debug)]
pub struct Ready {
    /// What it is.
    pub file: domain::File,
    beside: Beside,
}

/// A disk that is full or broken: our trouble, not the person's.
pub fn failed(error: &io::Error) -> AppError {
    AppError::Internal(format!("DATA_DIR: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cabinet() -> (tempfile::TempDir, Cabinet) {
        let folder = tempfile::tempdir().unwrap();
        let cabinet = Cabinet::open(folder.path(), 1000).unwrap();
        (folder, cabinet)
    }

    /// All files below a folder.
    fn files(folder: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names.extend(files(&path));
            } else {
                names.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
        names
    }

    #[test]
    fn a_file_is_named_by_what_is_in_it_and_kept_once() {
        let (folder, cabinet) = cabinet();
        let name = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for _ in 0..2 {
            let ready = cabinet.write(b"abc", Format::Png).unwrap();
            assert_eq!(ready.file, domain::File { hash: name.to_owned(), format: Format::Png, bytes: 3 });
            cabinet.put(&ready).unwrap();
        }
        assert_eq!(files(folder.path()), [format!("{name}.png")]);
        assert!(folder.path().join(format!("media/ba/{name}.png")).is_file());
    }

    #[test]
    fn what_is_not_put_in_its_place_leaves_nothing_behind() {
        let (folder, cabinet) = cabinet();
        let beside = cabinet.beside().unwrap();
        let ready = cabinet.write(b"abc", Format::Png).unwrap();
        assert_eq!(files(folder.path()).len(), 2);
        drop((beside, ready));
        assert_eq!(files(folder.path()), Vec::<String>::new());
    }

    #[test]
    fn a_sweep_takes_what_has_no_row_and_what_nobody_writes() {
        let (folder, cabinet) = cabinet();
        let (kept, lost) = (cabinet.write(b"kept", Format::Png).unwrap(), cabinet.write(b"lost", Format::Mp4).unwrap());
        cabinet.put(&kept).unwrap();
        cabinet.put(&lost).unwrap();
        fs::write(folder.path().join("media/tmp/left-by-a-program-that-was-killed"), b"x").unwrap();
        let written = cabinet.beside().unwrap();
        assert_eq!(cabinet.sweep(&HashSet::from([kept.file.hash.clone()])).unwrap(), 2);
        assert_eq!(files(folder.path()).len(), 2);
        assert!(cabinet.fetch(&kept.file).is_ok() && written.path.is_file());
        assert!(matches!(cabinet.fetch(&lost.file), Err(AppError::NotFound)));
        cabinet.discard(&kept.file).unwrap();
        cabinet.discard(&kept.file).unwrap();
        assert_eq!(files(folder.path()).len(), 1);
    }
}
