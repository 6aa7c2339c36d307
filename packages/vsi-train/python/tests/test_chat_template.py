import pytest
from PIL import Image
from vsi_trainer.chat_template import check_chat_template
from vsi_trainer.shapes import shape_config, shape_processor
from vsi_trainer.tiny_model import CHAT_TEMPLATE

# As Qwen3-VL-Thinking's ends.
THINKING = CHAT_TEMPLATE.replace("assistant\n{% endif %}", "assistant\n<think>\n{% endif %}")
# As Qwen3's treats an answer: what stands before </think> is taken out.
STRIPPING = CHAT_TEMPLATE.replace(
    "{% elif 'text' in part %}{{ part['text'] }}", "{% elif 'text' in part %}{{ part['text'].split('</think>')[-1] }}"
)
TAGGED = "<think>I count two.</think><answer>2</answer>"


@pytest.fixture(scope="module")
def processor():
    return shape_processor(shape_config("tiny"))


def row(**own) -> dict:
    return {"prompt": [{"role": "user", "content": "How many?"}], "images": [Image.new("RGB", (56, 56))], **own}


def answers(text: str) -> list[dict]:
    return [{"role": "assistant", "content": text}]


def test_a_template_that_opens_the_tags_itself_is_refused_where_tags_are_rewarded(processor):
    check_chat_template(processor, row(mode="think"))
    processor.chat_template = THINKING
    check_chat_template(processor, row(mode="vanilla"))
    with pytest.raises(ValueError, match=r"^--model: its chat template ends the prompt with <think>, got --mode think"):
        check_chat_template(processor, row(mode="think"))
    processor.chat_template = CHAT_TEMPLATE


def test_a_template_that_rewrites_answers_is_refused(processor):
    given = row(completion=answers(TAGGED))
    check_chat_template(processor, given)
    # Neither the row's messages nor its images are touched.
    assert given["prompt"] == [{"role": "user", "content": "How many?"}]
    processor.chat_template = STRIPPING
    check_chat_template(processor, row(completion=answers("2")))
    for given in (row(completion=answers(TAGGED)), row(chosen=answers("2"), rejected=answers(TAGGED))):
        with pytest.raises(ValueError, match=r"^--model: its chat template does not keep the answer '<think>"):
            check_chat_template(processor, given)
    processor.chat_template = CHAT_TEMPLATE
