//! Writes packages/random/test/golden/xoshiro128.json: the outputs of the crate `rand_xoshiro` from given states.

use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro128StarStar;

const STATES: [[u32; 4]; 4] = [
    [1, 2, 3, 4],
    [1, 0, 0, 0],
    [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff],
    [0x8000_0000, 0x7fff_ffff, 0xdead_beef, 0x0123_4567],
];
const COUNT: usize = 16;
const FAR: usize = 100_000;

fn main() -> std::io::Result<()> {
    let cases: Vec<String> = STATES
        .iter()
        .map(|state| {
            let bytes: Vec<u8> = state.iter().flat_map(|word| word.to_le_bytes()).collect();
            let mut generator = Xoshiro128StarStar::from_seed(bytes.try_into().unwrap());
            let drawn: Vec<u32> = (0..=FAR).map(|_| generator.next_u32()).collect();
            format!(
                "{{\"state\": {:?}, \"first\": {:?}, \"far\": [{}, {}]}}",
                state, &drawn[..COUNT], FAR, drawn[FAR]
            )
        })
        .collect();
    let json = format!(
        "{{\"source\": \"crate rand_xoshiro 0.8.1, Xoshiro128StarStar\", \
         \"command\": \"cargo run --manifest-path tools/golden/xoshiro128/Cargo.toml\", \"cases\": [\n{}\n]}}\n",
        cases.join(",\n")
    );
    let output = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../packages/random/test/golden/xoshiro128.json");
    std::fs::write(output, json)
}
