fn main() {
    let standards = domain::standard::Standards::shipped().unwrap();
    let options = documents::read::ReadOptions::new(standards.get("wushan").unwrap(), &Default::default());
    match documents::read::open(std::env::args().nth(1).unwrap().as_ref(), &options) {
        Ok(reader) => { let kind = reader.source().kind; println!("{kind:?} rows {}", reader.count()) },
        Err(err) => println!("ERR {err}"),
    }
}
