//! Texts and migrations are read by macros, which the compiler does not know to repeat when a file is added.

fn main() {
    println!("cargo::rerun-if-changed=src/texts/locales");
    println!("cargo::rerun-if-changed=migrations");
}
