//! Who carries letters is told before the doors open.

use crate::house::Town;

#[test]
fn a_mail_server_without_a_sender_is_refused() {
    let town = Town::anywhere();
    let told = town.run(["serve", "--listen", "127.0.0.1:0", "--smtp", "smtp://mail.example"]).exits(2);
    assert!(told.err.contains("--mail-from"), "{}", told.err);
}

#[test]
fn an_address_of_a_mail_server_that_cannot_be_read_is_refused_without_its_password() {
    let town = Town::anywhere();
    for url in ["http://desk:s3cr3t@mail.example", "smtp://desk:s3cr3t@mail.example?tls=perhaps"] {
        let words =
            ["serve", "--listen", "127.0.0.1:0", "--smtp", url, "--mail-from", "desk@migiude.example"];
        let told = town.run(words).exits(2);
        assert!(told.err.contains("手紙"), "{}", told.err);
        assert!(!told.err.contains("s3cr3t"), "{}", told.err);
    }
    let words = ["serve", "--listen", "127.0.0.1:0", "--mail-from", "nobody"];
    assert!(town.run(words).exits(2).err.contains("手紙"));
}
