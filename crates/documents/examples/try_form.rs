use domain::{item::ItemRecord, standard::Standards};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let standards = Standards::shipped().unwrap();
    let standard = standards.get("wushan").unwrap();
    let items: Vec<ItemRecord> = std::fs::read_to_string(&args[1]).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    for f in ["table1", "table2"] {
        std::fs::write(format!("/tmp/team/conv/{f}.docx"), documents::write::form_docx(standard.form(f).unwrap(), standard, &items, "武山县民政局", "武山县")).unwrap();
    }
}
