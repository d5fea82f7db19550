# Two commands on a fresh machine: `make demo` and `make test`. Everything happens in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg

.PHONY: help demo test lint types unit bench bench-explorer pictures explorer models clean

help:
	@echo "make demo    install, build the graph of the seeds, ask three questions   安装、建图、提三个问题"
	@echo "make test    install what tests need and run them                         安装测试依赖并运行测试"
	@echo "make models  learn the models again from seeds/corpus                     由语料重新训练模型"
	@echo "make bench   measure speed and the score on held-out articles             测量速度与留出集得分"
	@echo "make bench-explorer   measure the graph page beside pyvis, 200 to 100,000 nodes  测量图谱网页"
	@echo "make pictures  photograph the demo graph for the README                   为说明文档截图"
	@echo "make explorer  bundle the vendored SPARQL engine again (needs npm)        重新打包 SPARQL 引擎"

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

bench-explorer: $(BIN)/.tested
	$(BIN)/python benchmarks/explorer.py

pictures: $(BIN)/.tested
	$(KG) build seeds/pages -o out
	$(BIN)/python benchmarks/screenshot.py

# The bundle is committed, so that neither building nor installing needs npm.
VENDOR := kg/explore/vendor
explorer:
	rm -rf build/vendor && mkdir -p build/vendor && cp $(VENDOR)/package.json $(VENDOR)/entry.js build/vendor/
	cd build/vendor && npm install --silent --no-audit --no-fund
	cd build/vendor && npx esbuild entry.js --bundle --format=iife --global-name=oxigraph --minify \
		'--define:import.meta.url="about:blank"' --outfile=oxigraph.js --log-level=warning
	gzip -9 -n -c build/vendor/node_modules/oxigraph/web_bg.wasm > $(VENDOR)/oxigraph.wasm.gz
	cp build/vendor/oxigraph.js $(VENDOR)/oxigraph.js

clean:
	rm -rf $(VENV) build *.egg-info
