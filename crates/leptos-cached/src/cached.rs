//! What a server function returns.

use std::{fmt, marker::PhantomData, sync::Arc};

use crate::{Fault, FromJson};

/// What a server function at a canonical URL returns.
pub type Answered<T> = Result<Cached<T>, Fault>;

/// An answer that holds a value of type `T`. Cheap to clone.
///
/// On the server it is the cached entry: an HTTP response sends its bytes without parsing them, and
/// the first [`read`](Self::read) parses the value for all later ones. In the browser it is the
/// value itself.
pub struct Cached<T> {
    #[cfg(feature = "ssr")]
    answer: crate::Answer,
    #[cfg(not(feature = "ssr"))]
    value: Arc<T>,
    of: PhantomData<fn() -> T>,
}

#[cfg(feature = "ssr")]
impl<T: FromJson> Cached<T> {
    /// Wraps an answer from the tiers.
    pub fn new(answer: crate::Answer) -> Self {
        Self {
            answer,
            of: PhantomData,
        }
    }

    /// The answer itself.
    pub fn answer(&self) -> &crate::Answer {
        &self.answer
    }

    /// The value. The first read of an entry parses it; later reads share the result.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if the answer is that nothing was found; [`Fault::Unavailable`] if its
    /// JSON does not parse as a `T`, which is logged.
    pub fn read(&self) -> Result<Arc<T>, Fault> {
        self.answer.representation().read()
    }
}

#[cfg(not(feature = "ssr"))]
impl<T: FromJson> Cached<T> {
    /// Parses the body of a response.
    pub(crate) fn of_json(json: &str) -> Answered<T> {
        let value = T::from_json(json).map_err(|_| Fault::Unavailable)?;
        Ok(Self {
            value: Arc::new(value),
            of: PhantomData,
        })
    }

    /// The value.
    ///
    /// # Errors
    /// Never in the browser.
    pub fn read(&self) -> Result<Arc<T>, Fault> {
        Ok(Arc::clone(&self.value))
    }
}

impl<T> Clone for Cached<T> {
    fn clone(&self) -> Self {
        Self {
            #[cfg(feature = "ssr")]
            answer: self.answer.clone(),
            #[cfg(not(feature = "ssr"))]
            value: Arc::clone(&self.value),
            of: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Cached<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cached").finish_non_exhaustive()
    }
}
