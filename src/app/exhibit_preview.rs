//! An exhibit before it is written: what is to stand on it, and its pages as they will look. The case is
//! read once, each page is laid out and drawn off the frame, and always only the newest that is wanted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use eframe::egui::{self, ColorImage, TextureHandle, TextureOptions};

use super::image_cache::{Loading, colours};
use super::preferences::ExhibitLook;
use super::tasks::Task;
use palimpsest_record::case::CaseView;
use palimpsest_record::casework::Assessment;
use palimpsest_record::casework::exhibit::{Cover, Order, content_of};
use palimpsest_record::exhibit::{
    Content, Draft, ExhibitError, Options, PageSize, Section, system_fonts,
};
use palimpsest_record::language::Language;

/// The user's decisions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    pub language: Language,
    pub cover: Cover,
    pub paper: PageSize,
    /// Sections that are not printed.
    pub left_out: BTreeSet<Section>,
    pub certificate: bool,
}

/// Ids of what a court looks for first, where it is not there.
pub const LACKS_NUMBER: &str = "exhibit-lacks-number";
pub const LACKS_PARTIES: &str = "exhibit-lacks-parties";
pub const LACKS_EXAMINER: &str = "exhibit-lacks-examiner";

impl Form {
    /// What a court looks for first and does not find.
    pub fn lacks(&self) -> Vec<&'static str> {
        let cover = &self.cover;
        let fields = [
            (LACKS_NUMBER, &cover.number),
            (LACKS_PARTIES, &cover.parties),
            (LACKS_EXAMINER, &cover.examiner),
        ];
        let empty = fields
            .into_iter()
            .filter(|(_, text)| text.trim().is_empty());
        empty.map(|(name, _)| name).collect()
    }
}

/// A page as it is wanted.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    form: Form,
    page: usize,
    /// Pixels per point of paper.
    scale: f32,
}

/// A page that was drawn.
struct Drawn {
    picture: ColorImage,
    pages: usize,
    usual_title: String,
}

/// The case, and its content in the language that was asked for last.
struct Source {
    view: CaseView,
    assessment: Assessment,
    cover: Cover,
    told: Mutex<(Language, Arc<Content>)>,
}

impl Source {
    /// The content in a language.
    fn content(&self, language: Language) -> Result<Arc<Content>, String> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.0 != language {
            let made = content_of(&self.view, &self.assessment, language);
            let (content, _) = made.map_err(|error| error.to_string())?;
            *told = (language, Arc::new(content));
        }
        Ok(told.1.clone())
    }
}

/// An exhibit that is prepared.
pub struct ExhibitPreview {
    pub folder: PathBuf,
    /// None until the case has been read.
    pub form: Option<Form>,
    /// The form as it looks before anything is typed.
    look: ExhibitLook,
    /// True while it is asked whether empty fields are to stay empty.
    pub asks: bool,
    /// The page that is looked at, from 0, of how many.
    pub page: usize,
    pub pages: usize,
    /// The title that stands there if none is given.
    pub usual_title: String,
    source: Loading<Arc<Source>>,
    asked: Option<Wanted>,
    task: Option<Task<Drawn>>,
    pub shown: Option<Result<TextureHandle, String>>,
}

impl Form {
    /// The order to write the exhibit.
    pub fn order(&self, out: PathBuf) -> Order {
        Order {
            cover: self.cover.clone(),
            options: self.options(),
            out: Some(out),
            siblings: None,
        }
    }

    fn options(&self) -> Options {
        Options {
            language: self.language,
            page: self.paper,
            left_out: self.left_out.clone(),
            certificate: self.certificate,
            ..Options::default()
        }
    }
}

impl ExhibitPreview {
    /// Begins with the case in `folder`, and with a form that was begun before.
    pub fn begin(
        ctx: &egui::Context,
        folder: PathBuf,
        look: ExhibitLook,
        form: Option<Form>,
    ) -> Self {
        let language = form
            .as_ref()
            .map_or_else(|| look.language(), |form| form.language);
        let case = folder.clone();
        let source = Task::start(ctx, "reading a case for its exhibit", move || {
            read(&case, language).map(Arc::new)
        });
        Self {
            folder,
            form,
            look,
            usual_title: String::new(),
            asks: false,
            page: 0,
            pages: 0,
            source: Loading::Under(source),
            asked: None,
            task: None,
            shown: None,
        }
    }

    /// Reason for which the case cannot be read.
    pub fn error(&self) -> Option<&str> {
        self.source.get()?.err()
    }

    /// Takes in what was read and drawn, and has the wanted page drawn if it is another one.
    pub fn follow(mut self, ctx: &egui::Context, scale: f32) -> Self {
        self.source = self.source.follow();
        let Some(Ok(source)) = self.source.get() else {
            return self;
        };
        let source = source.clone();
        let usual = || self.look.form(source.cover.clone());
        let form = self.form.get_or_insert_with(usual).clone();
        self.take_page(ctx);
        let page = self.page;
        let wanted = Wanted { form, page, scale };
        if self.task.is_none() && self.asked.as_ref() != Some(&wanted) {
            self.asked = Some(wanted.clone());
            let task = Task::start(ctx, "drawing a page", move || draw(&source, &wanted));
            self.task = Some(task);
        }
        self
    }

    fn take_page(&mut self, ctx: &egui::Context) {
        let Some(task) = self.task.take() else { return };
        match task.take() {
            Err(task) => self.task = Some(task),
            Ok(Err(error)) => self.shown = Some(Err(error)),
            Ok(Ok(drawn)) => {
                self.pages = drawn.pages;
                self.usual_title = drawn.usual_title;
                self.page = self.page.min(drawn.pages.saturating_sub(1));
                let name = "a page of the exhibit";
                let texture = ctx.load_texture(name, drawn.picture, TextureOptions::LINEAR);
                self.shown = Some(Ok(texture));
            }
        }
    }
}

fn read(folder: &Path, language: Language) -> Result<Source, String> {
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let view = CaseView::read(folder).map_err(|e| told(&e))?;
    // As it will be weighed again when the exhibit is written.
    let assessment = Assessment::of(&view).map_err(|e| told(&e))?;
    let (content, _) = content_of(&view, &assessment, language).map_err(|e| told(&e))?;
    let noted = Cover::of(view.entries().map_err(|e| told(&e))?);
    let cover = noted.clone().with_examiner(&noted);
    Ok(Source {
        view,
        assessment,
        cover,
        told: Mutex::new((language, Arc::new(content))),
    })
}

fn draw(source: &Source, wanted: &Wanted) -> Result<Drawn, String> {
    let content = source.content(wanted.form.language)?;
    let usual_title = content.header.title.clone();
    let mut content = Content::clone(&content);
    let (header, cover) = (&mut content.header, &wanted.form.cover);
    // What is left empty stays as it was noted before.
    for (printed, given) in [
        (&mut header.exhibit, &cover.number),
        (&mut header.title, &cover.title),
        (&mut header.parties, &cover.parties),
        (&mut header.examiner, &cover.examiner),
    ] {
        if !given.is_empty() {
            printed.clone_from(given);
        }
    }
    let mut options = wanted.form.options();
    let told = |error: ExhibitError| error.to_string();
    let missing = Draft::new(&content, &options).map_err(told)?.missing();
    if !missing.is_empty() {
        options.fonts = system_fonts(&missing);
    }
    let draft = Draft::new(&content, &options).map_err(told)?;
    let pages = draft.pages();
    let page = wanted.page.min(pages.saturating_sub(1));
    let picture = colours(&draft.page(page, wanted.scale).map_err(told)?);
    Ok(Drawn {
        picture,
        pages,
        usual_title,
    })
}
