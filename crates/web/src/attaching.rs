//! Files that an item is about to refer to: whoever sees the item may have them, so they must be
//! such as its writer may use.

use domain::{
    content::Content,
    library::{Attached, newly_attached},
    people::Scope,
};
use store::{StoreError, Tx};

/// Returns the names of files that `after` refers to, `before` does not, and an officer of this
/// scope may not use. Who may use all may also refer to what is still to be brought.
pub(crate) async fn foreign(
    tx: &mut Tx,
    scope: Scope,
    before: &Content,
    after: &Content,
) -> Result<Vec<String>, StoreError> {
    let mut new: Vec<Attached<'_>> = newly_attached(before, after);
    if new.is_empty() || scope == Scope::Everywhere {
        return Ok(Vec::new());
    }
    let hashes: Vec<&str> = new.iter().map(|it| it.hash).collect();
    let usable = tx.usable_attachments(scope, &hashes).await?;
    new.retain(|it| !usable.contains(it.hash));
    Ok(new.into_iter().map(|it| it.name.to_owned()).collect())
}
