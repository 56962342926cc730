//! The numbers that the paper prints (Wu et al., CVPR 2024, tables 1 to 4; figure 3 as far as its text says a number).

use serde::{Deserialize, Serialize};

/// Accuracy and area under the curve by CLIP and by DINO, in the paper's order.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Published {
    pub accuracy_clip: f64,
    pub accuracy_dino: f64,
    pub auc_clip: f64,
    pub auc_dino: f64,
}

const fn of(numbers: [f64; 4]) -> Published {
    let [accuracy_clip, accuracy_dino, auc_clip, auc_dino] = numbers;
    Published {
        accuracy_clip,
        accuracy_dino,
        auc_clip,
        auc_dino,
    }
}

/// Table 1: by material (styles, objects), method (text2img, inpainting, img2img, CGI-DM) and fine-tuning (DreamBooth
/// with prior loss, without, LoRA).
pub const TABLE_1: [[[Published; 3]; 4]; 2] = [
    [
        [
            of([0.64, 0.70, 0.68, 0.74]),
            of([0.67, 0.72, 0.69, 0.76]),
            of([0.60, 0.66, 0.61, 0.68]),
        ],
        [
            of([0.67, 0.71, 0.71, 0.74]),
            of([0.71, 0.75, 0.77, 0.82]),
            of([0.59, 0.59, 0.60, 0.59]),
        ],
        [
            of([0.82, 0.86, 0.89, 0.92]),
            of([0.83, 0.90, 0.90, 0.94]),
            of([0.68, 0.73, 0.74, 0.79]),
        ],
        [
            of([0.90, 0.95, 0.96, 0.98]),
            of([0.86, 0.95, 0.94, 0.99]),
            of([0.74, 0.80, 0.81, 0.87]),
        ],
    ],
    [
        [
            of([0.65, 0.71, 0.68, 0.75]),
            of([0.69, 0.75, 0.70, 0.79]),
            of([0.64, 0.69, 0.66, 0.74]),
        ],
        [
            of([0.63, 0.71, 0.67, 0.76]),
            of([0.67, 0.79, 0.71, 0.82]),
            of([0.62, 0.64, 0.64, 0.68]),
        ],
        [
            of([0.67, 0.77, 0.73, 0.82]),
            of([0.75, 0.81, 0.81, 0.87]),
            of([0.65, 0.75, 0.68, 0.76]),
        ],
        [
            of([0.84, 0.85, 0.90, 0.91]),
            of([0.89, 0.88, 0.94, 0.94]),
            of([0.76, 0.79, 0.82, 0.86]),
        ],
    ],
];

/// Table 2: other models, five classes, DreamBooth with prior loss.
pub const TABLE_2: [(&str, Published); 4] = [
    ("SD(v1.4)", of([0.93, 0.96, 0.97, 0.98])),
    ("SD(v1.5)", of([0.97, 0.96, 0.97, 0.99])),
    ("SD(v2.0)", of([0.88, 0.94, 0.91, 0.98])),
    ("AltDiffusion", of([0.92, 0.94, 0.98, 0.99])),
];

/// Table 3: numbers of training pictures.
pub const TABLE_3: [(usize, Published); 4] = [
    (5, of([0.90, 0.90, 0.93, 0.97])),
    (10, of([0.93, 0.96, 0.97, 0.98])),
    (20, of([0.86, 0.94, 0.92, 0.97])),
    (50, of([0.86, 0.96, 0.95, 0.99])),
];

/// Table 4: defences. The paper heads its third column "AUC (D)" twice; it is read as AUC (C).
pub const TABLE_4: [Published; 4] = [
    of([0.93, 0.96, 0.97, 0.98]),
    of([0.93, 0.94, 0.98, 0.98]),
    of([0.87, 0.93, 0.92, 0.97]),
    of([0.83, 0.85, 0.86, 0.92]),
];
