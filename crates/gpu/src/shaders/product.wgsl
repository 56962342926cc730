// A matrix product of whose left side the rows may be gathered: linear layers, 3x3 convolutions with their
// stride, and the input adjoints of both. Sixteen by sixteen threads, each with TALL x WIDE results; the
// order of each sum is that of the inner index, whatever the tile.

struct Parameters {
    first: u32,
    across: u32,
    end: u32,
    rows: u32,
    columns: u32,
    inner: u32,
    tiles_across: u32,
    // Of the results, and of the left side, where rows are positions of grids.
    grid_width: u32,
    source_height: u32,
    source_width: u32,
    channels: u32,
    stride: i32,
    padding: i32,
}

@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> left: array<f32>;
@group(0) @binding(2) var<storage, read> right: array<u32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> shift: array<f32>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;

const DEPTH = 16u;
const HEIGHT = 16u * TALL;
const WIDTH = 16u * WIDE;

// One column more than is used, so that threads that write one beside the other meet other banks.
var<workgroup> left_tile: array<f32, DEPTH * (HEIGHT + 1u)>;
var<workgroup> right_tile: array<f32, DEPTH * (WIDTH + 1u)>;

fn left_value(row: u32, k: u32) -> f32 {
    if (row >= p.rows || k >= p.inner) {
        return 0.0;
    }
    if (GATHER == 0u) {
        return left[row * p.inner + k];
    }
    let tap = k / p.channels;
    let channel = k - tap * p.channels;
    let across = i32(tap % 3u);
    let down = i32(tap / 3u);
    var y = i32(row / p.grid_width);
    var x = i32(row % p.grid_width);
    if (GATHER == 1u) {
        y = y * p.stride + down - p.padding;
        x = x * p.stride + across - p.padding;
    } else {
        y = y + p.padding - down;
        x = x + p.padding - across;
        if (y < 0 || x < 0 || y % p.stride != 0 || x % p.stride != 0) {
            return 0.0;
        }
        y = y / p.stride;
        x = x / p.stride;
    }
    if (y < 0 || x < 0 || y >= i32(p.source_height) || x >= i32(p.source_width)) {
        return 0.0;
    }
    return left[(u32(y) * p.source_width + u32(x)) * p.channels + channel];
}

// A number of the right side, exactly: STORED is 0 for single precision, 1 for half, 2 for the half that has
// single's exponent. Written out, since the language's own conversion may lose the smallest halves.
fn stored(place: u32) -> f32 {
    if (STORED == 0u) {
        return bitcast<f32>(right[place]);
    }
    let half = (right[place / 2u] >> (16u * (place % 2u))) & 0xffffu;
    if (STORED == 2u) {
        return bitcast<f32>(half << 16u);
    }
    let exponent = (half >> 10u) & 31u;
    let fraction = half & 1023u;
    var size = f32(fraction) * 5.9604644775390625e-8;
    if (exponent > 0u) {
        size = bitcast<f32>(((exponent + 112u) << 23u) | (fraction << 13u));
    }
    return select(size, -size, half >= 0x8000u);
}

fn right_value(k: u32, column: u32) -> f32 {
    if (k >= p.inner || column >= p.columns) {
        return 0.0;
    }
    if (RIGHT == 0u) {
        return stored(column * p.inner + k);
    }
    if (RIGHT == 1u) {
        return stored(k * p.columns + column);
    }
    let tap = k / p.channels;
    let channel = k - tap * p.channels;
    return stored((channel * 9u + tap) * p.columns + column);
}

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let group = group_number(id);
    if (group >= p.end) {
        return;
    }
    let first_row = (group / p.tiles_across) * HEIGHT;
    let first_column = (group % p.tiles_across) * WIDTH;
    let tx = thread % 16u;
    let ty = thread / 16u;
    var sums = array<f32, TALL * WIDE>();
    var rows = array<f32, TALL>();
    for (var start = 0u; start < p.inner; start += DEPTH) {
        for (var i = 0u; i < TALL; i++) {
            let row = ty + 16u * i;
            left_tile[tx * (HEIGHT + 1u) + row] = left_value(first_row + row, start + tx);
        }
        for (var i = 0u; i < WIDE; i++) {
            if (RIGHT == 0u) {
                let column = ty + 16u * i;
                right_tile[tx * (WIDTH + 1u) + column] = right_value(start + tx, first_column + column);
            } else {
                let column = tx + 16u * i;
                right_tile[ty * (WIDTH + 1u) + column] = right_value(start + ty, first_column + column);
            }
        }
        workgroupBarrier();
        for (var k = 0u; k < DEPTH; k++) {
            for (var i = 0u; i < TALL; i++) {
                rows[i] = left_tile[k * (HEIGHT + 1u) + ty + 16u * i];
            }
            for (var j = 0u; j < WIDE; j++) {
                let column = right_tile[k * (WIDTH + 1u) + tx + 16u * j];
                for (var i = 0u; i < TALL; i++) {
                    sums[i * WIDE + j] += rows[i] * column;
                }
            }
        }
        workgroupBarrier();
    }
    for (var i = 0u; i < TALL; i++) {
        let row = first_row + ty + 16u * i;
        for (var j = 0u; j < WIDE; j++) {
            let column = first_column + tx + 16u * j;
            if (row < p.rows && column < p.columns) {
                var value = sums[i * WIDE + j];
                if (BIASED == 1u) {
                    value += bias[column];
                }
                if (SHIFTED == 1u) {
                    value += shift[column];
                }
                result[row * p.columns + column] = value;
            }
        }
    }
}
