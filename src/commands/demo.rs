//! `demo`
use std::net::SocketAddr;
use std::path::PathBuf;
/// x
/// # Errors
/// x
pub fn demo(_l: SocketAddr, _d: &str, _p: PathBuf, _f: bool) -> Result<(), String> {
    Ok(())
}
