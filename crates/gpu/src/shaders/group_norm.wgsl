// The normalised values, scaled and shifted, with SiLU where the layer has it.

@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> moments: array<f32>;
@group(0) @binding(3) var<storage, read> scale: array<f32>;
@group(0) @binding(4) var<storage, read> shift: array<f32>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let i = group_number(id) * 256u + thread;
    if (group_number(id) >= p.end || i >= p.rows * p.channels) {
        return;
    }
    let channel = i % p.channels;
    let group = channel / p.size;
    let normalised = (x[i] - moments[2u * group]) * moments[2u * group + 1u];
    var z = normalised * scale[channel] + shift[channel];
    if (p.silu == 1u) {
        z = z * sigmoid(z);
    }
    result[i] = z;
}
