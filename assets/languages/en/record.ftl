### Sentences of the record as it holds them, so that other languages can say them again. An argument called `name…` stays as
### it is, one called `list…` or `rows…` is said again part by part, and one called `said…` must be known itself.

## The verdict on a work

record-no-statement = No statement on this work can be made: { $reason }.
record-sentence-no-ratio =
    { $said-rank }; how much this supports “used in the fine-tuning” over “not used” is not evaluated, because
    { $reason }.
record-sentence-by-controls =
    { $said-rank }; by these and { $positives } works declared to have been used, { $said-weight }.
record-sentence-by-recipes =
    { $said-rank }; if the fine-tuning was done by one of the { $recipes } recipes that were tried (the least
    favourable is “{ $name }”), { $said-weight }.
record-rank =
    Of { $controls } controls declared not to have been used, { $reached ->
        [none] none scores
        [one] 1 scores
       *[other] { $reached } score
    } as high as this work (p = { $p }; with so few controls it cannot be less than { $smallest })
record-rank-in-readings =
    Of { $controls } controls declared not to have been used, { $reached ->
        [none] none scores
        [one] 1 scores
       *[other] { $reached } score
    } as high as this work, read { $reading } like them (p = { $p }, corrected for its { $readings } readings;
    with so few controls it cannot be less than { $smallest })
record-tested-in-readings =
    Its file gives another picture in another reading, and it was tested in each: { $rows }; that the better
    counts was fixed before the first examination.
record-tested-in-reading = { $reading } (score { $score }, p = { $p })
record-weight =
    its score is { $times } times as probable if the work was { $first ->
        [used] used in the fine-tuning as if it was not used
       *[unused] not used in the fine-tuning as if it was used
    } (95 % bound: at least { $bound }), which is { $said-words }
record-weight-limited =
    its score is { $times } times as probable if the work was { $first ->
        [used] used in the fine-tuning as if it was not used
       *[unused] not used in the fine-tuning as if it was used
    } (95 % bound: at least { $bound }; limited to what so few controls can carry), which is { $said-words }
record-weight-in-readings =
    its scores in { $readings } readings are, by the mean of their ratios, { $times } times as probable if the work
    was { $first ->
        [used] used in the fine-tuning as if it was not used
       *[unused] not used in the fine-tuning as if it was used
    } (95 % bound: at least { $bound }), which is { $said-words }
record-weight-in-readings-limited =
    its scores in { $readings } readings are, by the mean of their ratios, { $times } times as probable if the work
    was { $first ->
        [used] used in the fine-tuning as if it was not used
       *[unused] not used in the fine-tuning as if it was used
    } (95 % bound: at least { $bound }; limited to what so few controls can carry), which is { $said-words }
record-finding-in-readings =
    Its scores in { $readings } readings are, by the mean of their ratios, { $said-weight }.
record-finding-by-controls = Its score is { $said-weight }.
record-finding-by-recipes =
    If the fine-tuning followed one of { $recipes } recipes tried, its score is, by the least favourable,
    { $said-weight }.
record-short-weight =
    about { $times } times as probable if the work was { $first ->
        [used] used in the fine-tuning as if it was not
       *[unused] not used in the fine-tuning as if it was
    }: { $said-words }
record-short-weight-limited =
    { $times } times as probable if the work was { $first ->
        [used] used in the fine-tuning as if it was not
       *[unused] not used in the fine-tuning as if it was
    }, limited to what so few controls can carry: { $said-words }
record-short-weight-by-recipes =
    about { $times } times as probable if the work was { $first ->
        [used] used as if it was not
       *[unused] not used as if it was
    }: { $said-words }
record-short-weight-by-recipes-limited =
    { $times } times as probable if the work was { $first ->
        [used] used as if it was not
       *[unused] not used as if it was
    }, limited to what so few controls can carry: { $said-words }
# The first that fits is taken, so that the longer one comes first.
record-short-rank-in-readings =
    { $reached ->
        [None] None of
       *[other] { $reached } of
    } { $controls } controls declared not to have been used { $reached ->
        [None] scores
        [one] scores
       *[other] score
    } as high (p = { $p }, of { $readings } readings the better, { $reading }, and corrected for their number).
record-short-rank =
    { $reached ->
        [None] None of
       *[other] { $reached } of
    } { $controls } controls declared not to have been used { $reached ->
        [None] scores
        [one] scores
       *[other] score
    } as high (p = { $p }).
record-together =
    The mean score of { $said-works } is { $difference ->
        [higher] higher
       *[not] not higher
    } than that of { $controls } controls declared not to have been used; if none was used, chance gives as much
    with p = { $p } (permutation test).
record-together-in-readings =
    The mean score of { $said-works } is { $difference ->
        [higher] higher
       *[not] not higher
    } than that of { $controls } controls declared not to have been used; if none was used, chance gives as much
    with p = { $p } (permutation test, the better of { $readings } readings, corrected for their number).
record-all-works = the { $works } questioned works
record-some-works = { $some } of the { $works } questioned works
record-limits =
    This does not say how probable it is that the work was used, nor by whom or with what right, and a low score
    does not show that it was not used: models can be trained so that little of their pictures can be brought
    back.

## The scale in words

record-no-support = no support
record-weak-support = weak support
record-moderate-support = moderate support
record-moderately-strong-support = moderately strong support
record-strong-support = strong support
record-very-strong-support = very strong support
record-support-neither = no support for either proposition over the other
record-support-used-over = { $said-support } for “used in the fine-tuning” over “not used”
record-support-not-used-over = { $said-support } for “not used” over “used in the fine-tuning”
record-support-used = { $said-support } for “used in the fine-tuning”
record-support-not-used = { $said-support } for “not used”

## Reasons why a figure is not there

record-no-members = there is no member with a score
record-no-hold-outs = there is no hold-out with a score
record-not-finite = { $members } scores of members and { $hold-outs } of hold-outs are not finite
record-rate = a false-positive rate of { $rate } is none: it is at least 0 and less than 1
record-too-few-hold-outs = scores are standardised by at least { $needed } hold-outs and there are { $found }
record-hold-outs-alike = the hold-outs' scores are all alike: there is nothing to standardise by
record-too-few-sets = at least { $needed } sets are needed and { $found } can be evaluated
record-unpaired = the two samples are of different works: a difference needs the same works
record-too-few-negatives =
    at least { $needed } negative controls (works like the questioned ones, known not to have been used) are
    needed and there are { $found }
record-too-few-positives =
    at least { $needed } positive controls (works known to have been used) are needed and there are { $found }
record-too-few-questioned = at least { $needed } questioned works are needed and there are { $found }
record-too-few-calibrations =
    at least { $needed } calibrations by mock fine-tunes of different recipes are needed and { $found } can be
    evaluated: the recipe of the questioned model is not known, and one guess at it is none
record-recipes-disagree =
    by some of the recipes that were tried the score speaks for use and by others against it, and the recipe of
    the questioned model is not known
record-score-not-finite = the score of the questioned work is not finite
record-negatives-not-finite = { $scores } scores of negative controls are not finite
record-readings-without-positives =
    it was tested in several readings of its file, and the positive controls were not examined in all of them
record-several-readings =
    it was tested in several readings of its file, and a ratio is worked out only for works that are one picture
    in all of them
record-alike = the scores are all alike: there is nothing to measure a difference by
record-out-of-range = the scores are too large or too far apart to be calculated with
record-not-settled = the score model does not settle on these controls: their scores are too far apart in scale
record-not-a-ratio = { $ratio } is no likelihood ratio: it is finite and above 0
record-no-ratio = there is no likelihood ratio to put into words
record-no-words = it has no words
record-no-model-given = no { $model } model was given
record-not-computed = it was not computed
record-embedding = an embedding is zero or not finite
record-own-latent = the start or the recovered latent is the artwork's own, or not finite
record-nothing-moved = nothing moved, or the start is the artwork's own latent
record-not-examined = it has not been examined yet
record-undefined = { $name } is undefined for it
record-not-evaluated = not evaluated: { $reason }

## Works that are alike, and controls that do not serve

record-twin-by-clip = it is nearly the same picture as { $name }, a { $role } (CLIP similarity { $similarity })
record-twin-by-hash =
    it is nearly the same picture as { $name }, a { $role } ({ $differ } of { $signs } signs of the perceptual
    hash differ)
record-role-questioned = questioned work
record-role-negative = negative control
record-role-positive = positive control
record-role-context = work of others
record-role-decoy = blind decoy
record-unlike-kind =
    the controls are not like the work: in colours and structure it lies { $far } times as far from them as they
    lie from each other, and at most { $limit } times would serve; choose works like it in hand and kind
record-unlike-style =
    the controls are not like the work: even turned upside down, as nobody trained on it, it lies { $turned }
    standard deviations above them, and what it scores beyond that is nothing unusual among them ({ $beyond }), so
    that the model may know its hand and not it; choose works like it in hand and kind
record-left-out-together = { $name } is left out where the questioned works are judged together: { $reason }.
record-version-together =
    { $name } is nearly the same picture as { $name-other }: where the questioned works are judged together,
    another version of the motif counts for it.
record-warning =
    Warning: { $name }, declared not to have been used, scores far above the other controls ({ $distance } times
    their spread upwards, and up to { $limit } is taken for chance): if it was used after all, the questioned
    works stand out less than they should. Check where it comes from.
record-warning-standing-out =
    Warning: { $name }, declared not to have been used, stands far from the other controls as a used work would:
    { $beyond ->
        [what] what its loss gap has beyond that of its own picture turned upside down
       *[its] its score
    } lies { $distance } times their spread above their middle, and up to { $limit } is taken for chance. If it was
    used after all, the questioned works stand out less than they should. It counts as it was declared; without it
    { $said-without }, which is no result, since a control that is left out after its score was seen chooses the
    answer. Check where it comes from.
record-p-values-the-same = no p-value would be another
record-p-values-would-be = the p-value would be { $list-values }
record-p-in-place = { $p } in place of { $with }
record-p-in-place-for = { $p } in place of { $with } for { $name }
record-p-more = and other values for { $more } more

## What was declared

record-used-proposition = The questioned work was among the pictures that the model was fine-tuned on.
record-not-used-proposition =
    The questioned work was not among the pictures that the model was fine-tuned on; they may have included other
    works of the same hand.
record-nothing-declared =
    Nothing was declared of the source, the dates and the rule of selection of the negative controls.
record-declared = Declared of the negative controls: { $said-source }; { $said-dates }; { $said-rule }.
record-source = source “{ $name }”
record-dates = dates “{ $name }”
record-rule = rule of selection “{ $name }”
record-source-not-declared = source not declared
record-dates-not-declared = dates not declared
record-rule-not-declared = rule of selection not declared
record-drawn =
    { $drawn } drawn by the program from { $eligible } works, by the hashes of all works (SHA-256 of the list
    { $name-hash })
record-additions =
    { $controls ->
        [one] { $controls } control was
       *[other] { $controls } controls were
    } added on { $time }, when the case had been begun: the score that decides, the settings and the question were
    sealed before that and stayed.
record-additions-bound =
    Whoever adds controls with the result before their eyes can stop when it pleases them; each time is in the
    journal.
record-additions-unlooked =
    The case was begun without any in view, so that whether they are like the works is told by colours and
    structure alone.

## Blind decoys

record-known-used = known to have been used
record-known-not-used = known not to have been used
record-known-used-as = known to have been used: { $name }
record-known-not-used-as = known not to have been used: { $name }
record-p = p = { $p }
record-not-judged = not judged
record-decoys =
    { $decoys ->
        [one] { $decoys } decoy was
       *[other] { $decoys } decoys were
    } examined blind with the { $said-asked }, under neutral names in an order drawn by chance; which they were
    was sealed before the first score and opened after the last: { $list-called }.
record-asked-one = questioned work
record-asked-several = { $works } questioned works
record-decoys-called =
    of { $known } known { $used ->
        [used] to have been used
       *[unused] not to have been used
    } { $called } would be called at 5 %
record-decoys-called-some =
    of { $known } known { $used ->
        [used] to have been used
       *[unused] not to have been used
    } { $called } would be called at 5 % ({ $unjudged } not judged)

## Earlier examinations

record-in-no-registry = This case is in no registry of examinations: earlier ones of this model are not counted.
record-registry-missing =
    How many examinations of this model with this key there were before is not known, and nothing is corrected for
    them: { $reason }.
record-examination = This is the { $place } examination of this model with this key.
record-one-before-same = The one before was of the same works with the same settings.
record-one-before-differs = The one before differs from it in { $list-parts }.
record-before-same = The { $before } before were of the same works with the same settings.
record-before-differ = Among the { $before } before there are differences from it in { $list-parts }.
record-registry-bound =
    The registry beside the key tells of this key on this machine: another key, another machine or other means
    leave no trace in it, and neither does a registry that was taken away or cut at its end.
record-tested-again =
    This is the { $place } test of this work against this model with this key; corrected for { $tests } tests
    (Bonferroni) p = { $p }, and no other figure is corrected for them.
record-tested-again-only = This is the { $place } test of this work against this model with this key.
record-first = first
record-second = second
record-third = third
record-fourth = fourth
record-fifth = fifth
record-sixth = sixth
record-seventh = seventh
record-eighth = eighth
record-ninth = ninth
record-tenth = tenth
record-part-works = the questioned works
record-part-controls = the works beside them
record-part-squares = the squares that are examined
record-part-pretrained = the pretrained model
record-part-prompt = the prompt
record-part-seed = the seed
record-part-settings = the settings
record-part-question = the question or the score that decides

## Warnings and notes

record-lacks-of-pretrained = The fine-tuned model lacks { $name-parts }: taken from the pretrained model.
record-unread-files = In a folder that was given { $read } of { $all } files are read; not read: { $name-files }.
record-lacks-of-fine-tuned = The pretrained model lacks { $name-parts }: taken from the fine-tuned model.
record-other-autoencoder =
    The fine-tuned model has other autoencoder files than the pretrained one: the pretrained model's are used for
    both.
record-changed-by-adapters =
    The fine-tuned model is the pretrained one changed by { $adapters } adapters, one after the other.
record-adapter =
    { $name } is { $said-kind } at strength { $strength }: it changes { $layers } layers of the pretrained model's
    noise predictor and { $text-layers } of its text encoder.
record-fine-tuned-adapter =
    The fine-tuned model is { $said-kind } at strength { $strength }: it changes { $layers } layers of the
    pretrained model's noise predictor and { $text-layers } of its text encoder.
record-a-lora = a LoRA
record-a-lora-of-rank = a LoRA of rank { $rank }
record-a-lora-of-ranks = a LoRA of ranks { $least } to { $most }
record-an-adapter = an adapter ({ $name })
record-an-adapter-of-rank = an adapter ({ $name }) of rank { $rank }
record-an-adapter-of-ranks = an adapter ({ $name }) of ranks { $least } to { $most }
record-file-says =
    The fine-tuned model's file says, as anyone could make it say, that it was trained on “{ $name }”: with
    another pretrained model the result means less.
record-prompt-not-known =
    The prompt of the fine-tuning is not known: “{ $name }” was used, and with another prompt the result would
    differ.
record-prompt-likely = The file itself names “{ $name }”, which may be it: give it as the prompt.
record-prompt-cut =
    The { $model ->
        [pretrained] pretrained
       *[fine-tuned] fine-tuned
    } model's prompt is longer than the text encoder reads: its end was cut off.
record-draws-replayed =
    The draws were replayed from a file: the seed, timesteps and noise that were given beside it had no effect.
record-start-replayed =
    The file of draws brings the latent to start from: the start that was given beside it had no effect.
record-steps-moved-nothing =
    { $skipped } of { $steps } steps moved nothing, because the gradient was zero or not finite.
record-other-picture-stored =
    As it is stored the file is another picture ({ $list-what }), and a model may have been trained on that one;
    it was examined as it is seen.
record-other-picture-seen =
    As it is seen the file is another picture ({ $list-what }), and a model may have been trained on that one; it
    was examined as it is stored.
record-orientation = orientation
record-profile = colour profile
record-opacity = transparency
record-inks = inks
record-as-seen = as it is seen
record-as-seen-mirrored = as it is seen, mirrored
record-as-stored = as it is stored
record-as-stored-mirrored = as it is stored, mirrored
record-made-by-itself =
    At contrast weight { $weight } the recovered picture is what the fine-tuned model makes by itself, and the
    pretrained model does not enter it: equal models would move it too.
record-holds-part =
    At contrast weight { $weight } the recovered picture holds part of what the pretrained model makes by itself:
    equal models would move it too.
record-driven-away =
    At contrast weight { $weight } the recovered picture is driven away from what the pretrained model makes by
    itself: equal models would move it too.
record-made-by-itself-first =
    At contrast weight { $weight } the recovered picture is what the fine-tuned model makes by itself, and the
    pretrained model does not enter it.
record-holds-part-first =
    At contrast weight { $weight } the recovered picture holds part of what the pretrained model makes by itself.
record-driven-away-first =
    At contrast weight { $weight } the recovered picture is driven away from what the pretrained model makes by
    itself.
record-independent-noise =
    With independent noise the recovered picture holds part of what the two noises differ by: equal models would
    move it too.
record-different-prompts =
    The two models were given different prompts, and the recovered picture holds part of what these differ by:
    equal models would move it too.
record-self-test-passed =
    Self-test passed: with one model in both places none of { $steps ->
        [one] { $steps } step
       *[other] { $steps } steps
    } moved anything.
record-self-test-failed =
    Self-test failed: with one model in both places { $moved } of { $steps ->
        [one] { $steps } step
       *[other] { $steps } steps
    } moved something.
record-self-test-unexplained =
    Nothing in the settings explains it: the same model answered differently to the same question.
record-hashed-again =
    it holds, and the works and models are as they were ({ $files ->
        [one] { $files } file
       *[other] { $files } files
    })
record-noted-number = exhibit
record-noted-title = title
record-noted-parties = parties
record-noted-examiner = examiner

## The two models

record-fit-unknown = Whether the fine-tuned model was made from this pretrained one is not known.
record-fit-nothing-tells = Nothing tells which model the fine-tuned one was made from.
record-fit-yes = The pretrained model fits the fine-tuned one.
record-fit-doubtful = It is doubtful whether the fine-tuned model was made from this pretrained one.
record-fit-no =
    The fine-tuned model was not made from this pretrained one, and what is found with this pair means nothing:
    choose another pretrained model.
record-fit-apart-yes =
    The fine-tuned noise predictor lies { $distance } of the pretrained one's length away from it ({ $equal } of
    { $tensors } tensors are equal), as a fine-tuned model does.
record-fit-apart-doubtful =
    The fine-tuned noise predictor lies { $distance } of the pretrained one's length away from it ({ $equal } of
    { $tensors } tensors are equal), which is far for a fine-tuning.
record-fit-apart-no =
    The fine-tuned noise predictor lies { $distance } of the pretrained one's length away from it ({ $equal } of
    { $tensors } tensors are equal): two models that have nothing to do with one another lie that far apart.
record-fit-loss =
    { $said-on } the fine-tuned model's loss is { $ratio } times the pretrained model's{ $said-means }
record-on-one = On one of the artworks
record-on-several = On { $works } of the artworks
record-loss-no = : with it the model predicts hardly anything any more.
record-loss-doubtful = , which is high for a fine-tuning.
record-loss-unknown = , which an adapter may have on another base as well.
record-depiction =
    The autoencoder gives { $said-works } back with { $decibel } dB; the noise predictor's loss is { $share } % of
    that of predicting nothing
record-depicted-one = the artwork
record-depicted-worst = the worst of { $works } artworks
record-depiction-doubtful = It is doubtful whether the pretrained model can depict the artworks.
record-depiction-no = The pretrained model cannot depict the artworks.
record-depiction-doubtful-because =
    { $said-facts }: it may be of another kind, or hardly trained, and then little of what comes back means
    anything.
record-depiction-no-because =
    { $said-facts }: its weights are noise or damaged, or not of the kind that they are taken for, and what is
    found with it means nothing.
record-choose-another = Choose another pretrained model.

## What a model's file states

record-stated-author = author
record-stated-date = date
record-stated-architecture = architecture
record-stated-base = base model
record-stated-family = family of the base
record-stated-base-hash = SHA-256 of the base
record-stated-base-autov1 = AutoV1 of the base
record-stated-prediction = prediction
record-stated-trigger = trigger
record-stated-resolution = resolution
record-stated-method = method
record-stated-rank = rank
record-stated-rate = learning rate
record-stated-optimizer = optimizer
record-stated-comment = comment
record-stated-steps = steps
record-stated-epochs = epochs
record-stated-pictures = pictures
record-stated-pictures-repeated = pictures, with repeats
record-stated-regularisation = regularisation pictures
record-stated-minutes = minutes of training
record-stated-changes = pictures were
record-stated-folder = folder
record-stated-tags = tags

## Validation

record-not-validated = Not validated for this family of models, way of fine-tuning and settings ({ $rows }).
record-no-dossier = there is no dossier
record-misfit = { $said-models }: { $reason }
record-models =
    { $models ->
        [one] { $models } model
       *[other] { $models } models
    } fine-tuned from “{ $name }”, { $said-trained }
record-drawn-works =
    drawn by the program, { $said-hands } of { $name-families }; works 0 to { $last } used, { $asked } others of
    each hand asked about; { $pictures } pictures of each model in { $steps } steps at guidance { $guidance };
    other prompt “{ $name }”
record-hand = hand { $name-hand }
record-hands = hands { $name-first } to { $name-last }
record-all-weights = all weights of the noise predictor
record-lora-of-rank = LoRA of rank { $rank }
record-recipe =
    { $said-trained }, { $pictures } pictures, { $steps } steps of { $batch }, rate { $name-rate },
    { $said-mirrored }, prompt “{ $name }”
record-recipe-usual-rate =
    { $said-trained }, { $pictures } pictures, { $steps } steps of { $batch }, { $said-mirrored }, prompt
    “{ $name }”
record-mirrored = mirrored at random
record-never-mirrored = never mirrored
record-misfit-base = it is of models that were fine-tuned from another base model
record-misfit-trained = it is of { $said-trained }
record-misfit-several = it is of one adapter, and the case is of several together
record-misfit-strength = it is of adapters at strength 1
record-misfit-text = it is of models whose text encoder was not trained
record-misfit-pictures =
    it is of a training on { $pictures ->
        [one] { $pictures } picture
       *[other] { $pictures } pictures
    }, and the model's file states another number
record-misfit-steps =
    it is of a training of { $steps ->
        [one] { $steps } step
       *[other] { $steps } steps
    }, and the model's file states another number
record-misfit-mirrored = it is of a training without mirrored pictures, and the model's file states them
record-misfit-setting = { $said-what } is another in the case
record-what-score = the score that decides
record-what-resolution = the resolution
record-what-frame = the frame
record-what-reading = the reading of the files
record-what-sizes = the sizes that the models were told
record-what-pretrained-prompt = the prompt of the pretrained model
record-what-gap = the way the loss gap is measured
record-what-repetitions = the number of repetitions
record-misfit-controls =
    its cases had { $controls ->
        [one] { $controls } negative control
       *[other] { $controls } negative controls
    }, and this one has fewer ({ $negatives })
record-misfit-version = version { $name-made } of the program was validated, and version { $name } examined
record-recipe-condition =
    The file of the fine-tuned model does not tell by how many pictures and steps it was made: the figures are
    those of the case only if it was made by a recipe like this.
record-outcomes = Of { $expectations } expectations { $held } held.
record-outcomes-unknown =
    Of { $expectations } expectations { $held } held; { $unknown } not run, or with too few cases.
record-outcomes-failed = Of { $expectations } expectations { $held } held and { $failed } FAILED: { $rows }.
record-outcomes-failed-unknown =
    Of { $expectations } expectations { $held } held and { $failed } FAILED: { $rows }; { $unknown } not run, or
    with too few cases.
record-failure = { $said-situation }, { $said-share } (expected { $said-expected })
record-share = { $called } of { $cases } ({ $low } to { $high } %)
record-expected-at-most = at most { $share } %
record-expected-at-least = at least { $share } %
record-held = held
record-failed = FAILED
record-too-few-cases = too few cases
record-innocent = works that were not used
record-used = works that were used
record-other-hand = works not used, controls of another hand
record-other-family = works not used, controls of another kind of picture
record-contaminated = works not used, a used work among the controls
record-contamination-noticed = a used work among the controls: noticed
record-own-output = the model’s own pictures
record-from-own-output = works made from the model’s own pictures
record-near-duplicate = near-duplicates of used works
record-wrong-base = works not used, another base model
record-merged-innocent = works not used, merged models
record-merged-used = works that were used, merged models
record-other-prompt-innocent = works not used, another prompt
record-other-prompt-used = works that were used, another prompt

## Sizes that the models were told

record-sizes-generation =
    those of generation: height and width { $name-height }, crop 0, 0, target { $name-width } by { $name-target }
record-sizes-generation-bucket =
    those of generation: height and width of the prepared picture, crop 0, 0, target the same
record-sizes-artwork = each artwork's own size and crop
