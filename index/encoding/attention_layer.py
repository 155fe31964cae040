"""The encoder's graph: vectors from its last layer, and label scores from its inner ones.

Imports torch; what is converted of it is run by `index.encoding.runtime` without.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch

from index.encoding.attention import Attention

if TYPE_CHECKING:
    from index.encoding.encoder import FloatMatrix

_NEVER = -1e4
"""Weight of padding before the softmax: nothing after it, and within bf16 and float16."""


class Pooled(torch.nn.Module):
    """Mean of the token vectors under the mask, to unit length, in the graph; behind it, with an
    attention, the label scores.
    """

    def __init__(self, transformer: Any, attention: Attention | None) -> None:
        super().__init__()
        self._transformer = transformer
        self._layers = attention.layers if attention else ()
        self._scores = LabelScores(attention) if attention else None

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor | tuple[torch.Tensor, torch.Tensor]:
        """float32 (n, dim), and (n, labels) with an attention."""
        found = self._transformer(
            input_ids, attention_mask=attention_mask, output_hidden_states=bool(self._layers)
        )
        tokens: torch.Tensor = found[0]
        mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1e-9)
        vectors = torch.nn.functional.normalize(mean, dim=1)
        if self._scores is None:
            return vectors
        states = torch.cat([found.hidden_states[layer] for layer in self._layers], dim=-1)
        return vectors, self._scores(states, mask)


def tokenized(tokenizer: Any, texts: Sequence[str], max_tokens: int) -> Any:
    """Token ids and mask of a batch of texts, int64 (n, tokens): padded to the longest text, and
    cut behind `max_tokens`.
    """
    return tokenizer(
        list(texts), padding=True, truncation=True, max_length=max_tokens, return_tensors="pt"
    )


def label_scores(
    graph: Pooled, tokenizer: Any, texts: Sequence[str], max_tokens: int
) -> FloatMatrix:
    """Label scores of a batch of texts, float32 (n, labels), by a graph that has an attention."""
    ids = tokenized(tokenizer, texts, max_tokens)
    with torch.inference_mode():
        _, scores = graph(ids["input_ids"], ids["attention_mask"])
    found: FloatMatrix = scores.numpy().astype("float32")
    return found


class LabelScores(torch.nn.Module):
    """An attention a label over token states; see `index.encoding.attention`."""

    def __init__(self, attention: Attention) -> None:
        super().__init__()

        def kept(name: str) -> torch.nn.Parameter:
            return torch.nn.Parameter(torch.from_numpy(getattr(attention, name)))

        self._projection, self._offset = kept("projection"), kept("offset")
        self._queries, self._values, self._bias = kept("queries"), kept("values"), kept("bias")

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """float32 (n, labels) of states (n, tokens, layers x d) and a mask (n, tokens, 1)."""
        hidden = torch.nn.functional.gelu(states @ self._projection.T + self._offset)
        weighed = hidden @ self._queries.T + (1 - mask) * _NEVER
        values = hidden @ self._values.T
        return (weighed.softmax(dim=1) * values).sum(dim=1) + self._bias
