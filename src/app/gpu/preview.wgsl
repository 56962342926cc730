// The picture of a latent: cubic (Catmull-Rom) between the centres of cells with repeated edges, then
// the affine map to sRGB values. The same arithmetic as LatentColours::picture.

struct Colours {
    red: vec4f,
    green: vec4f,
    blue: vec4f,
    // Offsets of the three; last the pixels a cell.
    offset: vec4f,
}

@group(0) @binding(0) var<uniform> colours: Colours;
@group(0) @binding(1) var latent: texture_2d<f32>;

@vertex
fn whole_target(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    let corner = vec2f(f32((index << 1u) & 2u), f32(index & 2u));
    return vec4f(corner * 2.0 - 1.0, 0.0, 1.0);
}

fn weights(t: f32) -> vec4f {
    return vec4f(
        t * (-0.5 + t * (1.0 - 0.5 * t)),
        1.0 + t * t * (1.5 * t - 2.5),
        t * (0.5 + t * (2.0 - 1.5 * t)),
        t * t * (0.5 * t - 0.5),
    );
}

@fragment
fn picture(@builtin(position) place: vec4f) -> @location(0) vec4f {
    let cell = place.xy / colours.offset.w - 0.5;
    let first = vec2i(floor(cell)) - 1;
    let across = weights(fract(cell.x));
    let down = weights(fract(cell.y));
    let last = vec2i(textureDimensions(latent)) - 1;
    var sum = vec4f(0.0);
    for (var y = 0; y < 4; y++) {
        for (var x = 0; x < 4; x++) {
            let at = clamp(first + vec2i(x, y), vec2i(0), last);
            sum += across[x] * down[y] * textureLoad(latent, at, 0);
        }
    }
    let rgb = vec3f(dot(colours.red, sum), dot(colours.green, sum), dot(colours.blue, sum));
    return vec4f(clamp(rgb + colours.offset.xyz, vec3f(0.0), vec3f(1.0)), 1.0);
}
