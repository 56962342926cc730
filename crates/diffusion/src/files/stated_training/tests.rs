//! Records that trainers write, nonsense and excess among them.

use super::*;

fn record(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries
        .iter()
        .map(|&(key, value)| (key.into(), value.into()))
        .collect()
}

#[test]
fn the_reference_file_says_all_that_it_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/reference/lora/sd1_kohya.safetensors");
    let stated = StatedTraining::read(&file).unwrap().unwrap();
    assert_eq!(stated.title.as_deref(), Some("Vincent hills"));
    assert_eq!(stated.base_model.as_deref(), Some("hills-base.safetensors"));
    assert_eq!(stated.base_autov1.as_deref(), Some("1a2b3c4d"));
    assert_eq!(
        stated.comment.as_deref(),
        Some("invented for a test; não é real")
    );
    assert_eq!(
        (stated.pictures, stated.pictures_with_repeats),
        (Some(20), Some(200))
    );
    assert_eq!((stated.steps, stated.epochs), (Some(2000), Some(10)));
    assert_eq!(stated.started, Some(1_714_972_000.25));
    let folder = StatedFolder {
        name: "10_sks style".into(),
        repeats: 10,
        pictures: 20,
    };
    assert_eq!(stated.folders, [folder]);
    let tags: Vec<_> = stated
        .tags
        .iter()
        .map(|tag| (tag.tag.as_str(), tag.count))
        .collect();
    assert_eq!(
        tags,
        [
            ("sks style", 20),
            ("hills", 14),
            ("night sky", 9),
            ("café", 3),
            ("a \"quoted\" tag", 1)
        ]
    );
    assert_eq!(stated.likely_prompt(), Some("sks style"));
    assert_eq!((stated.clip_skip, stated.augmentation.len()), (None, 0));
}

#[test]
fn newer_data_sets_are_read_too() {
    let stated = StatedTraining::of(&record(&[
        (
            "ss_datasets",
            r#"[{"subsets": [{"img_count": 12, "num_repeats": 3, "image_dir": "a"}, {"img_count": 5}],
                "tag_frequency": {"a": {"x": 2}, "b": {"x": 1, "y": 3}}}]"#,
        ),
        ("ss_flip_aug", "True"),
    ]));
    assert_eq!(stated.pictures, Some(17));
    assert_eq!(stated.folders.get(1).map(|folder| folder.repeats), Some(1));
    assert_eq!(stated.tags.len(), 2);
    assert!(stated.tags.iter().all(|tag| tag.count == 3));
    assert_eq!(stated.augmentation, ["mirrored"]);
}

#[test]
fn nonsense_is_left_out_and_excess_cut() {
    let nested = "[".repeat(1 << 16);
    let many: Map<String, Value> = (0..5000_u64)
        .map(|i| (format!("tag {i}"), i.into()))
        .collect();
    let many = serde_json::json!({ "f": many }).to_string();
    let long = "x".repeat(1 << 16);
    for (dirs, frequency) in [
        (nested.as_str(), nested.as_str()),
        ("3", "[1]"),
        ("{\"a\": 1}", "{\"a\": {\"b\": -1}}"),
    ] {
        let stated = StatedTraining::of(&record(&[
            ("ss_dataset_dirs", dirs),
            ("ss_tag_frequency", frequency),
            ("ss_steps", "1e999"),
            ("ss_training_started_at", "inf"),
            ("ss_sd_model_name", "None"),
        ]));
        assert_eq!(stated, StatedTraining::default(), "{dirs}");
    }
    let stated = StatedTraining::of(&record(&[
        ("ss_tag_frequency", &many),
        ("modelspec.title", &long),
    ]));
    assert_eq!(
        (stated.tags.len(), stated.tags_left_out),
        (TAGS, 5000 - TAGS as u64)
    );
    assert_eq!(
        stated.tags.first().map(|tag| tag.tag.as_str()),
        Some("tag 4999")
    );
    assert_eq!(stated.title.unwrap().len(), TEXT);
}
