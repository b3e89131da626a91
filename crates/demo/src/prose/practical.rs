//! Heating, laundry and windows.

pub(super) const HEAT: &[&str] = &[
    "The owners chose {heat}, serviced every year.",
    "{Heat} keeps the rooms comfortable from fall to spring.",
    "The climate is handled by {heat}, set by a simple thermostat.",
    "{Heat} does its work without much noise.",
    "For heating there is {heat}, with records of its upkeep.",
    "The rooms are heated by {heat}, and the bills have been moderate.",
    "{Heat} was fitted by a local firm that still looks after it.",
    "There is {heat}, with a thermostat you can reach from your phone.",
    "The owners rely on {heat} and report no cold corners.",
    "{Heat} holds an even temperature from room to room.",
    "Comfort comes from {heat}, checked last fall.",
    "With {heat}, the heating is one thing you will not have to think about.",
];

pub(super) const LAUNDRY: &[&str] = &[
    "A washer and dryer stand in a closet of their own.",
    "The laundry closet has a washer, a dryer and a shelf for detergent.",
    "Washer and dryer are inside, behind folding doors.",
    "There is a laundry nook with a counter for folding.",
    "The stacked washer and dryer are included.",
    "Laundry is done at home: the hookups and machines are near the bathroom.",
    "A full-size washer and a vented dryer stay.",
    "The utility closet holds the washer, the dryer and a drying rack.",
    "The washer and dryer are recent and run quietly.",
    "You will find washer and dryer in the hall, behind a louvered door.",
    "Machines for laundry are in place, with a drain pan beneath.",
    "The laundry has a deep sink and a rod for shirts.",
];

pub(super) const SHARED_LAUNDRY: &[&str] = &[
    "A shared laundry room is on the ground floor.",
    "The laundry room downstairs is shared, with four machines that take cards.",
    "Laundry is done in a shared room, clean and well lit.",
    "Washers and dryers are in the building's shared laundry.",
    "The shared laundry has new machines and a folding table.",
    "There is a shared laundry room, open from six to eleven.",
    "The building's laundry room is shared and seldom busy.",
    "For washing there is a shared room with a booking sheet.",
    "Machines in the shared laundry can be checked from your phone.",
    "The building provides a shared laundry and a drying room.",
    "Shared washers and dryers are down the stairs, next to the bicycle room.",
    "The laundry is shared among the residents and kept spotless.",
];

pub(super) const WINDOWS: &[&str] = &[
    "The windows are double-glazed, and all of them open.",
    "Windows have been weatherstripped and fitted with screens.",
    "The window hardware has been cleaned and oiled.",
    "Low-emissivity glass keeps the summer heat out.",
    "Blinds and screens stay with the home.",
    "The windows tilt for cleaning and close tightly.",
    "Sashes slide as they should, and the screens come off for cleaning.",
    "There are shades in all windows and locks on each of them.",
    "Window glass is insulated, which quiets the street as well.",
    "Windows on two sides allow a cross breeze.",
    "All of the glass is in good order, without a clouded pane.",
    "Good window seals keep out dust and drafts.",
];
