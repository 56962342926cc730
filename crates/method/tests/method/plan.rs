//! The plan as a record has it: its JSON, key by key, byte by byte.

use palimpsest_method::examination::Plan;

/// The settings in findings of version 0.1.0, with two files a model; that version's records stay readable.
const SEEDED: &str = r#"{"mask":"block:4","resolution":128,"latent":[4,16,16],"preset":"paper","steps":2,"step_size":0.5,"budget":17.5,"momentum":0.0,"timesteps":"1..999","start":"reencoded","contrast_weight":1.0,"noise":"shared","seed":18446744073709551615,"draws":null,"prompt":"sks style","pretrained_prompt":"sks style","prompt_source":"default","pretrained":{"path":"/reference/sd1/pretrained","sha256":"cea6c5560e5b366171df2fcae64b9082909349e85615a3d49990558c424be7c9","files":[{"name":"model_index.json","bytes":557,"sha256":"d34ebfa1831c9990a5ed7986d550296516da01394d6eb9a128d444557a84d513"},{"name":"scheduler/scheduler_config.json","bytes":502,"sha256":"28d1a009dfa466938be057413130d37105fb555c44c7c403af4cbdb4c3194f5c"}],"prediction":"epsilon","borrowed":[]},"finetuned":{"path":"/reference/sd1/finetuned","sha256":"654f6c66c0f65c9b02d464b85d94bd4c8295b40772d0533d6ca9d4cb804fa433","files":[{"name":"model_index.json","bytes":557,"sha256":"d34ebfa1831c9990a5ed7986d550296516da01394d6eb9a128d444557a84d513"},{"name":"scheduler/scheduler_config.json","bytes":502,"sha256":"28d1a009dfa466938be057413130d37105fb555c44c7c403af4cbdb4c3194f5c"}],"prediction":"epsilon","borrowed":[]},"clip":null,"dino":null,"device":"cpu","arithmetic":"cpu (x86-64 AVX-512)","threads":2,"memory":"full","version":"0.1.0"}"#;

/// The same with draws from a file.
const REPLAYED: &str = r#"{"mask":"blur","resolution":128,"latent":[4,16,16],"preset":"paper","steps":2,"step_size":0.5,"budget":17.5,"momentum":0.0,"timesteps":null,"start":"recorded","contrast_weight":1.0,"noise":"shared","seed":null,"draws":{"path":"/reference/sd1/expected.safetensors","sha256":"ff164f19c6a6b9b86a2182898b0a30a82c989bdb6852a258ea8a4760a5f1a232"},"prompt":"p","pretrained_prompt":"p","prompt_source":"given","pretrained":{"path":"/reference/sd1/pretrained","sha256":"cea6c5560e5b366171df2fcae64b9082909349e85615a3d49990558c424be7c9","files":[{"name":"model_index.json","bytes":557,"sha256":"d34ebfa1831c9990a5ed7986d550296516da01394d6eb9a128d444557a84d513"},{"name":"scheduler/scheduler_config.json","bytes":502,"sha256":"28d1a009dfa466938be057413130d37105fb555c44c7c403af4cbdb4c3194f5c"}],"prediction":"epsilon","borrowed":[]},"finetuned":{"path":"/reference/sd1/finetuned","sha256":"654f6c66c0f65c9b02d464b85d94bd4c8295b40772d0533d6ca9d4cb804fa433","files":[{"name":"model_index.json","bytes":557,"sha256":"d34ebfa1831c9990a5ed7986d550296516da01394d6eb9a128d444557a84d513"},{"name":"scheduler/scheduler_config.json","bytes":502,"sha256":"28d1a009dfa466938be057413130d37105fb555c44c7c403af4cbdb4c3194f5c"}],"prediction":"epsilon","borrowed":[]},"clip":null,"dino":null,"device":"cpu","arithmetic":"cpu (x86-64 AVX-512)","threads":2,"memory":"full","version":"0.1.0"}"#;

#[test]
fn a_plan_is_written_as_it_was_read() {
    for text in [SEEDED, REPLAYED] {
        let plan: Plan = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&plan).unwrap(), text);
    }
}
