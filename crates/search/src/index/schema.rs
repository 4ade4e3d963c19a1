use tantivy::{
    Index, TantivyDocument,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::TokenizerManager,
};

use crate::words::{GramTokenizer, WordTokenizer};

/// Counts up whenever what is put into a document changes, so that older indexes are rebuilt.
pub(super) const FORM: u32 = 1;

const WORDS: &str = "words";
const GRAMS: &str = "grams";

/// The fields of a document.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) item: Field,
    pub(super) code: Field,
    /// Codes that others know the item by: of its catalogue entry, of other systems.
    pub(super) other_codes: Field,
    pub(super) name: Field,
    /// Name and everyday names, each whole.
    pub(super) whole_names: Field,
    /// Name and everyday names by characters and pairs of them.
    pub(super) grams: Field,
    pub(super) everyday_names: Field,
    pub(super) catalogue: Field,
    pub(super) body: Field,
    pub(super) materials: Field,
    pub(super) rest: Field,
    pub(super) regions: Field,
    pub(super) departments: Field,
    pub(super) kinds: Field,
    pub(super) themes: Field,
    pub(super) person_themes: Field,
    pub(super) enterprise_themes: Field,
    pub(super) objects: Field,
    pub(super) frequent: Field,
    pub(super) position: Field,
    /// What a page shows of the item, as JSON.
    pub(super) shown: Field,
}

pub(super) type Document = TantivyDocument;

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |tokenizer, option| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let words = text(WORDS, IndexRecordOption::WithFreqs);
    let grams = text(GRAMS, IndexRecordOption::WithFreqsAndPositions);
    let fields = Fields {
        item: builder.add_i64_field("item", INDEXED | FAST),
        code: builder.add_text_field("code", STRING),
        other_codes: builder.add_text_field("other_codes", STRING),
        name: builder.add_text_field("name", words.clone()),
        whole_names: builder.add_text_field("whole_names", STRING),
        grams: builder.add_text_field("grams", grams),
        everyday_names: builder.add_text_field("everyday_names", words.clone()),
        catalogue: builder.add_text_field("catalogue", words.clone()),
        body: builder.add_text_field("body", words.clone()),
        materials: builder.add_text_field("materials", words.clone()),
        rest: builder.add_text_field("rest", words),
        regions: builder.add_text_field("regions", STRING | FAST),
        departments: builder.add_text_field("departments", STRING | FAST),
        kinds: builder.add_text_field("kinds", STRING | FAST),
        themes: builder.add_text_field("themes", STRING | FAST),
        person_themes: builder.add_text_field("person_themes", STRING | FAST),
        enterprise_themes: builder.add_text_field("enterprise_themes", STRING | FAST),
        objects: builder.add_text_field("objects", STRING | FAST),
        frequent: builder.add_bool_field("frequent", INDEXED | FAST),
        position: builder.add_u64_field("position", FAST),
        shown: builder.add_text_field("shown", STORED),
    };
    (builder.build(), fields)
}

pub(super) fn register_tokenizers(index: &Index) {
    let tokenizers: &TokenizerManager = index.tokenizers();
    tokenizers.register(WORDS, WordTokenizer);
    tokenizers.register(GRAMS, GramTokenizer);
}
