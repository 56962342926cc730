//! Reads a PDF again, with a library that had no part in writing it.
#![allow(dead_code, reason = "not every test uses all of it")]

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A file.
pub struct Read(Document);

impl Read {
    pub fn new(bytes: &[u8]) -> Self {
        Self(Document::load_mem(bytes).unwrap())
    }

    pub fn pages(&self) -> usize {
        self.0.get_pages().len()
    }

    /// All text, page by page, with one space where there is any.
    pub fn text(&self) -> String {
        let pages: Vec<u32> = self.0.get_pages().keys().copied().collect();
        let text = self.0.extract_text(&pages).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text of a page, counted from 1, as [`Read::text`] has it.
    pub fn page_text(&self, page: u32) -> String {
        let text = self.0.extract_text(&[page]).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Width and height of the first page in points.
    pub fn size(&self) -> (f32, f32) {
        let page = self.0.get_pages()[&1];
        let page = self.0.get_dictionary(page).unwrap();
        let media = page.get(b"MediaBox").unwrap().as_array().unwrap();
        let side = |place: usize| media[place].as_float().unwrap();
        (side(2), side(3))
    }

    fn catalog(&self) -> &Dictionary {
        self.0.catalog().unwrap()
    }

    fn resolved<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.0.dereference(object).unwrap().1
    }

    fn dictionary<'a>(&'a self, of: &'a Dictionary, key: &str) -> &'a Dictionary {
        self.resolved(of.get(key.as_bytes()).unwrap())
            .as_dict()
            .unwrap()
    }

    /// What the file says about itself (XMP).
    pub fn about(&self) -> String {
        let metadata = self.resolved(self.catalog().get(b"Metadata").unwrap());
        let stream = metadata.as_stream().unwrap();
        let bytes = stream
            .decompressed_content()
            .unwrap_or(stream.content.clone());
        String::from_utf8(bytes).unwrap()
    }

    /// The name of the document, the same for its versions.
    pub fn identity(&self) -> Vec<u8> {
        let id = self.0.trailer.get(b"ID").unwrap().as_array().unwrap();
        id[0].as_str().unwrap().to_vec()
    }

    pub fn language(&self) -> String {
        let language = self.catalog().get(b"Lang").unwrap();
        String::from_utf8(language.as_str().unwrap().to_vec()).unwrap()
    }

    pub fn is_marked(&self) -> bool {
        let marks = self.dictionary(self.catalog(), "MarkInfo");
        marks.get(b"Marked").unwrap().as_bool().unwrap()
    }

    pub fn shows_its_title(&self) -> bool {
        let viewer = self.dictionary(self.catalog(), "ViewerPreferences");
        viewer.get(b"DisplayDocTitle").unwrap().as_bool().unwrap()
    }

    /// The one attached file: name, media type, bytes.
    pub fn attachment(&self) -> (String, String, Vec<u8>) {
        let files = self.catalog().get(b"AF").unwrap();
        let files = self.resolved(files).as_array().unwrap();
        let mut files = files
            .iter()
            .map(|file| self.resolved(file).as_dict().unwrap());
        let is_record = |file: &&Dictionary| text(file.get(b"UF").unwrap()) == "case.json";
        let file = files.find(is_record).unwrap();
        let name = text(file.get(b"UF").unwrap());
        let stream = self.dictionary(file, "EF").get(b"F").unwrap();
        let stream = self.resolved(stream).as_stream().unwrap();
        let media = stream.dict.get(b"Subtype").unwrap().as_name().unwrap();
        let bytes = stream
            .decompressed_content()
            .unwrap_or(stream.content.clone());
        (name, String::from_utf8(media.to_vec()).unwrap(), bytes)
    }

    /// Fonts, and whether each is embedded.
    pub fn fonts(&self) -> Vec<(String, bool)> {
        let dictionaries = self
            .0
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok());
        let fonts = dictionaries.filter(|d| d.get(b"FontDescriptor").is_ok());
        fonts
            .map(|font| {
                let descriptor = self.dictionary(font, "FontDescriptor");
                let name = font.get(b"BaseFont").unwrap().as_name().unwrap();
                let embedded = descriptor
                    .get(b"FontFile2")
                    .or(descriptor.get(b"FontFile3"));
                (String::from_utf8(name.to_vec()).unwrap(), embedded.is_ok())
            })
            .collect()
    }

    /// What is read aloud: the tags in order, with their alternative texts.
    pub fn tags(&self) -> Vec<(String, Option<String>)> {
        let mut tags = Vec::new();
        let root = self.catalog().get(b"StructTreeRoot").unwrap();
        self.tag(root, &mut tags);
        tags
    }

    fn tag(&self, object: &Object, tags: &mut Vec<(String, Option<String>)>) {
        match self.resolved(object) {
            Object::Array(children) => children.iter().for_each(|child| self.tag(child, tags)),
            Object::Dictionary(element) => {
                if let Ok(name) = element.get(b"S").and_then(Object::as_name) {
                    let alternative = element.get(b"Alt").ok().map(text);
                    tags.push((String::from_utf8(name.to_vec()).unwrap(), alternative));
                }
                if let Ok(children) = element.get(b"K") {
                    self.tag(children, tags);
                }
            }
            _ => {}
        }
    }

    /// The outline's entries, from the top.
    pub fn outline(&self) -> Vec<String> {
        let mut entries = Vec::new();
        let outline = self.dictionary(self.catalog(), "Outlines");
        self.entries(outline, &mut entries);
        entries
    }

    fn entries(&self, parent: &Dictionary, entries: &mut Vec<String>) {
        let mut next: Option<ObjectId> = parent.get(b"First").and_then(Object::as_reference).ok();
        while let Some(id) = next {
            let entry = self.0.get_dictionary(id).unwrap();
            entries.push(text(entry.get(b"Title").unwrap()));
            self.entries(entry, entries);
            next = entry.get(b"Next").and_then(Object::as_reference).ok();
        }
    }
}

/// A text string: UTF-16 after a mark, else one byte a letter.
fn text(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(wide) => {
            let units = wide
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
        }
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
