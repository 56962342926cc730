//! PyTorch's files: as `torch.save` writes them (`make_pickles.py`), and made to do harm.

use std::io::Write;

use half::f16;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::Weights;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::model_files::{open, reference, refused};

#[test]
fn pickles_are_read() {
    for name in ["pickles/flat.bin", "pickles/nested.ckpt"] {
        let weights = Weights::open(&[reference(name)]).unwrap();
        let values = |name: &str, shape: &[usize]| {
            let parameter = weights.parameter(name, shape).unwrap();
            assert!(parameter.is_mapped());
            parameter.values().to_vec()
        };
        assert_eq!(weights.names().count(), 8);
        assert_eq!(values("a.weight", &[2, 3]), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(
            values("half", &[3]),
            [1.5, -2.25, f16::from_f32(0.1).to_f32()]
        );
        assert_eq!(values("brain", &[3]), [1.0, 2.0, 3.0]);
        assert_eq!(values("double", &[2]), [0.1, 0.2]);
        assert_eq!(values("view", &[3]), [2.0, 3.0, 4.0]);
        assert_eq!(values("parameter", &[1, 2]), [1.0, 1.0]);
        for (name, shape) in [("position_ids", [1, 4]), ("transposed", [3, 2])] {
            let error = weights.parameter(name, &shape).unwrap_err();
            assert!(
                matches!(error, ModelError::UnsupportedDtype { .. }),
                "{error}"
            );
        }
    }
}

/// A file as `torch.save` writes it, with this pickle and one block of eight bytes.
fn archive(pickle: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in [("m/data.pkl", pickle), ("m/data/0", &[0; 8])] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A pickle of one single-precision tensor `w`: offset, dimensions and strides as opcodes.
fn tensor_pickle(block: u8, offset: &[u8], shape: &[u8], strides: &[u8]) -> Vec<u8> {
    let text = |text: &[u8]| [b"X", &(text.len() as u32).to_le_bytes()[..], text].concat();
    let parts: [&[u8]; 17] = [
        b"\x80\x02}(",
        &text(b"w"),
        b"ctorch._utils\n_rebuild_tensor_v2\n(",
        b"(",
        &text(b"storage"),
        b"ctorch\nFloatStorage\n",
        &text(&[block]),
        &text(b"cpu"),
        b"K\x02",
        b"tQ",
        offset,
        shape,
        strides,
        b"\x89",
        b"}",
        b"tR",
        b"u.",
    ];
    parts.concat()
}

#[test]
fn tensors_stay_inside_their_numbers() {
    let (zero, two, one) = (b"K\x00", b"K\x02\x85", b"K\x01\x85");
    let good = open(&archive(&tensor_pickle(b'0', zero, two, one)), "m.ckpt").unwrap();
    assert_eq!(*good.parameter("w", &[2]).unwrap().values(), [0.0, 0.0]);
    let vast = b"\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f";
    let square = [&vast[..], vast, b"\x86"].concat();
    for (what, pickle) in [
        (
            "more numbers than there are",
            tensor_pickle(b'0', zero, b"K\x03\x85", one),
        ),
        (
            "an offset behind them",
            tensor_pickle(b'0', b"K\x01", two, one),
        ),
        ("a vast offset", tensor_pickle(b'0', vast, two, one)),
        (
            "a vast shape",
            tensor_pickle(b'0', zero, &square, b"K\x01K\x01\x86"),
        ),
        (
            "a block that is not there",
            tensor_pickle(b'7', zero, two, one),
        ),
        (
            "a block outside the folder",
            tensor_pickle(b'/', zero, two, one),
        ),
        (
            "a negative size",
            tensor_pickle(b'0', zero, b"J\xff\xff\xff\xff\x85", one),
        ),
        (
            "a shape that is no tuple",
            tensor_pickle(b'0', zero, b"K\x02", one),
        ),
    ] {
        let error = refused(&archive(&pickle), "m.ckpt");
        assert!(
            matches!(error, ModelError::Damaged { .. }),
            "{what}: {error}"
        );
    }
}

#[test]
fn hostile_pickles_are_refused_without_harm() {
    let tuples = |count| [b"\x80\x02)".to_vec(), vec![0x85; count], b".".to_vec()].concat();
    // Each of these pairs holds the one before twice: as copies, 2^200 values.
    let doubled = [
        b"\x80\x02)".to_vec(),
        b"q\x00h\x00\x86".repeat(200),
        b".".to_vec(),
    ]
    .concat();
    // A list that holds itself.
    let circle = b"\x80\x02]q\x00h\x00a.".to_vec();
    for (what, pickle) in [
        ("no pickle", Vec::new()),
        ("deep nesting", tuples(2_000_000)),
        ("exponential sharing", doubled),
        ("a circle", circle),
        (
            "a text longer than the file",
            b"\x80\x02X\xff\xff\xff\xff.".to_vec(),
        ),
        ("an empty stack", b"\x80\x02.".to_vec()),
        ("a mark that is not there", b"\x80\x02t.".to_vec()),
        ("a mark above the stack", b"\x80\x02)(00t.".to_vec()),
        ("a value that was not stored", b"\x80\x02h\x09.".to_vec()),
        (
            "a long of 255 bytes",
            [&b"\x80\x02\x8a\xff"[..], &[1; 255], b"."].concat(),
        ),
        (
            "a tensor without arguments",
            b"\x80\x02}X\x01\x00\x00\x00wctorch._utils\n_rebuild_tensor_v2\n)Rs.".to_vec(),
        ),
        ("more than any model needs", vec![b')'; 9 << 20]),
        ("an unknown opcode", b"\x80\x02\xff.".to_vec()),
    ] {
        let error = refused(&archive(&pickle), "m.bin");
        assert!(
            matches!(error, ModelError::Damaged { .. }),
            "{what}: {error}"
        );
    }
    let call = b"\x80\x02cos\nsystem\nX\x04\x00\x00\x00true\x85R.";
    let error = refused(&archive(call), "m.bin");
    assert!(matches!(error, ModelError::PickleCalls { .. }), "{error}");
    assert!(error.to_string().contains("os.system"), "{error}");
    let empty = ZipWriter::new(std::io::Cursor::new(Vec::new()))
        .finish()
        .unwrap();
    refused(&empty.into_inner(), "m.bin");
}
