// The gradient at the queries.

@group(0) @binding(7) var<storage, read_write> of_query: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let group = group_number(id);
    if (group >= p.end) {
        return;
    }
    let head = group / p.blocks;
    let first_query = (group % p.blocks) * BLOCK;
    let tx = thread % 16u;
    let ty = thread / 16u;
    var sums = array<f32, 2u * STEPS>();
    let end = visible(first_query + BLOCK);
    for (var first_key = 0u; first_key < end; first_key += BLOCK) {
        rebuild(head, first_query, first_key, thread);
        for (var step = 0u; step < STEPS; step++) {
            let column = step * STEP + tx;
            for (var i = 0u; i < 2u; i++) {
                let token = ty + 16u * i;
                var k = 0.0;
                if (column < p.width && first_key + token < p.keys) {
                    k = key[at(head, first_key + token, column)];
                }
                b[token * (STEP + 1u) + tx] = k;
            }
            workgroupBarrier();
            for (var j = 0u; j < BLOCK; j++) {
                let k = b[j * (STEP + 1u) + tx];
                sums[2u * step] += slopes[ty * (BLOCK + 1u) + j] * k;
                sums[2u * step + 1u] += slopes[(ty + 16u) * (BLOCK + 1u) + j] * k;
            }
            workgroupBarrier();
        }
    }
    for (var step = 0u; step < STEPS; step++) {
        let column = step * STEP + tx;
        for (var i = 0u; i < 2u; i++) {
            let token = first_query + ty + 16u * i;
            if (column < p.width && token < p.queries) {
                of_query[at(head, token, column)] = sums[2u * step + i];
            }
        }
    }
}
