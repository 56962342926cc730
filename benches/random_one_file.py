"""Writes a pair of random-weight models of full size, each in one file (the layout of the original code, half precision),
to measure what opening and examining such files costs.

usage: random_one_file.py OUT_DIR [sd1|sdxl]      writes OUT_DIR/{pretrained,finetuned}.safetensors
                                                  2.1 GB each of Stable Diffusion v1's size, 6.9 of Stable Diffusion XL's
needs: nothing
"""
import json, os, random, struct, sys

CHANNELS, TIME, LATENT = 320, 1280, 4
# Widths of the autoencoder's levels in shares of 128.
CODING = (1, 2, 4, 4)
XL = sys.argv[2:] == ["sdxl"]
# Widths of the noise predictor's levels in shares of 320, and how many layers their transformers have.
MULTIPLES, DEPTHS = ((1, 2, 4), (0, 2, 10)) if XL else ((1, 2, 4, 4), (1, 1, 1, 0))
# The prompt's width; what is told beside the timestep.
CONTEXT, TOLD = (2048, 2816) if XL else (768, 0)


def linear(out, name, rows, columns, bias=True, window=None):
    out[f"{name}.weight"] = [rows, columns] + ([window, window] if window else [])
    if bias:
        out[f"{name}.bias"] = [rows]


def norm(out, name, width):
    out[f"{name}.weight"] = [width]
    out[f"{name}.bias"] = [width]


def residual(out, name, here, there):
    norm(out, f"{name}.in_layers.0", here)
    linear(out, f"{name}.in_layers.2", there, here, window=3)
    linear(out, f"{name}.emb_layers.1", there, TIME)
    norm(out, f"{name}.out_layers.0", there)
    linear(out, f"{name}.out_layers.3", there, there, window=3)
    if here != there:
        linear(out, f"{name}.skip_connection", there, here, window=1)


def transformer(out, name, width, layers):
    projection = None if XL else 1
    norm(out, f"{name}.norm", width)
    linear(out, f"{name}.proj_in", width, width, window=projection)
    for layer in range(layers):
        block = f"{name}.transformer_blocks.{layer}"
        for attention, source in (("attn1", width), ("attn2", CONTEXT)):
            linear(out, f"{block}.{attention}.to_q", width, width, bias=False)
            linear(out, f"{block}.{attention}.to_k", width, source, bias=False)
            linear(out, f"{block}.{attention}.to_v", width, source, bias=False)
            linear(out, f"{block}.{attention}.to_out.0", width, width)
        for number in (1, 2, 3):
            norm(out, f"{block}.norm{number}", width)
        linear(out, f"{block}.ff.net.0.proj", 8 * width, width)
        linear(out, f"{block}.ff.net.2", width, 4 * width)
    linear(out, f"{name}.proj_out", width, width, window=projection)


def noise_predictor():
    out = {}
    linear(out, "time_embed.0", TIME, CHANNELS)
    linear(out, "time_embed.2", TIME, TIME)
    if TOLD:
        linear(out, "label_emb.0.0", TIME, TOLD)
        linear(out, "label_emb.0.2", TIME, TIME)
    linear(out, "input_blocks.0.0", CHANNELS, LATENT, window=3)
    here, block, skips = CHANNELS, 0, [CHANNELS]
    for level, multiple in enumerate(MULTIPLES):
        for _ in range(2):
            block += 1
            there = multiple * CHANNELS
            residual(out, f"input_blocks.{block}.0", here, there)
            here = there
            if DEPTHS[level]:
                transformer(out, f"input_blocks.{block}.1", here, DEPTHS[level])
            skips.append(here)
        if level + 1 < len(MULTIPLES):
            block += 1
            linear(out, f"input_blocks.{block}.0.op", here, here, window=3)
            skips.append(here)
    residual(out, "middle_block.0", here, here)
    transformer(out, "middle_block.1", here, max(DEPTHS[-1], 1))
    residual(out, "middle_block.2", here, here)
    block = 0
    for level, multiple in reversed(list(enumerate(MULTIPLES))):
        for number in range(3):
            there = multiple * CHANNELS
            residual(out, f"output_blocks.{block}.0", here + skips.pop(), there)
            here = there
            if DEPTHS[level]:
                transformer(out, f"output_blocks.{block}.1", here, DEPTHS[level])
            if number == 2 and level > 0:
                place = 2 if DEPTHS[level] else 1
                linear(out, f"output_blocks.{block}.{place}.conv", here, here, window=3)
            block += 1
    norm(out, "out.0", here)
    linear(out, "out.2", LATENT, here, window=3)
    return {f"model.diffusion_model.{name}": shape for name, shape in out.items()}


def autoencoder():
    out = {}

    def layer(name, here, there):
        norm(out, f"{name}.norm1", here)
        linear(out, f"{name}.conv1", there, here, window=3)
        norm(out, f"{name}.norm2", there)
        linear(out, f"{name}.conv2", there, there, window=3)
        if here != there:
            linear(out, f"{name}.nin_shortcut", there, here, window=1)

    def middle(name, width):
        layer(f"{name}.mid.block_1", width, width)
        norm(out, f"{name}.mid.attn_1.norm", width)
        for part in ("q", "k", "v", "proj_out"):
            linear(out, f"{name}.mid.attn_1.{part}", width, width, window=1)
        layer(f"{name}.mid.block_2", width, width)

    widths = [128 * multiple for multiple in CODING]
    linear(out, "encoder.conv_in", 128, 3, window=3)
    here = 128
    for level, width in enumerate(widths):
        for number in range(2):
            layer(f"encoder.down.{level}.block.{number}", here, width)
            here = width
        if level < 3:
            linear(out, f"encoder.down.{level}.downsample.conv", here, here, window=3)
    middle("encoder", here)
    norm(out, "encoder.norm_out", here)
    linear(out, "encoder.conv_out", 2 * LATENT, here, window=3)
    linear(out, "decoder.conv_in", here, LATENT, window=3)
    middle("decoder", here)
    for level in (3, 2, 1, 0):
        for number in range(3):
            layer(f"decoder.up.{level}.block.{number}", here, widths[level])
            here = widths[level]
        if level > 0:
            linear(out, f"decoder.up.{level}.upsample.conv", here, here, window=3)
    norm(out, "decoder.norm_out", here)
    linear(out, "decoder.conv_out", 3, here, window=3)
    linear(out, "quant_conv", 2 * LATENT, 2 * LATENT, window=1)
    linear(out, "post_quant_conv", LATENT, LATENT, window=1)
    return {f"first_stage_model.{name}": shape for name, shape in out.items()}


def text_encoder():
    """CLIP ViT-L's, as its own library names the layers."""
    width = 768
    out = {"embeddings.token_embedding.weight": [49408, width], "embeddings.position_embedding.weight": [77, width]}
    for number in range(12):
        name = f"encoder.layers.{number}"
        for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
            linear(out, f"{name}.self_attn.{part}", width, width)
        linear(out, f"{name}.mlp.fc1", 4 * width, width)
        linear(out, f"{name}.mlp.fc2", width, 4 * width)
        norm(out, f"{name}.layer_norm1", width)
        norm(out, f"{name}.layer_norm2", width)
    norm(out, "final_layer_norm", width)
    place = "conditioner.embedders.0" if XL else "cond_stage_model"
    return {f"{place}.transformer.text_model.{name}": shape for name, shape in out.items()}


def second_text_encoder():
    """OpenCLIP ViT-bigG's, as its own code names the layers."""
    width = 1280
    out = {"token_embedding.weight": [49408, width], "positional_embedding": [77, width],
           "text_projection": [width, width]}
    for number in range(32):
        name = f"transformer.resblocks.{number}"
        out[f"{name}.attn.in_proj_weight"] = [3 * width, width]
        out[f"{name}.attn.in_proj_bias"] = [3 * width]
        linear(out, f"{name}.attn.out_proj", width, width)
        linear(out, f"{name}.mlp.c_fc", 4 * width, width)
        linear(out, f"{name}.mlp.c_proj", width, 4 * width)
        norm(out, f"{name}.ln_1", width)
        norm(out, f"{name}.ln_2", width)
    norm(out, "ln_final", width)
    return {f"conditioner.embedders.1.model.{name}": shape for name, shape in out.items()}


def size(shape):
    product = 1
    for side in shape:
        product *= side
    return product


def write(path, tensors, moved):
    header, at = {}, 0
    for name, shape in tensors.items():
        end = at + 2 * size(shape)
        header[name] = {"dtype": "F16", "shape": shape, "data_offsets": [at, end]}
        at = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    draws = random.Random(1)
    steps = random.Random(2)
    numbers = [draws.gauss(0, 1) for _ in range(1 << 16)]
    numbers = [number + moved * steps.gauss(0, 1) for number in numbers]
    blocks = {}
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name, shape in tensors.items():
            if len(shape) == 1:
                one = 1.0 if name.endswith(".weight") else 0.0
                file.write(struct.pack("<e", one) * shape[0])
                continue
            # The usual size of a layer's weights: one over the root of the numbers that enter it.
            scale = size(shape[1:]) ** -0.5
            if scale not in blocks:
                blocks[scale] = struct.pack(f"<{len(numbers)}e", *(scale * number for number in numbers))
            block, left = blocks[scale], 2 * size(shape)
            while left:
                file.write(block[:left])
                left -= min(left, len(block))


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    tensors = noise_predictor() | autoencoder() | text_encoder() | (second_text_encoder() if XL else {})
    for name, moved in (("pretrained", 0.0), ("finetuned", 0.02)):
        write(os.path.join(sys.argv[1], f"{name}.safetensors"), tensors, moved)
