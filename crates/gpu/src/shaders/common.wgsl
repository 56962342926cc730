// Functions that every kernel shares. A dispatch may be one of several bands of the same work: `first` is
// the number of its first workgroup, `end` the number after its last.

fn group_number(id: vec3<u32>) -> u32 {
    return p.first + id.y * p.across + id.x;
}

// Cephes' expf: drivers round their own function more loosely than the record allows.
fn exponential(value: f32) -> f32 {
    let x = clamp(value, -87.0, 88.0);
    let power = floor(x * 1.44269504 + 0.5);
    var r = x - power * 0.693359375;
    r = r + power * 2.12194440e-4;
    var q = 1.9875691500e-4;
    q = q * r + 1.3981999507e-3;
    q = q * r + 8.3334519073e-3;
    q = q * r + 4.1665795894e-2;
    q = q * r + 1.6666665459e-1;
    q = q * r + 5.0000001201e-1;
    q = q * r * r + r + 1.0;
    return q * bitcast<f32>(u32(i32(power) + 127) << 23u);
}

fn sigmoid(x: f32) -> f32 {
    return 1.0 / (1.0 + exponential(-x));
}

// The normal distribution's cumulative function and e^(-x*x/2); Abramowitz & Stegun 7.1.26.
fn normal_cdf(x: f32) -> vec2<f32> {
    let z = abs(x) * 0.70710678;
    let t = 1.0 / (1.0 + 0.3275911 * z);
    let density = exponential(-z * z);
    let tail = ((((1.0614054 * t - 1.453152) * t + 1.4214138) * t - 0.28449674) * t + 0.2548296) * t;
    let half_tail = 0.5 * tail * density;
    return vec2<f32>(select(1.0 - half_tail, half_tail, x < 0.0), density);
}
