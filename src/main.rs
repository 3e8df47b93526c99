//! The program: everything is in the library.

fn main() -> std::process::ExitCode {
    migiude::app::main()
}
