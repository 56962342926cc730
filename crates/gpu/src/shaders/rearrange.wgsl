// Rearrangements, a value of the result a thread: MOVE is 0 for columns, 1 for two arrays side by side, 2 for
// doubling a grid, 3 for the adjoint of that.

struct Parameters {
    first: u32,
    across: u32,
    end: u32,
    count: u32,
    // Columns of the result, of the first array and of the second.
    columns: u32,
    left: u32,
    right: u32,
    // The first column taken.
    start: u32,
    // The width of the result's grid.
    grid_width: u32,
}

@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> other: array<f32>;
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
        result[i] = x[row * p.left + p.start + column];
    } else if (MOVE == 1u) {
        if (column < p.left) {
            result[i] = x[row * p.left + column];
        } else {
            result[i] = other[row * p.right + column - p.left];
        }
    } else if (MOVE == 2u) {
        let y = row / p.grid_width;
        let across = row % p.grid_width;
        result[i] = x[((y / 2u) * (p.grid_width / 2u) + across / 2u) * p.columns + column];
    } else {
        let y = row / p.grid_width;
        let across = row % p.grid_width;
        let upper = ((2u * y) * (2u * p.grid_width) + 2u * across) * p.columns + column;
        let lower = upper + 2u * p.grid_width * p.columns;
        result[i] = (x[upper] + x[upper + p.columns]) + (x[lower] + x[lower + p.columns]);
    }
}
