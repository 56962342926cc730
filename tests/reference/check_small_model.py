"""Whether diffusers reads the small model's folder as we do: every key in its place, the same token
ids, the same numbers from the text encoder, the autoencoder and the noise predictor.

usage: cargo test --test lab small_model -- --ignored
       check_small_model.py [target/tmp/small_model]
"""
import json, logging, sys
import numpy as np, torch
from diffusers import AutoencoderKL, StableDiffusionPipeline, UNet2DConditionModel
from safetensors import safe_open
from transformers import CLIPTextModel

folder = sys.argv[1] if len(sys.argv) > 1 else "target/tmp/small_model"
with safe_open(f"{folder}/ours.safetensors", "pt") as f:
    ours, record = {k: f.get_tensor(k) for k in f.keys()}, f.metadata()
prompts, timestep = json.loads(record["prompts"]), int(record["timestep"])
for kind, part in ((AutoencoderKL, "vae"), (UNet2DConditionModel, "unet"), (CLIPTextModel, "text_encoder")):
    _, info = kind.from_pretrained(folder, subfolder=part, output_loading_info=True)
    bad = {k: v for k, v in info.items() if v and k != "error_msgs"} | ({"error_msgs": info["error_msgs"]} if info.get("error_msgs") else {})
    assert not bad, (part, bad)
pipe = StableDiffusionPipeline.from_pretrained(folder)
ids = pipe.tokenizer(prompts, padding="max_length", max_length=77, truncation=True, return_tensors="pt").input_ids
differ = [p for p, a, b in zip(prompts, ids, ours["ids"]) if not torch.equal(a, b.long())]
assert not differ, differ
chw = lambda x: x.permute(2, 0, 1)[None]
with torch.no_grad():
    embeds = pipe.text_encoder(ids)[0]
    found = {
        "text_embeds": embeds,
        "moments": pipe.vae.encode(chw(ours["pixels"])).latent_dist.parameters[0].permute(1, 2, 0),
        "decoded": pipe.vae.decode(chw(ours["latent"])).sample[0].permute(1, 2, 0),
        "predicted": pipe.unet(chw(ours["latent"]), timestep, encoder_hidden_states=embeds[2:3]).sample[0].permute(1, 2, 0),
    }
for name, value in found.items():
    error = float((value - ours[name]).norm() / value.norm())
    print(f"{name}: relative error {error:.1e}")
    assert error < 1e-5, name
heads = {m.heads for m in pipe.unet.modules() if type(m).__name__ == "Attention"}
picture = pipe("sks style", num_inference_steps=3, output_type="np", generator=torch.Generator().manual_seed(1)).images[0]
assert picture.shape == (128, 128, 3) and np.isfinite(picture).all(), picture.shape
print(f"{len(prompts)} prompts have the same ids; heads {sorted(heads)}; scaling factor {pipe.vae.config.scaling_factor}; the pipeline draws 128×128")
