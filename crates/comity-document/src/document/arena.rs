//! Where trees live.

use bumpalo::Bump;

use super::{Member, Node};

/// Memory for the lists, objects and unescaped strings of trees. All of it is let go at once, so that a tree costs no
/// allocation of its own where an arena is used again.
#[derive(Debug, Default)]
pub struct Arena(Bump);

impl Arena {
    /// Lets go of everything that lies here, and keeps the memory.
    pub fn clear(&mut self) {
        self.0.reset();
    }

    /// A string that stands in no text as it is.
    pub fn text(&self, text: &str) -> &str {
        self.0.alloc_str(text)
    }

    /// The items of a list.
    pub fn items<'t>(&'t self, items: impl ExactSizeIterator<Item = Node<'t>>) -> &'t [Node<'t>] {
        self.0.alloc_slice_fill_iter(items)
    }

    /// The members of an object.
    pub fn members<'t>(&'t self, members: impl ExactSizeIterator<Item = Member<'t>>) -> &'t [Member<'t>] {
        self.0.alloc_slice_fill_iter(members)
    }
}
