// Rows taken out of a table, rows added to one, and sums of columns: MOVE is 0, 1 and 2. No two threads write
// to one place, so that sums keep their order.

struct Parameters {
    first: u32,
    across: u32,
    end: u32,
    count: u32,
    columns: u32,
    // Rows of the array, and of the list.
    rows: u32,
}

@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> places: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let i = group_number(id) * 256u + thread;
    if (group_number(id) >= p.end || i >= p.count) {
        return;
    }
    let row = i / p.columns;
    let column = i % p.columns;
    if (MOVE == 0u) {
        result[i] = x[places[row] * p.columns + column];
        return;
    }
    var sum = 0.0;
    for (var k = 0u; k < p.rows; k++) {
        if (MOVE == 2u || places[k] == row) {
            sum += x[k * p.columns + column];
        }
    }
    result[i] = sum;
}
