### The words of the window: the case, its verdict, its exhibit.

## The verdict

verdict = Verdict
add-works-you-know = Add works you know were not used…
show-the-case = Show the case
reading-what-the-case-concludes = Reading what the case concludes…
its-scores-have-not-been-weighed = Its scores have not been weighed yet: the case is not finished.
there-is-none-yet =
    There is none yet. What may be believed now: the two models differ in what they make of this work, as its scores
    say. Whether works that were not used score as high is not known without controls, so that this says nothing
    about use.
not-used = Not used
used = Used
models-own = Model's own
others = Others
name-and-count = { $name } ({ $count })
among-its-controls = Among its controls
role-here = Here it is a { $role }.
if-the-work-was-not-used =
    If the work was not used and the controls are like it: the chance to rank as high among the negative controls
p-by-controls =
    { $p } by { $controls ->
        [one] { $controls } control
       *[other] { $controls } controls
    }
p-value = p-value
likelihood-ratio = Likelihood ratio
bound-of-ratio = 95 % bound of it
name-not-evaluated = { $name } not evaluated: { $reason }.
negative-controls-drawn-by-the-program =
    Negative controls: { $drawn } drawn by the program from { $of } that could be, by the hashes of all works.
validation = Validation
blind-decoys = Blind decoys
count-of-decoys =
    { $decoys ->
        [one] { $decoys } decoy
       *[other] { $decoys } decoys
    }
decoy-in-a-line = { $name }, { $declaration }: { $p }.
validated-for = Validated for { $name }
every-trial = Every trial
dossier-made =
    Made on { $time } by { $who } with { $models ->
        [one] { $models } model
       *[other] { $models } models
    }.
trial = { $share }, expected { $expected }: { $outcome }
trial-with-refusals = { $share }, expected { $expected }: { $outcome }; in { $refused } the controls were refused

## A case

verify = Verify
computes-every-hash-of-the-case = Computes every hash of the case and checks the chain of its journal
verify-and-do-over = Verify and do over
verifies-then-examines-every-work-again =
    Verifies, then examines every work again and compares the results; takes as long as the examination did
export-as-zip = Export as zip…
one-file-with-everything = One file with everything, and a list of every hash
timestamp-query = Timestamp query…
a-file-for-a-timestamping-authority =
    A file for a timestamping authority: the hash of the journal's last entry and nothing else
the-authoritys-answer-then-nothing-before = The authority's answer: then nothing before it can be written anew
in-the-systems-file-manager = In the system's file manager
examinations-and-entries =
    { $examinations ->
        [one] { $examinations } examination
       *[other] { $examinations } examinations
    }, { $entries ->
        [one] { $entries } journal entry
       *[other] { $entries } journal entries
    }
count-of-examinations =
    { $examinations ->
        [one] { $examinations } examination
       *[other] { $examinations } examinations
    }
of-before-there-was-a-journal = Of before there was a journal: nothing in it is signed.
signed-by = Signed by
journal-head = Journal head
verification = Verification
examination-of-is-done-over = Examination { $number } of { $of } is done over…
computing-every-hash-of-the-case = Computing every hash of the case…
the-case-holds = The case holds
the-case-does-not-hold = The case does not hold
as-of = As of { $time }.
changed-since = As of { $time }. The case has changed since: verify it again.
to-be-known = To be known
what-cannot-be-excluded = What cannot be excluded
done-over-with-the-same-result = Done over with the same result
journal = Journal
there-is-none = There is none.
who = Who
event = Event
hash = Hash
items = Items
declared-is = Declared: { $text }
kept-out-because = Kept out: { $reason }
note = Note
note-on = Note on { $name }, { $role }
work = Work
sha-256 = SHA-256
examiners-note = Examiner's note
click-to-copy = Click to copy
repetition = repetition { $number }
not-examined-yet = not examined yet

## The exhibit

title-export-exhibit = Export exhibit
save-as = Save as…
exhibit-lacks = The exhibit has { $missing }. It can be written so, and says so on its first page.
exhibit-lacks-number = no number
exhibit-lacks-parties = no parties
exhibit-lacks-examiner = no examiner
fill-in = Fill them in
leave-them-empty = Leave them empty…
exhibit-number = Exhibit number
example-of-a-number = for example P-7
title = Title
parties = Parties
example-of-parties = for example A. Painter v. B. Model Ltd
examiner = Examiner
name-and-address = name and address
language-of-the-exhibit = Language of the exhibit
the-record-stays-english-and-binds = The record stays English and binds; page 1 says so.
paper = Paper
page-1-is-always-there = Page 1 is always there, and names what is left out.
blank-certificate-of-authenticity = Blank certificate of authenticity
for-the-certification-under-federal-rules = For the certification under Federal Rules of Evidence 902(13) and (14)
what-is-given-is-noted =
    What is given is noted in the case's journal. Before it is written every hash of the case is checked.
sections-all = Sections: all
sections-of = Sections: { $some } of { $all }
page-of-the-exhibit = Page { $number } of the exhibit
previous-page = Previous page
next-page = Next page
page-of = Page { $number } of { $of }
an-exhibit-without-its-case = An exhibit without its case
what-is-attached-to-it-holds = ✔ What is attached to it holds
what-is-attached-to-it-does = ✘ What is attached to it does not hold
what-holds = What holds
cannot-be-told = What cannot be told without the case
open-its-case = Open its case…
with-the-folder-of-the-case =
    With the folder of the case the pages themselves are checked: put the exhibit into its folder exhibits

## Sealed variants, and adding controls

title-seal-variants = Seal variants before publishing
no-artwork-to-seal = No artwork is selected.
variants-of-are-made-that-look =
    Variants of “{ $name }” are made that look alike: cut, coloured and grained a little differently. One of them is
    drawn by chance, and that one you publish. Keep the others and the work to yourself, and the seal with them.
should-a-model-turn-up-later =
    Should a model turn up later, examine all variants in one case and rank them. That the published one scores
    highest happens by chance alone once in as many cases as there are variants: no other controls are needed.
variants = Variants
number-of-variants = Number of variants
with-of-them-no-p-value = With { $variants } of them no p-value is below { $least }.
choose-a-folder-for-them = Choose a folder for them…
add-works-that-were-not-used = Add works that were not used
a-score-alone-proves-nothing =
    A score alone proves nothing: what it means is told by works of the same hand and kind of which you know that
    they were not used, because they were never published or are later than the model. At least { $least } are
    needed, and { $better } say more.
they-are-examined-in-this-case =
    They are examined in this case, exactly as its works were. The score that decides was fixed before; the record
    says when the controls came.
choose-pictures = Choose pictures…
choose-a-folder = Choose a folder…
count-of-works =
    { $works ->
        [one] { $works } work
       *[other] { $works } works
    }
example-of-knowledge = for example: unpublished; in the artist's studio
a-run-is-under-way-examine = A run is under way: examine them when it is over.
examine-them = Examine them
leave-out = Leave out { $name }
