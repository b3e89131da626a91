//! What happens around the execution of an operation.

use std::sync::Arc;

use async_graphql::{
    PathSegment, QueryPathSegment, Response, ServerError, ServerResult, Value, async_trait,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, ResolveInfo,
    },
};

/// Data of a request that is only checked, not executed.
pub(super) struct OnlyChecked;

/// Ends a request that is only checked after the checks, and says in which field an error arose, as
/// types that are made at run time do not.
pub(super) struct Hooks;

impl ExtensionFactory for Hooks {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Hooks {
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        if ctx.data_opt::<OnlyChecked>().is_some() {
            Response::default()
        } else {
            next.run(ctx, operation_name).await
        }
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let node = *info.path_node;
        let resolved = next.run(ctx, info).await;
        resolved.map_err(|error| {
            if !error.path.is_empty() {
                return error;
            }
            let nodes = std::iter::once(&node).chain(node.parents());
            let segments = nodes.map(|node| match node.segment {
                QueryPathSegment::Index(at) => PathSegment::Index(at),
                QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
            });
            let mut path: Vec<PathSegment> = segments.collect();
            path.reverse();
            ServerError { path, ..error }
        })
    }
}
