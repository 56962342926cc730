### Sentences of the library as it words them, errors above all, so that the window can say them again in other languages. An
### argument called `name…` stays as it is.

## Pictures

library-does-not-exist-check-the-name = { $name-file } does not exist: check the name and the folder
library-is-a-folder-choose-a-picture = { $name-file } is a folder: choose a picture inside it
library-is-not-an-ordinary-file-copy =
    { $name-file } is not an ordinary file: copy the picture to a disk and choose the copy
library-cannot-be-opened = { $name-file } cannot be read ({ $why }): check that you may open it
library-is-empty-0-bytes-get = { $name-file } is empty (0 bytes): get the picture again from its source
library-has-bytes-more =
    { $name-file } has { $bytes } bytes, more than the { $most } that are read: save a smaller copy of the picture
library-is-not-a-picture-of-any =
    { $name-file } is not a picture of any kind that is known: choose a PNG, JPEG, WebP, TIFF, BMP, GIF, JPEG XL,
    JPEG 2000, Photoshop, Krita or OpenRaster file
library-is-a-picture-of-a-variety =
    { $name-file } is a { $format } picture of a variety that is not read ({ $name-detail }): save it as PNG and
    choose that copy
library-is-cut-short-its-data-end =
    { $name-file } is cut short: its { $format } data end before the picture is complete; get the whole file from
    its source
library-is-damaged-and-cannot-be-decoded =
    { $name-file } is damaged and cannot be decoded as { $format } ({ $name-detail }): get the picture again from
    its source
library-is-pixels-more =
    { $name-file } is { $width }×{ $height } pixels, more than the { $most } a side and the 2 GiB of memory for all
    that are accepted: reduce the picture
library-would-take-more-memory-to-decode =
    { $name-file } would take more memory to decode than its size explains: save it as PNG and choose that copy
library-is-pixels-less =
    { $name-file } is { $width }×{ $height } pixels, less than the { $least } a side that are needed: choose a
    larger picture
library-is-pixels-one-side-more =
    { $name-file } is { $width }×{ $height } pixels, one side more than { $most } times the other: cut out the part
    to be examined

## Models

library-could-not-be-read-check =
    { $name-file } could not be read ({ $why }): check that it exists and that you may open it.
library-is-missing-copy-or-download =
    { $name-file } is missing ({ $name-what }): copy or download the complete model folder again.
library-there-is-no-model-at-check = There is no model at { $name-file }: check the path.
library-is-a-link-to-which-does =
    { $name-file } is a link to { $name-target }, which does not exist: download or copy the model again, with what
    its links lead to.
library-holds-no-folder-unet-give =
    { $name-file } holds no folder "unet": give the diffusers model folder itself, the one that holds the folder
    "unet".
library-holds-no-weights =
    { $name-file } holds no weights: one of the files { $name-expected }, or its parts with their index, is needed.
library-has-no-tensor-the-file =
    { $name-file } has no tensor "{ $name-tensor }": the file is incomplete or belongs to another kind of network,
    so get the model again or choose another.
library-the-tensor-in-has-the-dimensions =
    The tensor "{ $name-tensor }" in { $name-file } has the dimensions { $name-found } where { $name-needed } are
    needed: the weights and config.json do not belong together, so get both from one model.
library-is-damaged-or-incomplete-download =
    { $name-file } is damaged or incomplete ({ $name-why }): download or copy it again.
library-is-empty-download-or-copy = { $name-file } is empty: download or copy it again.
library-is-a-text-file-perhaps =
    { $name-file } is a text file (perhaps a saved web page), not weights: download the file itself again.
library-is-only-a-git-lfs-pointer =
    { $name-file } is only a Git LFS pointer to the real file: fetch it with "git lfs pull", or download it from the
    model's page.
library-asks-python-to-call-when =
    { $name-file } asks Python to call { $name-function } when it is opened, which no model needs and this program
    never does: do not open it with other programs, and get the model as .safetensors.
library-holds-no-and-there =
    { $name-file } holds no { $name-part }, and there is no other model to take it from: give a model that has one
    as the other of the pair.
library-holds-tensors-of-a-noise-predictor =
    { $name-file } holds tensors of a noise predictor that is built in another way ({ $count } in all, the first
    "{ $name-tensor }"): choose a model of the Stable Diffusion 1, 2 or XL family.
library-the-tensor-in-holds-numbers =
    The tensor "{ $name-tensor }" in { $name-file } holds numbers that are not finite: the file is damaged, or its
    training went wrong, so get it again or choose another.
library-is-no-valid-json-file =
    { $name-file } is no valid JSON file of its kind ({ $name-why }): download or copy it again.
library-describes-a-network =
    { $name-file } describes a network that is not supported ("{ $name-key }" is { $name-value }): choose a model of
    the Stable Diffusion 1, 2 or XL family.
library-describes-an-inpainting-model-nine-input =
    { $name-file } describes an inpainting model (nine input channels), which cannot be examined: choose the
    text-to-image model that it was made from.
library-the-two-models-differ =
    The two models differ in { $name-what } ({ $name-one } in { $name-file }, { $name-other } in { $name-second }):
    a fine-tuned model has to be compared with the model that it was made from.
library-the-resolution-does-not-suit =
    The resolution { $resolution } does not suit the model: choose a multiple of { $step } pixels, as the { $usual }
    on which it was trained.
library-the-computing-device-failed-close-other =
    The computing device failed ({ $name-what }): close other programs that fill its memory, choose a lower
    resolution, or choose another device.
library-stable-diffusions-structure-text-width = Stable Diffusion's structure, text width { $width }

## Adapters

library-is-a-lora =
    { $name-file } is a LoRA for { $name-family }, which is not supported: give one for Stable Diffusion 1, 2 or XL,
    with the model that it was trained on.
library-is-a-lora-for-and-the-pretrained =
    { $name-file } is a LoRA for { $name-family }, and the pretrained model is of { $name-base }: give the
    pretrained model that the LoRA was trained on.
library-holds-no-change-of-any-layer =
    { $name-file } holds no change of any layer: it is no LoRA, so give another file.
library-is-incomplete-its-layer-lacks =
    { $name-file } is incomplete: its layer "{ $name-layer }" lacks { $name-missing }, so get the file again.
library-holds-no-folder-unet-and-several =
    { $name-file } holds no folder "unet" and several files that may be LoRAs: give the file itself.
library-is-a-lora-which-only-changes =
    { $name-file } is a LoRA, which only changes a model: give the model folder that it was trained on as the
    pretrained model, and the LoRA as the fine-tuned one.
library-is-given-twice-name-it-once =
    { $name-file } is given twice: name it once, with the sum of both strengths behind an @.

## Cases

library-the-case-in-is-being-worked =
    the case in { $name-folder } is being worked on by another window or command: wait until that has ended
library-cannot-be-written-free-some-space =
    { $name-file } cannot be written ({ $why }): free some space or check the permissions; what was there before is
    whole
library-cannot-be-written = { $name-file } cannot be written ({ $why }): free some space or check the permissions
library-is-damaged-restore = { $name-file } is damaged ({ $why }): restore it from a copy
library-is-of-version-and-this-program =
    { $name-file } is of version { $found }, and this program reads version { $known }: open it with the program
    that wrote it
library-has-changed-since-the-case =
    { $name-file } has changed since the case was begun: restore the file, or examine it in a new case
library-is-there-already = { $name-file } is there already, and in a case nothing is replaced: choose another name
library-no-questioned-work-of-the-case =
    no questioned work of the case in { $name-folder } has been examined to its end: resume it first
library-cannot-be-added-as-a-control = { $name-file } cannot be added as a control: { $why }
library-the-case-in-does-not-hold =
    the case in { $name-folder } does not hold ({ $why }): run palimpsest verify on it
library-the-folder-is-not-empty-choose = the folder { $name-folder } is not empty: choose a new or empty one
library-the-examination-was-interrupted = the examination was interrupted

## What a verification finds

library-the-journal-cannot-be-read = the journal cannot be read: { $why }
library-the-journal-ends-with-bytes =
    the journal ends with { $bytes } bytes that are no whole entry: a crash, or somebody who cut it off; opening the
    case to work on it puts them aside
library-has-been-changed-since-entry =
    { $name-file } has been changed since entry { $entry } of the journal sealed it
library-which-entry-of-the-journal-sealed =
    { $name-file }, which entry { $entry } of the journal sealed, cannot be checked: { $why }
library-which-entry-of-the-journal-sealed-cannot =
    { $name-file }, which entry { $entry } of the journal sealed, cannot be read: { $why }
library-case-json-cannot-be-checked = case.json cannot be checked: { $why }
library-the-plan-in-case-json-models =
    the plan in case.json (models and settings) is not the one that the case was begun with: its hash is
    { $name-found }, and the journal has { $name-sealed }
library-what-case-json-asks-question-warnings =
    what case.json asks (question, warnings, null run or self-test) is not what the case was begun with: its hash is
    { $name-found }, and the journal has { $name-sealed }
library-the-artwork-with-which-the-case =
    the artwork { $name-folder }, with which the case was begun, is not in case.json
library-the-artwork-in-case-json = the artwork { $name-folder } in case.json was not there when the case was begun
library-case-json-has-the-artwork =
    case.json has the artwork { $name-folder } as finished, but no entry of the journal says so: entries may have
    been cut off its end
library-the-exhibit-names-the-entry =
    the exhibit { $name-file } names the entry { $name-head }, which is not in the journal before it
library-the-timestamp-does-not-fit = the timestamp { $name-file } does not fit: { $why }
library-is-not-sealed-by-the-journal =
    { $name-file } is not sealed by the journal: nothing is known of where it comes from
library-is-a-link-a-device = { $name-file } is a link, a device or has a strange name, and was not looked at
library-the-exhibit-lies-outside-the-case =
    the exhibit { $name-file } lies outside the case and was not checked: compare its SHA-256 with { $name-hash }
library-the-signature-of-the-timestamp = the signature of the timestamp { $name-file } was not checked: { $why }
library-entry-of-the-journal-says =
    entry { $entry } of the journal says that half an entry was put aside as { $name-file } after a crash
library-entry-of-the-journal-tells =
    entry { $entry } of the journal tells of something that this version does not know: verify the case with the
    program that wrote it
library-the-journals-line-has-been-changed =
    the journal's line { $line } has been changed: its content does not have the hash that it states
library-the-journals-line-has-a-wrong =
    the journal's line { $line } has a wrong signature: the key that it names did not sign it
library-entries-to-have-been-removed = entries { $first } to { $last } have been removed from the journal
library-it-is-missing = it is missing
library-the-artwork-in-case-json-is-not =
    the artwork { $name-folder } in case.json is not as it was when the case was begun: its { $name-what } differs
library-entry-of-the-journal-opens =
    entry { $entry } of the journal opens what blind works stand for, but nothing of it was sealed when the case was
    begun
library-what-the-blind-works-stand = what the blind works stand for cannot be checked: { $why }
library-blind-mapping-json =
    blind/mapping.json is not what was sealed before the first score: what the blind works stand for was changed
library-the-order-of-the-blind-works =
    the order of the blind works does not follow from the nonce in blind/mapping.json: it was not drawn by chance
library-blind-mapping-json-is-not-of-the = blind/mapping.json is not of the works that were examined blind
library-entry-of-the-journal-is-dated =
    entry { $entry } of the journal is dated { $dated }, but was stamped by { $name-file } at { $stamped } already:
    the computer's clock was wrong
library-the-chain-of-the-journal =
    the chain of the journal is broken before entry { $number } in line { $line }: it was written after another
    entry than the one before it
library-entry-of-the-journal-stands =
    entry { $number } of the journal stands in line { $line }: entries have been reordered or copied
library-line-of-the-journal = line { $line } of the journal cannot be read: { $why }
library-the-journals-line-has-no-signature = the journal's line { $line } has no signature
library-what-the-works-under-neutral-names =
    what the { $works } works under neutral names stand for has not been opened yet: it is when all of them have
    been examined

## What a verification cannot exclude

library-that-somebody-else-wrote-the-whole =
    That somebody else wrote the whole record anew with a key of their own: compare the key's fingerprint with one
    that you know from its owner.
library-that-the-owner-of-the-key =
    That the owner of the key wrote the entries after number { $entry } anew, or all of them before { $time }, when
    the latest of them was stamped; and that the authority is not what its certificate says, whose issuer was not
    checked.
library-that-the-owner-of-the-key-wrote =
    That the owner of the key wrote everything anew before the exhibit that names the expected entry was handed
    over, or the entries after that one since.
library-that-the-owner-of-the-key-wrote-everything =
    That the owner of the key wrote everything anew at any time: only a timestamp of an authority or an exhibit that
    was filed would bound that.
library-that-entries-after-number-were-cut =
    That entries after number { $entry } were cut off, unless a file or an exhibit tells of them.
library-that-the-pictures-and-models =
    That the pictures and models were something else before they were first hashed, and that the computer's clock
    was wrong between two timestamps.
