//! Charts as their readers get them: nothing clipped, nothing missing, the same every time, and a plain
//! refusal of what cannot be plotted.

use image::RgbImage;
use palimpsest_method::verdict::Sample;
use palimpsest_record::chart::{
    Chart, ChartError, Curve, Palette, RocChart, ScoreChart, ScoreRow, Threshold,
};
use palimpsest_record::language::Language;

const PALETTES: [(&str, Palette); 3] = [
    ("light", Palette::LIGHT),
    ("dark", Palette::DARK),
    ("print", Palette::PRINT),
];

/// Scores that look like some: evenly spread, shifted, none the same.
fn scores(n: usize, shift: f64) -> Vec<f64> {
    let spread = |i| (i as f64 * 0.754_877).fract() + 0.3 * (i as f64 * 0.569_84).fract();
    (1..=n).map(|i| spread(i) + shift).collect()
}

fn sample(shift: f64) -> Sample {
    Sample::new(scores(10, shift), scores(12, 0.05)).unwrap()
}

fn roc() -> RocChart {
    let curve = |label: &str, shift| Curve::of(label, &sample(shift));
    RocChart {
        language: Language::English,
        title: "Members against hold-outs, all artists pooled".to_owned(),
        curves: vec![
            curve("recovery.direction", 1.4),
            curve("loss gap", 1.5),
            curve("recovery.gain_db", 0.6),
            curve("similarity.structural", 0.35),
            curve("similarity.clip", 0.2),
            curve("similarity.dino", 0.1),
            curve(
                "a score with a name that is far too long for any legend to hold",
                0.0,
            ),
        ],
    }
}

fn spread() -> ScoreChart {
    let row = |label: &str, shift, base: f64| ScoreRow {
        label: label.to_owned(),
        members: scores(10, shift + base),
        hold_outs: scores(10, base + 0.05),
    };
    ScoreChart {
        title: "Recovery gain of members and hold-outs".to_owned(),
        axis: "recovery gain (dB)".to_owned(),
        rows: vec![
            row("landscape, artist 1, seed 0", 1.2, -1.0),
            row("botanical, artist 2, seed 0", 0.5, -0.7),
            row("van Gogh, seed 3", 0.2, 0.1),
        ],
        threshold: Some(Threshold {
            value: 0.31,
            label: "best threshold, in-sample".to_owned(),
        }),
    }
}

/// Whether a frame of some pixels is the ground's colour.
fn empty_frame(picture: &RgbImage, ground: [u8; 3], frame: u32) -> bool {
    let (width, height) = picture.dimensions();
    picture.enumerate_pixels().all(|(x, y, pixel)| {
        let inside = (frame..width - frame).contains(&x) && (frame..height - frame).contains(&y);
        inside || pixel.0 == ground
    })
}

fn count(picture: &RgbImage, colour: [u8; 3]) -> usize {
    picture.pixels().filter(|pixel| pixel.0 == colour).count()
}

/// Writes a picture where the environment variable says, to be looked at.
fn keep(name: &str, picture: &RgbImage) {
    if let Some(folder) = std::env::var_os("PALIMPSEST_CHARTS") {
        let path = std::path::Path::new(&folder).join(format!("{name}.png"));
        picture.save(path).unwrap();
    }
}

#[test]
fn nothing_reaches_the_edge_in_any_colours() {
    for (name, palette) in PALETTES {
        let charts = [
            ("roc", roc().picture(&palette, 1.5).unwrap()),
            ("scores", spread().picture(&palette, 1.5).unwrap()),
        ];
        for (chart, picture) in charts {
            keep(&format!("{chart}-{name}"), &picture);
            assert!(empty_frame(&picture, palette.ground, 4), "{chart} {name}");
            assert!(count(&picture, palette.ink) > 200, "{chart} {name}");
        }
    }
}

#[test]
fn every_curve_is_seen_even_under_another() {
    let perfect = |label: &str| Curve::of(label, &sample(2.0));
    let chart = RocChart {
        language: Language::English,
        title: "Three that agree".to_owned(),
        curves: vec![perfect("a"), perfect("b"), perfect("c")],
    };
    let palette = Palette::LIGHT;
    let picture = chart.picture(&palette, 2.0).unwrap();
    keep("roc-agreeing", &picture);
    // The plot alone, without the legend: left of its right edge.
    let plot = image::imageops::crop_imm(&picture, 0, 0, 1000, picture.height()).to_image();
    for colour in &palette.series[..3] {
        assert!(count(&plot, *colour) > 500, "{colour:?}");
    }
}

#[test]
fn every_picture_is_a_dot() {
    let chart = ScoreChart {
        rows: vec![ScoreRow {
            label: "one set".to_owned(),
            members: vec![0.5; 7],
            hold_outs: vec![],
        }],
        threshold: None,
        ..spread()
    };
    // Dots of one score lie beside each other thanks to their stray, so they cover more than one does.
    let one = ScoreChart {
        rows: vec![ScoreRow {
            members: vec![0.5],
            ..chart.rows[0].clone()
        }],
        ..chart.clone()
    };
    let [seven, one] = [chart, one].map(|c| {
        count(
            &c.picture(&Palette::LIGHT, 2.0).unwrap(),
            Palette::LIGHT.member,
        )
    });
    assert!(seven > one + 200, "{seven} {one}");
}

#[test]
fn svg_holds_its_size_and_its_words() {
    let (width, height) = roc().size().unwrap();
    let svg = roc().svg(&Palette::PRINT).unwrap();
    assert!(svg.starts_with(&format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox="
    )));
    assert!(svg.trim_end().ends_with("</svg>"));
    for text in [
        "recovery.direction",
        "AUC (95 % interval)",
        "false-positive rate",
    ] {
        assert!(svg.contains(text), "{text}");
    }
    assert!(!svg.contains("any legend") && svg.contains('…'));
    assert_eq!(svg, roc().svg(&Palette::PRINT).unwrap());
    let svg = spread().svg(&Palette::DARK).unwrap();
    assert!(svg.contains("best threshold, in-sample") && svg.contains("van Gogh, seed 3"));
}

#[test]
fn names_of_strangers_cannot_break_out_of_the_svg() {
    let mut chart = roc();
    chart.curves[0].label = "</text><script>alert(1)</script>\u{0}".to_owned();
    let svg = chart.svg(&Palette::LIGHT).unwrap();
    assert!(!svg.contains("<script") && !svg.contains('\u{0}'));
}

#[test]
fn what_cannot_be_plotted_is_refused() {
    let palette = Palette::LIGHT;
    let empty = RocChart {
        language: Language::English,
        curves: vec![],
        ..roc()
    };
    assert!(matches!(empty.svg(&palette), Err(ChartError::Empty(_))));
    let many = RocChart {
        language: Language::English,
        curves: vec![roc().curves[0].clone(); 201],
        ..roc()
    };
    assert!(matches!(many.size(), Err(ChartError::TooMany(201))));
    for scale in [0.0, -1.0, f32::NAN, 1e9] {
        assert!(matches!(
            roc().picture(&palette, scale),
            Err(ChartError::Size { .. })
        ));
    }
    for bad in [f64::NAN, f64::INFINITY, -1e300] {
        let mut chart = spread();
        chart.rows[0].members[0] = bad;
        assert!(
            matches!(chart.svg(&palette), Err(ChartError::Value(_))),
            "{bad}"
        );
    }
    let mut chart = spread();
    (chart.rows, chart.threshold) = (vec![], None);
    assert!(matches!(chart.svg(&palette), Err(ChartError::Empty(_))));
}

#[test]
fn scores_of_any_scale_can_be_plotted() {
    for (value, spread_by) in [
        (0.0, 0.0),
        (1.0, 0.0),
        (1.0, 1e-15),
        (1e11, 1e-3),
        (-3e-7, 1e-8),
    ] {
        let chart = ScoreChart {
            rows: vec![ScoreRow {
                label: String::new(),
                members: vec![value, value + spread_by],
                hold_outs: vec![value],
            }],
            threshold: None,
            ..spread()
        };
        let picture = chart.picture(&Palette::LIGHT, 1.0).unwrap();
        assert!(
            count(&picture, Palette::LIGHT.member) > 10,
            "{value} {spread_by}"
        );
    }
}
