"""Puts a tokenizer of the SentencePiece kind into a folder: `python byte_fallback_tokenizer.py OUTPUT_DIR`.

As Gemma and Llama have it: no split into words, blanks as ▁, and bytes for what the vocabulary lacks.
"""

import sys

from test_model import sample_texts
from tokenizers import Tokenizer, decoders, models, normalizers, trainers
from transformers import PreTrainedTokenizerFast


def main() -> None:
    bpe = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    bpe.normalizer = normalizers.Replace(" ", "▁")
    bpe.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    trainer = trainers.BpeTrainer(
        vocab_size=2_500,
        special_tokens=["<pad>", "<eos>", "<unk>", *(f"<0x{byte:02X}>" for byte in range(256))],
        show_progress=False,
    )
    lines = (line for text in sample_texts() for line in text[:20_000].splitlines())
    bpe.train_from_iterator(lines, trainer)
    PreTrainedTokenizerFast(tokenizer_object=bpe, pad_token="<pad>", eos_token="<eos>", unk_token="<unk>").save_pretrained(sys.argv[1])


if __name__ == "__main__":
    main()
