// The gradient at a normalised value, with what both adjoint kernels read.

@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> moments: array<f32>;
@group(0) @binding(3) var<storage, read> scale: array<f32>;
@group(0) @binding(4) var<storage, read> shift: array<f32>;
@group(0) @binding(5) var<storage, read> gradient: array<f32>;

// The gradient, then the normalised value.
fn pulled_back(i: u32, channel: u32, group: u32) -> vec2<f32> {
    let normalised = (x[i] - moments[2u * group]) * moments[2u * group + 1u];
    var g = gradient[i] * scale[channel];
    if (p.silu == 1u) {
        let z = normalised * scale[channel] + shift[channel];
        let s = sigmoid(z);
        g = g * (s * (1.0 + z * (1.0 - s)));
    }
    return vec2<f32>(g, normalised);
}
