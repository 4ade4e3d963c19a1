use tantivy::{
    Index, TantivyDocument,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
    },
    tokenizer::TokenizerManager,
};

use crate::words::BagTokenizer;

/// Counts up whenever what is put into a document changes, so that older indexes are rebuilt.
pub(super) const FORM: u32 = 2;

/// Marks the region that an item is in itself among those that it is in.
pub(super) const OWN: char = '=';

const BAG: &str = "bag";

/// The fields of a document.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) item: Field,
    pub(super) code: Field,
    /// Codes that others know the item by: of its catalogue entry, of other systems.
    pub(super) other_codes: Field,
    /// Name and everyday names, each whole.
    pub(super) whole_names: Field,
    /// What the item is called: words, pairs of characters, characters.
    pub(super) names: Field,
    /// What else is said of it, and by whom it is done: words.
    pub(super) texts: Field,
    /// How its names sound.
    pub(super) sounds: Field,
    /// The region with all above it; and the region alone, after a [`OWN`].
    pub(super) regions: Field,
    pub(super) frequent: Field,
    /// What a page shows of the item, as JSON.
    pub(super) shown: Field,
    /// Columns: see [`super::columns`].
    pub(super) region: Field,
    pub(super) department: Field,
    pub(super) traits: Field,
    pub(super) position: Field,
    pub(super) name_length: Field,
}

pub(super) type Document = TantivyDocument;

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let bag = |option| {
        // The lengths of texts are in the frequencies already.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(BAG)
            .set_index_option(option)
            .set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        item: builder.add_i64_field("item", INDEXED | FAST),
        code: builder.add_text_field("code", plain()),
        other_codes: builder.add_text_field("other_codes", plain()),
        whole_names: builder.add_text_field("whole_names", plain()),
        names: builder.add_text_field("names", bag(IndexRecordOption::WithFreqs)),
        texts: builder.add_text_field("texts", bag(IndexRecordOption::WithFreqs)),
        sounds: builder.add_text_field("sounds", bag(IndexRecordOption::Basic)),
        regions: builder.add_text_field("regions", plain()),
        frequent: builder.add_bool_field("frequent", INDEXED),
        shown: builder.add_text_field("shown", STORED),
        region: builder.add_text_field("region", FAST),
        department: builder.add_text_field("department", FAST),
        traits: builder.add_text_field("traits", FAST),
        position: builder.add_u64_field("position", FAST),
        name_length: builder.add_u64_field("name_length", FAST),
    };
    (builder.build(), fields)
}

pub(super) fn register_tokenizers(index: &Index) {
    let tokenizers: &TokenizerManager = index.tokenizers();
    tokenizers.register(BAG, BagTokenizer);
}

/// A term to find, whole as it is.
fn plain() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}
