//! stub
/// x
#[derive(clap::Args, Debug)]
pub struct RoundArgs {}
/// x
pub async fn run(
    _a: RoundArgs,
    _w: &super::Workplace,
    _o: super::Output,
    _l: crate::texts::Lang,
) -> Result<super::Done, super::Failure> {
    Ok(super::Done::default())
}
/// x
pub fn failure(e: &crate::rounds::RoundError, l: crate::texts::Lang) -> super::Failure {
    super::Failure::no(e.say(l))
}
/// x
pub async fn show_text(
    _d: &crate::store::Db,
    _n: i64,
    _l: crate::texts::Lang,
) -> Result<String, super::Failure> {
    Ok(String::new())
}
