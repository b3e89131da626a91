//! What pages are made of.

mod dish;
mod drawing;
mod failure;
mod footer;
mod header;
mod house;
mod icon;
pub(crate) mod listing;
mod page;
mod property_card;
mod recipe_card;

pub(crate) use dish::Dish;
pub(crate) use drawing::Drawing;
pub(crate) use failure::{failure, missing};
pub(crate) use footer::Footer;
pub(crate) use header::Header;
pub(crate) use house::House;
pub(crate) use icon::Icon;
pub(crate) use page::{Head, page};
pub(crate) use property_card::{PropertyCard, price_per_area};
pub(crate) use recipe_card::RecipeCard;
