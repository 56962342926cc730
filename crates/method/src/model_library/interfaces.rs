//! Where popular interfaces keep their models: looked for in the usual places, and named by the interface.

use std::path::{Path, PathBuf};

use palimpsest_base::bounded_read::read_at_most;

use super::folders::Folder;

/// An interface, the names of the folder that it is installed into, and where models lie inside.
struct Interface {
    name: &'static str,
    installed: &'static [&'static str],
    models: &'static [&'static str],
}

const INTERFACES: [Interface; 6] = [
    Interface {
        name: "Stable Diffusion web UI",
        installed: &["stable-diffusion-webui", "sd.webui/webui", "automatic"],
        models: &[
            "models/Stable-diffusion",
            "models/Lora",
            "models/LyCORIS",
            "models/VAE",
            "models/Diffusers",
        ],
    },
    Interface {
        name: "Forge",
        installed: &[
            "stable-diffusion-webui-forge",
            "sd-webui-forge",
            "webui_forge/webui",
            "sd-webui-forge-classic",
        ],
        models: &[
            "models/Stable-diffusion",
            "models/Lora",
            "models/VAE",
            "models/diffusers",
        ],
    },
    Interface {
        name: "ComfyUI",
        installed: &["ComfyUI", "comfyui", "ComfyUI_windows_portable/ComfyUI"],
        models: &[
            "models/checkpoints",
            "models/loras",
            "models/vae",
            "models/diffusers",
            "models/clip_vision",
        ],
    },
    Interface {
        name: "InvokeAI",
        installed: &["invokeai", "InvokeAI"],
        models: &["models", "autoimport"],
    },
    Interface {
        name: "Fooocus",
        installed: &["Fooocus", "Fooocus/Fooocus", "Fooocus_win64/Fooocus"],
        models: &["models/checkpoints", "models/loras", "models/vae"],
    },
    Interface {
        name: "Stability Matrix",
        installed: &[
            "StabilityMatrix",
            "StabilityMatrix/Data",
            ".local/share/StabilityMatrix",
            "AppData/Roaming/StabilityMatrix",
        ],
        models: &[
            "Models/StableDiffusion",
            "Models/Lora",
            "Models/LyCORIS",
            "Models/VAE",
        ],
    },
];

/// Folders of a user in which programs are installed by hand.
const WITHIN_HOME: [&str; 9] = [
    "",
    "Documents",
    "Downloads",
    "Desktop",
    "AI",
    "ai",
    "apps",
    "git",
    "src",
];

/// The same outside of it.
const ELSEWHERE: [&str; 5] = ["/opt", "/workspace", "C:\\", "D:\\", "C:\\AI"];

/// The file of ComfyUI that names folders of others, and its largest size.
const EXTRA: &str = "extra_model_paths.yaml";
const MAX_BYTES: u64 = 1 << 18;

/// The folders of interfaces that are there.
pub fn found() -> Vec<Folder> {
    let home = ["HOME", "USERPROFILE"].into_iter().find_map(absolute);
    let mut parents: Vec<PathBuf> = Vec::new();
    if let Some(home) = &home {
        parents.extend(WITHIN_HOME.iter().map(|name| home.join(name)));
    }
    parents.extend(ELSEWHERE.iter().map(PathBuf::from));
    let mut found = below(&parents);
    found.extend(hub_cache(home.as_deref()));
    found
}

/// The hub's cache, as its library finds it.
fn hub_cache(home: Option<&Path>) -> Option<Folder> {
    let place = absolute("HF_HUB_CACHE")
        .or_else(|| absolute("HF_HOME").map(|home| home.join("hub")))
        .or_else(|| absolute("XDG_CACHE_HOME").map(|cache| cache.join("huggingface/hub")))
        .or_else(|| home.map(|home| home.join(".cache/huggingface/hub")))?;
    place.is_dir().then(|| Folder {
        path: place,
        of: Some("the hub's cache".into()),
    })
}

/// The model folders of interfaces that are installed in one of `parents`.
fn below(parents: &[PathBuf]) -> Vec<Folder> {
    let mut found: Vec<Folder> = Vec::new();
    let mut add = |path: PathBuf, name: &str| {
        // Most interfaces are not installed.
        let whole = path.canonicalize().ok().filter(|path| path.is_dir());
        // A name in two spellings is one folder where the system makes no difference.
        if let Some(path) = whole.filter(|path| found.iter().all(|it| it.path != *path)) {
            found.push(Folder {
                path,
                of: Some(name.to_owned()),
            });
        }
    };
    for parent in parents {
        for interface in &INTERFACES {
            for installed in interface.installed {
                let installed = parent.join(installed);
                if !installed.is_dir() {
                    continue;
                }
                for models in interface.models {
                    add(installed.join(models), interface.name);
                }
                if interface.name == "ComfyUI" {
                    for path in extra_paths(&installed) {
                        add(path, interface.name);
                    }
                }
            }
        }
    }
    found
}

/// The folders that ComfyUI's own list names. What is not understood of it is left out: it is for its interface to
/// complain.
fn extra_paths(installed: &Path) -> Vec<PathBuf> {
    let Ok(bytes) = read_at_most(&installed.join(EXTRA), MAX_BYTES) else {
        return Vec::new();
    };
    named_in(&String::from_utf8_lossy(&bytes), installed)
}

/// Kinds of models in the list that are of use here.
const LISTED: [&str; 5] = ["checkpoints", "loras", "vae", "diffusers", "clip_vision"];

fn named_in(text: &str, installed: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut base = installed.to_owned();
    let mut in_list = false;
    for line in text.lines() {
        let line = line.split(" #").next().unwrap_or(line).trim_end();
        let plain = line.trim_start();
        if plain.is_empty() || plain.starts_with('#') {
            continue;
        }
        let is_section = plain.len() == line.len();
        match plain.split_once(": ").or_else(|| {
            let key = plain.strip_suffix(':')?;
            Some((key, ""))
        }) {
            Some(_) if is_section => {
                base = installed.to_owned();
                in_list = false;
            }
            Some(("base_path", value)) => {
                base = installed.join(home_of(unquoted(value)));
                in_list = false;
            }
            Some((key, value)) => {
                let value = unquoted(value);
                in_list = LISTED.contains(&key) && matches!(value, "|" | "");
                if LISTED.contains(&key) && !in_list {
                    paths.push(base.join(home_of(value)));
                }
            }
            None if in_list => paths.push(base.join(home_of(unquoted(plain)))),
            None => {}
        }
    }
    paths
}

fn unquoted(value: &str) -> &str {
    value.trim().trim_matches(['"', '\''])
}

/// A path with the home folder in place of `~`.
fn home_of(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), absolute("HOME")) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => path.into(),
    }
}

fn absolute(variable: &str) -> Option<PathBuf> {
    let value = std::env::var_os(variable).map(PathBuf::from);
    value.filter(|path| path.is_absolute())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn installed_interfaces_are_found_with_what_they_name_elsewhere() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path().canonicalize().unwrap();
        for folder in [
            "ComfyUI/models/loras",
            "ComfyUI/models/checkpoints",
            "stable-diffusion-webui/models/Stable-diffusion",
            "disk/Lora",
            "disk/more",
        ] {
            fs::create_dir_all(home.join(folder)).unwrap();
        }
        let list = format!(
            "# a list\na111:\n    base_path: {}\n    checkpoints: absent\n    loras: |\n        Lora\n        more\n    \
             embeddings: emb\nbroken\n\u{0}: [\n",
            home.join("disk").display()
        );
        fs::write(home.join("ComfyUI").join(EXTRA), list).unwrap();
        let found = below(&[home.clone(), home.join("absent")]);
        let named: Vec<(String, String)> = found
            .into_iter()
            .map(|folder| {
                let path = folder.path.strip_prefix(&home).unwrap();
                (path.to_str().unwrap().to_owned(), folder.of.unwrap())
            })
            .collect();
        let expected = [
            (
                "stable-diffusion-webui/models/Stable-diffusion",
                "Stable Diffusion web UI",
            ),
            ("ComfyUI/models/checkpoints", "ComfyUI"),
            ("ComfyUI/models/loras", "ComfyUI"),
            ("disk/Lora", "ComfyUI"),
            ("disk/more", "ComfyUI"),
        ];
        assert_eq!(
            named,
            expected.map(|(path, of)| (path.to_owned(), of.to_owned()))
        );
    }
}
