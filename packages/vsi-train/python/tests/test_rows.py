import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from vsi_trainer.rows import read_rows


def write(folder: Path, *lines: str) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def row(*images: Path) -> str:
    return json.dumps(
        {"id": "a", "prompt": [{"role": "user", "content": "左?"}], "images": [str(path) for path in images]}
    )


def test_images_are_opened_when_a_row_is_taken_and_not_before(tmp_path):
    picture, late = tmp_path / "picture.png", tmp_path / "late.png"
    Image.new("RGB", (3, 2), "red").save(picture)
    rows = read_rows(write(tmp_path, row(picture, late), "", row(picture), ""))
    assert len(rows) == 2
    assert [image.size for image in rows[1]["images"]] == [(3, 2)]
    Image.new("RGB", (5, 4)).save(late)
    assert [image.size for image in rows[0]["images"]] == [(3, 2), (5, 4)]
    assert rows[0]["prompt"] == [{"role": "user", "content": "左?"}]


@pytest.mark.parametrize("line", ["[]", "null", "{}", '{"images": "a.png"}', '{"images": null}'])
def test_a_line_without_a_list_of_images_is_named(tmp_path, line):
    with pytest.raises(ValueError, match=r"rows\.jsonl:3: expected an object with a list of images"):
        read_rows(write(tmp_path, row(), "", line))


@pytest.mark.parametrize("lines", [[], ["", "  "]])
def test_a_file_without_rows_is_refused(tmp_path, lines):
    with pytest.raises(ValueError, match="got no rows"):
        read_rows(write(tmp_path, *lines))


def test_text_that_the_tokenizer_takes_for_a_special_token_is_named_with_its_question(tmp_path):
    added = {7: SimpleNamespace(content="<|image_pad|>", special=True), 8: SimpleNamespace(content="<think>", special=False)}
    tokenizer = SimpleNamespace(all_special_tokens=["<|im_end|>"], added_tokens_decoder=added)
    processor = SimpleNamespace(tokenizer=tokenizer, image_processor=SimpleNamespace(size=None), video_token="<video>")
    fine = row().replace(json.dumps("左?"), '"<think> how many <|tables|>?"')
    assert len(read_rows(write(tmp_path, fine), processor)) == 1
    for token in ("<|image_pad|>", "<|im_end|>", "<video>"):
        with pytest.raises(ValueError, match=r"rows\.jsonl:2: question a: got the text <.*special token"):
            read_rows(write(tmp_path, fine, row().replace(json.dumps("左?"), f'"Is the {token} left?"')), processor)
    answer = json.dumps({"id": "b", "prompt": [], "images": [], "chosen": [{"role": "assistant", "content": "<video>"}]})
    with pytest.raises(ValueError, match="question b"):
        read_rows(write(tmp_path, answer), processor)
