# Two commands on a fresh machine: `make demo` and `make test`. Everything happens in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg

.PHONY: help demo test lint types unit bench models clean

help:
	@echo "make demo    install, build the graph of the seeds, ask three questions   安装、建图、提三个问题"
	@echo "make test    install what tests need and run them                         安装测试依赖并运行测试"
	@echo "make models  learn the models again from seeds/corpus                     由语料重新训练模型"
	@echo "make bench   measure speed and the score on held-out articles             测量速度与留出集得分"

$(BIN)/.installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(BIN)/.tested: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

demo: $(BIN)/.installed
	$(KG) build seeds/pages -o out
	@echo && echo "== 联合党委由谁组成？ Who are the members of joint committees?"
	$(KG) query --name joint-committee-members
	@echo && echo "== 合肥高新区有哪些产业链？ Which industry chains does the zone have?"
	$(KG) query --name zone-chains --param zone=合肥高新区
	@echo && echo "== 合肥高新区有哪些数据？ Which figures are reported of the zone?"
	$(KG) query --name zone-figures --param zone=合肥高新区
	@echo && echo "用浏览器打开 Open in a browser: out/graph.html"

test: lint types unit

lint: $(BIN)/.tested
	$(BIN)/ruff check .

types: $(BIN)/.tested
	$(BIN)/mypy

unit: $(BIN)/.tested
	$(BIN)/python -m pytest

models: $(BIN)/.installed
	$(KG) train seeds/corpus

bench: $(BIN)/.tested
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) build *.egg-info
