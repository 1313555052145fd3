"""The training loop: seeded, resumable, with a moving average of the weights."""

from __future__ import annotations

import copy
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import fmean
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import PreTrainedTokenizerBase

from analyzer.decoding import tag_spans
from analyzer.geometry import link_geometry
from analyzer.model import LINKS, CommuniqueModel
from training.batches import IGNORED, TrainingBatch, epoch_batches, link_items, make_batch, stance_items
from training.config import ConfigurationError, TrainingConfiguration
from training.examples import Example
from training.losses import crf_loss, evidence_loss, word_loss

CHECKPOINT = "checkpoint.pt"
LOG = "log.jsonl"
STEPS_PER_RECORD = 20
_MAY_CHANGE = {"checkpoint_steps"}
"""Keys of the configuration that have no effect on what is learned."""


class Trainer:
    """Trains *model* in place on *examples*; *folder* takes the checkpoint and the log."""

    def __init__(
        self,
        model: CommuniqueModel,
        tokenizer: PreTrainedTokenizerBase,
        examples: Sequence[Example],
        configuration: TrainingConfiguration,
        folder: Path,
    ) -> None:
        self.model, self.tokenizer, self.examples = model, tokenizer, examples
        self.configuration, self.folder = configuration, folder
        self.average = copy.deepcopy(model).eval()
        self.optimizer = torch.optim.AdamW(
            _parameter_groups(model, configuration), betas=(0.9, 0.98), fused=True
        )
        self.step = 0
        self._base_rates = [group["lr"] for group in self.optimizer.param_groups]
        self._batches_per_epoch = len(self._epoch(0))
        self._total = configuration.epochs * self._batches_per_epoch
        folder.mkdir(parents=True, exist_ok=True)

    def resume(self) -> bool:
        """Go on from the folder's checkpoint, if there is one; whether there was.

        Raises ConfigurationError if it is of a run with another configuration.
        """
        path = self.folder / CHECKPOINT
        if not path.exists():
            return False
        state = torch.load(path, weights_only=True)
        self._check_same_run(state.get("configuration", {}))
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = int(state["step"])
        return True

    def run(self) -> Iterator[dict[str, Any]]:
        """Train to the end, yielding every ``STEPS_PER_RECORD`` steps a record of the losses and the remaining time.

        In the end ``average`` is the trained model. The log has the same records, each step once, whatever the
        number of interruptions.
        """
        self.model.train()
        self._cut_log()
        done, begun, recent = self.step, time.monotonic(), list[dict[str, float]]()
        for batch in self._remaining_batches():
            recent.append(self._train_step(batch))
            self.step += 1
            if self.step % STEPS_PER_RECORD == 0:
                rate = (time.monotonic() - begun) / (self.step - done)
                record = {
                    "step": self.step,
                    "of": self._total,
                    "epoch": round(self.step / self._batches_per_epoch, 2),
                    **_means(recent),
                    "minutes_left": round(rate * (self._total - self.step) / 60, 1),
                }
                self._log(record)
                recent.clear()
                yield record
            if self.step % self.configuration.checkpoint_steps == 0:
                self._save_checkpoint()
        self._save_checkpoint()

    def _epoch(self, epoch: int) -> list[Any]:
        return epoch_batches(self.examples, self.tokenizer, self.configuration, epoch)

    def _remaining_batches(self) -> Iterator[TrainingBatch]:
        seen = 0
        for epoch in range(self.configuration.epochs):
            if seen + self._batches_per_epoch <= self.step:
                seen += self._batches_per_epoch
                continue
            rows_of_batches = self._epoch(epoch)
            # Cuts differ from epoch to epoch, and with them the number of batches by one or two.
            for number in range(self._batches_per_epoch):
                if seen >= self.step:
                    yield make_batch(rows_of_batches[number % len(rows_of_batches)], self.tokenizer)
                seen += 1

    def _train_step(self, batch: TrainingBatch) -> dict[str, float]:
        # Seeding every step by its number makes a resumed run draw the same dropout as an unbroken one.
        torch.manual_seed(self.configuration.seed * 1_000_003 + self.step)
        self._set_rates()
        losses = self._losses(batch)
        settings = self.configuration
        weights = {
            "tag": 1.0,
            "link": settings.link_weight,
            "stance": settings.stance_weight,
            "evidence": settings.evidence_weight,
        }
        loss = torch.stack([weights[name] * value for name, value in losses.items()]).sum()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.configuration.clip)
        self.optimizer.step()
        self._update_average()
        return {name: value.item() for name, value in losses.items()}

    def _losses(self, batch: TrainingBatch) -> dict[str, Tensor]:
        inputs = batch.inputs
        tensors = inputs.tensors()
        tensors["ids"] = self._mask_pieces(tensors["ids"])
        with torch.autocast("cpu", torch.bfloat16, enabled=self.configuration.precision == "bfloat16"):
            hidden = self.model.encode(**tensors)
        hidden = hidden.float()
        emissions = self.model.emissions(hidden)
        mask = torch.from_numpy(inputs.word_mask)
        tags = torch.from_numpy(batch.tags)
        tag_loss = crf_loss(emissions, self.model.transitions, tags, mask)
        tag_loss = tag_loss + self.configuration.word_weight * word_loss(emissions, tags, mask)
        link_loss = self._link_loss(batch, hidden, emissions.detach().argmax(-1).numpy())
        return {"tag": tag_loss, "link": link_loss, **self._stance_losses(batch, hidden)}

    def _mask_pieces(self, ids: Tensor) -> Tensor:
        masked = torch.rand(ids.shape) < self.configuration.mask_pieces
        masked &= ~torch.isin(ids, torch.tensor(self.tokenizer.all_special_ids))
        return ids.masked_fill(masked, self.tokenizer.mask_token_id or self.tokenizer.unk_token_id)

    def _link_loss(self, batch: TrainingBatch, hidden: Tensor, predicted: Any) -> Tensor:
        terms: dict[str, list[Tensor]] = {name: [] for name in LINKS}
        for row, (example, window) in enumerate(batch.rows):
            count = window.last - window.first
            cues = len(example.spans["cue"])
            hidden_cues = set((torch.rand(cues) < self.configuration.hide_cues).nonzero().flatten().tolist())
            items = link_items(example, window, tag_spans(predicted[row, :count]), hidden_cues)
            paragraph = example.words.paragraph[window.first : window.last]
            represented = {
                part: self.model.represent_spans(hidden[row, :count], torch.from_numpy(spans))
                for part, spans in items.spans.items()
            }
            for name, (chooser, candidate) in LINKS.items():
                labels = torch.from_numpy(items.labels[name])
                if not (labels != IGNORED).any():
                    continue
                geometry = link_geometry(items.spans[chooser], items.spans[candidate], paragraph)
                scores = self.model.links[name](
                    represented[chooser], represented[candidate], torch.from_numpy(geometry)
                )
                terms[name].append(
                    functional.cross_entropy(scores, labels, ignore_index=IGNORED, reduction="none")[
                        labels != IGNORED
                    ]
                )
        means = [torch.cat(values).mean() for values in terms.values() if values]
        return torch.stack(means).sum() if means else hidden.sum() * 0.0

    def _stance_losses(self, batch: TrainingBatch, hidden: Tensor) -> dict[str, Tensor]:
        """Cross-entropy of the stance's label and of each word being evidence, per quotation that has a stance.

        Empty where the batch shows none.
        """
        labels, evidence = [], []
        count = 0
        for row, (example, window) in enumerate(batch.rows):
            items = stance_items(example, window)
            if not len(items.labels):
                continue
            count += len(items.labels)
            logits, scores = self.model.stance(
                self.model.dropout(hidden[row]), torch.from_numpy(items.words), torch.from_numpy(items.parts)
            )
            labels.append(functional.cross_entropy(logits, torch.from_numpy(items.labels), reduction="sum"))
            evidence.append(evidence_loss(scores, torch.from_numpy(items.evidence)))
        if not count:
            return {}
        return {"stance": torch.stack(labels).sum() / count, "evidence": torch.stack(evidence).sum() / count}

    def _set_rates(self) -> None:
        warmup = max(1, round(self.configuration.warmup * self._total))
        factor = min((self.step + 1) / warmup, (self._total - self.step) / max(1, self._total - warmup))
        for group, base in zip(self.optimizer.param_groups, self._base_rates, strict=True):
            group["lr"] = base * factor

    @torch.no_grad()
    def _update_average(self) -> None:
        decay = min(self.configuration.averaging, (self.step + 1) / (self.step + 10))
        for average, current in zip(self.average.parameters(), self.model.parameters(), strict=True):
            average.lerp_(current, 1 - decay)

    def _save_checkpoint(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "configuration": asdict(self.configuration),
        }
        temporary = self.folder / f"{CHECKPOINT}.part"
        torch.save(state, temporary)
        temporary.replace(self.folder / CHECKPOINT)

    def _check_same_run(self, saved: dict[str, Any]) -> None:
        own = asdict(self.configuration)
        differing = [key for key in own.keys() | saved.keys() if own.get(key) != saved.get(key)]
        if keys := sorted(set(differing) - _MAY_CHANGE):
            raise ConfigurationError(
                f"{self.folder}: the checkpoint there is of a run with another {', '.join(keys)}; go on with that "
                "run's configuration, or delete the folder or name another --output to begin anew"
            )

    def _cut_log(self) -> None:
        """Drop the records of steps after the one from which training goes on: they come again."""
        path = self.folder / LOG
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            # One record is added every STEPS_PER_RECORD steps.
            path.write_text("".join(lines[: self.step // STEPS_PER_RECORD]), encoding="utf-8")

    def _log(self, record: dict[str, Any]) -> None:
        with (self.folder / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(record) + "\n")


def _means(losses: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of each loss over the steps that had it."""
    names = dict.fromkeys(name for of_step in losses for name in of_step)
    return {name: round(fmean(of[name] for of in losses if name in of), 4) for name in names}


def _parameter_groups(model: CommuniqueModel, configuration: TrainingConfiguration) -> list[dict[str, Any]]:
    """One group for each depth and whether it decays: biases, norms and the transitions do not."""
    layers = int(model.encoder.config.num_hidden_layers)
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("encoder."):
            match = re.search(r"\.layer\.(\d+)\.", name)
            depth = layers - (int(match.group(1)) + 1 if match else 0)
            rate = configuration.encoder_rate * configuration.layer_decay**depth
        else:
            rate = configuration.head_rate
        decay = configuration.weight_decay if parameter.ndim > 1 and name != "transitions" else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "weight_decay": decay}
        for (rate, decay), parameters in groups.items()
    ]
