//! The command line of the clinic.

fn main() {}
