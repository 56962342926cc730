//! The sheet of pictures as its readers get it: every picture in its place, every text within its room.

use image::{Rgb, RgbImage};
use palimpsest_art::{Family, draw};
use palimpsest_lab::grid::{Grid, GridError, GridRow, Section};
use palimpsest_record::chart::Palette;

const GROUND: [u8; 3] = Palette::LIGHT.ground;
const RED: [u8; 3] = [255, 0, 1];
const BLUE: [u8; 3] = [0, 1, 255];

fn flat(width: u32, height: u32, colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(width, height, Rgb(colour))
}

fn row(name: &str, pictures: Vec<Option<RgbImage>>) -> GridRow {
    GridRow {
        name: name.to_owned(),
        notes: vec!["member".to_owned()],
        pictures,
    }
}

fn grid(rows: Vec<GridRow>) -> Grid {
    Grid {
        title: "A sheet".to_owned(),
        columns: vec!["original".to_owned(), "recovered".to_owned()],
        sections: vec![Section {
            heading: "Members".to_owned(),
            rows,
        }],
        footnote: "What it is.".to_owned(),
        cell: 64,
        palette: Palette::LIGHT,
    }
}

/// The box around all pixels of a colour, as left, top, width, height, if they fill it.
fn filled_box(sheet: &RgbImage, colour: [u8; 3]) -> Option<[u32; 4]> {
    let places: Vec<_> = sheet
        .enumerate_pixels()
        .filter(|(_, _, p)| p.0 == colour)
        .collect();
    let left = places.iter().map(|(x, _, _)| *x).min()?;
    let top = places.iter().map(|(_, y, _)| *y).min()?;
    let width = places.iter().map(|(x, _, _)| *x).max()? - left + 1;
    let height = places.iter().map(|(_, y, _)| *y).max()? - top + 1;
    (places.len() as u32 == width * height).then_some([left, top, width, height])
}

#[test]
fn pictures_lie_whole_beside_each_other() {
    let pictures = vec![Some(flat(64, 64, RED)), Some(flat(64, 64, BLUE))];
    let sheet = grid(vec![row("a", pictures)]).draw().unwrap();
    let [left, top, width, height] = filled_box(&sheet, RED).unwrap();
    assert_eq!((width, height), (64, 64));
    let [other_left, other_top, width, height] = filled_box(&sheet, BLUE).unwrap();
    assert_eq!((width, height), (64, 64));
    assert!(other_left >= left + 64 && other_top == top);
}

#[test]
fn other_sizes_are_fitted_into_the_cell() {
    for ((width, height), expected) in [
        ((20, 10), [60, 30]),
        ((64, 16), [64, 16]),
        ((1280, 640), [64, 32]),
        ((1, 500), [1, 64]),
    ] {
        let pictures = vec![Some(flat(width, height, RED)), None];
        let sheet = grid(vec![row("a", pictures)]).draw().unwrap();
        let found = filled_box(&sheet, RED).unwrap();
        assert_eq!(found[2..], expected, "{width}×{height}");
    }
}

#[test]
fn long_texts_neither_cover_a_picture_nor_reach_the_edge() {
    let long = "a name without an end, and then some ".repeat(40);
    let mut one = row(
        &long,
        vec![Some(flat(64, 64, RED)), Some(flat(64, 64, BLUE))],
    );
    one.notes = vec![long.clone(); 6];
    let mut grid = grid(vec![one]);
    grid.title = long.clone();
    grid.footnote = long.clone();
    grid.columns = vec![long.clone(); 2];
    grid.sections[0].heading = long;
    let sheet = grid.draw().unwrap();
    for colour in [RED, BLUE] {
        let found = filled_box(&sheet, colour).unwrap();
        assert_eq!(found[2..], [64, 64]);
    }
    let (width, height) = sheet.dimensions();
    let edge = sheet
        .enumerate_pixels()
        .filter(|(x, y, _)| *x < 8 || *y < 8 || *x >= width - 8 || *y >= height - 8);
    assert!(
        edge.map(|(_, _, pixel)| pixel.0)
            .all(|colour| colour == GROUND)
    );
}

#[test]
fn notes_make_a_row_higher_rather_than_run_into_the_next() {
    let pictures = || vec![None, Some(flat(64, 64, RED))];
    let short = grid(vec![row("a", pictures())]).draw().unwrap();
    let mut one = row("a", pictures());
    one.notes = vec!["a line".to_owned(); 12];
    let high = grid(vec![one]).draw().unwrap();
    assert!(high.height() >= short.height() + 10 * 12);
}

#[test]
fn what_is_no_sheet_is_refused() {
    assert!(matches!(grid(vec![]).draw(), Err(GridError::Empty)));
    let one = || row("a", vec![None, None]);
    let mut no_cell = grid(vec![one()]);
    no_cell.cell = 0;
    assert!(matches!(no_cell.draw(), Err(GridError::Empty)));
    let crooked = grid(vec![one(), row("b", vec![None])]);
    assert!(matches!(
        crooked.draw(),
        Err(GridError::Columns {
            found: 1,
            columns: 2,
            ..
        })
    ));
    let mut huge = grid(vec![one()]);
    huge.cell = u32::MAX;
    assert!(matches!(huge.draw(), Err(GridError::TooLarge { .. })));
    let many = grid(vec![one(); 1000]);
    assert!(matches!(many.draw(), Err(GridError::TooLarge { .. })));
}

/// Procedural works with half of them removed; written out where the environment variable says.
#[test]
fn a_sheet_of_artworks_shows_every_section() {
    let section = |heading: &str, role: &str, works: std::ops::Range<u64>| Section {
        heading: heading.to_owned(),
        rows: works
            .map(|work| {
                let original = draw(Family::ALL[work as usize], 0, work, 128);
                let mut partial = original.clone();
                for (x, y, pixel) in partial.enumerate_pixels_mut() {
                    if (x / 8 + y / 8) % 2 == 1 {
                        *pixel = Rgb([128; 3]);
                    }
                }
                let recovered = image::imageops::blur(&partial, 4.0);
                GridRow {
                    name: format!("{}-a0-w{work}.png", Family::ALL[work as usize]),
                    notes: vec![
                        role.to_owned(),
                        "recovery.direction 0.412".to_owned(),
                        "recovery.gain_db +1.93".to_owned(),
                        "structural 0.713".to_owned(),
                    ],
                    pictures: vec![Some(original), Some(partial), Some(recovered)],
                }
            })
            .collect(),
    };
    let sheet = Grid {
        title: "What came back: members and hold-outs".to_owned(),
        columns: ["original", "partial", "recovered"].map(str::to_owned).to_vec(),
        sections: vec![
            section("Members (in the training set)", "member", 0..2),
            section("Hold-outs (not in the training set)", "hold-out", 2..4),
        ],
        footnote: "Procedural artworks of the laboratory. The partial picture is what the descent starts \
                   from: half of the latent cells are removed in a checkerboard. Scores are those of \
                   the recovered picture against its original."
            .to_owned(),
        cell: 128,
        palette: Palette::LIGHT,
    }
    .draw()
    .unwrap();
    let heading_ink = sheet
        .pixels()
        .filter(|pixel| pixel.0 == Palette::LIGHT.ink)
        .count();
    assert!(heading_ink > 500, "{heading_ink}");
    if let Some(folder) = std::env::var_os("PALIMPSEST_CHARTS") {
        let path = std::path::Path::new(&folder).join("grid.png");
        sheet.save(path).unwrap();
    }
}
