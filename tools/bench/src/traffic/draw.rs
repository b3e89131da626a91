//! Requests as readers send them: few addresses often, most of them seldom.

use anyhow::{Context as _, Result};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rand_distr::Zipf;

use super::{
    address::{Address, Addresses},
    spelling::spell,
};

/// An endless stream of requests for ranked addresses, by Zipf's law.
#[derive(Debug)]
pub struct Requests<'a> {
    addresses: &'a [Address],
    ranks: Zipf<f64>,
    random: ChaCha8Rng,
}

/// One request.
#[derive(Debug)]
pub struct Request<'a> {
    /// The rank of its address, from 0.
    pub rank: usize,
    /// Its address.
    pub address: &'a Address,
    /// Path and query, in one of the spellings of that address.
    pub url: String,
}

impl<'a> Requests<'a> {
    /// Requests of which rank r has a share proportional to 1/r to the power of `exponent`. Streams of one seed with
    /// different numbers are independent of each other.
    ///
    /// # Errors
    /// If there is no address, or the exponent is negative.
    pub fn new(addresses: &'a Addresses, exponent: f64, seed: u64, stream: u64) -> Result<Self> {
        let addresses = addresses.all();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        let ranks = Zipf::new(addresses.len() as f64, exponent)
            .with_context(|| format!("draw from {} addresses by Zipf's law", addresses.len()))?;
        Ok(Self {
            addresses,
            ranks,
            random,
        })
    }

    /// The next request.
    pub fn draw(&mut self) -> Request<'a> {
        let rank: f64 = self.random.sample(self.ranks);
        // From 1, and rounding must not lead beyond the last one.
        let rank = (rank as usize).clamp(1, self.addresses.len()) - 1;
        let address = &self.addresses[rank];
        let url = spell(address, &mut self.random);
        Request { rank, address, url }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::Stock;

    #[test]
    fn each_rank_is_drawn_about_its_share() {
        const DRAWS: u32 = 50_000;
        let addresses = Addresses::new(1, 2_000, Stock::SEEDED);
        let harmonic = |exponent: f64| -> f64 {
            (1..=2_000)
                .map(|rank| f64::from(rank).powf(-exponent))
                .sum()
        };
        for exponent in [0.8, 1.0, 1.2] {
            let mut requests = Requests::new(&addresses, exponent, 1, 0).unwrap();
            let mut drawn = vec![0_u32; 2_000];
            for _ in 0..DRAWS {
                drawn[requests.draw().rank] += 1;
            }
            for rank in [1, 2, 10] {
                let share = f64::from(rank).powf(-exponent) / harmonic(exponent);
                let found = f64::from(drawn[rank as usize - 1]) / f64::from(DRAWS);
                // Five standard deviations.
                let tolerance = 5.0 * (share * (1.0 - share) / f64::from(DRAWS)).sqrt();
                assert!(
                    (found - share).abs() < tolerance,
                    "rank {rank}, exponent {exponent}: {found} instead of {share}"
                );
            }
        }
    }

    #[test]
    fn the_same_seed_and_stream_give_the_same_requests() {
        let addresses = Addresses::new(1, 100, Stock::SEEDED);
        let urls = |seed, stream| -> Vec<String> {
            let mut requests = Requests::new(&addresses, 1.0, seed, stream).unwrap();
            (0..50).map(|_| requests.draw().url).collect()
        };
        assert_eq!(urls(1, 2), urls(1, 2));
        assert_ne!(urls(1, 2), urls(1, 3));
        assert_ne!(urls(1, 2), urls(2, 2));
    }

    #[test]
    fn nothing_is_drawn_from_nothing() {
        let none = Addresses::new(1, 0, Stock::SEEDED);
        assert!(Requests::new(&none, 1.0, 1, 0).is_err());
        let some = Addresses::new(1, 10, Stock::SEEDED);
        assert!(Requests::new(&some, -1.0, 1, 0).is_err());
    }
}
