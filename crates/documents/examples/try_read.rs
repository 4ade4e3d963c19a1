use documents::read::{ReadOptions, open};
use domain::{intake::*, region::RegionCode, standard::Standards};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let standards = Standards::shipped().unwrap();
    let standard = standards.get(&args[1]).unwrap();
    let mapping = Mapping::default();
    let defaults =
        Defaults { region: args.get(3).map(|r| RegionCode::parse(r).unwrap()), body: None };
    let options = ReadOptions::new(standard, &mapping);
    let intake = Intake { standard, mapping: &mapping, defaults: &defaults };
    let started = std::time::Instant::now();
    match open(args[2].as_ref(), &options) {
        Err(err) => println!("ERR {err}"),
        Ok(mut reader) => {
            println!("{:?}", reader.source());
            let (mut n, mut ok, mut findings) = (0, 0, 0);
            let mut unknown = std::collections::BTreeSet::new();
            while let Some(row) = reader.next_row() {
                n += 1;
                if n <= 1 {
                    println!("{:#?}", row);
                }
                if let RawData::Cells(cells) = &row.data {
                    for c in cells {
                        if Columns::new(standard, &mapping).is_unknown(&c.header) {
                            unknown.insert(c.header.clone());
                        }
                    }
                }
                match intake.read(row) {
                    Ok(p) => {
                        ok += 1;
                        findings += p.findings.len();
                        if ok == 1 {
                            println!("{}", serde_json::to_string_pretty(&p.record).unwrap());
                            println!("{:?}", p.findings)
                        }
                    }
                    Err(r) => {
                        if n - ok < 10 {
                            println!("REJECT {r:?}")
                        }
                    }
                }
            }
            println!(
                "read {n} proposals {ok} findings {findings} unknown {unknown:?} in {:?}",
                started.elapsed()
            );
        }
    }
}
