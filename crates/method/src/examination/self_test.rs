//! The self-test: one model in both places, at the settings of the case. What moves then does not come from any
//! difference of models.

use super::Findings;
use palimpsest_base::number_format::counted;

/// What came of an examination of a model against itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SelfTest {
    /// Steps whose gradient was not zero, or not a number.
    pub moved: usize,
    /// Steps in all.
    pub steps: usize,
    /// The reason that settings or prompts give for it.
    pub reason: Option<String>,
}

impl SelfTest {
    /// Tells whether nothing moved.
    pub fn passed(&self) -> bool {
        self.moved == 0
    }

    /// The outcome, in a sentence or two.
    pub fn sentence(&self) -> String {
        let steps = counted(self.steps, "step", "steps");
        if self.passed() {
            return format!(
                "Self-test passed: with one model in both places none of {steps} moved anything."
            );
        }
        let reason = self.reason.as_deref().unwrap_or(
            "Nothing in the settings explains it: the same model answered differently to the same question.",
        );
        format!(
            "Self-test failed: with one model in both places {} of {steps} moved something. {reason}",
            self.moved
        )
    }
}

impl Findings {
    /// The outcome of the self-test; none where the two models differ.
    pub fn self_test(&self) -> Option<SelfTest> {
        let norms = &self.trace.gradient_norm;
        self.plan.has_equal_networks().then(|| SelfTest {
            moved: norms.iter().filter(|norm| **norm != 0.0).count(),
            steps: norms.len(),
            reason: self.plan.impurity(),
        })
    }
}
