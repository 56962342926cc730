"""Times one optimisation step (loss and gradient of two noise predictors of Stable Diffusion v1's size) of
Palimpsest and of PyTorch side by side: separate processes in turn, the same threads, the same weights, latent
and noise, after a warm-up; the median of the rounds.

With --device gpu both compute on the card: ours through Vulkan, Metal or DX12, PyTorch through CUDA (or Apple's
MPS) in the precision of --precision (fp32, tf32, fp16) and, with --compile, compiled; then the median of
--steps steps counts.

usage: against_pytorch.py [--size 64|32] [--json] [--models DIR] [--rounds 3] [--threads N]
    [--device cpu|gpu] [--precision fp32|tf32|fp16] [--compile] [--steps N]
needs: cargo; pip install torch diffusers transformers safetensors numpy
DIR holds the folders that random_models.py writes (it is called if they are missing).
"""
import argparse, json, math, os, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
p = argparse.ArgumentParser()
p.add_argument("--size", type=int, default=64, choices=(64, 32), help="side of the latent")
p.add_argument("--json", action="store_true")
p.add_argument("--models", default=os.path.join(tempfile.gettempdir(), "palimpsest-random-models"))
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--threads", type=int, default=os.cpu_count())
p.add_argument("--device", choices=("cpu", "gpu"), default="cpu")
p.add_argument("--precision", choices=("fp32", "tf32", "fp16"), default="fp32", help="of PyTorch on a card")
p.add_argument("--compile", action="store_true", help="PyTorch's network compiled")
p.add_argument("--steps", type=int, help="steps that are timed in a round; 1 on the processor, 20 on a card")
p.add_argument("--torch-child", action="store_true", help=argparse.SUPPRESS)
a = p.parse_args()
a.steps = a.steps or (20 if a.device == "gpu" else 1)


def torch_child():
    import numpy as np, resource, torch
    from diffusers import UNet2DConditionModel
    from transformers import CLIPTextModel
    torch.set_num_threads(a.threads)
    device = "cpu" if a.device == "cpu" else "cuda" if torch.cuda.is_available() else "mps"
    numbers = torch.float16 if a.precision == "fp16" else torch.float32
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = a.precision == "tf32"
    synchronize = {"cuda": torch.cuda.synchronize, "mps": torch.mps.synchronize}.get(device, lambda: None)
    wave = lambda n, f: (math.sqrt(2) * np.sin(f * (i := np.arange(n, dtype=np.float64)) + i * i / 97)).astype(np.float32)
    shape = (1, 4, a.size, a.size)
    u, e = (torch.from_numpy(wave(4 * a.size * a.size, f)).reshape(shape).to(device, numbers) for f in (0.37, 1.91))
    betas = torch.linspace(0.00085 ** 0.5, 0.012 ** 0.5, 1000) ** 2
    alpha = torch.cumprod(1 - betas, 0)[500].item()
    ids = json.load(open(os.path.join(a.models, "token_ids.json")))
    unets, contexts = [], []
    for name in ("pretrained", "finetuned"):
        text = CLIPTextModel.from_pretrained(os.path.join(a.models, name), subfolder="text_encoder").eval()
        with torch.no_grad():
            contexts.append(text(torch.tensor([ids]))[0].to(device, numbers))
        del text
        unet = UNet2DConditionModel.from_pretrained(os.path.join(a.models, name), subfolder="unet").eval()
        unet = unet.requires_grad_(False).to(device, numbers)
        unets.append(torch.compile(unet) if a.compile else unet)

    def step():
        losses, gradients = [], []
        for unet, context in zip(unets, contexts):
            x = u.clone().requires_grad_()
            loss = ((e - unet(alpha ** 0.5 * x + (1 - alpha) ** 0.5 * e, 500, encoder_hidden_states=context).sample) ** 2).float().mean()
            loss.backward()
            losses.append(loss.item()); gradients.append(x.grad.float().cpu())
        return losses, gradients

    step()
    seconds = []
    for _ in range(a.steps):
        synchronize()
        start = time.perf_counter()
        losses, gradients = step()
        synchronize()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": [statistics.median(seconds)], "loss": losses, "gradient_norm": [g.norm().item() for g in gradients],
        "gradient_head": [g.flatten()[:8].tolist() for g in gradients],
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024}))


def run(command, **kw):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, **kw)
    if done.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return done.stdout


def token_ids():
    """The ids of the prompt under the tokenizer that random_models.py copies: begin, pieces, end, padding."""
    vocab = json.load(open(os.path.join(a.models, "pretrained", "tokenizer", "vocab.json")))
    expected = os.path.join(HERE, "..", "tests", "reference", "sd1", "expected.safetensors")
    from safetensors.numpy import load_file
    ids = load_file(expected)["token_ids"][0].tolist()      # "sks style", the prompt of benches/step.rs
    assert max(ids) < len(vocab)
    json.dump(ids, open(os.path.join(a.models, "token_ids.json"), "w"))


def main():
    if not os.path.exists(os.path.join(a.models, "finetuned", "unet")):
        run([sys.executable, os.path.join(HERE, "random_models.py"), a.models])
    token_ids()
    built = run(["cargo", "bench", "--bench", "step", "--no-run", "--message-format", "json"], cwd=os.path.join(HERE, ".."))
    binary = next(m["executable"] for m in map(json.loads, built.splitlines())
        if m.get("executable") and m["target"]["name"] == "step")
    ours = [binary, *(os.path.join(a.models, n) for n in ("pretrained", "finetuned")), "--side", str(a.size), "--threads", str(a.threads),
        "--device", a.device, "--steps", str(a.steps)]
    theirs = [sys.executable, os.path.abspath(__file__), "--torch-child", "--size", str(a.size), "--models", a.models, "--threads", str(a.threads),
        "--device", a.device, "--precision", a.precision, "--steps", str(a.steps), *(["--compile"] if a.compile else [])]
    rounds = []
    for i in range(a.rounds):
        pair = [json.loads(run(c).splitlines()[-1]) for c in (ours, theirs)]
        for one in pair:
            one["seconds"] = [statistics.median(one["seconds"])]
        rounds.append(pair)
        if not a.json:
            print(f"round {i + 1}: ours {pair[0]['seconds'][0]:.2f} s, PyTorch {pair[1]['seconds'][0]:.2f} s", flush=True)
    o, t = (statistics.median(pair[k]["seconds"][0] for pair in rounds) for k in (0, 1))
    off = max(abs(x / y - 1) for x, y in zip(rounds[-1][0]["loss"] + rounds[-1][0]["gradient_norm"], rounds[-1][1]["loss"] + rounds[-1][1]["gradient_norm"]))
    result = {"ours_s": o, "torch_s": t, "ratio": statistics.median(x["seconds"][0] / y["seconds"][0] for x, y in rounds),
        "ours_peak_gib": max(x["peak_gib"] for x, _ in rounds), "torch_peak_gib": max(y["peak_gib"] for _, y in rounds),
        "arithmetic": rounds[-1][0]["arithmetic"], "device": a.device, "precision": a.precision, "compiled": a.compile, "size": a.size, "threads": a.threads, "rounds": a.rounds, "largest_relative_difference": off}
    print(json.dumps(result) if a.json else f"ratio {result['ratio']:.2f}; peak {result['ours_peak_gib']:.1f} against {result['torch_peak_gib']:.1f} GiB; "
        f"losses and gradient norms differ by at most {off:.1e}")


torch_child() if a.torch_child else main()
