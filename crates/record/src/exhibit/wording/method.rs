//! The method in plain words.

/// The method, paragraph by paragraph.
pub const METHOD: [&str; 6] = [
    "A diffusion model makes pictures by removing noise. It has learned to do so from many pictures, and \
     a model that is fine-tuned on a few more learns to remove noise from those in particular. The \
     method, called CGI-DM, makes use of that: it compares a pretrained model with the model that was \
     fine-tuned from it, and asks whether the second predicts a work better than the first does.",
    "First the work is brought to the size that the models work at, and a part of it is removed in a \
     fixed pattern, or all of it is blurred; the settings name the pattern. What is left is the partial \
     picture. From a start that the settings name, the missing part is then changed in small steps. At \
     every step noise is added to the picture, both \
     models predict that noise, and the missing part is moved a little in the direction in which the \
     fine-tuned model predicts better in comparison with the pretrained one, the two weighed as the \
     settings say. The change as a whole is limited. The result is the recovered picture.",
    "The method expects that this direction leads towards a work that was among the pictures of the \
     fine-tuning, and less or not towards one that was not. Two kinds of numbers, the scores, measure it: how \
     far the recovered picture has come towards the original, and the loss gap, which is how much better the \
     fine-tuned model predicts noise on the whole work than the pretrained one does, whatever picture was \
     recovered. The score that the finding rests on is chosen before the first run.",
    "A score by itself proves nothing. How high it is depends on the work, on the model and on how long \
     it was trained. Therefore it is compared with the scores of controls, other pictures that are examined \
     in the same way. Those that were examined in this case stand in the section on controls; where there \
     are none, nothing is evaluated.",
    "The method was tested by its authors on other models and with other settings; their figures are no \
     error rate of this examination and are not repeated here. The tests of this program are of small models \
     on drawn works and on the works of one painter; they stand, with the commands that repeat them, in \
     docs/figures.md of its source. Whether the program was validated for the family of models, the way of \
     fine-tuning and the settings of this case stands in the section on the evaluation. How well the method does \
     here, the case’s own controls show.",
    "A recovered picture is only ever compared with its own original. All random numbers follow from a \
     stated seed or a recorded file, so that the same examination can be done again.",
];

/// The publication of the method.
pub const REFERENCE: &str = "Wu et al., “CGI-DM: Digital Copyright Authentication for Diffusion Models via \
     Contrasting Gradient Inversion”, CVPR 2024, arXiv 2403.11162.";
