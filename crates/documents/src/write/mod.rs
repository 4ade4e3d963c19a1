//! 写: from items to the Word, Excel and text files that an office hands on.
//!
//! A file is a function of its arguments: no clock, no chance, so that writing
//! it twice gives the same bytes.

mod catalogue;
mod error;
mod excel;
mod form;
mod guide;
mod jsonl;
mod notice;
mod pack;
mod package;
mod qr;
mod report;
mod word;
mod xml;

pub(crate) use self::package::{PROGRAM, PROGRAM_PART};
pub use self::{
    catalogue::{CatalogueCsv, CatalogueXlsx, catalogue_csv},
    error::WriteError,
    excel::Written,
    form::form_docx,
    guide::guide_docx,
    jsonl::write_record,
    notice::notice_docx,
    pack::{Office, pack_docx, pack_zip},
    report::{Report, ReportSummary},
};

#[cfg(test)]
mod outline;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
