// Layer norm of a row, or the gradient at its input: a workgroup a row.

@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> scale: array<f32>;
// The shift, or the result's gradient.
@group(0) @binding(3) var<storage, read> other: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let row = group_number(id);
    if (row >= p.end) {
        return;
    }
    let start = row * p.channels;
    let count = f32(p.channels);
    var sum = 0.0;
    for (var c = thread; c < p.channels; c += 256u) {
        sum += x[start + c];
    }
    let rough = total(sum, thread) / count;
    sum = 0.0;
    for (var c = thread; c < p.channels; c += 256u) {
        sum += x[start + c] - rough;
    }
    let mean = rough + total(sum, thread) / count;
    sum = 0.0;
    for (var c = thread; c < p.channels; c += 256u) {
        let d = x[start + c] - mean;
        sum += d * d;
    }
    let inverse = 1.0 / sqrt(total(sum, thread) / count + p.epsilon);
    if (ADJOINT == 0u) {
        for (var c = thread; c < p.channels; c += 256u) {
            result[start + c] = (x[start + c] - mean) * inverse * scale[c] + other[c];
        }
        return;
    }
    var sums = vec2<f32>(0.0, 0.0);
    for (var c = thread; c < p.channels; c += 256u) {
        let g = other[start + c] * scale[c];
        sums += vec2<f32>(g, g * (x[start + c] - mean) * inverse);
    }
    let level = total(sums.x, thread) / count;
    let slope = total(sums.y, thread) / count;
    for (var c = thread; c < p.channels; c += 256u) {
        let normalised = (x[start + c] - mean) * inverse;
        result[start + c] = inverse * (other[start + c] * scale[c] - level - normalised * slope);
    }
}
