// The gradient at the input of a group norm.

@group(0) @binding(6) var<storage, read> slopes: array<f32>;
@group(0) @binding(7) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let i = group_number(id) * 256u + thread;
    if (group_number(id) >= p.end || i >= p.rows * p.channels) {
        return;
    }
    let channel = i % p.channels;
    let group = channel / p.size;
    let found = pulled_back(i, channel, group);
    let left = found.x - slopes[2u * group] - found.y * slopes[2u * group + 1u];
    result[i] = moments[2u * group + 1u] * left;
}
