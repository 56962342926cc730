//! The menus: every command that needs no argument, with its label and its keys. The palette and the list of
//! shortcuts show the same.

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use super::command::Command;
use super::library::Wanted;
use super::preferences::Theme;
use super::set_up::ModelRole;
use super::state::Screen;
use super::widgets::comparison::{ComparisonAction, Layout, Which};
use palimpsest_record::case::Role;

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
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Run => "Run",
            Self::View => "View",
            Self::Compare => "Compare",
            Self::Help => "Help",
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
            "Open artworks…",
            Command::OpenArtworks,
            Some((CTRL, Key::O)),
        ),
        (
            "Open a folder of artworks…",
            Command::OpenArtworkFolder,
            Some((SHIFTED, Key::O)),
        ),
        (
            "Open negative controls…",
            Command::OpenControls(Role::Negative),
            None,
        ),
        (
            "Open positive controls…",
            Command::OpenControls(Role::Positive),
            None,
        ),
        ("Open a case…", Command::OpenCase, Some((CTRL, Key::E))),
        (
            "Open a case's archive or exhibit…",
            Command::OpenCaseFile,
            None,
        ),
        (
            "Run the demonstration",
            Command::Demonstration,
            Some((CTRL, Key::D)),
        ),
        ("Show the case's folder", Command::ShowCaseFolder, None),
        ("Keep new cases in…", Command::ChooseCasesFolder, None),
        (
            "Export the table…",
            Command::ExportTable,
            Some((SHIFTED, Key::E)),
        ),
        (
            "Export the recovered picture…",
            Command::ExportPicture,
            Some((SHIFTED, Key::S)),
        ),
        ("Export exhibit…", Command::PrepareExhibit, None),
        ("Export case as zip…", Command::ExportCase, None),
        (
            "Verify the case",
            Command::CheckCase { replay: false },
            None,
        ),
        (
            "Verify and do the examinations over",
            Command::CheckCase { replay: true },
            None,
        ),
        ("Write a timestamp query…", Command::TimestampQuery, None),
        ("Attach a timestamp…", Command::AttachTimestamp, None),
        (
            "Seal variants before publishing…",
            Command::SealVariants,
            None,
        ),
        ("Rank among sealed variants…", Command::RankVariants, None),
        (
            "Exhibit of sealed variants…",
            Command::ExhibitVariants,
            None,
        ),
        ("Quit", Command::Quit, Some((CTRL, Key::Q))),
    ]
}

fn edit() -> Vec<MenuRow> {
    vec![
        ("Undo", Command::Undo, Some((CTRL, Key::Z))),
        ("Redo", Command::Redo, Some((SHIFTED, Key::Z))),
        ("Paste artworks", Command::Paste, None),
        (
            "Remove the artwork",
            Command::RemoveSelected,
            Some((NONE, Key::Delete)),
        ),
        (
            "Move the artwork up",
            Command::ShiftSelected(-1),
            Some((Modifiers::ALT, Key::ArrowUp)),
        ),
        (
            "Move the artwork down",
            Command::ShiftSelected(1),
            Some((Modifiers::ALT, Key::ArrowDown)),
        ),
        (
            "Set as questioned",
            Command::SetSelectedRole(Role::Questioned),
            None,
        ),
        (
            "Set as negative control",
            Command::SetSelectedRole(Role::Negative),
            None,
        ),
        (
            "Set as positive control",
            Command::SetSelectedRole(Role::Positive),
            None,
        ),
        (
            "Set as work of others",
            Command::SetSelectedRole(Role::Context),
            None,
        ),
        ("Clear the queue", Command::ClearQueue, None),
        (
            "Choose the pretrained model…",
            Command::Library(Wanted::Model(ModelRole::Pretrained)),
            Some((CTRL, Key::B)),
        ),
        (
            "Choose the fine-tuned model…",
            Command::Library(Wanted::Model(ModelRole::Finetuned)),
            Some((CTRL, Key::M)),
        ),
        (
            "Choose the pretrained model's folder…",
            Command::ChooseModel(ModelRole::Pretrained),
            None,
        ),
        (
            "Choose the fine-tuned model's folder…",
            Command::ChooseModel(ModelRole::Finetuned),
            None,
        ),
        (
            "Choose the pretrained model's file…",
            Command::ChooseModelFile(ModelRole::Pretrained),
            None,
        ),
        (
            "Choose the fine-tuned model's file or LoRA…",
            Command::ChooseModelFile(ModelRole::Finetuned),
            None,
        ),
        (
            "Add another adapter…",
            Command::Library(Wanted::FurtherAdapter),
            None,
        ),
        (
            "Choose a folder of configurations…",
            Command::ChooseConfigurations,
            None,
        ),
        ("Compute the models' hashes", Command::HashModels, None),
        (
            "Find the nearest models of the library",
            Command::FindNearest,
            None,
        ),
    ]
}

fn run() -> Vec<MenuRow> {
    vec![
        ("Start", Command::Start, Some((CTRL, Key::Enter))),
        (
            "Pause or resume",
            Command::PauseOrResume,
            Some((CTRL, Key::P)),
        ),
        ("Stop after this artwork", Command::StopAfterThis, None),
        ("Stop", Command::Stop, Some((CTRL, Key::Period))),
    ]
}

fn view() -> Vec<MenuRow> {
    vec![
        (
            "Prepare",
            Command::Show(Screen::Prepare),
            Some((CTRL, Key::Num1)),
        ),
        (
            "Recover",
            Command::Show(Screen::Recover),
            Some((CTRL, Key::Num2)),
        ),
        (
            "Compare",
            Command::Show(Screen::Compare),
            Some((CTRL, Key::Num3)),
        ),
        (
            "Results",
            Command::Show(Screen::Results),
            Some((CTRL, Key::Num4)),
        ),
        ("Case", Command::Show(Screen::Case), Some((CTRL, Key::Num5))),
        ("Results as a table", Command::ShowAsMatrix(false), None),
        (
            "Results as a matrix of pictures",
            Command::ShowAsMatrix(true),
            None,
        ),
        (
            "Selected results side by side",
            Command::CompareSelected,
            None,
        ),
        ("Star the selected results", Command::StarSelected, None),
        ("Theme of the system", Command::Theme(Theme::System), None),
        ("Light theme", Command::Theme(Theme::Light), None),
        ("Dark theme", Command::Theme(Theme::Dark), None),
        ("Larger", Command::Scale(1), Some((CTRL, Key::Plus))),
        ("Smaller", Command::Scale(-1), Some((CTRL, Key::Minus))),
        ("Usual size", Command::Scale(0), Some((CTRL, Key::Num0))),
        ("All commands…", Command::Palette, Some((CTRL, Key::K))),
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
            "Keyboard shortcuts",
            Command::Shortcuts,
            Some((NONE, Key::F1)),
        ),
        ("About Palimpsest", Command::About, None),
    ]
}

/// Actions on a comparison, with their keys.
fn comparisons() -> [(&'static str, ComparisonAction, Option<Key>); 16] {
    use ComparisonAction as Do;
    let layout = Do::Layout;
    [
        ("Three-up", layout(Layout::ThreeUp), Some(Key::Num1)),
        ("Wipe", layout(Layout::Wipe), Some(Key::Num2)),
        ("Onion", layout(Layout::Onion), Some(Key::Num3)),
        ("Blink", layout(Layout::Blink), Some(Key::Num4)),
        ("Difference", layout(Layout::Difference), Some(Key::Num5)),
        (
            "Original alone",
            layout(Layout::Single(Which::Original)),
            Some(Key::O),
        ),
        (
            "Partial alone",
            layout(Layout::Single(Which::Partial)),
            Some(Key::P),
        ),
        (
            "Recovered alone",
            layout(Layout::Single(Which::Recovered)),
            Some(Key::R),
        ),
        ("Exchange the two pictures", Do::Swap, Some(Key::X)),
        ("Whole picture", Do::Fit, Some(Key::F)),
        ("One pixel a pixel", Do::OneToOne, Some(Key::Num0)),
        ("Zoom in", Do::ZoomIn, Some(Key::Plus)),
        ("Zoom out", Do::ZoomOut, Some(Key::Minus)),
        (
            "Outlines of what was removed",
            Do::ToggleOutlines,
            Some(Key::M),
        ),
        ("Magnifier", Do::ToggleMagnifier, Some(Key::G)),
        ("Histogram", Do::ToggleHistogram, Some(Key::H)),
    ]
}
