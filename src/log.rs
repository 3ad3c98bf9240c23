//! The log: lines on standard error, gathered for a moment so that a busy clinic does not ask the system once a line.

use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

use crate::clock::Clock;

/// How long a line may wait. A warning or an error waits not at all, and takes along what waits before it.
const LONGEST_WAIT: Duration = Duration::from_millis(200);
/// How much may wait, in bytes.
const MOST_WAITING: usize = 32 * 1024;

static WAITING: Mutex<Vec<u8>> = Mutex::new(Vec::new());
/// Whether requests are logged: from the level info down.
static REQUESTS: AtomicBool = AtomicBool::new(false);

/// Begins to log at this level.
pub fn begin(level: Level) {
    REQUESTS.store(level >= Level::INFO, Ordering::Relaxed);
    tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_target(false).with_writer(Lines).init();
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(LONGEST_WAIT);
            flush();
        }
    });
}

/// Notes an answered request, in the same form as every other line. It is the one line that every request costs, so it is put
/// together by hand: through the subscriber it would take longer than all else that a ready-made page needs.
pub fn request(id: &str, method: &str, path: &str, status: u16, began: Instant) {
    if !REQUESTS.load(Ordering::Relaxed) {
        return;
    }
    let ended = Instant::now();
    let mut number = itoa::Buffer::new();
    let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
    MOMENT.with_borrow_mut(|moment| moment.write(ended, &mut waiting));
    for part in ["  INFO ", id, " ", method, " ", path, " "] {
        waiting.extend_from_slice(part.as_bytes());
    }
    waiting.extend_from_slice(number.format(status).as_bytes());
    waiting.push(b' ');
    waiting.extend_from_slice(number.format(ended.duration_since(began).as_micros()).as_bytes());
    waiting.extend_from_slice(b"us\n");
    if waiting.len() > MOST_WAITING {
        write_out(&mut waiting);
    }
}

thread_local! {
    static MOMENT: RefCell<Moment> = const { RefCell::new(Moment { begins: None, words: String::new() }) };
}

/// A second of the wall clock, written out once for all lines that fall into it.
struct Moment {
    begins: Option<Instant>,
    words: String,
}

impl Moment {
    fn write(&mut self, at: Instant, line: &mut Vec<u8>) {
        let passed = self.begins.map(|begins| at.saturating_duration_since(begins)).filter(|passed| passed.as_secs() == 0);
        let passed = passed.unwrap_or_else(|| {
            let now = Clock::running(chrono_tz::UTC).now();
            let passed = Duration::from_micros(u64::from(now.and_utc().timestamp_subsec_micros()));
            self.begins = at.checked_sub(passed);
            self.words = now.format("%Y-%m-%dT%H:%M:%S.").to_string();
            passed
        });
        line.extend_from_slice(self.words.as_bytes());
        let mut digits = *b"000000Z";
        let mut rest = passed.subsec_micros();
        for digit in digits[..6].iter_mut().rev() {
            *digit += u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
        }
        line.extend_from_slice(&digits);
    }
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
