// softmax(q.k/sqrt(width)).v with a running maximum and sum; `state` keeps each row's maximum, then the
// reciprocals of the sums.

@group(0) @binding(1) var<storage, read> query: array<f32>;
@group(0) @binding(2) var<storage, read> key: array<f32>;
@group(0) @binding(3) var<storage, read> value: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;
@group(0) @binding(5) var<storage, read_write> state: array<f32>;

var<workgroup> scores: array<f32, BLOCK * (BLOCK + 1u)>;
var<workgroup> part: array<f32, 256>;
var<workgroup> top: array<f32, BLOCK>;
var<workgroup> total: array<f32, BLOCK>;
var<workgroup> fade: array<f32, BLOCK>;

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
    let row = thread / 8u;
    let lane = thread % 8u;
    var sums = array<f32, 2u * STEPS>();
    if (thread < BLOCK) {
        top[thread] = UNSEEN;
        total[thread] = 0.0;
    }
    let end = visible(first_query + BLOCK);
    for (var first_key = 0u; first_key < end; first_key += BLOCK) {
        var s = array<f32, 4>();
        for (var step = 0u; step < STEPS; step++) {
            let column = step * STEP + tx;
            for (var i = 0u; i < 2u; i++) {
                let token = ty + 16u * i;
                var q = 0.0;
                var k = 0.0;
                if (column < p.width && first_query + token < p.queries) {
                    q = query[at(head, first_query + token, column)];
                }
                if (column < p.width && first_key + token < p.keys) {
                    k = key[at(head, first_key + token, column)];
                }
                a[token * (STEP + 1u) + tx] = q;
                b[token * (STEP + 1u) + tx] = k;
            }
            workgroupBarrier();
            for (var c = 0u; c < STEP; c++) {
                let q0 = a[ty * (STEP + 1u) + c];
                let q1 = a[(ty + 16u) * (STEP + 1u) + c];
                let k0 = b[tx * (STEP + 1u) + c];
                let k1 = b[(tx + 16u) * (STEP + 1u) + c];
                s[0] += q0 * k0;
                s[1] += q0 * k1;
                s[2] += q1 * k0;
                s[3] += q1 * k1;
            }
            workgroupBarrier();
        }
        for (var i = 0u; i < 4u; i++) {
            let y = ty + 16u * (i / 2u);
            let x = tx + 16u * (i % 2u);
            let seen = sees(first_query + y, first_key + x);
            scores[y * (BLOCK + 1u) + x] = select(UNSEEN, s[i] * p.scale, seen);
        }
        workgroupBarrier();
        var highest = UNSEEN;
        for (var i = 0u; i < 4u; i++) {
            highest = max(highest, scores[row * (BLOCK + 1u) + lane + 8u * i]);
        }
        part[thread] = highest;
        workgroupBarrier();
        let before = top[row];
        highest = before;
        for (var i = 0u; i < 8u; i++) {
            highest = max(highest, part[row * 8u + i]);
        }
        var sum = 0.0;
        for (var i = 0u; i < 4u; i++) {
            let x = row * (BLOCK + 1u) + lane + 8u * i;
            let weight = select(0.0, exponential(scores[x] - highest), scores[x] > UNSEEN);
            scores[x] = weight;
            sum += weight;
        }
        workgroupBarrier();
        part[thread] = sum;
        workgroupBarrier();
        if (lane == 0u) {
            let less = exponential(before - highest);
            sum = total[row] * less;
            for (var i = 0u; i < 8u; i++) {
                sum += part[row * 8u + i];
            }
            total[row] = sum;
            top[row] = highest;
            fade[row] = less;
        }
        workgroupBarrier();
        for (var step = 0u; step < STEPS; step++) {
            let column = step * STEP + tx;
            for (var i = 0u; i < 2u; i++) {
                let token = ty + 16u * i;
                var v = 0.0;
                if (column < p.width && first_key + token < p.keys) {
                    v = value[at(head, first_key + token, column)];
                }
                b[token * (STEP + 1u) + tx] = v;
            }
            workgroupBarrier();
            var upper = sums[2u * step] * fade[ty];
            var lower = sums[2u * step + 1u] * fade[ty + 16u];
            for (var j = 0u; j < BLOCK; j++) {
                let v = b[j * (STEP + 1u) + tx];
                upper += scores[ty * (BLOCK + 1u) + j] * v;
                lower += scores[(ty + 16u) * (BLOCK + 1u) + j] * v;
            }
            sums[2u * step] = upper;
            sums[2u * step + 1u] = lower;
            workgroupBarrier();
        }
    }
    for (var step = 0u; step < STEPS; step++) {
        let column = step * STEP + tx;
        for (var i = 0u; i < 2u; i++) {
            let token = first_query + ty + 16u * i;
            if (column < p.width && token < p.queries) {
                result[at(head, token, column)] = sums[2u * step + i] / total[ty + 16u * i];
            }
        }
    }
    if (thread < BLOCK && first_query + thread < p.queries) {
        let heads = p.channels / p.width;
        let place = head * p.queries + first_query + thread;
        state[place] = top[thread];
        state[heads * p.queries + place] = 1.0 / total[thread];
    }
}
