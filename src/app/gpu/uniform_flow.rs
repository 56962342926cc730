//! A test of the shaders: none of them branches on a uniform alone. The software driver of Mesa 22 translates
//! such a shader anew in every draw and keeps every translation, tens of kilobytes each, until the program ends.

use eframe::egui_wgpu::wgpu::naga::front::wgsl::parse_str;
use eframe::egui_wgpu::wgpu::naga::{
    AddressSpace, Block, Expression, Function, Handle, Module, Statement,
};

/// Of what a value is made.
#[derive(Clone, Copy, Default)]
struct Origin {
    uniform: bool,
    other: bool,
}

impl Origin {
    fn with(self, other: Self) -> Self {
        Self {
            uniform: self.uniform || other.uniform,
            other: self.other || other.other,
        }
    }
}

const OTHER: Origin = Origin {
    uniform: false,
    other: true,
};

fn origin(module: &Module, function: &Function, handle: Handle<Expression>) -> Origin {
    let of = |handle| origin(module, function, handle);
    let all = |handles: &[Handle<Expression>]| {
        let parts = handles.iter().map(|&handle| of(handle));
        parts.fold(Origin::default(), Origin::with)
    };
    match &function.expressions[handle] {
        Expression::Literal(_)
        | Expression::Constant(_)
        | Expression::Override(_)
        | Expression::ZeroValue(_) => Origin::default(),
        Expression::GlobalVariable(variable) => Origin {
            uniform: module.global_variables[*variable].space == AddressSpace::Uniform,
            other: module.global_variables[*variable].space != AddressSpace::Uniform,
        },
        Expression::Load { pointer } => of(*pointer),
        Expression::AccessIndex { base, .. } => of(*base),
        Expression::Access { base, index } => all(&[*base, *index]),
        Expression::Splat { value, .. } => of(*value),
        Expression::Swizzle { vector, .. } => of(*vector),
        Expression::Compose { components, .. } => all(components),
        Expression::Unary { expr, .. } | Expression::As { expr, .. } => of(*expr),
        Expression::Binary { left, right, .. } => all(&[*left, *right]),
        Expression::Select {
            condition,
            accept,
            reject,
        } => all(&[*condition, *accept, *reject]),
        Expression::Relational { argument, .. } => of(*argument),
        Expression::Math {
            arg,
            arg1,
            arg2,
            arg3,
            ..
        } => [arg1, arg2, arg3]
            .into_iter()
            .flatten()
            .fold(of(*arg), |parts, &handle| parts.with(of(handle))),
        _ => OTHER,
    }
}

/// The branches of a block that a uniform alone decides.
fn steered(module: &Module, function: &Function, block: &Block) -> usize {
    let steers = |handle: Handle<Expression>| {
        let origin = origin(module, function, handle);
        usize::from(origin.uniform && !origin.other)
    };
    let within = |block: &Block| steered(module, function, block);
    let count = |statement: &Statement| match statement {
        Statement::Block(block) => within(block),
        Statement::If {
            condition,
            accept,
            reject,
        } => steers(*condition) + within(accept) + within(reject),
        Statement::Switch { selector, cases } => {
            let cases = cases.iter().map(|case| within(&case.body));
            steers(*selector) + cases.sum::<usize>()
        }
        Statement::Loop {
            body,
            continuing,
            break_if,
        } => within(body) + within(continuing) + break_if.map_or(0, steers),
        _ => 0,
    };
    block.iter().map(count).sum()
}

fn branches(source: &str) -> usize {
    let module = parse_str(source).unwrap();
    let functions = module.functions.iter().map(|(_, function)| function);
    let entries = module.entry_points.iter().map(|entry| &entry.function);
    functions
        .chain(entries)
        .map(|function| steered(&module, function, &function.body))
        .sum()
}

#[test]
fn no_shader_branches_on_a_uniform_alone() {
    assert_eq!(branches(include_str!("compare.wgsl")), 0);
    assert_eq!(branches(include_str!("preview.wgsl")), 0);
}

#[test]
fn a_branch_on_a_uniform_is_found_wherever_it_stands() {
    let shader = |body: &str| {
        format!(
            "struct U {{ mode: u32, wide: vec4f }}
             @group(0) @binding(0) var<uniform> u: U;
             override CONSTANT: u32;
             @fragment fn f(@builtin(position) at: vec4f) -> @location(0) vec4f {{ {body} return at; }}"
        )
    };
    let found = |body: &str| branches(&shader(body));
    assert_eq!(found("if u.mode == 3u { return u.wide; }"), 1);
    assert_eq!(
        found("if at.x > 1.0 { if u.wide.x > 0.5 { return u.wide; } }"),
        1
    );
    assert_eq!(
        found("switch u.mode { case 1u: { return u.wide; } default: {} }"),
        1
    );
    assert_eq!(found("if at.x > u.wide.x { return u.wide; }"), 0);
    assert_eq!(found("if CONSTANT == 1u { return u.wide; }"), 0);
}
