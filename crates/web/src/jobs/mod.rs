//! Long work that the command line and the pages share.

pub mod changes;
pub mod import;
pub mod steps;
pub mod work;
