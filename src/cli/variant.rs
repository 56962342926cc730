//! `--variant "--steps 100 --contrast 1"`: options within an option, parsed as those of the command itself.

use clap::Parser;

use super::arguments::{EvaluateArguments, SettingArguments};
use palimpsest_lab::evaluation::variant::Variant;
use palimpsest_method::inversion::Preset;
use palimpsest_method::mask::Mask;

/// The options of one variant.
#[derive(Clone, Debug, Parser)]
#[command(name = "--variant", no_binary_name = true, disable_help_flag = true)]
pub(super) struct VariantArguments {
    /// As they were written, one space between words.
    #[arg(skip)]
    label: String,
    #[arg(long)]
    mask: Option<Mask>,
    #[arg(long)]
    preset: Option<Preset>,
    #[command(flatten)]
    settings: SettingArguments,
}

impl VariantArguments {
    /// The options in `text`, or what clap says of them.
    pub fn parse(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let parsed = Self::try_parse_from(&words).map_err(|error| {
            // The first line says what is wrong; the rest is the usage of options nobody sees.
            let said = error.to_string();
            let first = said.lines().next().unwrap_or(&said);
            first.trim_start_matches("error: ").to_owned()
        })?;
        let arguments = Self {
            label: words.join(" "),
            ..parsed
        };
        if arguments.variant().slug().is_empty() {
            return Err("it names no setting: give at least one such as --steps 100".into());
        }
        Ok(arguments)
    }

    /// The variant with what is different.
    pub fn variant(&self) -> Variant {
        Variant {
            label: self.label.clone(),
            mask: self.mask,
            preset: self.preset,
            overrides: self.settings.overrides(),
        }
    }
}

impl EvaluateArguments {
    /// The variants, or which of them are the same settings.
    pub fn variants(&self) -> Result<Vec<Variant>, String> {
        let variants: Vec<Variant> = self.variant.iter().map(VariantArguments::variant).collect();
        for (i, variant) in variants.iter().enumerate() {
            let same = |earlier: &&Variant| earlier.slug() == variant.slug();
            if let Some(earlier) = variants[..i].iter().find(same) {
                let (one, other) = (&earlier.label, &variant.label);
                return Err(format!(
                    "--variant \"{one}\" and --variant \"{other}\" are the same settings: give one of them"
                ));
            }
        }
        Ok(variants)
    }

    /// The settings of the command itself, as they would be written.
    pub fn own_settings(&self) -> String {
        let own = [
            ("preset", self.preset.to_string()),
            ("mask", self.mask.to_string()),
        ];
        let given = own.into_iter().chain(self.settings.overrides().named());
        let options: Vec<String> = given
            .map(|(name, value)| format!("--{name} {value}"))
            .collect();
        options.join(" ")
    }
}
