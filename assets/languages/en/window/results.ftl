### The words of the window: runs, comparisons, results.

## A run

no-run-is-shown = No run is under way.
mask-and-case = Mask { $mask } · case: { $name }
mask-and-case-of = Mask { $mask } · case { $number } of { $of }: { $name }
what-you-see = What you see
decoded-at-step = Decoded at step { $step }
preview = Preview
the-recovered-picture-is-a-preview =
    The recovered picture is a preview: the newest latent, coloured by a linear map that was fitted to this very
    artwork. The true decoding follows at the end. What comes back on its own proves nothing: compare it with works
    that are known not to have been used.
decoded-step = Decoded, step { $step } of { $of }
preview-before-the-first-step = Preview, before the first step
preview-step = Preview, step { $step } of { $of }
step = Step
number-of = { $number } of { $of }
time-left-for-this-artwork = Time left for this artwork
time-left-for-all = Time left for all
timestep-t = Timestep t
loss-pretrained = Loss, pretrained
loss-fine-tuned = Loss, fine-tuned
gap = Gap
distance-moved = Distance moved
steps-that-moved-nothing = Steps that moved nothing
recovery-direction = Recovery direction
recovery-gain = Recovery gain
recovery-as-of-step = Recovery as of step { $step }.
stopping-keeps-everything-the-case =
    Stopping keeps everything: the case can go on later from the step it is at, to the same result.

## Charts of a run

loss = Loss
recovery = Recovery
chart-of-both-models-losses-over = Chart of both models' losses over the steps
chart-of-the-gap-between = Chart of the gap between the losses over the steps
chart-of-recovery-direction-and-similarity = Chart of recovery direction and similarity over the steps
line-pretrained = pretrained
line-finetuned = fine-tuned
line-gap = pretrained − fine-tuned
line-direction = direction
ssim = SSIM

## Comparing

choose-an-artwork-that-has-been = Choose an artwork that has been examined.
reading-the-pictures = Reading the pictures…
what-was-removed-is-not-outlined = What was removed is not outlined: { $error }.
two-results-with-one-zoom = Two results with one zoom
show-only-the-first = Show only the first
back-to-the-results = Back to the results
result-in-a-line = { $name } · { $model } · { $mask } · direction { $direction }
all-three-pictures-zoomed-and-moved = All three pictures, zoomed and moved together (1)
one-left-of-a-line = One left of a line that you drag, the other right of it (2)
one-shining-through-the-other-3 = One shining through the other (3)
one-after-the-other = One after the other in the same place (4)
how-far-two-pictures-are-apart = How far two pictures are apart, as a heat map (5)
the-original-alone-o = The original alone (O)
what-the-models-were-given-alone = What the models were given, alone (P)
the-recovered-picture-alone-r = The recovered picture alone (R)
fit = Fit
all-of-the-picture-double-click = All of the picture (double click)
one-pixel-of-the-screen = One pixel of the screen for each of the picture
outlines = Outlines
lines-around-what-the-mask-removed = Lines around what the mask removed
what-is-under-the-pointer-enlarged = What is under the pointer, enlarged
how-the-luminances-of-the-pictures = How the luminances of the pictures are spread
first-picture = First picture
second-picture = Second picture
swap = Swap
share-of-the-second-picture = Share of the second picture
gain-1 = Gain 1
gain-2 = Gain 2
gain-4 = Gain 4
gain-8 = Gain 8
gain-16 = Gain 16
how-many-times-the-difference = How many times the difference is enlarged
original = Original
partial = Partial
recovered = Recovered
one-beside-the-other = { $left } beside { $right }
one-over-the-other = { $first } ({ $share } %) over { $second } ({ $other } %)
difference-and = Difference: { $first } and { $second }
blinking-with = { $name } (blinking with { $other })
not-there-yet = Not there yet: { $names }
pictures-are-not-shown-this-window = Pictures are not shown: this window has no graphics device
there-is-no-picture-to-show = There is no picture to show yet
this-picture-of-pixels-is-larger =
    This picture of { $width }×{ $height } pixels is larger than the graphics device holds
luminance = Luminance
place-of-the-wipe-in-percent = Place of the wipe in percent
point-at-a-picture-to-read = Point at a picture to read its pixels
largest-difference-of-a-channel = Largest difference of a channel, of 255
most-or-more = { $most } or more

## What an examination found

a-score-by-itself-proves-nothing =
    A score by itself proves nothing. It says how much of what was removed came back; whether that is more than an
    innocent work of the same hand would show, only works tell that are known not to have been used, examined in
    exactly the same way. A low score is no proof of absence.
mask-case = Mask { $mask } · case { $name }
what-this-can-and-cannot-say = What this can and cannot say
export-the-picture = Export the picture…
show-the-folder = Show the folder
result-at-place = { $place }: { $model }, { $mask }
beside-it = Beside it:
beside-it-name = Beside it { $name }
not-evaluated = not evaluated
direction = Direction
direction-is = Whether what moved points at the original: 1 straight at it, 0 not at all
gain = Gain
how-much-nearer-the-removed-part = How much nearer the removed part came to the original; negative if it went away
loss-gap = Loss gap
how-much-better-the-fine-tuned = How much better the fine-tuned model denoises the whole artwork
likeness-to-the-original = Likeness to the original
likeness-recovered = recovered
likeness-partial = partial
likeness-difference = difference
to-be-noted = To be noted
was-not-evaluated = { $name } was not evaluated: { $reason }.
how-it-was-examined = How it was examined
size-in-pixels = { $across } × { $down } pixels

## Results

table = Table
matrix = Matrix
no-result-is-like-that-take = No result is like that: take something out of the search above.
shown-of-results =
    { $shown } of { $results ->
        [one] { $results } result
       *[other] { $results } results
    }
listed-and-selected = { $listed } · { $chosen } selected
side-by-side = Side by side
both-with-one-zoom-enter = Both with one zoom (Enter)
star = Star
stars-are-yours-alone-they-stand = Stars are yours alone: they stand in no record (S)
higher-is-more-like-a-work =
    Higher is more like a work that was used. A score by itself proves nothing: look at works that are known not to
    have been used.
artwork = Artwork
role = Role
folder = Folder
model = Model
column-loss-gap = Loss gap
gain-db = Gain (dB)
clip = CLIP
dino = DINO
any-state = Any state
starred = Starred
without-the-score = Without the score
with-warnings = With warnings
search = Search
search-the-results = Search the results
any-role = Any role
state = State
show-all = Show all
any-mask = Any mask
any-model = Any model
score = Score
range-from = from
score-from = Score from
score-to = Score to
type-a-number-such-as-0 = Type a number such as 0.25, or nothing
cell-spoken = { $name }, mask { $mask }, model { $model }, direction { $score }
recovery-direction-a-double-click-opens = Recovery direction { $score }. A double click opens the comparison.
sort-by = Sort by { $title }
sort-by-descending = Sort by { $title }, descending
sort-by-ascending = Sort by { $title }, ascending
sort-by-this-column = Sort by this column
star-what = Star { $name }
row-spoken = { $name }, { $role }, mask { $mask }, direction { $direction }
row-spoken-starred = { $name }, { $role }, mask { $mask }, direction { $direction }, starred
