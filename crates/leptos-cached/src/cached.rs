//! What a server function returns.

use std::{fmt, marker::PhantomData, sync::Arc};

use crate::{Fault, FromJson};

/// What a server function at a canonical URL returns.
pub type Answered<T> = Result<Cached<T>, Fault>;

/// An answer with a value of some type in it. Cheap to clone.
///
/// On the server it is the tiers' own entry: as an HTTP answer it is sent as the bytes that it is,
/// and is never parsed; who [reads](Self::read) the value parses it once for all. In the browser it
/// is the value.
pub struct Cached<T> {
    #[cfg(feature = "ssr")]
    answer: crate::Answer,
    #[cfg(not(feature = "ssr"))]
    value: Arc<T>,
    of: PhantomData<fn() -> T>,
}

#[cfg(feature = "ssr")]
impl<T: FromJson> Cached<T> {
    /// The value of an answer from the tiers.
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

    /// The value, parsed by whoever reads it first, and then once for all who read this entry.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if the answer is that there is nothing; [`Fault::Unavailable`] if it is
    /// not what its type says, which is logged.
    pub fn read(&self) -> Result<Arc<T>, Fault> {
        self.answer.representation().read()
    }
}

#[cfg(not(feature = "ssr"))]
impl<T: FromJson> Cached<T> {
    /// Reads the body of a response.
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
    /// None in the browser.
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
