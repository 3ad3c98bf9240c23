//! The log: lines on standard error, gathered for a moment so that a busy clinic does not ask the system once a line.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// How long a line may wait. A warning or an error waits not at all, and takes along what waits before it.
const LONGEST_WAIT: Duration = Duration::from_millis(200);
/// How much may wait, in bytes.
const MOST_WAITING: usize = 32 * 1024;

static WAITING: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Begins to log at this level.
pub fn begin(level: Level) {
    tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_target(false).with_writer(Lines).init();
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(LONGEST_WAIT);
            flush();
        }
    });
}

/// Writes out what waits; to be called at the end.
pub fn flush() {
    write_out(&mut WAITING.lock().unwrap_or_else(PoisonError::into_inner));
}

fn write_out(waiting: &mut Vec<u8>) {
    if !waiting.is_empty() {
        // Where even standard error cannot be written to, nobody can be told.
        let _ = io::stderr().write_all(waiting);
        waiting.clear();
    }
}

struct Lines;

/// One line on its way.
struct Line {
    at_once: bool,
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { at_once: false }
    }

    fn make_writer_for(&'a self, about: &Metadata<'_>) -> Line {
        Line { at_once: *about.level() <= Level::WARN }
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend_from_slice(bytes);
        if self.at_once || waiting.len() > MOST_WAITING {
            write_out(&mut waiting);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
