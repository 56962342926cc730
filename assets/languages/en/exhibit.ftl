### The words of the exhibit in British English. Another language has the same ids with the same arguments.

## The first page, and what stands on every page

exhibit-without-number = Exhibit without a number
exhibit-number = Exhibit { $number }
kind = Report of an examination for use in training
day = { $day } { $month } { $year }
day-and-time = { $day }, { $time } UTC
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
parties = Parties
examiner = Examiner
program = Program
no-examiner = Examiner not named
no-parties = Parties not named
finding = Finding
not-evaluated-because = Not evaluated. { $reason }
not-said = What this finding does not say
one-of-works = { $role }: { $name } (the first of { $works } works in question)
journal = Journal { $head }…
page-of = Page { $page } of { $pages }
left-out = Left out of this copy: { $sections }.
first-page-alone = This copy is the first page alone. { $missing }
which-binds = This exhibit is in the language of the record.
journal-file =
    The journal of the case up to the entry that is printed: every step, chained by hashes and signed.
timestamp-file = An authority's timestamp (RFC 3161) of an entry of the journal.
record-file =
    The record of the case as the program keeps it: settings, models, works, SHA-256 of every file. It is what a
    second examiner starts from.

## Pictures

original = Original
partial = Partial
recovered = Recovered
original-is = The work as it was examined
partial-is = What was left after a part was removed
recovered-is = What the models’ difference put back
recovered-is-impure = What was put back, not by the models’ difference alone
original-of = The original, “{ $name }”, as it was examined.
partial-of = “{ $name }” after a part of it was removed, from which the examination starts.
recovered-of = What the difference between the two models put back of “{ $name }”.
recovered-of-impure = What the examination put back of “{ $name }”.
small-picture = “{ $name }”, small.

## Titles of the sections

section-works = Works in question
section-controls = Controls
section-evaluation = Evaluation
section-method = Method
section-settings = Settings
section-models = Models
section-alternatives = Other explanations considered
section-limitations = Limitations
section-reproduction = How to repeat the examination
section-custody = Custody and journal
section-statement = Examiner’s statement
section-certificate = Certificate of authenticity

## Works in question

work = Work
picture = Picture
note = Examiner’s note
titled = { $title }: { $text }
to-be-noted = To be noted
score = Score
recovered-picture = Recovered picture
partial-picture = Partial picture
decides = This score decides; { $direction }
not-evaluated-as = Not evaluated: { $reason }

## Controls

no-controls = No controls were examined. Without them a score has no meaning, and none is given to it here.
name = Name
declared = Declared
not-counted = Not counted: { $reason }
controls-of-kind =
    { $kind }: { $pictures ->
        [one] { $pictures } picture
       *[other] { $pictures } pictures
    }
controls-of-kind-counted =
    { $kind }: { $pictures ->
        [one] { $pictures } picture
       *[other] { $pictures } pictures
    }, of which { $kept-out } not counted
controls-negative = Negative controls
controls-negative-are =
    Declared not to have been used. If so, they show how works score that the model has not seen; the finding
    rests on them. They should be by the same hand and of the same kind as the questioned work.
controls-positive = Positive controls
controls-positive-are =
    Declared to have been used. If so, they show whether the examination finds, on this model, what is there to be
    found.
controls-own-output = Pictures made by the fine-tuned model
controls-own-output-are =
    A model’s own pictures can score like works that it was trained on. They show how high mere familiarity
    reaches.
controls-decoy = Blind decoys
controls-decoy-are =
    Works declared to have been used or not, which were examined among the questioned works under neutral names,
    in an order drawn by chance. What the names stand for was sealed by a hash before the first score and opened
    after the last. They show what the examination says of works about which nobody could arrange the answer; they
    are no part of the finding.
controls-context = Works by others, for context
controls-context-are =
    Works unlike the questioned one. They are shown for context and are no part of the finding: a model that has
    only learned a style scores such works low too.
controls-null-run = Runs with a model declared not to have seen the work
controls-null-run-are =
    The questioned work, examined with another model in place of the fine-tuned one. A high score here would speak
    against the examination itself.
controls-self-test = Self-test: the pretrained model in both places
controls-self-test-are =
    A questioned work, examined with the pretrained model in place of the fine-tuned one too and else with the
    settings of the case. Nothing may move: what moves comes from the examination and not from the fine-tuning.

## Evaluation

propositions = The two propositions
propositions-are =
    The finding weighs two propositions against each other. It says how much better one of them explains the score
    than the other, and not how likely either of them is.
first = First
second = Second
the-finding = The finding
p-value = p-value
likelihood-ratio = Likelihood ratio
bound-of-ratio = 95 % bound of the ratio
more-works =
    The figures of { $works ->
        [one] { $works } work
       *[other] { $works } works
    } more stand in the evaluation. { $by }
error-rates = How well the method does on the controls
validation = Validation on works whose use is known
validation-is =
    Before this case the program was tried on works whose use is known, with models fine-tuned for it. What was
    expected was fixed before anything was measured. Intervals are exact 95 % intervals of a share of independent
    cases; those of one model share it and their controls, so that they are somewhat wider in truth. An
    expectation failed where its interval lies wholly beyond it, and held where the cases do not contradict it.
    The signature shows that the dossier was not changed since it was made; whose key it is, it does not show.
asked-about = Asked about
expected = Expected
called-at-5 = Called at 5 %
outcome = Outcome
scale = The scale in words
scale-is =
    The scale in words, fixed before the examination, follows the guideline of the European Network of Forensic
    Science Institutes for evaluative reporting.
scale-is-marked =
    The scale in words, fixed before the examination, follows the guideline of the European Network of Forensic
    Science Institutes for evaluative reporting. What this case comes to is marked.
in-words = In words
words-of = { $words } ({ $works })
figure = Figure { $number }. { $title }. { $caption }

## Method

method-1 =
    A diffusion model makes pictures by removing noise. It has learned to do so from many pictures, and a model
    that is fine-tuned on a few more learns to remove noise from those in particular. The method, called CGI-DM,
    makes use of that: it compares a pretrained model with the model that was fine-tuned from it, and asks whether
    the second predicts a work better than the first does.
method-2 =
    First the work is brought to the size that the models work at, and a part of it is removed in a fixed pattern,
    or all of it is blurred; the settings name the pattern. What is left is the partial picture. From a start that
    the settings name, the missing part is then changed in small steps. At every step noise is added to the
    picture, both models predict that noise, and the missing part is moved a little in the direction in which the
    fine-tuned model predicts better in comparison with the pretrained one, the two weighed as the settings say.
    The change as a whole is limited. The result is the recovered picture.
method-3 =
    The method expects that this direction leads towards a work that was among the pictures of the fine-tuning,
    and less or not towards one that was not. Two kinds of numbers, the scores, measure it: how far the recovered
    picture has come towards the original, and the loss gap, which is how much better the fine-tuned model
    predicts noise on the whole work than the pretrained one does, whatever picture was recovered. The score that
    the finding rests on is chosen before the first run.
method-4 =
    A score by itself proves nothing. How high it is depends on the work, on the model and on how long it was
    trained. Therefore it is compared with the scores of controls, other pictures that are examined in the same
    way. Those that were examined in this case stand in the section on controls; where there are none, nothing is
    evaluated.
method-5 =
    The method was tested by its authors on other models and with other settings; their figures are no error rate
    of this examination and are not repeated here. The tests of this program are of small models on drawn works
    and on the works of one painter; they stand, with the commands that repeat them, in docs/figures.md of its
    source. Whether the program was validated for the family of models, the way of fine-tuning and the settings of
    this case stands in the section on the evaluation. How well the method does here, the case’s own controls
    show.
method-6 =
    A recovered picture is only ever compared with its own original. All random numbers follow from a stated seed
    or a recorded file, so that the same examination can be done again.
method-source =
    Wu et al., “CGI-DM: Digital Copyright Authentication for Diffusion Models via Contrasting Gradient Inversion”,
    CVPR 2024, arXiv 2403.11162.

## Settings, models, other explanations

settings-are =
    All pictures of the case, questioned works and controls alike, were examined with these settings; the seeds of
    their random draws stand in the journal. What differs from the preset is marked.
setting = Setting
value = Value
preset = Preset
differs = differs: preset has { $preset }
models-are =
    The SHA-256 identifies the files to the last bit. What a file says about its own training is shown as stated
    in it; such statements can be altered.
model-kind = Kind
explanation = Explanation
speaks-for-or-against = What speaks for or against it here

## Limitations

limits-of-case = Of this case
limits-of-all = Of every examination of this kind
limit-1 = A low score is no proof of absence.
limit-1-is =
    A work may have been used and leave nothing that this method finds, for instance where many works were used,
    the training was short, or something was done to keep works from showing.
limit-2 = Adapters show less.
limit-2-is =
    In the tests of the method’s authors and of this program, adapters (LoRA) revealed less of their training
    pictures than models fine-tuned as a whole. With them a low score means even less.
limit-3 = Thresholds do not travel.
limit-3-is =
    In a published comparison a threshold that was set for 1 % of false positives on one set of pictures gave 22
    to 51 % on another (CopyMark, arXiv 2410.03640). No score of another case is a measure for this one.
limit-4 = Such a test cannot prove training.
limit-4-is =
    The controls were chosen and not drawn by chance before the training. Without works that were withheld at
    random, no such test can vouch for its rate of false positives (Zhang et al., SaTML 2025, arXiv 2409.19798).
    Its figures hold as far as the controls are exchangeable with the questioned work, which is an assumption.
limit-5 = A model’s own pictures.
limit-5-is =
    Pictures that a model made can be taken for pictures that it was trained on (MGI, arXiv 2606.23872), and so
    can works made from them.
limit-6 = The controls bound the finding.
limit-6-is =
    It is worth no more than the controls are like the questioned work: by the same hand, of the same kind, and
    not used. That they are so is declared by whoever supplied them, and not shown by this examination. A
    likelihood ratio is never larger than their number can carry.
limit-7 = Style is not use.
limit-7-is =
    A model can learn a style from some works and then score others in that style higher than works of another
    style, although it never saw them. Only controls in the same style can show how much of a score that explains.
limit-8 = Near-duplicates.
limit-8-is =
    A published work is often on the web in copies, crops and edits. A work can score as if it had been used
    because something almost like it was. The examination does not tell the two apart.
limit-9 = The training prompt.
limit-9-is =
    Fine-tuning ties pictures to words. Where those words are not known others stand in for them, and the score
    may be another than it would be. To try several is to test several times; those that the registry beside the
    key tells of are counted, and their number and the p-value corrected for it stand beside the finding. No other
    figure is corrected.
limit-10 = The pretrained model.
limit-10-is =
    The examination is about what fine-tuning added. It says nothing about the pictures that the pretrained model
    was made from. If that is not the model from which the fine-tuning started, the comparison is of other things
    than fine-tuning, and works that were not used can score as if they had been.
limit-11 = The recovered picture is a measurement.
limit-11-is =
    It is not a copy taken out of the model. What comes back stems from what was left of the work, from how its
    gaps were filled at the start, and from both models; the picture does not tell these apart, and the likeness
    that the eye sees is no finding.
limit-12 = One square, one size.
limit-12-is =
    The work is examined at the size that the models work at, and only a square of it. Details that are finer, and
    parts outside the square, have no influence.

## How to repeat it, custody and journal

reproduction-is =
    With the files of this case and the same version of the program, these commands repeat the examination. The
    attached case.json holds every setting in full.
custody-is =
    Every entry of the case’s journal holds the SHA-256 of the one before it, so that nobody without its key can
    change an entry or take one out without a trace. Who holds the key could write the whole anew; what bounds
    that is a timestamp, or an exhibit that was filed before. The journal tells of this case and of no other; how
    many examinations of the model with this key came before, as the registry beside the key has it, stands among
    the limits. Times are the machine’s own, in UTC.
key = Key
not-signed = The journal is not signed.
last-entry = Last entry, SHA-256
entry-number = No.
entry-time = Time
entry-who = Who
entry-what = What
entry-hash = SHA-256 begins

## The examiner’s statement

statement-1 = I carried out the examination that this report describes, or supervised it.
statement-2 =
    The questioned works, the controls, the settings, the score that the finding rests on and the two propositions
    were fixed before the first run of this case, as far as its journal shows. What else I examined of these works
    or with this model, in other cases or by other means, I name below.
statement-3 =
    The finding is my opinion, reached by the method that this report describes. It concerns use in training. It
    is not a statement on any question of law.
statement-4 =
    I have named the limits of the finding and the other explanations that I know of. If I learn of anything that
    changes the finding, I will say so to those who rely on it.
statement-5 = I have no interest in the outcome other than those stated here:
interests = Interests, or “none”
other-examinations = Other examinations, or “none”
place-and-date = Place and date
signature = Signature
name-of-examiner = Name and qualification of the examiner
named-examiner = { $name }, examiner

## The certificate of authenticity

certificate-is =
    A form under Rules 902(13) and 902(14) of the United States Federal Rules of Evidence, to be completed and
    signed by a qualified person. It certifies that records and copies are authentic; it is no part of the
    examiner’s opinion. Before a trial or hearing the proponent gives reasonable written notice and makes record
    and certificate available for inspection (Rule 902(11)).
certificate-1 =
    I am the person named below. My position and qualifications are as stated, and I have personal knowledge of
    what I certify here.
certificate-2 =
    The record named below was generated by an electronic process or system, the program named in this report,
    that produces an accurate result. I know this from: (describe the tests of the system, or refer to the section
    of this report that does).
certificate-3 =
    The files named below are true copies of data from the electronic device, storage medium or file described.
    They were authenticated by a process of digital identification: the SHA-256 of each copy was computed and is
    identical to that of its source.
certificate-4 =
    The journal of the case was verified on the date below, and its last entry has the SHA-256 that this report
    states.
certificate-5 =
    I declare under penalty of perjury under the laws of the United States of America that the foregoing is true
    and correct.
certified-record = Record
certified-system = System
certified-journal = Journal, SHA-256
copied-from = Files, devices or media from which copies were taken
position = Position and qualification
executed = Executed on (date), at (place)

## Charts

chart-questioned = Questioned
chart-none = none
chart-area = AUC (95 % interval)
chart-area-of = { $area } ({ $low } to { $high })
chart-false-positives = hold-outs called members (false-positive rate)
chart-true-positives = members called members (true-positive rate)

## Text that is not printed

not-printed = … ({ $characters } more characters are not printed)

## What a case is, in the words of the exhibit: title and works

usual-title =
    Examination of { $works ->
        [one] { $works } work
       *[other] { $works } works
    } against the model “{ $name }”
questioned-work = Questioned work { $letter }
role-in-reading = { $role }, { $reading }
extent-square = { $width } × { $height } pixels, of which a square was examined at { $across } × { $down }.
extent-bucket =
    { $width } × { $height } pixels, of which all but a margin was examined at { $across } × { $down }.
direction = higher speaks for use in training
direction-whole-work = ; measured on the whole work
direction-repeated = ; mean and spread of { $repetitions } repetitions
direction-readings = ; of its { $readings } readings the better counts
no-figure = not evaluated
no-figure-because = not evaluated: { $reason }

## Scores

score-recovery-direction = Recovery direction
score-recovery-gain = Recovery gain (dB)
score-loss-gap = Loss gap
score-structural = Structural similarity
score-structural-gain = Gain in structural similarity
score-clip = CLIP similarity
score-dino = DINO similarity
score-of-recovery-decides = This score of the recovered picture decides: { $score }.
score-decides = This score decides: { $score }. The recovered picture illustrates it.

## The finding and its figures

holds-for = It holds for this model file, these settings and these controls, and for no others.
scale-range = { $from } to { $to }
scale-above = above { $from }
this-case = this case
for-not-used = { $works }, for “not used”
figures-by =
    { $decides } Higher speaks for use in training. The p-value is conformal: the share of the work and its
    controls that score at least as high. Controls: { $negatives ->
        [one] { $negatives } work
       *[other] { $negatives } works
    } declared not to have been used.
figures-by-both =
    { $decides } Higher speaks for use in training. The p-value is conformal: the share of the work and its
    controls that score at least as high. Controls: { $negatives ->
        [one] { $negatives } work
       *[other] { $negatives } works
    } declared not to have been used, { $positives } declared to have been used.
corrected-for-works =
    Corrected for several works: by Holm’s method, which keeps the chance of any false call among them (with so
    many works and controls it cannot be less than { $smallest }), and by Benjamini and Hochberg’s (BH), which
    keeps the expected share of false calls among those called.
corrected-for-tests =
    Several tests: for all of this work against this model with this key, by Bonferroni’s method.
corrected-for-readings =
    Works that are another picture in another reading of their file: score and p-value of the reading that counts,
    corrected for their number by Bonferroni’s method.
ratio-speaks = A ratio above 1 speaks for use, below 1 against it.
ratio-limited = Limited: to what so few controls carry.
ratio-by-recipes =
    The likelihood ratio holds if the fine-tuning was done by one of { $recipes } recipes that were tried.
sentence-on = Questioned work { $letter }: { $sentence }
nothing-asked = nothing was asked about
finding-of-only =
    Of questioned work { $letter }, which alone is left where they are judged together: { $sentence }
not-corrected =
    { $sentence } It is not corrected for earlier tests of { $works } of these works against this model.
at-least = at least { $bound }
at-most = at most { $bound }
of-tests = { $tests } tests { $p-value }
limited = { $ratio } (limited)

## Error rates

false-positives = False positives
likelihood-ratios = Likelihood ratios
share = { $successes } of { $trials }, { $share } ({ $interval })
interval = 95 % interval { $interval }
between = { $low } to { $high }
percent = { $number } %
called-used =
    { $successes } of { $trials } controls declared not to have been used would be called used, { $share }
    ({ $interval }), each judged by a threshold set without it.
above-every-negative =
    A work that was not used scores above all { $negatives } controls declared not to have been used with a chance
    of { $chance } ({ $interval }).
area-under-curve = Area under the ROC curve
area-under-curve-is = { $area } (95 % interval { $low } to { $high }); 0.5 is chance, 1 no mistake.
told-rightly = Controls told rightly
told-rightly-is = { $share }, each by a threshold set without it.
told-rightly-in-sample = Controls told rightly, in-sample
told-rightly-in-sample-is = { $share }, by the threshold that is best for these very works.
found-at = Found at { $rate } false positives, in-sample
found-at-is = { $share }; the rate of false positives there lies, with so few controls, at { $rates }.
found-at-1 = Found at 1 % false positives
found-at-1-needs = Not evaluated: at least { $controls } controls declared not to have been used are needed.
cost =
    Cost (Cllr) { $in-sample } in-sample, { $by-others } with every control judged by the others; 0 is perfect, 1
    says nothing. So many controls carry ratios from { $lower } to { $upper }.
cost-of-reported =
    Cost (Cllr) of the ratios as reported { $reported }, every control judged by the others; before they are
    limited { $in-sample } in-sample, { $by-others } with every control judged by the others; 0 is perfect, 1 says
    nothing. So many controls carry ratios from { $lower } to { $upper }.
calibration = Calibration “{ $name }”
ratio-and-bound = { $ratio } (95 % bound: { $bound })
calibration-is = Likelihood ratio { $ratios }. { $cost }
calibration-not-evaluated = Not evaluated: { $reason }.

## Figures

row-negative = Declared not used
row-positive = Declared used
row-own-output = The model's own pictures
row-context = Works of others
overview = The questioned works among their controls
overview-in-reading = The questioned works among their controls, each read { $reading }
overview-axis = { $score } (higher speaks for use in training)
overview-caption = Every mark is one picture, examined in the same way; bands span each row.
overview-work = questioned work { $letter } { $score }
overview-none = { $row }: none
overview-row = { $row }: { $scores }
overview-told = { $score }: { $parts }
roc = How well the score tells the controls apart
roc-title = Controls declared used against controls declared not used
roc-caption = Area under the curve { $area }, 95 % interval { $low } to { $high }.
roc-told =
    ROC curve of the controls: area { $area }, 95 % interval { $low } to { $high }; 0.5 is chance, 1 no mistake.

## Validation

validated-models = Models
validated-recipe = Way of fine-tuning
validated-works = Works
validated-with = Examined with
validated-with-is = { $score }, { $resolution } pixels, read { $reading }, { $controls } controls a case.
dossier = Dossier
dossier-is =
    Made on { $time } by { $who } with Palimpsest { $version } ({ $build }) on { $processor }, seed { $seed }.
    SHA-256 { $hash }; signed by the key with the fingerprint { $key }.
processor-not-named = a processor that is not named
refused = ; in { $cases } the controls were refused
at-1 = ; at 1 %: { $share }
not-run = not run

## Settings

setting-score = Primary score, fixed beforehand
setting-repetitions = Repetitions
setting-choice = Choice of negative controls
setting-source = Source of the negative controls
setting-dates = Dates of the negative controls
setting-rule = Rule of their selection
setting-preset = Preset
setting-reading = Reading of the files
setting-mask = Mask
setting-resolution = Resolution
setting-steps = Steps
setting-start = Start of the removed part
setting-step-length = Step length
setting-budget = Budget
setting-momentum = Momentum
setting-timesteps = Timesteps
setting-weight = Weight of the pretrained model
setting-noise = Noise
setting-draws = Random draws
setting-seed = Seed of the questioned works
setting-prompt = Prompt
setting-pretrained-prompt = Prompt of the pretrained model
setting-arithmetic = Arithmetic
setting-program = Program
setting-sizes = Sizes of the picture that the models were told
prompt-given = as given
prompt-from-file = from the model's prompt.txt
prompt-assumed = assumed: nothing says which it was
replayed-draws = replayed draws
draws-from-file = replayed from { $file }, SHA-256 { $hash }
draws-from-seed = from the seed
there-are-none = there are none
by-the-user = by the user
not-declared = not declared
the-same = the same
also-read = ; where it is another picture also { $reading }
weight-projected = at every step what takes its own gradient out of the fine-tuned model’s (projected)
start-reencoded = the partial picture, encoded again
start-filled = filled in from what was left around it
start-blurred = the blurred picture
start-recorded = as the file of draws has it
timesteps = { $first } to { $last }
resolution-square = { $pixels } pixels
resolution-bucket =
    the whole picture at the nearest size to its own of those with about the area of { $pixels } by { $pixels }
    pixels

## Models

pretrained = Pretrained
fine-tuned = Fine-tuned
null-run = Null run (declared to have seen none of the works)
model-is = Latent diffusion model{ $family }; predicts { $predicted }
predicts-noise = the noise (epsilon)
predicts-velocity = the velocity (v)
answer-unknown = Not known.
answer-yes = Yes.
answer-doubtful = Doubtful.
answer-no = No.
fits = Fits the fine-tuned model
can-depict = Can depict the works
model-files = Files
taken-from-pretrained = Taken from the pretrained model
states = { $whose } states: { $what }
adapter = Adapter { $number }
the-file = The file
lora-is = ranks { $least } to { $most }, strength { $strength }
unused = Tensors that were not used
unused-of-adapter = Tensors of adapter { $number } that were not used

## Other explanations

other-style = The model knows the hand's style and not the work.
other-style-not-considered = Not considered: there are no negative controls.
other-style-considered =
    { $controls ->
        [one] { $controls } control declared not to have been used was
       *[other] { $controls } controls declared not to have been used were
    } examined in the same way; the finding is relative to them, and excludes this only as far as they share the
    style.
other-nothing = The method finds something where there is nothing.
other-nothing-not-considered = Not considered: there is no run against a model that saw none of the works.
other-nothing-considered =
    { $works ->
        [one] { $works } questioned work was
       *[other] { $works } questioned works were
    } also examined with another model fine-tuned from the same pretrained one; the scores stand among the
    controls.
other-pretrained = The pretrained model had seen the work already.
other-pretrained-excluded =
    The score rests on the difference between the two models; what the pretrained model brings back by itself does
    not enter it.
other-pretrained-not-excluded = Not ruled out by the settings. { $impurity }
other-duplicate = A near-duplicate of the work was used, and not the work.
other-duplicate-none =
    Not excluded: the works of this case were compared with each other, and none was kept out; the training
    pictures are not known, and a copy of the work among them can score as its use.
other-duplicate-some =
    Not excluded: the works of this case were compared with each other, and { $works ->
        [one] { $works } was
       *[other] { $works } were
    } kept out; the training pictures are not known, and a copy of the work among them can score as its use.

## Limits of a case

prompt-not-known = The prompt of the fine-tuning is not known.
is-a-lora = The fine-tuned model is a LoRA, which gives back less than full fine-tuning.
is-of-loras =
    The fine-tuned model is made of { $loras } LoRAs, which give back less than full fine-tuning. Which of them
    knows a work is not told apart.
self-test-differs = The self-test was run with other settings than the works: it does not speak for theirs.
files-missing =
    When the works and models were hashed again, { $files ->
        [one] { $files } file was
       *[other] { $files } files were
    } not where it belongs and could not be checked: { $names }.
tolerance =
    On a machine with the same arithmetic ({ $arithmetic }) and with this version of the program the numbers are
    the same to the last bit; on others scores may differ in the third decimal.

## Entries of the journal

event-begun =
    Case begun: { $items ->
        [one] { $items } item
       *[other] { $items } items
    }, settings, question and primary score fixed
event-extended =
    { $works ->
        [one] { $works } control
       *[other] { $works } controls
    } added, { $examinations ->
        [one] { $examinations } examination
       *[other] { $examinations } examinations
    }
event-generated =
    The fine-tuned model made { $pictures ->
        [one] { $pictures } picture
       *[other] { $pictures } pictures
    } of its own
event-unblinded =
    What { $works ->
        [one] { $works } blind work stands
       *[other] { $works } blind works stand
    } for was opened
event-examined = { $folder } examined, seed { $seed }
event-replayed = { $folder } examined, draws replayed
event-failed = { $folder } could not be examined: { $error }
event-cancelled = Examination interrupted
event-resumed = Examination resumed
event-noted = Noted: { $names }
event-remark = remark on { $item }
event-calibrated = Calibration taken in: { $name }
event-validated = Validation dossier taken in: { $name }
event-assessed = Scores weighed
event-exhibited = Exhibit written: { $file }
event-timestamped = Timestamp attached: { $file }, of the entry { $entry }
event-verified = Record verified: { $outcome }
event-verified-missing =
    Record verified: { $outcome }; { $files ->
        [one] { $files } file
       *[other] { $files } files
    } no longer there
event-set-aside = Half an entry put aside after a crash: { $file }
event-unknown = Something that this version does not know

## The report on a test among sealed siblings

siblings-kind = Report of a test among sealed siblings
siblings-title =
    Test among { $variants ->
        [one] { $variants } sealed variant
       *[other] { $variants } sealed variants
    } against the model “{ $name }”
siblings-published = Published
siblings-published-is = The variant that was drawn by chance
siblings-published-of = “{ $name }”, the variant that was published, as it was examined.
siblings-finding =
    The published variant ranks { $rank } of { $variants } by the score: had the model not been trained on what was
    published, so high a rank would have had a chance of { $chance }.
siblings-finding-corrected =
    The published variant ranks { $rank } of { $variants } by the score: had the model not been trained on what was
    published, so high a rank would have had a chance of { $chance }, corrected for { $tests } tests of it against
    this model.
siblings-score = Score that ranks
siblings-rank = Rank
siblings-rank-is = { $rank } of { $variants }; ties count against it
siblings-p-value = p-value, exact
siblings-least = Least p-value possible
siblings-corrected = Corrected
siblings-corrected-is =
    { $chance }, for { $tests } tests of the published variant against this model with this key (Bonferroni)
siblings-not-said-1 =
    The seal shows that the variants were there when it was signed, and which was to be published. It does not show
    that the draw was by chance and was kept, that nothing else was published, or that nobody else had the others:
    that is for those who sealed to show.
siblings-not-said-2 =
    The time of the seal is that of a machine’s clock. An authority’s timestamp of the seal’s hash, or a copy of it
    that was filed elsewhere, shows that it was not made later.
siblings-not-said-3 =
    With { $variants ->
        [one] { $variants } variant
       *[other] { $variants } variants
    } no p-value can be below { $least }. A low rank is no sign that the work was not used: the training may have
    kept too little of what tells the variants apart.
siblings-not-said-4 =
    It does not say by whom the model was trained, from where the variant was taken, or whether that was allowed.
siblings-chart = The published variant among its sealed siblings
siblings-mark = published
siblings-kept-back = Kept back ({ $variants })
siblings-caption = Every mark is one variant, examined in the same way.
siblings-chart-told = { $score }: published { $published }; kept back { $others }
siblings-sealed = What was sealed, and how
siblings-variants = The variants and their scores
siblings-test = The test
siblings-number = Variants
siblings-number-is =
    { $variants ->
        [one] { $variants } variant
       *[other] { $variants } variants
    }
siblings-drawn = Drawn and to be published
siblings-time = Sealed
siblings-time-is = { $time }, by the machine’s clock
siblings-by = By
who-not-named = not named
siblings-seal-hash = SHA-256 of the seal
siblings-work-hash = SHA-256 of the work itself
siblings-made =
    Each variant is a window into the work that leaves out { $left-out } % of its height and as much of its width,
    at a place of its own; the strength of each colour channel is changed by up to { $strength } % and its level by
    up to { $level } of 255, and grain of a standard deviation of { $grain } of 255 is added to every point.
siblings-draw =
    The seeds of the variants are random numbers of the operating system. When all variants were written, one of
    them was drawn to be published, with another such number and equal chances for all. The seal holds the hashes of
    all, the one that was drawn and the time by the machine’s clock, and is signed with the key that is named above.
siblings-method-1 =
    Before the work was published, variants of it were made that differ a little and in the same way from one
    another. Their hashes were sealed, one of them was drawn by chance, each with the same chance, and that one
    alone was published. The others and the work itself were kept back.
siblings-method-2 =
    In this case all variants were examined alike, with the same settings and the same random draws, and each got
    the score that was fixed before the first run. The test asks how many of all variants score at least as high as
    the published one. If r of N do, itself among them, the p-value is r / N. Variants that score the same count
    against it.
siblings-method-3 =
    If the model was not trained on what was published, nothing tells the published variant from the others but the
    draw, and every rank was as probable as any other. That holds whatever the model is, whatever the score measures
    and however the training was done; nothing is assumed of the scores, and no controls are needed (Fisher’s
    randomisation test). It is the repair that is asked for where membership tests without randomisation cannot
    prove training (Zhang et al., SaTML 2025, arXiv 2409.19798).
siblings-method-4 =
    How often a variant that was used ranks first is another question. It depends on the work, on the training and
    on how much of the variants’ differences the training kept. What was measured of it, on small models and drawn
    works, stands with its commands in docs/figures.md of the program’s source.
siblings-variants-are =
    Every variant with its hash as the seal has it, and its score in this case. The published one is marked.
    Pictures of those that were kept back are not printed: whoever gets one could use it, and the test of any later
    model would be lost. A court or an expert may see the files and compare their hashes.
siblings-variant = Variant
siblings-hash-and-seed = SHA-256, and the seed that it was made with
siblings-seed = seed { $seed }
siblings-statement-2 =
    The variants, the settings and the score by which they are ranked were fixed before the first run of this case,
    as far as its journal shows. What else I examined of these variants or with this model, in other cases or by
    other means, I name below.
siblings-statement-3 =
    The finding is my opinion, reached by the test that this report describes. It concerns use in training. It is
    not a statement on any question of law.
siblings-statement-4 =
    What I know of how the variant was drawn, of what was published, and of who had the others is stated here or has
    been said to those who rely on this report. If I learn of anything that changes the finding, I will say so to
    them.

## Lists

list-and = { $first } and { $last }
