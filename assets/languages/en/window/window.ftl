### The words of the window: menu, commands, notices, dialogs. British English.

## Frame, menu, commands, notices, dialogs

file = File
edit = Edit
run = Run
view = View
compare = Compare
help = Help
open-artworks = Open artworks…
open-a-folder-of-artworks = Open a folder of artworks…
open-negative-controls = Open negative controls…
open-positive-controls = Open positive controls…
open-a-case = Open a case…
open-a-cases-archive-or-exhibit = Open a case's archive or exhibit…
run-the-demonstration = Run the demonstration
show-the-cases-folder = Show the case's folder
keep-new-cases-in = Keep new cases in…
export-the-table = Export the table…
export-the-recovered-picture = Export the recovered picture…
export-exhibit = Export exhibit…
export-case-as-zip = Export case as zip…
verify-the-case = Verify the case
verify-and-do-the-examinations-over = Verify and do the examinations over
write-a-timestamp-query = Write a timestamp query…
attach-a-timestamp = Attach a timestamp…
seal-variants-before-publishing = Seal variants before publishing…
rank-among-sealed-variants = Rank among sealed variants…
exhibit-of-sealed-variants = Exhibit of sealed variants…
quit = Quit
undo = Undo
redo = Redo
paste-artworks = Paste artworks
remove-the-artwork = Remove the artwork
move-the-artwork-up = Move the artwork up
move-the-artwork-down = Move the artwork down
set-as-questioned = Set as questioned
set-as-negative-control = Set as negative control
set-as-positive-control = Set as positive control
set-as-work-of-others = Set as work of others
clear-the-queue = Clear the queue
choose-the-pretrained-model = Choose the pretrained model…
choose-the-fine-tuned-model = Choose the fine-tuned model…
choose-the-pretrained-models-folder = Choose the pretrained model's folder…
choose-the-fine-tuned-models-folder = Choose the fine-tuned model's folder…
choose-the-pretrained-models-file = Choose the pretrained model's file…
choose-the-fine-tuned-models-file = Choose the fine-tuned model's file or LoRA…
add-another-adapter = Add another adapter…
choose-a-folder-of-configurations = Choose a folder of configurations…
compute-the-models-hashes = Compute the models' hashes
find-the-nearest-models = Find the nearest models of the library
start = Start
pause-or-resume = Pause or resume
stop-after-this-artwork = Stop after this artwork
stop = Stop
prepare = Prepare
recover = Recover
results = Results
case = Case
results-as-a-table = Results as a table
results-as-a-matrix-of-pictures = Results as a matrix of pictures
selected-results-side-by-side = Selected results side by side
star-the-selected-results = Star the selected results
theme-of-the-system = Theme of the system
light-theme = Light theme
dark-theme = Dark theme
language-of-the-system = Language of the system
larger = Larger
smaller = Smaller
usual-size = Usual size
all-commands = All commands…
keyboard-shortcuts = Keyboard shortcuts
about-palimpsest = About Palimpsest
three-up = Three-up
wipe = Wipe
onion = Onion
blink = Blink
difference = Difference
original-alone = Original alone
partial-alone = Partial alone
recovered-alone = Recovered alone
exchange-the-two-pictures = Exchange the two pictures
whole-picture = Whole picture
one-pixel-a-pixel = One pixel a pixel
zoom-in = Zoom in
zoom-out = Zoom out
outlines-of-what-was-removed = Outlines of what was removed
magnifier = Magnifier
histogram = Histogram

## Reasons why a command can do nothing

no-run-is-under-way = No run is under way
a-run-is-under-way = A run is under way
no-artwork-is-selected = No artwork is selected
choose-the-fine-tuned-model-first = Choose the fine-tuned model first
there-are-no-artworks = There are no artworks
nothing-to-undo = Nothing to undo
nothing-to-redo = Nothing to redo
no-result-is-shown = No result is shown
select-two-results-first-ctrl-click =
    Select two results first: Ctrl+click takes another one to those that are selected
no-result-is-selected = No result is selected
there-are-no-results = There are no results
no-pictures-are-compared = No pictures are compared
nothing-has-been-examined-yet = Nothing has been examined yet
the-case-was-opened = The case was opened from its archive, and nothing is written into it
the-case-is-being-worked = The case is being worked on
the-controls-are-being-drawn = The controls are being drawn
add-an-artwork-first = Add an artwork first
no-work-is-questioned-all = No work is questioned: all are controls
first-choose-pretrained = Choose the pretrained model
first-choose-finetuned = Choose the fine-tuned model
choose-a-mask = Choose a mask
an-adapter-has-no-weights = An adapter has no weights of its own to compare
looking-at-the-models = Looking at the models…
say-what-the-model-predicts = Say what the model predicts
first-choose-configurations = Choose a folder of configurations
agree-to-what-is-not-used = Agree to what is not used
a-part-of-a-model = a part of a model
it-is-choose-the-pretrained-model = It is { $what }: choose the pretrained model that it was made from.

## What was done, in the list of what can be undone

done-choose-a-model = Choose a model
add-an-adapter = Add an adapter
choose-configurations = Choose configurations
choose-an-encoder = Choose an encoder
choose-the-model-of-the-null = Choose the model of the null run
add-artworks = Add artworks
add-controls = Add controls
move-the-artwork = Move the artwork
move-the-crop = Move the crop
set-the-role = Set the role

## Work beside the frame

writing-the-exhibit = Writing the exhibit
exhibit-written = The exhibit was written to { $file } ({ $pages } pages).
name-not-kept = The examiner's name could not be kept for other cases ({ $error }).
no-font-has = No font here has { $missing }: these characters are spelt out by their numbers.
exporting-the-case = Exporting the case
the-case-was-written-to-sha = The case was written to { $file }. SHA-256 { $hash }.
no-longer-there = { $file } is no longer there: whether it was changed could not be checked.
noting = Noting
attaching-the-timestamp = Attaching the timestamp
writing-the-query = Writing the query
query-written =
    The query for a timestamp was written to { $file }. Send it to a timestamping authority, and attach its answer
    before anything else is done to the case.
sealing-variants = Sealing variants
publish-this =
    Publish { $published }. Keep back the other { $variants ->
        [one] { $variants } variant
       *[other] { $variants } variants
    }, the work itself and the seal, { $seal } (SHA-256 { $hash }).
ranking-the-variants = Ranking the variants
titled = { $title }: { $text }
adding-controls = Adding controls
controls-added =
    { $controls ->
        [one] { $controls } control was
       *[other] { $controls } controls were
    } added to the case, and are to be examined.
what-failed = { $what } failed: { $error }
not-decoded-meanwhile = The run goes on, but is not decoded meanwhile: { $error }.
the-case-could-not-be-finished = The case { $name } could not be finished: { $error }
controls-were-drawn =
    Of { $works } works that could be controls the program drew { $drawn }, by the hashes of all works; the others
    are left out of this case.
rows-that-are-listed = { $rows } of { $all } results, those that are listed
count-of-rows =
    { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }
the-table-was-written = The table was written to { $file } ({ $rows }).
cannot-be-read = { $file } cannot be read ({ $error }): check that the case is still there
the-picture-was-written = The picture was written to { $file }.
cannot-be-written = { $file } cannot be written ({ $error }): choose another place, or check the permissions
holds-no-mask-as-a-grid = { $file } holds no mask as a grid of cells
cannot-be-prepared = { $file } cannot be prepared: { $error }
left-case-under-way = The case { $name } was under way when the program ended. It can go on where it was.
left-case-stopped = The case { $name } was stopped. It can go on where it was.
left-run-under-way =
    A run of { $cases ->
        [one] { $cases } case
       *[other] { $cases } cases
    } was under way when the program ended; { $left } of them { $left ->
        [one] is
       *[other] are
    } left. It can go on where it was: { $name } and the others.
left-run-stopped =
    A run of { $cases ->
        [one] { $cases } case
       *[other] { $cases } cases
    } was stopped; { $left } of them { $left ->
        [one] is
       *[other] are
    } left. It can go on where it was: { $name } and the others.
resume-the-other-later = A run is under way: resume the other one when it has ended.
of-a-case-that-was-opened =
    Of a case that was opened from its archive no stars are kept: unpack it, and open its folder.
missing-east-asian =
    “{ $name }” has Chinese, Japanese or Korean characters that no installed font has: boxes stand in their place.
    Install Noto Sans CJK (the package fonts-noto-cjk, elsewhere noto-cjk or google-noto-sans-cjk-fonts) and start
    the program again.
missing-emoji =
    “{ $name }” has emoji that no installed font has: boxes stand in their place. Install Noto Emoji (the package
    fonts-noto-color-emoji or noto-fonts-emoji) and start the program again.
missing-characters =
    “{ $name }” has characters that no installed font has: boxes stand in their place. Install Noto (the package
    fonts-noto-core or noto-fonts) and start the program again.
is-applied-already-set-its-strength = { $name } is applied already: set its strength in place of adding it again.
case-worked-on-elsewhere =
    The case { $name } is being worked on elsewhere: what it has so far is shown. Open it again to see more.
the-case-is-not-finished = The case { $name } is not finished.
was-taken-out-of-its-archive =
    { $name } was taken out of its archive to be looked at and is being verified; nothing is written into it.
resume-the-case-later = A run is under way: resume the case { $name } when it has ended.
fault-reported =
    There was a fault in the program ({ $fault }); a report is in { $file }. The window goes on; what broke off can
    be tried again.
fault-not-reported =
    There was a fault in the program ({ $fault }); no report could be written ({ $reason }). The window goes on;
    what broke off can be tried again.
fault-while = a fault in the program while { $name }
no-thread-for = no thread for { $name } ({ $error })
and-more = { " " }and { $count } more
settings-left-out =
    Some settings in { $file } are not understood and were left out: { $names }. All others are kept{ $kept }.
names-and-others = { $names } and others
file-kept-as = , and the file as it was is kept as { $file }
file-not-kept = , but the file as it was could not be kept ({ $error })
it-is-larger-than-settings = it is larger than settings can be
it-holds-no-settings = it holds no settings
settings-set-aside =
    The settings in { $file } could not be read ({ $error }); it was set aside as { $aside }, and the program starts
    with its defaults.
settings-to-be-replaced =
    The settings in { $file } could not be read ({ $error }); it will be replaced, and the program starts with its
    defaults.
the-settings-could-not-be-kept =
    The settings could not be kept ({ $error }): free some space or check the permissions.
the-frames-are-not-traced-check =
    The frames are not traced ({ $error }): check the file that PALIMPSEST_TRACE_FRAMES names.
new-cases-cannot-be-kept =
    New cases cannot be kept in { $folder } ({ $fault }): choose another folder, or check that you may write there
the-run-writes-up-to-into =
    The run writes up to { $needed } into { $folder }, where { $free } are free: make room there, or keep new cases
    elsewhere
no-thread-for-it-close-other = no thread for it ({ $error }): close other programs and try again
no-thread = no thread for it ({ $error })
the-examination-broke-off-through =
    the examination broke off through a fault in the program; what was done is kept in the case, which can be
    resumed
not-offered-again =
    The run goes on, but would not be offered again as a whole if it broke off ({ $error }): free some space, or
    check that you may write to { $folder }.
cannot-be-listed = { $file } cannot be listed ({ $error }).
there-is-no-picture-in-choose =
    There is no picture in { $folder }: choose a folder with PNG, JPEG, TIFF, WebP, JPEG XL, JPEG 2000, BMP, GIF,
    Photoshop, Krita or OpenRaster files.
cannot-be-opened = { $file } cannot be read ({ $error }): check that you may open it.
no-program-could-be-started = No program could be started to show it ({ $error }). It is in { $folder }.
counts-checked =
    { $entries ->
        [one] { $entries } journal entry
       *[other] { $entries } journal entries
    }, { $files ->
        [one] { $files } file
       *[other] { $files } files
    }, { $works ->
        [one] { $works } work
       *[other] { $works } works
    } and { $exhibits ->
        [one] { $exhibits } exhibit
       *[other] { $exhibits } exhibits
    } checked.
doing-the-examinations-over-was-cancelled = Doing the examinations over was cancelled.
less-than-a-minute = less than a minute
about-minutes = about { $minutes } min
about-hours = about { $hours } h { $minutes } min
seconds = { $seconds } s
minutes = { $minutes } min { $seconds } s
hours = { $hours } h { $minutes } min

## Dialogs of the system

pictures = Pictures
models-and-loras = Models and LoRAs
archives-and-exhibits = Archives and exhibits
timestamps = Timestamps
seals = Seals
title-open-artworks = Open artworks
title-open-a-folder-of-artworks = Open a folder of artworks
open-a-folder-of-negative-controls = Open a folder of negative controls
open-a-folder-of-positive-controls = Open a folder of positive controls
open-a-folder-of-works = Open a folder of works for comparison
title-pretrained-folder = Choose the pretrained model's folder
title-finetuned-folder = Choose the fine-tuned model's folder
title-pretrained-file = Choose the pretrained model's file
title-finetuned-file = Choose the fine-tuned model's file or LoRA
choose-another-adapter-lora = Choose another adapter (LoRA)
choose-the-folder-with-the-models = Choose the folder with the model's configurations
choose-the-folder-of-clip-vit = Choose the folder of CLIP ViT-B/32
choose-the-folder-of-dino-vit = Choose the folder of DINO ViT-S/16
choose-a-folder-with-models = Choose a folder with models for the library
choose-the-other-fine-tuned-models = Choose the other fine-tuned model's folder
open-the-folder-of-a-case = Open the folder of a case
open-the-archive-of-a-case = Open the archive of a case, or an exhibit
choose-the-folder-for-new-cases = Choose the folder for new cases
export-the-table-as-csv = Export the table as CSV
export-the-recovered-picture-as-png = Export the recovered picture as PNG
save-the-exhibit-as-pdf = Save the exhibit as PDF
export-the-case-as-a-zip = Export the case as a zip file
attach-a-timestamp-to-the-case = Attach a timestamp to the case
write-the-query-for-a-timestamp = Write the query for a timestamp
choose-an-empty-folder = Choose an empty folder for the variants
choose-works-that-were-not-used = Choose works that were not used
choose-a-folder-of-works = Choose a folder of works that were not used
choose-the-seal-of-the-variants = Choose the seal of the variants, sealed.json

## Bars at the top and at the bottom, notices

menu = Menu
recent-cases = Recent cases
what-was-chosen-cannot-be-examined = What was chosen cannot be examined
there-is-no-room = There is no room for the case
resume = Resume
pause = Pause
going-on = { $what }…
drawing-the-controls = Drawing the controls…
reading-the-case = Reading the case…
drop-artworks-a-model = Drop artworks, a model or a case
ready = Ready
count-of-artworks =
    { $artworks ->
        [one] { $artworks } artwork
       *[other] { $artworks } artworks
    }
count-of-results =
    { $results ->
        [one] { $results } result
       *[other] { $results } results
    }
opening-the-case = Opening the case
stopping-after-this-step = Stopping after this step
paused = Paused
pausing-after-this-step = Pausing after this step
course = { $what } · artwork { $number } of { $of }
course-and-time = { $what } · artwork { $number } of { $of } · { $time } left
progress-of-the-run = Progress of the run
opening-the-models = Opening the models
computing-the-models-hashes = Computing the models' hashes
reading-the-prompts = Reading the prompts
preparing-the-artwork = Preparing the artwork
making-the-models-own-pictures = Making the model's own pictures
loading-the-noise-predictors = Loading the noise predictors
recovering = Recovering
checking-that-the-pretrained-model-fits = Checking that the pretrained model fits
measuring-the-loss-gap = Measuring the loss gap
decoding-the-recovered-picture = Decoding the recovered picture
comparing-pictures = Comparing pictures
show = Show
copy = Copy
dismiss = Dismiss
count-of-earlier-notices =
    { $notices ->
        [one] { $notices } earlier notice
       *[other] { $notices } earlier notices
    }
only-the-newest = Only the newest
more = More
less = Less

## Palette, questions, about

key-ctrl = Ctrl
key-shift = Shift
type-what-you-want-to-do = Type what you want to do
find-a-command = Find a command
no-such-command = No command is called that.
no-dialog-of-the-system-answers = No dialog of the system answers here. Type or paste the whole path.
example-of-a-path = /home/me/picture.png
there-is-nothing-at-this-path = There is nothing at this path.
write-the-whole-path = Write the whole path, from the root of the disk.
open-path = Open
cancel = Cancel
stop-the-run-and-quit = Stop the run and quit?
quitting-keeps-what-was-done =
    A run is under way. What was done is kept in its case, which can go on from the same step later.
go-on-with-the-run = Go on with the run
stop-and-quit = Stop and quit
version = Version { $version }
was-this-artwork-among-the-pictures = Was this artwork among the pictures that a diffusion model was fine-tuned on?
the-method-is-cgi-dm-wu =
    The method is CGI-DM (Wu et al., CVPR 2024): half of the artwork is removed, and the difference between a
    pretrained and a fine-tuned model puts it back.
licence-mit-or-apache-2-0 =
    Licence MIT or Apache-2.0. Fonts: Inter (SIL Open Font License), DejaVu Sans (its own free licence).
close = Close
press-ctrl-c-after-selecting = Press Ctrl+C after selecting to copy
two-parts = { $one }, { $other }
