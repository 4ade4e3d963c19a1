use documents::read::{ReadOptions, open};
use domain::{intake::*, standard::Standards};
use std::io::{Read, Write, Cursor};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let n: u64 = args[1].parse().unwrap();
    let mut seed: u64 = args[2].parse().unwrap();
    let standards = Standards::shipped().unwrap();
    let options = ReadOptions::new(standards.get("wushan").unwrap(), &Mapping::default());
    let mut rnd = move || { seed ^= seed << 13; seed ^= seed >> 7; seed ^= seed << 17; seed };
    let files: Vec<(String, Vec<u8>)> = args[3..].iter().map(|f| (f.clone(), std::fs::read(f).unwrap())).collect();
    let (mut ok, mut err, mut slow) = (0, 0, std::time::Duration::ZERO);
    for i in 0..n {
        let (name, bytes) = &files[(rnd() % files.len() as u64) as usize];
        let mut bytes = bytes.clone();
        // mutate inside the zip parts, too
        if bytes.starts_with(b"PK") && rnd() % 4 != 0 {
            let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
            let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for at in 0..zip.len() {
                let mut part = zip.by_index(at).unwrap();
                let name = part.name().unwrap().into_owned();
                if name.ends_with('/') { continue; }
                let mut data = Vec::new(); part.read_to_end(&mut data).unwrap();
                if rnd() % 3 == 0 { mutate(&mut data, &mut rnd); }
                out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                out.write_all(&data).unwrap();
            }
            bytes = out.finish().unwrap().into_inner();
        } else { mutate(&mut bytes, &mut rnd); }
        let path = format!("/tmp/team/fuzz/{}", name.rsplit('/').next().unwrap());
        std::fs::write(&path, &bytes).unwrap();
        let t = std::time::Instant::now();
        match open(path.as_ref(), &options) { Ok(r) => { ok += 1; r.count(); } Err(_) => err += 1 }
        let t = t.elapsed();
        if t > slow { slow = t; println!("{i} {name} {t:?}"); std::fs::copy(&path, "/tmp/team/fuzz/slowest").unwrap(); }
    }
    println!("ok {ok} err {err}");
}
fn mutate(bytes: &mut Vec<u8>, rnd: &mut impl FnMut() -> u64) {
    if bytes.is_empty() { return; }
    for _ in 0..1 + rnd() % 6 {
        let len = bytes.len() as u64;
        let at = (rnd() % len) as usize;
        match rnd() % 5 {
            0 => bytes[at] = rnd() as u8,
            1 => bytes[at] = [0, 0xff, b'"', b'<', b'>', b'{', b'\n', 0x7f][(rnd() % 8) as usize],
            2 => { bytes.truncate(at.max(1)); }
            3 => { let to = (at + (rnd() % 40) as usize).min(bytes.len()); let part = bytes[at..to].to_vec(); let p = (rnd() % len) as usize; let p = p.min(bytes.len()); bytes.splice(p..p, part); }
            _ => { let to = (at + (rnd() % 40) as usize).min(bytes.len()); bytes.drain(at..to); if bytes.is_empty() { return; } }
        }
    }
}
