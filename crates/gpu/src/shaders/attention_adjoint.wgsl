// What both adjoint kernels share: the softmax of a block rebuilt from the rows' maxima and sums, and the
// gradient at its scores.

@group(0) @binding(1) var<storage, read> query: array<f32>;
@group(0) @binding(2) var<storage, read> key: array<f32>;
@group(0) @binding(3) var<storage, read> value: array<f32>;
@group(0) @binding(4) var<storage, read> gradient: array<f32>;
@group(0) @binding(5) var<storage, read> state: array<f32>;
@group(0) @binding(6) var<storage, read> products: array<f32>;

var<workgroup> weights: array<f32, BLOCK * (BLOCK + 1u)>;
var<workgroup> slopes: array<f32, BLOCK * (BLOCK + 1u)>;

fn rebuild(head: u32, first_query: u32, first_key: u32, thread: u32) {
    let tx = thread % 16u;
    let ty = thread / 16u;
    var s = array<f32, 4>();
    var d = array<f32, 4>();
    for (var step = 0u; step < STEPS; step++) {
        let column = step * STEP + tx;
        for (var which = 0u; which < 2u; which++) {
            for (var i = 0u; i < 2u; i++) {
                let token = ty + 16u * i;
                var of_query = 0.0;
                var of_key = 0.0;
                if (column < p.width && first_query + token < p.queries) {
                    let place = at(head, first_query + token, column);
                    if (which == 0u) { of_query = query[place]; } else { of_query = gradient[place]; }
                }
                if (column < p.width && first_key + token < p.keys) {
                    let place = at(head, first_key + token, column);
                    if (which == 0u) { of_key = key[place]; } else { of_key = value[place]; }
                }
                a[token * (STEP + 1u) + tx] = of_query;
                b[token * (STEP + 1u) + tx] = of_key;
            }
            workgroupBarrier();
            var t = array<f32, 4>();
            for (var c = 0u; c < STEP; c++) {
                let q0 = a[ty * (STEP + 1u) + c];
                let q1 = a[(ty + 16u) * (STEP + 1u) + c];
                let k0 = b[tx * (STEP + 1u) + c];
                let k1 = b[(tx + 16u) * (STEP + 1u) + c];
                t[0] += q0 * k0;
                t[1] += q0 * k1;
                t[2] += q1 * k0;
                t[3] += q1 * k1;
            }
            for (var i = 0u; i < 4u; i++) {
                if (which == 0u) { s[i] += t[i]; } else { d[i] += t[i]; }
            }
            workgroupBarrier();
        }
    }
    let heads = p.channels / p.width;
    for (var i = 0u; i < 4u; i++) {
        let y = ty + 16u * (i / 2u);
        let x = tx + 16u * (i % 2u);
        var weight = 0.0;
        var slope = 0.0;
        if (sees(first_query + y, first_key + x)) {
            let place = head * p.queries + first_query + y;
            weight = exponential(s[i] * p.scale - state[place]) * state[heads * p.queries + place];
            slope = weight * (d[i] - products[place]) * p.scale;
        }
        weights[y * (BLOCK + 1u) + x] = weight;
        slopes[y * (BLOCK + 1u) + x] = slope;
    }
    workgroupBarrier();
}
