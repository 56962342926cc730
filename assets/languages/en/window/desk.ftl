### The words of the window: the desk, models, settings, the question.

## The empty window

the-base-model = The base model
base-model-is =
    The model that the suspect one was made from, as Stable Diffusion 1.5 or XL: one .safetensors or .ckpt file, or
    a folder. It usually lies in models/Stable-diffusion or models/checkpoints of the program that makes pictures,
    whose folders are found by themselves; palimpsest models fetch brings the common ones.
the-model-under-suspicion = The model under suspicion
suspect-model-is =
    A model of the same kind, or an adapter (LoRA) of a few megabytes, from the site where it is shared or from
    models/Lora. Its page often names the base.
works-that-were-surely-not-used = Works that were surely not used
unused-works-are =
    Twenty of the same hand and kind, for comparison: without them there are pictures, and no answer. CLIP and DINO,
    which compare pictures as people do, can be added and are not needed.
drop-an-artwork-here = Drop an artwork here
open-an-artwork = Open an artwork
was-it-among-the-pictures = Was it among the pictures that a diffusion model was fine-tuned on?
about-on-this-machine = About { $time } on this machine.
the-time-left-is-told-once = The time left is told once it runs.
built-in-models-a-questioned-work = Built-in models, a questioned work and twenty controls.
what-is-needed-for-your-own = What is needed for your own works
or-go-back-to-a-recent = Or go back to a recent case:

## The list of artworks

open = Open…
artworks = Artworks
drop-pictures-on-the-window = Drop pictures on the window, or open them.
open-the-pictures-to-be-examined = Open the pictures to be examined.
cannot-be-examined = Cannot be examined
step-of = Step { $step } of { $of }
preparing = Preparing
move-up = Move up
move-down = Move down
remove = Remove
copy-the-path = Copy the path
role-in-a-row-negative = negative control
role-in-a-row-positive = positive control
status-waiting = waiting
status-being-examined = being examined
status-examined = examined
status-cannot-be-examined = cannot be examined

## Roles of works

questioned = questioned
role-questioned-work = questioned work
role-negative = negative control
role-positive = positive control
role-context = work of others
role-decoy = blind decoy
role-own-output = the model's own output
role-null-run = null run
role-self-test = self-test

## Preparing

choose-an-artwork-at-the-left = Choose an artwork at the left.
reading-the-picture = Reading the picture…
all-of-it-is-examined = All of it is examined
all-examined-at = All of it is examined at { $across } × { $down }
the-marked-square-is-examined-drag = The marked square is examined: drag it
square-examined-at = The marked square is examined at { $across } × { $down }: drag it
all-but-a-margin-is-examined = All but a margin is examined: drag it
bucket-examined-at = All but a margin is examined at { $across } × { $down }: drag it
name-size-and-format = { $name } · { $width } × { $height } pixels, { $format }
the-square-that-is-examined-drag = The square that is examined: drag it, or move it with the arrow keys
blocks-of-one-cell = 1-cell blocks
cell-blocks = { $cells }-cell blocks
right-half = right half
blur = blur
half-of-it-is-removed = half of it is removed, in blocks of { $cells } cells
the-right-half-is-removed = the right half is removed
all-of-it-is-blurred = all of it is blurred

## Models

models = Models
pretrained-model = Pretrained model
fine-tuned-model = Fine-tuned model
similarity-encoders = Similarity encoders
remove-an-encoder = Remove an encoder
choose = Choose…
choose-what = Choose { $what }
without-them-the-scores =
    Without them the scores of the published method are “not evaluated”; recovery, SSIM and the loss gap need none.
what-the-pretrained-models-file-says = What the pretrained model's file says of itself
what-the-fine-tuned-models-file = What the fine-tuned model's file says of itself
what-says-of-itself = What { $name } says of itself
mask = Mask
ctrl-click-for-several-each-artwork = Ctrl+click for several: each artwork is examined with each.
each-artwork-is-examined-with-each = Each artwork is examined with each of the { $masks } masks.
prompt-of-the-fine-tuning = Prompt of the fine-tuning
prompt = Prompt
from-the-file-beside-the-fine = From the file beside the fine-tuned model.
not-known-the-usual = Not known: the usual one is taken, and the record says so.
it-is-looked-at-once = It is looked at once the pretrained model can be read.
looking-at-the-model = Looking at the model…
compute-its-hash = Compute its hash
computing-its-hash = Computing its hash…
browse = Browse…
for-a-file = For a file…
for-a-file-or-lora = For a file or LoRA…
for-a-folder = For a folder…
browse-for-the-pretrained-model = Browse for the pretrained model
browse-for-the-fine-tuned-model = Browse for the fine-tuned model
can-be-examined-together = ✔ These two can be examined together, at { $pixels } pixels.
its-file-names-this-model = ✔ Its file names the hash of this pretrained model.
its-file-names-a-base =
    Its file names a base with another hash ({ $hash }): another model, or a copy in another precision.
its-file-names-a-hash = Its file names the hash of its base: it is compared when the run begins.
names-single-file =
    Its file names a single file as its base (hash { $hash }), and this pretrained model is a folder: their weights
    are compared when the run begins, if the library has that file.
names-single-file-called =
    Its file names a single file as its base (“{ $name }”, hash { $hash }), and this pretrained model is a folder:
    their weights are compared when the run begins, if the library has that file.
its-file-says = Its file says that it was made from “{ $base }”.
takes-from-finetuned = takes { $parts } from the fine-tuned model
takes-from-pretrained = takes { $parts } from the pretrained model
built-in = { $name } (built in)
use-what = Use “{ $shown }”
as-stated-in-the-file = As stated in the file; it can be changed by anyone.
the-file-suggests = The file suggests:
the-files-suggest = The files suggest:
the-file = The file
the-triggers-of-all-files = The triggers of all files
calls-this-its-trigger = { $file } calls this its trigger
a-folder-of-the-training = A folder of the training of { $file } was called so
a-folder-of-its-training = A folder of its training was called so
the-most-frequent-tag = The most frequent tag of { $file }
its-most-frequent-tag = Its most frequent tag

## Adapters

remove-an-adapter = Remove an adapter
strength-of-the-first-adapter = Strength of the first adapter
strength-of-the-second-adapter = Strength of the second adapter
strength-of-the-third-adapter = Strength of the third adapter
strength-of-an-adapter = Strength of an adapter
strength = Strength
strength-of = Strength of { $name }
strength-is = 1 is the whole change, 0.5 half of it, 0 none
remove-what = Remove { $name }
not-used-tensors = Not used: { $count } of { $of } tensors
count-of-name = { $count } of { $name }
examine-although-of-tensors = Examine although { $unused } of { $of } tensors were not used
they-have-no-place =
    They have no place in the pretrained model, which may be another than the one that the adapter was made for.
    Case and exhibit will name them.

## Questions on models

what-does-this-model-predict = What does this model predict?
its-file-does-not-say =
    Its file does not say it, and models of its kind are made in both ways. With the wrong answer the results mean
    nothing.
measuring-both-on-the-artwork = Measuring both on the artwork…
measuring-at = Measuring both on the artwork… { $stage }.
the-artwork-cannot-be-read = The artwork cannot be read, so that nothing was measured.
both-are-measured-once-both-models = Both are measured once both models and an artwork are there.
it-predicts = It predicts
as-you-said-of-a-model = As you said of a model in one file
take-back = Take back
take-back-what-the-model-predicts = Take back what the model predicts
prediction-as-you-said = { $prediction }, as you said
what-models-in-one-file-do = What models in one file do not tell by themselves is read from this folder
configurations = Configurations
remove-the-configurations = Remove the configurations
a-configuration-is-needed = A configuration is needed
the-file-does-not-tell =
    The file does not tell { $what }, and it is none of the usual ones. Whoever published the model has a folder for
    it, with unet/config.json and others in it.
measured-on-the-artwork-the-right = Measured on the artwork: the right answer has by far the smaller error.
measured-on-the-artwork-the-errors =
    Measured on the artwork: the errors are too near to one another to tell. Ask whoever published the model.
error-of = error { $loss }
error-most-likely = error { $loss }, most likely
it-predicts-noise = It predicts noise (ε)
it-predicts-velocity-v = It predicts velocity (v)
noise = noise (ε)
velocity-v = velocity (v)

## The library of models

looking-through-the-folders-with-models = Looking through the folders with models…
count-found = { $models } found
show-that-cannot-be-examined = Show { $refused } that cannot be examined
looking-through-the-folders = Looking through the folders…
sha-256-of-of-files-known = SHA-256 of { $known } of { $all } files known
title-choose-pretrained = Choose the pretrained model
title-choose-finetuned = Choose the fine-tuned model
title-add-another-adapter = Add another adapter
choose-clip-vit-b-32 = Choose CLIP ViT-B/32
choose-dino-vit-s-16 = Choose DINO ViT-S/16
the-model-that-the-fine-tuned =
    The model that the fine-tuned one was made from: a folder in the diffusers layout, or one file.
the-model-under-suspicion-a-folder = The model under suspicion: a folder, one file, a training checkpoint or a LoRA.
an-adapter-lora-that-was-used = An adapter (LoRA) that was used together with the others: it is applied after them.
a-folder-with-config-json =
    A folder with config.json and weights, as the hub has it. It is found again from then on.
search-by-name-kind-base-trigger = Search by name, kind, base, trigger, folder or hash
search-the-library = Search the library
loras-only = LoRAs only
folders = Folders
name-built-in = { $name } built in
nothing-in-the-library-has-all = Nothing in the library has all of these words.
no-folder-with-models-was-found =
    No folder with models was found on this computer. Add one below, or browse for the model.
nothing-of-this-kind = Nothing of this kind lies in the folders of the library. Add another below, or browse.
one-can-be-had = One can be had from the model hub: type { $command } in a terminal.
forget = Forget
takes-the-folder-out = Takes the folder out of the library; its files stay as they are
forget-what = Forget { $path }
no-folder-was-found-the-usual =
    No folder was found. The usual places of the Stable Diffusion web UI, Forge, ComfyUI, InvokeAI, Fooocus,
    Stability Matrix and the hub's cache were looked at.
more-notes =
    { $notes ->
        [one] { $notes } more note
       *[other] { $notes } more notes
    }: palimpsest models list has them all.
look-again = Look again
browse-for-a-file = Browse for a file…
browse-for-a-file-or-lora = Browse for a file or LoRA…
browse-for-a-folder = Browse for a folder…
add-a-folder-to-the-library = Add a folder to the library…
a-small-model-of-drawn-artworks = A small model of drawn artworks, to try the program out
chosen-before = Chosen before
takes-the-rest-from-the-pretrained = takes the rest from the pretrained model
says-made-from = says it was made from “{ $name }”
trigger-is = trigger “{ $name }”
called-so = called “{ $name }”
count-of-pictures =
    { $pictures ->
        [one] { $pictures } picture
       *[other] { $pictures } pictures
    }
a-link-lies-at = A link: it lies at { $path }

## Nearest models

compares-its-weights-with-every-whole =
    Compares its weights with every whole model of the library: the one that it was made from is the nearest. Takes
    as long as reading them
looking-through-the-library = Looking through the library…
comparing-with-model = Comparing with model { $number } of { $of }…
the-library-has-no-other-model = The library has no other model of this structure.
nearest-in-the-library = Nearest in the library:
further-away =
    { $models ->
        [one] { $models } model lies
       *[other] { $models } models lie
    } further away.
not-compared =
    { $models ->
        [one] { $models } model was
       *[other] { $models } models were
    } not compared (point here for the reasons).
chosen = chosen
use = Use
use-as-the-pretrained-model = Use { $name } as the pretrained model
take-it-as-the-pretrained-model = Take it as the pretrained model
how-far-the-weights =
    How far the weights of the noise predictors lie apart, as a share of that model's, and how many of its tensors
    the training left as they were
the-same-weights-all-tensors = The same weights, all { $tensors } tensors
distance-away = { $share } % away, { $equal } of { $tensors } tensors equal

## Settings

settings = Settings
quick = Quick
as-in-the-paper = As in the paper
preset = Preset
all-settings = All settings
steps = Steps
gradient-steps-each-asks-both-models = Gradient steps; each asks both models once
step-size = Step size α
unit-latent = { " " }latent units
length-of-a-step = Length of a step
budget = Budget ε
largest-distance-from-the-start = Largest distance from the start
momentum = Momentum
share-of-its-direction = Share of its direction that a step takes over from the one before
contrast-weight-w = Contrast weight w
weight-of-the-pretrained-models-loss = Weight of the pretrained model's loss; at 1 equal models move nothing
seed = Seed
of-the-random-draws-the-same = Of the random draws; the same on every machine
resolution = Resolution
side-of-the-square = Side of the square that is examined; the models' own by default
part-that-is-examined = Part that is examined
square = Square
start-of-the-removed-part = Start of the removed part
filled-in = Filled in
re-encoded = Re-encoded
noise-of-the-two-models = Noise of the two models
shared = Shared
independent = Independent
timesteps-t = Timesteps t
drawn-from-both-ends-included = Drawn from, both ends included
last-timestep = Last timestep
range-to = to
first-timestep = First timestep
back-to-the-preset = Back to the preset
back-to-the-presets-value = Back to the preset's value
by-the-models = by the models

## This machine

this-machine = This machine
device = Device
compute-on-the-processor = Compute on the processor
slower-for-a-card-whose-memory = Slower; for a card whose memory does not suffice, or that is needed otherwise
save-memory = Save memory
blocks-are-computed-again =
    Blocks are computed again on the way back and weights leave memory after use: slower, the same result
threads = Threads
as-many-as-there-are-cores = As many as there are cores unless a number is given; the result does not depend on it
all-cores = all cores
true-decoding-every = True decoding every
while-a-run-is-shown = While a run is shown the latent is decoded beside it after so many steps
never = never
unit-steps = { " " }steps
true-decoding-every-so-many-steps = True decoding every so many steps
true-decoding = True decoding
about-size = about { $size }
about-size-of-free = about { $size } of { $free } free
about-size-on-disk = about { $size }: weights stay on disk
about-size-on-disk-of-free = about { $size }: weights stay on disk of { $free } free
at-most-size = at most { $size }
at-most-size-of-free = at most { $size } of { $free } free
memory = Memory
at-least-runs = at least { $runs }
examinations = Examinations
about-time = about { $time }
about-time-for-runs = about { $time } for { $runs } runs
about-time-for-at-least = about { $time } for at least { $runs } runs
known-after-the-first-steps = known after the first steps
time = Time
nvidia-card = NVIDIA card
graphics-card = Graphics card
apple-gpu = Apple GPU
processor = Processor
it-is-looked-at-every-few = It is looked at every few seconds by itself as well
disk = Disk

## Question and controls

question-and-controls = Question and controls
without-works-of-the-same-hand =
    Without works of the same hand that are known not to have been used there are scores and no verdict.
add-negative-controls = Add negative controls…
add-positive-controls = Add positive controls…
what-is-asked = What is asked
known-not-used = How they are known not to have been used
example-of-unused = painted after the model was published
known-used = How they are known to have been used
example-of-used = named in the model's own list of pictures
declaration = Declaration
recorded-in-the-case-in-your =
    Recorded in the case in your words. Only works of the same hand and kind serve as controls.
fixed-before-anything-is-examined =
    Fixed before anything is examined: who chooses it afterwards can choose the answer
score-that-decides = Score that decides
what-is-put-forward = What is put forward
what-is-said-against-it = What is said against it
proposition = Proposition
repetitions = Repetitions
each-with-other-draws-the-mean = Each with other draws; the mean counts, the spread is shown
models-own-outputs = Model's own outputs
pictures-that-the-fine-tuned-model =
    Pictures that the fine-tuned model makes of its prompt, shown as a band of their own
no-outputs = none
self-test = Self-test
the-first-questioned-work = The first questioned work with the pretrained model in both places: nothing may move
the-questioned-works-against-another-fine =
    The questioned works against another fine-tuned version that saw none of them: what is found where there is
    nothing
null-run = Null run
remove-the-null-run = Remove the null run
choose-a-model = Choose a model…
source-of-the-negative-controls = Source of the negative controls
example-of-a-source = the artist's studio, handed over by her
their-dates-and-the-evidence = Their dates, and the evidence of these
example-of-dates = 2024 to 2025, by the files and two invoices
rule-by-which-they-were-selected = Rule by which they were selected
example-of-a-rule = all unpublished oils of these years
the-program-draws-so-many =
    The program draws so many of them by the hashes of all works: nobody picks them one by one, and the same works
    give the same controls
draw-at-random = Draw at random
draw-all = all
negative-controls-drawn-at-random = Negative controls drawn at random
draw-of-controls = Draw of controls
all-are-taken =
    All of { $controls ->
        [one] { $controls } negative control
       *[other] { $controls } negative controls
    } are taken. Add all works that could be one, and have some drawn.
there-are-only =
    There are only { $controls ->
        [one] { $controls } negative control
       *[other] { $controls } negative controls
    }: add works, or draw fewer.
draws-at-start =
    At the start the program draws { $asked } of { $controls ->
        [one] { $controls } negative control
       *[other] { $controls } negative controls
    } by the hashes of all works; the record and the exhibit say so.

## Readings

seen-and-stored = Seen and stored
as-seen = As seen
as-stored = As stored
how-files-are-read = How files are read
many-programs-that-train-models-take =
    Many programs that train models take a file as it is stored: neither turned upright nor converted by its
    profile, opacity left out. The model then saw another picture than people see
mirrored-as-well = Mirrored as well
programs-that-train-models-exchange-left =
    Programs that train models exchange left and right at random: each work is examined in both ways
looking-at-how-the-files = Looking at how the files are stored…
every-questioned-work-is-one-picture = Every questioned work is one picture in these readings: it is examined once.
further-examinations =
    Questioned works are other pictures then: { $examinations ->
        [one] { $examinations } further examination
       *[other] { $examinations } further examinations
    }. All { $readings ->
        [one] { $readings } reading
       *[other] { $readings } readings
    } are one test, corrected for their number.
at-least-further-examinations =
    Questioned works are other pictures then: at least { $examinations ->
        [one] { $examinations } further examination
       *[other] { $examinations } further examinations
    }. All { $readings ->
        [one] { $readings } reading
       *[other] { $readings } readings
    } are one test, corrected for their number.
