//! Standing texts of the report on a test among sealed siblings.

/// The kind of document.
pub const SIBLINGS_KIND: &str = "Report of a test among sealed siblings";

/// Label of the picture, and what it is.
pub const PUBLISHED: (&str, &str) = ("Published", "The variant that was drawn by chance");

/// The test, paragraph by paragraph.
pub const SIBLINGS_METHOD: [&str; 4] = [
    "Before the work was published, variants of it were made that differ a little and in the same way from one another. \
     Their hashes were sealed, one of them was drawn by chance, each with the same chance, and that one alone was \
     published. The others and the work itself were kept back.",
    "In this case all variants were examined alike, with the same settings and the same random draws, and each got the \
     score that was fixed before the first run. The test asks how many of all variants score at least as high as the \
     published one. If r of N do, itself among them, the p-value is r / N. Variants that score the same count against it.",
    "If the model was not trained on what was published, nothing tells the published variant from the others but the \
     draw, and every rank was as probable as any other. That holds whatever the model is, whatever the score measures \
     and however the training was done; nothing is assumed of the scores, and no controls are needed (Fisher’s \
     randomisation test). It is the repair that is asked for where membership tests without randomisation cannot \
     prove training (Zhang et al., SaTML 2025, arXiv 2409.19798).",
    "How often a variant that was used ranks first is another question. It depends on the work, on the training and on \
     how much of the variants’ differences the training kept. What was measured of it, on small models and drawn works, \
     stands with its commands in docs/figures.md of the program’s source.",
];

/// Over the variants.
pub const VARIANTS: &str = "Every variant with its hash as the seal has it, and its score in this case. The published one \
     is marked. Pictures of those that were kept back are not printed: whoever gets one could use it, and the test of \
     any later model would be lost. A court or an expert may see the files and compare their hashes.";

/// The statement that the examiner signs.
pub const SIBLINGS_STATEMENT: [&str; 5] = [
    "I carried out the examination that this report describes, or supervised it.",
    "The variants, the settings and the score by which they are ranked were fixed before the first run of this case, as \
     far as its journal shows. What else I examined of these variants or with this model, in other cases or by other \
     means, I name below.",
    "The finding is my opinion, reached by the test that this report describes. It concerns use in training. It is \
     not a statement on any question of law.",
    "What I know of how the variant was drawn, of what was published, and of who had the others is stated here or \
     has been said to those who rely on this report. If I learn of anything that changes the finding, I will say so \
     to them.",
    "I have no interest in the outcome other than those stated here:",
];
