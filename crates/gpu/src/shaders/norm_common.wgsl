// What the norms share: sums over a workgroup in an order that never changes.

struct Parameters {
    first: u32,
    across: u32,
    end: u32,
    rows: u32,
    channels: u32,
    // Channels of a group.
    size: u32,
    silu: u32,
    epsilon: f32,
}

@group(0) @binding(0) var<uniform> p: Parameters;

var<workgroup> parts: array<f32, 256>;

// The sum of every thread's value, in every thread.
fn total(value: f32, thread: u32) -> f32 {
    parts[thread] = value;
    workgroupBarrier();
    for (var half = 128u; half > 0u; half = half / 2u) {
        if (thread < half) {
            parts[thread] += parts[thread + half];
        }
        workgroupBarrier();
    }
    let sum = parts[0];
    workgroupBarrier();
    return sum;
}
