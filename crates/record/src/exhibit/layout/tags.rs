//! Tags for a reader who does not see the pages: the elements in their order, and the outline.

use std::num::NonZeroU16;

use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect};
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{
    BBox, Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};

use super::sheet::{Area, Bookmark, Element, ElementRole};

/// The reading order of a document in `language`, with what was drawn of each element.
pub fn tree(language: &str, elements: &[Element], leaves: &mut [Vec<Identifier>]) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.into()));
    if let Some(document) = elements.first() {
        for &child in &document.children {
            if let Some(group) = group(child, elements, leaves) {
                tree.push(group);
            }
        }
    }
    tree
}

/// An element with all that it holds; none if that is nothing.
fn group(place: usize, elements: &[Element], leaves: &mut [Vec<Identifier>]) -> Option<TagGroup> {
    let element = elements.get(place)?;
    let mut group = TagGroup::new(tag(element));
    for leaf in leaves.get_mut(place).map(std::mem::take)? {
        group.push(leaf);
    }
    for &child in &element.children {
        if let Some(child) = self::group(child, elements, leaves) {
            group.push(Node::Group(child));
        }
    }
    (!group.children.is_empty()).then_some(group)
}

fn tag(element: &Element) -> TagKind {
    match &element.role {
        ElementRole::Document | ElementRole::Section => Tag::Section.into(),
        ElementRole::Heading(level, text) => {
            // Headings count from 1.
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(text.clone())).into()
        }
        ElementRole::Paragraph => Tag::P.into(),
        ElementRole::List => Tag::L(ListNumbering::Disc).into(),
        ElementRole::ListItem => Tag::LI.into(),
        ElementRole::ListLabel => Tag::Lbl.into(),
        ElementRole::ListBody => Tag::LBody.into(),
        ElementRole::Table => Tag::Table.into(),
        ElementRole::Row => Tag::TR.into(),
        ElementRole::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
        ElementRole::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        ElementRole::Cell => Tag::TD.into(),
        ElementRole::Figure(alternative) => {
            let bounds = element
                .area
                .and_then(|(page, area)| Some((page, rect(&area)?)));
            Tag::Figure(Some(alternative.clone()))
                .with_bbox(bounds.map(|(page, rect)| BBox::new(page, rect)))
                .into()
        }
        ElementRole::Caption => Tag::Caption.into(),
        ElementRole::Code => Tag::Code.into(),
    }
}

/// The outline: sections, and what is below them.
pub fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut section: Option<OutlineNode> = None;
    for mark in bookmarks {
        let place = XyzDestination::new(mark.page, Point::from_xy(0.0, mark.y));
        let node = OutlineNode::new(mark.text.clone(), place);
        match &mut section {
            Some(section) if mark.level > 2 => section.push_child(node),
            _ => {
                if let Some(section) = section.replace(node) {
                    outline.push_child(section);
                }
            }
        }
    }
    if let Some(section) = section {
        outline.push_child(section);
    }
    outline
}

/// The area as the PDF library has it; none for a size that no page has.
pub(super) fn rect(area: &Area) -> Option<Rect> {
    Rect::from_xywh(area.x, area.y, area.width, area.height)
}
