//! Ten figures as they were when somebody last looked at them. `SNAPSHOTS=renew cargo test snapshots` writes them anew; look at them
//! (`tests/drawings FOLDER`) before that is committed.

use std::path::Path;

use super::figures;

/// One of each kind: lying, bridging, kneeling, standing, sitting, on the side, from above, with props, running, a test.
const TEN: [&str; 10] = [
    "dead-bug",
    "hip-bridge",
    "half-kneeling-hip-flexor-stretch",
    "band-hip-flexion-bent-knee",
    "seated-knee-lift",
    "side-lying-hip-abduction",
    "bent-knee-fallout",
    "hip-thrust",
    "strides",
    "test-thomas",
];

#[test]
fn ten_figures_look_as_they_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures");
    let figures = figures();
    let mut changed = Vec::new();
    for name in TEN {
        let (_, figure) = figures.iter().find(|(known, _)| known == name).unwrap();
        let now = figure.card(false).text;
        let file = folder.join(format!("{name}.svg"));
        if std::env::var("SNAPSHOTS").as_deref() == Ok("renew") {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &now).unwrap();
        } else if std::fs::read_to_string(&file).ok().as_deref() != Some(now.as_str()) {
            changed.push(name);
        }
    }
    assert!(changed.is_empty(), "these look different now: {changed:?}; look at them, then SNAPSHOTS=renew");
}
