//! The built program, as the owner of a clinic starts, stops and loses it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{IDENTITY, Person, TestDatabase};

/// A folder with a clinic file, and settings for the program.
pub struct Setup {
    /// Where it runs.
    pub folder: TempDir,
    settings: Vec<(String, String)>,
}

impl Setup {
    /// A clinic that keeps its data in this database.
    pub fn new(database: &TestDatabase) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clinic.toml");
        std::fs::write(&file, IDENTITY).unwrap();
        let settings = [
            ("DATABASE_URL", database.url().to_owned()),
            ("CLINIC_FILE", file.display().to_string()),
            ("LISTEN", format!("127.0.0.1:{}", free_port())),
            ("DATA_DIR", folder.path().join("data").display().to_string()),
        ];
        Self { settings: settings.map(|(name, value)| (name.to_owned(), value)).to_vec(), folder }
    }

    /// With another setting.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With another clinic file.
    pub fn says(self, identity: &str) -> Self {
        std::fs::write(self.folder.path().join("clinic.toml"), identity).unwrap();
        self
    }

    /// The program with these words and its settings.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hip-clinic"));
        command.args(words).env_clear().envs(self.settings.iter().cloned()).current_dir(self.folder.path());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Runs a command that must be refused; hands on what it says.
    #[track_caller]
    pub fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{words:?} was not refused");
        said
    }

    /// Serves, and waits until it answers.
    pub fn serve(&self) -> Running {
        let mut child = self.command(&["serve"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let said = Arc::new(Mutex::new(String::new()));
        let hears = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut line = String::new();
            while out.read_line(&mut line).is_ok_and(|length| length > 0) {
                hears.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        let address = self.settings.iter().find(|(name, _)| name == "LISTEN").unwrap().1.clone();
        let running = Running { child, address, said };
        let start = Instant::now();
        while !running.answers() {
            assert!(start.elapsed() < Duration::from_secs(30), "the program does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The program, serving.
pub struct Running {
    child: Child,
    /// Where it listens.
    pub address: String,
    said: Arc<Mutex<String>>,
}

impl Running {
    /// Someone without an account.
    pub fn visitor(&self) -> Person {
        Person::at(&format!("http://{}", self.address))
    }

    fn answers(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(&self.address) else { return false };
        let asked = write!(stream, "GET /health HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        let mut answer = String::new();
        asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
    }

    /// The path of the link it printed at start.
    pub fn link(&self) -> Option<String> {
        path_of_link(&self.said.lock().unwrap())
    }

    /// The link, once what the program has printed has been read.
    pub fn link_soon(&self) -> String {
        let start = Instant::now();
        loop {
            if let Some(link) = self.link() {
                return link;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "no link is printed");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Sends the program a signal.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// Waits until the program has ended.
    pub fn wait(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < Duration::from_secs(25), "the program does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The path of a link in what the program said.
pub fn path_of_link(said: &str) -> Option<String> {
    let at = said.find("/invitations/")?;
    Some(said[at..].split_whitespace().next()?.to_owned())
}
