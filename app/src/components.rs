//! The components of the pages.

mod chart;
mod data;
mod dish;
mod drawing;
mod facts;
mod failure;
mod footer;
mod gallery;
mod header;
mod icon;
pub(crate) mod listing;
mod map;
mod page;
mod photo;
mod plan;
mod prices;
mod property_card;
mod recipe_card;

pub(crate) use chart::{Bar, Chart, Line as ChartLine, Scale};
pub(crate) use data::Data;
pub(crate) use dish::Dish;
pub use dish::dish_file;
pub(crate) use drawing::Drawing;
pub(crate) use facts::Facts;
pub(crate) use failure::{failure, missing};
pub(crate) use footer::Footer;
pub(crate) use gallery::Gallery;
pub(crate) use header::Header;
pub(crate) use icon::Icon;
pub(crate) use map::DistrictMap;
pub(crate) use page::{COVER, Head, page, pictured};
pub(crate) use photo::{Load, Photo, sizes};
pub(crate) use plan::Plan;
pub(crate) use prices::{Prices, change};
pub(crate) use property_card::{PropertyCard, dollars_per_area, price_per_area};
pub(crate) use recipe_card::RecipeCard;
