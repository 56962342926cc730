// What the three attention kernels share: a block of 32 queries meets a block of 32 keys, sixteen columns of
// the head at a time.

struct Parameters {
    first: u32,
    across: u32,
    end: u32,
    queries: u32,
    keys: u32,
    channels: u32,
    width: u32,
    causal: u32,
    blocks: u32,
    scale: f32,
}

@group(0) @binding(0) var<uniform> p: Parameters;

const BLOCK = 32u;
const STEP = 16u;
const UNSEEN: f32 = -3.0e38;

var<workgroup> a: array<f32, BLOCK * (STEP + 1u)>;
var<workgroup> b: array<f32, BLOCK * (STEP + 1u)>;

fn sees(query: u32, key: u32) -> bool {
    return query < p.queries && key < p.keys && (p.causal == 0u || key <= query);
}

// The number of keys that queries before `end` can see.
fn visible(end: u32) -> u32 {
    return select(p.keys, min(p.keys, end), p.causal == 1u);
}

// The place of a column of a token, which is there if token and column are.
fn at(head: u32, token: u32, column: u32) -> u32 {
    return token * p.channels + head * p.width + column;
}
