use super::*;

#[test]
fn the_passed_tests_of_all_binaries_are_added_up() {
    let output = "\
running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests domain
test result: ok. 11 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out
";
    assert_eq!(passed_in_rust(output), 13);
}

#[test]
fn the_journeys_are_counted_from_the_closing_line() {
    assert_eq!(passed_in_browser("  ok 1 home (1.2s)\n\n  9 passed (21.4s)\n"), 9);
    assert_eq!(passed_in_browser("  1 failed\n"), 0);
}

#[test]
fn a_step_that_does_not_exist_is_refused_by_name() {
    let refusal = chosen(&["fmt", "lint"]).err().map(|it| it.to_string()).unwrap_or_default();
    assert!(refusal.contains("no step `lint`"), "{refusal}");
    assert_eq!(chosen(&["tidy", "fmt"]).unwrap().len(), 2);
    assert_eq!(chosen(&[]).unwrap().len(), STEPS.len());
}
