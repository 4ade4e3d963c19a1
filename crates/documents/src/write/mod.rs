//! 写: from items to the Word, Excel and text files that an office hands on.
//!
//! A file is a function of its arguments: no clock, no chance, so that writing
//! it twice gives the same bytes.

mod catalogue;
mod comma;
mod error;
mod excel;
mod flow;
mod form;
mod guide;
mod jsonl;
mod list;
mod notice;
mod pack;
mod package;
mod qr;
mod report;
mod word;
mod xml;

pub use self::{
    catalogue::{CatalogueCsv, CatalogueXlsx, catalogue_csv},
    error::WriteError,
    excel::Written,
    flow::{
        FlowPaper, Fonts, PngError, flow_bpmn, flow_docx, flow_of, flow_png, flow_svg, flow_svg_on,
        posts_docx,
    },
    form::form_docx,
    guide::guide_docx,
    jsonl::write_record,
    list::{List, list_csv, lists_xlsx},
    notice::notice_docx,
    pack::{Office, pack_docx, pack_zip},
    report::{Report, ReportSummary},
};
pub(crate) use self::{
    package::{PROGRAM, PROGRAM_PART},
    xml::legible,
};

#[cfg(test)]
mod outline;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
