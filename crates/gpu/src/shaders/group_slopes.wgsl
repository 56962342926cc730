// Of each group, the mean of the gradient and of its product with the normalised values.

@group(0) @binding(6) var<storage, read_write> slopes: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let group = group_number(id);
    if (group >= p.end) {
        return;
    }
    let count = p.rows * p.size;
    var sums = vec2<f32>(0.0, 0.0);
    for (var k = thread; k < count; k += 256u) {
        let channel = group * p.size + k % p.size;
        let found = pulled_back((k / p.size) * p.channels + channel, channel, group);
        sums += vec2<f32>(found.x, found.x * found.y);
    }
    let mean = total(sums.x, thread) / f32(count);
    let slope = total(sums.y, thread) / f32(count);
    if (thread == 0u) {
        slopes[2u * group] = mean;
        slopes[2u * group + 1u] = slope;
    }
}
