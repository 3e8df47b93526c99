//! Pages for operators. Every handler takes the permission, [`Signed`](super::shell::Signed), as an argument.

pub mod home;
pub mod rounds;
