//! The one PostgreSQL of a test run, started from the system's own binaries, with a database for each town.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/house/postgres.sh");

/// A server that stops when this process ends, in whatever way: the script behind it waits for the pipe to close.
struct Server {
    port: u16,
    _leash: ChildStdin,
    _keeper: Child,
}

static SERVER: OnceLock<Server> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The URL of a new, empty database.
pub fn database() -> String {
    let port = SERVER.get_or_init(start).port;
    let name = format!("town_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let made = Command::new(binaries().join("createdb"))
        .args(["-h", "127.0.0.1", "-U", "migiude", "-p", &port.to_string(), &name])
        .output()
        .expect("createdb runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    format!("postgres://migiude@127.0.0.1:{port}/{name}")
}

fn start() -> Server {
    // A free port may be taken by somebody else before the server binds it, so a second and a third are tried.
    let mut refusals = String::new();
    for _ in 0..3 {
        match start_on(free_port()) {
            Ok(server) => return server,
            Err(refusal) => refusals.push_str(&refusal),
        }
    }
    panic!("PostgreSQL does not start:\n{refusals}");
}

fn start_on(port: u16) -> Result<Server, String> {
    let mut keeper = Command::new("sh")
        .arg(SCRIPT)
        .arg(binaries())
        .arg(port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Its own group: a Ctrl-C meant for the tests must leave it alive to clean up.
        .process_group(0)
        .spawn()
        .expect("a shell");
    let leash = keeper.stdin.take().expect("piped");
    let mut first = String::new();
    BufReader::new(keeper.stdout.take().expect("piped")).read_line(&mut first).expect("text");
    if first.trim() == "ready" {
        return Ok(Server { port, _leash: leash, _keeper: keeper });
    }
    let mut reason = String::new();
    keeper.stderr.take().expect("piped").read_to_string(&mut reason).expect("text");
    keeper.wait().expect("a child of ours");
    Err(reason)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    listener.local_addr().expect("bound").port()
}

/// The folder of `initdb`, `pg_ctl` and `createdb`: Debian keeps one for each version outside `PATH`.
fn binaries() -> &'static Path {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(|| {
        let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let mut folders: Vec<PathBuf> = debian.map(|version| version.path().join("bin")).collect();
        folders.sort();
        folders.reverse();
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let complete = |folder: &PathBuf| {
            ["initdb", "pg_ctl", "createdb"].iter().all(|tool| folder.join(tool).is_file())
        };
        folders
            .into_iter()
            .find(complete)
            .expect("these tests need PostgreSQL's server binaries (initdb, pg_ctl): run `make tools`")
    })
}
