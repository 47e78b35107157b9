# One list of verbs; `make` prints it. Everything sets itself up on a machine with Python 3.11+, venv, pip and make.

CORE := birthday-prompt false-birthday letters-to-wall time-displacement
SAMPLED := wall-sobol wall-morris
PLAYED := $(CORE:%=%-sampled)
CROSSED := cultures cultures-contents cultures-attention
EXPLAINED := cultures minority community-sharing ephemeral-status redefine-or-import
CULTURES := $(CROSSED) minority minority-homes minority-long $(filter-out $(CROSSED) minority,$(EXPLAINED))
REGION := region flips stretches splits
JOBS ?=
SIZE ?= default
STUDY ?= scenarios/birthday-prompt.toml
DIR ?= results/cultures
PAIRS ?= us,china us,japan us,india

SIM := .venv/bin/sim
READY := .venv/ready
SOURCES := $(shell find sim -name '*.py')
export SIM_STORE ?= results/.grown
unexport PYTHONDONTWRITEBYTECODE  # every worker would compile every module again

# What somebody gives is text: make would expand it, and run the commands in it, whenever it is used or handed to a program
$(foreach name,STUDY DIR PAIRS SIZE JOBS CLUSTER YES ALL PEERS BEFORE SIM_STORE,$(eval override $(name) := $$(value $(name))))
override SIZE := $(strip $(SIZE))

ifneq ($(filter-out quick default full,$(SIZE))$(words $(SIZE)),1)
$(error SIZE=$(SIZE): one of quick, default, full)
endif
$(foreach name,STUDY DIR PAIRS,$(if $(strip $($(name))),,$(error $(name)= is empty: give it a value, or leave it out)))

STUDIES := $(CORE) $(if $(ALL),verdict-regions $(SAMPLED) $(PLAYED))

# A variable as one word of the shell, whatever it holds: $(call quoted,STUDY)
define NEWLINE


endef
quoted = $(if $(findstring $(NEWLINE),$(value $1)),$(error $1 has a line end, which make cannot hand on),'$(subst ','\'',$(value $1))')
SOME_JOBS = $(if $(value JOBS),--jobs $(call quoted,JOBS)) $(if $(YES),--yes)
ASKED = --size $(SIZE) $(SOME_JOBS) $(if $(value CLUSTER),--cluster $(call quoted,CLUSTER)) -- $(call quoted,STUDY)

.PHONY: help setup figures test check docs sweep compare report play region why profiles cultures announced durability agreement pairing bench bench-peers bench-before bench-scaling baseline publish clean
.DELETE_ON_ERROR:
.NOTPARALLEL:  # goals in the order given: compare after sweep; each of them uses all cores by itself
.SECONDARY:

help:
	@echo 'make setup      the environment, in .venv (the others do it when needed)'
	@echo 'make figures    the core studies, their verdicts and figures     SIZE=quick|default|full  JOBS=2  ALL=1 for all, with regions and reasons'
	@echo '                YES=1 starts also what takes hours, or more memory than there is'
	@echo 'make cultures   the nine studies of cultures, published: about 14 hours on two cores; may be stopped and started again'
	@echo '                needs YES=1. A first look: SIZE=quick, half an hour, no regions, reasons, splits or ranges  PAIRS=us,china'
	@echo 'make test       checks and tests                                 ALL=1 those in a browser, of the wheel, of the site and of more figures, too'
	@echo 'make check      scenario files, style, import contracts, types'
	@echo 'make docs       these pages as a site, in build/site'
	@echo 'make sweep      run what is missing of one study                 STUDY=scenarios/x.toml  JOBS=2  CLUSTER=tcp://...'
	@echo 'make compare    its contrasts and verdicts                       STUDY=scenarios/x.toml'
	@echo 'make report     one page of it with all figures and tables      STUDY=scenarios/x.toml'
	@echo 'make play       a page to play with: sliders, worlds run live    STUDY=scenarios/x.toml  JOBS=2'
	@echo 'make region     the values for which its verdict holds             STUDY=scenarios/x.toml'
	@echo 'make why        its verdict split by mechanism                  STUDY=scenarios/x.toml'
	@echo 'make profiles   compare cultures, from published tables or runs  DIR=results/cultures'
	@echo 'make durability kill a sweep twenty times and compare its tables with those of an undisturbed one'
	@echo 'make agreement  sweep three core studies and compare every measure with that of an older version of the rules'
	@echo 'make pairing    compare how well arms with the same luck stay paired with an older version of the rules'
	@echo 'make bench      speed on this machine, compared with C, NumPy, the plain engine and the memory'
	@echo 'make bench-before   this version and that of a commit, in turns    BEFORE=HEAD~1'
	@echo 'make bench-scaling  cost and memory of 10,000 to 1,000,000 people: half an hour; may be stopped and started again'
	@echo 'make bench-peers  the same study by our sweep, mesa.batch_run and EMA Workbench  PEERS="--people 200 --jobs 1"'
	@echo 'make baseline   rewrite the stored run that guards against change nobody meant'
	@echo 'make publish    copy verdicts and figures to where git keeps them'
	@echo 'make clean      remove tables, figures, grown societies and the site (not the environment)'

# The stamp of a study, with regions and reasons if there is a second word: $(call made,STUDY,WORD)
made = results/$1/.work/$(SIZE)/$(if $2,all,figures).stamp

# What compares cultures, from tables alone, in both languages: $(call compared,DIR,OUT)
define compared
	$(SIM) profiles --out $2 --format svg,png -- $1
	$(SIM) profiles --out $2 --format svg,png --lang fr -- $1
endef

setup: $(READY)

$(READY): pyproject.toml .ci/constraints.txt .ci/setup
	@sh .ci/setup
	@touch $@

figures: $(foreach study,$(STUDIES),$(call made,$(study),$(if $(ALL),$(filter-out $(SAMPLED) $(PLAYED),$(study)))))
	@for study in $(STUDIES); do \
		echo; $(SIM) compare results/$$study/.work/$(SIZE); echo "figures: results/$$study/.work/$(SIZE)/figures"; \
		echo "reports: results/$$study/.work/$(SIZE)/report.en.html, report.fr.html"; \
	done; echo
	@$(call both,for page in $(wildcard results/*/README.md); do $(SIM) report "$${page%/*}" --lang LANG > /dev/null; done)
	@echo 'reports of all that is published: results/STUDY/report.en.html, report.fr.html'
	@echo 'gallery of what is published: results/README.md'
	$(if $(wildcard results/cultures/effects.csv),$(call compared,results/cultures,results/cultures/.work/profiles),\
		@echo 'Cultures are not compared: there is no results/cultures/effects.csv yet. make cultures makes it, in hours.')

# A command in both languages at once, as it uses one core: $(call both,COMMAND), in which LANG is the language
both = printf '%s\n' en fr | xargs -P 2 -I LANG sh -c '$1'
, := ,

# What is made of the tables of a sweep: $(call drawn,STUDY)
define drawn
	$(SIM) compare $(@D) > /dev/null
	$(if $(filter $1,$(PLAYED)),,$(SIM) $(if $(filter $1,$(SAMPLED)),sensitivity,precision) $(@D) > /dev/null)
	$(call both,$(SIM) draw $(@D) --lang LANG --format svg$(,)png --out $(@D)/figures && $(SIM) report $(@D) --lang LANG)
	$(if $(filter $1,$(PLAYED)),$(call both,$(SIM) export $(@D) --lang LANG))
endef

results/%/.work/$(SIZE)/figures.stamp: scenarios/%.toml scenarios/targets.toml $(SOURCES) $(READY)
	$(SIM) sweep $< --size $(SIZE) $(SOME_JOBS)
	$(if $(filter default,$(SIZE)),@for table in $(REGION); do \
		if [ -f results/$*/$$table.csv ] && [ ! -f $(@D)/$$table.csv ]; then cp results/$*/$$table.csv $(@D)/; fi; \
	done)
	$(call drawn,$*)
	$(SIM) check $< --deps --target $@ > $(@D)/deps.mk
	@touch $@

report: $(READY)  # of what was swept here; else of what is published
	study=$(call quoted,STUDY); name=$${study##*/}; place="results/$${name%.*}"; \
	if [ -f "$$place/.work/$(SIZE)/study.json" ]; then place="$$place/.work/$(SIZE)"; fi; \
	for lang in en fr; do $(SIM) report "$$place" --lang $$lang || exit; done

# Studies of cultures have 5,000 people and ten seeds: too many for every combination of mechanisms
FEWER = $(if $(filter quick,$(SIZE)),,$(if $(filter $*,$(CULTURES)),--people 1000 --seeds 4))

results/%/.work/$(SIZE)/region.stamp: results/%/.work/$(SIZE)/figures.stamp
	$(SIM) region scenarios/$*.toml --size $(SIZE) $(SOME_JOBS) > /dev/null
	@touch $@

results/%/.work/$(SIZE)/why.stamp: results/%/.work/$(SIZE)/figures.stamp
	$(SIM) why scenarios/$*.toml --size $(SIZE) $(FEWER) $(SOME_JOBS) > /dev/null
	@touch $@

# With regions and reasons: not of sampled designs
results/%/.work/$(SIZE)/all.stamp: results/%/.work/$(SIZE)/region.stamp results/%/.work/$(SIZE)/why.stamp
	$(call drawn,$*)
	@touch $@

results/cultures/.work/$(SIZE)/ranges.stamp: results/cultures/.work/$(SIZE)/figures.stamp
	$(SIM) ranges scenarios/cultures.toml --size $(SIZE) $(SOME_JOBS) > /dev/null
	@touch $@

results/cultures/.work/$(SIZE)/split-%.stamp: results/cultures/.work/$(SIZE)/figures.stamp
	$(SIM) split scenarios/cultures.toml --cultures '$(subst ','\'',$*)' --platform wall-2009 --people 1000 --size $(SIZE) $(SOME_JOBS) > /dev/null
	@touch $@

# A first look (SIZE=quick) is the sweeps alone: the rest takes hours there too
LONG := $(filter-out quick,$(SIZE))

announced:
	@echo 'make cultures: $(if $(LONG),about 14 hours,half an hour) on two cores; may be stopped and started again'
	@test $(SIZE) = quick || test -n $(call quoted,YES) || { echo 'make cultures: it takes hours. YES=1 starts it; SIZE=quick is a first look' >&2; exit 2; }

cultures: announced $(foreach study,$(CULTURES),$(call made,$(study),$(if $(LONG),$(filter $(EXPLAINED),$(study))))) \
		$(if $(LONG),$(patsubst %,results/cultures/.work/$(SIZE)/%.stamp,ranges $(PAIRS:%=split-%)))
	$(foreach study,$(CROSSED),$(call compared,results/$(study)/.work/$(SIZE),results/$(study)/.work/$(SIZE)/figures)$(NEWLINE))
	$(if $(LONG),$(call published,$(CULTURES)))

-include $(patsubst %,results/%/.work/$(SIZE)/deps.mk,$(STUDIES) $(CULTURES))

# A file's tests stay with one worker, so that what they share is made once
PYTEST = .venv/bin/python -m pytest --dist loadfile -n $(if $(value JOBS),$(call quoted,JOBS),auto)
WITHOUT_SLOW := $(if $(ALL),,and not slow)
UNCOMPILED = tests/kernels $(shell grep -l 'mark.uncompiled' tests/test_*.py)

test: check
	$(PYTEST) $(if $(ALL),,-m 'not slow')
	NUMBA_DISABLE_JIT=1 $(PYTEST) -m 'uncompiled $(WITHOUT_SLOW)' $(UNCOMPILED)

check: $(READY)
	.venv/bin/ruff check --quiet
	.venv/bin/lint-imports
	.venv/bin/mypy
	$(SIM) check scenarios/*.toml scenarios/profiles/*.toml scenarios/platforms/*.toml

# A warning, such as a link that leads nowhere, is an error
docs: $(READY)
	.venv/bin/python -m sphinx --quiet --fail-on-warning --keep-going --conf-dir docs --doctree-dir build/doctrees . build/site
	@echo 'site: build/site/index.html'

play: $(READY)
	$(SIM) play $(if $(value JOBS),--jobs $(call quoted,JOBS)) -- $(call quoted,STUDY)

region: $(READY)
	$(SIM) region $(ASKED)

why: $(READY)
	$(SIM) why $(ASKED)

# From the small tables of DIR: nothing is run
profiles: $(READY)
	$(call compared,$(call quoted,DIR),$(call quoted,DIR)/.work/profiles)

sweep: $(READY)
	$(SIM) sweep $(ASKED)

compare: $(READY)
	study=$(call quoted,STUDY); name=$${study##*/}; $(SIM) compare "results/$${name%.*}/.work/$(SIZE)"

durability: $(READY)
	PYTHONPATH=. .venv/bin/python tests/durability.py --kills 20

agreement: $(READY)
	.venv/bin/python tests/agreement.py $(if $(value JOBS),--jobs $(call quoted,JOBS))

pairing: $(READY)
	.venv/bin/python tests/pairing.py $(if $(value JOBS),--jobs $(call quoted,JOBS))

bench: $(READY)
	$(SIM) bench
	.venv/bin/python benchmarks/small.py
	.venv/bin/python benchmarks/answers.py

bench-before: $(READY)
	.venv/bin/python benchmarks/before.py -- $(call quoted,BEFORE)

bench-scaling: $(READY)
	.venv/bin/python benchmarks/scaling.py
	.venv/bin/python benchmarks/scaling_figure.py

# In an environment of its own: what the peers need is none of ours
.venv/bench/ready: pyproject.toml .ci/constraints.txt $(READY)
	.venv/bin/python -m venv .venv/bench
	.venv/bench/bin/python -m pip install --quiet --constraint .ci/constraints.txt --editable '.[bench]'
	@touch $@

bench-peers: .venv/bench/ready
	.venv/bench/bin/python benchmarks/peers.py $(foreach word,$(PEERS),'$(subst ','\'',$(word))')

baseline: $(READY)
	.venv/bin/python tests/update_baseline.py

published = @for study in $1; do $(SIM) publish results/$$study/.work/$(SIZE) || exit; done

publish: figures
	@test $(SIZE) != quick || { echo 'make publish: SIZE=$(SIZE) is too small to publish; default or full' >&2; exit 2; }
	$(call published,$(STUDIES))

clean:
	rm -rf results/.grown results/*/.work build/site build/doctrees
