//! The keys of an object in canonical form.

use std::borrow::Cow;
use std::collections::BTreeMap;

use comity_document::document::Member;

use super::nfc;

/// The canonical keys of an object, in the order of its members: composed, unless two keys would become equal. Such
/// keys stay as they were typed, because a reader would keep only one of the two values.
pub(super) fn written_keys<'k>(members: &'k [Member<'_>]) -> Vec<Cow<'k, str>> {
    let mut keys: Vec<Cow<'k, str>> = members.iter().map(|member| nfc(member.key)).collect();
    if keys.iter().zip(members).all(|(key, member)| *key == member.key) {
        return keys;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for key in &keys {
        *counts.entry(key.to_string()).or_default() += 1;
    }
    for (key, member) in keys.iter_mut().zip(members) {
        if counts.get(&**key).is_some_and(|count| *count > 1) {
            *key = member.key.into();
        }
    }
    keys
}
