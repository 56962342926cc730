"""What diffusers' DDIM sampler makes of fixed noise with the small reference models, for
crates/method/tests/method/generation.rs.

usage: make_generation.py REFERENCE_DIR    writes REFERENCE_DIR/generation.safetensors
(torch, diffusers, transformers, safetensors, numpy)
"""

import sys
from pathlib import Path

import numpy as np
import torch
from diffusers import DDIMScheduler, UNet2DConditionModel
from safetensors.numpy import save_file
from transformers import CLIPTextModel, CLIPTokenizer

STEPS = 7
PROMPT, NEGATIVE = "a painting, sks style", "blurry"

root = Path(sys.argv[1])
torch.manual_seed(0)
torch.set_grad_enabled(False)
values = {}
for family in ["sd1", "sd2"]:
    model = root / family / "finetuned"
    base = root / family / "pretrained"

    def part(name):
        return model if (model / name).exists() else base

    unet = UNet2DConditionModel.from_pretrained(part("unet"), subfolder="unet").eval()
    tokenizer = CLIPTokenizer.from_pretrained(part("tokenizer"), subfolder="tokenizer")
    encoder = CLIPTextModel.from_pretrained(part("text_encoder"), subfolder="text_encoder").eval()
    scheduler = DDIMScheduler.from_pretrained(
        part("scheduler"),
        subfolder="scheduler",
        timestep_spacing="leading",
        steps_offset=1,
        set_alpha_to_one=False,
        clip_sample=False,
    )

    def embed(text):
        ids = tokenizer(text, padding="max_length", max_length=tokenizer.model_max_length,
                        truncation=True, return_tensors="pt").input_ids
        return encoder(ids)[0]

    side = unet.config.sample_size
    noise = torch.from_numpy(
        np.random.default_rng(5).standard_normal((1, unet.config.in_channels, side, side)).astype("float32"))
    values[f"{family}.noise"] = noise[0].numpy()
    for guidance in [1.0, 7.5]:
        scheduler.set_timesteps(STEPS)
        latent = noise.clone()
        for t in scheduler.timesteps:
            wanted = unet(latent, t, embed(PROMPT)).sample
            if guidance == 1.0:
                prediction = wanted
            else:
                unwanted = unet(latent, t, embed(NEGATIVE)).sample
                prediction = unwanted + guidance * (wanted - unwanted)
            latent = scheduler.step(prediction, t, latent, eta=0.0).prev_sample
        values[f"{family}.guidance_{guidance:g}"] = latent[0].numpy().copy()

save_file(values, root / "generation.safetensors",
          metadata={"steps": str(STEPS), "prompt": PROMPT, "negative": NEGATIVE})
