//! What holds for the whole way of a file, whatever is in it.

mod fuzz;
