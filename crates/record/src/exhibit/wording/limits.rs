//! Limits of every finding of this kind.

/// Each with a word or two ahead.
pub const LIMITATIONS: [(&str, &str); 10] = [
    (
        "A low score is no proof of absence.",
        "A work may have been used and leave nothing that this method finds, above all where many works \
         were used, the training was short, or something was done to keep works from showing.",
    ),
    (
        "Adapters show less.",
        "Models fine-tuned as adapters (LoRA) reveal less of their training pictures than models \
         fine-tuned as a whole. With them a low score means even less.",
    ),
    (
        "Thresholds do not travel.",
        "In a published comparison a threshold that was set for 1 % of false positives on one set of \
         pictures gave 22 to 51 % on another (CopyMark, arXiv 2410.03640). No score of another case is a \
         measure for this one.",
    ),
    (
        "The controls bound the finding.",
        "It is worth no more than the controls are like the questioned work: by the same hand, of the \
         same kind, and known not to have been used. That they are is declared by whoever supplied them. \
         A likelihood ratio is never larger than their number can carry.",
    ),
    (
        "Style is not use.",
        "A model can learn a style from some works and then score others in that style higher than works \
         of another style, although it never saw them. Only controls in the same style can show how much \
         of a score that explains.",
    ),
    (
        "Near-duplicates.",
        "A published work is often on the web in copies, crops and edits. A work can score as if it had \
         been used because something almost like it was. The examination does not tell the two apart.",
    ),
    (
        "The training prompt.",
        "Fine-tuning ties pictures to words. Where those words are not known others stand in for them, \
         and the score may be lower than it would be. To try several is to test several times, and is \
         counted so.",
    ),
    (
        "The pretrained model.",
        "The examination shows what fine-tuning added. It says nothing about the pictures that the \
         pretrained model was made from, and if that is not the model from which the fine-tuning \
         started, the comparison is less sharp.",
    ),
    (
        "The recovered picture is a measurement.",
        "It is not a copy taken out of the model. It shows, beside what was left of the work, in which \
         direction the two models differ.",
    ),
    (
        "One square, one size.",
        "The work is examined at the size that the models work at, and only a square of it. Details that \
         are finer, and parts outside the square, have no influence.",
    ),
];
