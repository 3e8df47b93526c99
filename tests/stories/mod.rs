//! A season in a town, through the command line.

mod spine;
