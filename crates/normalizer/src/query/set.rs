//! The elements of one set.

/// The elements of a set, sorted bytewise. Empty means unrestricted.
#[derive(Clone, Debug)]
pub struct Set<'a> {
    // No element contains a comma, since rule 5 splits at every one of them.
    rest: Option<&'a str>,
}

impl<'a> Set<'a> {
    pub(crate) fn new(text: Option<&'a str>) -> Self {
        Self {
            rest: text.filter(|text| !text.is_empty()),
        }
    }

    /// Whether the parameter is unrestricted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_none()
    }

    /// Whether the set holds this element, given in its canonical form.
    #[must_use]
    pub fn contains(&self, element: &str) -> bool {
        self.clone().any(|held| held == element)
    }
}

impl<'a> Iterator for Set<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        match rest.split_once(',') {
            Some((element, rest)) => {
                self.rest = Some(rest);
                Some(element)
            }
            None => self.rest.take(),
        }
    }
}
