//! The menus: every command that needs no argument, with its label and its keys. The palette and the list of
//! shortcuts show the same.

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use super::command::Command;
use super::library::Wanted;
use super::preferences::Theme;
use super::set_up::ModelRole;
use super::state::Screen;
use super::widgets::comparison::{ComparisonAction, Layout, Which};
use crate::app::words::say;
use palimpsest_record::case::Role;
use palimpsest_record::language::Language;

/// A command as menus and the palette list it.
#[derive(Clone, Debug)]
pub struct MenuItem {
    pub menu: Menu,
    pub label: &'static str,
    pub command: Command,
    pub shortcut: Option<KeyboardShortcut>,
}

/// The menus in their order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Menu {
    File,
    Edit,
    Run,
    View,
    Compare,
    Help,
}

impl Menu {
    pub const ALL: [Self; 6] = [
        Self::File,
        Self::Edit,
        Self::Run,
        Self::View,
        Self::Compare,
        Self::Help,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::File => say!("file"),
            Self::Edit => say!("edit"),
            Self::Run => say!("run"),
            Self::View => say!("view"),
            Self::Compare => say!("compare"),
            Self::Help => say!("help"),
        }
    }
}

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFTED: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Label, command and keys of a line of a menu.
type MenuRow = (&'static str, Command, Option<(Modifiers, Key)>);

/// Every command that needs no argument, in the order of the menus.
pub fn menu_items() -> Vec<MenuItem> {
    let mut items = Vec::new();
    for menu in Menu::ALL {
        let rows = match menu {
            Menu::File => file(),
            Menu::Edit => edit(),
            Menu::Run => run(),
            Menu::View => view(),
            Menu::Compare => compare(),
            Menu::Help => help(),
        };
        items.extend(rows.into_iter().map(|(label, command, keys)| MenuItem {
            menu,
            label,
            command,
            shortcut: keys.map(|(modifiers, key)| KeyboardShortcut::new(modifiers, key)),
        }));
    }
    items
}

fn file() -> Vec<MenuRow> {
    vec![
        (
            say!("open-artworks"),
            Command::OpenArtworks,
            Some((CTRL, Key::O)),
        ),
        (
            say!("open-a-folder-of-artworks"),
            Command::OpenArtworkFolder,
            Some((SHIFTED, Key::O)),
        ),
        (
            say!("open-negative-controls"),
            Command::OpenControls(Role::Negative),
            None,
        ),
        (
            say!("open-positive-controls"),
            Command::OpenControls(Role::Positive),
            None,
        ),
        (say!("open-a-case"), Command::OpenCase, Some((CTRL, Key::E))),
        (
            say!("open-a-cases-archive-or-exhibit"),
            Command::OpenCaseFile,
            None,
        ),
        (
            say!("run-the-demonstration"),
            Command::Demonstration,
            Some((CTRL, Key::D)),
        ),
        (say!("show-the-cases-folder"), Command::ShowCaseFolder, None),
        (say!("keep-new-cases-in"), Command::ChooseCasesFolder, None),
        (
            say!("export-the-table"),
            Command::ExportTable,
            Some((SHIFTED, Key::E)),
        ),
        (
            say!("export-the-recovered-picture"),
            Command::ExportPicture,
            Some((SHIFTED, Key::S)),
        ),
        (say!("export-exhibit"), Command::PrepareExhibit, None),
        (say!("export-case-as-zip"), Command::ExportCase, None),
        (
            say!("verify-the-case"),
            Command::CheckCase { replay: false },
            None,
        ),
        (
            say!("verify-and-do-the-examinations-over"),
            Command::CheckCase { replay: true },
            None,
        ),
        (
            say!("write-a-timestamp-query"),
            Command::TimestampQuery,
            None,
        ),
        (say!("attach-a-timestamp"), Command::AttachTimestamp, None),
        (
            say!("seal-variants-before-publishing"),
            Command::SealVariants,
            None,
        ),
        (
            say!("rank-among-sealed-variants"),
            Command::RankVariants,
            None,
        ),
        (
            say!("exhibit-of-sealed-variants"),
            Command::ExhibitVariants,
            None,
        ),
        (say!("quit"), Command::Quit, Some((CTRL, Key::Q))),
    ]
}

fn edit() -> Vec<MenuRow> {
    vec![
        (say!("undo"), Command::Undo, Some((CTRL, Key::Z))),
        (say!("redo"), Command::Redo, Some((SHIFTED, Key::Z))),
        (say!("paste-artworks"), Command::Paste, None),
        (
            say!("remove-the-artwork"),
            Command::RemoveSelected,
            Some((NONE, Key::Delete)),
        ),
        (
            say!("move-the-artwork-up"),
            Command::ShiftSelected(-1),
            Some((Modifiers::ALT, Key::ArrowUp)),
        ),
        (
            say!("move-the-artwork-down"),
            Command::ShiftSelected(1),
            Some((Modifiers::ALT, Key::ArrowDown)),
        ),
        (
            say!("set-as-questioned"),
            Command::SetSelectedRole(Role::Questioned),
            None,
        ),
        (
            say!("set-as-negative-control"),
            Command::SetSelectedRole(Role::Negative),
            None,
        ),
        (
            say!("set-as-positive-control"),
            Command::SetSelectedRole(Role::Positive),
            None,
        ),
        (
            say!("set-as-work-of-others"),
            Command::SetSelectedRole(Role::Context),
            None,
        ),
        (say!("clear-the-queue"), Command::ClearQueue, None),
        (
            say!("choose-the-pretrained-model"),
            Command::Library(Wanted::Model(ModelRole::Pretrained)),
            Some((CTRL, Key::B)),
        ),
        (
            say!("choose-the-fine-tuned-model"),
            Command::Library(Wanted::Model(ModelRole::Finetuned)),
            Some((CTRL, Key::M)),
        ),
        (
            say!("choose-the-pretrained-models-folder"),
            Command::ChooseModel(ModelRole::Pretrained),
            None,
        ),
        (
            say!("choose-the-fine-tuned-models-folder"),
            Command::ChooseModel(ModelRole::Finetuned),
            None,
        ),
        (
            say!("choose-the-pretrained-models-file"),
            Command::ChooseModelFile(ModelRole::Pretrained),
            None,
        ),
        (
            say!("choose-the-fine-tuned-models-file"),
            Command::ChooseModelFile(ModelRole::Finetuned),
            None,
        ),
        (
            say!("add-another-adapter"),
            Command::Library(Wanted::FurtherAdapter),
            None,
        ),
        (
            say!("choose-a-folder-of-configurations"),
            Command::ChooseConfigurations,
            None,
        ),
        (say!("compute-the-models-hashes"), Command::HashModels, None),
        (say!("find-the-nearest-models"), Command::FindNearest, None),
    ]
}

fn run() -> Vec<MenuRow> {
    vec![
        (say!("start"), Command::Start, Some((CTRL, Key::Enter))),
        (
            say!("pause-or-resume"),
            Command::PauseOrResume,
            Some((CTRL, Key::P)),
        ),
        (
            say!("stop-after-this-artwork"),
            Command::StopAfterThis,
            None,
        ),
        (say!("stop"), Command::Stop, Some((CTRL, Key::Period))),
    ]
}

fn view() -> Vec<MenuRow> {
    vec![
        (
            say!("prepare"),
            Command::Show(Screen::Prepare),
            Some((CTRL, Key::Num1)),
        ),
        (
            say!("recover"),
            Command::Show(Screen::Recover),
            Some((CTRL, Key::Num2)),
        ),
        (
            say!("compare"),
            Command::Show(Screen::Compare),
            Some((CTRL, Key::Num3)),
        ),
        (
            say!("results"),
            Command::Show(Screen::Results),
            Some((CTRL, Key::Num4)),
        ),
        (
            say!("case"),
            Command::Show(Screen::Case),
            Some((CTRL, Key::Num5)),
        ),
        (
            say!("results-as-a-table"),
            Command::ShowAsMatrix(false),
            None,
        ),
        (
            say!("results-as-a-matrix-of-pictures"),
            Command::ShowAsMatrix(true),
            None,
        ),
        (
            say!("selected-results-side-by-side"),
            Command::CompareSelected,
            None,
        ),
        (
            say!("star-the-selected-results"),
            Command::StarSelected,
            None,
        ),
        (
            say!("theme-of-the-system"),
            Command::Theme(Theme::System),
            None,
        ),
        (say!("light-theme"), Command::Theme(Theme::Light), None),
        (say!("dark-theme"), Command::Theme(Theme::Dark), None),
        (
            say!("language-of-the-system"),
            Command::Language(None),
            None,
        ),
        (
            Language::English.name(),
            Command::Language(Some(Language::English)),
            None,
        ),
        (
            Language::German.name(),
            Command::Language(Some(Language::German)),
            None,
        ),
        (
            Language::French.name(),
            Command::Language(Some(Language::French)),
            None,
        ),
        (say!("larger"), Command::Scale(1), Some((CTRL, Key::Plus))),
        (
            say!("smaller"),
            Command::Scale(-1),
            Some((CTRL, Key::Minus)),
        ),
        (
            say!("usual-size"),
            Command::Scale(0),
            Some((CTRL, Key::Num0)),
        ),
        (say!("all-commands"), Command::Palette, Some((CTRL, Key::K))),
    ]
}

fn compare() -> Vec<MenuRow> {
    comparisons()
        .into_iter()
        .map(|(label, action, key)| {
            let keys = key.map(|key| (NONE, key));
            (label, Command::Compare(action), keys)
        })
        .collect()
}

fn help() -> Vec<MenuRow> {
    vec![
        (
            say!("keyboard-shortcuts"),
            Command::Shortcuts,
            Some((NONE, Key::F1)),
        ),
        (say!("about-palimpsest"), Command::About, None),
    ]
}

/// Actions on a comparison, with their keys.
fn comparisons() -> [(&'static str, ComparisonAction, Option<Key>); 16] {
    use ComparisonAction as Do;
    let layout = Do::Layout;
    [
        (say!("three-up"), layout(Layout::ThreeUp), Some(Key::Num1)),
        (say!("wipe"), layout(Layout::Wipe), Some(Key::Num2)),
        (say!("onion"), layout(Layout::Onion), Some(Key::Num3)),
        (say!("blink"), layout(Layout::Blink), Some(Key::Num4)),
        (
            say!("difference"),
            layout(Layout::Difference),
            Some(Key::Num5),
        ),
        (
            say!("original-alone"),
            layout(Layout::Single(Which::Original)),
            Some(Key::O),
        ),
        (
            say!("partial-alone"),
            layout(Layout::Single(Which::Partial)),
            Some(Key::P),
        ),
        (
            say!("recovered-alone"),
            layout(Layout::Single(Which::Recovered)),
            Some(Key::R),
        ),
        (say!("exchange-the-two-pictures"), Do::Swap, Some(Key::X)),
        (say!("whole-picture"), Do::Fit, Some(Key::F)),
        (say!("one-pixel-a-pixel"), Do::OneToOne, Some(Key::Num0)),
        (say!("zoom-in"), Do::ZoomIn, Some(Key::Plus)),
        (say!("zoom-out"), Do::ZoomOut, Some(Key::Minus)),
        (
            say!("outlines-of-what-was-removed"),
            Do::ToggleOutlines,
            Some(Key::M),
        ),
        (say!("magnifier"), Do::ToggleMagnifier, Some(Key::G)),
        (say!("histogram"), Do::ToggleHistogram, Some(Key::H)),
    ]
}
