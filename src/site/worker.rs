//! The worker a patient's phone runs beside our pages: it keeps what they need without network, and sends what waits.
//!
//! It stands at the root, unhashed, because it may only look after pages below its own address. The script is one: what it needs to
//! keep in store, the queue as the pages have it, and the worker itself.

use std::fmt::Write;
use std::sync::Arc;

use crate::web::{House, Leaf};

const WORKER: &str = "/sw.js";
const QUEUE: &str = "js/queue.js";
const SCRIPT: &str = "js/worker.js";

/// The worker; nothing when its files are not there.
pub(super) fn leaf(house: &Arc<House>) -> Option<(String, Leaf)> {
    let text = |name: &str| house.assets.bytes(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let shell: Vec<&str> = house.assets.shell().collect();
    let mut script = String::new();
    // A worker of the older kind, which every browser knows, exports nothing.
    let _ = write!(script, "const SHELL = {};\n{}\n{}", serde_json::json!(shell), text(QUEUE)?.replace("export ", ""), text(SCRIPT)?);
    Some((WORKER.to_owned(), Leaf::new("text/javascript; charset=utf-8", script.into_bytes()).cached("no-cache")))
}
