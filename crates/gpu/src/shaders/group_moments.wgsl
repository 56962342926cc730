// Mean and reciprocal deviation of each group; what rounding left of the mean is taken away once more.

@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> moments: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let group = group_number(id);
    if (group >= p.end) {
        return;
    }
    let count = p.rows * p.size;
    let start = group * p.size;
    var sum = 0.0;
    for (var i = thread; i < count; i += 256u) {
        sum += x[(i / p.size) * p.channels + start + i % p.size];
    }
    let rough = total(sum, thread) / f32(count);
    sum = 0.0;
    for (var i = thread; i < count; i += 256u) {
        sum += x[(i / p.size) * p.channels + start + i % p.size] - rough;
    }
    let mean = rough + total(sum, thread) / f32(count);
    sum = 0.0;
    for (var i = thread; i < count; i += 256u) {
        let d = x[(i / p.size) * p.channels + start + i % p.size] - mean;
        sum += d * d;
    }
    let variance = total(sum, thread) / f32(count);
    if (thread == 0u) {
        moments[2u * group] = mean;
        moments[2u * group + 1u] = 1.0 / sqrt(variance + p.epsilon);
    }
}
