//! Limits of every finding of this kind.

/// Each with a word or two ahead.
pub const LIMITATIONS: [(&str, &str); 12] = [
    (
        "A low score is no proof of absence.",
        "A work may have been used and leave nothing that this method finds, for instance where many works \
         were used, the training was short, or something was done to keep works from showing.",
    ),
    (
        "Adapters show less.",
        "In the tests of the method’s authors and of this program, adapters (LoRA) revealed less of their \
         training pictures than models fine-tuned as a whole. With them a low score means even less.",
    ),
    (
        "Thresholds do not travel.",
        "In a published comparison a threshold that was set for 1 % of false positives on one set of \
         pictures gave 22 to 51 % on another (CopyMark, arXiv 2410.03640). No score of another case is a \
         measure for this one.",
    ),
    (
        "Such a test cannot prove training.",
        "The controls were chosen and not drawn by chance before the training. Without works that were \
         withheld at random, no such test can vouch for its rate of false positives (Zhang et al., SaTML \
         2025, arXiv 2409.19798). Its figures hold as far as the controls are exchangeable with the \
         questioned work, which is an assumption.",
    ),
    (
        "A model’s own pictures.",
        "Pictures that a model made can be taken for pictures that it was trained on (MGI, arXiv \
         2606.23872), and so can works made from them.",
    ),
    (
        "The controls bound the finding.",
        "It is worth no more than the controls are like the questioned work: by the same hand, of the \
         same kind, and not used. That they are so is declared by whoever supplied them, and not shown by \
         this examination. \
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
         and the score may be another than it would be. To try several is to test several times; \
         those that the registry beside the key tells of are counted, and their number and the p-value \
         corrected for it stand beside the finding. No other figure is corrected.",
    ),
    (
        "The pretrained model.",
        "The examination is about what fine-tuning added. It says nothing about the pictures that the \
         pretrained model was made from. If that is not the model from which the fine-tuning started, the \
         comparison is of other things than fine-tuning, and works that were not used can score as if they \
         had been.",
    ),
    (
        "The recovered picture is a measurement.",
        "It is not a copy taken out of the model. What comes back stems from what was left of the work, \
         from how its gaps were filled at the start, and from both models; the picture does not tell these \
         apart, and the likeness that the eye sees is no finding.",
    ),
    (
        "One square, one size.",
        "The work is examined at the size that the models work at, and only a square of it. Details that \
         are finer, and parts outside the square, have no influence.",
    ),
];
