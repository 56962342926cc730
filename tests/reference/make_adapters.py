"""Adapters that LyCORIS, PEFT and diffusers themselves make of a tiny model, with many settings and random weights, and the
noise predictions of those libraries' own forward passes: OUT/NAME.safetensors (or OUT/NAME/, as PEFT's save_pretrained
writes it) and OUT/expected.safetensors. A name that ends in `_refused` is of a kind that is not read.  usage: make_adapters.py MODEL EXPECTED OUT"""
import sys, os, re, copy, traceback, torch
from safetensors.torch import load_file, save_file
from diffusers import UNet2DConditionModel
torch.set_num_threads(1)
model, reference, out = sys.argv[1:]
os.makedirs(out, exist_ok=True)
ref = load_file(reference)
base = UNet2DConditionModel.from_pretrained(model, subfolder="unet").eval().requires_grad_(False)
t = ref["timesteps"][0]
a = ref["alphas_cumprod"][t]
x = a.sqrt() * ref["latent"] + (1 - a).sqrt() * ref["noise"][:1]
ctx = ref["text_embeds_pretrained"][:1]
expected = {}

def run(unet):
    with torch.no_grad():
        return unet(x, t, ctx).sample

plain = run(base)
rel = lambda p, q: ((p - q).norm() / q.norm()).item()


def fill(params, scale):
    for name, p in params:
        if p.numel() and p.is_floating_point():
            with torch.no_grad():
                if "dora" in name or "magnitude" in name:
                    p.mul_(1 + 0.2 * torch.randn_like(p))
                elif name.endswith(("rescale",)):
                    p.copy_(1 + 0.1 * torch.randn_like(p))
                else:
                    p.copy_(torch.randn_like(p) * scale)

def keep(name, y):
    effect = rel(y, plain)
    flag = "" if 1e-3 < effect < 5 else "   <<< effect"
    print(f"{name}: effect {effect:.3g}{flag}", flush=True)
    expected[name] = y.contiguous()

def lycoris(name, seed, scale=0.1, dim=4, alpha=2, conv=True, rename=None, **kw):
    from lycoris import create_lycoris, LycorisNetwork
    torch.manual_seed(seed)
    unet = copy.deepcopy(base)
    blocks = ["ResnetBlock2D", "Downsample2D", "Upsample2D", "TimestepEmbedding"] if conv else []
    LycorisNetwork.apply_preset({"enable_conv": conv, "target_module": ["Transformer2DModel"] + blocks,
                                 "target_name": ["conv_in", "conv_out"] if conv else []})
    net = create_lycoris(unet, 1.0, linear_dim=dim, linear_alpha=alpha, **kw)
    net.apply_to()
    fill(net.named_parameters(), scale)
    sd = {k: v.detach().clone().contiguous() for k, v in net.state_dict().items()}
    y = run(unet)
    prefix = rename or "lycoris_"
    save_file({k.replace("lycoris_", prefix, 1): v for k, v in sd.items()}, f"{out}/{name}.safetensors")
    keep(name, y)

def peft(name, seed, config, scale=0.1):
    from peft import get_peft_model
    torch.manual_seed(seed)
    net = get_peft_model(copy.deepcopy(base), config).eval()
    fill([(n, p) for n, p in net.named_parameters() if p.requires_grad], scale)
    net.save_pretrained(f"{out}/{name}")
    keep(name, run(net))

def attempt(f, name, *args, **kw):
    if not re.search(os.environ.get("ONLY", ""), name):
        return
    try:
        f(name, *args, **kw)
    except Exception as e:
        print(f"{name}: NOT MADE: {type(e).__name__}: {str(e)[:200]}")
        if os.environ.get("TRACE"): traceback.print_exc()

L = lycoris
for i, (name, kw) in enumerate({
    "locon": dict(algo="lora", conv_dim=2, conv_alpha=1),
    "locon_kohya": dict(algo="lora", conv_dim=2, conv_alpha=1, rename="lora_unet_"),
    "locon_rs": dict(algo="lora", rs_lora=True, conv_dim=3, conv_alpha=2),
    "locon_tucker": dict(algo="lora", use_tucker=True, conv_dim=3, conv_alpha=1),
    "locon_scalar": dict(algo="lora", use_scalar=True, conv_dim=2, conv_alpha=1),
    "locon_alpha_large": dict(algo="lora", dim=2, alpha=7.5, conv_dim=2, conv_alpha=3, scale=0.05),
    "dora": dict(algo="lora", dora_wd=True, wd_on_output=True, conv_dim=2, conv_alpha=1),
    "dora_in": dict(algo="lora", dora_wd=True, wd_on_output=False, conv_dim=2, conv_alpha=1),
    "dora_tucker": dict(algo="lora", dora_wd=True, wd_on_output=True, use_tucker=True, conv_dim=3, conv_alpha=1),
    "loha": dict(algo="loha", conv_dim=2, conv_alpha=1, scale=0.3),
    "loha_rs": dict(algo="loha", rs_lora=True, conv_dim=2, conv_alpha=1, scale=0.3),
    "loha_tucker": dict(algo="loha", use_tucker=True, conv_dim=3, conv_alpha=1, scale=0.4),
    "loha_scalar": dict(algo="loha", use_scalar=True, conv_dim=2, conv_alpha=1, scale=0.5),
    "doha_out": dict(algo="loha", dora_wd=True, wd_on_output=True, conv_dim=2, conv_alpha=1, scale=0.3),
    "doha_in": dict(algo="loha", dora_wd=True, wd_on_output=False, conv_dim=2, conv_alpha=1, scale=0.3),
    "lokr": dict(algo="lokr", factor=-1, conv_dim=2, conv_alpha=1, scale=0.3),
    "lokr_4": dict(algo="lokr", factor=4, conv_dim=2, conv_alpha=1, scale=0.3),
    "lokr_both": dict(algo="lokr", factor=4, decompose_both=True, dim=1, conv_dim=1, conv_alpha=1, scale=0.4),
    "lokr_full": dict(algo="lokr", factor=4, full_matrix=True, conv_dim=1, conv_alpha=1, scale=0.2),
    "lokr_big_dim": dict(algo="lokr", factor=8, dim=10000, alpha=1, conv_dim=10000, conv_alpha=1, scale=0.2),
    "lokr_unbalanced": dict(algo="lokr", factor=4, unbalanced_factorization=True, conv_dim=2, conv_alpha=1, scale=0.3),
    "lokr_tucker": dict(algo="lokr", factor=4, use_tucker=True, dim=2, conv_dim=2, conv_alpha=1, scale=0.4),
    "lokr_rs": dict(algo="lokr", factor=4, rs_lora=True, dim=3, conv_dim=2, conv_alpha=1, scale=0.3),
    "lokr_scalar": dict(algo="lokr", factor=4, use_scalar=True, dim=3, conv_dim=2, conv_alpha=1, scale=0.4),
    "dokr": dict(algo="lokr", factor=4, dora_wd=True, wd_on_output=True, dim=2, conv_dim=2, conv_alpha=1, scale=0.3),
    "dokr_in": dict(algo="lokr", factor=4, dora_wd=True, wd_on_output=False, dim=2, conv_dim=2, conv_alpha=1, scale=0.3),
    "ia3": dict(algo="ia3", scale=0.1),
    "ia3_input": dict(algo="ia3", train_on_input=True, scale=0.1),
    "full": dict(algo="full", scale=0.01),
    "diag_oft": dict(algo="diag-oft", dim=4, conv_dim=4, scale=0.05),
    "diag_oft_large": dict(algo="diag-oft", dim=8, conv_dim=8, scale=0.05),
    "diag_oft_rescaled": dict(algo="diag-oft", dim=4, conv_dim=4, rescaled=True, scale=0.05),
    "diag_oft_constraint": dict(algo="diag-oft", dim=4, conv_dim=4, constraint=0.001, scale=0.05),
    "diag_oft_constraint_rescaled": dict(algo="diag-oft", dim=4, conv_dim=4, constraint=0.01, rescaled=True, scale=0.05),
    "boft_8": dict(algo="boft", dim=8, conv_dim=8, scale=0.02),
    "boft_rescaled": dict(algo="boft", dim=8, conv_dim=8, rescaled=True, scale=0.02),
    "boft_constraint": dict(algo="boft", dim=8, conv_dim=8, constraint=0.01, scale=0.02),
    "glora_linear": dict(algo="glora", conv=False, scale=0.1),
    "glora_full_scale": dict(algo="glora", alpha=4, conv_dim=2, conv_alpha=2, scale=0.1),
    "glora": dict(algo="glora", conv_dim=2, conv_alpha=1, scale=0.1),
    "glora_rs": dict(algo="glora", rs_lora=True, conv_dim=2, conv_alpha=1, scale=0.1),
    "norm": dict(algo="lora", train_norm=True, conv_dim=2, conv_alpha=1),
}.items()):
    attempt(L, "lycoris_" + name, 100 + i, **kw)

from peft import LoraConfig, LoHaConfig, LoKrConfig, OFTConfig, BOFTConfig, IA3Config
attn = ["to_q", "to_k", "to_v", "to_out.0"]
conv = attn + ["conv1", "conv2", "proj_in", "proj_out", "conv_shortcut", "time_emb_proj", "net.2"]
for i, (name, config, scale) in enumerate([
    ("lora", LoraConfig(r=4, lora_alpha=8, target_modules=attn), 0.1),
    ("lora_conv", LoraConfig(r=3, lora_alpha=2, target_modules=conv), 0.1),
    ("rslora", LoraConfig(r=4, lora_alpha=3, use_rslora=True, target_modules=conv), 0.1),
    ("patterns", LoraConfig(r=4, lora_alpha=3, rank_pattern={"to_q": 2, "mid_block.attentions.0.transformer_blocks.0.attn1.to_k": 6},
        alpha_pattern={"to_q": 5, "to_v": 1}, target_modules=attn), 0.1),
    ("regex", LoraConfig(r=4, lora_alpha=3, rank_pattern={r".*attn2\.to_q": 2}, alpha_pattern={r"down_blocks\.\d+\..*to_k": 7}, target_modules=attn), 0.1),
    ("bias_refused", LoraConfig(r=4, lora_alpha=8, bias="lora_only", target_modules=attn), 0.1),
    ("lora_bias_refused", LoraConfig(r=4, lora_alpha=8, lora_bias=True, target_modules=attn), 0.1),
    ("dora", LoraConfig(r=4, lora_alpha=8, use_dora=True, target_modules=conv), 0.1),
    ("saved_refused", LoraConfig(r=4, lora_alpha=8, target_modules=attn, modules_to_save=["conv_in"]), 0.05),
    ("loha", LoHaConfig(r=4, alpha=3, target_modules=conv), 0.3),
    ("loha_effective", LoHaConfig(r=4, alpha=3, use_effective_conv2d=True, target_modules=conv), 0.4),
    ("lokr", LoKrConfig(r=2, alpha=3, target_modules=conv), 0.3),
    ("lokr_large", LoKrConfig(r=64, alpha=32, target_modules=conv), 0.2),
    ("lokr_both", LoKrConfig(r=2, alpha=3, decompose_both=True, decompose_factor=4, target_modules=conv), 0.3),
    ("lokr_effective", LoKrConfig(r=2, alpha=3, use_effective_conv2d=True, target_modules=conv), 0.4),
    ("oft_refused", OFTConfig(r=0, oft_block_size=4, target_modules=attn), 0.05),
    ("boft_refused", BOFTConfig(boft_block_size=4, target_modules=attn), 0.05),
    ("ia3_refused", IA3Config(target_modules=attn, feedforward_modules=[]), 0.5),
]):
    attempt(peft, "peft_" + name, 200 + i, config, scale)

expected["noised"], expected["context"], expected["plain"] = x.contiguous(), ctx.contiguous(), plain
expected["timestep"] = t.reshape(1)
save_file(expected, f"{out}/expected.safetensors")
