//! Memory of trees.

use bumpalo::Bump;

use super::{Member, Node};

/// Memory for the lists, objects and unescaped strings of trees. All of it is freed at once; a tree in an arena that is used
/// again costs no allocation of its own.
#[derive(Debug, Default)]
pub struct Arena(Bump);

impl Arena {
    /// Drops all trees in the arena, and keeps the memory.
    pub fn clear(&mut self) {
        self.0.reset();
    }

    /// Copies a string into the arena.
    pub fn text(&self, text: &str) -> &str {
        self.0.alloc_str(text)
    }

    /// Copies the items of a list into the arena.
    pub fn items<'t>(&'t self, items: &[Node<'t>]) -> &'t [Node<'t>] {
        self.0.alloc_slice_copy(items)
    }

    /// Copies the members of an object into the arena.
    pub fn members<'t>(&'t self, members: &[Member<'t>]) -> &'t [Member<'t>] {
        self.0.alloc_slice_copy(members)
    }
}
