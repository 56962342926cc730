// Functions of single values: FUNCTION is 0 for a sum, 1 for a SiLU, 2 for a GELU, 3 for CLIP's
// approximation of it, 4 for a gated linear unit; ADJOINT turns each into its backward rule.

struct Parameters {
    first: u32,
    across: u32,
    end: u32,
    count: u32,
    // Columns of a gated unit's result.
    width: u32,
}

@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> x: array<f32>;
// The other summand, or the result's gradient.
@group(0) @binding(2) var<storage, read> other: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;

const DENSITY: f32 = 0.3989423;

fn activated(v: f32) -> f32 {
    if (FUNCTION == 1u) {
        return v * sigmoid(v);
    }
    if (FUNCTION == 2u) {
        return v * normal_cdf(v).x;
    }
    return v * sigmoid(1.702 * v);
}

fn slope(v: f32) -> f32 {
    if (FUNCTION == 2u) {
        let found = normal_cdf(v);
        return found.x + v * DENSITY * found.y;
    }
    let steepness = select(1.702f, 1.0f, FUNCTION == 1u);
    let s = sigmoid(steepness * v);
    return s * (1.0 + steepness * v * (1.0 - s));
}

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let i = group_number(id) * 256u + thread;
    if (group_number(id) >= p.end || i >= p.count) {
        return;
    }
    if (FUNCTION == 0u) {
        result[i] = x[i] + other[i];
        return;
    }
    if (FUNCTION == 4u) {
        let value_place = (i / p.width) * 2u * p.width + i % p.width;
        let gate = x[value_place + p.width];
        let found = normal_cdf(gate);
        if (ADJOINT == 0u) {
            // The other array is bound, as the layout asks, and not read for its value.
            result[i] = x[value_place] * gate * found.x;
        } else {
            result[value_place] = other[i] * gate * found.x;
            result[value_place + p.width] =
                other[i] * x[value_place] * (found.x + gate * DENSITY * found.y);
        }
        return;
    }
    if (ADJOINT == 0u) {
        result[i] = activated(x[i]);
    } else {
        result[i] = other[i] * slope(x[i]);
    }
}
