//! Names of people and offices. Not formatted: one name per line would make 250 lines.

#[rustfmt::skip]
pub(super) const FIRST: &[&str] = &[
    "Aaron", "Adaeze", "Aisha", "Alejandro", "Alma", "Amara", "Andre", "Anika", "Anthony", "Beatriz", "Ben",
    "Bianca", "Caleb", "Camila", "Carmen", "Chloe", "Curtis", "Dalia", "Daniel", "Darnell", "Deepa", "Diego",
    "Eileen", "Elena", "Emeka", "Esther", "Farah", "Felix", "Frances", "Gabriela", "Grace", "Gwen", "Hana",
    "Hassan", "Hector", "Ingrid", "Isaac", "Ivy", "Jamal", "Janelle", "Javier", "Joanna", "Joel", "Jun", "Kavita",
    "Keisha", "Kenji", "Lars", "Latoya", "Leila", "Leo", "Linh", "Lucia", "Mai", "Marcus", "Mariana", "Maya", "Mei",
    "Miguel", "Mira", "Nadia", "Naomi", "Nathan", "Neil", "Nina", "Noor", "Omar", "Owen", "Paloma", "Patrick",
    "Paul", "Priya", "Quentin", "Rachel", "Rafael", "Ravi", "Renee", "Rosa", "Ruth", "Samuel", "Sanjay", "Selam",
    "Simone", "Sofia", "Stefan", "Tamara", "Tariq", "Teresa", "Theo", "Thuy", "Tomas", "Uma", "Valerie", "Victor",
    "Wendy", "Xavier", "Yara", "Yusuf", "Zoe",
];

#[rustfmt::skip]
pub(super) const LAST: &[&str] = &[
    "Abara", "Acosta", "Adler", "Ahmed", "Alvarez", "Andersen", "Bailey", "Banerjee", "Barros", "Becker", "Bennett",
    "Boateng", "Brooks", "Callahan", "Castillo", "Chang", "Chavez", "Choi", "Coleman", "Cruz", "Dang", "Delgado",
    "Desai", "Diaz", "Donovan", "Eze", "Farrell", "Feldman", "Fischer", "Flores", "Fontaine", "Foster", "Garza",
    "Gomez", "Grant", "Greene", "Gupta", "Haddad", "Harper", "Hayes", "Herrera", "Hoang", "Holloway", "Hughes",
    "Ibrahim", "Iyer", "Jackson", "Jensen", "Johnson", "Kaplan", "Kaur", "Kealoha", "Keller", "Khan", "Kim",
    "Kowalski", "Lam", "Lindgren", "Lopez", "Mahoney", "Marino", "Mbeki", "Mendoza", "Mitchell", "Morales",
    "Moreau", "Murphy", "Nakamura", "Nguyen", "Novak", "Okafor", "Olsen", "Ortiz", "Osei", "Park", "Patel",
    "Pereira", "Petrov", "Price", "Quinn", "Ramirez", "Reyes", "Rivera", "Robinson", "Romero", "Rossi", "Ruiz",
    "Salazar", "Sato", "Schultz", "Shah", "Silva", "Singh", "Sullivan", "Tanaka", "Tesfaye", "Thomas", "Torres",
    "Tran", "Vargas", "Walsh", "Washington", "Weber", "Whitfield", "Wong", "Yamada", "Yang", "Zhang", "Zielinski",
];

#[rustfmt::skip]
pub(super) const OFFICE: &[&str] = &[
    "Larkspur", "Keystone", "Fieldstone", "Juniper", "Lantern", "Threshold", "Copper Door", "Plumb Line",
    "Blue Gate", "Cornerpost", "Mantel", "Oriel", "Ridgepole", "Quarry", "Weathervane", "Transom", "Clapboard",
    "Tollgate", "Sycamore", "Stairwell",
];

#[rustfmt::skip]
pub(super) const OFFICE_KIND: &[&str] = &[
    "Realty", "Homes", "Property Group", "Real Estate", "Residential", "& Partners", "Brokers",
];
