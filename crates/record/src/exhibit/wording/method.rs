//! The method in plain words.

/// The method, paragraph by paragraph.
pub const METHOD: [&str; 6] = [
    "A diffusion model makes pictures by removing noise. It has learned to do so from many pictures, and \
     a model that is fine-tuned on a few more learns to remove noise from those in particular. The \
     method, called CGI-DM, makes use of that: it compares a pretrained model with the model that was \
     fine-tuned from it, and asks of a work what the second knows of it that the first does not.",
    "First the work is brought to the size that the models work at, and a part of it is removed in a \
     fixed pattern; the settings name the pattern. What is left is the partial picture. Then the \
     missing part is filled in, in small steps. At every step noise is added to the picture, both \
     models predict that noise, and the missing part is changed a little in the direction in which the \
     fine-tuned model predicts better in comparison with the pretrained one. The part that was left is \
     never touched, and the change as a whole is limited. The result is the recovered picture.",
    "If the work was among the pictures of the fine-tuning, that direction leads towards the work, and \
     details come back that the partial picture does not hold. If it was not, the direction leads \
     elsewhere. How far the recovered picture has come towards the original is measured in numbers, the \
     scores. The one that the finding rests on is chosen before the first run.",
    "A score by itself proves nothing. How high it is depends on the work, on the model and on how long \
     it was trained. Therefore other pictures are examined in exactly the same way: works that are known \
     not to have been used, works that are known to have been used, and pictures made by the model. \
     Only the place of the questioned work among these controls is evaluated.",
    "How well the method tells works that were used from others has been tested by its authors on known \
     cases. The area under the curve of true against false positives, 0.5 for guessing and 1 for no \
     mistake, was 0.90 to 0.99 for models fine-tuned as a whole, and 0.81 to 0.87 for adapters (LoRA). \
     These figures are of those tests. They say what to expect and are no error rate of this case, \
     which its own controls must show.",
    "In this program both models are given the same noise, a recovered picture is only ever compared with \
     its own original, and all random numbers follow from a stated seed, so that the same examination \
     can be done again.",
];

/// The publication of the method.
pub const REFERENCE: &str = "Wu et al., “CGI-DM: Digital Copyright Authentication for Diffusion Models via \
     Contrasting Gradient Inversion”, CVPR 2024, arXiv 2403.11162.";
