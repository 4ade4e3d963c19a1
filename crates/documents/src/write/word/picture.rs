//! A picture in a line of text.

use super::super::xml::{Element, el};

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// A twentieth of a point in the unit of drawings.
const EMU: u32 = 635;

/// A picture of a document, that a paragraph may show.
#[derive(Debug, Clone)]
pub(in super::super) struct Picture {
    /// Which of the document's relations it is.
    pub(super) relation: usize,
    pub(super) words: String,
}

impl Picture {
    /// Returns the run that shows the picture, `width` times `height` twentieths of a point.
    pub(super) fn run(&self, width: u32, height: u32) -> Element {
        let id = self.relation.to_string();
        let size = |name| el(name).number("cx", width * EMU).number("cy", height * EMU);
        let named = |name| {
            let named = el(name).attr("id", id.clone()).attr("name", format!("图 {id}"));
            named.attr("descr", self.words.clone())
        };
        let about = el("pic:nvPicPr").child(named("pic:cNvPr")).child(el("pic:cNvPicPr"));
        let fill = el("pic:blipFill")
            .child(el("a:blip").attr("r:embed", format!("rId{id}")))
            .child(el("a:stretch").child(el("a:fillRect")));
        let place = el("a:xfrm").child(el("a:off").attr("x", "0").attr("y", "0"));
        let shape = el("pic:spPr")
            .child(place.child(size("a:ext")))
            .child(el("a:prstGeom").attr("prst", "rect").child(el("a:avLst")));
        let picture = el("pic:pic").attr("xmlns:pic", PICTURE);
        let picture = picture.child(about).child(fill).child(shape);
        let graphic = el("a:graphicData").attr("uri", PICTURE).child(picture);
        let inline = ["distT", "distB", "distL", "distR"]
            .into_iter()
            .fold(el("wp:inline").attr("xmlns:wp", DRAWING), |it, side| it.attr(side, "0"))
            .child(size("wp:extent"))
            .child(named("wp:docPr"))
            .child(el("wp:cNvGraphicFramePr"))
            .child(el("a:graphic").attr("xmlns:a", MAIN).child(graphic));
        el("w:r").child(el("w:drawing").child(inline))
    }
}
