// The gradients at keys and values.

@group(0) @binding(7) var<storage, read_write> of_key: array<f32>;
@group(0) @binding(8) var<storage, read_write> of_value: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let group = group_number(id);
    if (group >= p.end) {
        return;
    }
    let head = group / p.blocks;
    let first_key = (group % p.blocks) * BLOCK;
    let tx = thread % 16u;
    let ty = thread / 16u;
    var key_sums = array<f32, 2u * STEPS>();
    var value_sums = array<f32, 2u * STEPS>();
    let start = select(0u, first_key, p.causal == 1u);
    for (var first_query = start; first_query < p.queries; first_query += BLOCK) {
        rebuild(head, first_query, first_key, thread);
        for (var step = 0u; step < STEPS; step++) {
            let column = step * STEP + tx;
            for (var i = 0u; i < 2u; i++) {
                let token = ty + 16u * i;
                var q = 0.0;
                var g = 0.0;
                if (column < p.width && first_query + token < p.queries) {
                    let place = at(head, first_query + token, column);
                    q = query[place];
                    g = gradient[place];
                }
                a[token * (STEP + 1u) + tx] = q;
                b[token * (STEP + 1u) + tx] = g;
            }
            workgroupBarrier();
            for (var j = 0u; j < BLOCK; j++) {
                let q = a[j * (STEP + 1u) + tx];
                let g = b[j * (STEP + 1u) + tx];
                key_sums[2u * step] += slopes[j * (BLOCK + 1u) + ty] * q;
                key_sums[2u * step + 1u] += slopes[j * (BLOCK + 1u) + ty + 16u] * q;
                value_sums[2u * step] += weights[j * (BLOCK + 1u) + ty] * g;
                value_sums[2u * step + 1u] += weights[j * (BLOCK + 1u) + ty + 16u] * g;
            }
            workgroupBarrier();
        }
    }
    for (var step = 0u; step < STEPS; step++) {
        let column = step * STEP + tx;
        for (var i = 0u; i < 2u; i++) {
            let token = first_key + ty + 16u * i;
            if (column < p.width && token < p.keys) {
                let place = at(head, token, column);
                of_key[place] = key_sums[2u * step + i];
                of_value[place] = value_sums[2u * step + i];
            }
        }
    }
}
