//! Every action of the user as a value: what menus, shortcuts, buttons and the palette have in common.
//! They are carried out in one place, `dispatch`.

use std::path::PathBuf;

use super::library::Wanted;
use super::light_table::{Column, ResultsFilter, Selection};
use super::preferences::Theme;
use super::queue::WorkId;
use super::set_up::{Encoder, ModelRole, SetUp};
use super::state::{AddedControls, Purpose, Resumption, Screen, State};
use super::widgets::comparison::ComparisonAction;
use crate::app::words::say;
use palimpsest_method::artwork::Crop;
use palimpsest_record::case::Role;
use palimpsest_record::language::Language;

/// An action of the user.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    OpenArtworks,
    OpenArtworkFolder,
    /// Opens a folder of works as controls of a kind.
    OpenControls(Role),
    Paste,
    Add(Vec<PathBuf>),
    Select(WorkId),
    Remove(WorkId),
    RemoveSelected,
    Shift(WorkId, isize),
    ShiftSelected(isize),
    SetRole(WorkId, Role),
    SetSelectedRole(Role),
    ClearQueue,
    Crop(WorkId, Crop),

    /// Sets the desk; the deed is named in the menu, and may go on with the one before.
    SetUp(Box<SetUp>, &'static str, bool),
    ChooseModel(ModelRole),
    ChooseModelFile(ModelRole),
    UseModel(ModelRole, PathBuf),
    /// Applies an adapter after those that are chosen.
    AddAdapter(PathBuf),
    /// Asks for the file of one.
    ChooseFurtherAdapter,
    /// Asks for a folder with configurations of models in one file.
    ChooseConfigurations,
    ChooseEncoder(Encoder),
    UseEncoder(Encoder, PathBuf),
    /// Opens the model library, to choose something from it.
    Library(Wanted),
    LookThroughLibrary,
    /// Asks for a folder to be added to it.
    AddToLibrary(Wanted),
    /// Forgets a folder of it.
    RemoveFromLibrary(PathBuf),
    ChooseNullRun,
    HashModels,
    /// Compares the fine-tuned model with those of the library.
    FindNearest,
    StopFindingNearest,

    Start,
    PauseOrResume,
    Stop,
    StopAfterThis,

    Demonstration,
    OpenCase,
    /// Opens a case by its archive, or by an exhibit in its folder.
    OpenCaseFile,
    OpenCaseAt(PathBuf),
    /// Goes on with work that was left.
    Resume(Resumption),
    ShowCaseFolder,
    ChooseCasesFolder,
    /// Looks again whether there is room for new cases.
    LookAtDisk,

    Show(Screen),
    ShowResult(usize),
    /// Shows the last true decoding of a run in place of the preview, or the preview.
    ShowDecoded(bool),
    Compare(ComparisonAction),
    ShowAsMatrix(bool),
    SortBy(Column),
    /// Lists the results that are like this.
    FilterResults(Box<ResultsFilter>),
    SelectResults(Box<Selection>),
    /// Stars a result, or takes its star away.
    Star(usize, bool),
    /// Stars the results that are selected, or takes their stars away where all have one.
    StarSelected,
    /// Shows the two results that are selected beside each other.
    CompareSelected,
    /// Shows a result beside the one that is shown, or that one alone.
    ShowBeside(Option<usize>),
    ExportTable,
    ExportPicture,
    /// Opens what is asked of an exhibit before it is written.
    PrepareExhibit,
    SaveExhibit,
    ExportCase,
    /// Computes every hash of the case; with `replay` every examination is done over as well.
    CheckCase {
        replay: bool,
    },
    CancelCheck,
    /// Notes something about an item of the case, by its folder.
    Note {
        item: String,
        text: String,
    },
    AttachTimestamp,
    TimestampQuery,
    /// Asks how many variants of the selected work are to be sealed.
    SealVariants,
    /// Asks for the folder of so many variants.
    SealInFolder(u16),
    /// Ranks the published variant among those that were kept back, by the case that is shown.
    RankVariants,
    /// Writes the exhibit of that rank into the case.
    ExhibitVariants,
    /// Asks for controls for the case that is shown.
    AddControls,
    /// Asks for pictures of them, or for a folder.
    ChooseControls {
        folder: bool,
    },
    /// Adds them to the case, and examines them.
    ExamineControls(Box<AddedControls>),
    /// Shows a file or folder with the system's program for it.
    Reveal(PathBuf),
    /// The answer to a question for a path.
    Chosen(Purpose, PathBuf),

    Undo,
    Redo,
    Theme(Theme),
    /// The language of the window; none for that of the system.
    Language(Option<Language>),
    Scale(i8),
    Palette,
    Shortcuts,
    About,
    CloseOverlay,
    DismissNotice(usize),
    CopyText(String),
    Quit,
    QuitAnyway,
}

impl Command {
    /// Reason for which the command can do nothing now; `None` if it can.
    pub fn refused(&self, state: &State) -> Option<String> {
        let unless = |able: bool, reason: &str| (!able).then(|| reason.to_owned());
        match self {
            Self::Start => state.refuses_start(),
            Self::PauseOrResume | Self::Stop | Self::StopAfterThis => {
                unless(state.run.is_some(), say!("no-run-is-under-way"))
            }
            Self::Demonstration | Self::Resume(_) | Self::ExamineControls(_) => {
                unless(state.run.is_none(), say!("a-run-is-under-way"))
            }
            Self::RemoveSelected
            | Self::ShiftSelected(_)
            | Self::SetSelectedRole(_)
            | Self::SealVariants
            | Self::SealInFolder(_) => unless(
                state.queue.selected.is_some(),
                say!("no-artwork-is-selected"),
            ),
            Self::Library(Wanted::FurtherAdapter) => unless(
                state.set_up().finetuned.is_some(),
                say!("choose-the-fine-tuned-model-first"),
            ),
            Self::FindNearest => state.refuses_nearest(),
            Self::ClearQueue => {
                unless(!state.queue.works.is_empty(), say!("there-are-no-artworks"))
            }
            Self::Undo => unless(state.history.can_undo().is_some(), say!("nothing-to-undo")),
            Self::Redo => unless(state.history.can_redo().is_some(), say!("nothing-to-redo")),
            Self::ShowCaseFolder | Self::ExportPicture => {
                unless(state.shown_result().is_some(), say!("no-result-is-shown"))
            }
            Self::PrepareExhibit
            | Self::ExportCase
            | Self::Note { .. }
            | Self::AttachTimestamp
            | Self::TimestampQuery
            | Self::AddControls
            | Self::RankVariants
            | Self::ExhibitVariants => state.refuses_case(),
            Self::CheckCase { .. } => state.refuses_check(),
            Self::CompareSelected => unless(
                state.results.selection.chosen.len() == 2,
                say!("select-two-results-first-ctrl-click"),
            ),
            Self::StarSelected => unless(
                !state.results.selection.chosen.is_empty(),
                say!("no-result-is-selected"),
            ),
            Self::ExportTable => unless(!state.finished.is_empty(), say!("there-are-no-results")),
            Self::Compare(_) => unless(
                matches!(state.screen, Screen::Compare | Screen::Recover),
                say!("no-pictures-are-compared"),
            ),
            Self::Show(Screen::Recover) => unless(state.run.is_some(), say!("no-run-is-under-way")),
            Self::Show(Screen::Compare | Screen::Results | Screen::Case) => unless(
                !state.finished.is_empty(),
                say!("nothing-has-been-examined-yet"),
            ),
            _ => None,
        }
    }
}
