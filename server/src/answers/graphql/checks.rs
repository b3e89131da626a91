//! An operation is only checked, not executed, if its request says so.

use std::sync::Arc;

use async_graphql::{
    Response, async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute},
};

/// Data of a request that is only checked.
pub(super) struct OnlyChecked;

/// The extension that ends such a request after the checks.
pub(super) struct Checks;

impl ExtensionFactory for Checks {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Checks {
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
}
