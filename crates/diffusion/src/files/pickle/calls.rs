//! Calls in a pickle that make something else than tensors. None is ever carried out; but a file that asks for one that no
//! model needs was made to do harm when another program opens it, and its owner should hear of it.

use super::machine::{Objects, Value};

/// What PyTorch and the usual training programs call when a model is loaded: to build tensors, numbers and
/// containers. A name that ends in a point stands for all that begins with it.
const USUAL: [&str; 33] = [
    "torch._utils._rebuild_tensor",
    "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_tensor_v3",
    "torch._utils._rebuild_parameter",
    "torch._utils._rebuild_parameter_with_state",
    "torch._utils._rebuild_sparse_tensor",
    "torch._utils._rebuild_qtensor",
    "torch._tensor._rebuild_from_type_v2",
    "torch.serialization._get_layout",
    "torch.Size",
    "torch.device",
    "torch.Tensor",
    "torch.storage.",
    "torch.nn.parameter.",
    "torch.distributions.",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.Counter",
    "_codecs.encode",
    "numpy.dtype",
    "numpy.ndarray",
    "numpy.core.multiarray.",
    "numpy._core.multiarray.",
    "copyreg._reconstructor",
    "copy_reg._reconstructor",
    "argparse.Namespace",
    "pathlib.",
    "datetime.",
    "enum.",
    "omegaconf.",
    "pytorch_lightning.",
    "lightning.",
    "lightning_fabric.",
];

/// Of Python's own functions, those that only make values.
const VALUES: [&str; 14] = [
    "bool",
    "bytearray",
    "bytes",
    "complex",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "long",
    "object",
    "set",
    "str",
    "tuple",
];

/// The first call that no model needs, as `module.name`; nothing if there is none.
pub fn foreign(objects: &Objects<'_>) -> Option<String> {
    objects.values().find_map(|value| {
        let Value::Call(function, _) = value else {
            return None;
        };
        let Some((module, name)) = objects.global(*function) else {
            return Some("what another call gives".into());
        };
        (!is_usual(module, name)).then(|| format!("{module}.{name}"))
    })
}

fn is_usual(module: &str, name: &str) -> bool {
    if matches!(module, "__builtin__" | "builtins") {
        return VALUES.contains(&name);
    }
    let full = format!("{module}.{name}");
    USUAL.iter().any(|usual| match usual.strip_suffix('.') {
        Some(_) => full.starts_with(usual),
        None => full == *usual,
    })
}
