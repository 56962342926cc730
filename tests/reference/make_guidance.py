"""What diffusers' own pipeline makes of fixed noise with the small model of Stable Diffusion XL, with and without a
negative prompt, for crates/method/tests/method/guidance.rs: where none is given, `force_zeros_for_empty_prompt` says
whether zeros or the empty prompt stand for it.

usage: make_guidance.py REFERENCE_DIR    writes REFERENCE_DIR/guidance.safetensors
(torch 2.15, diffusers 0.42)
"""

import sys
from pathlib import Path

import numpy as np
import torch
from diffusers import DDIMScheduler, StableDiffusionXLPipeline
from safetensors.numpy import save_file

STEPS, GUIDANCE = 5, 7.5
PROMPT, NEGATIVE = "a painting, sks style", "blurry"

root = Path(sys.argv[1])
torch.manual_seed(0)
torch.set_num_threads(1)
noise = np.random.default_rng(7).standard_normal((1, 4, 16, 16)).astype("float32")
values = {"noise": noise[0]}
for name, model in [("epsilon", "sdxl"), ("velocity", "sdxl/vpred")]:
    pipeline = StableDiffusionXLPipeline.from_pretrained(
        root / "sdxl" / "finetuned", add_watermarker=False, torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    scheduler = root / (model if name == "velocity" else "sdxl/finetuned") / "scheduler"
    pipeline.scheduler = DDIMScheduler.from_pretrained(
        scheduler, timestep_spacing="leading", steps_offset=1, set_alpha_to_one=False, clip_sample=False)
    for key, zeros, negative in [
        ("absent", True, None), ("absent_encoded", False, None), ("empty", True, ""), ("negative", True, NEGATIVE),
    ]:
        pipeline.register_to_config(force_zeros_for_empty_prompt=zeros)
        latent = pipeline(
            PROMPT, negative_prompt=negative, num_inference_steps=STEPS, guidance_scale=GUIDANCE,
            height=128, width=128, latents=torch.from_numpy(noise), output_type="latent").images
        values[f"{name}.{key}"] = latent[0].numpy().copy()

save_file(values, root / "guidance.safetensors", metadata={
    "steps": str(STEPS), "guidance": str(GUIDANCE), "prompt": PROMPT, "negative": NEGATIVE})
for name, value in values.items():
    print(name, value.shape, float(np.linalg.norm(value)))
