//! A home in schema.org's vocabulary.

use catalogue::{
    agents,
    properties::{Property, SCHEMA},
};
use serde_json::{Value, json};
use site::links;

use crate::{Request, pictures::Picture, plan::bathrooms};

/// What the page shows, as a `RealEstateListing`.
pub(super) fn data(request: &Request, home: &Property, pictures: &[&Picture]) -> Value {
    let images: Vec<String> = pictures
        .iter()
        .map(|picture| request.absolute(&picture.address(960)))
        .collect();
    let (full, partial) = bathrooms(home);
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "RealEstateListing",
        "name": format!("{}, {}", home.address, home.location.city),
        "headline": home.title,
        "description": home.description,
        "url": request.absolute(&links::object(&SCHEMA, home.id)),
        "datePosted": day(&home.created_at),
        "dateModified": day(&home.updated_at),
        "image": images,
        "offers": {
            "@type": "Offer",
            "price": home.price,
            "priceCurrency": "USD",
            "availability": availability(&home.status),
            "offeredBy": {
                "@type": "RealEstateAgent",
                "name": home.agent.name,
                "url": request.absolute(&links::object(&agents::SCHEMA, home.agent.id)),
                "email": home.agent.email,
                "telephone": home.agent.phone,
                "parentOrganization": {
                    "@type": "RealEstateAgent",
                    "name": home.agent.office.name,
                    "telephone": home.agent.office.phone,
                },
            },
        },
        "mainEntity": {
            "@type": kind(&home.property_type),
            "address": {
                "@type": "PostalAddress",
                "streetAddress": home.address,
                "addressLocality": home.location.city,
                "addressRegion": home.location.state,
                "postalCode": home.location.postal_code,
                "addressCountry": "US",
            },
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": home.latitude,
                "longitude": home.longitude,
            },
            "numberOfBedrooms": home.bedrooms,
            "numberOfBathroomsTotal": full + partial,
            "numberOfFullBathrooms": full,
            "numberOfPartialBathrooms": partial,
        },
    });
    // What is not known is not said: areas and years may be stored as zero.
    let place = &mut data["mainEntity"];
    if home.area > 0 {
        // The UN/CEFACT code for square meters.
        place["floorSize"] =
            json!({"@type": "QuantitativeValue", "value": home.area, "unitCode": "MTK"});
    }
    if home.year_built > 0 {
        place["yearBuilt"] = home.year_built.into();
    }
    data
}

fn day(instant: &str) -> &str {
    instant.get(..10).unwrap_or(instant)
}

fn kind(property_type: &str) -> &'static str {
    match property_type {
        "house" | "cottage" | "townhouse" => "SingleFamilyResidence",
        _ => "Apartment",
    }
}

fn availability(status: &str) -> &'static str {
    match status {
        "active" => "https://schema.org/InStock",
        "pending" => "https://schema.org/LimitedAvailability",
        "sold" => "https://schema.org/SoldOut",
        _ => "https://schema.org/Discontinued",
    }
}
