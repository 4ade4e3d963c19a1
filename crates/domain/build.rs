//! The standards are part of the binary; a new file among them must rebuild it.

fn main() {
    println!("cargo:rerun-if-changed=../../standards");
}
