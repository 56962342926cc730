"""Model folders of random geometry, as diffusers and transformers save them, with what these compute: OUT/NAME/ and
OUT/expected.safetensors (NAME.text, NAME.output, NAME.latent, NAME.decoded, NAME.alphas). A name that ends in `_refused` has
a setting that changes the network in a way that is not read.  usage: make_models.py MODEL EXPECTED OUT [COUNT [SEED]]"""
import sys, os, json, random, shutil, torch
from safetensors.torch import load_file, save_file
from diffusers import UNet2DConditionModel, AutoencoderKL, DDPMScheduler
from transformers import CLIPTextModel, CLIPTextConfig
torch.set_num_threads(1)
model, reference, out = sys.argv[1:4]
count, seed = (int(a) for a in (sys.argv[4:] + ["40", "1"][len(sys.argv[4:]):]))
ref = load_file(reference)
ids = ref["token_ids"][:1]
vocabulary = json.load(open(f"{model}/text_encoder/config.json"))["vocab_size"]
rng = random.Random(seed)
expected = {"pixels": torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(seed)) * 2 - 1}
expected["pixels"] = ((expected["pixels"] + 1) * 127.5).round() / 127.5 - 1

def unet_config(width):
    blocks = rng.choice([2, 3, 4])
    groups = rng.choice([4, 8])
    channels = sorted(rng.choice([8, 16, 24, 32, 48]) for _ in range(blocks))
    attends = [rng.random() < 0.7 for _ in range(blocks)]
    c = dict(sample_size=16, in_channels=4, out_channels=4, block_out_channels=channels, norm_num_groups=groups, cross_attention_dim=width,
             down_block_types=["CrossAttnDownBlock2D" if a else "DownBlock2D" for a in attends],
             up_block_types=["CrossAttnUpBlock2D" if a else "UpBlock2D" for a in reversed(attends)])
    if rng.random() < 0.2:
        c["up_block_types"] = [rng.choice(["CrossAttnUpBlock2D", "UpBlock2D"]) for _ in range(blocks)]
    c["layers_per_block"] = rng.choice([1, 2, 3, [rng.choice([1, 2, 3]) for _ in range(blocks)]])
    heads = [rng.choice([h for h in (1, 2, 4, 8) if n % h == 0]) for n in channels]
    c["attention_head_dim"] = rng.choice([2, 4, heads, heads])
    c["transformer_layers_per_block"] = rng.choice([1, 1, 2, [rng.choice([1, 2, 3]) for _ in range(blocks)]])
    c["use_linear_projection"] = rng.random() < 0.5
    c["flip_sin_to_cos"] = rng.random() < 0.8
    c["freq_shift"] = rng.choice([0, 0, 1])
    c["downsample_padding"] = rng.choice([1, 1, 0])
    c["norm_eps"] = rng.choice([1e-5, 1e-6, 1e-4])
    c["upcast_attention"] = rng.random() < 0.3
    c["only_cross_attention"] = False
    return c

REFUSED = [dict(act_fn="gelu"), dict(resnet_time_scale_shift="scale_shift"), dict(mid_block_scale_factor=1.5), dict(class_embed_type="timestep"),
           dict(only_cross_attention=True), dict(time_embedding_type="fourier"), dict(mid_block_type="UNetMidBlock2D"), dict(resnet_out_scale_factor=0.7),
           dict(conv_in_kernel=5), dict(conv_out_kernel=1), dict(dual_cross_attention=True), dict(time_embedding_dim=20), dict(num_class_embeds=3),
           dict(mid_block_only_cross_attention=True), dict(time_embedding_act_fn="silu"), dict(timestep_post_act="silu"), dict(attention_type="gated"),
           dict(resnet_skip_time_act=True), dict(center_input_sample=True), dict(dropout=0.0)]

def text_config():
    heads = rng.choice([1, 2, 4])
    width = heads * rng.choice([8, 12])
    return CLIPTextConfig(vocab_size=vocabulary, hidden_size=width, intermediate_size=rng.choice([16, 40]), num_hidden_layers=rng.choice([1, 2, 3]),
        num_attention_heads=heads, hidden_act=rng.choice(["quick_gelu", "gelu"]), layer_norm_eps=rng.choice([1e-5, 1e-3]), max_position_embeddings=77,
        projection_dim=rng.choice([16, 512]))

def vae_config():
    blocks = rng.choice([1, 2, 3, 4])
    groups = rng.choice([2, 4])
    return dict(in_channels=3, out_channels=3, latent_channels=4, block_out_channels=[rng.choice([4, 8, 12, 16]) for _ in range(blocks)],
        down_block_types=["DownEncoderBlock2D"] * blocks, up_block_types=["UpDecoderBlock2D"] * blocks, layers_per_block=rng.choice([1, 2]),
        norm_num_groups=groups, scaling_factor=rng.choice([0.18215, 0.13025, 1.0]), mid_block_add_attention=rng.random() < 0.7,
        use_quant_conv=rng.random() < 0.7, use_post_quant_conv=rng.random() < 0.7)

def scheduler_config():
    return dict(beta_start=rng.choice([0.00085, 0.0001, 0.001]), beta_end=rng.choice([0.012, 0.02]), beta_schedule=rng.choice(["scaled_linear", "linear", "squaredcos_cap_v2"]),
        prediction_type=rng.choice(["epsilon", "v_prediction"]), num_train_timesteps=1000, rescale_betas_zero_snr=rng.random() < 0.3)

def original_unet(state, levels, depth):
    """Names of the training code that the models come from (CompVis `openaimodel.py`), of diffusers' names."""
    res = dict(norm1="in_layers.0", conv1="in_layers.2", norm2="out_layers.0", conv2="out_layers.3", time_emb_proj="emb_layers.1", conv_shortcut="skip_connection")
    def inner(kind, rest):
        return ".".join([res[rest[0]], *rest[1:]] if kind == "resnets" else rest)
    named = {}
    attends = {(k.split(".")[0], k.split(".")[1]) for k in state if ".attentions." in k}
    for key, value in state.items():
        p = key.split(".")
        if p[0] in ("time_embedding", "conv_in", "conv_norm_out", "conv_out"):
            new = {"time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2"}.get(".".join(p[:2])) if p[0] == "time_embedding" else \
                {"conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2"}[p[0]]
            new += "." + p[-1]
        elif p[0] == "mid_block":
            new = f"middle_block.{1 if p[1] == 'attentions' else 2 * int(p[2])}." + inner(p[1], p[3:])
        elif p[0] == "down_blocks":
            at = 1 + int(p[1]) * (depth + 1)
            new = f"input_blocks.{at + depth}.0.op." + p[-1] if p[2] == "downsamplers" else f"input_blocks.{at + int(p[3])}.{int(p[2] == 'attentions')}." + inner(p[2], p[4:])
        else:
            at = int(p[1]) * (depth + 1)
            new = f"output_blocks.{at + depth}.{1 + ((p[0], p[1]) in attends)}.conv." + p[-1] if p[2] == "upsamplers" else f"output_blocks.{at + int(p[3])}.{int(p[2] == 'attentions')}." + inner(p[2], p[4:])
        named["model.diffusion_model." + new] = value
    return named

def original_vae(state, levels):
    named = {}
    for key, value in state.items():
        for old, new in (("mid_block.attentions.0.group_norm", "mid.attn_1.norm"), ("mid_block.attentions.0.to_q", "mid.attn_1.q"), ("mid_block.attentions.0.to_k", "mid.attn_1.k"),
                         ("mid_block.attentions.0.to_v", "mid.attn_1.v"), ("mid_block.attentions.0.to_out.0", "mid.attn_1.proj_out"), ("mid_block.resnets.0", "mid.block_1"),
                         ("mid_block.resnets.1", "mid.block_2"), ("conv_norm_out", "norm_out"), ("conv_shortcut", "nin_shortcut")):
            key = key.replace(old, new)
        if "attn_1" in key and value.ndim == 2:
            value = value[:, :, None, None]
        p = key.split(".")
        if p[1] in ("down_blocks", "up_blocks"):
            side, level = ("down", int(p[2])) if p[1] == "down_blocks" else ("up", levels - 1 - int(p[2]))
            sampler = side + "sample"
            key = ".".join([p[0], side, str(level)] + ([sampler, *p[5:]] if p[3].endswith("samplers") else ["block", *p[4:]]))
        named["first_stage_model." + key] = value.contiguous()
    return named

def one_file(path, unet, vae, encoder):
    """The model in one file, if the training code could have made it; the upper half of its names mirrors the lower one."""
    c = unet.config
    mirrored = [t.replace("Up", "Down") for t in reversed(c.up_block_types)] == list(c.down_block_types)
    plain = isinstance(c.layers_per_block, int) and mirrored and vae.config.use_quant_conv and vae.config.use_post_quant_conv and vae.config.mid_block_add_attention
    if plain:
        state = original_unet(unet.state_dict(), len(c.block_out_channels), c.layers_per_block) | original_vae(vae.state_dict(), len(vae.config.block_out_channels))
        text = encoder.state_dict()
        prefix = "cond_stage_model.transformer." + ("" if any(k.startswith("text_model.") for k in text) else "text_model.")
        save_file({k: v.contiguous() for k, v in (state | {prefix + k: v for k, v in text.items()}).items()}, path)
    return plain

for i in range(count):
    torch.manual_seed(1000 * seed + i)
    name = f"model_{seed}_{i}"
    config = unet_config(0)
    changed = {}
    if rng.random() < 0.25:
        changed = rng.choice(REFUSED)
        name += "_refused" if changed != dict(dropout=0.0) else ""
    text = text_config()
    config |= dict(cross_attention_dim=text.hidden_size) | changed
    try:
        unet = UNet2DConditionModel(**config).eval()
        vae = AutoencoderKL(**vae_config()).eval()
        encoder = CLIPTextModel(text).eval()
        scheduler = DDPMScheduler(**scheduler_config())
        with torch.no_grad():
            for p in [*unet.parameters(), *vae.parameters()]:
                if p.ndim == 1:
                    p.add_(0.2 * torch.randn_like(p))
            context = encoder(ids)[0]
            t = ref["timesteps"][0]
            a = ref["alphas_cumprod"][t]
            x = a.sqrt() * ref["latent"] + (1 - a).sqrt() * ref["noise"][:1]
            try:
                output = unet(x, t, context).sample
            except Exception:
                if "_refused" not in name:
                    raise
                output = x
            mean = vae.encode(expected["pixels"]).latent_dist.mean * vae.config.scaling_factor
            decoded = vae.decode(ref["latent"] / vae.config.scaling_factor).sample
    except Exception as error:
        print(name, "NOT MADE", type(error).__name__, str(error)[:160], changed)
        continue
    folder = f"{out}/{name}"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for part in ("tokenizer", "model_index.json"):
        (shutil.copytree if os.path.isdir(f"{model}/{part}") else shutil.copy)(f"{model}/{part}", f"{folder}/{part}")
    unet.save_pretrained(f"{folder}/unet")
    vae.save_pretrained(f"{folder}/vae")
    encoder.save_pretrained(f"{folder}/text_encoder")
    scheduler.save_pretrained(f"{folder}/scheduler")
    if one_file(f"{folder}/one_file.safetensors", unet, vae, encoder):
        print("  also in one file")
    for what, value in dict(text=context, output=output, latent=mean, decoded=decoded, alphas=scheduler.alphas_cumprod).items():
        expected[f"{name}.{what}"] = value.float().contiguous()
    print(name, changed, {k: v for k, v in config.items() if k in ("layers_per_block", "attention_head_dim", "transformer_layers_per_block")}, flush=True)
save_file(expected, f"{out}/expected.safetensors")
