//! Rule 1: texts that differ in case, accents or width alone become one.

use std::borrow::Cow;

use super::unicode::{first_of_nfd, nfkc};

/// A text without the differences that searching ignores: NFKC, lower case, Latin letters without
/// their accents.
///
/// Only Latin letters lose their marks: in other scripts these make other letters, such as `й` or
/// `が`. Lower-casing goes character by character, so a capital sigma becomes `σ` even at the end of
/// a word.
///
/// ```
/// use normalizer::fold;
///
/// assert_eq!(fold("San José".into()), "san jose");
/// assert_eq!(fold("Ｌ’Île-d’Orléans".into()), "l'ile-d'orleans");
/// assert_eq!(fold("Łódź, Tromsø, Gießen".into()), "lodz, tromso, giessen");
/// assert_eq!(fold("Йошкар-Ола".into()), "йошкар-ола");
/// ```
#[must_use]
pub fn fold(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.is_ascii() {
        let small: String = nfkc(&text).chars().flat_map(char::to_lowercase).collect();
        return Cow::Owned(without_accents(&nfkc(&small)));
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let mut text = text.into_owned();
        text.make_ascii_lowercase();
        return Cow::Owned(text);
    }
    text
}

/// A composed text in lower case, with its Latin letters replaced by those of ASCII as far as they
/// look like them, and its white space by blanks.
fn without_accents(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Whether only marks were dropped since a Latin letter.
    let mut is_latin = false;
    for character in text.chars() {
        if is_latin && matches!(character, '\u{300}'..='\u{36F}') {
            continue;
        }
        let letter = match character {
            'ß'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => first_of_nfd(character),
            _ => character,
        };
        is_latin = matches!(letter, 'a'..='z' | 'ß'..='\u{2AF}');
        match letter {
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ß' => plain.push_str("ss"),
            'þ' => plain.push_str("th"),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            'ı' => plain.push('i'),
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'ŧ' => plain.push('t'),
            'ς' => plain.push('σ'),
            '’' => plain.push('\''),
            _ if letter.is_whitespace() && !letter.is_ascii() => plain.push(' '),
            _ => plain.push(letter),
        }
    }
    plain
}
