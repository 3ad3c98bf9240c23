//! The line between a phone and the clinic, which can be cut: for pages, their scripts and their worker alike.

use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A line to a clinic.
pub struct Line {
    /// Where the clinic is reached through it.
    pub base: String,
    cut: Arc<watch::Sender<bool>>,
}

impl Line {
    /// A line to the clinic at `base`.
    pub async fn to(base: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = format!("http://{}", listener.local_addr().unwrap());
        let there = base.trim_start_matches("http://").to_owned();
        let (cut, _) = watch::channel(false);
        let cut = Arc::new(cut);
        let switch = Arc::clone(&cut);
        tokio::spawn(async move {
            while let Ok((mut phone, _)) = listener.accept().await {
                let mut watching = switch.subscribe();
                if *watching.borrow_and_update() {
                    continue;
                }
                let there = there.clone();
                tokio::spawn(async move {
                    let Ok(mut clinic) = TcpStream::connect(&there).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut phone, &mut clinic) => {}
                        _ = watching.changed() => {}
                    }
                });
            }
        });
        Self { base: own, cut }
    }

    /// Cuts the line, what is under way included, or mends it.
    pub fn cut(&self, cut: bool) {
        self.cut.send_replace(cut);
    }
}
