//! A flow as PNG, for where nothing draws SVG.

use std::sync::Arc;

use domain::flow::Flow;
use resvg::{tiny_skia, usvg};
use usvg::fontdb::{Database, Family, Language, Query};

use super::svg::flow_svg;

/// Pixels a point: 144 to the inch.
const SCALE: f32 = 2.0;

/// 图片画不出来。
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    #[error(
        "这台机器上没有中文字体，画不出图片里的字。请装一种（Debian、Ubuntu：apt-get install fonts-noto-cjk；统信、麒麟：fonts-noto-cjk 或者文泉驿），或者改用 flow.svg"
    )]
    NoFont,
    #[error(
        "流程图太大（宽 {width}、高 {height} 点），画不成一张图片；请改用 flow.svg 或者 flow.docx"
    )]
    TooLarge { width: f32, height: f32 },
    #[error("图片没有画成：{0}；请改用 flow.svg")]
    Drawing(String),
}

/// 画图片用的字体：机器上有的。
pub struct Fonts {
    database: Arc<Database>,
    family: String,
}

impl Fonts {
    /// Finds the fonts of the machine, one of them with Chinese.
    pub fn of_system() -> Result<Fonts, PngError> {
        let mut database = Database::new();
        database.load_system_fonts();
        Fonts::among(database)
    }

    /// What a machine without any font has.
    #[cfg(test)]
    pub(super) fn none() -> Result<Fonts, PngError> {
        Fonts::among(Database::new())
    }

    fn among(database: Database) -> Result<Fonts, PngError> {
        let family = chinese_family(&database).ok_or(PngError::NoFont)?;
        Ok(Fonts { database: Arc::new(database), family })
    }
}

/// Draws the flow with these fonts.
pub fn flow_png(flow: &Flow, title: &str, fonts: &Fonts) -> Result<Vec<u8>, PngError> {
    let options = usvg::Options {
        fontdb: Arc::clone(&fonts.database),
        font_family: fonts.family.clone(),
        ..usvg::Options::default()
    };
    let svg = flow_svg(flow, title);
    let tree =
        usvg::Tree::from_data(&svg, &options).map_err(|it| PngError::Drawing(it.to_string()))?;
    let size = tree.size();
    let (width, height) = (size.width(), size.height());
    let too_large = || PngError::TooLarge { width, height };
    let pixels = |it: f32| (it * SCALE).ceil() as u32;
    let mut picture =
        tiny_skia::Pixmap::new(pixels(width), pixels(height)).ok_or_else(too_large)?;
    let scale = tiny_skia::Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut picture.as_mut());
    picture.encode_png().map_err(|it| PngError::Drawing(it.to_string()))
}

/// Finds a family with Chinese: the usual ones, else any that has a Chinese name.
fn chinese_family(database: &Database) -> Option<String> {
    const USUAL: [&str; 8] = [
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "Microsoft YaHei",
        "PingFang SC",
        "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
        "SimSun",
        "Noto Serif CJK SC",
    ];
    let is_there = |name: &&&str| {
        database.query(&Query { families: &[Family::Name(name)], ..Query::default() }).is_some()
    };
    if let Some(name) = USUAL.iter().find(is_there) {
        return Some((*name).to_owned());
    }
    let is_chinese = |language: &Language| {
        matches!(language, Language::Chinese_PeoplesRepublicOfChina | Language::Chinese_Singapore)
    };
    let mut families = database.faces().flat_map(|face| &face.families);
    families.find(|(_, language)| is_chinese(language)).map(|(name, _)| name.clone())
}
