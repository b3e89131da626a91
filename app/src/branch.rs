//! A part of the page that the islands router replaces as a whole.
//!
//! The router walks the old and the new document side by side and patches what differs. It finds
//! its way by comments, `<!--bo-name-->…<!--bc-name-->`: between two branches of different names
//! it swaps everything, between equal ones it compares node by node. The latter neither removes
//! attributes nor copes with a list that became longer, so that a ticked box would stay ticked.
//! Each page is therefore one branch, named after its address, and carries no marks inside.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    tachys::{
        hydration::Cursor,
        ssr::StreamBuilder,
        view::{MarkBranch, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr},
    },
};

/// A view between two marks.
pub(crate) struct Branch<V> {
    name: String,
    view: V,
}

impl<V> Branch<V> {
    /// Marks a view. The name must be fit for an HTML comment; hexadecimal digits are.
    pub(crate) fn new(name: String, view: V) -> Self {
        Self { name, view }
    }
}

impl<V: Render> Render for Branch<V> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.view.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.view.rebuild(state);
    }
}

impl<V: RenderHtml> AddAnyAttr for Branch<V> {
    type Output<A: Attribute> = Branch<<V as AddAnyAttr>::Output<A>>;

    fn add_any_attr<A: Attribute>(self, attr: A) -> Self::Output<A>
    where
        Self::Output<A>: RenderHtml,
    {
        Branch {
            name: self.name,
            view: self.view.add_any_attr(attr),
        }
    }
}

impl<V: RenderHtml + Send> RenderHtml for Branch<V> {
    type AsyncOutput = Branch<V::AsyncOutput>;
    type Owned = Branch<V::Owned>;

    const MIN_LENGTH: usize = V::MIN_LENGTH;

    fn dry_resolve(&mut self) {
        self.view.dry_resolve();
    }

    async fn resolve(self) -> Self::AsyncOutput {
        Branch {
            name: self.name,
            view: self.view.resolve().await,
        }
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        _mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        buf.open_branch(&self.name);
        self.view
            .to_html_with_buf(buf, position, escape, false, extra_attrs);
        buf.close_branch(&self.name);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        _mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) where
        Self: Sized,
    {
        buf.open_branch(&self.name);
        self.view
            .to_html_async_with_buf::<OUT_OF_ORDER>(buf, position, escape, false, extra_attrs);
        buf.close_branch(&self.name);
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Self::State {
        self.view.hydrate::<FROM_SERVER>(cursor, position)
    }

    fn into_owned(self) -> Self::Owned {
        Branch {
            name: self.name,
            view: self.view.into_owned(),
        }
    }
}
