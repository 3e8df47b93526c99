# The few commands of the house. `make` alone tells them.

.PHONY: help tools test demo bench

help:
	@echo 'make test    everything: rooms, crates, and the stories on SQLite, on PostgreSQL and in a browser'
	@echo 'make demo    a fictional region from spreadsheets to published pairings, then http://localhost:8080'
	@echo 'make bench   speed and memory, beside the limits we hold ourselves to'
	@echo 'make tools   installs what the tests call and this machine lacks (a browser, PostgreSQL, …)'

tools:
	@sh .ci/tools

test: tools
	cargo test --workspace
	MIGIUDE_TEST_ENGINE=postgres cargo test --lib -- web:: search::

demo:
	cargo run --release -- demo

bench:
	cargo bench --workspace
