//! The plan as a record has it: its JSON, key by key, byte by byte.

use palimpsest_method::examination::Plan;

/// Written by version 0.1.0; records of that version are read as long as there is this program.
const SEEDED: &str = r#"{"mask":"block:4","resolution":64,"latent":[4,16,16],"preset":"quick","steps":50,"step_size":0.5000738862,"budget":70.0,"momentum":0.0,"timesteps":"100..500","start":"filled","contrast_weight":0.75,"noise":"shared","seed":18446744073709551615,"draws":null,"prompt":"sks style","pretrained_prompt":"sks style","prompt_source":"default","pretrained":{"path":"/models/a","sha256":"aa","files":[],"prediction":"epsilon","borrowed":[]},"finetuned":{"path":"/models/b","sha256":"bb","files":[{"name":"unet/config.json","bytes":3,"sha256":"cc"}],"prediction":"v_prediction","borrowed":["vae"]},"clip":null,"dino":null,"device":"cpu","arithmetic":"avx2","threads":2,"memory":"full","version":"0.1.0"}"#;

/// The same with draws from a file.
const REPLAYED: &str = r#"{"mask":"blur","resolution":64,"latent":[4,16,16],"preset":"paper","steps":12,"step_size":0.1,"budget":1e-7,"momentum":0.25,"timesteps":null,"start":"recorded","contrast_weight":1.0,"noise":"independent","seed":null,"draws":{"path":"/draws.safetensors","sha256":"dd"},"prompt":"p","pretrained_prompt":"q","prompt_source":"given","pretrained":{"path":"/models/a","sha256":"aa","files":[],"prediction":"epsilon","borrowed":[]},"finetuned":{"path":"/models/b","sha256":"bb","files":[],"prediction":"epsilon","borrowed":[]},"clip":null,"dino":null,"device":"cpu","arithmetic":"avx2","threads":1,"memory":"low","version":"0.1.0"}"#;

#[test]
fn a_plan_is_written_as_it_was_read() {
    for text in [SEEDED, REPLAYED] {
        let plan: Plan = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&plan).unwrap(), text);
    }
}
