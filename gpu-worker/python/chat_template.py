"""The one place where a pair becomes tokens, for training just as the engine does it when it writes.

The engine renders the tokenizer's own chat template to text and encodes that without adding special tokens. This
does the same, so a prompt here is token for token what its chat endpoint reads. An empty system text means no system
message at all; the user's message is the template with `{{premise}}` filled in.
"""

import re
from dataclasses import dataclass

from transformers import PreTrainedTokenizerBase

PREMISE_PLACE = "{{premise}}"
_PROBE = "\ue0f0"

Messages = list[dict[str, str]]


@dataclass(frozen=True)
class Rendered:
    """`ids` of the whole conversation; `answer[i]` is True where the model is to learn `ids[i]`."""

    ids: list[int]
    answer: list[bool]


def messages_of(system: str, premise: str, user_template: str = PREMISE_PLACE) -> Messages:
    """What is sent to a chat endpoint for this premise."""
    opening = [{"role": "system", "content": system}] if system else []
    return [*opening, {"role": "user", "content": user_template.replace(PREMISE_PLACE, premise)}]


class ChatTemplate:
    """A tokenizer's chat template, with `end_token_id`: the special token it puts after an answer."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        specials = [token.content for token in tokenizer.added_tokens_decoder.values() if token.special]
        self._specials = _any_of(specials)
        # Stand-ins of private-use characters, see prompt_ids.
        self._hidden = {token: f"\ue0f1{index}\ue0f2" for index, token in enumerate(specials)}
        self._shown = {stand_in: token for token, stand_in in self._hidden.items()}
        self.end_token_id = self._find_end_token()

    def prompt_ids(self, messages: Messages) -> list[int]:
        """Tokens of the messages up to where the answer begins.

        A special token's text inside a message (`<|im_end|>` in a novel) stays text: the template's own special
        tokens are the only ones. Text without any is encoded as one whole, exactly as the engine does it.
        """
        if not any(self._specials.search(message["content"]) for message in messages):
            return self._encode(self._render(messages))
        # Hidden from the template's own tokens until the text is cut at those, then shown again piece by piece.
        hidden = [
            {**message, "content": self._specials.sub(lambda found: self._hidden[found[0]], message["content"])}
            for message in messages
        ]
        text, ids, reached = self._render(hidden), [], 0
        for found in self._specials.finditer(text):
            ids += self._encode_literally(text[reached : found.start()])
            ids.append(self._tokenizer.convert_tokens_to_ids(found[0]))
            reached = found.end()
        return ids + self._encode_literally(text[reached:])

    def answer_ids(self, passage: str) -> list[int]:
        """The passage's tokens, special tokens' texts as plain text, and the end token."""
        return [*self._encode_literally(passage), self.end_token_id]

    def pair(self, messages: Messages, passage: str) -> Rendered:
        """Prompt and answer as one sequence, with the mask of the answer."""
        prompt, answer = self.prompt_ids(messages), self.answer_ids(passage)
        return Rendered([*prompt, *answer], [False] * len(prompt) + [True] * len(answer))

    def _find_end_token(self) -> int:
        asked = [{"role": "user", "content": "?"}, {"role": "assistant", "content": _PROBE}]
        text = self._tokenizer.apply_chat_template(asked, tokenize=False, add_generation_prompt=False)
        following = self._specials.search(text.rpartition(_PROBE)[2])
        return self._tokenizer.convert_tokens_to_ids(following[0]) if following else self._tokenizer.eos_token_id

    def _render(self, messages: Messages) -> str:
        return self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)

    def _encode(self, text: str) -> list[int]:
        return self._tokenizer(text, add_special_tokens=False)["input_ids"]

    def _encode_literally(self, text: str) -> list[int]:
        if not text:
            return []
        text = re.sub("\ue0f1\\d+\ue0f2", lambda found: self._shown.get(found[0], found[0]), text)
        return self._tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]


def _any_of(words: list[str]) -> re.Pattern[str]:
    """Matches the longest of the words; nothing at all when there are none."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)")
