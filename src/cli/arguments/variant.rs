//! `--variant "--steps 100 --contrast 1"`: options within an option, parsed as those of the command itself.

use clap::Parser;

use super::SettingArguments;
use palimpsest_lab::evaluation::variant::Variant;
use palimpsest_method::examination::Frame;
use palimpsest_method::inversion::Preset;
use palimpsest_method::mask::Mask;

/// The options of one variant.
#[derive(Clone, Debug, Parser)]
#[command(name = "--variant", no_binary_name = true, disable_help_flag = true)]
pub(in crate::cli) struct VariantArguments {
    /// As they were written, one space between words.
    #[arg(skip)]
    label: String,
    #[arg(long)]
    mask: Option<Mask>,
    #[arg(long)]
    preset: Option<Preset>,
    #[arg(long)]
    frame: Option<Frame>,
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
            frame: self.frame,
            overrides: self.settings.overrides(),
        }
    }
}
