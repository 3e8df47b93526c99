//! A serving migiude on a free port.

use std::io::{BufRead, BufReader};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;

use super::leash::Leash;
use super::{PATIENCE, Town};

/// A running `serve` or `demo`; dropped, it is gone.
pub struct Server {
    _leash: Leash,
    lines: Receiver<String>,
    /// Every line printed until the address came, the address included.
    pub told: Vec<String>,
    address: String,
}

impl Server {
    /// `migiude serve` over this town.
    pub fn of(town: &Town) -> Self {
        Self::start(&town.command(["serve", "--listen", "127.0.0.1:0"]))
    }

    /// Starts a command that serves and waits until it prints where.
    pub fn start(command: &Command) -> Self {
        let (leash, output) = Leash::start(command);
        let mut server =
            Self { _leash: leash, lines: lines_of(output), told: Vec::new(), address: String::new() };
        server.address = server.wait_for(|line| {
            let at = line.find("http://localhost:")?;
            let address = line[at..].trim_start_matches("http://localhost:");
            let port: String = address.chars().take_while(char::is_ascii_digit).collect();
            Some(format!("http://localhost:{port}"))
        });
        server
    }

    /// Where it serves: `http://localhost:PORT`, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Reads on until a line holds what is sought.
    pub fn wait_for<T>(&mut self, sought: impl Fn(&str) -> Option<T>) -> T {
        let found = self.told.iter().find_map(|line| sought(line));
        if let Some(found) = found {
            return found;
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("the server ended or said nothing more:\n{}", self.told.join("\n"));
            };
            let found = sought(&line);
            self.told.push(line);
            if let Some(found) = found {
                return found;
            }
        }
    }
}

/// The lines of a stream, read in a thread so that a full pipe never stops the one who writes.
pub fn lines_of(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (tell, lines) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            // The test may have stopped listening; the pipe is still to be drained.
            let _ = tell.send(line);
        }
    });
    lines
}
