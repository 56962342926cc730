// For each head and query, the product of the result with its gradient.

@group(0) @binding(1) var<storage, read> result: array<f32>;
@group(0) @binding(2) var<storage, read> gradient: array<f32>;
@group(0) @binding(3) var<storage, read_write> products: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let place = group_number(id) * 256u + thread;
    let heads = p.channels / p.width;
    if (group_number(id) >= p.end || place >= heads * p.queries) {
        return;
    }
    let head = place / p.queries;
    let token = place % p.queries;
    var sum = 0.0;
    for (var column = 0u; column < p.width; column++) {
        let i = at(head, token, column);
        sum += result[i] * gradient[i];
    }
    products[place] = sum;
}
