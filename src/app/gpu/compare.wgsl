// One pane of a comparison. Every fragment averages what lies under it, weighted by area: crisp and
// even above one screen pixel a picture pixel, without aliasing below.

// What steers the control flow is a constant of the pipeline, never a uniform: software drivers translate a
// shader anew for every value of a uniform that it branches on, and some keep every translation.
// 0 the first picture, 1 wipe, 2 onion, 3 difference.
override MODE: u32;
override OUTLINED: bool;

struct Pane {
    // Where the picture's corner lies and how large it is, in framebuffer pixels.
    origin: vec2f,
    size: vec2f,
    // Wipe: where, as a share of the width. Onion: share of the second. Difference: gain.
    amount: f32,
    // Lines over pictures: sRGB and opacity.
    light: vec4f,
    dark: vec4f,
    heat: array<vec4f, 10>,
}

@group(0) @binding(0) var<uniform> pane: Pane;
@group(0) @binding(1) var first: texture_2d<f32>;
@group(0) @binding(2) var second: texture_2d<f32>;
@group(0) @binding(3) var removed: texture_2d<f32>;

// The most texels a side that are averaged for one fragment; of more, every so many-th is taken.
const MOST: f32 = 16.0;

@vertex
fn whole_target(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    let corner = vec2f(f32((index << 1u) & 2u), f32(index & 2u));
    return vec4f(corner * 2.0 - 1.0, 0.0, 1.0);
}

// Cells are counted on a grid as fine as the finer of the two pictures.
fn grid() -> vec2u {
    return max(textureDimensions(first), textureDimensions(second));
}

fn of_first(cell: vec2u) -> vec3f {
    let at = (2u * cell + 1u) * textureDimensions(first) / (2u * grid());
    return textureLoad(first, at, 0).rgb;
}

fn of_second(cell: vec2u) -> vec3f {
    let at = (2u * cell + 1u) * textureDimensions(second) / (2u * grid());
    return textureLoad(second, at, 0).rgb;
}

// What one cell shows; of a difference the largest of the three channels.
fn value(cell: vec2u, left: bool) -> vec3f {
    switch MODE {
        case 1u: {
            if left {
                return of_first(cell);
            }
            return of_second(cell);
        }
        case 2u: {
            return mix(of_first(cell), of_second(cell), pane.amount);
        }
        case 3u: {
            let apart = abs(of_first(cell) - of_second(cell));
            return vec3f(max(apart.r, max(apart.g, apart.b)));
        }
        default: {
            return of_first(cell);
        }
    }
}

// The average under a fragment; last how much of it the picture covers.
fn average(place: vec2f) -> vec4f {
    let cells = vec2f(grid());
    let span = cells / pane.size;
    let centre = (place - pane.origin) * span;
    let low = clamp(centre - 0.5 * span, vec2f(0.0), cells);
    let high = clamp(centre + 0.5 * span, vec2f(0.0), cells);
    let begin = floor(low);
    let stride = max(ceil((high - begin) / MOST), vec2f(1.0));
    let left = place.x < pane.origin.x + pane.amount * pane.size.x;
    var sum = vec3f(0.0);
    var weight = 0.0;
    for (var y = begin.y; y < high.y; y += stride.y) {
        let tall = min(high.y, y + 1.0) - max(low.y, y);
        for (var x = begin.x; x < high.x; x += stride.x) {
            let area = tall * (min(high.x, x + 1.0) - max(low.x, x));
            sum += area * value(vec2u(vec2f(x, y)), left);
            weight += area;
        }
    }
    let covered = (high.x - low.x) * (high.y - low.y) / (span.x * span.y);
    if weight <= 0.0 {
        return vec4f(0.0);
    }
    return vec4f(sum / weight, covered);
}

fn heat(place: f32) -> vec3f {
    let at = clamp(place, 0.0, 1.0) * 9.0;
    let below = min(u32(at), 8u);
    return mix(pane.heat[below].rgb, pane.heat[below + 1u].rgb, at - f32(below));
}

fn is_removed(cell: vec2i) -> bool {
    let cells = vec2i(textureDimensions(removed));
    if any(cell < vec2i(0)) || any(cell >= cells) {
        return false;
    }
    return textureLoad(removed, cell, 0).r > 0.5;
}

// The line around removed cells: light inside, dark outside, so that it is seen on any picture.
fn outline(place: vec2f) -> vec4f {
    let pixels = pane.size / vec2f(textureDimensions(removed));
    let at = (place - pane.origin) / pixels;
    let cell = vec2i(floor(at));
    let here = is_removed(cell);
    let near = fract(at) * pixels;
    let far = pixels - near;
    var gap = 1e9;
    if is_removed(cell - vec2i(1, 0)) != here { gap = min(gap, near.x); }
    if is_removed(cell + vec2i(1, 0)) != here { gap = min(gap, far.x); }
    if is_removed(cell - vec2i(0, 1)) != here { gap = min(gap, near.y); }
    if is_removed(cell + vec2i(0, 1)) != here { gap = min(gap, far.y); }
    if gap > 1.0 {
        return vec4f(0.0);
    }
    if here {
        return pane.light;
    }
    return pane.dark;
}

// The line of the wipe: two pixels light between two dark ones.
fn divider(place: vec2f) -> vec4f {
    let apart = abs(place.x - round(pane.origin.x + pane.amount * pane.size.x));
    if apart < 1.0 {
        return pane.light;
    }
    if apart < 2.0 {
        return pane.dark;
    }
    return vec4f(0.0);
}

// Premultiplied, gamma encoded.
fn shade(place: vec2f) -> vec4f {
    let averaged = average(place);
    if averaged.a <= 0.0 {
        return vec4f(0.0);
    }
    var rgb = averaged.rgb;
    if MODE == 3u {
        rgb = heat(pane.amount * rgb.r);
    }
    if OUTLINED {
        let line = outline(place);
        // Weaker than a wipe's line: there are many of them.
        rgb = mix(rgb, line.rgb, 0.7 * line.a);
    }
    if MODE == 1u {
        let line = divider(place);
        rgb = mix(rgb, line.rgb, line.a);
    }
    return vec4f(rgb, 1.0) * averaged.a;
}

@fragment
fn gamma_target(@builtin(position) place: vec4f) -> @location(0) vec4f {
    return shade(place.xy);
}

// For a target that encodes by itself.
@fragment
fn linear_target(@builtin(position) place: vec4f) -> @location(0) vec4f {
    let shaded = shade(place.xy);
    let low = shaded.rgb / 12.92;
    let high = pow((shaded.rgb + 0.055) / 1.055, vec3f(2.4));
    return vec4f(select(high, low, shaded.rgb <= vec3f(0.04045)), shaded.a);
}
