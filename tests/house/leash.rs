//! Processes that must not outlive the tests, even when the tests are killed.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};

/// Runs a command until it ends or standard input closes, whichever is first.
const KEEPER: &str = r#"
exec 3<&0
"$@" <&- 3<&- &
kept=$!
{ cat <&3; kill -9 $kept; } >/dev/null 2>&1 &
wait $kept
"#;

/// A process on a leash. Dropped, or when this process ends in whatever way, it is gone.
pub struct Leash {
    keeper: Child,
    hand: Option<ChildStdin>,
}

impl Leash {
    /// Starts a command and hands out its standard output.
    pub fn start(command: &Command) -> (Self, impl Read + Send + use<>) {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "sh"]).arg(command.get_program()).args(command.get_args());
        if let Some(folder) = command.get_current_dir() {
            keeper.current_dir(folder);
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => keeper.env(name, value),
                None => keeper.env_remove(name),
            };
        }
        let mut keeper = keeper
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Its own group: a Ctrl-C meant for the tests must leave it alive to clean up.
            .process_group(0)
            .spawn()
            .expect("a shell");
        let hand = keeper.stdin.take();
        let output = keeper.stdout.take().expect("piped");
        (Self { keeper, hand }, output)
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.hand.take());
        // The keeper ends with the kept one.
        let _ = self.keeper.wait();
    }
}
