//! Settings kept, damaged, of other versions, and of several windows.

use super::*;

#[test]
fn what_is_kept_comes_back_and_what_is_damaged_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let store = PreferencesFile::within(folder.path());
    let mut kept = Preferences::default();
    kept.set_up.prompt = "sks style".into();
    kept.remember_case(Path::new("/a"));
    kept.remember_case(Path::new("/b"));
    kept.remember_case(Path::new("/a"));
    store.save(&Preferences::default(), &kept).unwrap();
    assert_eq!(store.load(), (kept.clone(), None));
    assert_eq!(kept.recent_cases, [Path::new("/a"), Path::new("/b")]);

    fs::write(folder.path().join(FILE), b"{\"scale\": ").unwrap();
    assert_eq!(store.window_place(), None);
    let (loaded, notice) = store.load();
    assert_eq!(loaded, Preferences::default());
    assert!(notice.unwrap().contains("set aside"));
    assert!(folder.path().join("settings.damaged.json").exists());
}

#[test]
fn a_value_that_is_not_understood_is_left_out_alone_and_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = PreferencesFile::within(folder.path());
    let text = serde_json::json!({
        "theme": "dark",
        "from_the_future": 1,
        "window": {"position": null, "size": [800.0], "maximised": false},
        "set_up": {
            "prompt": "sks style",
            "masks": ["half", "spiral:7"],
            "preset": "thorough",
            "inquiry": {"repeats": "three", "self_test": true},
        },
    });
    fs::write(folder.path().join(FILE), text.to_string()).unwrap();
    let (kept, notice) = store.load();
    assert_eq!(kept.theme, Theme::Dark);
    assert_eq!(kept.set_up.prompt, "sks style");
    assert_eq!(
        kept.set_up.masks,
        [palimpsest_method::mask::Mask::RightHalf]
    );
    assert!(kept.set_up.inquiry.self_test);
    assert_eq!((kept.window, kept.set_up.inquiry.repeats), (None, 1));
    let notice = notice.unwrap();
    for name in [
        "set_up.masks[1]",
        "set_up.preset",
        "set_up.inquiry.repeats",
        "window",
    ] {
        assert!(notice.contains(name), "{notice}");
    }
    assert!(!notice.contains("theme"), "{notice}");
    // The file as it was is there for whoever wants it back, and what is of another version stays.
    let copy = fs::read_to_string(folder.path().join("settings.damaged.json")).unwrap();
    assert!(copy.contains("spiral:7"));
    let file = fs::read_to_string(folder.path().join(FILE)).unwrap();
    assert!(
        file.contains("from_the_future") && !file.contains("spiral"),
        "{file}"
    );
    assert_eq!(store.load(), (kept, None));
}

#[test]
fn two_windows_keep_what_each_of_them_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = PreferencesFile::within(folder.path());
    let first = Preferences::default();
    store.save(&first, &first).unwrap();
    let (mut one, mut two) = (store.load().0, store.load().0);
    let before = one.clone();
    one.theme = Theme::Light;
    one.set_up.prompt = "one".into();
    one.set_up.pretrained = Some("/models/one".into());
    one.remember_case(Path::new("/cases/one"));
    store.save(&before, &one).unwrap();
    two.scale = 1.2;
    two.pace.insert("machine".into(), 2.0);
    two.set_up.finetuned = Some("/models/two".into());
    two.remember_case(Path::new("/cases/two"));
    store.save(&before, &two).unwrap();
    let (kept, notice) = store.load();
    assert_eq!(notice, None);
    assert_eq!((kept.theme, kept.scale), (Theme::Light, 1.2));
    assert_eq!(kept.set_up.prompt, "one");
    // Models that were chosen together stay together.
    assert_eq!(kept.set_up.pretrained, None);
    assert_eq!(kept.set_up.finetuned, Some("/models/two".into()));
    let recent = [Path::new("/cases/two"), Path::new("/cases/one")];
    assert_eq!(kept.recent_cases, recent);
    // One that is closed without having changed anything takes nothing back.
    store.save(&one, &one).unwrap();
    assert_eq!(store.load().0, kept);
}

#[test]
fn windows_that_write_at_one_moment_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = PreferencesFile::within(folder.path());
    std::thread::scope(|scope| {
        for window in 0..4 {
            let store = store.clone();
            scope.spawn(move || {
                let mut before = store.load().0;
                for number in 0..5 {
                    let mut now = before.clone();
                    now.pace.insert(format!("{window}, {number}"), 1.0);
                    store.save(&before, &now).unwrap();
                    before = now;
                }
            });
        }
    });
    assert_eq!(store.load().0.pace.len(), 20);
}

#[test]
fn a_recent_case_is_there_once_by_its_absolute_path() {
    let folder = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(folder.path()).unwrap();
    let case = folder.join("case");
    fs::create_dir(&case).unwrap();
    let mut kept = Preferences::default();
    kept.remember_case(&folder.join("case/../case"));
    kept.remember_case(&case);
    kept.remember_case(Path::new("src"));
    let here = fs::canonicalize("src").unwrap();
    assert_eq!(kept.recent_cases, [here, case.clone()]);
    // As a version before left them.
    let before = [Path::new("relative"), &case, &folder.join("case/.")];
    let text = serde_json::json!({ "recent_cases": before }).to_string();
    fs::write(folder.join(FILE), text).unwrap();
    let (kept, _) = PreferencesFile::within(&folder).load();
    assert_eq!(kept.recent_cases, [case]);
}

#[test]
fn a_file_of_another_version_keeps_what_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let text = br#"{"scale": 40, "theme": "dark", "from_the_future": 1}"#;
    fs::write(folder.path().join(FILE), text).unwrap();
    let (kept, notice) = PreferencesFile::within(folder.path()).load();
    assert_eq!((kept.theme, kept.scale, notice), (Theme::Dark, 1.0, None));
}

#[test]
fn a_file_that_was_damaged_meanwhile_is_set_aside_before_another_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = PreferencesFile::within(folder.path());
    let before = store.load().0;
    fs::write(folder.path().join(FILE), "{\"pace\": {\"mine").unwrap();
    let mut now = before.clone();
    now.theme = Theme::Dark;
    store.save(&before, &now).unwrap();
    assert_eq!(store.load(), (now.clone(), None));
    let aside = folder.path().join("settings.damaged.json");
    assert_eq!(fs::read_to_string(&aside).unwrap(), "{\"pace\": {\"mine");

    // Where it cannot be set aside nothing is written.
    fs::remove_file(&aside).unwrap();
    fs::create_dir(&aside).unwrap();
    fs::write(folder.path().join(FILE), "{").unwrap();
    store.save(&before, &now).unwrap_err();
    assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), "{");
}

#[test]
fn where_a_file_cannot_be_kept_as_it_was_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let store = PreferencesFile::within(folder.path());
    fs::write(folder.path().join(FILE), r#"{"theme": "mauve"}"#).unwrap();
    fs::create_dir(folder.path().join("settings.damaged.json")).unwrap();
    let notice = store.load().1.unwrap();
    assert!(notice.contains("could not be kept"), "{notice}");
}
