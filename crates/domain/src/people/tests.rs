use super::*;

#[test]
fn a_role_is_read_as_it_is_written() {
    let desk = Role::Reviewer { desk: "department".into() };
    let all = [Role::Editor, desk, Role::Publisher, Role::Supervisor, Role::Administrator];
    for role in all {
        assert_eq!(Role::parse(&role.to_text()), Some(role));
    }
    assert_eq!(Role::parse("reviewer:"), None);
    assert_eq!(Role::parse("owner"), None);
}

#[test]
fn a_scope_covers_its_region_and_what_lies_below() {
    let county: RegionCode = "620524".parse().unwrap();
    let city: RegionCode = "620500".parse().unwrap();
    let other: RegionCode = "620525".parse().unwrap();
    let (own, next) = (BodyId(1), BodyId(2));
    assert!(Scope::Everywhere.covers(other, next));
    assert!(Scope::Region(city).covers(county, own));
    assert!(!Scope::Region(county).covers(city, own), "what lies above is not covered");
    assert!(!Scope::Region(county).covers(other, own));
    assert!(Scope::Body(own).covers(county, own));
    assert!(!Scope::Body(own).covers(county, next), "the office next door is another's");
}

#[test]
fn a_password_has_a_digit_a_letter_and_a_sign_and_is_no_usual_one() {
    use PasswordFault as F;
    let check = |password: &str, expected: &[F]| {
        assert_eq!(check_password(password, "wsmz-01"), expected, "{password}");
    };
    check("Lvyou#7402", &[]);
    check("城关镇no.1", &[F::TooShort]);
    check("城关镇办事处no.1", &[]);
    check("abc", &[F::TooShort, F::NoDigit, F::NoSign, F::Common]);
    check("12345678", &[F::NoLetter, F::NoSign]);
    check("lvyou7402", &[F::NoSign]);
    check("wsmz-01!", &[F::HoldsAccount]);
    check("X#WSMZ-01", &[F::HoldsAccount]);
    check("Admin@123", &[F::Common]);
    check("p@ssw0rd", &[F::Common]);
    check("P@ssw0rd2026", &[F::Common]);
    check("aaaaaa1!", &[F::Common]);
    check(&format!("a1!{}", "x".repeat(200)), &[F::TooLong]);
}

#[test]
fn a_first_password_is_one_that_may_be_kept_out_of_many() {
    let all: std::collections::BTreeSet<String> =
        (0..=255_u8).map(|it| first_password(&[it; 16])).collect();
    assert!(all.len() > 25);
    let chance: [u8; 16] = std::array::from_fn(|at| (at * 37 + 11) as u8);
    let password = first_password(&chance);
    assert_eq!(check_password(&password, "wsmz-01"), []);
    assert!(!password.contains(['0', 'O', '1', 'l', 'I']), "read off paper: {password}");
}

#[test]
fn the_fifth_failure_closes_an_account_for_a_while() {
    let at = time::macros::datetime!(2026-11-20 04:00 UTC);
    assert_eq!(locked_until(4, Some(at)), None);
    assert_eq!(locked_until(5, Some(at)), Some(at + LOCKED_FOR));
    assert_eq!(locked_until(5, None), None);
}

#[test]
fn an_account_is_short_and_plain() {
    for account in ["wsmz-01", "demo.clerk", "a_b", "民政局01"] {
        assert_eq!(check_account(account), Ok(()), "{account}");
    }
    for account in ["", "a", "a b", "a/b", &"x".repeat(41)] {
        assert!(check_account(account).is_err(), "{account}");
    }
}
