//! 二维码: an address as a picture that a telephone reads.

use qrcode::{Color, EcLevel, QrCode};

/// The white edge that readers ask for, and the pixels of a module.
const EDGE: usize = 4;
const SCALE: usize = 6;

/// Draws a text as a QR code in PNG, one bit a pixel; `None` if it is too long for one.
pub(super) fn png(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (modules, n) = (code.to_colors(), code.width());
    let side = (n + 2 * EDGE) * SCALE;
    let is_dark = |x: usize, y: usize| {
        let at = |pixel: usize| (pixel / SCALE).checked_sub(EDGE).filter(|it| *it < n);
        at(x).zip(at(y)).is_some_and(|(x, y)| modules[y * n + x] == Color::Dark)
    };
    let line = |y: usize| {
        let byte = move |start: usize| {
            let bits = (0..8).map(|bit| u8::from(!is_dark(start + bit, y)));
            bits.fold(0, |byte, bit| byte << 1 | bit)
        };
        (0..side).step_by(8).map(byte)
    };
    let pixels: Vec<u8> = (0..side).flat_map(line).collect();
    let mut bytes = Vec::new();
    let side = u32::try_from(side).ok()?;
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().expect("writing to memory does not fail");
    writer.write_image_data(&pixels).expect("there are as many pixels as were announced");
    writer.finish().expect("writing to memory does not fail");
    Some(bytes)
}
