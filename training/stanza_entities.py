"""Train Stanza's entity model with Stanza's own training code: the teacher of our networks' entity heads.

usage: python training/stanza_entities.py --corpora DIR --work DIR [--steps N] [--second]

Reads DIR/ner and WORK/glove.pt (vectors.py); writes WORK/ner.pt, the best on dev. Seeded; a run that was stopped is
begun again. --second goes on from the model of a first run at a lower rate, until dev stands still.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

SEED = "1234"


LONGEST = 24


def shortened(word: str) -> str:
    """A word of at most LONGEST characters: one web address in a batch makes every word as long as itself."""
    return word if len(word) <= LONGEST else word[: LONGEST // 2] + word[-LONGEST // 2 :]


def write_entities(corpora: Path, part: str, out: Path) -> Path:
    sentences = json.loads((corpora / "ner" / f"ww_{part}.json").read_text(encoding="utf8"))
    short = [[{**token, "text": shortened(token["text"])} for token in sentence] for sentence in sentences]
    out.write_text(json.dumps(short), encoding="utf8")
    return out


def shared(work: Path, kind: str) -> list[str]:
    return [
        "--cpu", "--seed", SEED, "--shorthand", "en_quotebank", "--wordvec_pretrain_file", str(work / "glove.pt"),
        "--save_dir", str(work), "--save_name", f"{kind}.pt",
    ]  # fmt: skip


def train(corpora: Path, work: Path, steps: int, *, second: bool) -> None:
    from stanza.models import ner_tagger

    first = []
    if second:  # Stanza takes the rate from the model that it begins with
        import torch

        model = torch.load(work / "ner.pt", weights_only=True)
        model["config"]["lr"] = 0.0007
        torch.save(model, work / "ner_begin.pt")
        first = ["--finetune", "--finetune_load_name", str(work / "ner_begin.pt")]
    ner_tagger.main([
        *shared(work, "ner"), "--train_file", str(write_entities(corpora, "train", work / "ner_train.json")),
        "--eval_file", str(write_entities(corpora, "dev", work / "ner_dev.json")),
        "--hidden_dim", "160", "--char_hidden_dim", "64", "--char_emb_dim", "32", "--word_emb_dim", "50",
        "--no_emb_finetune", "--dropout", "0.4", "--word_dropout", "0.02",
        "--optim", "adam", "--lr", "0.002", "--lr_decay", "0.5", "--patience", "0" if second else "2",
        "--batch_size", "32", *first,
        "--eval_interval", "435", "--max_steps", str(steps), "--max_steps_no_improve", "3500",
    ])  # fmt: skip


def pad_recurrences() -> None:
    """Let Stanza's LSTMs train on padded sequences: the same numbers, two to three times as fast on a CPU.

    PyTorch takes a packed sequence apart step by step, and the gradient of every step fills a tensor of the whole
    sequence. Padded, both directions go through the fused kernel; the backward one reads each sequence reversed
    within its own length, so that no padding is ever read before a word.
    """
    import torch
    from stanza.models.common.packed_lstm import PackedLSTM
    from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

    packed_forward = PackedLSTM.forward

    def forward(self, sequence, lengths, hx=None):  # type: ignore[no-untyped-def]
        lstm = self.lstm
        if not self.training or not isinstance(lstm, torch.nn.LSTM) or lstm.num_layers > 1:
            return packed_forward(self, sequence, lengths, hx)
        if not isinstance(sequence, PackedSequence):
            sequence = pack_padded_sequence(sequence, lengths, batch_first=self.batch_first)
        padded, sizes = pad_packed_sequence(sequence, batch_first=True)
        steps = torch.arange(padded.shape[1])[None, :]
        turned = torch.where(steps < sizes[:, None], sizes[:, None] - 1 - steps, steps)
        count = 2 if lstm.bidirectional else 1
        if hx is None:
            zeros = padded.new_zeros(count, padded.shape[0], lstm.hidden_size)
            hx = (zeros, zeros)
        outputs, last_h, last_c = [], [], []
        for direction in range(count):
            weights = lstm._flat_weights[direction * 4 : direction * 4 + 4]
            read = padded if direction == 0 else padded.gather(1, turned[:, :, None].expand_as(padded))
            first = (hx[0][direction : direction + 1].contiguous(), hx[1][direction : direction + 1].contiguous())
            out, _, c = torch.lstm(read, first, weights, True, 1, 0.0, True, False, True)
            last_h.append(out[torch.arange(len(sizes)), sizes - 1])
            last_c.append(c[0])
            outputs.append(out if direction == 0 else out.gather(1, turned[:, :, None].expand_as(out)))
        h, c = torch.stack(last_h), torch.stack(last_c)
        packed = pack_padded_sequence(
            torch.cat(outputs, 2), sizes, batch_first=True, enforce_sorted=sequence.sorted_indices is None
        )
        if self.pad:
            return pad_packed_sequence(packed, batch_first=self.batch_first)[0], (h, c)
        return packed, (h, c)

    PackedLSTM.forward = forward


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3500)
    parser.add_argument("--second", action="store_true", help="go on from the model of a first run at a lower rate")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    import torch

    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)  # the gradients of long LSTM chains go denormal, which is many times slower
    pad_recurrences()
    sys.argv = sys.argv[:1]
    train(args.corpora, args.work, args.steps, second=args.second)


if __name__ == "__main__":
    main()
