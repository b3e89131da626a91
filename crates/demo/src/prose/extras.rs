//! Optional details.

pub(super) const STORAGE: &[&str] = &[
    "A locked storage room takes camping gear, suitcases and paint cans.",
    "Extra storage is under cover and dry.",
    "There is separate storage for bicycles, tools and holiday boxes.",
    "A storage closet with a light is reached from outside.",
    "Storage is better than average, with shelves that stay.",
    "A dry storage compartment with its own key comes with the home.",
    "Tall shelves in the storage room are bolted to the wall.",
    "There is a place for skateboards, coolers and muddy boots.",
    "Seasonal things have a storage compartment of their own.",
    "Storage for a kayak or a bicycle trailer is included.",
    "A storage locker, seven feet deep, is part of the sale.",
    "Trash and recycling have an enclosure out of sight.",
];

pub(super) const WIRING: &[&str] = &[
    "Fiber internet is connected, with ports in two rooms.",
    "The electrical panel has spare breakers and clear labels.",
    "Smoke and carbon monoxide alarms are hardwired.",
    "Water pressure is good, and the shutoff valves are labeled.",
    "Two providers offer fiber at this address.",
    "Ceiling fans move the air in the main rooms.",
    "A tankless water heater means the shower stays hot.",
    "Outlets have USB ports in the places where you charge things.",
    "LED fixtures have replaced the older lamps throughout.",
    "The panel has capacity for a car charger.",
    "A water filter is installed under the sink.",
    "The doorbell, locks and thermostat also work without an internet connection.",
];
