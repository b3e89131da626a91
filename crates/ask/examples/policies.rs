//! What each policy means: `cargo run -p ask --example policies`.

use std::time::Duration;

use ask::CachePolicy;

fn main() {
    let minute = Duration::from_secs(60);
    let policies = [
        CachePolicy::standard(),
        CachePolicy::every(minute),
        CachePolicy::every(minute).keep(5 * minute),
        CachePolicy::on_change(),
        CachePolicy::never(),
        CachePolicy::hourly(),
        CachePolicy::immutable(),
    ];
    for policy in policies {
        let shared = policy.is_stored().then(|| policy.shared().as_secs());
        let shared = shared.map_or("-".to_owned(), |seconds| format!("{seconds} s"));
        println!(
            "{policy:<24} Redis {shared:<8} browser {}",
            policy.cache_control()
        );
    }
}
